//! Prices at an instant, and the promos that make them.

use std::sync::Arc;

use jiff::Timestamp;

use crate::base::when::When;
use crate::base::{Hasher, Money};
use crate::config::Cut;

/// A price at one instant, with all that is shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What one pays now.
    pub amount: Money,
    /// What is shown struck: the normal price during a promo, else the list price.
    pub struck: Option<Money>,
    /// The promo that makes the price.
    pub promo: Option<Arc<Promo>>,
    /// What the price is for: `course`, `session`, `month` or `person`.
    pub per: Box<str>,
    /// `included`, `excluded` or `exempt`; none where prices say nothing on tax.
    pub tax: Option<Box<str>>,
}

/// A lower price for a time: the course's own, or a campaign's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promo {
    /// What it does to prices.
    pub cut: Cut,
    /// What it is called.
    pub label: Option<Box<str>>,
    /// When it starts; none where it always ran.
    pub from: Option<Timestamp>,
    /// When it ends; this instant is not part of it.
    pub until: Timestamp,
    /// Its end as it was written.
    pub end: When,
    /// The variants that it is for; all prices if none is named.
    pub variants: Vec<Box<str>>,
    /// Whether it comes from a campaign of the site.
    pub campaign: bool,
}

/// What a price belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot<'a> {
    /// The course.
    Course,
    /// The variant with this id.
    Variant(&'a str),
    /// A batch with a price of its own.
    Batch,
}

impl Promo {
    /// Whether it runs at an instant.
    pub fn runs(&self, now: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= now) && now < self.until
    }

    /// Whether it is for this price: a percentage lowers whatever there is, an amount only the
    /// course's own price, and one that names variants only theirs.
    pub(super) fn is_for(&self, slot: Slot<'_>) -> bool {
        if !self.variants.is_empty() {
            return matches!(slot, Slot::Variant(id) if self.variants.iter().any(|own| **own == *id));
        }
        matches!(slot, Slot::Course) || matches!(self.cut, Cut::Percent(_))
    }
}

/// A price at an instant, in short: the promo is a number of the terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Priced {
    pub(super) amount: Money,
    pub(super) struck: Option<Money>,
    pub(super) promo: Option<usize>,
}

impl Priced {
    pub(super) fn hash_into(this: Option<Self>, hasher: &mut Hasher) {
        let Some(priced) = this else {
            hasher.number(0);
            return;
        };
        let money = |hasher: &mut Hasher, money: Money| {
            hasher
                .text(money.currency.code())
                .bytes(&money.minor.to_le_bytes());
        };
        hasher.number(1);
        money(hasher, priced.amount);
        hasher.number(u64::from(priced.struck.is_some()));
        if let Some(struck) = priced.struck {
            money(hasher, struck);
        }
        hasher.number(priced.promo.map_or(0, |at| at as u64 + 1));
    }
}

/// The lowest price that the promos of an instant make of a normal one; of equal ones the first.
pub(super) fn lowest(
    normal: Money,
    slot: Slot<'_>,
    promos: &[Arc<Promo>],
    now: Timestamp,
) -> Option<(Money, usize)> {
    let running = promos.iter().enumerate();
    running
        .filter(|(_, promo)| promo.runs(now) && promo.is_for(slot))
        .filter_map(|(at, promo)| Some((promo.cut.lower(normal)?, at)))
        .min_by_key(|(money, at)| (money.minor, *at))
}
