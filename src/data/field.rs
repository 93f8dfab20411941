//! Declared fields: what a kind or a table of `silabus.toml` may contain.
//!
//! One declaration serves reading, errors, "did you mean", `silabus new` and the documentation
//! of fields; sites can build them at run time just as the program does.

use std::borrow::Cow;

/// One field of a table.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key.
    pub name: Cow<'static, str>,
    /// What it may hold.
    pub ty: Type,
    /// Whether it must be there.
    pub required: bool,
    /// One sentence for editors and for `silabus new`.
    pub doc: Cow<'static, str>,
}

/// What a field may hold.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
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
        }
    }

    /// The same field, required.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
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
}
