//! What differs between a page, or a list of them, before and now: in words, for whoever wants to
//! know why a file was made again.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entity, PageId, Site};
use crate::base::money::Money;
use crate::base::text::truncate_chars;
use crate::base::when::When;
use crate::data::{Node, Raw, Record, Typed, Value};

/// What a template finds in a page that is not what it was.
pub fn pages(old: (&Site, PageId), new: (&Site, PageId)) -> Vec<String> {
    let (before, now) = (old.0.entity(old.1), new.0.entity(new.1));
    let mut found = cards(before, now);
    if before.page.body_print != now.page.body_print {
        found.push("its text changed".to_owned());
    }
    let title =
        |site: &Site, id: Option<PageId>| id.map_or_else(none, |id| quoted(&site.entity(id).title));
    let neighbours = [
        ("lower", before.lower, now.lower),
        ("higher", before.higher, now.higher),
    ];
    for (name, was, is) in neighbours {
        let print = |site: &Site, id: Option<PageId>| id.map(|id| site.entity(id).link_print);
        if print(old.0, was) != print(new.0, is) {
            let (was, is) = (title(old.0, was), title(new.0, is));
            found.push(differs(&format!("page.{name}"), &was, &is));
        }
    }
    let others = [
        ("page.backlinks", &before.backlinks, &now.backlinks),
        ("page.translations", &before.translations, &now.translations),
    ];
    for (name, was, is) in others {
        let links = |site: &Site, ids: &[PageId]| -> Vec<_> {
            ids.iter().map(|id| site.entity(*id).link_print).collect()
        };
        if links(old.0, was) != links(new.0, is) {
            found.push(format!(
                "{name}: {}",
                lists((old.0, was), (new.0, is)).join(", ")
            ));
        }
    }
    found
}

/// What a list shows that is not what it was: pages that came, went or have other cards.
pub fn lists(old: (&Site, &[PageId]), new: (&Site, &[PageId])) -> Vec<String> {
    fn paths<'s>(site: &'s Site, ids: &[PageId]) -> Vec<&'s str> {
        ids.iter()
            .map(|id| site.entity(*id).path().as_str())
            .collect()
    }
    let (before, now) = (paths(old.0, old.1), paths(new.0, new.1));
    let was: BTreeSet<&str> = before.iter().copied().collect();
    let is: BTreeSet<&str> = now.iter().copied().collect();
    let mut found: Vec<String> = is
        .difference(&was)
        .map(|path| format!("{path} came"))
        .collect();
    found.extend(was.difference(&is).map(|path| format!("{path} went")));
    let by_path: BTreeMap<&str, PageId> =
        before.iter().copied().zip(old.1.iter().copied()).collect();
    for (path, id) in now.iter().zip(new.1) {
        let Some(known) = by_path.get(path) else {
            continue;
        };
        let (entity, card) = (new.0.entity(*id), old.0.entity(*known));
        if card.card_print != entity.card_print {
            let what = cards(card, entity).join(", ");
            let what = if what.is_empty() {
                "its card changed"
            } else {
                &*what
            };
            found.push(format!("{path}: {what}"));
        }
    }
    if found.is_empty() && before != now {
        found.push("its pages are in another order".to_owned());
    }
    found
}

/// What cards of two versions of a page tell apart.
fn cards(before: &Entity, now: &Entity) -> Vec<String> {
    let mut found = fields(&before.record, &now.record);
    for (name, was, is) in [
        ("address", &before.url, &now.url),
        ("title", &before.title, &now.title),
        ("description", &before.description, &now.description),
    ] {
        let told = found
            .iter()
            .any(|what| what.starts_with(&format!("{name} ")));
        if was != is && !told {
            found.push(differs(name, &quoted(was), &quoted(is)));
        }
    }
    let words = (before.reading_time(), now.reading_time());
    if words.0 != words.1 {
        let minutes = |count: usize| format!("{count} min");
        found.push(differs(
            "reading_time",
            &minutes(words.0),
            &minutes(words.1),
        ));
    }
    let sale = |entity: &Entity| entity.sale.as_ref().map(|sale| sale.print);
    if sale(before) != sale(now) {
        let price = |entity: &Entity| {
            let offer = entity.sale.as_ref().and_then(|sale| sale.lowest());
            offer.map_or_else(none, |offer| amount(offer.amount))
        };
        let (was, is) = (price(before), price(now));
        match was == is {
            true => found.push("what is sold of it changed".to_owned()),
            false => found.push(differs("its price at this time", &was, &is)),
        }
    }
    if found.is_empty() && before.card_print != now.card_print {
        found.push(match now.shows_others {
            true => "what it refers to changed".to_owned(),
            false => "its place, its files or its summary changed".to_owned(),
        });
    }
    found
}

/// The fields that differ, with both values.
fn fields(before: &Record, now: &Record) -> Vec<String> {
    let names: BTreeSet<&str> = before
        .iter()
        .chain(now.iter())
        .map(|(name, _)| name)
        .collect();
    let text = |record: &Record, name: &str| record.get(name).map_or_else(none, value);
    let differing = names.into_iter().filter_map(|name| {
        let (was, is) = (text(before, name), text(now, name));
        (was != is).then(|| differs(name, &was, &is))
    });
    differing.collect()
}

fn differs(what: &str, was: &str, is: &str) -> String {
    let (short, now) = (truncate_chars(was, LENGTH), truncate_chars(is, LENGTH));
    match short == now {
        true => format!("{what} changed"),
        false => format!("{what} was {short}, is {now}"),
    }
}

/// So many characters of a value are shown.
const LENGTH: usize = 60;

fn none() -> String {
    "none".to_owned()
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn value(typed: &Typed) -> String {
    match &typed.value {
        Value::Text(text) => quoted(text),
        Value::Choice(text) | Value::Number(text) => text.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Money(money) => amount(**money),
        Value::When(when) => instant(**when),
        Value::Hours(hours) => hours.text("en"),
        Value::Ref(reference) => reference.id.to_string(),
        Value::List(items) => listed(items.iter().map(value)),
        Value::Table(record) => tabled(record.iter().map(|(name, typed)| (name, value(typed)))),
        Value::Free(tree) => node(tree),
        Value::Empty | Value::Invalid => none(),
    }
}

fn amount(money: Money) -> String {
    format!("{} {}", money.currency.code(), money.major_text())
}

fn instant(when: When) -> String {
    match when {
        When::Day(date) => date.to_string(),
        When::Local(local) => local.to_string(),
        When::Instant(instant, _) => instant.to_string(),
    }
}

fn node(tree: &Node) -> String {
    match &tree.raw {
        Raw::Null => none(),
        Raw::Bool(yes) => yes.to_string(),
        Raw::Int(number) => number.to_string(),
        Raw::Float(text) | Raw::When(text) => text.to_string(),
        Raw::Text(text) => quoted(text),
        Raw::List(items) => listed(items.iter().map(node)),
        Raw::Table(entries) => tabled(entries.iter().map(|(key, inner)| (&*key.name, node(inner)))),
    }
}

fn listed(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn tabled<'n>(entries: impl Iterator<Item = (&'n str, String)>) -> String {
    let entries = entries.map(|(name, value)| format!("{name}: {value}"));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
}
