//! What holds of a course whenever it is asked: prices, promos and batches with their instants.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::VariantOffer;
use super::batch::{Batch, BatchState, Dates};
use super::enrolment::{self, Call, Enrolment, Status};
use super::offer::{Offer, Priced, Promo, Slot, lowest};
use crate::base::{Hasher, Money};
use crate::config::{Campaign, Config, Cut};
use crate::content::kinds::course;
use crate::data::Record;

/// What a course's front matter and the campaigns say, with every instant worked out.
pub struct Terms<'a> {
    pub(super) record: &'a Record,
    config: &'a Config,
    pub(super) price: Option<Money>,
    pub(super) list: Option<Money>,
    /// The course's own, then those of campaigns.
    pub(super) promos: Vec<Arc<Promo>>,
    campaigns: Vec<&'a Campaign>,
    pub(super) variants: Vec<(&'a str, Option<Money>)>,
    pub(super) dates: Vec<Dates>,
    status: Status,
    on_request: bool,
}

/// All of a sale that time changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) price: Option<Priced>,
    variants: Vec<Option<Priced>>,
    batches: Vec<(BatchState, Option<Priced>)>,
}

/// Something that happens to a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
}

/// What happens, with the label of the promo or the id of the batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A promo starts.
    PromoStarts(Arc<Promo>),
    /// A promo ends.
    PromoEnds(Arc<Promo>),
    /// One can enrol in a batch.
    BatchOpens(Box<str>),
    /// One cannot enrol in a batch any more.
    BatchCloses(Box<str>),
    /// A batch starts.
    BatchStarts(Box<str>),
    /// A batch is over.
    BatchEnds(Box<str>),
}

impl State {
    /// What one pays at least, as [`super::Sale::lowest`] says it.
    fn lowest(&self) -> Option<Money> {
        let variants = self.variants.iter().flatten();
        let batches = self.batches.iter().filter(|(state, _)| state.is_ahead());
        let batches = batches.filter_map(|(_, priced)| priced.as_ref());
        let least = |priced: &&Priced| priced.amount.minor;
        let lowest = self.price.as_ref().or_else(|| variants.min_by_key(least));
        let lowest = lowest.or_else(|| batches.min_by_key(least));
        lowest.map(|priced| priced.amount)
    }

    /// Adds all of it.
    pub(super) fn hash_into(&self, hasher: &mut Hasher) {
        Priced::hash_into(self.price, hasher);
        hasher.number(self.variants.len() as u64);
        for variant in &self.variants {
            Priced::hash_into(*variant, hasher);
        }
        for (state, price) in &self.batches {
            Priced::hash_into(*price, hasher.text(state.name()));
        }
    }
}

impl<'a> Terms<'a> {
    /// Of a course with these campaigns.
    pub fn new(
        record: &'a Record,
        config: &'a Config,
        campaigns: &[&'a Campaign],
        expired: bool,
    ) -> Self {
        let zone = &config.zone;
        let own = record
            .tables("promos")
            .filter_map(|(table, _)| own_promo(table, zone));
        let shared = campaigns
            .iter()
            .map(|campaign| shared_promo(campaign, zone));
        let mut dates: Vec<Dates> = record
            .list("batches")
            .iter()
            .enumerate()
            .filter_map(|(at, item)| Dates::read(at, item, zone))
            .collect();
        dates.sort_by_key(|dates| (dates.starts, dates.at));
        let variants = record.tables("variants");
        Self {
            price: record.money("price"),
            list: record.money("list_price"),
            promos: own.chain(shared).map(Arc::new).collect(),
            variants: variants
                .map(|(variant, _)| {
                    (
                        variant.text("id").unwrap_or_default(),
                        variant.money("price"),
                    )
                })
                .collect(),
            campaigns: campaigns.to_vec(),
            dates,
            status: Status::of(record, expired),
            on_request: course::offer(record) == "on_request",
            record,
            config,
        }
    }

    /// Everything that may change at some time, by time.
    pub fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        let mut add = |at, kind| events.push(Event { at, kind });
        for promo in &self.promos {
            if let Some(from) = promo.from {
                add(from, EventKind::PromoStarts(promo.clone()));
            }
            add(promo.until, EventKind::PromoEnds(promo.clone()));
        }
        for dates in &self.dates {
            let id = || dates.id.clone();
            if let Some(opens) = dates.opens {
                add(opens, EventKind::BatchOpens(id()));
            }
            add(dates.closes, EventKind::BatchCloses(id()));
            add(dates.starts, EventKind::BatchStarts(id()));
            add(dates.over, EventKind::BatchEnds(id()));
        }
        events.sort_by_key(|event| event.at);
        events
    }

    /// The instants at which promos end and batches are over.
    pub(super) fn ends(&self) -> impl Iterator<Item = Timestamp> {
        let promos = self.promos.iter().map(|promo| promo.until);
        promos.chain(self.dates.iter().map(|dates| dates.over))
    }

    /// Whether it is not given any more.
    pub(super) fn is_archived(&self) -> bool {
        self.status == Status::Archived
    }

    /// A promo of the front matter.
    pub(super) fn own_promo(&self, table: &Record) -> Option<Promo> {
        own_promo(table, &self.config.zone)
    }

    /// The campaigns that hold for it, each as a promo.
    pub(super) fn campaigns(&self) -> impl Iterator<Item = (&Promo, &'a Campaign)> {
        let own = self.promos.len() - self.campaigns.len();
        let shared = self.promos[own..].iter().map(|promo| &**promo);
        shared.zip(self.campaigns.iter().copied())
    }

    /// The events after an instant that change something, by time.
    pub fn changes_after(&self, now: Timestamp) -> Vec<Event> {
        let mut state = self.at(now);
        let mut found = Vec::new();
        let events = self.events();
        for together in events.chunk_by(|one, other| one.at == other.at) {
            let at = together[0].at;
            if at > now {
                let then = self.at(at);
                if then != state {
                    found.extend_from_slice(together);
                }
                state = then;
            }
        }
        found
    }

    /// The next instant at which one pays another price at least, and that price.
    pub fn next_price(&self, now: Timestamp) -> Option<(Timestamp, Money)> {
        let price = self.at(now).lowest();
        let instants = self.instants_after(now).into_iter();
        let mut then = instants.map(|at| (at, self.at(at).lowest()));
        let (at, lowest) = then.find(|(_, then)| *then != price)?;
        Some((at, lowest?))
    }

    pub(super) fn at(&self, now: Timestamp) -> State {
        let price = self.priced(self.price, Slot::Course, now);
        let variants = self.variants.iter();
        let batch = |dates: &Dates| {
            let own = dates
                .price
                .map(|own| self.priced(Some(own), Slot::Batch, now));
            (dates.state(now, self.status), own.unwrap_or(price))
        };
        State {
            price,
            variants: variants
                .map(|(id, normal)| self.priced(*normal, Slot::Variant(id), now))
                .collect(),
            batches: self.dates.iter().map(batch).collect(),
        }
    }

    /// The next instant at which the state is another one.
    pub(super) fn next_after(&self, now: Timestamp, state: &State) -> Option<Timestamp> {
        let mut instants = self.instants_after(now).into_iter();
        instants.find(|at| self.at(*at) != *state)
    }

    /// All instants after this one at which something may change, in order.
    fn instants_after(&self, now: Timestamp) -> Vec<Timestamp> {
        let promos = self
            .promos
            .iter()
            .flat_map(|promo| [promo.from, Some(promo.until)]);
        let dates = self.dates.iter().flat_map(|dates| {
            [
                dates.opens,
                Some(dates.closes),
                Some(dates.starts),
                Some(dates.over),
            ]
        });
        let later = |at: &Timestamp| *at > now;
        let mut instants: Vec<Timestamp> = promos.chain(dates).flatten().filter(later).collect();
        instants.sort_unstable();
        instants.dedup();
        instants
    }

    /// A course whose price is nothing has none: its offer says that it is free. A variant or a
    /// batch has no offer of its own to say so.
    fn priced(&self, normal: Option<Money>, slot: Slot<'_>, now: Timestamp) -> Option<Priced> {
        let normal = normal?;
        if normal.minor == 0 {
            let nothing = Priced {
                amount: normal,
                struck: None,
                promo: None,
            };
            return (!matches!(slot, Slot::Course)).then_some(nothing);
        }
        if let Some((amount, promo)) = lowest(normal, slot, &self.promos, now) {
            return Some(Priced {
                amount,
                struck: Some(normal),
                promo: Some(promo),
            });
        }
        let higher = |list: &Money| list.currency == normal.currency && list.minor > normal.minor;
        let list = self.list.filter(|_| matches!(slot, Slot::Course));
        Some(Priced {
            amount: normal,
            struck: list.filter(higher),
            promo: None,
        })
    }

    pub(super) fn offer(&self, priced: Option<Priced>) -> Option<Offer> {
        let priced = priced?;
        Some(Offer {
            amount: priced.amount,
            struck: priced.struck,
            promo: priced.promo.map(|at| self.promos[at].clone()),
            per: self.record.choice("price_per").unwrap_or("course").into(),
            tax: self.config.currency.tax.clone(),
        })
    }

    pub(super) fn variants(&self, state: &State) -> Vec<VariantOffer> {
        let both = self.variants.iter().zip(&state.variants);
        both.map(|((id, _), priced)| VariantOffer {
            id: (*id).into(),
            price: self.offer(*priced),
        })
        .collect()
    }

    pub(super) fn batches(&self, state: &State) -> Vec<Batch> {
        let both = self.dates.iter().zip(&state.batches);
        both.map(|(dates, (state, priced))| Batch {
            at: dates.at,
            id: dates.id.clone(),
            own_id: dates.own_id,
            start: dates.start,
            starts: dates.starts,
            over: dates.over,
            opens: dates.opens,
            closes: dates.closes,
            zone: dates.own_zone.clone(),
            clock: dates.clock(),
            state: *state,
            full: dates.is_full(),
            call: self.call(dates, *state),
            price: self.offer(*priced),
            own_price: dates.price.is_some(),
        })
        .collect()
    }

    pub(super) fn enrolment(&self, state: &State) -> Enrolment {
        let both = self.dates.iter().zip(&state.batches);
        let calls: Vec<Call> = both
            .map(|(dates, (state, _))| self.call(dates, *state))
            .collect();
        enrolment::of_course(&calls, self.status, self.on_request)
    }

    fn call(&self, dates: &Dates, state: BatchState) -> Call {
        enrolment::call(state, dates.is_full(), self.status, self.on_request)
    }
}

fn own_promo(table: &Record, zone: &TimeZone) -> Option<Promo> {
    let end = table.when("until")?;
    let variants = table.list("variants").iter();
    Some(Promo {
        cut: Cut::of(table)?,
        label: table.text("label").map(Into::into),
        from: table.when("from").map(|from| from.to_timestamp_start(zone)),
        until: end.to_timestamp_end(zone),
        end,
        variants: variants
            .filter_map(|id| Some(id.as_text()?.into()))
            .collect(),
        campaign: false,
    })
}

fn shared_promo(campaign: &Campaign, zone: &TimeZone) -> Promo {
    Promo {
        cut: campaign.cut.clone(),
        label: Some(campaign.label.clone()),
        from: campaign.from.map(|from| from.to_timestamp_start(zone)),
        until: campaign.until.to_timestamp_end(zone),
        end: campaign.until,
        variants: Vec::new(),
        campaign: true,
    }
}
