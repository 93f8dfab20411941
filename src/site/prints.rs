//! Fingerprints of what templates see: equal prints, equal sight.
//!
//! What a template finds in a value without asking is all in here; what it asks for is in its
//! trace.

use rayon::prelude::*;

use super::references::Targets;
use super::{Entity, PageId, Section, SectionId, Site, Taxonomy, links, references};
use crate::base::{Fingerprint, Hasher};

/// Fields that hold a picture, whose address stands in the card.
pub(super) const PICTURES: [&str; 2] = ["image", "photo"];

/// Gives every entity the print of its card.
pub(super) fn set_cards(site: &mut Site, targets: &Targets) {
    let prints: Vec<Fingerprint> = (0..site.entities.len())
        .into_par_iter()
        .with_min_len(256)
        .map(|at| PageId(at as u32))
        .map(|id| card_showing(site, site.entity(id), targets.of(id)))
        .collect();
    for (entity, print) in site.entities.iter_mut().zip(prints) {
        entity.card_print = print;
    }
}

/// A page's card: what it shows of itself, of where it is, and of what it refers to.
pub(super) fn card(site: &Site, entity: &Entity) -> Fingerprint {
    card_showing(site, entity, &references::targets(site, entity))
}

fn card_showing(site: &Site, entity: &Entity, others: &[Option<PageId>]) -> Fingerprint {
    let mut hasher = Hasher::new();
    hasher
        .print(entity.print)
        .print(site.section(entity.section).trail);
    for asset in &entity.assets {
        hasher.text(&asset.output);
    }
    if let Some(sale) = &entity.sale {
        hasher.print(sale.print);
    }
    if entity.has_pictures {
        hash_pictures(&mut hasher, site, entity);
    }
    for other in others {
        match other {
            Some(id) => hasher.print(site.entity(*id).link_print),
            None => hasher.number(0),
        };
    }
    hasher.finish()
}

fn hash_pictures(hasher: &mut Hasher, site: &Site, entity: &Entity) {
    for (src, _) in PICTURES
        .iter()
        .filter_map(|field| entity.record.image(field))
    {
        let address = links::resolve(site, entity.path(), entity.lang, src)
            .ok()
            .and_then(|destination| links::address(site, &destination));
        hasher.text(address.as_deref().unwrap_or_default());
    }
}

/// A whole page: card, text, and the bare links to its neighbours, translations and backlinks.
pub fn page(site: &Site, id: PageId) -> Fingerprint {
    let entity = site.entity(id);
    let mut hasher = Hasher::new();
    hasher
        .print(entity.card_print)
        .print(entity.page.body_print)
        .number(entity.title_pieces as u64);
    for neighbour in [entity.lower, entity.higher] {
        match neighbour {
            Some(id) => hasher.print(site.entity(id).link_print),
            None => hasher.number(0),
        };
    }
    for others in [&entity.translations, &entity.backlinks] {
        hasher.number(others.len() as u64);
        for id in others.iter() {
            hasher.print(site.entity(*id).link_print);
        }
    }
    hasher.finish()
}

/// The cards of some pages, in order.
pub fn cards(hasher: &mut Hasher, site: &Site, ids: &[PageId]) {
    hasher.number(ids.len() as u64);
    for id in ids {
        hasher.print(site.entity(*id).card_print);
    }
}

/// A section without its pages.
pub fn section(site: &Site, id: SectionId) -> Fingerprint {
    let section = site.section(id);
    let mut hasher = Hasher::new();
    hasher
        .print(section.print)
        .print(section.trail)
        .number(section.pages.len() as u64);
    for below in &section.subsections {
        hasher.text(site.section(*below).path().as_str());
    }
    for asset in &section.assets {
        hasher.text(&asset.output);
    }
    let twin = |other: &&Section| other.folder == section.folder && other.lang != section.lang;
    for other in site.sections.iter().filter(twin) {
        hasher
            .text(&other.title)
            .text(&other.url)
            .number(u64::from(other.page.is_some()))
            .number(u64::from(other.lang));
    }
    hasher.finish()
}

/// A taxonomy with its terms, without their pages.
pub fn taxonomy(hasher: &mut Hasher, taxonomy: &Taxonomy) {
    hasher
        .text(&taxonomy.config.name)
        .text(&taxonomy.url)
        .number(u64::from(taxonomy.lang));
    for term in &taxonomy.terms {
        hasher.text(&term.name).text(&term.slug).text(&term.url);
        hasher.number(term.pages.len() as u64);
    }
}
