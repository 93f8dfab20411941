//! What templates asked the clock, and when it will answer something else.

use std::sync::atomic::{AtomicU8, Ordering};

use jiff::Timestamp;

use crate::site::changes::next_tick;
use crate::site::question::NowUnit;
use crate::site::view::Trace;
use crate::site::{Now, Question};

/// Units of the build's instant that were asked for, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticks(u8);

/// All of them, the smallest last.
const UNITS: [NowUnit; 4] = [NowUnit::Year, NowUnit::Month, NowUnit::Day, NowUnit::Second];

/// Whoever asks for the second shows when it was built, or compares instants. A build for every
/// second would serve neither: one for every minute does.
const SECONDS: i64 = 60;

impl Ticks {
    /// What one render asked.
    pub(super) fn of(trace: &Trace) -> Self {
        let asked = trace.iter().filter_map(|(question, _)| match question {
            Question::Now(unit) => Some(bit(*unit)),
            _ => None,
        });
        Self(asked.fold(0, |all, one| all | one))
    }

    /// The units.
    pub fn units(self) -> impl Iterator<Item = NowUnit> {
        UNITS
            .into_iter()
            .filter(move |unit| self.0 & bit(*unit) != 0)
    }

    /// The first instant at which one of them has another answer.
    pub fn next(self, now: &Now) -> Option<Timestamp> {
        self.units().filter_map(|unit| tick(now, unit)).min()
    }
}

fn bit(unit: NowUnit) -> u8 {
    1 << UNITS.iter().position(|known| *known == unit).unwrap_or(0)
}

fn tick(now: &Now, unit: NowUnit) -> Option<Timestamp> {
    if unit == NowUnit::Second {
        let minute = now.instant.as_second().div_euclid(SECONDS);
        return Timestamp::from_second(minute.checked_add(1)?.checked_mul(SECONDS)?).ok();
    }
    next_tick(now, unit)
}

/// Gathers what all renders of a build asked, from any thread.
#[derive(Default)]
pub(super) struct Tally(AtomicU8);

impl Tally {
    pub(super) fn add(&self, ticks: Ticks) {
        // Mostly there is nothing to add, and then nothing is written.
        if self.0.load(Ordering::Relaxed) | ticks.0 != self.0.load(Ordering::Relaxed) {
            self.0.fetch_or(ticks.0, Ordering::Relaxed);
        }
    }

    pub(super) fn into_ticks(self) -> Ticks {
        Ticks(self.0.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Fingerprint;

    fn next(units: &[NowUnit], now: &str) -> Option<String> {
        let trace = units
            .iter()
            .map(|unit| (Question::Now(*unit), Fingerprint::default()));
        let tally = Tally::default();
        tally.add(Ticks::default());
        tally.add(Ticks::of(&trace.collect()));
        let now = Now {
            instant: now.parse().unwrap(),
            zone: jiff::tz::TimeZone::get("Asia/Jakarta").unwrap(),
        };
        tally.into_ticks().next(&now).map(|at| at.to_string())
    }

    #[test]
    fn the_smallest_unit_decides_and_days_are_those_of_the_site() {
        let now = "2026-11-22T16:59:30Z";
        let midnight = Some("2026-11-22T17:00:00Z".to_owned());
        assert_eq!(next(&[], now), None);
        assert_eq!(next(&[NowUnit::Day, NowUnit::Year], now), midnight);
        let (month, year) = ("2026-11-30T17:00:00Z", "2026-12-31T17:00:00Z");
        assert_eq!(next(&[NowUnit::Month], now).unwrap(), month);
        assert_eq!(next(&[NowUnit::Year], now).unwrap(), year);
        let minute = next(&[NowUnit::Second, NowUnit::Day], "2026-11-22T08:00:00Z");
        assert_eq!(minute.unwrap(), "2026-11-22T08:01:00Z");
    }

    #[test]
    fn units_are_told_apart() {
        for unit in UNITS {
            let ticks = Ticks::of(&vec![(Question::Now(unit), Fingerprint::default())]);
            assert_eq!(ticks.units().collect::<Vec<_>>(), [unit]);
        }
    }
}
