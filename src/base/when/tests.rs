//! Dates as written, their instants, and what is said of those that are refused.

use super::*;
use proptest::prelude::*;

fn jakarta() -> TimeZone {
    TimeZone::get("Asia/Jakarta").unwrap()
}

fn read(text: &str) -> String {
    When::parse(text).unwrap().rfc3339(&jakarta())
}

fn refused(text: &str) -> (&'static str, String, String) {
    let error = When::parse(text).unwrap_err();
    (
        error.code(),
        error.message().to_owned(),
        error.fix("date", ": "),
    )
}

#[test]
fn no_two_values_hash_alike() {
    let print = |text: &str| {
        let mut hasher = Hasher::new();
        When::parse(text).unwrap().hash_into(&mut hasher);
        hasher.finish()
    };
    let texts = [
        "2026-11-22",
        "2026-11-23",
        "2026-12-22",
        "2025-11-22",
        "2026-11-22 00:00",
        "2026-11-22 19:00",
        "2026-11-22 00:19",
        "2026-11-22T19:00:00Z",
        "2026-11-22T19:00:00+07:00",
        "2026-11-22T12:00:00Z",
    ];
    let all: std::collections::HashSet<_> = texts.iter().map(|text| print(text)).collect();
    assert_eq!(all.len(), texts.len());
}

#[test]
fn reads_what_authors_write() {
    assert_eq!(
        When::parse("2026-11-22"),
        Ok(When::Day(Date::constant(2026, 11, 22)))
    );
    assert_eq!(read("2026-11-22"), "2026-11-22T00:00:00+07:00");
    for text in [
        "2026-11-22 19:00",
        "2026-11-22T19:00:00",
        "2026-11-22 19.00",
        "2026-11-22T19:00:00.0",
    ] {
        assert_eq!(read(text), "2026-11-22T19:00:00+07:00", "{text}");
    }
    for text in [
        "2026-11-22T19:00:00+08:00",
        "2026-11-22 19:00 +08:00",
        "2026-11-22 19:00+0800",
        "2026-11-22 19:00+08",
    ] {
        assert_eq!(read(text), "2026-11-22T19:00:00+08:00", "{text}");
    }
    assert_eq!(read("2026-11-22T12:00:00Z"), "2026-11-22T12:00:00+00:00");
    assert_eq!(
        read("2026-11-22T12:00:00-03:30"),
        "2026-11-22T12:00:00-03:30"
    );
    assert_eq!(read("2024-02-29"), "2024-02-29T00:00:00+07:00");
}

#[test]
fn says_what_is_impossible() {
    let table = [
        (
            "2026-02-30",
            "\"2026-02-30\" does not exist: February 2026 has 28 days",
            "write: date: 2026-02-28",
        ),
        (
            "2025-02-29",
            "\"2025-02-29\" does not exist: 2025 is no leap year",
            "write: date: 2025-02-28",
        ),
        (
            "2026-04-31",
            "\"2026-04-31\" does not exist: April 2026 has 30 days",
            "write: date: 2026-04-30",
        ),
        (
            "2026-13-05",
            "\"2026-13-05\" does not exist: there is no month 13",
            "the month stands in the middle: date: 2026-05-13",
        ),
        (
            "2026-13-32",
            "\"2026-13-32\" does not exist: there is no month 13",
            "write year, month and day like this: date: 2026-11-22",
        ),
        (
            "2026-00-10",
            "\"2026-00-10\" does not exist: there is no month 0",
            "write year, month and day like this: date: 2026-11-22",
        ),
        (
            "2026-01-00",
            "\"2026-01-00\" does not exist: there is no day 0",
            "write: date: 2026-01-01",
        ),
        (
            "0000-01-01",
            "\"0000-01-01\" does not exist: there is no year 0",
            "write year, month and day like this: date: 2026-11-22",
        ),
    ];
    for (text, message, fix) in table {
        assert_eq!(
            refused(text),
            ("date-impossible", message.to_owned(), fix.to_owned())
        );
    }
    let (code, message, fix) = refused("2026-11-22 24:00");
    assert_eq!(
        (code, fix.as_str()),
        (
            "time-impossible",
            "write the next day: date: 2026-11-23T00:00:00"
        )
    );
    assert!(message.contains("hour 24"), "{message}");
    assert_eq!(refused("2026-11-22T19:60:00").0, "time-impossible");
    assert_eq!(refused("2026-11-22T19:00:00+17:00").0, "date-offset");
    assert_eq!(refused("2026-11-22T19:00:00+07:60").0, "date-offset");
}

/// What is written, the code of its error, and the fix; nothing for what is right.
const OTHER_ORDERS: &[(&str, &str, &str)] = &[
    (
        "22/11/2026",
        "date-order",
        "write year, month and day: date: 2026-11-22",
    ),
    (
        "22-11-2026",
        "date-order",
        "write year, month and day: date: 2026-11-22",
    ),
    (
        "22.11.2026",
        "date-order",
        "write year, month and day: date: 2026-11-22",
    ),
    (
        "11/22/2026",
        "date-order",
        "write year, month and day: date: 2026-11-22",
    ),
    (
        "3/4/2026",
        "date-order",
        "write year, month and day: date: 2026-04-03, or 2026-03-04 for March 4",
    ),
    (
        "4/4/2026",
        "date-order",
        "write year, month and day: date: 2026-04-04",
    ),
    (
        "2026/11/22",
        "date-syntax",
        "write year, month and day: date: 2026-11-22",
    ),
    (
        "2026-1-5",
        "date-syntax",
        "write year, month and day: date: 2026-01-05",
    ),
    (
        "22 November 2026",
        "date-syntax",
        "write year, month and day: date: 2026-11-22",
    ),
    (
        "Minggu, 2 Agustus 2026",
        "date-syntax",
        "write year, month and day: date: 2026-08-02",
    ),
    (
        "Nov 22, 2026",
        "date-syntax",
        "write year, month and day: date: 2026-11-22",
    ),
    (
        "besok",
        "date-syntax",
        "write year, month and day like this: date: 2026-11-22",
    ),
    (
        "",
        "date-syntax",
        "write year, month and day like this: date: 2026-11-22",
    ),
    (
        "2026-11-22 19:00 WIB",
        "date-syntax",
        "write: date: 2026-11-22T19:00:00+07:00",
    ),
    (
        "2026-11-22 malam",
        "date-syntax",
        "write date and time like this: date: 2026-11-22T19:00:00",
    ),
    ("2026-11-22 ", "", ""),
];

#[test]
fn other_orders_show_the_iso_form() {
    for (text, code, fix) in OTHER_ORDERS.iter().copied() {
        if code.is_empty() {
            assert!(When::parse(text).is_ok());
            continue;
        }
        let (found, _, remedy) = refused(text);
        assert_eq!((found, remedy.as_str()), (code, fix), "{text}");
    }
}

#[test]
fn a_day_lasts_until_the_next_midnight_of_the_zone() {
    let day = When::parse("2026-11-22").unwrap();
    let zone = jakarta();
    assert_eq!(
        day.to_timestamp_start(&zone).to_string(),
        "2026-11-21T17:00:00Z"
    );
    assert_eq!(
        day.to_timestamp_end(&zone).to_string(),
        "2026-11-22T17:00:00Z"
    );
    let time = When::parse("2026-11-22 19:00").unwrap();
    assert_eq!(time.to_timestamp_end(&zone), time.to_timestamp_start(&zone));
}

#[test]
fn a_day_is_as_long_as_its_zone_makes_it() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let hours = |text: &str| {
        let day = When::parse(text).unwrap();
        (day.to_timestamp_end(&zone).as_second() - day.to_timestamp_start(&zone).as_second()) / 3600
    };
    assert_eq!(hours("2026-03-29"), 23);
    assert_eq!(hours("2026-10-25"), 25);
}

#[test]
fn an_instant_falls_on_the_day_of_the_sites_zone() {
    let late = When::parse("2026-11-22T20:00:00Z").unwrap();
    assert_eq!(late.date_in(&jakarta()), Date::constant(2026, 11, 23));
    assert_eq!(late.to_zoned(&jakarta()).hour(), 3);
}

#[test]
fn the_ends_of_the_calendar_do_not_panic() {
    for date in [Date::MIN, Date::MAX] {
        let day = When::Day(date);
        for zone in [
            jakarta(),
            TimeZone::UTC,
            TimeZone::get("America/New_York").unwrap(),
        ] {
            assert!(day.to_timestamp_start(&zone) <= day.to_timestamp_end(&zone));
            assert!(!day.rfc3339(&zone).is_empty());
        }
    }
}

#[test]
fn old_offsets_with_seconds_keep_their_instant() {
    let old = When::parse("1900-01-01").unwrap();
    let text = old.rfc3339(&jakarta());
    assert_eq!(text, "1899-12-31T23:59:48+07:07");
    let back = When::parse(&text).unwrap();
    assert_eq!(
        back.to_timestamp_start(&jakarta()),
        old.to_timestamp_start(&jakarta())
    );
}

proptest! {
    #[test]
    fn rfc3339_reads_back(second in 0..4_000_000_000i64, minutes in -14 * 60..=14 * 60i32) {
        let instant = Timestamp::from_second(second).unwrap();
        let text = rfc3339(instant, minutes * 60);
        prop_assert_eq!(When::parse(&text), Ok(When::Instant(instant, minutes * 60)), "{}", text);
    }

    #[test]
    fn real_dates_are_read_and_others_are_not(year in 1..=9999i16, month in 0..=14i8, day in 0..=32i8) {
        let text = format!("{year:04}-{month:02}-{day:02}");
        let real = Date::new(year, month, day).ok();
        prop_assert_eq!(When::parse(&text).ok(), real.map(When::Day));
    }

    #[test]
    fn no_text_panics(text in "\\PC*") {
        if let Err(error) = When::parse(&text) {
            prop_assert!(error.fix("date", " = ").contains("date = "));
        }
    }

    #[test]
    fn nothing_like_a_date_panics(text in "[0-9]{0,5}[-/. ][0-9]{0,3}[-/. ][0-9]{0,5}[T ]?[0-9:.]{0,9}[Z+-]?[0-9:]{0,6}") {
        if let Err(error) = When::parse(&text) {
            prop_assert!(error.fix("date", " = ").contains("date = "));
        }
    }

    #[test]
    fn the_order_is_total_and_a_day_comes_before_its_times(a in 0..3000i64, b in 0..3000i64) {
        let zone = jakarta();
        let at = |n: i64| When::Instant(Timestamp::from_second(n * 7200).unwrap(), 0);
        prop_assert_eq!(a.cmp(&b), at(a).order_key(&zone).cmp(&at(b).order_key(&zone)));
        let day = When::Day(at(a).date_in(&zone));
        prop_assert!(day.order_key(&zone) < at(a).order_key(&zone));
    }
}
