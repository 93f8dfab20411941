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

    /// Many bytes at a time: where words begin with a letter or digit, as nearly all do, each
    /// such beginning is one word.
    fn read_ascii(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(CHUNK) {
            let first = chunk[0];
            let plain = begins_plainly(!self.inside, first)
                && chunk.windows(2).fold(true, |all, two| {
                    all & begins_plainly(is_blank(two[0]), two[1])
                });
            if plain {
                let begun = chunk.windows(2).fold(0_u8, |count, two| {
                    count + u8::from(is_blank(two[0]) & is_letter(two[1]))
                });
                self.count += u32::from(begun) + u32::from(!self.inside & is_letter(first));
                self.inside = !is_blank(chunk[chunk.len() - 1]);
            } else {
                for byte in chunk {
                    self.step(is_blank(*byte), is_letter(*byte));
                }
            }
        }
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

/// How many bytes are looked at before words that begin with other signs are counted one by one.
const CHUNK: usize = 64;

/// Whether no word begins here, or one that begins with a letter or digit. Without a branch, so
/// that the compiler looks at many bytes at once.
const fn begins_plainly(after_blank: bool, byte: u8) -> bool {
    !after_blank | is_blank(byte) | is_letter(byte)
}

/// Whether an ASCII byte is a blank as [`char::is_whitespace`] has it.
const fn is_blank(byte: u8) -> bool {
    (byte == b' ') | (byte.wrapping_sub(b'\t') < 5)
}

/// Whether an ASCII byte is a letter or digit.
const fn is_letter(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10)
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
