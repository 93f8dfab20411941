//! What a reader sees of a course in the published files.

use serde_json::Value;

use crate::build::{Made, text};
use crate::oracle::rupiah;

/// A price as it stands on a course's page.
#[derive(Debug)]
pub(crate) struct Price {
    pub(crate) now: String,
    pub(crate) was: String,
    pub(crate) label: String,
}

/// A row of the table of batches.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) state: String,
    pub(crate) enrols: bool,
}

/// The text between two marks; none without both.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let rest = text.split_once(from)?.1;
    Some(rest.split_once(to)?.0)
}

/// The text of an element of this class, without what stands in elements within it.
fn of_class(html: &str, class: &str) -> Option<String> {
    let open = html.split_once(&format!("class=\"{class}"))?.1;
    let inner = open.split_once('>')?.1;
    let end = ["</s>", "</strong>", "</p>"]
        .iter()
        .filter_map(|end| inner.find(end))
        .min()?;
    let inner = &inner[..end];
    let text = inner.rsplit('>').next().unwrap_or(inner);
    Some(text.trim().to_owned())
}

fn price(html: &str) -> Price {
    let part = |class| of_class(html, class).unwrap_or_default();
    Price {
        now: part("price-now"),
        was: part("price-was"),
        label: part("price-label"),
    }
}

fn course_page(made: &Made, course: &str) -> String {
    text(made, &format!("kursus/{course}/index.html"))
}

/// The price on the page of a course.
pub(crate) fn page(made: &Made, course: &str) -> Price {
    let html = course_page(made, course);
    let block = between(&html, "<div class=\"price-block\"", "</div>");
    price(block.unwrap_or_else(|| panic!("{course} has no price block")))
}

/// Every other place where the price of a course stands, with what stands there: lists, and what
/// machines read.
pub(crate) fn everywhere(made: &Made, course: &str) -> Vec<(String, String)> {
    let link = format!("/kursus/{course}/\">");
    let mut found = Vec::new();
    for (path, bytes) in made.tree.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for card in html.split("<article class=\"course-card\">").skip(1) {
            let card = card.split("</article>").next().unwrap_or_default();
            if card.contains(&link) {
                found.push((path.clone(), price(card).now));
            }
        }
    }
    found.extend(in_json_ld(made, course).map(|price| ("JSON-LD".to_owned(), price)));
    let export = exported(made, course);
    found.extend(
        export["price"]["text"]
            .as_str()
            .map(|price| (EXPORT.to_owned(), price.to_owned())),
    );
    for feed in FEEDS {
        found.extend(in_feed(made, feed, course).map(|price| (feed.to_owned(), price)));
    }
    found
}

/// The catalogue for programs.
pub(crate) const EXPORT: &str = "courses.json";
/// The feeds of the site.
pub(crate) const FEEDS: [&str; 2] = ["atom.xml", "feed.json"];

/// What the catalogue for programs says of a course.
pub(crate) fn exported(made: &Made, course: &str) -> Value {
    let whole: Value = serde_json::from_str(&text(made, EXPORT)).unwrap();
    let mut courses = whole["courses"].as_array().unwrap().iter();
    let found = courses.find(|one| one["id"] == course);
    found.cloned().unwrap_or_default()
}

/// The price in the entry of a feed that quotes it: see `example::PRICES`.
fn in_feed(made: &Made, feed: &str, course: &str) -> Option<String> {
    let text = text(made, feed);
    let rest = text.split_once(&format!("[{course}:"))?.1;
    let rest = rest.split_once(']')?.0;
    // Attributes may name another price.
    let rest = rest.split_once("price-now")?.1;
    let from = rest.find("Rp")?;
    let length = rest[from + 2..].find(|c: char| !c.is_ascii_digit() && c != '.');
    Some(rest[from..][..length? + 2].to_owned())
}

/// What the page of a course asks its visitor to do, in words.
pub(crate) fn call(made: &Made, course: &str) -> String {
    let html = course_page(made, course);
    let button = between(&html, "class=\"button button-wide\"", "</a>");
    let words = button.and_then(|button| button.split_once('>'));
    words.map_or_else(String::new, |(_, words)| words.trim().to_owned())
}

/// The price of the course's own offer in the graph of its page.
fn in_json_ld(made: &Made, course: &str) -> Option<String> {
    let html = course_page(made, course);
    let json = between(&html, "<script type=\"application/ld+json\">", "</script>")?;
    let graph: Value = serde_json::from_str(json).unwrap();
    let offer = find(&graph, &format!("/kursus/{course}/#offer"))?;
    Some(rupiah(offer.get("price")?.as_i64()?.into()))
}

/// The thing in a graph whose id ends so.
fn find<'a>(value: &'a Value, id: &str) -> Option<&'a Value> {
    let own = value.get("@id").and_then(Value::as_str);
    if own.is_some_and(|own| own.ends_with(id)) && value.get("price").is_some() {
        return Some(value);
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| find(item, id)),
        Value::Object(fields) => fields.values().find_map(|field| find(field, id)),
        _ => None,
    }
}

/// The row of the batch that starts on a day; all empty where it is not shown.
pub(crate) fn batch(made: &Made, course: &str, start: &str) -> Row {
    let html = course_page(made, course);
    let table = between(&html, "<table class=\"batches\"", "</table>").unwrap_or_default();
    let day = format!("<span class=\"batch-start\"><time datetime=\"{start}");
    let row = table
        .split("<tr")
        .find(|row| row.contains(&day))
        .unwrap_or_default();
    let after = row
        .rsplit_once("<span class=\"chip chip-state")
        .and_then(|(_, rest)| rest.split_once('>'))
        .map(|(_, rest)| rest);
    let state = after.and_then(|rest| rest.split('<').next());
    Row {
        state: state.unwrap_or_default().to_owned(),
        enrols: row.contains(">\nDaftar\n<") || row.contains(">Daftar<"),
    }
}
