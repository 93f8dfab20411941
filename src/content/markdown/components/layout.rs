//! How a call lies in the lines of its text: whether it stands alone, and what its body is without
//! the margin.

use super::Call;
use crate::content::markdown::source::Source;
use std::ops::Range;

/// Whether only blanks and the marks of quotes and list items stand before `start` on its line.
pub(super) fn stands_first(text: &str, start: usize) -> bool {
    let mut head = &text[..start];
    loop {
        let trimmed = head.trim_end_matches([' ', '\t', '>']);
        if trimmed.is_empty() || trimmed.ends_with('\n') {
            return true;
        }
        if trimmed.len() == head.len() {
            return false;
        }
        let Some(before) = before_marker(trimmed) else {
            return false;
        };
        head = before;
    }
}

/// `text` without the `-`, `*`, `+`, `1.` or `1)` at its end.
fn before_marker(text: &str) -> Option<&str> {
    if let Some(before) = text.strip_suffix(['-', '*', '+']) {
        return Some(before);
    }
    let number = text.strip_suffix(['.', ')'])?;
    let before = number.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = number.len() - before.len();
    (1..=9).contains(&digits).then_some(before)
}

/// Whether only blanks stand behind `end` on its line.
pub(super) fn stands_last(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches([' ', '\t']);
    rest.is_empty() || rest.starts_with('\n')
}

/// The text between the tags of a call, moved to the left margin: the marks of the quote or list
/// that the call stands in and the indentation that all its lines share are no part of it.
pub(in crate::content::markdown) fn body_of<'f>(
    source: &Source<'f>,
    call: &Call,
    body: Range<usize>,
) -> Source<'f> {
    let prefix = if stands_first(&source.text, call.range.start) {
        let line = source.text[..call.range.start]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        &source.text[line..call.range.start]
    } else {
        ""
    };
    let lines = lines_without(&source.text, body, prefix);
    let indent = shared_indent(&source.text, lines.get(1..).unwrap_or_default());
    let mut text = String::new();
    let mut stretches = Vec::with_capacity(lines.len());
    for (number, line) in lines.into_iter().enumerate() {
        let written = &source.text[line.clone()];
        let cut = match number {
            0 => 0,
            _ if written.starts_with(indent) => indent.len(),
            _ => written.len() - written.trim_start_matches([' ', '\t']).len(),
        };
        stretches.push((text.len(), line.start + cut));
        text.push_str(&written[cut..]);
    }
    source.derive(text, &stretches)
}

/// The lines of `body`, each with its line feed, without what repeats `prefix`; the first one
/// follows the opening tag and has no prefix.
fn lines_without(text: &str, body: Range<usize>, prefix: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = body.start;
    for line in text[body].split_inclusive('\n') {
        let end = start + line.len();
        let cut = if lines.is_empty() {
            0
        } else {
            prefix_length(line, prefix)
        };
        lines.push(start + cut..end);
        start = end;
    }
    lines
}

/// How much of `line` is the continuation of a line that began with `prefix`: `>` again where
/// one stood, blanks for everything else.
fn prefix_length(line: &str, prefix: &str) -> usize {
    let bytes = line.as_bytes();
    let mut at = 0;
    for mark in prefix.bytes() {
        match (mark, bytes.get(at)) {
            (b'>', Some(b'>')) => at += 1,
            (b'>', _) => break,
            (_, Some(b' ' | b'\t')) => at += 1,
            _ => {}
        }
    }
    at
}

/// The blanks that all lines with text begin with.
fn shared_indent<'t>(text: &'t str, lines: &[Range<usize>]) -> &'t str {
    let mut shared: Option<&str> = None;
    for line in lines {
        let line = &text[line.clone()];
        let bare = line.trim_start_matches([' ', '\t']);
        if bare.trim_end().is_empty() {
            continue;
        }
        let indent = &line[..line.len() - bare.len()];
        shared = Some(match shared {
            None => indent,
            Some(other) => {
                let same = indent.bytes().zip(other.bytes());
                &other[..same.take_while(|(a, b)| a == b).count()]
            }
        });
    }
    shared.unwrap_or_default()
}
