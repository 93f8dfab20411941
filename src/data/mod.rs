//! What authors write beside their text: TOML and YAML read into one spanned tree, and the
//! reader that holds such a tree against declared fields.
//!
//! Front matter and `silabus.toml` go through the same two steps, so both have the same types,
//! the same errors and the same "did you mean". Nothing here knows a content kind.

pub mod field;
pub mod node;
pub mod record;

pub use field::{Choice, Field, Type};
pub use node::{Key, Node, Raw};
pub use record::{Record, Typed, Value};
