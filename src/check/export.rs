//! Prices in `courses.json`.

use serde_json::Value;

use super::courses::Courses;
use super::due::Due;
use super::graph::text;
use super::tell::File;
use crate::base::Money;
use crate::diag::Diagnostic;
use crate::site::PageId;

pub(super) fn check(file: &File<'_>, courses: &Courses) -> Vec<Diagnostic> {
    let Ok(whole) = serde_json::from_str::<Value>(file.text) else {
        return Vec::new();
    };
    let entries = whole["courses"].as_array().into_iter().flatten();
    let named = entries.filter_map(|entry| Some((courses.at(entry["url"].as_str()?)?, entry)));
    named
        .filter_map(|(id, entry)| course(file, id, entry))
        .collect()
}

fn course(file: &File<'_>, id: PageId, entry: &Value) -> Option<Diagnostic> {
    let due = Due::of(file.site.entity(id));
    let written = text(&entry["price"]["amount"]);
    let told = |money: Money| Some(money.major_text());
    if written == due.own.and_then(told) {
        return None;
    }
    let written = written.unwrap_or_else(|| "null".to_owned());
    let at = file.text.find(entry["url"].as_str()?).unwrap_or_default();
    let amount = file.text[at..].find(&format!("\"amount\": {written}"));
    let line = file.line_of(at + amount.unwrap_or_default());
    Some(file.told("price-export", &written, line, id, &due))
}
