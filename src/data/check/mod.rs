//! The reader: a tree held against declared fields.
//!
//! One fault never hides the next: a value that is wrong is reported and left out, the rest is
//! read. What is required is not asked here, since defaults may still be filled in: see
//! [`missing`](crate::data::missing).

mod amount;
mod link;
mod plain;
mod shape;
mod time;
mod unknown;
mod word;

use crate::base::SitePath;
use crate::base::money::Reading;
use crate::data::{Field, Key, Node, Raw, Record, Syntax, Type, Typed, Value};
use crate::diag::{Checked, Diagnostic, Severity};

/// What the reader must know beside the fields.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The file.
    pub path: &'a SitePath,
    /// Its syntax: fixes are written in it.
    pub syntax: Syntax,
    /// The site's currency and its language's grouping sign.
    pub money: Reading,
    /// The language of the file, such as `id`: local phone numbers are read by it.
    pub language: &'a str,
    /// Keys that other programs write, passed over wherever they stand.
    pub ignore_keys: &'a [String],
    /// How grave an unknown key is: an error in `build`, a warning in `serve`.
    pub unknown_keys: Severity,
}

/// Reads a table. Use it only on a tree without syntax errors: the rest would be guesswork.
pub fn check(table: &Node, fields: &[Field], cx: &Context<'_>) -> Checked<Record> {
    let mut found = Vec::new();
    let scope = Scope {
        cx,
        root: fields,
        key: "",
        alone: false,
        inside: None,
    };
    let record = match &table.raw {
        Raw::Table(entries) => read_table(&scope, entries, fields, &mut found),
        _ => Record::default(),
    };
    Checked::new(record, found)
}

/// Where a value stands, for messages and fixes.
#[derive(Clone, Copy)]
struct Scope<'a> {
    cx: &'a Context<'a>,
    /// The fields of the whole file, for keys that landed in the wrong table.
    root: &'a [Field],
    /// The key whose value is read.
    key: &'a str,
    /// Whether the value is an item of a list, which a fix shows without its key.
    alone: bool,
    /// The table that holds the key; none at the top.
    inside: Option<&'a str>,
}

type Sink = Vec<Diagnostic>;

/// Shorter lists of fields than this are shown whole.
const SHOWN: usize = 12;

impl<'a> Scope<'a> {
    /// The line or item to write.
    fn line(&self, value: &str) -> String {
        if self.alone {
            value.to_owned()
        } else {
            self.cx.syntax.assign(self.key, value)
        }
    }

    /// The line or item to write, for a value that is a text.
    fn word(&self, text: &str) -> String {
        self.line(&self.cx.syntax.word(text))
    }

    /// An error at a value, with its fix.
    fn error(
        &self,
        code: &'static str,
        message: impl Into<String>,
        node: &Node,
        fix: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, message).at(self.cx.path, node.span, fix)
    }

    fn item(&self) -> Self {
        Self {
            alone: true,
            ..*self
        }
    }
}

fn read_table(
    scope: &Scope<'_>,
    entries: &[(Key, Node)],
    fields: &[Field],
    sink: &mut Sink,
) -> Record {
    let mut read = Vec::with_capacity(entries.len());
    let own_currency = amount::context_of(scope.cx, entries, fields);
    let scope = &Scope {
        cx: own_currency.as_ref().unwrap_or(scope.cx),
        ..*scope
    };
    for (key, node) in entries {
        let Some(field) = fields.iter().find(|field| *field.name == *key.name) else {
            if let Some(meant) = unknown::report(scope, fields, key, sink) {
                read.push((meant.clone(), misspelt(key)));
            }
            continue;
        };
        let scope = Scope {
            key: &key.name,
            alone: false,
            ..*scope
        };
        let value = match node.raw {
            Raw::Null if field.required => Value::Empty,
            // Nobody leaves a price empty on purpose.
            Raw::Null if matches!(field.ty, Type::Money) => {
                read_value(&scope, &field.ty, node, sink)
            }
            Raw::Null => continue,
            _ => read_value(&scope, &field.ty, node, sink),
        };
        let span = node.span;
        read.push((field.name.clone(), Typed { value, span }));
    }
    Record::new(read)
}

/// Stands for the field that a misspelt key meant, so that it is not reported as missing too.
fn misspelt(key: &Key) -> Typed {
    Typed {
        value: Value::Invalid,
        span: key.span,
    }
}

/// The value, or [`Value::Invalid`] once it was reported.
fn read_value(scope: &Scope<'_>, ty: &Type, node: &Node, sink: &mut Sink) -> Value {
    match ty {
        Type::List(of, single) => read_list(scope, of, *single, node, sink),
        Type::Table(fields) => match &node.raw {
            Raw::Table(entries) => {
                let below = Scope {
                    inside: Some(scope.key),
                    ..*scope
                };
                Value::Table(read_table(&below, entries, fields, sink))
            }
            _ => invalid(shape::wrong_type(scope, ty, node), sink),
        },
        Type::OneOf(types) => read_one_of(scope, ty, types, node, sink),
        ty => match read_single(scope, ty, node) {
            Ok(value) => value,
            Err(error) => invalid(*error, sink),
        },
    }
}

fn invalid(error: Diagnostic, sink: &mut Sink) -> Value {
    sink.push(error);
    Value::Invalid
}

type Single = Result<Value, Box<Diagnostic>>;

/// Values that are neither lists nor tables with fields.
fn read_single(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    match ty {
        Type::Text => plain::text(scope, ty, node),
        Type::Bool => plain::boolean(scope, ty, node),
        Type::Int(low, high) => plain::int(scope, ty, node, *low, *high),
        Type::Minutes => plain::int(scope, ty, node, 0, i64::from(u32::MAX)),
        Type::Number => plain::number(scope, ty, node),
        Type::Percent => amount::percent(scope, ty, node),
        Type::Money => amount::money(scope, ty, node),
        Type::Currency => amount::currency(scope, ty, node),
        Type::Date => time::date(scope, ty, node),
        Type::Hours => time::hours(scope, ty, node),
        Type::Url => link::url(scope, ty, node),
        Type::Phone => link::phone(scope, ty, node),
        Type::Slug => word::slug(scope, ty, node),
        Type::Choice(choices) => word::choice(scope, ty, choices, node),
        Type::Ref(kind) => word::reference(scope, ty, kind.clone(), node),
        Type::Free => plain::free(scope, ty, node),
        Type::List(..) | Type::Table(_) | Type::OneOf(_) => {
            Err(Box::new(shape::wrong_type(scope, ty, node)))
        }
    }
}

fn read_list(scope: &Scope<'_>, of: &Type, single: bool, node: &Node, sink: &mut Sink) -> Value {
    let items = match &node.raw {
        Raw::List(items) => items.as_slice(),
        _ if single => std::slice::from_ref(node),
        _ => {
            let ty = Type::List(Box::new(of.clone()), single);
            return invalid(shape::wrong_type(scope, &ty, node), sink);
        }
    };
    // One value alone is written behind its key.
    let item_scope = match node.raw {
        Raw::List(_) => scope.item(),
        _ => *scope,
    };
    let read = items
        .iter()
        .map(|item| Typed {
            value: read_value(&item_scope, of, item, sink),
            span: item.span,
        })
        .filter(|item| item.value != Value::Invalid);
    Value::List(read.collect())
}

/// The first alternative that fits without a fault; else the faults of the one with the fewest.
fn read_one_of(
    scope: &Scope<'_>,
    whole: &Type,
    types: &[Type],
    node: &Node,
    sink: &mut Sink,
) -> Value {
    let mut best: Option<(Sink, Value)> = None;
    for ty in types.iter().filter(|ty| shape::fits(ty, node)) {
        let mut found = Vec::new();
        let value = read_value(scope, ty, node, &mut found);
        if found.is_empty() {
            return value;
        }
        if best
            .as_ref()
            .is_none_or(|(before, _)| found.len() < before.len())
        {
            best = Some((found, value));
        }
    }
    match best {
        Some((mut found, value)) => {
            sink.append(&mut found);
            value
        }
        None => invalid(shape::wrong_type(scope, whole, node), sink),
    }
}
