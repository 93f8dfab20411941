//! The taxonomies of a site, each named once, and its facets.

use super::facets;
use super::read::PAGINATE_BY;
use super::{Config, SortBy, TaxonomyConfig};
use crate::base::slug::slugify;
use crate::data::Record;
use crate::diag::Diagnostic;

/// The taxonomies in the order written; a name that was there before is reported.
pub(super) fn taxonomies(record: &Record, sink: &mut Vec<Diagnostic>) -> Vec<TaxonomyConfig> {
    let default = record
        .int("paginate_by")
        .map_or(PAGINATE_BY, |n| n as usize);
    let mut all: Vec<TaxonomyConfig> = Vec::new();
    for (table, span) in record.tables("taxonomies") {
        let Some(name) = table.text("name") else {
            continue;
        };
        let span = table.span("name").unwrap_or(span);
        if let Some(first) = all.iter().find(|known| *known.name == *name) {
            let message = format!("the taxonomy \"{name}\" is declared twice");
            sink.push(
                Diagnostic::error("duplicate-taxonomy", message)
                    .at(&Config::path(), span, "take one of them away")
                    .at(&Config::path(), first.span, "first here"),
            );
            continue;
        }
        all.push(TaxonomyConfig {
            name: name.into(),
            span,
            paginate_by: table.int("paginate_by").map_or(default, |n| n as usize),
            sort_by: table
                .choice("sort_by")
                .and_then(SortBy::from_word)
                .unwrap_or_default(),
            path: table
                .text("path")
                .map_or_else(|| slugify(name).into(), Into::into),
            feed: table.bool("feed").unwrap_or(false),
            render: table.bool("render").unwrap_or(true),
            facet: None,
        });
    }
    all.extend(facets::read(record, default, sink));
    all
}
