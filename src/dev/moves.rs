//! Pages that have another address than before.

use std::sync::Arc;

use crate::base::{Fingerprint, Map};
use crate::site::{Entity, Node, Site, routes};

/// Pages that moved from one state of the site to the next, by output path: the address of their
/// file changed, or their file was renamed and nothing else.
pub(super) fn moves(before: &Site, after: &Site) -> Vec<(Arc<str>, Arc<str>)> {
    // Where no page came, went or moved, the very same tables are there.
    if Arc::ptr_eq(&before.by_path, &after.by_path) {
        return Vec::new();
    }
    let mut renamed: Map<Fingerprint, Vec<&Entity>> = Map::default();
    for entity in &after.entities {
        if !before.by_path.contains_key(entity.path()) {
            renamed
                .entry(entity.page.body_print)
                .or_default()
                .push(entity);
        }
    }
    let mut found = Vec::new();
    for old in &before.entities {
        let new = match after.by_path.get(old.path()) {
            Some(Node::Page(id)) => Some(after.entity(*id)),
            _ => renamed
                .get(&old.page.body_print)
                .and_then(|candidates| one_of(candidates, old)),
        };
        if let Some(new) = new.filter(|new| new.url != old.url) {
            let path = |entity: &Entity| Arc::from(routes::output_path(&entity.url));
            found.push((path(old), path(new)));
        }
    }
    found
}

/// The renamed file, where there is no doubt which it is.
fn one_of<'a>(candidates: &[&'a Entity], old: &Entity) -> Option<&'a Entity> {
    let mut same = candidates
        .iter()
        .filter(|new| new.page.meta_print == old.page.meta_print && new.lang == old.lang);
    match (same.next(), same.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}
