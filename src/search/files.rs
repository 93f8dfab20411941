//! The files of an index.
//!
//! `index.json` says how many others there are; `pages-N.json` hold what results show, in the
//! order of their numbers; `words-N.json` hold the words that begin alike with their stems, and
//! stems with their pages: `[page, weight, distance to the next page, weight, …]`.

use serde_json::{Map as Object, Value, json};

use super::documents::Document;
use super::index::Index;
use crate::base::Fingerprint;

/// Pages in one file.
const PAGES: usize = 200;

/// Pages for which one bucket is enough.
const PAGES_PER_BUCKET: usize = 16;

/// The most buckets.
const MOST: usize = 256;

/// One file of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What there is.
    Index,
    /// What results show, of pages from this number times two hundred on.
    Pages(u32),
    /// Words that begin alike.
    Words(u32),
}

impl Part {
    /// Its name.
    pub fn name(self) -> String {
        match self {
            Self::Index => "index.json".to_owned(),
            Self::Pages(number) => format!("pages-{number}.json"),
            Self::Words(number) => format!("words-{number}.json"),
        }
    }
}

/// All parts of an index of so many pages; none of no pages.
pub(super) fn parts(pages: usize) -> Vec<Part> {
    if pages == 0 {
        return Vec::new();
    }
    let runs = pages.div_ceil(PAGES) as u32;
    let mut parts = vec![Part::Index];
    parts.extend((0..runs).map(Part::Pages));
    parts.extend((0..buckets(pages)).map(Part::Words));
    parts
}

/// A power of two, so that a growing site seldom changes all files.
pub(super) fn buckets(pages: usize) -> u32 {
    (pages / PAGES_PER_BUCKET).next_power_of_two().min(MOST) as u32
}

/// The bucket of a word or stem: its first two characters decide, so that all words with the
/// beginning that a visitor has typed so far are in one file. The page's script does the same.
pub(super) fn bucket(word: &str, buckets: u32) -> u32 {
    let mut chars = word.chars().map(u32::from);
    let (first, second) = (chars.next().unwrap_or(0), chars.next().unwrap_or(0));
    (first * 31 + second) % buckets
}

/// The bytes of one file.
pub(super) fn bytes(index: &Index, lang: &str, print: Fingerprint, part: Part) -> Vec<u8> {
    let count = index.documents.len();
    let value = match part {
        Part::Index => json!({
            "version": 1,
            "lang": lang,
            "stamp": print.hex(8),
            "pages": count,
            "pages_per_file": PAGES,
            "buckets": buckets(count),
        }),
        Part::Pages(number) => {
            let run = index.documents.chunks(PAGES).nth(number as usize);
            run.unwrap_or_default().iter().map(shown).collect()
        }
        Part::Words(number) => words(index, number),
    };
    value.to_string().into_bytes()
}

fn shown(document: &Document) -> Value {
    let mut object = Object::new();
    let mut set = |key: &str, value: &str| {
        if !value.is_empty() {
            object.insert(key.to_owned(), Value::from(value));
        }
    };
    set("title", &document.title);
    set("url", &document.url);
    set("description", &document.description);
    set("kind", &document.kind);
    set("level", document.level.as_deref().unwrap_or_default());
    set("offer", document.offer.as_deref().unwrap_or_default());
    if let Some(price) = &document.price {
        set("price", &price.display);
        if let Some((until, then)) = &price.then {
            set("until", until);
            set("then", then);
        }
        let amount = price.amount.parse::<i64>();
        let amount = amount.map_or_else(|_| Value::from(&*price.amount), Value::from);
        object.insert("amount".to_owned(), amount);
        if price.from {
            object.insert("from".to_owned(), Value::from(true));
        }
    }
    Value::Object(object)
}

fn words(index: &Index, number: u32) -> Value {
    let Some(bucket) = index.buckets.get(number as usize) else {
        return Value::Null;
    };
    let words: Object<_, _> = bucket
        .words
        .iter()
        .map(|(word, stem)| (word.to_string(), Value::from(&**stem)))
        .collect();
    let stems: Object<_, _> = bucket
        .stems
        .iter()
        .map(|(stem, pages)| (stem.to_string(), postings(pages)))
        .collect();
    json!({ "words": words, "stems": stems })
}

fn postings(pages: &[(u32, u32)]) -> Value {
    let mut last = 0;
    let pairs = pages.iter().flat_map(|(page, weight)| {
        let step = page - last;
        last = *page;
        [step, *weight]
    });
    pairs.collect::<Vec<_>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_from_the_number_of_pages() {
        assert!(parts(0).is_empty());
        assert_eq!(parts(1), [Part::Index, Part::Pages(0), Part::Words(0)]);
        assert_eq!(parts(10_000).len(), 1 + 50 + 256);
        assert_eq!(parts(201).len(), 1 + 2 + 16);
    }

    #[test]
    fn words_that_begin_alike_share_a_bucket() {
        assert_eq!(bucket("python", 64), bucket("pyramid", 64));
        assert!(bucket("a", 64) < 64);
    }

    #[test]
    fn pages_of_a_stem_are_distances() {
        assert_eq!(postings(&[(3, 2), (10, 4)]).to_string(), "[3,2,7,4]");
    }
}
