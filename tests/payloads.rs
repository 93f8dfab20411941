//! Hostile texts in what programs read: they come back as they were written, and break out of
//! nothing. And the calendar against RFC 5545, read by a parser that is not ours.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up shall fail"
)]

#[path = "equality/outlet.rs"]
#[allow(dead_code, reason = "the judge takes more of it")]
mod outlet;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ical::property::Property;
use serde_json::Value;
use silabus::base::SitePath;
use silabus::engine::{BuildOptions, Engine};
use silabus::world::{MemoryWorld, World};

use outlet::{MemoryOutlet, Tree};

const HOSTILE: [&str; 14] = [
    "</script><script>alert(1)</script>",
    "</ScRiPt >",
    "<!--<script>",
    "-->",
    "\"quoted\" 'twice'",
    "a\u{2028}b\u{2029}c",
    "back\\slash \\n \\; \\,",
    "koma, titik koma; titik dua: selesai",
    "BEGIN:VEVENT",
    "]]>",
    "&amp; & &lt;",
    "[tautan](https://a.example/) *tebal* `kode` # judul",
    "panjang sekali, dengan huruf di luar ASCII: é ü 日本語 अ 🎓 dan seterusnya, sampai lebih dari satu baris kalender penuh",
    "\u{202e}kanan ke kiri\u{feff}",
];

fn site(text: &str) -> Tree {
    let quoted = serde_json::to_string(text).unwrap();
    let course = format!(
        "---\ntitle: {quoted}\ndescription: {quoted}\ndate: 2026-11-01\nprice: 2425000\noutcomes: [{quoted}]\n\
         variants: [{{id: a, name: {quoted}, price: 2000000}}]\n\
         batches:\n  - {{start: 2026-12-08, end: 2026-12-20, days: [selasa, kamis], time: \"19.00-21.00\", location: {quoted}}}\n  - 2027-01-12\n\
         faq: [{{q: {quoted}, a: {quoted}}}]\n---\n\nIsi.\n"
    );
    let settings = format!(
        "base_url = \"https://a.example\"\ntitle = {}\ntimezone = \"Asia/Jakarta\"\ngenerate_feeds = true\n\
         [exports]\ncalendar = true\njson_feed = true\nllms = true\nmarkdown = true\n",
        quoted.replace('\u{feff}', "\\uFEFF")
    );
    let template = "<html><head>{{ json_ld() }}</head><body>{{ page.title }}</body></html>";
    let list = "<html><head>{{ json_ld() }}</head><body>{{ section.title }}</body></html>";
    let mut world = MemoryWorld::new();
    for (path, text) in [
        ("silabus.toml", &*settings),
        ("content/courses/a.md", &*course),
        ("templates/course.html", template),
        ("templates/page.html", template),
        ("templates/index.html", list),
        ("templates/section.html", list),
    ] {
        world.insert(SitePath::new(path).unwrap(), text.as_bytes().to_vec());
    }
    let world: Arc<dyn World + Send> = Arc::new(world);
    let outlet = MemoryOutlet::default();
    outlet.begin();
    let now = "2026-11-22T08:00:00+07:00".parse().unwrap();
    let build = Engine::new().build(&world, &BuildOptions::at(now), &outlet);
    assert!(!build.failed(), "{text:?}: {:?}", build.diagnostics);
    outlet.end(false).unwrap()
}

fn text(tree: &Tree, path: &str) -> String {
    let bytes = tree.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// All texts of a tree of JSON.
fn strings<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(map) => map.values().for_each(|value| strings(value, found)),
        _ => {}
    }
}

fn holds(json: &str, wanted: &str, at_least: usize) {
    let value: Value = serde_json::from_str(json).unwrap();
    let mut found = Vec::new();
    strings(&value, &mut found);
    let count = found.iter().filter(|text| **text == wanted).count();
    assert!(
        count >= at_least,
        "{wanted:?} stands {count} times in {json}"
    );
}

#[test]
fn json_gives_texts_back() {
    for hostile in HOSTILE {
        let tree = site(hostile);
        holds(&text(&tree, "courses.json"), hostile, 4);
        holds(&text(&tree, "feed.json"), hostile, 2);
    }
}

#[test]
fn the_graph_of_a_page_ends_where_it_should() {
    for hostile in HOSTILE {
        let html = text(&site(hostile), "courses/a/index.html");
        let (_, rest) = html
            .split_once("<script type=\"application/ld+json\">")
            .unwrap();
        let (json, after) = rest.split_once("</script>").unwrap();
        for sign in ['<', '>', '&', '\u{2028}', '\u{2029}'] {
            assert!(!json.contains(sign), "{hostile:?}: {sign:?} in {json}");
        }
        assert!(after.starts_with("</head>"), "{hostile:?}: {after}");
        holds(json, hostile, 2);
    }
}

#[test]
fn texts_for_machines_keep_their_lines() {
    let harmless = site("baik");
    for path in ["llms.txt", "courses/a/index.html.md"] {
        let lines = text(&harmless, path).lines().count();
        for hostile in HOSTILE {
            let made = text(&site(hostile), path);
            assert_eq!(
                made.lines().count(),
                lines,
                "{hostile:?} in {path}:\n{made}"
            );
            assert!(made.starts_with("# "), "{path}: {made}");
        }
    }
}

fn value<'a>(properties: &'a [Property], name: &str) -> Option<&'a str> {
    let mut all = properties.iter().filter(|property| property.name == name);
    let first = all.next()?;
    assert!(all.next().is_none(), "{name} stands twice");
    first.value.as_deref()
}

/// What RFC 5545, 3.3.11 writes with a backslash.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match (sign, sign == '\\') {
            (_, true) => match signs.next().unwrap() {
                'n' | 'N' => plain.push('\n'),
                other => {
                    assert!(matches!(other, '\\' | ';' | ','), "\\{other} in {text}");
                    plain.push(other);
                }
            },
            _ => {
                assert!(!matches!(sign, ';' | ','), "a bare {sign} in {text}");
                plain.push(sign);
            }
        }
    }
    plain
}

#[test]
fn the_calendar_is_as_rfc_5545_wants_it() {
    for hostile in HOSTILE {
        let made = text(&site(hostile), "jadwal.ics");
        assert!(made.ends_with("END:VCALENDAR\r\n"));
        for line in made.split_inclusive("\r\n") {
            assert!(line.ends_with("\r\n") && line.len() <= 77, "{line:?}");
            assert!(!line[..line.len() - 2].contains(['\n', '\r']), "{line:?}");
        }
        let mut calendars = ical::IcalParser::new(made.as_bytes());
        let calendar = calendars.next().unwrap().unwrap();
        assert!(calendars.next().is_none());
        assert_eq!(value(&calendar.properties, "VERSION"), Some("2.0"));
        assert!(value(&calendar.properties, "PRODID").is_some());
        let name = value(&calendar.properties, "X-WR-CALNAME").unwrap();
        assert_eq!(unescaped(name), hostile);
        let zones: BTreeSet<&str> = calendar
            .timezones
            .iter()
            .map(|zone| {
                assert!(!zone.transitions.is_empty());
                for part in &zone.transitions {
                    for name in ["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"] {
                        assert!(value(&part.properties, name).is_some(), "{name}");
                    }
                }
                value(&zone.properties, "TZID").unwrap()
            })
            .collect();
        assert_eq!(calendar.events.len(), 2, "{hostile:?}");
        let mut ids = BTreeMap::new();
        for event in &calendar.events {
            let own = |name| value(&event.properties, name);
            assert_eq!(unescaped(own("SUMMARY").unwrap()), hostile);
            assert!(own("DTSTAMP").unwrap().ends_with('Z'));
            assert!(own("DTSTART").is_some());
            assert!(own("DTEND").is_none() || own("DURATION").is_none());
            assert!(["CONFIRMED", "TENTATIVE", "CANCELLED"].contains(&own("STATUS").unwrap()));
            ids.insert(own("UID").unwrap().to_owned(), ());
            for property in &event.properties {
                let parameters = property.params.iter().flatten();
                for (_, values) in parameters.filter(|(name, _)| name == "TZID") {
                    assert!(
                        values.iter().all(|zone| zones.contains(&**zone)),
                        "{values:?}"
                    );
                }
            }
        }
        let place = calendar
            .events
            .iter()
            .find_map(|event| value(&event.properties, "LOCATION"));
        assert_eq!(unescaped(place.unwrap()), hostile);
        assert_eq!(ids.len(), 2, "ids are unique");
    }
}
