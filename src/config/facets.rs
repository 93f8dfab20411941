//! `[[facets]]`: fields of a kind of which each value gets a list of its own.
//!
//! A facet is a taxonomy called by kind and field, `course.level`, whose terms are the values of
//! that field. Which fields a kind has is known to the content.

use super::kinds::pattern_fault;
use super::{Config, SortBy, TaxonomyConfig};
use crate::base::Span;
use crate::base::slug::slugify;
use crate::data::{Field, Record, Type};
use crate::diag::Diagnostic;

/// What makes a taxonomy a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The kind of its pages.
    pub kind: Box<str>,
    /// The field whose values are its terms.
    pub field: Box<str>,
    /// Where the kind stands in the file, or else the field.
    pub kind_span: Span,
    /// The address of a value's page, with `{slug}` in it.
    pub path: Box<str>,
}

/// Fields of an entry of `[[facets]]`.
pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::new(
            "field",
            Type::Text,
            "The field whose values get a page each.",
        )
        .required()
        .example("\"level\""),
        Field::new(
            "kind",
            Type::Text,
            "The kind that has it; course if nothing is said.",
        ),
        Field::new(
            "path",
            Type::Text,
            "The address of a value's page, with {slug} in it.",
        ),
        Field::new("paginate_by", Type::Int(0, 10_000), "Pages on a pager."),
        Field::new(
            "sort_by",
            super::fields::sort_by(),
            "Order of a value's pages.",
        ),
    ]
}

/// The facets in the order written; one that was there before is reported.
pub(super) fn read(
    record: &Record,
    paginate_by: usize,
    sink: &mut Vec<Diagnostic>,
) -> Vec<TaxonomyConfig> {
    let mut all: Vec<TaxonomyConfig> = Vec::new();
    for (table, _) in record.tables("facets") {
        let Some(field) = table.text("field") else {
            continue;
        };
        let span = table.span("field").unwrap_or_default();
        let kind = table.text("kind").unwrap_or("course");
        let name = format!("{kind}.{field}");
        if let Some(first) = all.iter().find(|known| *known.name == *name) {
            sink.push(twice(&name, span, first.span));
            continue;
        }
        let facet = Facet {
            kind: kind.into(),
            field: field.into(),
            kind_span: table.span("kind").unwrap_or(span),
            path: path(table, &name, field, sink),
        };
        all.push(TaxonomyConfig {
            name: name.into(),
            span,
            paginate_by: table.int("paginate_by").map_or(paginate_by, |n| n as usize),
            sort_by: table
                .choice("sort_by")
                .and_then(SortBy::from_word)
                .unwrap_or_default(),
            path: Box::default(),
            feed: false,
            render: true,
            facet: Some(facet),
        });
    }
    all
}

fn path(table: &Record, name: &str, field: &str, sink: &mut Vec<Diagnostic>) -> Box<str> {
    let own = format!("/{}/{{slug}}/", slugify(field));
    let Some(written) = table.text("path") else {
        return own.into();
    };
    let span = table.span("path").unwrap_or_default();
    match pattern_fault(&format!("the facet {name}"), Some(written), span) {
        Some(fault) => {
            sink.push(fault);
            own.into()
        }
        None => written.into(),
    }
}

fn twice(name: &str, span: Span, first: Span) -> Diagnostic {
    let message = format!("the facet {name} is declared twice");
    Diagnostic::error("duplicate-taxonomy", message)
        .at(&Config::path(), span, "take one of them away")
        .at(&Config::path(), first, "first here")
}
