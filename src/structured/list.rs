//! Lists of courses.

use serde_json::Value;

use super::course;
use super::graph::Graph;
use super::thing::Thing;
use crate::site::PageId;

/// Fewer courses are no list to a search engine.
const FEWEST: usize = 3;

/// The courses that a page of a list shows, where there are enough of them.
pub(super) fn add(graph: &mut Graph<'_>, url: &str, pages: &[PageId]) -> Option<Value> {
    let site = graph.site;
    let courses: Vec<PageId> = pages
        .iter()
        .copied()
        .filter(|id| course::is_one(site, site.entity(*id)))
        .collect();
    if courses.len() < FEWEST {
        return None;
    }
    let provider = graph.organization();
    let items: Vec<Value> = courses
        .into_iter()
        .enumerate()
        .map(|(at, id)| {
            Thing::new("ListItem")
                .and("position", at + 1)
                .and("item", course::brief(graph, id, provider.clone()))
                .into()
        })
        .collect();
    let address = graph.address(url);
    let list = Thing::with_id("ItemList", &format!("{address}#courses"))
        .and("numberOfItems", items.len())
        .and("itemListElement", items);
    Some(graph.node(list))
}
