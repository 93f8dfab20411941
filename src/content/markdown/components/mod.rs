//! Components: finding their calls in a text and keeping their places through the parser.
//!
//! Rebuilding calls from the parser's events does not work (see `docs/architecture.md`), so they
//! are found in the source, outside of code, and placeholders stand in for them while the rest
//! is parsed. Knows nothing about which components exist: the theme does.

mod call;
mod fault;
mod find;
mod layout;
mod lexer;
mod placed;
mod unclosed;
mod video;

pub(super) use find::{find, may_hold_components};
pub(super) use layout::body_of;
pub(super) use placed::{Part, Placed};

use crate::content::body::Component;
use std::ops::Range;

/// Something in a text that the Markdown parser must not see.
#[derive(Debug)]
pub(super) struct Call {
    /// From its first to behind its last byte, bodies and closing tags included.
    pub(super) range: Range<usize>,
    /// Whether nothing else stands on its lines: then it is a block.
    pub(super) alone: bool,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a [`Call`] is.
#[derive(Debug)]
pub(super) enum Kind {
    /// `{{<name />}}`.
    Inline(Component),
    /// `{% <name> %}…{% </name> %}` with the range between the tags.
    Block(Component, Range<usize>),
    /// `\{{<`: the backslash goes, the rest is text.
    Escape,
}
