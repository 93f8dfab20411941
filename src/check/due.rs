//! What a course costs now, and which other amounts may stand beside it.

use crate::base::Money;
use crate::base::amounts::{Amount, Literal, hundredths};
use crate::site::Entity;
use crate::site::sale::{BatchState, Offer};

/// The amounts of a course at the build's instant.
pub(super) struct Due {
    /// What one may pay: for the course, a variant, a batch.
    pub(super) now: Vec<Money>,
    /// Amounts that are shown struck, each with the one that is paid instead.
    pub(super) struck: Vec<(Money, Money)>,
    /// Payments of a plan, their sum, and what a promo saves.
    beside: Vec<Money>,
    /// The course's own price.
    pub(super) own: Option<Money>,
}

impl Due {
    pub(super) fn of(entity: &Entity) -> Self {
        let mut due = Self {
            now: Vec::new(),
            struck: Vec::new(),
            beside: payments(entity),
            own: None,
        };
        let Some(sale) = &entity.sale else {
            return due;
        };
        due.own = sale.price.as_ref().map(|offer| offer.amount);
        let variants = sale.variants.iter().map(|variant| &variant.price);
        let batches = sale.batches.iter();
        let batches = batches.filter(|batch| batch.state != BatchState::Over);
        let all = std::iter::once(&sale.price)
            .chain(variants)
            .chain(batches.map(|batch| &batch.price));
        all.flatten().for_each(|offer| due.add(offer));
        due
    }

    /// One amount and nothing else.
    pub(super) fn only(money: Money) -> Self {
        Self {
            now: vec![money],
            struck: Vec::new(),
            beside: Vec::new(),
            own: None,
        }
    }

    fn add(&mut self, offer: &Offer) {
        if !self.now.contains(&offer.amount) {
            self.now.push(offer.amount);
        }
        if let Some(struck) = offer.struck {
            self.struck.push((struck, offer.amount));
            self.beside.push(Money {
                minor: struck.minor - offer.amount.minor,
                ..struck
            });
        }
    }

    /// Whether a literal is one of these amounts.
    pub(super) fn has(&self, literal: &Literal) -> bool {
        let struck = self.struck.iter().map(|(struck, _)| struck);
        let mut all = self.now.iter().chain(struck).chain(&self.beside);
        all.any(|money| says(literal, *money))
    }

    /// Whether a literal is what one may pay now.
    pub(super) fn is_now(&self, literal: &Literal) -> bool {
        self.now.iter().any(|money| says(literal, *money))
    }

    /// Whether a literal is of the order of what one pays: then it may be meant for it.
    pub(super) fn is_near(&self, literal: &Literal) -> bool {
        let written = literal.low.hundredths;
        self.now.iter().any(|money| {
            let price = hundredths(*money);
            written.saturating_mul(3) >= price && price.saturating_mul(3) >= written
        })
    }

    /// Whether a literal is in a currency that the course has no price in: a help for readers.
    pub(super) fn is_foreign(&self, literal: &Literal) -> bool {
        let other = |money: &Money| {
            literal
                .low
                .currency
                .is_some_and(|own| own != money.currency)
        };
        !self.now.is_empty() && self.now.iter().all(other)
    }
}

fn payments(entity: &Entity) -> Vec<Money> {
    let plan = entity.record.table("installment");
    let Some(amount) = plan.and_then(|plan| plan.money("amount")) else {
        return Vec::new();
    };
    let count = plan.and_then(|plan| plan.int("count")).unwrap_or(1);
    let minor = amount.minor.saturating_mul(i128::from(count));
    vec![amount, Money { minor, ..amount }]
}

/// Whether a literal says this amount; of a range one end is enough.
fn says(literal: &Literal, money: Money) -> bool {
    let is = |amount: &Amount| {
        let off = (amount.hundredths - hundredths(money)).abs();
        let same = amount.currency.is_none_or(|own| own == money.currency);
        same && (off == 0 || amount.step.is_some_and(|step| off * 2 <= step))
    };
    is(&literal.low) || literal.high.as_ref().is_some_and(is)
}
