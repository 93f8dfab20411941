//! Counting words over text that arrives in parts.

/// Counts as [`crate::base::text::word_count`] does, but a word may span several parts
/// (`**wo**rd`).
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Words so far.
    pub(super) count: u32,
    inside: bool,
}

impl Words {
    /// Goes on with `text`.
    pub(super) fn read(&mut self, text: &str) {
        if text.is_ascii() {
            self.read_ascii(text.as_bytes());
        } else {
            for char in text.chars() {
                if is_ideograph(char) {
                    self.count += 1;
                } else {
                    self.step(char.is_whitespace(), char.is_alphanumeric());
                }
            }
        }
    }

    /// Sixty-four bytes at a time: a bit for each, so that all words of them are found at once.
    fn read_ascii(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(64) {
            let (mut blanks, mut letters) = (0_u64, 0_u64);
            let mut look = |at: usize, eight: [u8; 8]| {
                let eight = u64::from_le_bytes(eight);
                blanks |= gather(blanks_of(eight)) << (8 * at);
                letters |= gather(letters_of(eight)) << (8 * at);
            };
            let (eights, rest) = chunk.as_chunks::<8>();
            for (at, eight) in eights.iter().enumerate() {
                look(at, *eight);
            }
            if !rest.is_empty() {
                let mut padded = [0; 8];
                padded[..rest.len()].copy_from_slice(rest);
                look(eights.len(), padded);
            }
            self.step_all(blanks, letters, chunk.len());
        }
    }

    /// Goes on with as many characters as there are: `blanks` and `letters` have a bit for each.
    fn step_all(&mut self, blanks: u64, letters: u64, count: usize) {
        let shown = !blanks;
        // Where a word goes on that began before, it counts as if its first letter stood here.
        let known = letters | (shown & u64::from(self.inside));
        // A letter begins a run of carries that ends with the word.
        let words = ((shown.wrapping_add(known & shown) ^ shown) | known) & shown;
        let begun = letters & !((words << 1) | u64::from(self.inside));
        self.count += begun.count_ones();
        self.inside = (words >> (count - 1)) & 1 == 1;
    }

    #[inline]
    fn step(&mut self, blank: bool, letter: bool) {
        self.count += u32::from(letter & !self.inside);
        self.inside = (self.inside | letter) & !blank;
    }

    /// What follows begins a new word.
    pub(super) fn end_word(&mut self) {
        self.inside = false;
    }
}

/// The upper bit of each of eight bytes.
const UPPER: u64 = every(0x80);

/// Eight times one byte.
const fn every(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The upper bit of those of eight bytes, none of which has it, that are at least `least`.
const fn at_least(eight: u64, least: u8) -> u64 {
    (eight + every(0x80 - least)) & UPPER
}

/// The upper bits of the blanks among eight ASCII bytes.
const fn blanks_of(eight: u64) -> u64 {
    let controls = at_least(eight, b'\t') & !at_least(eight, b'\r' + 1);
    let spaces = at_least(eight, b' ') & !at_least(eight, b' ' + 1);
    controls | spaces
}

/// The upper bits of the letters and digits among eight ASCII bytes.
const fn letters_of(eight: u64) -> u64 {
    let small = eight | every(0x20);
    let letters = at_least(small, b'a') & !at_least(small, b'z' + 1);
    let digits = at_least(eight, b'0') & !at_least(eight, b'9' + 1);
    letters | digits
}

/// The upper bits of eight bytes side by side.
const fn gather(upper: u64) -> u64 {
    (upper >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Chinese, Japanese and Korean characters are words of their own.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::word_count;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_as_the_whole_text_is_counted(text in "[a \n0—é日]{0,40}|[a 0.@\\[`{/:\t\r\x0b\x0e\x1fZz-]{0,200}") {
            let mut words = Words::default();
            words.read(&text);
            prop_assert_eq!(words.count as usize, word_count(&text));
        }
    }

    #[test]
    fn long_texts_are_counted_over_the_borders_of_chunks() {
        for shift in 0..4 {
            let text = format!("{}{}", "x".repeat(shift), " ab".repeat(1000));
            let mut words = Words::default();
            words.read(&text);
            assert_eq!(words.count as usize, word_count(&text));
        }
    }

    #[test]
    fn words_may_come_in_parts() {
        let mut words = Words::default();
        words.read("satu du");
        words.read("a — tiga");
        words.end_word();
        words.read("empat 5");
        assert_eq!(words.count, 5);
    }
}
