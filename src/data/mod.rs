//! What authors write beside their text: TOML and YAML read into one spanned tree, and the
//! reader that holds such a tree against declared fields.
//!
//! Front matter and `silabus.toml` go through the same two steps, so both have the same types,
//! the same errors and the same "did you mean". Nothing here knows a content kind.
//!
//! The steps: [`front::split`] finds the front matter, [`parse`] makes it a [`Node`], [`check()`]
//! makes that a [`Record`], and [`missing`] says what is not there once defaults were filled in.

pub mod access;
pub mod check;
pub mod field;
pub mod file;
pub mod front;
mod missing;
pub mod node;
pub mod record;
pub mod syntax;
pub mod toml;
pub mod yaml;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::base::SitePath;
use crate::diag::{Checked, Diagnostic};

pub use check::{Context, check};
pub use field::{Choice, Field, Type};
pub use front::Parts;
pub use missing::missing;
pub use node::{Key, Node, Raw};
pub use record::{Record, Ref, Typed, Value};
pub use syntax::Syntax;

/// Longer front matter or settings are refused: nobody writes them by hand.
pub const MAX_BYTES: usize = 1 << 20;

/// Lists and tables may stand inside each other this deep.
pub const MAX_DEPTH: usize = 64;

/// Reads `text[range]` into a table; all spans count from the start of `text`.
///
/// When the result [`failed`](Checked::failed), the tree is what could be rescued: good for
/// finding a title, not for being checked.
pub fn parse(path: &SitePath, text: &str, syntax: Syntax, range: Range<usize>) -> Checked<Node> {
    if range.len() > MAX_BYTES {
        let error = Diagnostic::error(
            "too-large",
            "this is too long to be settings or front matter",
        )
        .at(path, crate::base::Span::new(range.start, range.start), "")
        .hint("keep it under 1 MiB: long texts belong below the front matter, data into data/");
        return Checked::new(Node::empty_table(range.start), vec![error]);
    }
    match syntax {
        Syntax::Toml => toml::parse(path, text, range),
        Syntax::Yaml => yaml::parse(path, text, range),
    }
}
