//! SARIF 2.1.0, the format of code-scanning services.
//!
//! Source: OASIS, *Static Analysis Results Interchange Format (SARIF) Version 2.1.0*.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::source::{Place, Texts};
use super::{Diagnostic, Label, Report, Sources};
use crate::base::SitePath;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// A log of one run. Columns count characters, as `columnKind` says.
pub(super) fn render(report: &Report, sources: &dyn Sources) -> String {
    let mut texts = Texts::new(sources);
    let results = report.diagnostics().iter();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver(report) },
            "columnKind": "unicodeCodePoints",
            "results": results.map(|d| result(d, &mut texts)).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn driver(report: &Report) -> Value {
    let codes: BTreeSet<_> = report.diagnostics().iter().map(|d| d.code).collect();
    json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "rules": codes.iter().map(|code| json!({ "id": code })).collect::<Vec<_>>(),
    })
}

fn result(diagnostic: &Diagnostic, texts: &mut Texts<'_>) -> Value {
    let labels: Vec<_> = diagnostic
        .labels
        .iter()
        .map(|l| location(l, texts))
        .collect();
    let (primary, further) = labels.split_at(labels.len().min(1));
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": diagnostic.severity.as_str(),
        "message": { "text": diagnostic.long_message() },
        "locations": primary,
    });
    if !further.is_empty() {
        result["relatedLocations"] = further.into();
    }
    if !diagnostic.pages.is_empty() {
        let pages: Vec<_> = diagnostic.pages.iter().map(SitePath::as_str).collect();
        result["properties"] = json!({ "pages": pages });
    }
    result
}

fn location(label: &Label, texts: &mut Texts<'_>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&label.path) } });
    if let Some(place) = texts.place(label) {
        physical["region"] = region(place);
    }
    let mut location = json!({ "physicalLocation": physical });
    if !label.text.is_empty() {
        location["message"] = json!({ "text": label.text });
    }
    location
}

fn region(place: Place) -> Value {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    })
}

/// A relative reference. Of the characters a path may have, only the unreserved ones of RFC 3986
/// and `/` stay: a `:` in the first component would read as a scheme.
fn uri(path: &SitePath) -> String {
    if path.as_str().is_empty() {
        return "./".to_owned();
    }
    let bytes = path.as_str().bytes();
    bytes.map(encode).collect()
}

fn encode(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_percent_encoded() {
        let path = SitePath::new("content/a b:ü%.md").unwrap();
        assert_eq!(uri(&path), "content/a%20b%3A%C3%BC%25.md");
        assert_eq!(uri(&SitePath::root()), "./");
    }
}
