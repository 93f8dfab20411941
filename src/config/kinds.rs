//! `[kinds]`: folders and addresses of kinds, and kinds of the site's own with their fields.
//!
//! What can be said from the settings alone is said here; which kinds the program has itself is
//! known to the content.

use super::{Config, KindConfig, OwnKind};
use crate::base::Span;
use crate::base::slug::slugify;
use crate::data::{self, Choice, Context, Field, Key, Node, Raw, Record, Type};
use crate::diag::Diagnostic;

/// What may stand in braces in the address pattern of a kind.
const SLUG: &str = "{slug}";

/// Keys of a field's definition that say what it holds; exactly one of them is there.
const HOLDS: [&str; 4] = ["type", "choices", "ref", "fields"];

/// The kinds of the settings, in the order written.
pub(super) fn read(
    record: &Record,
    cx: &Context<'_>,
    sink: &mut Vec<Diagnostic>,
) -> Vec<KindConfig> {
    let Some(tree) = record.free("kinds") else {
        return Vec::new();
    };
    let mut reader = Reader { cx, sink };
    tree.entries()
        .iter()
        .map(|(key, table)| reader.kind(key, table))
        .collect()
}

/// What a table `[kinds.event]` may hold.
pub fn kind_fields() -> Vec<Field> {
    vec![
        Field::new("folder", Type::Text, "The folder below content/."),
        Field::new(
            "path",
            Type::Text,
            "The address of its pages, with {slug} in it.",
        ),
        Field::new(
            "fields",
            Type::Free,
            "The fields of a kind of your own, each with its type.",
        ),
    ]
}

/// What the definition of a field may hold.
pub fn definition() -> Vec<Field> {
    let plain = || Type::OneOf(vec![Type::Text, Type::Bool, Type::Free]);
    let any = Type::OneOf(vec![plain(), Type::list(plain())]);
    vec![
        Field::new("type", type_words(), "What it holds."),
        Field::new(
            "choices",
            Type::OneOf(vec![Type::list(Type::Text), Type::Free]),
            "The words that it takes; in a table each with its other spellings.",
        ),
        Field::new(
            "ref",
            Type::Text,
            "The kind of the pages whose id it holds.",
        ),
        Field::new(
            "fields",
            Type::Free,
            "The fields of the table that it holds.",
        ),
        Field::new("list", Type::Bool, "Whether it holds several."),
        Field::new("required", Type::Bool, "Whether it must be there."),
        Field::new("default", any, "What it is where nothing is written."),
        Field::new(
            "min",
            Type::Int(i64::MIN, i64::MAX),
            "The lowest whole number.",
        ),
        Field::new(
            "max",
            Type::Int(i64::MIN, i64::MAX),
            "The highest whole number.",
        ),
        Field::new("doc", Type::Text, "One sentence on what it means."),
    ]
}

fn type_words() -> Type {
    Type::choice(&[
        ("text", &["teks", "string"]),
        ("bool", &["boolean"]),
        ("int", &["integer"]),
        ("number", &["angka"]),
        ("percent", &["persen"]),
        ("money", &["amount", "price", "uang"]),
        ("currency", &["mata uang"]),
        ("date", &["tanggal"]),
        ("hours", &["jam"]),
        ("minutes", &["menit"]),
        ("url", &["tautan"]),
        ("phone", &["telepon"]),
        ("slug", &[]),
        ("free", &["any", "bebas"]),
    ])
}

fn plain_type(word: &str) -> Type {
    match word {
        "bool" => Type::Bool,
        "int" => Type::Int(i64::MIN, i64::MAX),
        "number" => Type::Number,
        "percent" => Type::Percent,
        "money" => Type::Money,
        "currency" => Type::Currency,
        "date" => Type::Date,
        "hours" => Type::Hours,
        "minutes" => Type::Minutes,
        "url" => Type::Url,
        "phone" => Type::Phone,
        "slug" => Type::Slug,
        "free" => Type::Free,
        _ => Type::Text,
    }
}

struct Reader<'a> {
    cx: &'a Context<'a>,
    sink: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn error(&mut self, code: &'static str, message: String, span: Span, label: &str) {
        self.sink
            .push(Diagnostic::error(code, message).at(&Config::path(), span, label));
    }

    fn kind(&mut self, key: &Key, table: &Node) -> KindConfig {
        let name = &key.name;
        if !matches!(table.raw, Raw::Table(_)) {
            let message = format!("`{name}` should be a table, found {}", table.type_name());
            let label = format!("write [kinds.{name}] with folder, path or fields");
            self.error("wrong-type", message, table.span, &label);
        }
        let record = data::check(table, &kind_fields(), self.cx).unload(self.sink);
        let wrong = record
            .get("path")
            .and_then(|path| pattern_fault(&format!("the kind {name}"), path.as_text(), path.span));
        let sound = wrong.is_none();
        self.sink.extend(wrong);
        let folder = record.text("folder");
        KindConfig {
            kind: name.clone(),
            span: key.span,
            folder: folder.map(|folder| folder.trim_matches('/').into()),
            path: record.text("path").filter(|_| sound).map(Into::into),
            own: match record.free("fields") {
                Some(fields) => Some(self.own(fields)),
                // Refused fields define a kind all the same: one fault is said once.
                None => record.written("fields").then(OwnKind::default),
            },
        }
    }

    fn own(&mut self, fields: &Node) -> OwnKind {
        let mut own = OwnKind::default();
        let mut defaults = Vec::new();
        for (key, node) in fields.entries() {
            let Some(field) = self.field(key, node, &mut own.refs) else {
                continue;
            };
            if let Some(default) = node.get("default") {
                defaults.push((key.clone(), default.clone()));
            }
            own.fields.push((field, key.span));
        }
        let declared: Vec<Field> = own.fields.iter().map(|(field, _)| field.clone()).collect();
        let tree = Node {
            raw: Raw::Table(defaults),
            span: fields.span,
        };
        own.defaults = data::check(&tree, &declared, self.cx).unload(self.sink);
        own
    }

    /// A field from its definition: a word for its type, or a table.
    fn field(&mut self, key: &Key, node: &Node, refs: &mut Vec<(Box<str>, Span)>) -> Option<Field> {
        if !is_name(&key.name) {
            let message = format!("\"{}\" is no name for a field", key.name);
            let label = format!("write {}", slugify(&key.name).replace('-', "_"));
            self.error("kind-field", message, key.span, &label);
            return None;
        }
        let tree = match &node.raw {
            Raw::Table(_) => node.clone(),
            _ => Node {
                raw: Raw::Table(vec![(
                    Key {
                        name: "type".into(),
                        span: key.span,
                    },
                    node.clone(),
                )]),
                span: node.span,
            },
        };
        let record = data::check(&tree, &definition(), self.cx).unload(self.sink);
        let ty = self.holds(key, &record, refs)?;
        let ty = match record.bool("list") {
            Some(true) => Type::one_or_more(ty),
            _ => ty,
        };
        let doc = match record.text("doc") {
            Some(doc) => doc.to_owned(),
            None => format!("It holds {}.", ty.expects()),
        };
        Some(Field {
            name: key.name.to_string().into(),
            ty,
            required: record.bool("required").unwrap_or(false),
            doc: doc.into(),
            example: None,
        })
    }

    fn holds(
        &mut self,
        key: &Key,
        record: &Record,
        refs: &mut Vec<(Box<str>, Span)>,
    ) -> Option<Type> {
        let said: Vec<&str> = HOLDS
            .into_iter()
            .filter(|name| record.written(name))
            .collect();
        let [said] = said[..] else {
            self.not_one(key, record, &said);
            return None;
        };
        if said != "type" || record.choice("type") != Some("int") {
            self.no_bounds(record);
        }
        match said {
            "choices" => self.choices(key, record),
            "ref" => {
                let kind = record.text("ref")?;
                refs.push((kind.into(), record.span("ref")?));
                Some(Type::Ref(kind.to_owned().into()))
            }
            "fields" => {
                let inner = record.free("fields")?.entries().iter();
                let fields = inner.filter_map(|(key, node)| {
                    if let Some(default) = node.get("default") {
                        let message =
                            format!("`{}` stands in a table: it has no default", key.name);
                        let label = "only the fields of the kind itself have defaults";
                        self.error("kind-field", message, default.span, label);
                    }
                    self.field(key, node, refs)
                });
                Some(Type::Table(fields.collect()))
            }
            _ => match record.choice("type")? {
                "int" => {
                    let low = record.int("min").unwrap_or(i64::MIN);
                    let high = record.int("max").unwrap_or(i64::MAX);
                    self.bounds(record, low, high)
                }
                word => Some(plain_type(word)),
            },
        }
    }

    /// Words, each with its other spellings where they are written as a table.
    fn choices(&mut self, key: &Key, record: &Record) -> Option<Type> {
        let choices: Vec<Choice> = match record.free("choices") {
            Some(table) => {
                let spellings = |node: &Node| match &node.raw {
                    Raw::List(items) => items.iter().filter_map(text).collect(),
                    _ => text(node).into_iter().collect(),
                };
                let entries = table.entries().iter();
                entries
                    .map(|(key, node)| Choice {
                        value: key.name.to_string().into(),
                        aliases: spellings(node),
                    })
                    .collect()
            }
            None => {
                let words = record.texts("choices").into_iter();
                words
                    .map(|word| Choice {
                        value: word.to_owned().into(),
                        aliases: Vec::new(),
                    })
                    .collect()
            }
        };
        if choices.is_empty() && record.get("choices").is_some() {
            let message = format!("`{}` has no choices", key.name);
            let span = record.span("choices").unwrap_or(key.span);
            self.error(
                "kind-field",
                message,
                span,
                "write choices = [\"…\", \"…\"]",
            );
        }
        (!choices.is_empty()).then_some(Type::Choice(choices))
    }

    fn not_one(&mut self, key: &Key, record: &Record, said: &[&str]) {
        let name = &key.name;
        match said {
            [] => {
                let message = format!("the field `{name}` does not say what it holds");
                let label = "add type = \"text\", choices = […], ref = \"…\" or fields = {…}";
                self.error("kind-field", message, key.span, label);
            }
            [.., last] => {
                let message = format!("the field `{name}` says twice what it holds");
                let span = record.span(last).unwrap_or(key.span);
                let label = format!("keep one of: {}", said.join(", "));
                self.error("kind-field", message, span, &label);
            }
        }
    }

    fn no_bounds(&mut self, record: &Record) {
        for name in ["min", "max"] {
            if let Some(span) = record.span(name) {
                let message = format!("`{name}` goes with type = \"int\" only");
                self.error("kind-field", message, span, "take it out");
            }
        }
    }

    fn bounds(&mut self, record: &Record, low: i64, high: i64) -> Option<Type> {
        if low <= high {
            return Some(Type::Int(low, high));
        }
        let message = format!("no number is at least {low} and at most {high}");
        let span = record.span("max").unwrap_or_default();
        self.error("kind-field", message, span, "correct one of the two");
        None
    }
}

fn text(node: &Node) -> Option<std::borrow::Cow<'static, str>> {
    node.as_text().map(|text| text.to_owned().into())
}

/// What templates can write behind a point: small letters, digits and underscores.
pub fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// What is wrong with an address pattern, of a kind or a facet: `{slug}` stands in it, and nothing else in braces.
pub(super) fn pattern_fault(of: &str, pattern: Option<&str>, span: Span) -> Option<Diagnostic> {
    let Some(pattern) = pattern.filter(|pattern| pattern.contains(SLUG)) else {
        let message = format!("the address pattern of {of} has no {SLUG}");
        let label = "write it as \"/kursus/{slug}/\"";
        return Some(error("kind-path", message, span, label));
    };
    let rest = pattern.replace(SLUG, "");
    let at = rest.find(['{', '}'])?;
    let end = rest[at..].find('}').map_or(rest.len(), |end| at + end + 1);
    let message = format!(
        "the address pattern of {of} has \"{}\", which stands for nothing",
        &rest[at..end]
    );
    let fixed = format!("{}{}", &rest[..at], &rest[end..]);
    let hint = match pattern.replace(&rest[at..end], "") {
        clean if clean.contains(SLUG) && !fixed.contains(['{', '}']) => {
            format!(
                "only {SLUG} is filled: write \"{}\"",
                clean.replace("//", "/")
            )
        }
        _ => format!("only {SLUG} is filled"),
    };
    Some(error("kind-path", message, span, &hint))
}

fn error(code: &'static str, message: String, span: Span, label: &str) -> Diagnostic {
    Diagnostic::error(code, message).at(&Config::path(), span, label)
}
