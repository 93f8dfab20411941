//! What templates see of a course's sale: prices, variants, batches, the way to enrol.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tera::value::Key;
use tera::{Map, Value};

use super::values::{Style, Table, element, table_fields, text};
use crate::base::when::{Hours, When};
use crate::content::kinds::{Kind, course};
use crate::data::{Field, Record};
use crate::site::sale::{self, Batch, Offer};
use crate::site::{Entity, Sale, Site};

/// Puts the fields that time decides over the declared ones.
pub(super) fn present(map: &mut Map, site: &Site, entity: &Entity, kind: &Kind, style: Style<'_>) {
    let record = &*entity.record;
    let status = match entity.expired {
        true => "archived",
        false => course::status(record),
    };
    let mut set = |key: &'static str, value: Value| {
        map.insert(Key::Str(key), value);
    };
    set("offer", Value::from(course::offer(record)));
    set("status", Value::from(status));
    let Some(sale) = &entity.sale else {
        return;
    };
    set("price", price(sale.price.as_ref(), style));
    let lowest = sale.lowest().filter(|_| sale.price.is_none());
    set("from_price", price(lowest, style));
    set("variants", variants(record, kind, sale, style));
    set("batches", batches(site, entity, kind, sale, style));
    set("enrol", enrol(site, entity, sale));
}

/// A price with everything shown beside it; none where there is none.
fn price(offer: Option<&Offer>, style: Style<'_>) -> Value {
    let Some(offer) = offer else {
        return Value::none();
    };
    let (promo, zone) = (offer.promo.as_deref(), &style.config.zone);
    let struck = offer.struck;
    let mut table = Table::with_capacity(13);
    table.set("amount", style.amount(offer.amount));
    table.set("currency", offer.amount.currency.code());
    table.set("display", style.display(offer.amount));
    table.set("free", offer.amount.minor == 0);
    table.set(
        "list_amount",
        or_none(struck.map(|struck| style.amount(struck))),
    );
    table.set(
        "list_display",
        or_none(struck.map(|struck| style.display(struck))),
    );
    table.set(
        "valid_from",
        or_none(
            promo
                .and_then(|promo| promo.from)
                .map(|from| instant(from, style)),
        ),
    );
    table.set(
        "valid_until",
        or_none(promo.map(|promo| instant(promo.until, style))),
    );
    // A whole day is shown as the last one, an hour as itself.
    table.set(
        "last_day",
        or_none(promo.map(|promo| promo.end.date_in(zone).to_string())),
    );
    let timed = promo.filter(|promo| !matches!(promo.end, When::Day(_)));
    table.set(
        "last_time",
        or_none(timed.map(|promo| clock(promo.until, zone, style))),
    );
    table.set(
        "label",
        text(promo.and_then(|promo| promo.label.as_deref())),
    );
    table.set("per", &*offer.per);
    table.set("tax", text(offer.tax.as_deref()));
    table.value()
}

fn or_none(value: Option<impl Into<Value>>) -> Value {
    value.map_or_else(Value::none, Into::into)
}

/// RFC 3339 on the site's clock.
pub(super) fn instant(at: Timestamp, style: Style<'_>) -> String {
    instant_in(at, &style.config.zone)
}

fn instant_in(at: Timestamp, zone: &TimeZone) -> String {
    When::Instant(at, zone.to_offset(at).seconds()).rfc3339(zone)
}

/// An hour of a clock, as people write it: `12.00 WIB`.
fn clock(at: Timestamp, zone: &TimeZone, style: Style<'_>) -> String {
    let local = at.to_zoned(zone.clone());
    let hours = Hours {
        from: local.time(),
        to: None,
    };
    format!("{} {}", hours.text(style.lang), sale::clock_name(at, zone))
}

/// The fields that the elements of a list of tables have.
fn fields<'k>(kind: &'k Kind, list: &str) -> &'k [Field] {
    let declared = kind.fields.iter().find(|field| field.name == list);
    declared.map_or(&[][..], |field| table_fields(element(&field.ty)))
}

fn variants(record: &Record, kind: &Kind, sale: &Sale, style: Style<'_>) -> Value {
    let fields = fields(kind, "variants");
    let both = record.tables("variants").zip(&sale.variants);
    let made = both.map(|((table, _), variant)| {
        let mut map = style.record(table, fields).into_map().unwrap_or_default();
        map.insert(Key::Str("price"), price(variant.price.as_ref(), style));
        Value::from(map)
    });
    Value::from(made.collect::<Vec<_>>())
}

/// Batches as tables by their start, also those that were written as a date alone.
fn batches(site: &Site, entity: &Entity, kind: &Kind, sale: &Sale, style: Style<'_>) -> Value {
    let fields = fields(kind, "batches");
    let written = entity.record.list("batches");
    let empty = Record::default();
    let made = sale.batches.iter().map(|batch| {
        let table = written.get(batch.at).and_then(|item| item.as_table());
        let record = style.record(table.unwrap_or(&empty), fields);
        let mut map = record.into_map().unwrap_or_default();
        add_batch(&mut map, batch, table.unwrap_or(&empty), style);
        let address = sale::address(site, entity, Some(batch)).map(|(_, address)| address);
        map.insert(Key::Str("url"), or_none(address));
        Value::from(map)
    });
    Value::from(made.collect::<Vec<_>>())
}

fn add_batch(map: &mut Map, batch: &Batch, written: &Record, style: Style<'_>) {
    let mut set = |key: &'static str, value: Value| {
        map.insert(Key::Str(key), value);
    };
    let on_clock = |when: When| {
        Value::from(match when {
            // Templates cut the day off: it has to be that of the batch's clock, whatever offset
            // was written.
            When::Instant(at, _) => instant_in(at, &batch.zone),
            day_or_time => day_or_time.rfc3339(batch.zone_of(when, &style.config.zone)),
        })
    };
    set("id", Value::from(&*batch.id));
    set("start", on_clock(batch.start));
    for field in ["end", "enrol_from", "enrol_until"] {
        if let Some(when) = written.when(field) {
            set(field, on_clock(when));
        }
    }
    let until = written.when("enrol_until");
    let zone = until.map_or(&batch.zone, |until| {
        batch.zone_of(until, &style.config.zone)
    });
    set(
        "enrol_last_day",
        or_none(until.map(|until| until.date_in(zone).to_string())),
    );
    let timed = until.filter(|until| !matches!(until, When::Day(_)));
    let ends = timed.map(|until| clock(until.to_timestamp_end(zone), zone, style));
    set("enrol_last_time", or_none(ends));
    // Who writes the hour of the start alone says when lessons begin.
    if let (None, When::Local(_) | When::Instant(..)) = (written.hours("time"), batch.start) {
        let from = batch.starts.to_zoned(batch.zone.clone()).time();
        set(
            "time",
            Value::from(Hours { from, to: None }.text(style.lang)),
        );
    }
    set("price", price(batch.price.as_ref(), style));
    set("own_price", Value::from(batch.own_price));
    set("state", Value::from(batch.state.name()));
    set("call", Value::from(batch.call.name()));
    set("full", Value::from(batch.full));
    set("clock", Value::from(&*batch.clock));
}

/// Where one enrols: the course's own way, else the site's WhatsApp.
fn enrol(site: &Site, entity: &Entity, sale: &Sale) -> Value {
    let next = sale.next_batch();
    let Some((way, address)) = sale::address(site, entity, next) else {
        return Value::none();
    };
    let mut table = Table::with_capacity(4);
    table.set("kind", way.name());
    table.set("url", address);
    table.set("call", sale.enrolment.call.name());
    table.set("batch", text(next.map(|batch| &*batch.id)));
    table.value()
}
