//! Dates and instants as authors write them.
//!
//! A date without a time, or a time without an offset, means the site's zone; the zone is
//! always handed in, never asked of the machine.

use super::Hasher;
pub use super::hours::{Hours, HoursError};
use super::remedy::Misread;
use super::when_error;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

/// A date or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// A whole day in the site's zone.
    Day(Date),
    /// A local time in the site's zone.
    Local(DateTime),
    /// A point in time, with the offset it was written with, in seconds.
    Instant(Timestamp, i32),
}

/// Why a text was not read as a [`When`].
pub type WhenError = Misread;

/// What [`When::order_key`] gives.
pub type WhenKey = (Timestamp, u8, i32);

impl When {
    /// Reads `2026-11-22`, `2026-11-22 19:00`, `2026-11-22T19:00:00`, and both of the latter
    /// with `Z` or an offset such as `+07:00`.
    ///
    /// # Errors
    ///
    /// `date-impossible` and `time-impossible` say what does not exist; `date-order`,
    /// `date-syntax` and `date-offset` show the form to write.
    pub fn parse(text: &str) -> Result<Self, WhenError> {
        let text = text.trim();
        let (day, rest) = split_date(text).ok_or_else(|| when_error::misshapen(text))?;
        let date = read_date(day, text)?;
        if rest.is_empty() {
            return Ok(Self::Day(date));
        }
        let rest = rest
            .strip_prefix(['T', 't', ' '])
            .unwrap_or(rest)
            .trim_start();
        let (clock, offset) = split_offset(rest);
        let time = super::clock::read(clock.trim_end())
            .map_err(|fault| when_error::clock(text, date, rest, fault))?;
        let local = date.to_datetime(time);
        let Some(offset) = offset else {
            return Ok(Self::Local(local));
        };
        let refuse = || when_error::offset(text, local);
        let offset = read_offset(offset).ok_or_else(refuse)?;
        let instant = offset.to_timestamp(local).map_err(|_| refuse())?;
        Ok(Self::Instant(instant, offset.seconds()))
    }

    /// The instant at which it begins: a day's first moment, a time itself. A local time that a
    /// clock change skips or repeats is taken as the one before the change.
    pub fn to_timestamp_start(self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Day(date) => instant(date.to_datetime(Time::midnight()), zone),
            Self::Local(local) => instant(local, zone),
            Self::Instant(instant, _) => instant,
        }
    }

    /// The instant at which it is over, itself not included: the next midnight for a whole day,
    /// a time itself.
    pub fn to_timestamp_end(self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Day(date) => date.tomorrow().map_or(Timestamp::MAX, |next| {
                instant(next.to_datetime(Time::midnight()), zone)
            }),
            time => time.to_timestamp_start(zone),
        }
    }

    /// Its beginning on the site's clock.
    pub fn to_zoned(self, zone: &TimeZone) -> Zoned {
        self.to_timestamp_start(zone).to_zoned(zone.clone())
    }

    /// RFC 3339 with offset: the offset that was written, else the site's at that time.
    pub fn rfc3339(self, zone: &TimeZone) -> String {
        let start = self.to_timestamp_start(zone);
        let seconds = match self {
            Self::Instant(_, seconds) => seconds,
            _ => zone.to_offset(start).seconds(),
        };
        rfc3339(start, seconds)
    }

    /// Adds all that tells it from another value: a day, a local time and an instant never look
    /// the same.
    pub fn hash_into(self, hasher: &mut Hasher) -> &mut Hasher {
        match self {
            Self::Day(date) => hash_day(date, hasher.number(0)),
            Self::Local(local) => {
                let time = local.time();
                hash_day(local.date(), hasher.number(1))
                    .bytes(&[time.hour() as u8, time.minute() as u8, time.second() as u8])
                    .bytes(&time.subsec_nanosecond().to_le_bytes())
            }
            Self::Instant(instant, offset) => hasher
                .number(2)
                .bytes(&instant.as_nanosecond().to_le_bytes())
                .bytes(&offset.to_le_bytes()),
        }
    }

    /// The day it falls on in the site's zone.
    pub fn date_in(self, zone: &TimeZone) -> Date {
        match self {
            Self::Day(date) => date,
            Self::Local(local) => local.date(),
            Self::Instant(instant, _) => zone.to_datetime(instant).date(),
        }
    }

    /// A total order for this zone: by beginning, then days before times, then by offset. Two
    /// values have the same key exactly when they are equal, save local times that a clock
    /// change maps to one instant.
    pub fn order_key(self, zone: &TimeZone) -> WhenKey {
        let start = self.to_timestamp_start(zone);
        match self {
            Self::Day(_) => (start, 0, 0),
            Self::Local(_) => (start, 1, 0),
            Self::Instant(_, offset) => (start, 2, offset),
        }
    }
}

/// An instant as RFC 3339 text with this offset in seconds, cut to whole minutes since the
/// format has no seconds there.
pub fn rfc3339(instant: Timestamp, offset_seconds: i32) -> String {
    let minutes = offset_seconds / 60;
    let offset = Offset::from_seconds(minutes * 60).unwrap_or(Offset::UTC);
    let local = offset.to_datetime(instant);
    let (date, time) = (local.date(), local.time());
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    format!("{date}T{hour:02}:{minute:02}:{second:02}{sign}{hours:02}:{minutes:02}")
}

fn hash_day(date: Date, hasher: &mut Hasher) -> &mut Hasher {
    hasher
        .bytes(&date.year().to_le_bytes())
        .bytes(&[date.month() as u8, date.day() as u8])
}

/// Civil time at the very ends of the calendar may lie outside the range of instants.
fn instant(local: DateTime, zone: &TimeZone) -> Timestamp {
    let end = if local.year() < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    zone.to_timestamp(local).unwrap_or(end)
}

/// The ten characters of an ISO date, and what follows; none for another shape.
fn split_date(text: &str) -> Option<(&str, &str)> {
    let (day, rest) = text.split_at_checked(10)?;
    let shaped = day.bytes().enumerate().all(|(i, b)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    let ends = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
    (shaped && ends).then_some((day, rest))
}

fn read_date(day: &str, text: &str) -> Result<Date, WhenError> {
    let number = |range: std::ops::Range<usize>| day[range].parse::<i16>().unwrap_or_default();
    let (year, month, of_month) = (number(0..4), number(5..7), number(8..10));
    // Months and days have two digits, so they fit.
    let date = Date::new(year, month as i8, of_month as i8);
    let date = date.ok().filter(|_| year > 0);
    date.ok_or_else(|| when_error::impossible(text, year, month as i8, of_month as i8))
}

/// The time, and the offset where one is written.
fn split_offset(rest: &str) -> (&str, Option<&str>) {
    match rest.rfind(['Z', 'z', '+', '-', '\u{2212}']) {
        Some(at) => (&rest[..at], Some(&rest[at..])),
        None => (rest, None),
    }
}

/// `Z`, `+07:00`, `+0700` or `+07`, up to fourteen hours either way.
fn read_offset(text: &str) -> Option<Offset> {
    if matches!(text, "Z" | "z") {
        return Some(Offset::UTC);
    }
    let digits = text.trim_start_matches(['+', '-', '\u{2212}']);
    let sign = if text.starts_with('+') { 1 } else { -1 };
    let digits = match digits.as_bytes() {
        [_, _, b':', _, _] => digits.replace(':', ""),
        [_, _, _, _] => digits.to_owned(),
        [_, _] => format!("{digits}00"),
        _ => return None,
    };
    let number: i32 = digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())??;
    let minutes = number / 100 * 60 + number % 100;
    let real = number % 100 < 60 && minutes <= 14 * 60;
    real.then(|| Offset::from_seconds(sign * minutes * 60).ok())?
}

#[cfg(test)]
mod tests;
