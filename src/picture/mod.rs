//! Pictures: bytes in, facts or bytes out.
//!
//! Nothing here knows a file, a page or a template. Whoever holds decoded pixels holds a part of
//! the one [`Budget`], so that a build with thousands of pictures needs no more memory than one
//! with ten.

mod budget;
mod card;
mod colour;
mod decode;
mod encode;
mod facts;
mod fault;
mod geometry;
mod name;
mod render;
mod spec;
mod store;
mod svg;

#[cfg(test)]
mod tests;

pub use budget::{BUDGET, Budget, Held};
pub use card::{CAN_DRAW, CARD_HEIGHT, CARD_LIMIT, CARD_WIDTH, Fonts, Wrapped};
pub use colour::Colour;
pub use facts::{Facts, Format};
pub use fault::Fault;
pub use geometry::{Plan, plan};
pub use name::{FOLDER, key, output_path};
pub use render::{colour, render, try_out};
pub use spec::{Encoding, Op, Spec};
pub use store::{NoStore, Store};

/// Stands for the codecs and for how they are used: what was made by another version is made
/// again. Raise it whenever the bytes of a result change.
pub const VERSION: u32 = 1;

/// The largest file that is taken for a picture, in bytes.
pub const FILE_LIMIT: u64 = 128 * 1024 * 1024;
