//! Prices in the graph that a page holds for machines, whoever wrote it: the program or a template.

use serde_json::{Map, Value};

use super::courses::Courses;
use super::due::Due;
use super::seen::Seen;
use super::tell::File;
use crate::base::{Currency, Money};
use crate::diag::Diagnostic;
use crate::site::PageId;

/// Properties that hold a price.
const PRICES: [&str; 3] = ["price", "lowPrice", "highPrice"];

pub(super) fn check(
    file: &File<'_>,
    courses: &Courses,
    seen: &Seen,
    own: Option<PageId>,
) -> Vec<Diagnostic> {
    let own = own.filter(|id| file.site.entity(*id).sale.is_some());
    let mut walk = Walk {
        file,
        courses,
        line: 0,
        source: "",
        told: 0,
        found: Vec::new(),
    };
    for (graph, line) in &seen.graphs {
        let Ok(value) = serde_json::from_str(graph) else {
            continue;
        };
        (walk.line, walk.source) = (*line, graph);
        walk.value(&value, own);
    }
    let (told, mut found) = (walk.told, walk.found);
    if let Some(id) = own.filter(|_| told == 0) {
        let due = Due::of(file.site.entity(id));
        found.extend((!due.now.is_empty()).then(|| file.no_graph(id, &due)));
    }
    found
}

struct Walk<'a> {
    file: &'a File<'a>,
    courses: &'a Courses,
    /// The line in which the graph begins.
    line: usize,
    source: &'a str,
    /// How many prices there were.
    told: usize,
    found: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, about: Option<PageId>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.value(item, about)),
            Value::Object(map) => {
                let about = self.about(map).or(about);
                if let Some(id) = about {
                    self.prices(map, id);
                }
                map.values().for_each(|inner| self.value(inner, about));
            }
            _ => {}
        }
    }

    /// The course that a thing is, or is offered for.
    fn about(&self, map: &Map<String, Value>) -> Option<PageId> {
        let named = ["@id", "url"].into_iter();
        let mut pages = named.filter_map(|key| self.courses.at(map.get(key)?.as_str()?));
        pages.find(|id| self.file.site.entity(*id).sale.is_some())
    }

    fn prices(&mut self, map: &Map<String, Value>, id: PageId) {
        let due = Due::of(self.file.site.entity(id));
        let code = map.get("priceCurrency").and_then(Value::as_str);
        let struck = map
            .get("priceType")
            .and_then(Value::as_str)
            .is_some_and(|kind| !kind.ends_with("SalePrice") && !kind.ends_with("InvoicePrice"));
        for key in PRICES {
            let Some(written) = map.get(key).and_then(text) else {
                continue;
            };
            self.told += 1;
            let currency = code.and_then(Currency::from_code);
            let same = |money: &Money| {
                let own = currency.is_none_or(|currency| currency == money.currency);
                own && Money::from_major_text(&written, money.currency) == Some(*money)
            };
            let free = due.now.is_empty() && written == "0";
            let right = match struck {
                true => due.struck.iter().any(|(struck, _)| same(struck)),
                false => due.now.iter().any(same),
            };
            if !right && !free {
                let line = self.line_of(&written);
                let told = self.file.told("price-json-ld", &written, line, id, &due);
                self.found.push(told);
            }
        }
    }

    /// Where a number stands: the first line of the graph that holds it.
    fn line_of(&self, written: &str) -> usize {
        let lines = self.source.split('\n');
        self.line + lines.take_while(|line| !line.contains(written)).count()
    }
}

/// A price as written, number or text.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
