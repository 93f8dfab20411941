//! Prose of front matter that may name amounts, as passages with their places in the file.

use crate::base::Span;
use crate::base::amounts;
use crate::content::body::{Passage, Prose};
use crate::data::{Record, Typed, Value};

/// Fields that hold sentences, in all kinds that have them. What others said and what machines
/// are told is none of them.
const TEXTS: [&str; 6] = [
    "title",
    "description",
    "summary",
    "outcomes",
    "audience",
    "responsibilities",
];

/// The passages of a front matter.
pub(super) fn passages(text: &str, record: &Record) -> Vec<Passage> {
    let mut found = Vec::new();
    let mut hear = |parts: &[&Typed]| found.extend(passage(text, parts));
    let fields = TEXTS.iter().filter_map(|name| record.get(name));
    fields.for_each(|field| each(field, &mut |one| hear(&[one])));
    for (table, names) in [
        ("seo", &["title", "description"][..]),
        ("prerequisites", &["text"]),
    ] {
        let table = record.table(table);
        let fields = names.iter().filter_map(|name| table?.get(name));
        fields.for_each(|field| each(field, &mut |one| hear(&[one])));
    }
    for (entry, _) in record.tables("faq") {
        // An answer is read as what follows its question.
        let parts: Vec<&Typed> = ["q", "a"]
            .iter()
            .filter_map(|name| entry.get(name))
            .collect();
        hear(&parts);
    }
    found
}

fn each<'r>(typed: &'r Typed, hear: &mut dyn FnMut(&'r Typed)) {
    match &typed.value {
        Value::List(items) => items.iter().for_each(|item| each(item, hear)),
        _ => hear(typed),
    }
}

/// Texts that follow each other as one passage, if it may name amounts. Most name none, and are
/// looked at as they are.
fn passage(file: &str, parts: &[&Typed]) -> Option<Passage> {
    let texts = parts.iter().filter_map(|part| match &part.value {
        Value::Text(value) => Some((part.span, &**value)),
        _ => None,
    });
    if !texts.clone().any(|(_, value)| amounts::may_hold(value)) {
        return None;
    }
    let mut text = String::new();
    let mut places = Vec::new();
    for (span, value) in texts {
        if !text.is_empty() {
            text.push(' ');
        }
        align(file, span, value, text.len(), &mut places);
        text.push_str(value);
    }
    Some(Passage {
        prose: Prose {
            text: text.into(),
            ..Prose::default()
        },
        places: places.into(),
        above: Box::default(),
        head: None,
    })
}

/// Where the words of a value stand: quotes, folded lines and indentation are not in it. A word
/// that was written with signs that stand for others is placed where the one before it ends.
fn align(file: &str, span: Span, value: &str, own: usize, places: &mut Vec<(u32, u32)>) {
    let written = file.get(span.range()).unwrap_or_default();
    let mut from = 0;
    for word in value.split_whitespace() {
        let at = word.as_ptr() as usize - value.as_ptr() as usize;
        let found = written[from..].find(word);
        let start = from + found.unwrap_or_default();
        places.push(((own + at) as u32, span.start + start as u32));
        if found.is_some() {
            from = start + word.len();
        }
    }
}
