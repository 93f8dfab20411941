//! Zones as calendars describe them: the offset at the start, and every change while events run.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use super::calendar::{line, local};

/// A zone, and the time in which it is needed.
pub(super) struct Span {
    zone: TimeZone,
    from: Timestamp,
    to: Timestamp,
}

impl Span {
    pub(super) fn new(zone: TimeZone, from: Timestamp, to: Timestamp) -> Self {
        Self { zone, from, to }
    }

    pub(super) fn widen(&mut self, from: Timestamp, to: Timestamp) {
        self.from = self.from.min(from);
        self.to = self.to.max(to);
    }
}

/// Adds the description of a zone.
pub(super) fn write(name: &str, span: &Span, out: &mut String) {
    line(out, "BEGIN", "VTIMEZONE");
    line(out, "TZID", name);
    let first = span.zone.to_offset_info(span.from);
    let start = "19700101T000000".to_owned();
    let (offset, short) = (first.offset(), first.abbreviation());
    let class = class(first.dst().is_dst());
    observance(class, &start, (offset, offset), short, out);
    let mut before = offset;
    for change in span.zone.following(span.from) {
        if change.timestamp() > span.to {
            break;
        }
        let at = local(before.to_datetime(change.timestamp()));
        let offsets = (before, change.offset());
        observance(
            self::class(change.dst().is_dst()),
            &at,
            offsets,
            change.abbreviation(),
            out,
        );
        before = change.offset();
    }
    line(out, "END", "VTIMEZONE");
}

fn class(dst: bool) -> &'static str {
    if dst { "DAYLIGHT" } else { "STANDARD" }
}

fn observance(
    class: &str,
    start: &str,
    (from, to): (Offset, Offset),
    name: &str,
    out: &mut String,
) {
    line(out, "BEGIN", class);
    line(out, "DTSTART", start);
    line(out, "TZOFFSETFROM", &shown(from));
    line(out, "TZOFFSETTO", &shown(to));
    line(out, "TZNAME", name);
    line(out, "END", class);
}

/// `+0700`.
fn shown(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", minutes.abs() / 60, minutes.abs() % 60)
}
