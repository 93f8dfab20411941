//! Diagnostics: what the program says about content, and how it is printed.
//!
//! A diagnostic belongs to the value that caused it and travels with it; nothing here reads
//! files or knows a content kind. A run ends with one [`Report`] of all of them, which a
//! [`Format`] turns into text; what they quote comes from [`Sources`] at that moment.

mod escape;
mod excerpt;
mod format;
mod github;
mod human;
mod json;
mod report;
mod sarif;
mod short;
mod source;

/// Where the primary label of a diagnostic lies in its text; none without a place.
pub fn place(diagnostic: &Diagnostic, sources: &dyn Sources) -> Option<Place> {
    source::Texts::new(sources).place(diagnostic.primary()?)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use crate::base::{SitePath, Span};

pub use format::{Format, Options, Stream};
pub use report::{Report, Shown};
pub use source::{Place, Sources};

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The build fails.
    Error,
    /// Better mended, but the site is right.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place in a file, with the words that stand under it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// The file.
    pub path: SitePath,
    /// The bytes meant; none where the whole file is meant.
    pub span: Option<Span>,
    /// The words beside the underline, often the fix; may be empty.
    pub text: String,
}

/// One problem, with its places and its fix.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Stable name such as `price-ambiguous`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one sentence without a final full stop.
    pub message: String,
    /// Where: the first label is the primary place; none for problems without a file.
    pub labels: Vec<Label>,
    /// How to mend it.
    pub hints: Vec<String>,
    /// The pages whose rendering met it, for a fault that is not the page's own: a template's,
    /// a component's. [`Report`] makes one diagnostic of all that differ only by page.
    pub pages: Vec<SitePath>,
}

impl Diagnostic {
    /// An error without a place yet.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning without a place yet.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            labels: Vec::new(),
            hints: Vec::new(),
            pages: Vec::new(),
        }
    }

    /// With a place; the first one added is the primary one.
    #[must_use]
    pub fn at(mut self, path: &SitePath, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            path: path.clone(),
            span: Some(span),
            text: text.into(),
        });
        self
    }

    /// With a whole file as its place.
    #[must_use]
    pub fn in_file(mut self, path: &SitePath, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            path: path.clone(),
            span: None,
            text: text.into(),
        });
        self
    }

    /// With a hint.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(text.into());
        self
    }

    /// Met while rendering `page`.
    #[must_use]
    pub fn on_page(mut self, page: &SitePath) -> Self {
        self.pages.push(page.clone());
        self
    }

    /// The first label: where the problem is.
    pub fn primary(&self) -> Option<&Label> {
        self.labels.first()
    }

    /// In words, on which pages it was met; none when it concerns no page but its own.
    pub fn pages_note(&self) -> Option<String> {
        match self.pages.as_slice() {
            [] => None,
            [page] => Some(format!("while rendering {page}")),
            [first, ..] => Some(format!("on {} pages, the first: {first}", self.pages.len())),
        }
    }

    /// All its words, for formats that show one text only: the message, then a line each for the
    /// primary label, the pages and the hints.
    fn long_message(&self) -> String {
        let label = self.primary().map(|label| label.text.clone());
        let hints = self.hints.iter().map(|hint| format!("help: {hint}"));
        std::iter::once(self.message.clone())
            .chain(label.filter(|text| !text.is_empty()))
            .chain(self.pages_note())
            .chain(hints)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Whether it fails the build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The order of printing: by file and place, then errors first, then code and message. What
    /// follows only makes the order total, so that it never depends on which thread was first.
    pub fn sort_key(&self) -> impl Ord + '_ {
        let place = self
            .primary()
            .map(|label| (label.path.as_str(), label.span));
        let rest = (&self.labels, &self.hints, &self.pages);
        (place, self.severity, self.code, self.message.as_str(), rest)
    }
}

/// A value and what there is to say about it. One fault never hides the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked<T> {
    /// The value, as good as it could be made.
    pub value: T,
    /// What was found on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// Another value in the place of this one.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Checked<U> {
        Checked::new(make(self.value), self.diagnostics)
    }

    /// A value with nothing to say about it.
    pub fn fine(value: T) -> Self {
        Self {
            value,
            diagnostics: Vec::new(),
        }
    }

    /// A value and its diagnostics.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Moves the diagnostics into `sink` and gives the value.
    pub fn unload(mut self, sink: &mut Vec<Diagnostic>) -> T {
        sink.append(&mut self.diagnostics);
        self.value
    }

    /// Whether one of its diagnostics is an error.
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}
