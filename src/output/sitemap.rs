//! The sitemap: every page that search engines may list, split where it would be too long.

use rayon::prelude::*;

use super::claims::{Claims, Owner};
use super::plan::rendered;
use super::{Recipe, Target, Turn, address};
use crate::base::Map;
use crate::site::{Entity, Site};
use crate::theme::Subject;

/// Addresses that one sitemap may hold, by the protocol.
const LIMIT: usize = 50_000;

type Entry = (Box<str>, Option<Box<str>>);

/// `sitemap.xml`, or its parts and their index.
pub(super) fn plan(site: &Site, claims: &mut Claims) {
    let targets = std::mem::take(&mut claims.targets);
    plan_for(site, &targets, claims);
    let own = std::mem::replace(&mut claims.targets, targets);
    claims.targets.extend(own);
}

/// The same, of these targets.
fn plan_for(site: &Site, targets: &[Target], claims: &mut Claims) {
    if site.config.generate_sitemap {
        split(entries(site, targets), claims);
    }
}

/// Plans it again where `gone` left the targets `old` and `new` came to them: what it lists of
/// all others stays.
pub(super) fn replan(
    site: &Site,
    old: &[Target],
    (gone, new): (&[&Target], &[Target]),
    claims: &mut Claims,
) {
    if !site.config.generate_sitemap {
        return;
    }
    // The addresses of terms that went are no longer known, their paths are.
    let gone: Map<String, ()> = gone
        .iter()
        .map(|target| (address(&target.path), ()))
        .collect();
    let mut all: Vec<Entry> = listed(old)
        .filter(|(url, _)| !gone.contains_key(&**url))
        .cloned()
        .collect();
    all.extend(new.iter().filter_map(|target| entry(site, target)));
    // Two sorted runs, which this sort joins.
    all.sort();
    split(all, claims);
}

/// What the sitemaps of a plan list.
fn listed(targets: &[Target]) -> impl Iterator<Item = &Entry> {
    let entries = targets.iter().filter_map(|target| match &target.recipe {
        Recipe::Render { subject, .. } => match &**subject {
            Subject::Sitemap { entries } => Some(entries),
            _ => None,
        },
        _ => None,
    });
    entries.flatten()
}

/// One sitemap, or parts of it and their index.
fn split(entries: Vec<Entry>, claims: &mut Claims) {
    if entries.len() <= LIMIT {
        one("sitemap.xml", entries, claims);
        return;
    }
    let mut parts = Vec::new();
    for (at, part) in entries.chunks(LIMIT).enumerate() {
        let name = format!("sitemap{}.xml", at + 1);
        parts.push(format!("/{name}").into());
        one(&name, part.to_vec(), claims);
    }
    let subject = Subject::SitemapIndex { parts };
    let target = rendered(
        "sitemap.xml".to_owned(),
        "sitemap_index.xml",
        subject,
        Turn::Index,
    );
    claims.claim(target, Owner::made("the sitemap"));
}

fn one(path: &str, entries: Vec<Entry>, claims: &mut Claims) {
    let subject = Subject::Sitemap { entries };
    let target = rendered(path.to_owned(), "sitemap.xml", subject, Turn::Index);
    claims.claim(target, Owner::made("the sitemap"));
}

fn entries(site: &Site, targets: &[Target]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = targets
        .par_iter()
        .with_min_len(256)
        .filter_map(|target| entry(site, target))
        .collect();
    entries.par_sort_unstable();
    entries
}

/// The address of a target that is a page of its own, with the day it was last changed.
fn entry(site: &Site, target: &Target) -> Option<Entry> {
    let Recipe::Render { subject, .. } = &target.recipe else {
        return None;
    };
    match &**subject {
        Subject::Page(id) => {
            let entity = site.entity(*id);
            entity
                .listed_by_search()
                .then(|| (entity.url.clone(), last_changed(site, entity)))
        }
        Subject::Section { id, pager } => {
            let url = &site.section(*id).url;
            Some((
                pager
                    .as_ref()
                    .map_or_else(|| url.clone(), |pager| pager.url(pager.index).into()),
                None,
            ))
        }
        Subject::Alone {
            path, listed: true, ..
        } => Some((path.clone(), None)),
        Subject::Taxonomy(at) => Some((site.taxonomies[*at].url.clone(), None)),
        Subject::Term {
            taxonomy,
            term,
            pager,
        } => {
            let url = &site.taxonomies[*taxonomy].terms[*term].url;
            Some((
                pager
                    .as_ref()
                    .map_or_else(|| url.clone(), |pager| pager.url(pager.index).into()),
                None,
            ))
        }
        _ => None,
    }
}

fn last_changed(site: &Site, entity: &Entity) -> Option<Box<str>> {
    let when = entity.updated.or(entity.date)?;
    Some(when.date_in(&site.now.zone).to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files for so many addresses: path, and how much each lists.
    fn files(count: usize) -> Vec<(String, usize)> {
        let mut claims = Claims::default();
        let entry = |number: usize| (format!("/{number:05}/").into(), None);
        split((0..count).map(entry).collect(), &mut claims);
        let listed = |target: &Target| match &target.recipe {
            Recipe::Render { subject, .. } => match &**subject {
                Subject::Sitemap { entries } => entries.len(),
                Subject::SitemapIndex { parts } => parts.len(),
                _ => 0,
            },
            _ => 0,
        };
        let file = |target: &Target| (target.path.to_string(), listed(target));
        claims.targets.iter().map(file).collect()
    }

    #[test]
    fn it_is_split_above_fifty_thousand_addresses() {
        let one = |name: &str, count| (name.to_owned(), count);
        assert_eq!(files(50_000), [one("sitemap.xml", 50_000)]);
        let (first, second) = (one("sitemap1.xml", 50_000), one("sitemap2.xml", 1));
        assert_eq!(files(50_001), [first, second, one("sitemap.xml", 2)]);
    }
}
