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

    /// Prose, in which every word begins with a letter, is counted by its beginnings alone: the
    /// compiler looks at many bytes at a time. Anything else goes byte by byte.
    fn read_ascii(&mut self, bytes: &[u8]) {
        let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
            return;
        };
        let (mut begun, mut odd) = (0_u32, 0_u32);
        for (before, here) in bytes.chunks(255).zip(bytes[1..].chunks(255)) {
            let (some, other) = beginnings(before, here);
            begun += u32::from(some);
            odd += u32::from(other);
        }
        if odd == 0 && (self.inside || is_blank(*first) || is_letter(*first)) {
            self.count += begun + u32::from(is_letter(*first) & !self.inside);
            self.inside = !is_blank(*last);
            return;
        }
        for byte in bytes {
            self.step(is_blank(*byte), is_letter(*byte));
        }
    }

    // Without branches: text alternates too often for the processor to guess.
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

/// How many words begin in `here`, where each byte comes after the one of `before`, and how many of
/// them do not begin with a letter. At most 255 bytes: counted in bytes, sixteen are counted at
/// once.
fn beginnings(before: &[u8], here: &[u8]) -> (u8, u8) {
    let (mut begun, mut odd) = (0_u8, 0_u8);
    for (before, byte) in before.iter().zip(here) {
        let begins = is_blank(*before) & !is_blank(*byte);
        begun = begun.wrapping_add(u8::from(begins));
        odd = odd.wrapping_add(u8::from(begins & !is_letter(*byte)));
    }
    (begun, odd)
}

fn is_blank(byte: u8) -> bool {
    (byte == b' ') | (byte.wrapping_sub(9) < 5)
}

fn is_letter(byte: u8) -> bool {
    ((byte | 32).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10)
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
        fn counts_as_the_whole_text_is_counted(text in "[a \n0—é日]{0,40}") {
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
