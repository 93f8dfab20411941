//! Batches: the times at which a course is held.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;

use crate::base::text::nearest;
use crate::base::when::Hours;
use crate::base::words::{parse_weekday, weekday_name};
use crate::base::{Span, When};
use crate::content::kinds::CheckContext;
use crate::data::{Record, Typed, Value};
use crate::diag::Diagnostic;

/// Names that people write, and the zones they mean.
const ZONES: [(&str, &str); 3] = [
    ("wib", "Asia/Jakarta"),
    ("wita", "Asia/Makassar"),
    ("wit", "Asia/Jayapura"),
];

pub(super) fn check(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let mut found = twice(record, cx);
    for (batch, _) in record.tables("batches") {
        found.extend(order(batch, cx));
        found.extend(seats(batch, cx));
        found.extend(enrolment(batch, cx));
        found.extend(weekday(batch, cx));
        found.extend(clock(batch, "start", |hours| Some(hours.from), cx));
        found.extend(clock(batch, "end", |hours| hours.to, cx));
        found.extend(zone(batch, cx));
    }
    found
}

/// The id of a batch: its own, else the day of its start.
fn id(batch: &Typed, cx: &CheckContext<'_>) -> Option<(String, Span)> {
    let day = |when: When, at| Some((when.date_in(cx.zone).to_string(), at));
    match &batch.value {
        Value::When(when) => day(**when, batch.span),
        Value::Table(table) => match table.text("id") {
            Some(id) => Some((id.to_owned(), table.span("id")?)),
            None => day(table.when("start")?, table.span("start")?),
        },
        _ => None,
    }
}

fn twice(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    let mut found = Vec::new();
    for (id, at) in record
        .list("batches")
        .iter()
        .filter_map(|batch| id(batch, cx))
    {
        let Some(before) = first.get(&id) else {
            first.insert(id, at);
            continue;
        };
        let other = cx.line("id", &cx.syntax.word(&format!("{id}-b")));
        let fix = format!("give it an id of its own: {other}");
        let told = cx.error(
            "batch-twice",
            format!("two batches have the id {id}"),
            at,
            fix,
        );
        found.push(told.at(cx.path, *before, "the other one"));
    }
    found
}

fn order(batch: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let (start, end) = (batch.when("start")?, batch.when("end")?);
    let own = own_zone(Some(batch), cx.zone);
    let (starts, ends) = (
        start.to_timestamp_start(zone_of(start, cx.zone, &own)),
        end.to_timestamp_end(zone_of(end, cx.zone, &own)),
    );
    // A day is over with the first moment of the next one.
    let before = ends < starts || ends == starts && matches!(end, When::Day(_));
    let at = batch.span("end")?;
    before.then(|| {
        cx.error(
            "batch-order",
            "this batch ends before it starts",
            at,
            "correct one of the two",
        )
        .at(
            cx.path,
            batch.span("start").unwrap_or_default(),
            "the start",
        )
    })
}

fn seats(batch: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let (seats, left) = (batch.int("seats")?, batch.int("seats_left")?);
    let at = batch.span("seats_left")?;
    (left > seats).then(|| {
        let message = format!("{left} seats are left of {seats}");
        cx.error("batch-seats", message, at, "correct one of the two")
            .at(
                cx.path,
                batch.span("seats").unwrap_or_default(),
                "all seats",
            )
    })
}

fn enrolment(batch: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let own = own_zone(Some(batch), cx.zone);
    let (opens, closes) = enrolling(batch, cx.zone, &own);
    let at = batch.span("enrol_until").or(batch.span("enrol_from"))?;
    if let (Some(opens), Some(closes)) = (opens, closes)
        && closes <= opens
    {
        let told = cx.error(
            "batch-enrol",
            "enrolment closes before it opens",
            at,
            "correct one of the two",
        );
        return Some(told.at(
            cx.path,
            batch.span("enrol_from").unwrap_or_default(),
            "it opens here",
        ));
    }
    if let (Some(opens), None) = (opens, closes)
        && opens >= first_moment(batch, cx)?
    {
        let message = "enrolment opens when this batch has started";
        let fix = "it never opens: write an earlier day, or add an enrol_until";
        return Some(cx.warning("batch-enrol", message, at, fix));
    }
    let over = over(batch.when("start")?, Some(batch), cx.zone, &own);
    let late =
        opens.is_some_and(|opens| opens >= over) || closes.is_some_and(|closes| closes > over);
    late.then(|| {
        let message = "enrolment runs on after the batch is over";
        cx.warning(
            "batch-enrol",
            message,
            at,
            "write a day up to the batch's last",
        )
    })
}

/// When a batch starts: the first hour of its first day, where hours are written.
fn first_moment(batch: &Record, cx: &CheckContext<'_>) -> Option<Timestamp> {
    let zone = own_zone(Some(batch), cx.zone);
    Some(starts(batch.when("start")?, Some(batch), cx.zone, &zone))
}

/// The zone of a batch's hours: its own, else the site's.
pub fn own_zone(batch: Option<&Record>, zone: &TimeZone) -> TimeZone {
    let named = batch.and_then(|batch| batch.text("zone"));
    let own = named.and_then(|name| TimeZone::get(name).ok());
    own.unwrap_or_else(|| zone.clone())
}

/// The zone in which a day or a time of a batch is read: days are the site's, as everywhere; a
/// time of the clock without an offset is one of the batch's own clock.
pub fn zone_of<'z>(when: When, zone: &'z TimeZone, own_zone: &'z TimeZone) -> &'z TimeZone {
    match when {
        When::Local(_) => own_zone,
        When::Day(_) | When::Instant(..) => zone,
    }
}

/// From when and until when one can enrol in a batch, where that is written.
pub fn enrolling(
    batch: &Record,
    zone: &TimeZone,
    own_zone: &TimeZone,
) -> (Option<Timestamp>, Option<Timestamp>) {
    let (from, until) = (batch.when("enrol_from"), batch.when("enrol_until"));
    let opens = from.map(|from| from.to_timestamp_start(zone_of(from, zone, own_zone)));
    let closes = until.map(|until| until.to_timestamp_end(zone_of(until, zone, own_zone)));
    (opens, closes)
}

/// When a batch starts: days are those of the site's zone, hours the batch's own.
pub fn starts(
    start: When,
    batch: Option<&Record>,
    zone: &TimeZone,
    own_zone: &TimeZone,
) -> Timestamp {
    let hours = batch.and_then(|batch| batch.hours("time"));
    match (start, hours) {
        (When::Day(day), Some(hours)) => {
            When::Local(day.to_datetime(hours.from)).to_timestamp_start(own_zone)
        }
        _ => start.to_timestamp_start(zone_of(start, zone, own_zone)),
    }
}

/// When a batch is over: with its last day, that of its start where no other is written, and not
/// before its lessons are. In a zone west of the site's the site's day may end before.
pub fn over(
    start: When,
    batch: Option<&Record>,
    zone: &TimeZone,
    own_zone: &TimeZone,
) -> Timestamp {
    let end = batch.and_then(|batch| batch.when("end"));
    let last = end.unwrap_or(When::Day(start.date_in(zone)));
    let over = last
        .to_timestamp_end(zone_of(last, zone, own_zone))
        .max(starts(start, batch, zone, own_zone));
    let Some(hours) = batch.and_then(|batch| batch.hours("time")) else {
        return over;
    };
    over.max(match (last, hours.to) {
        (When::Day(day), Some(to)) => When::Local(day.to_datetime(to)).to_timestamp_start(own_zone),
        _ => last.to_timestamp_end(own_zone),
    })
}

fn weekday(batch: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let start = match batch.when("start")? {
        When::Day(day) => day,
        // Its days are those of its own clock, as its hours are.
        time => own_time(time, batch, cx)?.date(),
    };
    let start = start.weekday();
    let days = batch.list("days");
    let is_it = |day: &Typed| day.as_text().and_then(parse_weekday) == Some(start);
    (!days.is_empty() && !days.iter().any(is_it)).then(|| {
        let name = weekday_name(start, "en");
        let message = format!("this batch starts on a {name}, which is none of its days");
        let at = batch.span("start").unwrap_or_default();
        cx.warning("batch-weekday", message, at, "is the date right?")
            .at(cx.path, batch.span("days").unwrap_or_default(), "the days")
    })
}

/// A time of a batch on its own clock; none for a whole day.
fn own_time(when: When, batch: &Record, cx: &CheckContext<'_>) -> Option<DateTime> {
    let own = own_zone(Some(batch), cx.zone);
    match when {
        When::Day(_) => None,
        When::Local(local) => Some(local),
        When::Instant(instant, _) => Some(own.to_datetime(instant)),
    }
}

/// A start or an end whose time of day is another one than that of the lessons.
fn clock(
    batch: &Record,
    field: &str,
    of: impl Fn(Hours) -> Option<Time>,
    cx: &CheckContext<'_>,
) -> Option<Diagnostic> {
    let written = own_time(batch.when(field)?, batch, cx)?.time();
    let lesson = of(batch.hours("time")?)?;
    let shown = |from: Time| Hours { from, to: None }.text("en");
    let does = match field {
        "start" => "starts",
        _ => "ends",
    };
    let message = format!(
        "this batch {does} at {}, its lessons at {}",
        shown(written),
        shown(lesson)
    );
    (written != lesson).then(|| {
        let fix = "write the day alone, or correct one of the two";
        let at = batch.span(field).unwrap_or_default();
        cx.warning("batch-time", message, at, fix).at(
            cx.path,
            batch.span("time").unwrap_or_default(),
            "the lessons",
        )
    })
}

/// The zone that someone who wrote this most likely meant: one of Indonesia first.
fn nearest_zone(name: &str) -> Option<String> {
    let own = ZONES.iter().map(|(_, zone)| *zone);
    if let Some(near) = nearest(name, own) {
        return Some(near.to_owned());
    }
    let all: Vec<String> = jiff::tz::db()
        .available()
        .map(|zone| zone.to_string())
        .collect();
    nearest(name, all.iter().map(String::as_str)).map(str::to_owned)
}

fn zone(batch: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let name = batch.text("zone")?;
    let at = batch.span("zone")?;
    if TimeZone::get(name).is_ok() {
        return None;
    }
    let known = ZONES
        .iter()
        .find(|(short, _)| name.eq_ignore_ascii_case(short));
    let zone = match known {
        Some((_, zone)) => (*zone).to_owned(),
        None => nearest_zone(name).unwrap_or_else(|| "Asia/Jakarta".to_owned()),
    };
    let fix = format!("write {}", cx.line("zone", &format!("\"{zone}\"")));
    Some(cx.error(
        "unknown-zone",
        format!("there is no time zone `{name}`"),
        at,
        fix,
    ))
}
