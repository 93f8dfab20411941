//! Amounts in entries of feeds.

use serde_json::Value;

use super::courses::Courses;
use super::due::Due;
use super::seen;
use super::tell::{File, literals};
use crate::diag::Diagnostic;
use crate::site::PageId;

/// An Atom feed. One that is no XML is for others to report.
pub(super) fn atom(file: &File<'_>, courses: &Courses) -> Vec<Diagnostic> {
    let Ok(document) = roxmltree::Document::parse(file.text) else {
        return Vec::new();
    };
    let lang = document
        .root_element()
        .attributes()
        .find(|attribute| attribute.name() == "lang")
        .map_or(file.site.lang(0), |attribute| attribute.value());
    let named =
        |name: &'static str| move |node: &roxmltree::Node<'_, '_>| node.tag_name().name() == name;
    let mut found = Vec::new();
    for entry in document.descendants().filter(named("entry")) {
        let mut links = entry.children().filter(named("link"));
        let target = links.find_map(|link| course(file, courses, link.attribute("href")?));
        let Some(id) = target else {
            continue;
        };
        let texts = entry
            .children()
            .filter(|node| matches!(node.tag_name().name(), "title" | "summary" | "content"));
        for node in texts {
            let line = file.line_of(node.range().start);
            let text = node.text().unwrap_or_default();
            found.extend(entry_text(file, &seen::plain(text), lang, line, id));
        }
    }
    found
}

/// A JSON feed.
pub(super) fn json(file: &File<'_>, courses: &Courses) -> Vec<Diagnostic> {
    let Ok(feed) = serde_json::from_str::<Value>(file.text) else {
        return Vec::new();
    };
    let lang = feed["language"].as_str().unwrap_or(file.site.lang(0));
    let mut found = Vec::new();
    for item in feed["items"].as_array().into_iter().flatten() {
        let target = item["url"].as_str();
        let Some(id) = target.and_then(|url| course(file, courses, url)) else {
            continue;
        };
        let at = file
            .text
            .find(target.unwrap_or_default())
            .unwrap_or_default();
        let line = file.line_of(at);
        for key in ["title", "summary", "content_text", "content_html"] {
            let text = seen::plain(item[key].as_str().unwrap_or_default());
            found.extend(entry_text(file, &text, lang, line, id));
        }
    }
    found
}

fn course(file: &File<'_>, courses: &Courses, url: &str) -> Option<PageId> {
    let priced = |id: &PageId| file.site.entity(*id).sale.is_some();
    courses.at(url).filter(priced)
}

/// The first amount of a text that is none of its course.
fn entry_text(
    file: &File<'_>,
    text: &str,
    lang: &str,
    line: usize,
    id: PageId,
) -> Option<Diagnostic> {
    let due = Due::of(file.site.entity(id));
    let all = literals(text, lang);
    let shown = all.iter().any(|(_, literal)| due.is_now(literal));
    let (range, _) = all.into_iter().find(|(_, literal)| {
        let stale = due.has(literal) && !shown;
        let strange = !due.has(literal) && !due.is_foreign(literal);
        stale || strange && !file.author_says(id, literal)
    })?;
    let written = text[range].trim();
    // A text may be long and its lines joined: the line is that of the amount where it is found.
    let after: Vec<&str> = file.text.split('\n').skip(line - 1).collect();
    let further = after.iter().position(|line| line.contains(written));
    let line = line + further.unwrap_or_default();
    Some(file.told("price-feed", written, line, id, &due))
}
