//! Which terms and pages a question picks.

use super::question::PageQuery;
use super::{Entity, Node, PageId, Site, graph, references, sections, taxonomies};
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

/// The pages of the first term asked for, else those that refer to what is asked for, else those
/// of the kind, else all: the shortest list that is at hand.
fn candidates(site: &Site, query: &PageQuery) -> Vec<PageId> {
    if let Some((name, slug)) = query.terms.first() {
        return term_at(site, name, slug, query.lang)
            .map(|(taxonomy, term)| site.taxonomies[taxonomy].terms[term].pages.clone())
            .unwrap_or_default();
    }
    if let Some(referrers) = referrers(site, query) {
        return referrers;
    }
    match query.kind {
        Some(kind) => site.graph.of_kind(kind).to_vec(),
        None => site.page_ids().collect(),
    }
}

/// Who refers to the page that a field of the query names, where that field of the kinds asked
/// for holds ids of one kind.
fn referrers(site: &Site, query: &PageQuery) -> Option<Vec<PageId>> {
    let kinds = match query.kind {
        Some(kind) => std::slice::from_ref(&site.kinds[usize::from(kind)]),
        None => &site.kinds[..],
    };
    let refers = |field: &str| {
        let fields = kinds.iter().flat_map(|kind| &kind.fields);
        let mut types = fields
            .filter(|known| known.name == field)
            .map(|one| &one.ty);
        let first = types.next()?.refers_to()?;
        types
            .all(|ty| ty.refers_to() == Some(first))
            .then_some(first)
    };
    let mut named = query.fields.iter();
    let (kind, id) = named.find_map(|(field, value)| Some((refers(field)?, value)))?;
    let target = references::named(site, kind, query.lang, id);
    Some(target.map_or_else(Vec::new, |target| site.graph.referrers(target).to_vec()))
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
            .all(|(field, value)| holds(site, entity, query.kind, field, value))
}

/// Whether a field has a value, written or by default, or by what others say where a kind was
/// asked for.
fn holds(site: &Site, entity: &Entity, kind: Option<u8>, field: &str, value: &str) -> bool {
    if kind.is_some()
        && let Some(holds) = graph::holds(site, entity, field, value)
    {
        return holds;
    }
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
        .filter(|taxonomy| taxonomy.lang == entity.lang && taxonomy.config.facet.is_none())
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
