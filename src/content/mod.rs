//! One file in, one [`Page`] out: front matter, the typed kinds, Markdown.
//!
//! Never looks at another file, at the clock or at a theme: the result depends on the file's
//! bytes and the parse options, nothing else.

pub mod body;
mod front_prose;
pub mod kinds;
pub mod markdown;
pub mod options;
pub mod page;
pub mod place;

pub use body::{Body, Component, Heading, Image, Link, Passage, Piece, Prose, Raw};
pub use options::{ParseOptions, ValueReader};
pub use page::{Page, parse};
pub use place::{Form, Place};
