//! A table that was held against its declared fields: typed, with the place of every value.

use crate::base::money::Money;
use crate::base::when::{Hours, When};
use crate::base::Span;
use crate::data::Node;

/// A checked table: only declared fields, in the order of their declaration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    fields: Vec<(Box<str>, Typed)>,
}

/// A checked value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// The value.
    pub value: Value,
    /// Where it stands, in bytes of its file.
    pub span: Span,
}

/// A checked value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, a URL or a slug.
    Text(Box<str>),
    /// A yes or no.
    Bool(bool),
    /// A whole number, a count of minutes among them.
    Int(i64),
    /// A number, a percentage among them, as exact decimal text.
    Number(Box<str>),
    /// An amount.
    Money(Money),
    /// A date or an instant.
    When(When),
    /// Hours of a day.
    Hours(Hours),
    /// The value of a choice.
    Choice(Box<str>),
    /// The id of another entity, not yet resolved.
    Ref {
        /// The kind it must be of.
        kind: Box<str>,
        /// The id as written, made a slug.
        id: Box<str>,
    },
    /// A list.
    List(Vec<Typed>),
    /// A table.
    Table(Record),
    /// Anything, unread.
    Free(Node),
}
