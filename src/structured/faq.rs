//! Questions and answers.

use serde_json::Value;

use super::graph::Graph;
use super::thing::Thing;
use crate::site::Entity;

/// The questions of a page as a node of its own, where it has any.
pub(super) fn add(graph: &mut Graph<'_>, entity: &Entity) {
    let questions: Vec<Value> = entity
        .record
        .tables("faq")
        .map(|(table, _)| {
            let answer = Thing::new("Answer").and("text", table.text("a"));
            Thing::new("Question")
                .and("name", table.text("q"))
                .and("acceptedAnswer", answer)
                .into()
        })
        .collect();
    if questions.is_empty() {
        return;
    }
    let page = graph.address(&entity.url);
    let faq = Thing::with_id("FAQPage", &graph.page_id(entity, "faq"))
        .and("isPartOf", Thing::reference(&page))
        .and("inLanguage", graph.language())
        .and("mainEntity", questions);
    graph.node(faq);
}
