//! Cuts a small, harmless piece out of a source text, around the places to be shown.
//!
//! The piece is one run of bytes, at most a few kilobytes however long the text, its lines or its
//! spans are. It knows no colours and no layout.

use std::ops::Range;

use super::escape;
use super::source::Text;
use crate::base::Span;

/// Spans that begin further apart than this are shown in excerpts of their own.
const REACH: usize = 2048;
/// A span over several lines is shown whole up to this length, else by its first line.
const LONGEST_BLOCK: usize = 1024;
/// A span within one line is shown up to this length.
const LONGEST_PHRASE: usize = 240;
/// How much of a line is kept before the first and after the last span.
const MARGIN: usize = 512;
/// Stands where a line was cut.
const ELLIPSIS: char = '…';

/// A piece of source text, ready to be printed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The piece, escaped.
    pub(super) source: String,
    /// The number of its first line in the file.
    pub(super) first_line: usize,
    /// Where the asked spans lie in `source`, in the order asked.
    pub(super) marks: Vec<Range<usize>>,
}

/// Whether one excerpt can show both.
pub(super) fn fit_together(a: Span, b: Span) -> bool {
    a.start.abs_diff(b.start) as usize <= REACH
}

/// The excerpt that shows `spans`, all of which fit together with the first.
pub(super) fn cut(text: &Text, spans: &[Span]) -> Excerpt {
    let marks: Vec<_> = spans.iter().map(|span| shorten(text, *span)).collect();
    let window = window(text, &marks);
    let full = text.as_str();
    let starts_inside = window.start > text.line_around(window.start).start;
    let lead = if starts_inside {
        ELLIPSIS.len_utf8()
    } else {
        0
    };
    let place = |at: usize| lead + escape::source(&full[window.start..at]).len();
    let marks = marks.iter().map(|m| place(m.start)..place(m.end)).collect();
    Excerpt {
        source: quote(text, &window, starts_inside),
        first_line: text.place(Span::new(window.start, window.start)).line,
        marks,
    }
}

/// The part of a span that is worth underlining: never a trailing line break, never a page full.
fn shorten(text: &Text, span: Span) -> Range<usize> {
    let full = text.as_str();
    let Range { mut start, end } = text.clamp(span);
    if full[..start].ends_with('\r') && full[start..].starts_with('\n') {
        start -= 1;
    }
    let body = full[start..end].trim_end_matches(['\r', '\n']);
    let first_line = body.split(['\r', '\n']).next().unwrap_or_default();
    let several_lines = first_line.len() < body.len();
    let length = if several_lines && body.len() <= LONGEST_BLOCK {
        body.len()
    } else {
        first_line.floor_char_boundary(LONGEST_PHRASE)
    };
    start..start + length
}

/// The lines around the marks, with their far ends left away.
fn window(text: &Text, marks: &[Range<usize>]) -> Range<usize> {
    let full = text.as_str();
    let first = marks
        .iter()
        .map(|mark| mark.start)
        .min()
        .unwrap_or_default();
    let last = marks.iter().map(|mark| mark.end).max().unwrap_or_default();
    let start = full.ceil_char_boundary(first.saturating_sub(MARGIN));
    let end = full.floor_char_boundary(last + MARGIN);
    text.line_around(first).start.max(start)..text.line_around(last).end.min(end)
}

fn quote(text: &Text, window: &Range<usize>, starts_inside: bool) -> String {
    let mut source = String::new();
    if starts_inside {
        source.push(ELLIPSIS);
    }
    source.push_str(&escape::source(&text.as_str()[window.clone()]));
    if window.end < text.line_around(window.end).end {
        source.push(ELLIPSIS);
    }
    if source.ends_with('\n') {
        // The empty last line of a file is a line that can be pointed at; a text that ends in a
        // line break would not show it.
        source.push(' ');
    }
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_one(text: &str, start: usize, end: usize) -> Excerpt {
        cut(&Text::new(text.into()), &[Span::new(start, end)])
    }

    fn marked(excerpt: &Excerpt) -> &str {
        &excerpt.source[excerpt.marks[0].clone()]
    }

    #[test]
    fn shows_the_line_of_the_span() {
        let excerpt = cut_one("satu\r\ndua tiga\r\nempat", 10, 14);
        assert_eq!(excerpt.source, "dua tiga");
        assert_eq!(excerpt.first_line, 2);
        assert_eq!(marked(&excerpt), "tiga");
    }

    #[test]
    fn marks_follow_the_text_when_it_is_escaped() {
        let excerpt = cut_one("a\u{1b}b\u{202e}c", 3, 7);
        assert_eq!(excerpt.source, r"a\u{1b}b\u{202e}c");
        assert_eq!(marked(&excerpt), r"\u{202e}c");
    }

    #[test]
    fn a_span_of_a_line_break_points_at_the_end_of_the_line() {
        for (start, end) in [(1, 3), (2, 3), (1, 2), (2, 2)] {
            let excerpt = cut_one("a\r\nb", start, end);
            assert_eq!(
                (excerpt.source.as_str(), excerpt.marks[0].clone()),
                ("a", 1..1)
            );
        }
    }

    #[test]
    fn the_end_of_a_file_is_a_place() {
        let excerpt = cut_one("a\n", 2, 2);
        assert_eq!((excerpt.source.as_str(), excerpt.first_line), ("", 2));
        let spans = [Span::new(0, 1), Span::new(2, 2)];
        let both = cut(&Text::new("a\n".into()), &spans);
        assert_eq!((both.source.as_str(), &both.marks[1]), ("a\n ", &(2..2)));
    }

    #[test]
    fn a_line_without_end_is_cut_on_both_sides() {
        let line = format!("{}sini{}", "ü".repeat(5_000_000), "x".repeat(10_000_000));
        let excerpt = cut_one(&line, 10_000_000, 10_000_004);
        assert!(excerpt.source.len() < 1100, "{}", excerpt.source.len());
        assert!(excerpt.source.starts_with('…') && excerpt.source.ends_with('…'));
        assert_eq!(marked(&excerpt), "sini");
    }

    #[test]
    fn a_long_span_is_shortened() {
        assert_eq!(cut_one(&"x".repeat(9000), 0, 9000).marks[0], 0..240);
        let lines = "satu dua\n".repeat(1000);
        assert_eq!(cut_one(&lines, 0, 9000).marks[0], 0..8);
        assert_eq!(cut_one(&lines, 0, 18).marks[0], 0..17);
    }
}
