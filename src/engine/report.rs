//! What a build did and why: which files it parsed, which targets it made again.

use std::sync::Arc;

use crate::base::SitePath;
use crate::site::Question;

/// What a build did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The content files that were parsed.
    pub parsed: Vec<SitePath>,
    /// The targets that were made, and why; all others are as they were.
    pub made: Vec<(Arc<str>, Reason)>,
}

/// Why a target was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It was not made before.
    New,
    /// It itself changed: its page, its template, the settings.
    Itself,
    /// There was something to say about it, which may be true no more.
    Said,
    /// A question that it asked has another answer.
    Asked(Arc<Question>),
}

impl Report {
    /// The targets that were made.
    pub fn made(&self) -> impl Iterator<Item = (&str, &Reason)> {
        self.made.iter().map(|(path, reason)| (&**path, reason))
    }
}
