//! A table that was held against its declared fields: typed, with the place of every value.

use std::borrow::Cow;

use crate::base::money::Money;
use crate::base::when::{Hours, When};
use crate::base::{Fingerprint, Hasher, Span};
use crate::data::Node;

/// A checked table: declared fields only, in the order of their names.
///
/// There are some hundred thousand of these in a large site, so names of fields that the program
/// declares are borrowed, and a value takes 24 bytes: large ones lie in boxes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    fields: Box<[(Cow<'static, str>, Typed)]>,
}

/// A checked value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// The value.
    pub value: Value,
    /// Where it stands, in bytes of its file; for a value that came from defaults the place in
    /// the file where it is written, as [`Span::elsewhere`] gives it, or `0..0`.
    pub span: Span,
}

/// A checked value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, a URL, a phone number or a slug.
    Text(Box<str>),
    /// A yes or no.
    Bool(bool),
    /// A whole number, a count of minutes among them.
    Int(i64),
    /// A number, a percentage among them, as exact decimal text.
    Number(Box<str>),
    /// An amount.
    Money(Box<Money>),
    /// A date or an instant.
    When(Box<When>),
    /// Hours of a day.
    Hours(Box<Hours>),
    /// The value of a choice.
    Choice(Box<str>),
    /// The id of another entity, not yet resolved.
    Ref(Box<Ref>),
    /// A list.
    List(Box<[Typed]>),
    /// A table.
    Table(Record),
    /// Anything, unread.
    Free(Box<Node>),
    /// A required field that was left empty. A [`Record`] never hands it out.
    Empty,
    /// What was written is wrong, and was reported. A [`Record`] never hands it out.
    Invalid,
}

/// A reference to another entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ref {
    /// The kind it must be of.
    pub kind: Cow<'static, str>,
    /// The id as written, made a slug.
    pub id: Box<str>,
}

impl Value {
    fn is_there(&self) -> bool {
        !matches!(self, Self::Empty | Self::Invalid)
    }

    /// Whether there is nothing in it: an empty text or list counts as not written.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(items) => items.is_empty(),
            _ => false,
        }
    }
}

impl Typed {
    /// The same value for a page that inherits it: a place in this very file means nothing there.
    fn inherited(&self) -> Self {
        self.moved(&|span| match span.origin() {
            Some(_) => span,
            None => Span::default(),
        })
    }

    fn moved(&self, place: &impl Fn(Span) -> Span) -> Self {
        let value = match &self.value {
            Value::List(items) => Value::List(items.iter().map(|one| one.moved(place)).collect()),
            Value::Table(record) => Value::Table(record.moved(place)),
            value => value.clone(),
        };
        let span = place(self.span);
        Self { value, span }
    }

    /// The table, where it is one.
    pub fn as_table(&self) -> Option<&Record> {
        match &self.value {
            Value::Table(record) => Some(record),
            _ => None,
        }
    }

    /// The text of a text, a number or a choice, or the id of a reference.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Choice(text) | Value::Number(text) => Some(text),
            Value::Ref(reference) => Some(&reference.id),
            _ => None,
        }
    }
}

impl Record {
    /// A record of these fields.
    pub(super) fn new(mut fields: Vec<(Cow<'static, str>, Typed)>) -> Self {
        fields.sort_by(|(a, _), (b, _)| a.cmp(b));
        Self {
            fields: fields.into(),
        }
    }

    pub(super) fn entry(&self, name: &str) -> Option<&Typed> {
        // Few fields, mostly of different lengths: looking at all lengths is quicker than holding
        // some names against each other.
        let is_it =
            |(own, _): &&(Cow<'static, str>, Typed)| own.len() == name.len() && *own == *name;
        self.fields.iter().find(is_it).map(|(_, typed)| typed)
    }

    /// The value of a field, where there is a right one.
    pub fn get(&self, name: &str) -> Option<&Typed> {
        self.entry(name).filter(|typed| typed.value.is_there())
    }

    /// Whether something was written for the field, right or wrong: a check that asks whether a
    /// field is there must not complain about one that was refused.
    pub fn written(&self, name: &str) -> bool {
        self.entry(name)
            .is_some_and(|typed| typed.value != Value::Empty)
    }

    /// Where a field's value stands.
    pub fn span(&self, name: &str) -> Option<Span> {
        self.get(name).map(|typed| typed.span)
    }

    /// The text of a text, a number or a choice.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_text()
    }

    /// A whole number.
    pub fn int(&self, name: &str) -> Option<i64> {
        match self.get(name)?.value {
            Value::Int(number) => Some(number),
            _ => None,
        }
    }

    /// A yes or no.
    pub fn bool(&self, name: &str) -> Option<bool> {
        match self.get(name)?.value {
            Value::Bool(yes) => Some(yes),
            _ => None,
        }
    }

    /// An amount.
    pub fn money(&self, name: &str) -> Option<Money> {
        match &self.get(name)?.value {
            Value::Money(money) => Some(**money),
            _ => None,
        }
    }

    /// A date or an instant.
    pub fn when(&self, name: &str) -> Option<When> {
        match &self.get(name)?.value {
            Value::When(when) => Some(**when),
            _ => None,
        }
    }

    /// Hours of a day.
    pub fn hours(&self, name: &str) -> Option<Hours> {
        match &self.get(name)?.value {
            Value::Hours(hours) => Some(**hours),
            _ => None,
        }
    }

    /// The items of a list; none where the field is not there.
    pub fn list(&self, name: &str) -> &[Typed] {
        match self.get(name).map(|typed| &typed.value) {
            Some(Value::List(items)) => items,
            _ => &[],
        }
    }

    /// The tables of a list, each with its place.
    pub fn tables(&self, name: &str) -> impl Iterator<Item = (&Self, Span)> {
        self.list(name)
            .iter()
            .filter_map(|item| Some((item.as_table()?, item.span)))
    }

    /// A table.
    pub fn table(&self, name: &str) -> Option<&Self> {
        self.get(name)?.as_table()
    }

    /// The value of a choice.
    pub fn choice(&self, name: &str) -> Option<&str> {
        match &self.get(name)?.value {
            Value::Choice(value) => Some(value),
            _ => None,
        }
    }

    /// The references of a field, one or many, each with its place.
    pub fn refs(&self, name: &str) -> impl Iterator<Item = (&Ref, Span)> {
        let own = self.get(name).map(std::slice::from_ref).unwrap_or_default();
        own.iter()
            .chain(self.list(name))
            .filter_map(|typed| match &typed.value {
                Value::Ref(reference) => Some((&**reference, typed.span)),
                _ => None,
            })
    }

    /// All fields that are there, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Typed)> {
        self.fields
            .iter()
            .filter(|(_, typed)| typed.value.is_there())
            .map(|(name, typed)| (&**name, typed))
    }

    /// Whether no field is there.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// This record, as others inherit it from the file of this number: each value with the place
    /// where it is written.
    #[must_use]
    pub fn elsewhere(&self, file: usize) -> Self {
        self.moved(&|span| span.elsewhere(file))
    }

    fn moved(&self, place: &impl Fn(Span) -> Span) -> Self {
        let fields = self.fields.iter();
        let moved = fields.map(|(name, typed)| (name.clone(), typed.moved(place)));
        Self {
            fields: moved.collect(),
        }
    }

    /// This record with the fields of `defaults` that it lacks or left empty. A field that was
    /// written wrong stays so. Inherited values have a place only where `defaults` stands
    /// elsewhere.
    #[must_use]
    pub fn with_defaults(&self, defaults: &Self) -> Self {
        let lacks = |name: &str| self.entry(name).is_none_or(|own| own.value == Value::Empty);
        let inherited = defaults
            .fields
            .iter()
            .filter(|(name, typed)| typed.value.is_there() && lacks(name))
            .map(|(name, typed)| (name.clone(), typed.inherited()));
        let own = self
            .fields
            .iter()
            .filter(|(name, own)| own.value != Value::Empty || defaults.get(name).is_none())
            .cloned();
        Self::new(own.chain(inherited).collect())
    }

    /// Stands for the values, wherever they were written: the same for both syntaxes.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hasher = Hasher::new();
        self.hash_into(&mut hasher);
        hasher.finish()
    }

    fn hash_into(&self, hasher: &mut Hasher) {
        hasher.number(self.iter().count() as u64);
        for (name, typed) in self.iter() {
            hash_value(&typed.value, hasher.text(name));
        }
    }
}

fn hash_value(value: &Value, hasher: &mut Hasher) {
    match value {
        Value::Text(text) => hasher.number(0).text(text),
        Value::Bool(yes) => hasher.number(1).number(u64::from(*yes)),
        Value::Int(number) => hasher.number(2).bytes(&number.to_le_bytes()),
        Value::Number(text) => hasher.number(3).text(text),
        Value::Money(money) => money.hash_into(hasher.number(4)),
        Value::When(when) => when.hash_into(hasher.number(5)),
        Value::Hours(hours) => hasher.number(6).text(&format!("{hours:?}")),
        Value::Choice(text) => hasher.number(7).text(text),
        Value::Ref(reference) => hasher.number(8).text(&reference.kind).text(&reference.id),
        Value::List(items) => {
            hasher.number(9).number(items.len() as u64);
            items
                .iter()
                .for_each(|item| hash_value(&item.value, hasher));
            hasher
        }
        Value::Table(record) => {
            record.hash_into(hasher.number(10));
            hasher
        }
        Value::Free(node) => {
            node.hash_into(hasher.number(11));
            hasher
        }
        Value::Empty | Value::Invalid => hasher.number(12),
    };
}
