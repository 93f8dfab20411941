//! What a course must cost and what its batches must do, worked out again: by whole days and
//! minutes of one zone, straight from the front matter, with nothing of the program but its
//! reading of YAML and TOML.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use silabus::data::{Node, Raw};

/// All of the example site is in Jakarta, seven hours before the world, all year.
const HOURS: i64 = 7;

/// A promo or campaign.
struct Cut {
    from: Option<Timestamp>,
    until: Timestamp,
    label: String,
    /// Tenths of a percent, or an amount.
    tenths: Option<i128>,
    amount: Option<i128>,
    variants: bool,
}

/// What should be shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) now: String,
    pub(crate) was: String,
    pub(crate) label: String,
}

fn text(node: &Node) -> String {
    match &node.raw {
        Raw::Text(text) | Raw::When(text) | Raw::Float(text) => text.to_string(),
        Raw::Int(number) => number.to_string(),
        other => panic!("no text: {other:?}"),
    }
}

fn at(table: &Node, key: &str) -> Option<String> {
    table.get(key).map(text)
}

fn list<'a>(table: &'a Node, key: &str) -> &'a [Node] {
    match table.get(key).map(|node| &node.raw) {
        Some(Raw::List(items)) => items,
        _ => &[],
    }
}

/// The first moment of what was written.
fn start(written: &str) -> Timestamp {
    let (date, clock) = written.split_once([' ', 'T']).unwrap_or((written, "00:00"));
    let date: Date = date.parse().unwrap();
    let clock = if clock.len() == 5 {
        format!("{clock}:00")
    } else {
        clock.to_owned()
    };
    let local: DateTime = format!("{date}T{clock}").parse().unwrap();
    let utc = local.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
    utc.checked_sub(jiff::SignedDuration::from_hours(HOURS))
        .unwrap()
}

/// The first moment after what was written.
fn end(written: &str) -> Timestamp {
    let whole_day = written.len() == 10;
    let hours = jiff::SignedDuration::from_hours(if whole_day { 24 } else { 0 });
    start(written).checked_add(hours).unwrap()
}

fn cut(table: &Node) -> Cut {
    let tenths = at(table, "percent").map(|text| {
        let (whole, rest) = text.split_once('.').unwrap_or((&text, "0"));
        whole.parse::<i128>().unwrap() * 10 + rest.parse::<i128>().unwrap()
    });
    Cut {
        from: at(table, "from").map(|text| start(&text)),
        until: end(&at(table, "until").unwrap()),
        label: at(table, "label").unwrap_or_default(),
        tenths,
        amount: at(table, "price").map(|text| text.parse().unwrap()),
        variants: !list(table, "variants").is_empty(),
    }
}

/// Whole rupiah, as they are written.
pub(crate) fn rupiah(amount: i128) -> String {
    let digits = amount.to_string();
    let mut written = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push('.');
        }
        written.push(digit);
    }
    format!("Rp{written}")
}

/// What the page of a course must show; none where it has no price.
pub(crate) fn price(course: &Node, settings: &Node, now: Timestamp) -> Option<Due> {
    let normal: i128 = at(course, "price")?.parse().unwrap();
    let own = list(course, "promos").iter();
    let shared = list(settings, "campaigns").iter();
    let running = own
        .chain(shared)
        .map(cut)
        .filter(|cut| !cut.variants && cut.from.is_none_or(|from| from <= now) && now < cut.until);
    let lowered = running.map(|cut| {
        let amount = match (cut.tenths, cut.amount) {
            (Some(tenths), _) => (normal * (1000 - tenths) + 500) / 1000,
            (None, amount) => amount.unwrap(),
        };
        (amount, cut.label)
    });
    let lowest = lowered
        .filter(|(amount, _)| *amount < normal)
        .min_by_key(|(amount, _)| *amount);
    let list = at(course, "list_price").map(|text| rupiah(text.parse().unwrap()));
    Some(match lowest {
        Some((amount, label)) => Due {
            now: rupiah(amount),
            was: rupiah(normal),
            label,
        },
        None => Due {
            now: rupiah(normal),
            was: list.unwrap_or_default(),
            label: String::new(),
        },
    })
}

/// The batches of a course: the day each starts, the word for its state, whether one can enrol.
/// What is over is not shown and has no word.
pub(crate) fn batches(course: &Node, now: Timestamp) -> Vec<(String, &'static str, bool)> {
    let closed = matches!(
        at(course, "status").as_deref(),
        Some("closed" | "archived" | "tutup" | "arsip")
    );
    let soon = matches!(
        at(course, "status").as_deref(),
        Some("coming_soon" | "segera")
    );
    let asked = at(course, "offer").as_deref() == Some("on_request");
    let batch = |batch: &Node| {
        let first = at(batch, "start").unwrap();
        let (state, open) = batch_state(batch, &first, now);
        let (state, open) = match state {
            "Dibuka" | "Kursi terakhir" if soon => ("Belum dibuka", false),
            "Dibuka" | "Kursi terakhir" | "Belum dibuka" if closed => ("Ditutup", false),
            state => (state, open && !asked),
        };
        (first, state, open)
    };
    list(course, "batches").iter().map(batch).collect()
}

fn batch_state(batch: &Node, first: &str, now: Timestamp) -> (&'static str, bool) {
    match at(batch, "status").as_deref() {
        Some("cancelled" | "batal" | "dibatalkan") => {
            let last = at(batch, "end").unwrap_or(first.to_owned());
            let is_over = now >= end(&last);
            return (if is_over { "" } else { "Dibatalkan" }, false);
        }
        Some("postponed" | "tunda" | "ditunda") => return ("Ditunda", false),
        _ => {}
    }
    // Makassar is an hour ahead of Jakarta.
    let ahead = i64::from(at(batch, "zone").as_deref() == Some("Asia/Makassar"));
    let clock = at(batch, "time").map_or("00:00".to_owned(), |time| time[..5].replace('.', ":"));
    let begins = start(&format!("{first} {clock}"));
    let begins = begins
        .checked_sub(jiff::SignedDuration::from_hours(ahead))
        .unwrap();
    let over = end(&at(batch, "end").unwrap_or(first.to_owned()));
    let opens = at(batch, "enrol_from").map(|text| start(&text));
    let closes = at(batch, "enrol_until").map_or(begins, |text| end(&text));
    let number = |key| at(batch, key).and_then(|text| text.parse::<i64>().ok());
    let left = number("seats_left");
    let few = left.is_some_and(|left| match number("seats") {
        Some(seats) => left == 1 || left * 5 <= seats,
        None => left <= 3,
    });
    if now >= over {
        ("", false)
    } else if opens.is_some_and(|opens| now < opens) {
        ("Belum dibuka", false)
    } else if now < closes && left != Some(0) {
        (if few { "Kursi terakhir" } else { "Dibuka" }, true)
    } else if now < begins {
        ("Ditutup", false)
    } else {
        ("Sedang berjalan", false)
    }
}
