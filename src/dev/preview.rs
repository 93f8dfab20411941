//! What the preview server shows: one state of the site, and what changed since the one before.

use std::sync::Arc;

/// One state of the site. It never changes; the next one takes its place.
pub trait Preview: Send + Sync {
    /// What stands at an output path such as `kursus/index.html`. May render, so it can take
    /// some milliseconds.
    fn file(&self, path: &str) -> Served;

    /// Output paths, sorted, without those that only lead to another.
    fn pages(&self) -> Vec<Arc<str>>;

    /// Errors and warnings of this state, worst first.
    fn problems(&self) -> &[Problem];
}

/// What stands at an output path.
pub enum Served {
    /// A file.
    File(Arc<[u8]>),
    /// A page will stand here once an error in its source is mended: the source's path below the
    /// site's folder, where it has one of its own.
    Broken(Option<Arc<str>>),
    /// Nothing.
    Missing,
}

/// A diagnostic as the browser shows it. Everything in it is text, not HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether it keeps the site from being built; else it is a warning.
    pub error: bool,
    /// Its code.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// The file, below the site's folder; empty where there is none.
    pub file: String,
    /// The line, from 1; 0 where there is none.
    pub line: usize,
    /// The column, from 1, in characters; 0 where there is none.
    pub column: usize,
    /// The source with its marks and hints, as the terminal shows it, without colours.
    pub excerpt: String,
}

/// What changed from one state to the next; all paths are output paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// Files whose bytes changed, that are new or that are gone.
    pub changed: Vec<Arc<str>>,
    /// Pages that have another address now: from, to.
    pub moved: Vec<(Arc<str>, Arc<str>)>,
}
