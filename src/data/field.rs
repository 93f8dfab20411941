//! Declared fields: what a kind or a table of `silabus.toml` may contain.
//!
//! One declaration serves reading, errors, "did you mean", `silabus new` and the documentation
//! of fields; sites can build them at run time just as the program does.

use std::borrow::Cow;

use crate::data::syntax::{Syntax, quote};

/// One field of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its key.
    pub name: Cow<'static, str>,
    /// What it may hold.
    pub ty: Type,
    /// Whether it must be there.
    pub required: bool,
    /// One sentence for editors and for `silabus new`.
    pub doc: Cow<'static, str>,
    /// What `silabus new` proposes, where an example of its type does not fit; a value that both
    /// syntaxes write alike. A field of a table that has one stands in the table's example.
    pub example: Option<Cow<'static, str>>,
}

/// What a field may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A text; numbers are taken as written where YAML would make them one.
    Text,
    /// `true` or `false`.
    Bool,
    /// A whole number within bounds, both included.
    Int(i64, i64),
    /// A number with or without a fraction; never used for money.
    Number,
    /// A percentage above 0 and at most 100, written `20` or `"20%"`.
    Percent,
    /// An amount of money by the table of the content model.
    Money,
    /// The code of a currency. The amounts that stand in the same table are read in it.
    Currency,
    /// A date, or a date with a time; RFC 3339 where it has an offset.
    Date,
    /// Hours of a day such as `19.00-21.00` or `19:00`.
    Hours,
    /// Minutes: a whole number.
    Minutes,
    /// An address with `http://` or `https://`.
    Url,
    /// A phone number, `0812-…` or `+62…`.
    Phone,
    /// A slug: small letters, digits, hyphens.
    Slug,
    /// One of several words, each with its other spellings.
    Choice(Vec<Choice>),
    /// The id of an entity of this kind.
    Ref(Cow<'static, str>),
    /// A list; a single value is taken as a list of one where the flag is set.
    List(Box<Type>, bool),
    /// A table with fields of its own.
    Table(Vec<Field>),
    /// One of several types: the first whose shape fits is taken.
    OneOf(Vec<Type>),
    /// A table of anything, passed on unread (`extra`).
    Free,
}

/// One value of a [`Type::Choice`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value that templates see.
    pub value: Cow<'static, str>,
    /// Other spellings that authors may use, compared without case.
    pub aliases: Vec<Cow<'static, str>>,
}

impl Field {
    /// An optional field.
    pub fn new(name: &'static str, ty: Type, doc: &'static str) -> Self {
        Self {
            name: name.into(),
            ty,
            required: false,
            doc: doc.into(),
            example: None,
        }
    }

    /// The same field, required.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

impl Field {
    /// The same field with a proposed value.
    #[must_use]
    pub fn example(mut self, value: &'static str) -> Self {
        self.example = Some(value.into());
        self
    }

    /// A value that it takes, as written in `syntax`.
    pub fn example_in(&self, syntax: Syntax) -> String {
        match &self.example {
            Some(value) => value.to_string(),
            None => self.ty.example_in(syntax),
        }
    }
}

impl Type {
    /// A list of `of`.
    pub fn list(of: Self) -> Self {
        Self::List(Box::new(of), false)
    }

    /// A list of `of`, for which one value alone may be written too.
    pub fn one_or_more(of: Self) -> Self {
        Self::List(Box::new(of), true)
    }

    /// A choice, given as `(value, other spellings)`.
    pub fn choice(choices: &[(&'static str, &[&'static str])]) -> Self {
        Self::Choice(
            choices
                .iter()
                .map(|(value, aliases)| Choice {
                    value: Cow::Borrowed(value),
                    aliases: aliases.iter().map(|alias| Cow::Borrowed(*alias)).collect(),
                })
                .collect(),
        )
    }

    /// The kind whose ids it holds, one or many.
    pub fn refers_to(&self) -> Option<&str> {
        match self {
            Self::Ref(kind) => Some(kind),
            Self::List(of, _) => of.refers_to(),
            _ => None,
        }
    }

    /// What it takes, for messages: "a whole number from 1 to 9".
    pub fn expects(&self) -> String {
        let plain = match self {
            Self::Text => "a text",
            Self::Bool => "true or false",
            Self::Int(i64::MIN, i64::MAX) => "a whole number",
            Self::Int(low, i64::MAX) => return format!("a whole number, at least {low}"),
            Self::Int(low, high) => return format!("a whole number from {low} to {high}"),
            Self::Number => "a number",
            Self::Percent => "a percentage above 0 and at most 100",
            Self::Money => "an amount of money",
            Self::Currency => "the code of a currency",
            Self::Date => "a date",
            Self::Hours => "hours of a day",
            Self::Minutes => "a whole number of minutes",
            Self::Url => "a web address",
            Self::Phone => "a phone number",
            Self::Slug => "a slug",
            Self::Choice(_) => "one of its words",
            Self::Ref(kind) => return format!("the id of a {kind}"),
            Self::List(of, true) => return format!("{} or a list of such", of.expects()),
            Self::List(..) => "a list",
            Self::Table(_) | Self::Free => "a table",
            Self::OneOf(types) => {
                let all: Vec<String> = types.iter().map(Self::expects).collect();
                return all.join(" or ");
            }
        };
        plain.to_owned()
    }

    /// A value that it takes, as written in YAML.
    pub fn example(&self) -> String {
        self.example_in(Syntax::Yaml)
    }

    /// A value that it takes, as written in `syntax`; one that both syntaxes read alike where
    /// there is no table in it.
    pub fn example_in(&self, syntax: Syntax) -> String {
        let plain = match self {
            Self::Text => "\"…\"",
            Self::Bool => "true",
            Self::Int(low, high) => return 1.clamp(*low, *high).to_string(),
            Self::Number => "4.5",
            Self::Percent => "20",
            Self::Money => "3800000",
            Self::Currency => "\"IDR\"",
            Self::Date => "2026-11-22",
            Self::Hours => "\"19.00-21.00\"",
            Self::Minutes => "90",
            Self::Url => "\"https://example.com/\"",
            Self::Phone => "\"0812-3456-7890\"",
            Self::Slug => "\"basic-python\"",
            Self::Choice(choices) => {
                return choices
                    .first()
                    .map_or_else(String::new, |c| quote(&c.value));
            }
            Self::Ref(kind) => return quote(&format!("id-of-the-{kind}")),
            Self::List(of, _) => return format!("[{}]", of.example_in(syntax)),
            Self::Table(fields) => return example_table(fields, syntax),
            Self::OneOf(types) => {
                return types
                    .first()
                    .map_or_else(String::new, |ty| ty.example_in(syntax));
            }
            Self::Free => return syntax.table(&[("key", "\"…\"")]),
        };
        plain.to_owned()
    }
}

/// The required fields, or the first.
fn example_table(fields: &[Field], syntax: Syntax) -> String {
    let matters = |field: &Field| field.required || field.example.is_some();
    let any_required = fields.iter().any(matters);
    let shown = fields
        .iter()
        .filter(|field| matters(field) || !any_required)
        .take(if any_required { usize::MAX } else { 1 });
    let values: Vec<(&str, String)> = shown
        .map(|field| (&*field.name, field.example_in(syntax)))
        .collect();
    let entries: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, &**value)).collect();
    syntax.table(&entries)
}
