//! What some kinds show besides their declared fields: prices, references as links.

use tera::value::Key;
use tera::{Map, Value};

use super::cards::linked;
use super::sold;
use super::values::{Style, Table};
use crate::base::{format_minutes, parse_minutes};
use crate::content::kinds::Kind;
use crate::data::Record;
use crate::site::{Entity, Site};

/// Fields to put over the declared ones of a kind.
pub(super) fn presented(site: &Site, entity: &Entity, kind: &Kind, style: Style<'_>) -> Map {
    let mut map = Map::new();
    let set = |map: &mut Map, key: &'static str, value: Value| {
        map.insert(Key::Str(key), value);
    };
    match kind.name {
        "article" => {
            let related = linked(site, entity, &entity.record, "related");
            set(&mut map, "related", related);
        }
        "course" => {
            let record = &*entity.record;
            set(&mut map, "duration", duration(record, style));
            set(&mut map, "prerequisites", prerequisites(site, entity));
            set(&mut map, "installment", installment(record, style));
            sold::present(&mut map, site, entity, kind, style);
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
