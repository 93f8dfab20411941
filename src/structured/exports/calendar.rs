//! `jadwal.ics`: every batch as an event, its lessons on the days and at the hours of its zone.
//!
//! Written here and not by a library: those put the clock and random names into components that
//! may have neither, and the same site must give the same bytes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::zone;
use crate::base::when::When;
use crate::site::{Entity, PageId, Site};
use crate::structured::encoded;
use crate::structured::held::{self, Held};

/// A line of iCalendar is no longer than this, in bytes.
const LINE: usize = 75;

/// The text.
pub(super) fn text(site: &Site, lang: u8, pages: &[PageId]) -> String {
    let mut zones: BTreeMap<String, zone::Span> = BTreeMap::new();
    let mut events: Vec<((Timestamp, String), String)> = Vec::new();
    for id in pages {
        let entity = site.entity(*id);
        for held in held::all(site, entity) {
            let event = Event::of(&held);
            event.note(&held, &mut zones);
            let key = (held.batch.starts, uid(site, entity, &held));
            events.push((key, event.text(site, entity, &held)));
        }
    }
    events.sort();
    let mut out = String::new();
    line(&mut out, "BEGIN", "VCALENDAR");
    line(&mut out, "VERSION", "2.0");
    let language = site.lang(lang).to_uppercase();
    line(
        &mut out,
        "PRODID",
        &format!("-//silabus//jadwal//{language}"),
    );
    line(&mut out, "CALSCALE", "GREGORIAN");
    line(&mut out, "METHOD", "PUBLISH");
    line(&mut out, "X-WR-CALNAME", &escaped(&site.config.title));
    for (name, span) in &zones {
        zone::write(name, span, &mut out);
    }
    events.iter().for_each(|(_, event)| out.push_str(event));
    line(&mut out, "END", "VCALENDAR");
    out
}

/// When an event is, as the calendar says it.
enum Event {
    /// On whole days; the second is not part of it.
    Days(Date, Date),
    /// At an hour of its own clock, to another one of the same day.
    Hours(DateTime, Option<Time>),
}

impl Event {
    fn of(held: &Held<'_>) -> Self {
        let first = first_lesson(held);
        let last = held.last_day().filter(|last| *last >= first);
        let spans = held.days().is_empty() && last.is_some_and(|last| last > first);
        if !held.is_timed() || spans {
            let end = match held.days().is_empty() {
                true => last.unwrap_or(first),
                false => first,
            };
            return Self::Days(first, end.tomorrow().unwrap_or(end));
        }
        let hours = held.hours();
        let from = hours.map_or_else(
            || held.zone.to_datetime(held.batch.starts).time(),
            |hours| hours.from,
        );
        Self::Hours(first.to_datetime(from), hours.and_then(|hours| hours.to))
    }

    /// Notes the zone that the event needs, and until when.
    fn note(&self, held: &Held<'_>, zones: &mut BTreeMap<String, zone::Span>) {
        if let (Self::Hours(..), Some(name)) = (self, zone_name(&held.zone)) {
            let (from, to) = (held.batch.starts, held.batch.over.max(held.batch.starts));
            let span = zones.entry(name.to_owned());
            let span = span.or_insert_with(|| zone::Span::new(held.zone.clone(), from, to));
            span.widen(from, to);
        }
    }

    fn text(&self, site: &Site, entity: &Entity, held: &Held<'_>) -> String {
        let mut out = String::new();
        line(&mut out, "BEGIN", "VEVENT");
        line(&mut out, "UID", &uid(site, entity, held));
        line(&mut out, "DTSTAMP", &utc(stamp(site, entity, held)));
        self.times(held, &mut out);
        line(&mut out, "SUMMARY", &escaped(&entity.title));
        let url = encoded(&site.permalink(&entity.url));
        let words = match &*entity.description {
            "" => url.clone(),
            words => format!("{words}\n{url}"),
        };
        line(&mut out, "DESCRIPTION", &escaped(&words));
        line(&mut out, "URL", &url);
        if let Some(place) = held.text("location") {
            line(&mut out, "LOCATION", &escaped(place));
        }
        line(&mut out, "STATUS", status(held));
        line(&mut out, "END", "VEVENT");
        out
    }

    fn times(&self, held: &Held<'_>, out: &mut String) {
        match self {
            Self::Days(first, end) => {
                line(out, "DTSTART;VALUE=DATE", &day(*first));
                line(out, "DTEND;VALUE=DATE", &day(*end));
            }
            Self::Hours(from, to) => {
                moment(out, "DTSTART", *from, &held.zone);
                if let Some(to) = to {
                    moment(out, "DTEND", from.date().to_datetime(*to), &held.zone);
                }
            }
        }
        let days: Vec<&str> = weekdays(held).into_iter().map(|(_, word)| word).collect();
        if let (false, Some(last)) = (days.is_empty(), held.last_day()) {
            let until = match self {
                Self::Days(..) => day(last),
                Self::Hours(..) => utc(When::Day(last)
                    .to_timestamp_end(&held.zone)
                    .saturating_sub(jiff::SignedDuration::from_secs(1))
                    .unwrap_or(held.batch.over)),
            };
            let rule = format!("FREQ=WEEKLY;UNTIL={until};BYDAY={}", days.join(","));
            line(out, "RRULE", &rule);
        }
    }
}

/// The name of an event for all times: course, batch, host.
fn uid(site: &Site, entity: &Entity, held: &Held<'_>) -> String {
    let host = site.config.host();
    let host = host.split_once("://").map_or(host, |(_, host)| host);
    escaped(&format!("{}-{}@{host}", entity.id, held.batch.id))
}

/// When it was last changed, as far as anybody says; never the clock.
fn stamp(site: &Site, entity: &Entity, held: &Held<'_>) -> Timestamp {
    let said = entity.updated.or(entity.date);
    said.map_or(held.batch.starts, |when| {
        when.to_timestamp_start(&site.config.zone)
    })
}

/// As its author says; the clock changes no event.
fn status(held: &Held<'_>) -> &'static str {
    match held.record.and_then(|record| record.choice("status")) {
        Some("cancelled") => "CANCELLED",
        Some("postponed") => "TENTATIVE",
        _ => "CONFIRMED",
    }
}

/// The first day of a lesson: a batch may start on another day of the week.
fn first_lesson(held: &Held<'_>) -> Date {
    let first = held.first_day();
    let days = weekdays(held);
    let mut day = first;
    for _ in 0..7 {
        let number = day.weekday().to_monday_one_offset();
        if days.iter().any(|(known, _)| *known == number) {
            return day;
        }
        day = day.tomorrow().unwrap_or(day);
    }
    first
}

/// Days of the week by number, from Monday, each with its short name.
fn weekdays(held: &Held<'_>) -> Vec<(i8, &'static str)> {
    const NAMES: [(&str, &str); 7] = [
        ("monday", "MO"),
        ("tuesday", "TU"),
        ("wednesday", "WE"),
        ("thursday", "TH"),
        ("friday", "FR"),
        ("saturday", "SA"),
        ("sunday", "SU"),
    ];
    let written = held.days();
    (1..)
        .zip(NAMES)
        .filter(|(_, (name, _))| written.contains(name))
        .map(|(number, (_, short))| (number, short))
        .collect()
}

/// The name of a zone that is not UTC.
fn zone_name(zone: &TimeZone) -> Option<&str> {
    zone.iana_name()
        .filter(|name| !matches!(*name, "UTC" | "Etc/UTC"))
}

/// A local time with its zone, or in UTC where the zone has no name.
fn moment(out: &mut String, name: &str, at: DateTime, zone: &TimeZone) {
    match zone_name(zone) {
        Some(id) => line(out, &format!("{name};TZID={id}"), &local(at)),
        None => line(out, name, &utc(When::Local(at).to_timestamp_start(zone))),
    }
}

fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// `20261201T190000`.
pub(super) fn local(at: DateTime) -> String {
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    format!("{}T{hour:02}{minute:02}{second:02}", day(at.date()))
}

fn utc(at: Timestamp) -> String {
    format!("{}Z", local(TimeZone::UTC.to_datetime(at)))
}

/// A text in which nothing ends a value.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// One line, folded where it is too long.
pub(super) fn line(out: &mut String, name: &str, value: &str) {
    let whole = format!("{name}:{value}");
    let (mut rest, mut room) = (&*whole, LINE);
    while rest.len() > room {
        let (before, after) = rest.split_at(fold_at(rest, room));
        let _ = write!(out, "{before}\r\n ");
        // The space in front counts.
        (rest, room) = (after, LINE - 1);
    }
    let _ = write!(out, "{rest}\r\n");
}

/// Where to fold: between letters, and beside no space, since some readers lose one there.
fn fold_at(text: &str, room: usize) -> usize {
    let between = |at: &usize| text.is_char_boundary(*at);
    let apart = |at: &usize| !text[..*at].ends_with(' ') && !text[*at..].starts_with(' ');
    let mut places = (1..=room).rev().filter(between);
    let last = places.clone().next();
    places.find(apart).or(last).unwrap_or(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters() {
        let mut out = String::new();
        line(&mut out, "SUMMARY", &"é".repeat(60));
        let lines: Vec<&str> = out.split_terminator("\r\n").collect();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.len() <= LINE), "{lines:?}");
        assert!(lines[1].starts_with(' '));
    }

    #[test]
    fn lines_are_folded_beside_no_space() {
        for before in 60..75 {
            let mut out = String::new();
            let text = format!("{} {}", "a".repeat(before), "b".repeat(80));
            line(&mut out, "SUMMARY", &text);
            let lines: Vec<&str> = out.split_terminator("\r\n").collect();
            assert!(
                lines
                    .iter()
                    .all(|line| !line.ends_with(' ') && line.len() <= LINE)
            );
            assert!(lines[1..].iter().all(|line| !line.starts_with("  ")));
            assert_eq!(
                out.replace("\r\n ", "").trim_end(),
                format!("SUMMARY:{text}")
            );
        }
        let mut out = String::new();
        line(&mut out, "SUMMARY", &" ".repeat(200));
        assert_eq!(
            out.replace("\r\n ", "").trim_end_matches("\r\n"),
            format!("SUMMARY:{}", " ".repeat(200)),
            "nothing but spaces is folded all the same"
        );
    }

    #[test]
    fn texts_end_no_value() {
        assert_eq!(
            escaped("a;b,c\\d\r\nEND:VEVENT"),
            "a\\;b\\,c\\\\d\\nEND:VEVENT"
        );
    }
}
