//! The spanned tree that TOML and YAML are both read into.

use crate::base::Span;

/// A value as it was written, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What was written.
    pub raw: Raw,
    /// Where: bytes of the whole file, not of the front matter.
    pub span: Span,
}

/// What was written, before anything is known about the field it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub enum Raw {
    /// Nothing: YAML's `null`, `~` or an empty value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// A number with a fraction or an exponent, as written: money must not pass through floats.
    Float(Box<str>),
    /// A text.
    Text(Box<str>),
    /// A date, a time of day or both, as written; TOML has its own type for them, in YAML an
    /// unquoted text of that shape is one.
    When(Box<str>),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order written.
    Table(Vec<(Key, Node)>),
}

/// A key with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key's text.
    pub name: Box<str>,
    /// Where it stands.
    pub span: Span,
}

impl Node {
    /// What kind of value it is, for error messages.
    pub fn type_name(&self) -> &'static str {
        match self.raw {
            Raw::Null => "nothing",
            Raw::Bool(_) => "true or false",
            Raw::Int(_) => "a whole number",
            Raw::Float(_) => "a number with a fraction",
            Raw::Text(_) => "a text",
            Raw::When(_) => "a date or time",
            Raw::List(_) => "a list",
            Raw::Table(_) => "a table",
        }
    }
}
