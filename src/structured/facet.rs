//! Pages of the values of facets.

use super::graph::{Graph, kind_number};
use crate::config::facets::Facet;
use crate::site::{Answer, PageId, Question};

/// What the page of a value is called: the title of the page that the value names, the theme's
/// word for it (`level_beginner`), else the value itself.
pub(super) fn name(graph: &Graph<'_>, facet: &Facet, value: &str) -> String {
    if let Some(page) = named(graph, facet, value) {
        return graph.site.entity(page).title.to_string();
    }
    let question = Question::Word {
        key: format!("{}_{value}", facet.field).into(),
        lang: graph.lang,
    };
    match graph.view.ask(question) {
        Answer::Text(Some(word)) => word.to_string(),
        _ => value.to_owned(),
    }
}

/// The page whose id a value is, asked for.
fn named(graph: &Graph<'_>, facet: &Facet, value: &str) -> Option<PageId> {
    let kinds = &graph.site.kinds;
    let kind = kinds.iter().find(|kind| *kind.name == *facet.kind)?;
    let field = kind
        .fields
        .iter()
        .find(|known| *known.name == *facet.field)?;
    let question = Question::PageById {
        kind: kind_number(graph.site, field.ty.refers_to()?)?,
        id: value.into(),
        lang: graph.lang,
    };
    match graph.view.ask(question) {
        Answer::Page(found) => found,
        _ => None,
    }
}
