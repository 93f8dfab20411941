//! Byte ranges in a text; line and column are computed only when printed.

/// Where the places of other files begin: no text is as long.
const ELSEWHERE: u32 = 1 << 31;
/// How many bytes of each other file have a place; front matter and settings are shorter.
const ROOM: u32 = 1 << 21;

/// A half-open byte range in one source text, or in a numbered other one: a value that a page
/// inherits keeps the place where it is written, and parts of it have theirs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`; texts over 4 GiB are refused before spans are made.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end.max(start) as u32,
        }
    }

    /// The same range, moved `by` bytes towards the end.
    pub fn shift(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }

    /// The same range in another file, of this number in a list that both sides know; no place
    /// where the list or the file is too long.
    pub fn elsewhere(self, file: usize) -> Self {
        let room = u32::try_from(file)
            .ok()
            .and_then(|file| file.checked_mul(ROOM));
        let base = room.filter(|base| *base <= ELSEWHERE - ROOM && self.end < ROOM);
        base.map_or_else(Self::default, |base| {
            self.shift((ELSEWHERE + base) as usize)
        })
    }

    /// The number of the other file and the range in it; none for a place in the text itself.
    pub fn origin(self) -> Option<(usize, Self)> {
        let far = self.start.checked_sub(ELSEWHERE)?;
        let start = far % ROOM;
        let length = self.end - self.start;
        let near = Self::new(start as usize, (start + length) as usize);
        Some(((far / ROOM) as usize, near))
    }

    /// Whether it stands for no place at all, as that of a value that nobody wrote.
    pub fn is_nowhere(self) -> bool {
        self == Self::default()
    }

    /// Whether it is a place in the text itself.
    pub fn is_own(self) -> bool {
        self.origin().is_none() && !self.is_nowhere()
    }

    /// As a range to slice with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Line and column of a byte offset, both counted from 1; the column counts characters.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let text = "satu\ndüa tiga";
        assert_eq!(line_column(text, 0), (1, 1));
        assert_eq!(line_column(text, 5), (2, 1));
        assert_eq!(line_column(text, 9), (2, 4));
        assert_eq!(line_column(text, 999), (2, 9));
    }

    #[test]
    fn a_place_in_another_file_is_found_again() {
        let span = Span::new(7, 12);
        assert_eq!(span.origin(), None);
        assert_eq!(span.elsewhere(3).origin(), Some((3, span)));
        let part = span.elsewhere(1023);
        let part = Span::new(part.start as usize + 2, part.end as usize);
        assert_eq!(part.origin(), Some((1023, Span::new(9, 12))));
    }

    #[test]
    fn what_has_no_room_has_no_place() {
        assert!(Span::new(7, 12).elsewhere(1024).is_nowhere());
        assert!(Span::new(7, usize::MAX >> 32).elsewhere(1).is_nowhere());
    }

    #[test]
    fn an_offset_inside_a_character_counts_as_its_start() {
        assert_eq!(line_column("dü", 2), (1, 2));
    }
}
