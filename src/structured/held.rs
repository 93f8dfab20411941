//! Batches with what their front matter says of days, hours and places.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::base::when::{Hours, When, rfc3339};
use crate::data::Record;
use crate::site::sale::Batch;
use crate::site::{Entity, Site};

/// A batch of a course.
pub(super) struct Held<'a> {
    pub(super) batch: &'a Batch,
    /// What is written of it, for one that is more than a date.
    pub(super) record: Option<&'a Record>,
    /// The zone of its hours.
    pub(super) zone: TimeZone,
    /// The zone of the site, in which its days are counted.
    pub(super) site_zone: &'a TimeZone,
}

/// The batches of a course, by their start.
pub(super) fn all<'a>(site: &'a Site, entity: &'a Entity) -> Vec<Held<'a>> {
    let written = entity.record.list("batches");
    let batches = entity.sale.iter().flat_map(|sale| &sale.batches);
    batches
        .map(|batch| {
            let record = written.get(batch.at).and_then(|item| item.as_table());
            Held {
                batch,
                record,
                zone: batch.zone.clone(),
                site_zone: &site.config.zone,
            }
        })
        .collect()
}

impl Held<'_> {
    /// A text of its own.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        self.record?.text(field)
    }

    /// At which hours it is held.
    pub(super) fn hours(&self) -> Option<Hours> {
        self.record?.hours("time")
    }

    /// On which days of the week, in English and small letters.
    pub(super) fn days(&self) -> Vec<&str> {
        self.record
            .map_or_else(Vec::new, |record| record.texts("days"))
    }

    /// The day on which it starts.
    pub(super) fn first_day(&self) -> Date {
        match self.batch.start {
            When::Day(day) => day,
            _ => self.zone.to_datetime(self.batch.starts).date(),
        }
    }

    /// The day on which it ends, where that is written.
    pub(super) fn last_day(&self) -> Option<Date> {
        let end = self.record?.when("end")?;
        Some(end.date_in(self.site_zone))
    }

    /// Whether the hour of its start is known.
    pub(super) fn is_timed(&self) -> bool {
        self.hours().is_some() || !matches!(self.batch.start, When::Day(_))
    }

    /// Its start: an instant on its own clock, else a day.
    pub(super) fn start(&self) -> String {
        if self.is_timed() {
            self.instant(self.batch.starts)
        } else {
            self.first_day().to_string()
        }
    }

    /// What is written in a field: a day, or an instant.
    pub(super) fn moment(&self, field: &str) -> Option<String> {
        Some(match self.record?.when(field)? {
            When::Day(day) => day.to_string(),
            when => when.rfc3339(self.batch.zone_of(when, self.site_zone)),
        })
    }

    /// Its end, where one is written: the last hour of the last day, else that day.
    pub(super) fn end(&self) -> Option<String> {
        let end = self.record?.when("end")?;
        if !matches!(end, When::Day(_)) {
            let zone = self.batch.zone_of(end, self.site_zone);
            return Some(self.instant(end.to_timestamp_end(zone)));
        }
        let day = self.last_day()?;
        let to = self.hours().and_then(|hours| hours.to);
        let last = to.map(|to| When::Local(day.to_datetime(to)).to_timestamp_start(&self.zone));
        Some(last.map_or_else(|| day.to_string(), |last| self.instant(last)))
    }

    /// An instant on its own clock.
    pub(super) fn instant(&self, at: Timestamp) -> String {
        rfc3339(at, self.zone.to_offset(at).seconds())
    }

    /// Where it takes place, for the whole course or for this batch alone.
    pub(super) fn mode<'r>(&'r self, course: &'r Record) -> Option<&'r str> {
        let own = self.record.and_then(|record| record.choice("mode"));
        own.or_else(|| course.choice("mode"))
    }
}
