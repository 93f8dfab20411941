//! What some kinds show besides their declared fields: prices, references as links.

use tera::value::Key;
use tera::{Map, Value};

use super::cards::linked;
use super::values::{Style, Table, element, table_fields, text};
use crate::base::money::Money;
use crate::base::{format_minutes, parse_minutes};
use crate::content::kinds::{Kind, course};
use crate::data::Record;
use crate::site::{Entity, Site};

/// Fields to put over the declared ones of a kind.
pub(super) fn presented(site: &Site, entity: &Entity, kind: &Kind, style: Style<'_>) -> Map {
    let mut map = Map::new();
    let mut set = |key: &'static str, value: Value| {
        map.insert(Key::Str(key), value);
    };
    match kind.name {
        "article" => set("related", linked(site, entity, &entity.record, "related")),
        "course" => {
            let record = &*entity.record;
            set("offer", Value::from(course::offer(record)));
            set("price", price(record, style));
            set("duration", duration(record, style));
            set("prerequisites", prerequisites(site, entity));
            set("installment", installment(record, style));
            set("status", Value::from(course::status(record)));
            set("enrol", enrol(site, entity));
            set("batches", batches(record, kind, style));
        }
        _ => {}
    }
    map
}

/// The price of a course with everything shown beside it; none where there is none.
fn price(record: &Record, style: Style<'_>) -> Value {
    let Some(price) = record.money("price") else {
        return Value::none();
    };
    let list = record.money("list_price");
    let shown = |amount: Option<Money>| {
        amount.map_or_else(Value::none, |amount| Value::from(style.display(amount)))
    };
    let mut table = Table::with_capacity(9);
    table.set("amount", style.amount(price));
    table.set("currency", price.currency.code());
    table.set("display", style.display(price));
    table.set(
        "list_amount",
        list.map_or_else(Value::none, |list| style.amount(list)),
    );
    table.set("list_display", shown(list));
    table.set("valid_until", Value::none());
    table.set("label", Value::none());
    table.set("per", record.choice("price_per").unwrap_or("course"));
    table.set("tax", text(style.config.currency.tax.as_deref()));
    table.value()
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

/// Batches as tables, also those that were written as a date alone; the id is the start where
/// none is written.
fn batches(record: &Record, kind: &Kind, style: Style<'_>) -> Value {
    let fields = kind.fields.iter().find(|field| field.name == "batches");
    let fields = fields.map_or(&[][..], |field| table_fields(element(&field.ty)));
    let empty = Record::default();
    let made = record.list("batches").iter().map(|item| {
        let table = item.as_table().unwrap_or(&empty);
        let mut map = style.record(table, fields).into_map().unwrap_or_default();
        let start = match &item.value {
            crate::data::Value::When(when) => Some(**when),
            _ => table.when("start"),
        };
        if let Some(start) = start {
            let zone = &style.config.zone;
            map.insert(Key::Str("start"), Value::from(start.rfc3339(zone)));
            if table.text("id").is_none() {
                map.insert(Key::Str("id"), Value::from(start.date_in(zone).to_string()));
            }
        }
        Value::from(map)
    });
    Value::from(made.collect::<Vec<_>>())
}

/// Where one enrols: the course's own way, else the site's WhatsApp.
fn enrol(site: &Site, entity: &Entity) -> Value {
    let empty = Record::default();
    let own = entity.record.table("enrol").unwrap_or(&empty);
    let target = own.text("target").or(site.config.contact.text("whatsapp"));
    let Some(target) = target else {
        return Value::none();
    };
    let way = crate::site::enrol::Way::of(own.choice("kind"), target);
    let message = own.text("message").map(|message| {
        message
            .replace("{title}", &entity.title)
            .replace("{url}", &site.permalink(&entity.url))
            .replace("{batch}", "")
    });
    let mut table = Table::with_capacity(2);
    table.set("kind", way.name());
    table.set("url", way.address(target, message.as_deref()));
    table.value()
}
