//! Splits a content file into front matter and body.
//!
//! Only the very first line can open front matter; the same line again closes it. A `---`
//! further down belongs to the Markdown.

use std::ops::Range;

use crate::base::{SitePath, Span};
use crate::data::Syntax;
use crate::diag::{Checked, Diagnostic};

/// The parts of a content file, as byte ranges of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The syntax of the front matter; none where there is none.
    pub syntax: Option<Syntax>,
    /// The line that opens the front matter, or the file's first byte: the place of what is
    /// missing from it.
    pub opening: Span,
    /// What stands between the two lines, without them; empty where there is no front matter.
    pub front: Range<usize>,
    /// The Markdown below.
    pub body: Range<usize>,
}

const BOM: char = '\u{feff}';

/// Finds front matter and body. An unterminated front matter gives an error and an empty body:
/// Markdown made of half a front matter would only lead to more errors.
pub fn split(path: &SitePath, text: &str) -> Checked<Parts> {
    let start = if text.starts_with(BOM) {
        BOM.len_utf8()
    } else {
        0
    };
    let first_end = line_end(text, start);
    let Some(syntax) = opened_by(&text[start..first_end]) else {
        return Checked::fine(Parts {
            syntax: None,
            opening: Span::new(start, start),
            front: start..start,
            body: start..text.len(),
        });
    };
    match closing_line(text, first_end, syntax.fence()) {
        Some(line) => Checked::fine(Parts {
            syntax: Some(syntax),
            opening: fence_span(syntax, start),
            front: first_end..line.start,
            body: line.end..text.len(),
        }),
        None => unterminated(path, text, syntax, start..first_end),
    }
}

fn opened_by(line: &str) -> Option<Syntax> {
    [Syntax::Yaml, Syntax::Toml]
        .into_iter()
        .find(|syntax| is_fence(line, syntax.fence()))
}

fn is_fence(line: &str, fence: &str) -> bool {
    line.trim_ascii_end() == fence
}

/// One past the line break that ends the line holding `at`.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |i| at + i + 1)
}

fn closing_line(text: &str, from: usize, fence: &str) -> Option<Range<usize>> {
    let mut start = from;
    while start < text.len() {
        let end = line_end(text, start);
        if is_fence(&text[start..end], fence) {
            return Some(start..end);
        }
        start = end;
    }
    None
}

fn fence_span(syntax: Syntax, at: usize) -> Span {
    Span::new(at, at + syntax.fence().len())
}

fn unterminated(
    path: &SitePath,
    text: &str,
    syntax: Syntax,
    opening: Range<usize>,
) -> Checked<Parts> {
    let fence = syntax.fence();
    let span = fence_span(syntax, opening.start);
    let error = Diagnostic::error("front-matter-unterminated", "the front matter has no end")
        .at(
            path,
            span,
            format!("add a second `{fence}` line below the last key"),
        )
        .hint("a file without front matter must not begin with this line");
    let parts = Parts {
        syntax: Some(syntax),
        opening: span,
        front: opening.end..opening.end,
        body: text.len()..text.len(),
    };
    Checked::new(parts, vec![error])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Option<Syntax>, &str, &str) {
        let checked = split(&SitePath::root(), text);
        assert!(!checked.failed(), "{checked:?}");
        let parts = checked.value;
        (parts.syntax, &text[parts.front], &text[parts.body])
    }

    #[test]
    fn finds_both_syntaxes() {
        assert_eq!(
            parts("---\na: 1\n---\nx"),
            (Some(Syntax::Yaml), "a: 1\n", "x")
        );
        assert_eq!(parts("+++\na=1\n+++\n"), (Some(Syntax::Toml), "a=1\n", ""));
        assert_eq!(parts("---\n---"), (Some(Syntax::Yaml), "", ""));
    }

    #[test]
    fn takes_mark_and_carriage_returns() {
        let text = "\u{feff}---\r\na: 1\r\n--- \r\nx\r\n";
        assert_eq!(parts(text), (Some(Syntax::Yaml), "a: 1\r\n", "x\r\n"));
    }

    #[test]
    fn only_the_first_line_opens_and_only_the_same_closes() {
        assert_eq!(parts("\n---\na\n---\n").0, None);
        assert_eq!(parts("----\na\n").0, None);
        assert_eq!(parts("x\n---\n"), (None, "", "x\n---\n"));
        assert_eq!(parts("---\na: |\n  ---\n---\nx\n\n---\ny").2, "x\n\n---\ny");
        assert_eq!(parts("---\na: 1\n---\n+++\n").2, "+++\n");
    }

    #[test]
    fn an_unterminated_one_points_at_its_opening() {
        for (text, at) in [
            ("---\na: 1\n", 0),
            ("\u{feff}+++\na = 1\n---\n", 3),
            ("---", 0),
        ] {
            let checked = split(&SitePath::root(), text);
            let found = &checked.diagnostics[0];
            assert_eq!(found.code, "front-matter-unterminated");
            assert_eq!(found.labels[0].span, Some(Span::new(at, at + 3)));
            assert!(text[checked.value.body].is_empty());
        }
    }
}
