//! Keys that are not declared: what was meant, and where it belongs.

use std::borrow::Cow;

use crate::base::text::nearest;
use crate::data::syntax::shorten;
use crate::data::{Field, Key, Syntax, Type};
use crate::diag::{Diagnostic, Severity};

use super::{SHOWN, Scope, Sink};

/// Reports the key. Gives the required field that it clearly meant, where the key is an error.
pub(super) fn report<'f>(
    scope: &Scope<'_>,
    fields: &'f [Field],
    key: &Key,
    sink: &mut Sink,
) -> Option<&'f Cow<'static, str>> {
    let cx = scope.cx;
    if cx.ignore_keys.iter().any(|ignored| **ignored == *key.name) {
        return None;
    }
    let name = shorten(&key.name);
    let message = match scope.inside {
        Some(table) => format!("`{table}` has no field `{name}`"),
        None => format!("there is no field `{name}`"),
    };
    let mut told = Diagnostic::error("unknown-key", message);
    told.severity = cx.unknown_keys;
    sink.push(advise(scope, fields, key, told));
    if cx.unknown_keys == Severity::Warning {
        return None;
    }
    let meant = near(&key.name, fields)?;
    let field = fields.iter().find(|field| field.name == meant)?;
    field.required.then_some(&field.name)
}

fn advise(scope: &Scope<'_>, fields: &[Field], key: &Key, told: Diagnostic) -> Diagnostic {
    let path = scope.cx.path;
    if let Some(table) = scope.inside
        && has(scope.root, &key.name)
    {
        return misplaced(scope, table, key, told);
    }
    if let Some(word) = near(&key.name, fields) {
        return told.at(path, key.span, format!("did you mean `{word}`?"));
    }
    if let Some(table) = home(scope.root, &key.name).filter(|table| Some(*table) != scope.inside) {
        return told.at(
            path,
            key.span,
            format!("`{}` belongs into `{table}`", key.name),
        );
    }
    if let Some(table) = scope.inside
        && let Some(word) = nearest(&key.name, names(scope.root))
    {
        let told = told.at(
            path,
            key.span,
            format!("did you mean `{word}`, outside of `{table}`?"),
        );
        return landed(scope, table, told);
    }
    let all: Vec<&str> = names(fields).collect();
    let told = told.at(path, key.span, "take it out, or correct it");
    if scope.inside.is_some() && all.len() <= SHOWN {
        told.hint(format!("its fields are {}", all.join(", ")))
    } else if has(fields, "extra") {
        told.hint("what the theme alone should know goes under `extra`")
    } else {
        told
    }
}

/// A key of the file's top that stands in a table.
fn misplaced(scope: &Scope<'_>, table: &str, key: &Key, told: Diagnostic) -> Diagnostic {
    let fix = match scope.cx.syntax {
        Syntax::Toml => format!(
            "`{}` belongs to the top: move it above the first [table]",
            key.name
        ),
        Syntax::Yaml => format!(
            "`{}` belongs to the top: write it without indentation",
            key.name
        ),
    };
    landed(scope, table, told.at(scope.cx.path, key.span, fix))
}

/// TOML has no way to end a table, which surprises everyone once.
fn landed(scope: &Scope<'_>, table: &str, told: Diagnostic) -> Diagnostic {
    match scope.cx.syntax {
        Syntax::Toml => told.hint(format!("a key added below [{table}] lands in that table")),
        Syntax::Yaml => told,
    }
}

/// The field that a key means: one with a near name, or the initial of it, `q` for `question`.
fn near<'f>(key: &str, fields: &'f [Field]) -> Option<&'f str> {
    let initial = |name: &&str| name.len() == 1 && key.starts_with(*name);
    let near = nearest(
        key,
        names(fields).filter(|name| name.len() > 1 || key.len() < 3),
    );
    near.or_else(|| names(fields).find(initial))
}

fn has(fields: &[Field], name: &str) -> bool {
    fields.iter().any(|field| field.name == name)
}

fn names(fields: &[Field]) -> impl Iterator<Item = &str> {
    fields.iter().map(|field| &*field.name)
}

/// The first table of the file that has a field of this name.
fn home<'a>(root: &'a [Field], name: &str) -> Option<&'a str> {
    let holds = |field: &&Field| tables(&field.ty).any(|fields| has(fields, name));
    root.iter().find(holds).map(|field| &*field.name)
}

/// The declared tables that a value of this type can be or hold.
fn tables(ty: &Type) -> Box<dyn Iterator<Item = &[Field]> + '_> {
    match ty {
        Type::Table(fields) => Box::new(std::iter::once(fields.as_slice())),
        Type::List(of, _) => tables(of),
        Type::OneOf(types) => Box::new(types.iter().flat_map(tables)),
        _ => Box::new(std::iter::empty()),
    }
}
