//! Which terms and pages a question picks.

use super::question::PageQuery;
use super::{Entity, Node, PageId, Site, references, sections, taxonomies};
use crate::base::{Map, SitePath};
use crate::content::kinds::course;

pub(super) fn taxonomy(site: &Site, name: &str, lang: u8) -> Option<usize> {
    site.taxonomies
        .iter()
        .position(|taxonomy| taxonomy.lang == lang && *taxonomy.config.name == *name)
}

pub(super) fn term_at(site: &Site, name: &str, term: &str, lang: u8) -> Option<(usize, usize)> {
    let at = taxonomy(site, name, lang)?;
    let slug = taxonomies::term_slug(term);
    let found = site.taxonomies[at].by_slug.get(&*slug)?;
    Some((at, *found))
}

pub(super) fn pages(site: &Site, query: &PageQuery) -> Vec<PageId> {
    let mut found: Vec<PageId> = candidates(site, query)
        .into_iter()
        .filter(|id| fits(site, *id, query))
        .collect();
    // Equal ones keep the order of their paths, whatever order a term has.
    found.sort_unstable();
    sections::sort(&mut found, &site.entities, query.sort_by, query.reverse);
    if query.limit > 0 {
        found.truncate(query.limit as usize);
    }
    found
}

/// The pages of the first term asked for, else all: terms are short lists already.
fn candidates(site: &Site, query: &PageQuery) -> Vec<PageId> {
    match query.terms.first() {
        Some((name, slug)) => term_at(site, name, slug, query.lang)
            .map(|(taxonomy, term)| site.taxonomies[taxonomy].terms[term].pages.clone())
            .unwrap_or_default(),
        None => site.page_ids().collect(),
    }
}

fn fits(site: &Site, id: PageId, query: &PageQuery) -> bool {
    let entity = site.entity(id);
    entity.listed()
        && entity.lang == query.lang
        && query.kind.is_none_or(|kind| kind == entity.kind)
        && query
            .section
            .as_deref()
            .is_none_or(|folder| is_inside(&entity.page.place.folder, folder))
        && query.terms.iter().all(|(taxonomy, slug)| {
            entity.terms.iter().any(|tagged| {
                *site.config.taxonomies[tagged.taxonomy as usize].name == **taxonomy
                    && tagged.slug == *slug
            })
        })
        && query
            .fields
            .iter()
            .all(|(field, value)| holds(site, entity, field, value))
}

/// Whether a field has a value, written or by default.
fn holds(site: &Site, entity: &Entity, field: &str, value: &str) -> bool {
    match (&*site.kinds[entity.kind as usize].name, field) {
        ("course", "offer") => course::offer(&entity.record) == value,
        ("course", "status") => course::status(&entity.record) == value,
        _ => entity.record.holds(field, value),
    }
}

fn is_inside(folder: &str, wanted: &str) -> bool {
    folder
        .strip_prefix(wanted)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || wanted.is_empty())
}

/// Pages of the same kind that share terms with this one, most first; those that the author
/// names as related come before all others.
pub(super) fn related(site: &Site, path: &SitePath, limit: u32) -> Vec<PageId> {
    let Some(Node::Page(own)) = site.by_path.get(path) else {
        return Vec::new();
    };
    let entity = site.entity(*own);
    let mut scores: Map<PageId, u32> = Map::default();
    for taxonomy in site
        .taxonomies
        .iter()
        .filter(|taxonomy| taxonomy.lang == entity.lang)
    {
        for tagged in &entity.terms {
            let own = site.config.taxonomies[tagged.taxonomy as usize].name == taxonomy.config.name;
            let known = taxonomy.by_slug.get(&tagged.slug).filter(|_| own);
            for page in known.into_iter().flat_map(|at| &taxonomy.terms[*at].pages) {
                *scores.entry(*page).or_default() += 1;
            }
        }
    }
    for (at, (named, _)) in entity.record.refs("related").enumerate() {
        let target = references::target(site, entity.lang, named);
        if let Some(target) = target {
            scores.insert(target, u32::MAX - at as u32);
        }
    }
    let mut found: Vec<(PageId, u32)> = scores
        .into_iter()
        .filter(|(id, _)| *id != *own)
        .filter(|(id, _)| site.entity(*id).kind == entity.kind && site.entity(*id).listed())
        .collect();
    found.sort_by(|(a, score_a), (b, score_b)| {
        let newer = site.entity(*b).date_key.cmp(&site.entity(*a).date_key);
        score_b.cmp(score_a).then(newer).then(a.cmp(b))
    });
    found.truncate(limit as usize);
    found.into_iter().map(|(id, _)| id).collect()
}
