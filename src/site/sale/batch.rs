//! Batches at an instant: open, full, running, over.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::enrolment::{Call, Status};
use super::offer::Offer;
use crate::base::Money;
use crate::base::when::When;
use crate::content::kinds::course::{
    batch_enrolling, batch_over, batch_starts, batch_zone, batch_zone_of,
};
use crate::data::{Record, Typed, Value};

/// One in so many seats: with fewer left, they are the last.
const LAST_PART: i64 = 5;
/// The last seats where nobody says how many there are.
const LAST_SEATS: i64 = 3;

/// A batch of a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its place in the list of the front matter.
    pub at: usize,
    /// Its id within the course: its own, else the day of its start.
    pub id: Box<str>,
    /// Whether the id was written.
    pub own_id: bool,
    /// Its start as written.
    pub start: When,
    /// When it starts: the first hour of its first day, where hours are written.
    pub starts: Timestamp,
    /// When it is over; this instant is not part of it.
    pub over: Timestamp,
    /// From when one can enrol; none where one always could.
    pub opens: Option<Timestamp>,
    /// Until when one can enrol; this instant is not part of it.
    pub closes: Timestamp,
    /// The zone of its clock.
    pub zone: TimeZone,
    /// What its clock is called: `WIB`.
    pub clock: String,
    /// What it is doing.
    pub state: BatchState,
    /// Whether no seat is left.
    pub full: bool,
    /// What its visitor is asked to do.
    pub call: Call,
    /// What it costs.
    pub price: Option<Offer>,
    /// Whether that price is its own, and not the course's.
    pub own_price: bool,
}

/// What a batch is doing at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchState {
    /// One cannot enrol yet.
    NotOpen,
    /// One can enrol.
    Open,
    /// One can enrol, but few seats are left.
    LastSeats,
    /// It has not started, but one cannot enrol any more.
    Closed,
    /// It has started.
    Running,
    /// It has ended.
    Over,
    /// It was called off.
    Cancelled,
    /// It was put off.
    Postponed,
}

impl Batch {
    /// The zone in which a day or a time that is written of it is read.
    pub fn zone_of<'z>(&'z self, when: When, site_zone: &'z TimeZone) -> &'z TimeZone {
        batch_zone_of(when, site_zone, &self.zone)
    }
}

impl BatchState {
    /// The word that templates see.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotOpen => "not_open",
            Self::Open => "open",
            Self::LastSeats => "last_seats",
            Self::Closed => "closed",
            Self::Running => "running",
            Self::Over => "over",
            Self::Cancelled => "cancelled",
            Self::Postponed => "postponed",
        }
    }

    /// Whether one can enrol.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::LastSeats)
    }

    /// Whether it is neither over nor called off.
    pub fn is_ahead(self) -> bool {
        !matches!(self, Self::Over | Self::Cancelled)
    }

    /// As the state of the whole course allows.
    fn within(self, status: Status) -> Self {
        match (status, self) {
            (Status::ComingSoon, Self::Open | Self::LastSeats) => Self::NotOpen,
            (Status::Closed | Status::Archived, Self::Open | Self::LastSeats | Self::NotOpen) => {
                Self::Closed
            }
            _ => self,
        }
    }
}

/// What a front matter says of one batch, at whatever time.
pub(super) struct Dates {
    pub(super) at: usize,
    pub(super) id: Box<str>,
    pub(super) own_id: bool,
    pub(super) start: When,
    pub(super) starts: Timestamp,
    pub(super) over: Timestamp,
    pub(super) opens: Option<Timestamp>,
    pub(super) closes: Timestamp,
    pub(super) price: Option<Money>,
    pub(super) own_zone: TimeZone,
    seats: Option<i64>,
    left: Option<i64>,
    called_off: Option<BatchState>,
}

impl Dates {
    /// Of one item of `batches`; days are those of the site's zone, hours the batch's.
    pub(super) fn read(at: usize, item: &Typed, zone: &TimeZone) -> Option<Self> {
        let record = item.as_table();
        let start = match &item.value {
            Value::When(when) => **when,
            _ => record?.when("start")?,
        };
        let own_zone = batch_zone(record, zone);
        let starts = batch_starts(start, record, zone, &own_zone);
        let over = batch_over(start, record, zone, &own_zone);
        let (opens, until) = record.map_or((None, None), |record| {
            batch_enrolling(record, zone, &own_zone)
        });
        let number = |name: &str| record.and_then(|record| record.int(name));
        let written = record.and_then(|record| record.text("id"));
        Some(Self {
            at,
            id: written.map_or_else(|| start.date_in(zone).to_string().into(), Into::into),
            own_id: written.is_some(),
            start,
            starts,
            over,
            opens,
            closes: until.unwrap_or(starts).min(over),
            price: record.and_then(|record| record.money("price")),
            own_zone,
            seats: number("seats"),
            left: number("seats_left"),
            called_off: record.and_then(called_off),
        })
    }

    /// What it is doing at an instant.
    pub(super) fn state(&self, now: Timestamp, status: Status) -> BatchState {
        let state = match self.called_off {
            // What was put off is still to come, whatever day stands there.
            Some(BatchState::Cancelled) if now >= self.over => BatchState::Over,
            Some(off) => off,
            None if now >= self.over => BatchState::Over,
            None if self.opens.is_some_and(|opens| now < opens) => self.before_opening(now),
            None if now < self.closes => self.while_open(now),
            None => self.without_enrolment(now),
        };
        state.within(status)
    }

    fn before_opening(&self, now: Timestamp) -> BatchState {
        match now < self.starts {
            true => BatchState::NotOpen,
            false => BatchState::Running,
        }
    }

    fn while_open(&self, now: Timestamp) -> BatchState {
        match self.left {
            Some(0) => self.without_enrolment(now),
            Some(left) if self.are_last(left) => BatchState::LastSeats,
            _ => BatchState::Open,
        }
    }

    fn without_enrolment(&self, now: Timestamp) -> BatchState {
        match now < self.starts {
            true => BatchState::Closed,
            false => BatchState::Running,
        }
    }

    fn are_last(&self, left: i64) -> bool {
        match self.seats {
            Some(seats) => left == 1 || left.saturating_mul(LAST_PART) <= seats,
            None => left <= LAST_SEATS,
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.left == Some(0)
    }

    /// What its clock is called at its start.
    pub(super) fn clock(&self) -> String {
        clock_name(self.starts, &self.own_zone)
    }
}

fn called_off(record: &Record) -> Option<BatchState> {
    match record.choice("status") {
        Some("cancelled") => Some(BatchState::Cancelled),
        Some("postponed") => Some(BatchState::Postponed),
        _ => None,
    }
}

/// What the clock of a zone is called at an instant: `WIB`, else `UTC+8`.
pub fn clock_name(at: Timestamp, zone: &TimeZone) -> String {
    let info = zone.to_offset_info(at);
    let short = info.abbreviation();
    if !short.starts_with(['+', '-']) {
        return short.to_owned();
    }
    let minutes = info.offset().seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}
