//! People and skills.

use serde_json::Value;

use super::article::linked;
use super::graph::Graph;
use super::thing::Thing;
use crate::data::Record;
use crate::site::Entity;

/// A person on a page of its own.
pub(super) fn node(graph: &mut Graph<'_>, entity: &Entity) -> Thing {
    let record = &entity.record;
    let organization = graph.organization();
    let photo = record.image("photo").or(record.image("image"));
    let photo = photo.map(|(src, _)| graph.file(entity, src));
    Thing::with_id("Person", &graph.page_id(entity, "person"))
        .and("name", &*entity.title)
        .and("description", &*entity.description)
        .and("url", graph.address(&entity.url))
        .and("image", photo)
        .and_all(
            "jobTitle",
            record.texts("roles").into_iter().map(Value::from).collect(),
        )
        .and("worksFor", organization)
        .and_all(
            "knowsAbout",
            linked(graph, record, "skills", "DefinedTerm", "skill"),
        )
        .and_all("sameAs", links(record))
}

/// Pages elsewhere, written as addresses or with their names.
fn links(record: &Record) -> Vec<Value> {
    let tables = record
        .tables("links")
        .filter_map(|(one, _)| one.text("url"));
    let bare = record.texts("links").into_iter();
    bare.chain(tables).map(Value::from).collect()
}

/// A skill on a page of its own.
pub(super) fn skill(graph: &mut Graph<'_>, entity: &Entity) -> Thing {
    let record = &entity.record;
    let aka = record.texts("aka").into_iter().map(Value::from).collect();
    Thing::with_id("DefinedTerm", &graph.page_id(entity, "skill"))
        .and("name", &*entity.title)
        .and_all("alternateName", aka)
        .and("description", &*entity.description)
        .and("url", graph.address(&entity.url))
        .and("sameAs", record.text("url"))
}
