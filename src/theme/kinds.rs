//! What some kinds show besides their declared fields: prices, references as links.

use tera::value::Key;
use tera::{Map, Value};

use super::cards::{image, link, linked};
use super::sold;
use super::values::{Style, Table, text};
use crate::base::{format_minutes, parse_minutes};
use crate::content::kinds::{Kind, career};
use crate::data::Record;
use crate::site::{Entity, Site, references};

/// Fields to put over the declared ones of a kind.
pub(super) fn presented(site: &Site, entity: &Entity, kind: &Kind, style: Style<'_>) -> Map {
    let mut map = Map::new();
    let set = |map: &mut Map, key: &'static str, value: Value| {
        map.insert(Key::Str(key), value);
    };
    match &*kind.name {
        "course" => {
            let record = &*entity.record;
            set(&mut map, "duration", duration(record, style));
            set(&mut map, "prerequisites", prerequisites(site, entity));
            set(&mut map, "installment", installment(record, style));
            sold::present(&mut map, site, entity, kind, style);
        }
        "career" => {
            set(&mut map, "path", stages(site, entity));
            set(&mut map, "skill_groups", skill_groups(site, entity));
        }
        "person" => {
            let name = entity.record.text("name").unwrap_or(&entity.title);
            set(&mut map, "name", Value::from(name));
            set(&mut map, "photo", image(site, entity, "photo"));
            set(&mut map, "links", links(&entity.record));
        }
        _ => {}
    }
    map
}

/// A duration as a table, whether it was written as a text or as one.
fn duration(record: &Record, style: Style<'_>) -> Value {
    let Some(typed) = record.get("duration") else {
        return Value::none();
    };
    let mut table = Table::with_capacity(5);
    let (record, words) = match &typed.value {
        crate::data::Value::Table(record) => (Some(record), None),
        crate::data::Value::Text(words) => (None, Some(&**words)),
        _ => (None, None),
    };
    for key in ["sessions", "session_minutes", "weeks", "hours"] {
        table.set(
            key,
            record.map_or_else(Value::none, |record| whole_or_not(record, key)),
        );
    }
    let minutes = words.and_then(|words| parse_minutes(words).ok());
    if let Some(minutes) = minutes {
        let hours = match minutes % 60 {
            0 => Value::from(minutes / 60),
            _ => Value::from(f64::from(minutes) / 60.0),
        };
        table.set("hours", hours);
    }
    let shown = minutes.map_or_else(
        || words.map(str::to_owned),
        |minutes| Some(format_minutes(minutes, style.lang)),
    );
    table.set("text", shown.map_or_else(Value::none, Value::from));
    table.value()
}

fn whole_or_not(record: &Record, key: &str) -> Value {
    match record.int(key) {
        Some(whole) => Value::from(whole),
        None => record
            .text(key)
            .map_or_else(Value::none, super::values::number),
    }
}

fn prerequisites(site: &Site, entity: &Entity) -> Value {
    let empty = Record::default();
    let record = entity.record.table("prerequisites").unwrap_or(&empty);
    let mut table = Table::with_capacity(2);
    table.set("courses", linked(site, entity, record, "courses"));
    let texts = record.texts("text").into_iter().map(Value::from);
    table.set("text", texts.collect::<Vec<_>>());
    table.value()
}

/// The way into a career; none of it where `path` is the address of its page.
fn stages(site: &Site, entity: &Entity) -> Value {
    let made = entity.record.tables("path").map(|(stage, _)| {
        let mut table = Table::with_capacity(3);
        table.set("stage", text(stage.text("stage")));
        for field in ["courses", "articles"] {
            table.set(field, linked(site, entity, stage, field));
        }
        table.value()
    });
    Value::from(made.collect::<Vec<_>>())
}

/// Groups of skills, each skill a link with its importance.
fn skill_groups(site: &Site, entity: &Entity) -> Value {
    let made = entity.record.tables("skill_groups").map(|(group, _)| {
        let skills = career::skills_of(group).filter_map(|(skill, importance, _)| {
            let id = references::target(site, entity.lang, skill)?;
            let mut map = link(site, id).into_map().unwrap_or_default();
            map.insert(Key::Str("importance"), Value::from(importance));
            Some(Value::from(map))
        });
        let mut table = Table::with_capacity(2);
        table.set("name", text(group.text("name")));
        table.set("skills", skills.collect::<Vec<_>>());
        table.value()
    });
    Value::from(made.collect::<Vec<_>>())
}

/// Pages elsewhere, each with a name: the host where none is written.
fn links(record: &Record) -> Value {
    let made = record.list("links").iter().filter_map(|item| {
        let (url, name) = match item.as_table() {
            Some(table) => (table.text("url")?, table.text("name")),
            None => (item.as_text()?, None),
        };
        let mut table = Table::with_capacity(2);
        table.set("name", name.unwrap_or_else(|| host(url)));
        table.set("url", url);
        Some(table.value())
    });
    Value::from(made.collect::<Vec<_>>())
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

fn installment(record: &Record, style: Style<'_>) -> Value {
    let Some(plan) = record.table("installment") else {
        return Value::none();
    };
    let mut table = Table::with_capacity(3);
    table.set(
        "count",
        plan.int("count").map_or_else(Value::none, Value::from),
    );
    let amount = plan.money("amount");
    table.set(
        "amount",
        amount.map_or_else(Value::none, |amount| style.amount(amount)),
    );
    table.set(
        "display",
        amount.map_or_else(Value::none, |amount| Value::from(style.display(amount))),
    );
    table.value()
}
