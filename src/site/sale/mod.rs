//! What a course costs and whether one can enrol, at one instant.
//!
//! Pure: front matter with its defaults, campaigns, settings and an instant go in ([`Terms`]), a
//! [`Sale`] comes out. Nothing else decides what a price is; all that shows one takes it from
//! here.

mod batch;
mod campaigns;
mod check;
mod declared;
mod enrolment;
mod offer;
mod terms;

use jiff::Timestamp;

use super::{Entity, PageId, Site};
use crate::base::{Fingerprint, Hasher};

pub use batch::{Batch, BatchState, clock_name};
pub use campaigns::Campaigns;
pub(super) use check::Said;
pub use declared::Declared;
pub use enrolment::{Call, Enrolment, Status, address};
use offer::Slot;
pub use offer::{Offer, Promo};
pub use terms::{Event, EventKind, Terms};

/// What a course costs and whether one can enrol.
#[derive(Clone, Debug)]
pub struct Sale {
    /// The course's own price; none for a free course, and where only variants or batches have one.
    pub price: Option<Offer>,
    /// The variants, in the order written.
    pub variants: Vec<VariantOffer>,
    /// The batches, by their start.
    pub batches: Vec<Batch>,
    /// Whether one can enrol in the course.
    pub enrolment: Enrolment,
    /// The next instant at which time alone changes any of this.
    pub next: Option<Timestamp>,
    /// Stands for all of it that the front matter, the settings and the address do not say.
    pub print: Fingerprint,
}

/// A variant with its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantOffer {
    /// Its id within the course.
    pub id: Box<str>,
    /// What it costs; none where the price is wrong.
    pub price: Option<Offer>,
}

impl Sale {
    /// The sale of a course at an instant.
    pub fn of(terms: &Terms<'_>, now: Timestamp) -> Self {
        let state = terms.at(now);
        let mut hasher = Hasher::new();
        state.hash_into(&mut hasher);
        Self {
            price: terms.offer(state.price),
            variants: terms.variants(&state),
            batches: terms.batches(&state),
            enrolment: terms.enrolment(&state),
            next: terms.next_after(now, &state),
            print: hasher.finish(),
        }
    }

    /// What one pays at least: the course's own price, else the lowest of its variants, else that
    /// of the batches that one can still take.
    pub fn lowest(&self) -> Option<&Offer> {
        let variants = self.variants.iter();
        let variants = variants.filter_map(|variant| variant.price.as_ref());
        let batches = self.batches.iter().filter(|batch| batch.state.is_ahead());
        let batches = batches.filter_map(|batch| batch.price.as_ref());
        let own = self.price.as_ref();
        own.or_else(|| variants.min_by_key(|offer| offer.amount.minor))
            .or_else(|| batches.min_by_key(|offer| offer.amount.minor))
    }

    /// The batch with this id.
    pub fn batch(&self, id: &str) -> Option<&Batch> {
        self.batches.iter().find(|batch| *batch.id == *id)
    }

    /// The variant with this id.
    pub fn variant(&self, id: &str) -> Option<&VariantOffer> {
        self.variants.iter().find(|variant| *variant.id == *id)
    }

    /// The next batch that one can enrol in.
    pub fn next_batch(&self) -> Option<&Batch> {
        self.enrolment.batch.map(|at| &self.batches[at])
    }

    /// What one pays: the batch's own price, else the variant's, else the course's.
    pub fn price_of(&self, variant: Option<&str>, batch: Option<&str>) -> Option<&Offer> {
        let own = batch
            .and_then(|id| self.batch(id))
            .filter(|batch| batch.own_price);
        own.and_then(|batch| batch.price.as_ref())
            .or_else(|| self.variant(variant?)?.price.as_ref())
            .or(self.price.as_ref())
    }
}

/// The terms of a page, if it is a course.
pub fn terms<'a>(
    site: &'a Site,
    entity: &'a Entity,
    campaigns: &Campaigns<'a>,
) -> Option<Terms<'a>> {
    if !is_course(site, entity) {
        return None;
    }
    let held = campaigns.of(&entity.id, &entity.record);
    Some(Terms::new(
        &entity.record,
        &site.config,
        &held,
        entity.expired,
    ))
}

fn is_course(site: &Site, entity: &Entity) -> bool {
    site.kinds[entity.kind as usize].name == "course"
}

/// Gives every course its sale.
pub(super) fn set_all(site: &mut Site) {
    use rayon::prelude::*;
    let campaigns = Campaigns::of_site(&site.config);
    let sales: Vec<_> = site
        .entities
        .par_iter()
        .with_min_len(256)
        .map(|entity| {
            let terms = terms(site, entity, &campaigns)?;
            Some(Sale::of(&terms, site.now.instant).into())
        })
        .collect();
    for (entity, sale) in site.entities.iter_mut().zip(sales) {
        entity.sale = sale;
    }
}

/// Gives one page its sale anew.
pub(super) fn set_one(site: &mut Site, id: PageId) {
    let sale = {
        let campaigns = Campaigns::of_site(&site.config);
        let terms = terms(site, site.entity(id), &campaigns);
        terms.map(|terms| Sale::of(&terms, site.now.instant).into())
    };
    site.entities[id.0 as usize].sale = sale;
}

#[cfg(test)]
mod tests;
