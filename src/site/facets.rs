//! Facets: the values of a field as terms, and the addresses of their pages.

use super::taxonomies;
use crate::base::slug::slugify;
use crate::config::facets::Facet;
use crate::content::kinds::{Kind, course};
use crate::data::{Choice, Record, Type, Value};

/// The values that a page has for a field, as they are told from each other.
pub(super) fn values<'a>(kind: &Kind, record: &'a Record, field: &str) -> Vec<&'a str> {
    match (&*kind.name, field) {
        ("course", "offer") => vec![course::offer(record)],
        ("course", "status") => vec![course::status(record)],
        _ if holds_texts(kind, field) => taxonomies::terms_of(record, field),
        _ => record
            .get(field)
            .map_or_else(Vec::new, |typed| words(&typed.value)),
    }
}

fn holds_texts(kind: &Kind, field: &str) -> bool {
    let mut fields = kind.fields.iter();
    fields.any(|known| known.name == field && matches!(innermost(&known.ty), Type::Text))
}

/// What a list holds, else the type itself.
fn innermost(ty: &Type) -> &Type {
    match ty {
        Type::List(of, _) => innermost(of),
        other => other,
    }
}

fn words(value: &Value) -> Vec<&str> {
    match value {
        Value::Choice(word) => vec![word],
        Value::Ref(reference) => vec![&reference.id],
        Value::List(items) => items.iter().flat_map(|item| words(&item.value)).collect(),
        _ => Vec::new(),
    }
}

/// The address of a value's page, without the language: where the site speaks Indonesian, words
/// that have an Indonesian spelling are spelled so.
pub(super) fn path(facet: &Facet, kinds: &[Kind], lang: &str, slug: &str) -> String {
    let spelled = match lang.split('-').next() {
        Some("id") => spelling(facet, kinds, slug),
        _ => None,
    };
    facet
        .path
        .replace("{slug}", spelled.as_deref().unwrap_or(slug))
}

/// The first other spelling of a word: all that kinds of the program have are Indonesian.
fn spelling(facet: &Facet, kinds: &[Kind], slug: &str) -> Option<String> {
    let (_, choice) = choice(facet, kinds, slug)?;
    Some(slugify(choice.aliases.first()?))
}

/// The place of a word among those that its field takes; none for other fields.
pub(super) fn rank(facet: &Facet, kinds: &[Kind], slug: &str) -> Option<usize> {
    choice(facet, kinds, slug).map(|(at, _)| at)
}

fn choice<'a>(facet: &Facet, kinds: &'a [Kind], slug: &str) -> Option<(usize, &'a Choice)> {
    let kind = kinds.iter().find(|kind| *kind.name == *facet.kind)?;
    let mut fields = kind.fields.iter();
    let field = fields.find(|field| *field.name == *facet.field)?;
    let Type::Choice(choices) = innermost(&field.ty) else {
        return None;
    };
    let mut choices = choices.iter().enumerate();
    choices.find(|(_, choice)| taxonomies::term_slug(&choice.value) == slug)
}
