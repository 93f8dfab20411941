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

    /// Eight bytes at a time, each one bit of a sum: a letter begins a carry, all but blanks pass it
    /// on, so a letter that no carry comes to is the first of its word.
    fn read_ascii(&mut self, bytes: &[u8]) {
        for portion in bytes.chunks(PORTION) {
            let mut words = portion.chunks_exact(8);
            // In each byte the words that began in its column: fewer than 256 even in all together.
            let mut begun = 0;
            for word in &mut words {
                begun += self.begun_in(u64::from_le_bytes(word.try_into().unwrap_or_default()));
            }
            let rest = words.remainder();
            // What fills up is neither blank nor letter.
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            begun += self.begun_in(u64::from_le_bytes(word));
            self.count += (begun.wrapping_mul(ONES) >> 56) as u32;
        }
    }

    /// The low bit of each of eight bytes that begins a word.
    #[inline]
    fn begun_in(&mut self, eight: u64) -> u64 {
        let begin = letters(eight);
        let pass = !blanks(eight);
        let (sum, above) = pass.overflowing_add(begin);
        let (sum, carried) = sum.overflowing_add(u64::from(self.inside));
        let came = sum ^ pass ^ begin;
        self.inside = above | carried;
        (begin & !came) >> 7
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

/// How many bytes are looked at before words are added up.
const PORTION: usize = 30 * 8;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The high bit of each of eight ASCII bytes that is `from` or more.
const fn at_least(eight: u64, from: u8) -> u64 {
    (eight + ONES * (0x80 - from as u64)) & HIGHS
}

/// The high bit of each of eight ASCII bytes between `from` and `to`, both included.
const fn between(eight: u64, from: u8, to: u8) -> u64 {
    at_least(eight, from) & !at_least(eight, to + 1)
}

/// The high bit of each of eight ASCII bytes that is a blank as [`char::is_whitespace`] has it.
const fn blanks(eight: u64) -> u64 {
    between(eight, b'\t', b'\r') | between(eight, b' ', b' ')
}

/// The high bit of each of eight ASCII bytes that is a letter or digit.
const fn letters(eight: u64) -> u64 {
    between(eight | (ONES * 0x20), b'a', b'z') | between(eight, b'0', b'9')
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
