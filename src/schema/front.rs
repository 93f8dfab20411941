//! Front matter: of a kind, and of sections with what they hand down.

use serde_json::Value;

use super::shape::{Form, table};
use crate::config::Config;
use crate::content::kinds::{Kind, section_fields};
use crate::data::{Field, Type};

/// The front matter of a kind.
///
/// What a file may inherit it need not hold: a field with a default is not required, nor is any
/// where translations take what they lack from the file that they translate.
pub(super) fn kind(kind: &Kind, config: &Config) -> Value {
    let translated = config.languages.len() > 1;
    let fields: Vec<Field> = kind
        .fields
        .iter()
        .map(|field| {
            let inherits = translated || kind.defaults.written(&field.name);
            Field {
                required: field.required && !inherits,
                ..field.clone()
            }
        })
        .collect();
    table(&fields, form(config))
}

/// The front matter of a section. Its `defaults` may hold what the pages below it may hold.
pub(super) fn section(kinds: &[Kind], config: &Config) -> Value {
    let fields: Vec<Field> = section_fields()
        .iter()
        .map(|field| match &*field.name {
            "defaults" => Field {
                ty: Type::Table(of_any(kinds)),
                ..field.clone()
            },
            _ => field.clone(),
        })
        .collect();
    table(&fields, form(config))
}

fn form(config: &Config) -> Form<'_> {
    Form {
        empty: true,
        ignored: &config.ignore_keys,
    }
}

/// The fields of all kinds, each name once, with all that it holds in one kind or another.
fn of_any(kinds: &[Kind]) -> Vec<Field> {
    let mut all: Vec<Field> = Vec::new();
    for field in kinds.iter().flat_map(|kind| &kind.fields) {
        let Some(known) = all.iter_mut().find(|known| known.name == field.name) else {
            all.push(Field {
                required: false,
                ..field.clone()
            });
            continue;
        };
        match &mut known.ty {
            ty if *ty == field.ty => {}
            Type::OneOf(types) if types.contains(&field.ty) => {}
            ty => *ty = Type::OneOf(vec![ty.clone(), field.ty.clone()]),
        }
    }
    all
}
