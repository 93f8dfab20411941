//! What a build did and why: which files it parsed, which targets it made again.

use std::sync::Arc;

use std::fmt;

use crate::base::SitePath;

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
    Asked(Asked),
}

/// A question whose answer changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question, as a template writes it.
    pub question: String,
    /// The answer before.
    pub before: String,
    /// The answer now.
    pub after: String,
}

impl Report {
    /// The targets that were made.
    pub fn made(&self) -> impl Iterator<Item = (&str, &Reason)> {
        self.made.iter().map(|(path, reason)| (&**path, reason))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("it is new"),
            Self::Itself => f.write_str("its page, its list, its template or the settings changed"),
            Self::Said => f.write_str("there was something to say about it"),
            Self::Asked(Asked {
                question,
                before,
                after,
            }) if before == after => {
                write!(f, "{question} changed in what its pages show: {after}")
            }
            Self::Asked(Asked {
                question,
                before,
                after,
            }) => write!(f, "{question} was {before}, is {after}"),
        }
    }
}
