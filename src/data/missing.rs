//! What a record lacks once its defaults are in: fields that are required.

use super::{Context, Field, Record, Type, Typed, Value};
use crate::base::{SitePath, Span};
use crate::diag::Diagnostic;

/// The required fields that are not there or were left empty, in this record and the tables in
/// it. `place` is where the table stands: the opening line of a front matter, for instance.
pub fn missing(
    record: &Record,
    fields: &[Field],
    place: Span,
    cx: &Context<'_>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    missing_in(record, fields, place, None, cx, &mut found);
    found
}

fn missing_in(
    record: &Record,
    fields: &[Field],
    place: Span,
    inside: Option<&str>,
    cx: &Context<'_>,
    found: &mut Vec<Diagnostic>,
) {
    for field in fields.iter().filter(|field| may_lack(field)) {
        match record.entry(&field.name) {
            None if field.required => found.push(absent(cx, field, place, inside)),
            Some(typed) if field.required && typed.value.is_empty() => {
                found.push(empty(cx.path, field, typed.span));
            }
            Some(typed) => missing_below(typed, &field.ty, &field.name, cx, found),
            None => {}
        }
    }
}

/// Whether something may be missing: of most fields of most kinds nothing may.
fn may_lack(field: &Field) -> bool {
    field.required || has_fields(&field.ty)
}

fn has_fields(ty: &Type) -> bool {
    match ty {
        Type::Table(_) => true,
        Type::List(of, _) => has_fields(of),
        Type::OneOf(types) => types.iter().any(has_fields),
        _ => false,
    }
}

fn missing_below(
    typed: &Typed,
    ty: &Type,
    name: &str,
    cx: &Context<'_>,
    found: &mut Vec<Diagnostic>,
) {
    match (&typed.value, ty) {
        (Value::Table(record), Type::Table(fields)) => {
            missing_in(record, fields, typed.span, Some(name), cx, found);
        }
        (Value::List(items), Type::List(of, _)) => {
            for item in items {
                missing_below(item, of, name, cx, found);
            }
        }
        (_, Type::OneOf(types)) => {
            let fits = |ty: &&Type| match typed.value {
                Value::Table(_) => matches!(ty, Type::Table(_)),
                Value::List(_) => matches!(ty, Type::List(..)),
                _ => false,
            };
            if let Some(ty) = types.iter().find(fits) {
                missing_below(typed, ty, name, cx, found);
            }
        }
        _ => {}
    }
}

fn absent(cx: &Context<'_>, field: &Field, place: Span, inside: Option<&str>) -> Diagnostic {
    let name = &field.name;
    let message = match inside {
        Some(table) => format!("`{table}` needs `{name}`"),
        None => format!("the required field `{name}` is missing"),
    };
    let line = cx.syntax.assign(name, &field.example_in(cx.syntax));
    let told = Diagnostic::error("missing-field", message);
    told.at(cx.path, place, format!("add it: {line}"))
        .hint(field.doc.clone())
}

fn empty(path: &SitePath, field: &Field, place: Span) -> Diagnostic {
    let message = format!("the required field `{}` is empty", field.name);
    let told = Diagnostic::error("missing-field", message);
    told.at(path, place, "fill it in").hint(field.doc.clone())
}
