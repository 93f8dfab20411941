//! The texts that diagnostics point into, and the lines and columns of their spans.
//!
//! Diagnostics carry byte spans only; this is where they meet the text, once, when printed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::Label;
use crate::base::{SitePath, Span};

/// Gives the text of a file at print time.
pub trait Sources {
    /// The text; none when it is gone or was never text.
    fn text(&self, path: &SitePath) -> Option<Arc<str>>;
}

/// Where a span lies; all count from 1, columns count characters, the end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line of the first character.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// One past the column of the last character.
    pub end_column: usize,
}

/// A text and where its lines begin.
pub(super) struct Text {
    text: Arc<str>,
    line_starts: Vec<usize>,
}

impl Text {
    pub(super) fn new(text: Arc<str>) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(after_breaks).collect();
        Self { text, line_starts }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The span made fit for slicing: inside the text, grown to whole characters.
    pub(super) fn clamp(&self, span: Span) -> Range<usize> {
        let start = self.text.floor_char_boundary(span.range().start);
        let end = self.text.ceil_char_boundary(span.range().end);
        start..end.max(start)
    }

    pub(super) fn place(&self, span: Span) -> Place {
        let range = self.clamp(span);
        let (line, column) = self.line_column(range.start);
        let (end_line, end_column) = self.line_column(range.end);
        Place {
            line,
            column,
            end_line,
            end_column,
        }
    }

    /// The line around `offset`, without its line break.
    pub(super) fn line_around(&self, offset: usize) -> Range<usize> {
        let line = self.line_at(offset);
        let start = self.line_starts[line];
        let end = self.line_starts.get(line + 1).copied();
        let content = &self.text[start..end.unwrap_or(self.text.len())];
        let content = content.strip_suffix('\n').unwrap_or(content);
        let content = content.strip_suffix('\r').unwrap_or(content);
        // An offset inside the line break still lies inside the answer.
        start..(start + content.len()).max(offset)
    }

    fn line_column(&self, offset: usize) -> (usize, usize) {
        let line = self.line_at(offset);
        let before = &self.text[self.line_starts[line]..offset];
        (line + 1, before.chars().count() + 1)
    }

    /// The index of the line that holds `offset`.
    fn line_at(&self, offset: usize) -> usize {
        // The first line starts at 0, so at least one start is not after any offset.
        self.line_starts.partition_point(|start| *start <= offset) - 1
    }
}

/// How many texts are kept at hand: enough for the templates that many pages share, little enough
/// that a site full of warnings does not stay in memory.
const KEPT: usize = 64;

/// The sources of one rendering, each fetched and measured once for all its diagnostics.
pub(super) struct Texts<'a> {
    sources: &'a dyn Sources,
    known: BTreeMap<SitePath, Option<Arc<Text>>>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(sources: &'a dyn Sources) -> Self {
        Self {
            sources,
            known: BTreeMap::new(),
        }
    }

    pub(super) fn get(&mut self, path: &SitePath) -> Option<Arc<Text>> {
        if let Some(known) = self.known.get(path) {
            return known.clone();
        }
        if self.known.len() == KEPT {
            self.known.clear();
        }
        let text = self
            .sources
            .text(path)
            .map(|text| Arc::new(Text::new(text)));
        self.known.insert(path.clone(), text.clone());
        text
    }

    /// Where a label lies; none for a whole file and for a file that is not available.
    pub(super) fn place(&mut self, label: &Label) -> Option<Place> {
        let span = label.span?;
        Some(self.get(&label.path)?.place(span))
    }
}
