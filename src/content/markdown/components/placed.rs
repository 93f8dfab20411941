//! A text whose component calls are replaced by placeholders.
//!
//! A placeholder is the call's number between two copies of a private-use character that the
//! text does not contain: Markdown takes it for a word, so emphasis, links, table cells and
//! paragraphs around it work as around any word.

use super::Call;
use crate::base::Span;
use crate::content::markdown::source::{Marks, Source};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// A text with placeholders and its way back to the file.
pub(in crate::content::markdown) struct Placed<'s> {
    /// What the parser reads.
    pub(in crate::content::markdown) text: Cow<'s, str>,
    source: &'s Source<'s>,
    calls: Vec<Call>,
    marks: Marks,
    /// What encloses a placeholder's number; none in a text without calls.
    fence: Option<char>,
}

/// A stretch of text from the parser.
pub(in crate::content::markdown) enum Part<'t> {
    /// Text.
    Text(&'t str),
    /// The placeholder of the call with this number.
    Call(usize),
}

impl<'s> Placed<'s> {
    /// Puts placeholders in the place of `calls`, which are in order and do not overlap.
    pub(in crate::content::markdown) fn new(source: &'s Source<'_>, calls: Vec<Call>) -> Self {
        let fence = match calls.is_empty() {
            true => None,
            false => unused_char(&source.text),
        };
        let mut placed = Self {
            text: Cow::Borrowed(&source.text),
            source,
            calls,
            marks: Marks::default(),
            fence,
        };
        if let Some(fence) = fence {
            placed.replace(fence);
        }
        placed
    }

    fn replace(&mut self, fence: char) {
        let mut out = String::with_capacity(self.source.text.len());
        let mut done = 0;
        for (number, call) in self.calls.iter().enumerate() {
            out.push_str(&self.source.text[done..call.range.start]);
            self.marks.push(out.len(), call.range.start);
            out.push_str(&format!("{fence}{number}{fence}"));
            self.marks.push(out.len(), call.range.end);
            done = call.range.end;
        }
        out.push_str(&self.source.text[done..]);
        self.text = Cow::Owned(out);
    }

    /// The source under the placeholders.
    pub(in crate::content::markdown) fn source(&self) -> &'s Source<'s> {
        self.source
    }

    /// The call with this number.
    pub(in crate::content::markdown) fn call(&self, number: usize) -> Option<&Call> {
        self.calls.get(number)
    }

    /// How long the placeholder of a call is.
    pub(in crate::content::markdown) fn placeholder_length(&self, number: usize) -> usize {
        let fence = self.fence.map_or(0, char::len_utf8);
        2 * fence + number.checked_ilog10().unwrap_or(0) as usize + 1
    }

    /// The call as it was written.
    pub(in crate::content::markdown) fn written(&self, call: &Call) -> &'s str {
        &self.source.text[call.range.clone()]
    }

    /// The place in the file of a range of the parser's text.
    pub(in crate::content::markdown) fn span(&self, range: Range<usize>) -> Span {
        let below = self.marks.below(range.start)..self.marks.below(range.end);
        self.source.span(below)
    }

    /// Whether there is any placeholder.
    pub(in crate::content::markdown) fn has_calls(&self) -> bool {
        self.fence.is_some()
    }

    /// Whether `text` may hold a placeholder.
    pub(in crate::content::markdown) fn holds_calls(&self, text: &str) -> bool {
        self.fence.is_some_and(|fence| text.contains(fence))
    }

    /// Parts `text` at its placeholders.
    pub(in crate::content::markdown) fn parts<'t>(&self, text: &'t str) -> Vec<Part<'t>> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((range, number)) = self.next_call(rest) {
            if range.start > 0 {
                parts.push(Part::Text(&rest[..range.start]));
            }
            parts.push(Part::Call(number));
            rest = &rest[range.end..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest));
        }
        parts
    }

    fn next_call(&self, text: &str) -> Option<(Range<usize>, usize)> {
        let fence = self.fence?;
        let mut from = 0;
        while let Some(found) = text[from..].find(fence) {
            let start = from + found;
            let digits = start + fence.len_utf8();
            let length = text[digits..].find(fence)?;
            let number = text[digits..digits + length].parse::<usize>().ok();
            if let Some(number) = number.filter(|number| *number < self.calls.len()) {
                return Some((start..digits + length + fence.len_utf8(), number));
            }
            // An entity such as `&#xE000;` can put the character into an address.
            from = digits;
        }
        None
    }

    /// `text` with every call as it was written, for places where no component can be; `found`
    /// is told their numbers.
    pub(in crate::content::markdown) fn restore<'t>(
        &self,
        text: &'t str,
        mut found: impl FnMut(usize),
    ) -> Cow<'t, str> {
        if !self.holds_calls(text) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        for part in self.parts(text) {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Call(number) => {
                    out.push_str(self.written(&self.calls[number]));
                    found(number);
                }
            }
        }
        Cow::Owned(out)
    }
}

/// The first private-use character that `text` does not contain. There are 137,000 of them: a
/// text that contains them all has no components.
fn unused_char(text: &str) -> Option<char> {
    if !text.contains('\u{E000}') {
        return Some('\u{E000}');
    }
    let is_private = |c: &char| matches!(*c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..);
    let used: BTreeSet<char> = text.chars().filter(is_private).collect();
    ('\u{E000}'..='\u{F8FF}')
        .chain('\u{F0000}'..='\u{FFFFD}')
        .chain('\u{100000}'..='\u{10FFFD}')
        .find(|c| !used.contains(c))
}
