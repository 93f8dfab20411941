//! One JSON document for programs; its fields are a promise, told apart by `version`.

use serde_json::{Map, Value, json};

use super::source::Texts;
use super::{Diagnostic, Label, Report, Sources};
use crate::base::SitePath;

/// Rises when a field changes its meaning or goes away; new fields may come without.
const VERSION: u32 = 1;

/// The document. Lines and columns count characters from 1, `offset` and `length` bytes; all of
/// them are null where there is no place, lines and columns also where the file is not available.
pub(super) fn render(report: &Report, sources: &dyn Sources) -> String {
    let mut texts = Texts::new(sources);
    let diagnostics = report.diagnostics().iter();
    let document = json!({
        "version": VERSION,
        "diagnostics": diagnostics.map(|d| diagnostic(d, &mut texts)).collect::<Vec<_>>(),
        "errors": report.errors(),
        "warnings": report.warnings(),
    });
    format!("{document:#}\n")
}

fn diagnostic(diagnostic: &Diagnostic, texts: &mut Texts<'_>) -> Value {
    let mut fields = Map::new();
    fields.insert("code".into(), diagnostic.code.into());
    fields.insert("severity".into(), diagnostic.severity.as_str().into());
    fields.insert("message".into(), diagnostic.message.as_str().into());
    fields.append(&mut place(diagnostic.primary(), texts));
    let labels = diagnostic.labels.iter().map(|l| label(l, texts)).collect();
    fields.insert("labels".into(), labels);
    fields.insert("hints".into(), json!(diagnostic.hints));
    let pages = diagnostic.pages.iter().map(SitePath::as_str).collect();
    fields.insert("pages".into(), pages);
    fields.into()
}

fn label(label: &Label, texts: &mut Texts<'_>) -> Value {
    let mut fields = place(Some(label), texts);
    fields.insert("text".into(), label.text.as_str().into());
    fields.into()
}

fn place(label: Option<&Label>, texts: &mut Texts<'_>) -> Map<String, Value> {
    let place = label.and_then(|label| texts.place(label));
    let span = label.and_then(|label| label.span);
    let fields = [
        ("path", json!(label.map(|label| label.path.as_str()))),
        ("line", json!(place.map(|place| place.line))),
        ("column", json!(place.map(|place| place.column))),
        ("end_line", json!(place.map(|place| place.end_line))),
        ("end_column", json!(place.map(|place| place.end_column))),
        ("offset", json!(span.map(|span| span.start))),
        ("length", json!(span.map(|span| span.range().len()))),
    ];
    let fields = fields.into_iter();
    fields
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
