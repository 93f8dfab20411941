//! Articles as blog postings.

use serde_json::Value;

use super::graph::{Graph, find, kind_number};
use super::thing::Thing;
use crate::base::text::humanise;
use crate::data::Record;
use crate::site::{Entity, PageId};

/// The posting of an article.
pub(super) fn node(graph: &mut Graph<'_>, entity: &Entity) -> Thing {
    let record = &entity.record;
    let zone = &graph.site.now.zone;
    let when = |when: Option<crate::base::When>| when.map(|when| when.rfc3339(zone));
    let (published, changed) = (when(entity.date), when(entity.updated.or(entity.date)));
    let publisher = graph.organization();
    let authors = people(graph, record, "authors");
    let authors = if authors.is_empty() {
        vec![publisher.clone()]
    } else {
        authors
    };
    let minutes = entity.reading_time();
    Thing::with_id("BlogPosting", &graph.page_id(entity, "article"))
        .and("headline", &*entity.title)
        .and("description", &*entity.description)
        .and("url", graph.address(&entity.url))
        .and(
            "mainEntityOfPage",
            Thing::reference(&graph.address(&entity.url)),
        )
        .and("image", picture(graph, entity))
        .and("datePublished", published)
        .and("dateModified", changed)
        .and("inLanguage", graph.language())
        .and_all("author", authors)
        .and("publisher", publisher)
        .and("articleSection", record.text("category"))
        .and("keywords", tags(graph, entity))
        .and("wordCount", entity.page.body.words)
        .and("timeRequired", format!("PT{minutes}M"))
        .and_all("about", subjects(graph, record))
        .and_all(
            "mentions",
            linked(graph, record, "courses", "Course", "course"),
        )
        .and_all("citation", sources(record))
}

/// The picture of a page.
pub(super) fn picture(graph: &Graph<'_>, entity: &Entity) -> Value {
    let image = entity.record.image("image");
    image.map_or(Value::Null, |(src, _)| graph.file(entity, src).into())
}

fn tags(graph: &Graph<'_>, entity: &Entity) -> Vec<String> {
    let taxonomies = &graph.site.config.taxonomies;
    let named = entity
        .terms
        .iter()
        .filter(|tagged| &*taxonomies[tagged.taxonomy as usize].name == "tags");
    let named: Vec<String> = named.map(|tagged| tagged.name.to_string()).collect();
    if named.is_empty() {
        return entity
            .record
            .texts("tags")
            .into_iter()
            .map(str::to_owned)
            .collect();
    }
    named
}

/// People by reference: those with a page as nodes, others by a name made of their id.
pub(super) fn people(graph: &mut Graph<'_>, record: &Record, field: &str) -> Vec<Value> {
    let known = kind_number(graph.site, "person").is_some();
    let mut found = Vec::new();
    for (reference, _) in record.refs(field) {
        match find(graph.site, graph.lang, reference) {
            Some(id) => {
                let node = link(graph, id, "Person", "person");
                found.push(graph.node(node));
            }
            None if !known => {
                found.push(
                    Thing::new("Person")
                        .and("name", humanise(&reference.id))
                        .into(),
                );
            }
            // A reference that leads nowhere was reported where it stands.
            None => {}
        }
    }
    found
}

/// What a card says of a page that it refers to: its name and its address.
pub(super) fn link(graph: &Graph<'_>, id: PageId, class: &str, name: &str) -> Thing {
    let entity = graph.site.entity(id);
    Thing::with_id(class, &graph.page_id(entity, name))
        .and("name", super::course::title(graph.site, entity))
        .and("url", graph.address(&entity.url))
}

/// Links of a class to the pages that a field names.
pub(super) fn linked(
    graph: &Graph<'_>,
    record: &Record,
    field: &str,
    class: &str,
    name: &str,
) -> Vec<Value> {
    let ids = graph.named(record, field).into_iter();
    ids.map(|id| link(graph, id, class, name).into()).collect()
}

/// The careers and skills that a page is about.
fn subjects(graph: &Graph<'_>, record: &Record) -> Vec<Value> {
    let mut all = linked(graph, record, "careers", "Occupation", "occupation");
    all.extend(linked(graph, record, "skills", "DefinedTerm", "skill"));
    all
}

fn sources(record: &Record) -> Vec<Value> {
    let source = |table: &Record| {
        Thing::new("CreativeWork")
            .and("name", table.text("title"))
            .and("url", table.text("url"))
            .into()
    };
    let tables = record.tables("sources");
    tables.map(|(table, _)| source(table)).collect()
}
