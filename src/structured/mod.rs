//! What machines read of the site: the graph of each page as JSON-LD, and the exports.
//!
//! Knows no template and no output path. What stands in the print of the page or list that a
//! graph is about is read as it is; all else is asked through [`View`].

mod address;
mod amount;
mod article;
mod career;
mod course;
mod exports;
mod facet;
pub mod facts;
mod faq;
mod graph;
mod held;
mod instances;
mod list;
pub mod markdown;
mod name;
mod offers;
mod organization;
mod person;
mod script;
mod thing;
mod topic;
mod webpage;
mod workload;

use serde_json::Value;

use crate::base::text::humanise;
use crate::site::{Entity, PageId, SectionId, View};

pub use address::encoded;
pub use exports::{Export, ExportKind};
pub use topic::{Shown, Topic};

use graph::Graph;
use thing::Thing;
use webpage::{About, describe};

/// The script block with the graph of what is rendered; empty where there is nothing to say.
pub fn json_ld(view: &View, topic: &Topic) -> String {
    graph(view, topic).map_or_else(String::new, |graph| script::block(&graph))
}

fn graph(view: &View, topic: &Topic) -> Option<Value> {
    let mut graph = Graph::new(view);
    match topic {
        Topic::Page(id) => page(&mut graph, *id),
        Topic::Section(id, shown) => section(&mut graph, *id, shown),
        Topic::Taxonomy(at) => taxonomy(&mut graph, *at),
        Topic::Term(taxonomy, at, shown) => term(&mut graph, *taxonomy, *at, shown),
        Topic::Alone(url) => alone(&mut graph, url),
        Topic::Nothing => {}
    }
    graph.finish()
}

fn page(graph: &mut Graph<'_>, id: PageId) {
    let entity = graph.site.entity(id);
    let main = main_node(graph, entity);
    let title = course::title(graph.site, entity);
    let about = About {
        class: match &*graph.site.kinds[entity.kind as usize].name {
            "person" => "ProfilePage",
            _ => "WebPage",
        },
        name: &title,
        description: &entity.description,
        url: &entity.url,
        above: webpage::above_page(graph, entity),
        main: main.map(|node| graph.node(node)),
    };
    let page = describe(graph, about);
    let zone = &graph.site.now.zone;
    let when = |when: Option<crate::base::When>| when.map(|when| when.rfc3339(zone));
    let page = page
        .and("datePublished", when(entity.date))
        .and("dateModified", when(entity.updated.or(entity.date)))
        .and("image", article::picture(graph, entity));
    graph.first(page);
    faq::add(graph, entity);
}

/// What a page is about, by its kind; plain pages are about nothing else than themselves.
fn main_node(graph: &mut Graph<'_>, entity: &Entity) -> Option<Thing> {
    match &*graph.site.kinds[entity.kind as usize].name {
        "article" => Some(article::node(graph, entity)),
        "course" => Some(course::node(graph, entity)),
        "career" => Some(career::node(graph, entity)),
        "person" => Some(person::node(graph, entity)),
        "skill" => Some(person::skill(graph, entity)),
        _ => None,
    }
}

fn section(graph: &mut Graph<'_>, id: SectionId, shown: &Shown) {
    let section = graph.site.section(id);
    let home = section.folder.is_empty();
    let main = list::add(graph, &shown.url, &shown.pages);
    let about = About {
        class: if home { "WebPage" } else { "CollectionPage" },
        name: &section.title,
        description: &section.description,
        url: &shown.url,
        above: webpage::above_section(graph, section),
        main,
    };
    let page = describe(graph, about);
    graph.first(page);
}

fn taxonomy(graph: &mut Graph<'_>, at: usize) {
    let taxonomy = &graph.site.taxonomies[at];
    let about = About {
        class: "CollectionPage",
        name: &taxonomy.config.name,
        description: "",
        url: &taxonomy.url,
        above: webpage::home(graph),
        main: None,
    };
    let page = describe(graph, about);
    graph.first(page);
}

/// Its title stands in its template alone, so it is named by its address: `/jadwal/` is "Jadwal".
fn alone(graph: &mut Graph<'_>, url: &str) {
    let last = url.trim_end_matches('/').rsplit('/').next();
    let about = About {
        class: "CollectionPage",
        name: &humanise(last.unwrap_or_default()),
        description: "",
        url,
        above: webpage::home(graph),
        main: None,
    };
    let page = describe(graph, about);
    graph.first(page);
}

fn term(graph: &mut Graph<'_>, taxonomy: usize, at: usize, shown: &Shown) {
    let term = &graph.site.taxonomies[taxonomy].terms[at];
    let main = list::add(graph, &shown.url, &shown.pages);
    let facet = graph.site.taxonomies[taxonomy].config.facet.as_ref();
    let name = match facet {
        Some(facet) => facet::name(graph, facet, &term.name),
        None => term.name.to_string(),
    };
    let above = match shown.pages.first().filter(|_| facet.is_some()) {
        Some(first) => webpage::above_page(graph, graph.site.entity(*first)),
        None => webpage::home(graph),
    };
    let about = About {
        class: "CollectionPage",
        name: &name,
        description: "",
        url: &shown.url,
        above,
        main,
    };
    let page = describe(graph, about);
    graph.first(page);
}
