//! What a course costs now.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::amount::major;
use super::graph::Graph;
use super::name;
use super::thing::Thing;
use crate::base::Money;
use crate::base::when::rfc3339;
use crate::content::kinds::course;
use crate::site::Entity;
use crate::site::sale::{Batch, BatchState, Call, Offer};

/// The offers of a course: its own price and those of its variants, else those of its batches;
/// nothing for one that has no price, since an offer without one is none.
pub(super) fn all(graph: &mut Graph<'_>, entity: &Entity) -> Vec<Value> {
    let Some(sale) = &entity.sale else {
        return Vec::new();
    };
    let availability = of_course(entity);
    let mut all = Vec::new();
    match &sale.price {
        Some(price) => all.push(offer(graph, entity, price, "offer", availability)),
        None if course::offer(&entity.record) == "free" => {
            all.push(free(graph, entity, availability));
        }
        None => {}
    }
    let names = entity.record.tables("variants");
    for (variant, (record, _)) in sale.variants.iter().zip(names) {
        if let Some(price) = &variant.price {
            let own = format!("offer-{}", variant.id);
            let offer = offer(graph, entity, price, &own, availability);
            let label = record.text("name").map(name::plain);
            all.push(offer.and("name", label));
        }
    }
    if all.is_empty() {
        let priced = |batch: &&Batch| batch.own_price && batch.state.is_ahead();
        for batch in sale.batches.iter().filter(priced) {
            let (state, full) = (batch.state, batch.full);
            let price = batch.price.as_ref();
            let of_batch = |price| of_batch(graph, entity, price, &batch.id, state, full);
            all.extend(price.map(of_batch));
        }
    }
    all.into_iter().map(Value::from).collect()
}

/// The price of a batch as an offer.
pub(super) fn of_batch(
    graph: &mut Graph<'_>,
    entity: &Entity,
    price: &Offer,
    id: &str,
    state: BatchState,
    full: bool,
) -> Thing {
    let own = format!("offer-batch-{id}");
    offer(graph, entity, price, &own, of_state(state, full))
}

/// Whether one can enrol in a course.
fn of_course(entity: &Entity) -> &'static str {
    let call = entity.sale.as_ref().map(|sale| sale.enrolment.call);
    let next = entity.sale.as_ref().and_then(|sale| sale.next_batch());
    match (course::status(&entity.record), call) {
        _ if entity.expired => "Discontinued",
        ("archived", _) => "Discontinued",
        ("closed", _) => "OutOfStock",
        ("coming_soon", _) => "PreOrder",
        (_, Some(Call::Enrol)) => match next.map(|batch| batch.state) {
            Some(BatchState::LastSeats) => "LimitedAvailability",
            _ => "InStock",
        },
        (_, Some(Call::Ask)) => asked(entity),
        _ => "OutOfStock",
    }
}

/// A course that one can ask for: before its next batch opens, after it is full, or at any time.
fn asked(entity: &Entity) -> &'static str {
    let batches = entity.sale.iter().flat_map(|sale| &sale.batches);
    let mut waiting = batches.filter(|batch| batch.call == Call::Ask);
    waiting
        .next()
        .map_or("OutOfStock", |batch| of_state(batch.state, batch.full))
}

fn of_state(state: BatchState, full: bool) -> &'static str {
    match state {
        BatchState::NotOpen | BatchState::Postponed => "PreOrder",
        BatchState::Open => "InStock",
        BatchState::LastSeats => "LimitedAvailability",
        BatchState::Cancelled => "Discontinued",
        _ if full => "SoldOut",
        _ => "OutOfStock",
    }
}

fn category(entity: &Entity, price: Option<&Offer>) -> &'static str {
    match course::offer(&entity.record) {
        _ if price.is_some_and(|price| price.amount.minor == 0) => "Free",
        "free" => "Free",
        "partially_free" => "Partially Free",
        "subscription" => "Subscription",
        _ => "Paid",
    }
}

fn base(
    graph: &mut Graph<'_>,
    entity: &Entity,
    price: Option<&Offer>,
    id: &str,
    availability: &str,
) -> Thing {
    let seller = graph.organization();
    Thing::with_id("Offer", &graph.page_id(entity, id))
        .and("url", graph.address(&entity.url))
        .and("category", category(entity, price))
        .and("availability", format!("https://schema.org/{availability}"))
        .and("seller", seller)
}

fn free(graph: &mut Graph<'_>, entity: &Entity, availability: &str) -> Thing {
    let currency = graph.site.config.currency.currency;
    base(graph, entity, None, "offer", availability)
        .and("price", 0)
        .and("priceCurrency", currency.code())
}

fn offer(
    graph: &mut Graph<'_>,
    entity: &Entity,
    price: &Offer,
    id: &str,
    availability: &str,
) -> Thing {
    let zone = &graph.site.config.zone;
    let shown = |at: Timestamp| rfc3339(at, zone.to_offset(at).seconds());
    let promo = price.promo.as_deref();
    let (from, until) = (
        promo.and_then(|promo| promo.from),
        promo.map(|promo| promo.until),
    );
    base(graph, entity, Some(price), id, availability)
        .and("price", major(price.amount))
        .and("priceCurrency", price.amount.currency.code())
        .and("validFrom", from.map(shown))
        .and("priceValidUntil", until.map(shown))
        .and_all("priceSpecification", specifications(price))
}

/// The price once more where there is more to say of it, and the one that is struck.
fn specifications(price: &Offer) -> Vec<Value> {
    let specification = |money: Money| {
        Thing::new("UnitPriceSpecification")
            .and("price", major(money))
            .and("priceCurrency", money.currency.code())
    };
    let tax = match price.tax.as_deref() {
        Some("included") => json!(true),
        Some("excluded") => json!(false),
        _ => Value::Null,
    };
    let unit = (&*price.per != "course").then(|| price.per.to_string());
    let mut all = Vec::new();
    if price.struck.is_some() || unit.is_some() || !tax.is_null() {
        let now = specification(price.amount).and("unitText", unit.clone());
        all.push(now.and("valueAddedTaxIncluded", tax.clone()).into());
    }
    if let Some(struck) = price.struck {
        let struck = specification(struck)
            .and("priceType", "https://schema.org/StrikethroughPrice")
            .and("unitText", unit)
            .and("valueAddedTaxIncluded", tax);
        all.push(struck.into());
    }
    all
}
