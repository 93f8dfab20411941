//! The page itself, and the way that leads to it.

use serde_json::{Value, json};

use super::graph::Graph;
use super::thing::Thing;
use crate::site::{Entity, Section, SectionId};

/// A step of the way from the home page: its name, and its address below the site.
pub(super) struct Step {
    pub(super) name: String,
    pub(super) url: String,
}

/// What a page says of itself.
pub(super) struct About<'t> {
    /// Its class: `WebPage`, `CollectionPage`, `ProfilePage`.
    pub(super) class: &'static str,
    pub(super) name: &'t str,
    pub(super) description: &'t str,
    /// Its address below the site.
    pub(super) url: &'t str,
    /// The steps above it, home first.
    pub(super) above: Vec<Step>,
    /// The node that it is about, where it is about one.
    pub(super) main: Option<Value>,
}

/// The node of the page, and that of the way to it; the home page has none.
pub(super) fn describe(graph: &mut Graph<'_>, about: About<'_>) -> Thing {
    let address = graph.address(about.url);
    let website = graph.website();
    let language = graph.language();
    let mut page = Thing::with_id(about.class, &address)
        .and("url", &*address)
        .and("name", about.name)
        .and("description", about.description)
        .and("inLanguage", language)
        .and("isPartOf", website);
    if !about.above.is_empty() {
        let last = Step {
            name: about.name.to_owned(),
            url: about.url.to_owned(),
        };
        let way = way(graph, &address, about.above.into_iter().chain([last]));
        page = page.and("breadcrumb", way);
    }
    match about.main {
        Some(main) => page.and("mainEntity", main),
        None => page,
    }
}

fn way(graph: &mut Graph<'_>, address: &str, steps: impl Iterator<Item = Step>) -> Value {
    let items: Vec<Value> = steps
        .enumerate()
        .map(|(at, step)| {
            let item = graph.address(&step.url);
            Thing::new("ListItem")
                .and("position", at + 1)
                .and("name", step.name)
                .and("item", item)
                .into()
        })
        .collect();
    let way = Thing::with_id("BreadcrumbList", &format!("{address}#breadcrumb"))
        .and("itemListElement", json!(items));
    graph.node(way)
}

/// The steps above a page: the home page and the sections that have a page of their own.
pub(super) fn above_page(graph: &Graph<'_>, entity: &Entity) -> Vec<Step> {
    let section = graph.site.section(entity.section);
    let ids = section.ancestors.iter().copied().chain([entity.section]);
    steps(graph, ids)
}

/// The steps above a section.
pub(super) fn above_section(graph: &Graph<'_>, section: &Section) -> Vec<Step> {
    steps(graph, section.ancestors.iter().copied())
}

/// The home page of the graph's language alone.
pub(super) fn home(graph: &Graph<'_>) -> Vec<Step> {
    let sections = graph.site.sections.iter();
    let at = sections
        .enumerate()
        .position(|(_, section)| section.lang == graph.lang && section.folder.is_empty());
    steps(graph, at.map(|at| SectionId(at as u32)).into_iter())
}

fn steps(graph: &Graph<'_>, ids: impl Iterator<Item = SectionId>) -> Vec<Step> {
    ids.map(|id| graph.section(id))
        .filter(|section| section.rendered() && section.redirect_to().is_none())
        .map(|section| Step {
            name: section.title.to_string(),
            url: section.url.to_string(),
        })
        .collect()
}
