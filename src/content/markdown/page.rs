//! What the texts of one page share: the body itself and the bodies of its components.

use super::MarkdownOptions;
use crate::base::amounts;
use crate::base::slug::Ids;
use crate::base::{SitePath, Span};
use crate::content::body::{Heading, Passage};
use crate::diag::{Diagnostic, Severity};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The most diagnostics one page may have; what comes after is only counted.
const MOST_DIAGNOSTICS: usize = 100;

/// How much longer than its source HTML may get: a table of one wide row and thousands of short
/// ones grows with the square of its source.
const GROWTH: usize = 24;

/// What may be written on top of that, so that short texts never meet the limit.
const ROOM: usize = 256 * 1024;

/// Bytes of code that are highlighted on one page; the rest stays plain. Grammars take some ten
/// microseconds a byte.
const HIGHLIGHT_ROOM: usize = 128 * 1024;

/// The label of a link as it is compared: without regard to case and blanks.
pub(super) fn alike(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// State that spans the texts of a page.
pub(super) struct Page<'a> {
    pub(super) path: &'a SitePath,
    pub(super) options: &'a MarkdownOptions,
    pub(super) ids: Ids,
    pub(super) anchors: Vec<Box<str>>,
    pub(super) headings: Vec<Heading>,
    /// Prose that may name amounts.
    pub(super) passages: Vec<Passage>,
    /// Whether the page may name any: hardly one does, and only these are listened to.
    pub(super) names_amounts: bool,
    /// The level of the last heading; a page begins below its title.
    pub(super) level: u8,
    /// Where the first level-one heading stands.
    pub(super) first_h1: Option<Span>,
    /// Bytes of HTML that may still be written.
    pub(super) room: usize,
    /// Bytes of code that may still be highlighted.
    pub(super) highlight_room: usize,
    /// The attributes of a link that leaves the site.
    pub(super) external: String,
    /// The labels of links that texts with components in them define, made alike.
    pub(super) definitions: Rc<BTreeSet<String>>,
    diagnostics: Vec<Diagnostic>,
    /// How many diagnostics were only counted, and whether one of them was an error.
    unsaid: (usize, bool),
}

impl<'a> Page<'a> {
    /// For a text.
    pub(super) fn new(path: &'a SitePath, options: &'a MarkdownOptions, text: &str) -> Self {
        Self {
            path,
            options,
            ids: Ids::default(),
            anchors: Vec::new(),
            headings: Vec::new(),
            passages: Vec::new(),
            names_amounts: amounts::may_hold(text),
            level: 1,
            first_h1: None,
            room: text.len().saturating_mul(GROWTH) + ROOM,
            highlight_room: HIGHLIGHT_ROOM,
            external: options.external_attributes(),
            definitions: Rc::default(),
            diagnostics: Vec::new(),
            unsaid: (0, false),
        }
    }

    /// Notes what a text with components defines: their bodies cannot use it.
    pub(super) fn note_definitions<'l>(&mut self, labels: impl Iterator<Item = &'l str>) {
        for label in labels {
            Rc::make_mut(&mut self.definitions).insert(alike(label));
        }
    }

    /// Takes a diagnostic with its place.
    pub(super) fn report(&mut self, what: Diagnostic, span: Span, label: impl Into<String>) {
        if !self.is_full() {
            self.diagnostics.push(what.at(self.path, span, label));
        } else {
            self.unsaid.0 += 1;
            self.unsaid.1 |= what.is_error();
        }
    }

    /// Whether what is reported from now on is only counted.
    pub(super) fn is_full(&self) -> bool {
        self.diagnostics.len() >= MOST_DIAGNOSTICS
    }

    /// An id for an element, not given out before on this page.
    pub(super) fn id(&mut self, wanted: &str) -> Box<str> {
        let id: Box<str> = self.ids.unique(wanted).into();
        self.anchors.push(id.clone());
        id
    }

    /// Notes an id that stands in raw HTML, so that links find it and headings avoid it.
    pub(super) fn note_id(&mut self, id: &str) {
        self.ids.unique(id);
        self.anchors.push(id.into());
    }

    /// All diagnostics, in the order of their places.
    pub(super) fn diagnostics(mut self) -> Vec<Diagnostic> {
        let (count, failed) = self.unsaid;
        if count > 0 {
            let message = format!("{count} more problems in this text are not shown");
            let mut rest = Diagnostic::warning("markdown-more", message).in_file(self.path, "");
            if failed {
                rest.severity = Severity::Error;
            }
            self.diagnostics.push(rest);
        }
        self.diagnostics
            .sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        self.diagnostics
    }
}
