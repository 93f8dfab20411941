//! `courses.json`: what a site teaches, and what it costs at the build's instant.

use serde_json::{Value, json};

use super::catalog::{Catalog, faq};
use crate::content::kinds::course;
use crate::data::Record;
use crate::site::sale::{self, BatchState, Offer};
use crate::site::{Entity, Sale};
use crate::structured::held::{self, Held};
use crate::structured::workload;

/// One course.
pub(super) fn entry(catalog: Catalog<'_>, entity: &Entity) -> Value {
    let record = &entity.record;
    let mut map = catalog.common(entity);
    let mut set = |key: &str, value: Value| map.insert(key.to_owned(), value);
    set("code", record.text("code").into());
    set("level", record.choice("level").into());
    set("mode", record.choice("mode").into());
    set("taught_in", record.text("language").into());
    set("status", status(entity).into());
    set("offer", course::offer(record).into());
    set("duration", catalog.duration(workload::minutes(record)));
    set("skills", catalog.links(record, "skills").into());
    set("instructors", catalog.links(record, "instructors").into());
    set("outcomes", record.texts("outcomes").into());
    set("prerequisites", prerequisites(catalog, record));
    set("certificate", certificate(record));
    set(
        "replaced_by",
        catalog
            .links(record, "replaced_by")
            .into_iter()
            .next()
            .into(),
    );
    set("faq", faq(record).into());
    if let Some(sale) = &entity.sale {
        set("price", price(catalog, sale.price.as_ref()));
        set("from_price", price(catalog, sale.lowest()));
        set("installment", installment(catalog, record));
        set("variants", variants(catalog, record, sale));
        set("batches", batches(catalog, entity));
        set("enrol", enrol(catalog, entity, sale));
    }
    map.into()
}

fn status(entity: &Entity) -> &str {
    match entity.expired {
        true => "archived",
        false => course::status(&entity.record),
    }
}

fn prerequisites(catalog: Catalog<'_>, record: &Record) -> Value {
    let empty = Record::default();
    let table = record.table("prerequisites").unwrap_or(&empty);
    json!({ "courses": catalog.links(table, "courses"), "text": table.texts("text") })
}

fn certificate(record: &Record) -> Value {
    record.table("certificate").map_or(
        Value::Null,
        |table| json!({ "name": table.text("name"), "issuer": table.text("issuer") }),
    )
}

/// A price with everything that is shown beside it; none where there is none.
fn price(catalog: Catalog<'_>, offer: Option<&Offer>) -> Value {
    let Some(offer) = offer else {
        return Value::Null;
    };
    let struck = catalog.money(offer.struck);
    let normal = offer
        .struck
        .filter(|_| offer.promo.is_some())
        .unwrap_or(offer.amount);
    let promo = offer.promo.as_deref().map(|promo| {
        json!({
            "label": promo.label.as_deref(),
            "from": promo.from.map(|from| catalog.instant(from)),
            "until": catalog.instant(promo.until),
        })
    });
    let mut shown = catalog.money(Some(offer.amount));
    if let Value::Object(map) = &mut shown {
        map.insert("normal".to_owned(), catalog.money(Some(normal)));
        map.insert("struck".to_owned(), struck);
        map.insert("promo".to_owned(), promo.into());
        map.insert("per".to_owned(), (*offer.per).into());
        map.insert("tax".to_owned(), offer.tax.as_deref().into());
    }
    shown
}

fn installment(catalog: Catalog<'_>, record: &Record) -> Value {
    record.table("installment").map_or(Value::Null, |table| {
        json!({ "count": table.int("count"), "each": catalog.money(table.money("amount")) })
    })
}

fn variants(catalog: Catalog<'_>, record: &Record, sale: &Sale) -> Value {
    let both = sale.variants.iter().zip(record.tables("variants"));
    let made = both.map(|(variant, (table, _))| {
        json!({
            "id": &*variant.id,
            "name": table.text("name"),
            "mode": table.choice("mode"),
            "price": price(catalog, variant.price.as_ref()),
        })
    });
    made.collect::<Vec<_>>().into()
}

/// Batches that are not over, by their start.
fn batches(catalog: Catalog<'_>, entity: &Entity) -> Value {
    let held = held::all(catalog.site, entity).into_iter();
    let coming = held.filter(|held| held.batch.state != BatchState::Over);
    let made = coming.map(|held| batch(catalog, entity, &held));
    made.collect::<Vec<_>>().into()
}

fn batch(catalog: Catalog<'_>, entity: &Entity, held: &Held<'_>) -> Value {
    let batch = held.batch;
    let number = |field| held.record.and_then(|record| record.int(field));
    let own = held
        .record
        .filter(|own| own.refs("instructors").next().is_some());
    let teachers = catalog.links(own.unwrap_or(&entity.record), "instructors");
    let address = sale::address(catalog.site, entity, Some(batch)).map(|(_, address)| address);
    json!({
        "id": &*batch.id,
        "start": held.start(),
        "end": held.end(),
        "days": held.days(),
        "hours": held.hours().map(|hours| hours.text(catalog.language())),
        "timezone": held.zone.iana_name(),
        "clock": &*batch.clock,
        "mode": held.mode(&entity.record),
        "location": held.text("location"),
        "state": batch.state.name(),
        "call": batch.call.name(),
        "full": batch.full,
        "seats": number("seats"),
        "seats_left": number("seats_left"),
        "enrol_from": batch.opens.map(|at| catalog.instant(at)),
        "enrol_until": catalog.instant(batch.closes),
        "price": price(catalog, batch.price.as_ref()),
        "instructors": teachers,
        "enrol_url": address,
    })
}

fn enrol(catalog: Catalog<'_>, entity: &Entity, sale: &Sale) -> Value {
    let next = sale.next_batch();
    let Some((way, address)) = sale::address(catalog.site, entity, next) else {
        return Value::Null;
    };
    json!({
        "kind": way.name(),
        "url": address,
        "call": sale.enrolment.call.name(),
        "batch": next.map(|batch| &*batch.id),
    })
}
