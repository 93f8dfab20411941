//! What can be wrong with a written date, and the form to write instead.

use super::clock::{self, ClockFault};
use super::remedy::{Misread, Remedy, quoted};
use super::words::{month_name, parse_month};
use jiff::civil::{Date, DateTime};

const LIKE_THIS: &str = "write year, month and day like this";
const IN_ORDER: &str = "write year, month and day";

/// Indonesian zones, which authors write behind a time.
const ZONES: [(&str, &str); 3] = [("WIB", "+07:00"), ("WITA", "+08:00"), ("WIT", "+09:00")];

fn example() -> Remedy {
    Remedy::new(LIKE_THIS).or("2026-11-22", "")
}

/// An ISO date that no calendar has.
pub(crate) fn impossible(text: &str, year: i16, month: i8, day: i8) -> Misread {
    let (why, remedy) = explain(year, month, day);
    let message = format!("{} does not exist: {why}", quoted(text));
    Misread::new("date-impossible", message, remedy)
}

fn explain(year: i16, month: i8, day: i8) -> (String, Remedy) {
    if year < 1 {
        return ("there is no year 0".to_owned(), example());
    }
    let Ok(first) = Date::new(year, month, 1) else {
        let swapped = Date::new(year, day, month).ok();
        let remedy = swapped.map_or_else(example, |date| {
            Remedy::new("the month stands in the middle").or(date.to_string(), "")
        });
        return (format!("there is no month {month}"), remedy);
    };
    if day < 1 {
        let remedy = Remedy::new("write").or(first.to_string(), "");
        return ("there is no day 0".to_owned(), remedy);
    }
    let last = first.last_of_month();
    let why = if (month, day) == (2, 29) {
        format!("{year} is no leap year")
    } else {
        format!("{} {year} has {} days", month_name(month, "en"), last.day())
    };
    (why, Remedy::new("write").or(last.to_string(), ""))
}

/// A date whose time of day was not read; `rest` is what follows the date.
pub(crate) fn clock(text: &str, date: Date, rest: &str, fault: ClockFault) -> Misread {
    let written = quoted(text);
    if fault == ClockFault::Hour(24) {
        let next = date.tomorrow().unwrap_or(date);
        let remedy = Remedy::new("write the next day").or(format!("{next}T00:00:00"), "");
        return Misread::new(
            "time-impossible",
            format!("{written} {}", fault.words()),
            remedy,
        );
    }
    if fault != ClockFault::Shape {
        let remedy = Remedy::new("write").or(date.to_string(), "");
        return Misread::new(
            "time-impossible",
            format!("{written} {}", fault.words()),
            remedy,
        );
    }
    let message = format!("{} behind the date is no time of day", quoted(rest));
    Misread::new("date-syntax", message, zoned(date, rest))
}

/// A time with the name of an Indonesian zone gets its offset.
fn zoned(date: Date, rest: &str) -> Remedy {
    let named = rest.trim().rsplit_once(' ').and_then(|(time, name)| {
        let (_, offset) = ZONES
            .iter()
            .find(|(zone, _)| zone.eq_ignore_ascii_case(name))?;
        Some((clock::read(time.trim()).ok()?, *offset))
    });
    match named {
        Some((time, offset)) => Remedy::new("write").or(format!("{date}T{time}{offset}"), ""),
        None => Remedy::new("write date and time like this").or(format!("{date}T19:00:00"), ""),
    }
}

/// A date and time whose offset was not read.
pub(crate) fn offset(text: &str, local: DateTime) -> Misread {
    let message = format!("the offset of {} does not exist", quoted(text));
    let remedy = Remedy::new("write an offset like this, or none for the site's zone");
    Misread::new(
        "date-offset",
        message,
        remedy.or(format!("{local}+07:00"), ""),
    )
}

/// A text that has not the shape of an ISO date.
pub(crate) fn misshapen(text: &str) -> Misread {
    let written = quoted(text);
    if text.is_empty() {
        return Misread::new("date-syntax", "there is no date", example());
    }
    if let Some(remedy) = day_first(text) {
        let message = format!("{written} does not begin with the year");
        return Misread::new("date-order", message, remedy);
    }
    let meant = year_first(text).or_else(|| in_words(text));
    let remedy = meant.map_or_else(example, |date| {
        Remedy::new(IN_ORDER).or(date.to_string(), "")
    });
    Misread::new("date-syntax", format!("{written} is no date"), remedy)
}

/// Three numbers with `/`, `-` or `.` between them.
fn numbers(text: &str) -> Option<[&str; 3]> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let plain =
        |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let parts: [&str; 3] = parts.try_into().ok()?;
    parts.iter().all(plain).then_some(parts)
}

/// `22/11/2026`; where day and month could be swapped, the second choice is the American order.
fn day_first(text: &str) -> Option<Remedy> {
    let [first, second, year] = numbers(text)?;
    if year.len() != 4 {
        return None;
    }
    let year = year.parse().ok()?;
    let (first, second) = (first.parse().ok()?, second.parse().ok()?);
    let usual = Date::new(year, second, first).ok();
    let american = Date::new(year, first, second)
        .ok()
        .filter(|date| Some(*date) != usual);
    let remedy = Remedy::new(IN_ORDER);
    Some(match (usual, american) {
        (Some(date), Some(other)) => {
            let meaning = format!("{} {}", month_name(other.month(), "en"), other.day());
            remedy
                .or(date.to_string(), "")
                .or(other.to_string(), meaning)
        }
        (Some(date), None) | (None, Some(date)) => remedy.or(date.to_string(), ""),
        (None, None) => example(),
    })
}

/// `2026/11/22`, `2026-1-5`.
fn year_first(text: &str) -> Option<Date> {
    let [year, month, day] = numbers(text)?;
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `22 November 2026`, in either language, with or without the weekday.
fn in_words(text: &str) -> Option<Date> {
    let words = || text.split([' ', ',']).filter(|word| !word.is_empty());
    let number = |len: std::ops::RangeInclusive<usize>| {
        let mut found = words().filter(|word| len.contains(&word.len()));
        found.find_map(|word| word.parse::<i16>().ok())
    };
    let month = words().find_map(parse_month)?;
    let day = i8::try_from(number(1..=2)?).ok()?;
    Date::new(number(4..=4)?, month, day).ok()
}
