//! Texts with a way back: which byte of the file a byte of a changed text came from.

use crate::base::Span;
use std::borrow::Cow;
use std::ops::Range;

/// From `at` on, a text continues with what stands at `from` in the text below it.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: u32,
    from: u32,
}

/// Where the parts of a changed text come from; empty for a text that was not changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks(Vec<Mark>);

impl Marks {
    /// Notes that the text continues at `at` with what stands at `from` below.
    pub(super) fn push(&mut self, at: usize, from: usize) {
        self.0.push(Mark {
            at: at as u32,
            from: from as u32,
        });
    }

    /// The offset below. What was put in (a placeholder) counts as the start of what it stands
    /// for, up to where the text below goes on.
    pub(super) fn below(&self, offset: usize) -> usize {
        let next = self.0.partition_point(|mark| mark.at as usize <= offset);
        let Some(mark) = next.checked_sub(1).map(|i| self.0[i]) else {
            return offset;
        };
        let moved = mark.from as usize + (offset - mark.at as usize);
        match self.0.get(next) {
            Some(limit) => moved.min(limit.from as usize),
            None => moved,
        }
    }
}

/// A Markdown text with line feeds only, and its way back to the file.
#[derive(Clone, Debug)]
pub(super) struct Source<'f> {
    /// The text.
    pub(super) text: Cow<'f, str>,
    marks: Marks,
    /// Added to what the marks give.
    base: usize,
    /// The whole file, for its length and its character boundaries.
    file: &'f str,
}

impl<'f> Source<'f> {
    /// The stretch `body` of a file, without byte-order mark and carriage returns.
    pub(super) fn of_file(file: &'f str, body: Range<usize>) -> Self {
        let whole = file.get(body.clone()).unwrap_or_default();
        let text = whole.strip_prefix('\u{FEFF}').unwrap_or(whole);
        let base = body.start + whole.len() - text.len();
        let (text, marks) = line_feeds_only(text);
        Self {
            text,
            marks,
            base,
            file,
        }
    }

    /// A text made of stretches of this one: `(where it begins there, its range here)`.
    pub(super) fn derive(&self, text: String, stretches: &[(usize, usize)]) -> Self {
        let mut marks = Marks::default();
        for &(at, here) in stretches {
            marks.push(at, self.marks.below(here));
        }
        Self {
            text: Cow::Owned(text),
            marks,
            base: self.base,
            file: self.file,
        }
    }

    /// The place in the file of a range of this text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let start = self.boundary(self.marks.below(range.start) + self.base);
        let end = self.boundary(self.marks.below(range.end) + self.base);
        Span::new(start, end)
    }

    fn boundary(&self, offset: usize) -> usize {
        let mut at = offset.min(self.file.len());
        while !self.file.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// `\r\n` and a lone `\r` become `\n`; almost every text has none and is not copied.
fn line_feeds_only(text: &str) -> (Cow<'_, str>, Marks) {
    let mut marks = Marks::default();
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return (Cow::Borrowed(text), marks);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    while let Some(found) = text[rest..].find('\r') {
        let at = rest + found;
        out.push_str(&text[rest..at]);
        out.push('\n');
        rest = at + 1;
        if text[rest..].starts_with('\n') {
            rest += 1;
            marks.push(out.len(), rest);
        }
    }
    out.push_str(&text[rest..]);
    (Cow::Owned(out), marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carriage_returns_go_and_places_stay() {
        let file = "---\r\nx\r\n---\r\n\u{FEFF}satu\r\ndua\rtiga";
        let source = Source::of_file(file, 13..file.len());
        assert_eq!(source.text, "satu\ndua\ntiga");
        for word in ["satu", "dua", "tiga"] {
            let here = source.text.find(word).unwrap();
            let span = source.span(here..here + word.len());
            assert_eq!(&file[span.range()], word);
        }
    }

    #[test]
    fn a_text_without_carriage_returns_is_not_copied() {
        let source = Source::of_file("abc\ndef", 1..7);
        assert!(matches!(source.text, Cow::Borrowed("bc\ndef")));
        assert_eq!(source.span(0..2), Span::new(1, 3));
    }

    #[test]
    fn derived_texts_lead_back_through_both() {
        let file = "a\r\nbcd";
        let source = Source::of_file(file, 0..file.len());
        let derived = source.derive("cd".into(), &[(0, 3)]);
        assert_eq!(&file[derived.span(0..2).range()], "cd");
    }
}
