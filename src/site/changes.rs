//! What time alone will change: prices, batches, pages that fall due or expire.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use rayon::prelude::*;

use super::question::NowUnit;
use super::sale::{self, Campaigns, EventKind};
use super::{Absence, Now, PageId, Site, graph};
use crate::base::SitePath;
use crate::base::when::When;

/// Something that time alone will change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// The content file that it is about; none for what templates ask the clock.
    pub path: Option<SitePath>,
    /// What changes.
    pub what: ChangeKind,
}

/// What time changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// A page is published.
    PageDue,
    /// A page expires.
    PageExpires,
    /// Something about a course's price or batches.
    Course(EventKind),
    /// What `now()` answers.
    Clock(NowUnit),
}

impl std::fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::PageDue => f.write_str("page published"),
            Self::PageExpires => f.write_str("page expires"),
            Self::Course(event) => event.fmt(f),
            Self::Clock(NowUnit::Year) => f.write_str("a new year"),
            Self::Clock(NowUnit::Month) => f.write_str("a new month"),
            Self::Clock(NowUnit::Day) => f.write_str("a new day"),
            Self::Clock(NowUnit::Second) => f.write_str("a new second"),
        }
    }
}

impl std::fmt::Display for EventKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let promo = |f: &mut std::fmt::Formatter<'_>, promo: &sale::Promo, verb: &str| {
            let what = if promo.campaign { "campaign" } else { "promo" };
            match &promo.label {
                Some(label) => write!(f, "{what} \"{label}\" {verb}"),
                None => write!(f, "{what} {verb}"),
            }
        };
        match self {
            Self::PromoStarts(of) => promo(f, of, "starts"),
            Self::PromoEnds(of) => promo(f, of, "ends"),
            Self::BatchOpens(id) => write!(f, "batch {id}: enrolment opens"),
            Self::BatchCloses(id) => write!(f, "batch {id}: enrolment closes"),
            Self::BatchStarts(id) => write!(f, "batch {id} starts"),
            Self::BatchEnds(id) => write!(f, "batch {id} is over"),
        }
    }
}

impl Site {
    /// The first instant after the build's at which time alone changes the site. What templates
    /// ask is not in it: neither the clock, see [`next_tick`], nor the price of a course that leads
    /// on to another.
    pub fn next_change(&self) -> Option<Timestamp> {
        self.next_of(|id| !is_redirect(self, id))
    }

    /// The first instant at which anything of the site is another one, be it that nobody sees it.
    pub(super) fn linked_until(&self) -> Option<Timestamp> {
        self.next_of(|_| true)
    }

    /// With the sales of these pages.
    fn next_of(&self, sold: impl Fn(PageId) -> bool + Sync) -> Option<Timestamp> {
        let later = |at: &Timestamp| *at > self.now.instant;
        let due = self.absent.values().filter_map(|why| due_at(*why));
        let of_page = |at: usize| {
            let (id, entity) = (PageId(at as u32), &self.entities[at]);
            let sale = entity.sale.as_ref().and_then(|sale| sale.next);
            let sale = sale.filter(|_| sold(id));
            entity.expiry.into_iter().chain(sale).filter(later).min()
        };
        let pages = (0..self.entities.len()).into_par_iter();
        let of_pages = pages.with_min_len(4096).filter_map(of_page).min();
        due.filter(later).chain(of_pages).min()
    }

    /// Everything that time alone will change, by time, then by file. Of courses that lead on to
    /// others only those are told that are `quoted` on some page.
    pub fn changes(&self, quoted: &BTreeSet<PageId>) -> Vec<Change> {
        let now = self.now.instant;
        let mut found = Vec::new();
        let mut add = |at: Timestamp, path: &SitePath, what| {
            if at > now {
                let path = Some(path.clone());
                found.push(Change { at, path, what });
            }
        };
        for (path, why) in self.absent.iter() {
            if let Some(at) = due_at(*why) {
                add(at, path, ChangeKind::PageDue);
            }
        }
        let campaigns = Campaigns::of_site(&self.config);
        for id in self.page_ids() {
            let entity = self.entity(id);
            if let Some(at) = entity.expiry {
                add(at, entity.path(), ChangeKind::PageExpires);
            }
            if is_redirect(self, id) && !quoted.contains(&id) {
                continue;
            }
            let terms = sale::terms(self, entity, &campaigns);
            for event in terms.iter().flat_map(|terms| terms.changes_after(now)) {
                add(event.at, entity.path(), ChangeKind::Course(event.kind));
            }
        }
        // Events of one file and instant keep their order.
        found.sort_by(|one, other| (one.at, &one.path).cmp(&(other.at, &other.path)));
        found
    }
}

/// Whether nothing of a page is left but the way to the one that took its place.
pub fn is_redirect(site: &Site, id: PageId) -> bool {
    site.entity(id).expired && graph::successor(site, id).is_some()
}

fn due_at(why: Absence) -> Option<Timestamp> {
    match why {
        Absence::Scheduled(due) => Some(due),
        Absence::Draft => None,
    }
}

/// The first instant at which `now()` with this unit answers something else.
pub fn next_tick(now: &Now, unit: NowUnit) -> Option<Timestamp> {
    let local = now.instant.to_zoned(now.zone.clone());
    let date = local.date();
    let day =
        |date: Date| When::Local(date.to_datetime(Time::midnight())).to_timestamp_start(&now.zone);
    match unit {
        NowUnit::Second => {
            let second = now.instant.as_second().checked_add(1)?;
            Timestamp::from_second(second).ok()
        }
        NowUnit::Day => Some(day(date.tomorrow().ok()?)),
        NowUnit::Month => Some(day(date.last_of_month().tomorrow().ok()?)),
        NowUnit::Year => Some(day(date.last_of_year().tomorrow().ok()?)),
    }
}
