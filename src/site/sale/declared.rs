//! Every amount that a course may be said to cost.

use std::sync::Arc;

use jiff::Timestamp;

use super::offer::{Promo, Slot};
use super::terms::Terms;
use crate::base::Money;

/// An amount that a course declares: its price or that of a variant or batch, with each promo, the
/// struck one, a payment of its plan and all payments together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The amount.
    pub amount: Money,
    /// The promo that made it a price, where that promo is over.
    pub over: Option<Arc<Promo>>,
}

impl Terms<'_> {
    /// All amounts that the course declares, those of promos that are over at `now` told apart.
    pub fn declared(&self, now: Timestamp) -> Vec<Declared> {
        let variants = self.variants.iter();
        let variants = variants.map(|(id, price)| (*price, Slot::Variant(id)));
        let batches = self.dates.iter().map(|dates| (dates.price, Slot::Batch));
        let mut found: Vec<Declared> = std::iter::once((self.price, Slot::Course))
            .chain(variants)
            .chain(batches)
            .filter_map(|(price, slot)| Some((price.filter(|price| price.minor > 0)?, slot)))
            .flat_map(|(price, slot)| self.with_promos(price, slot, now))
            .collect();
        found.extend(self.list.into_iter().chain(self.payments()).map(standing));
        found
    }

    fn with_promos(&self, price: Money, slot: Slot<'_>, now: Timestamp) -> Vec<Declared> {
        let promos = self.promos.iter().filter(|promo| promo.is_for(slot));
        let lowered = promos.filter_map(|promo| {
            Some(Declared {
                amount: promo.cut.lower(price)?,
                over: (promo.until <= now).then(|| promo.clone()),
            })
        });
        std::iter::once(standing(price)).chain(lowered).collect()
    }

    /// One payment of the plan, and all of them.
    fn payments(&self) -> Vec<Money> {
        let plan = self.record.table("installment");
        let Some(amount) = plan.and_then(|plan| plan.money("amount")) else {
            return Vec::new();
        };
        let count = plan.and_then(|plan| plan.int("count")).unwrap_or(1);
        let sum = amount.minor.checked_mul(i128::from(count));
        let sum = sum.map(|minor| Money { minor, ..amount });
        std::iter::once(amount).chain(sum).collect()
    }
}

fn standing(amount: Money) -> Declared {
    Declared { amount, over: None }
}
