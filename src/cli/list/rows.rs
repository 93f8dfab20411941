//! What each list tells of a page, a course, a career, a change: as cells of a table and as JSON.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::base::format_minutes;
use crate::base::money::Money;
use crate::base::when::When;
use crate::site::graph::{self, Role};
use crate::site::sale::Offer;
use crate::site::{Change, Entity, PageId, Site};

/// A line of a list.
pub(super) struct Row {
    pub(super) cells: Vec<String>,
    pub(super) json: Value,
}

/// The headings of a list.
pub(super) fn columns(name: &str) -> &'static [&'static str] {
    match name {
        "pages" => &["kind", "id", "address", "title", "state"],
        "courses" => &["id", "title", "price now", "next batch", "state"],
        "careers" => &[
            "id",
            "title",
            "core skills taught",
            "courses",
            "hours",
            "price now",
        ],
        _ => &["at", "file", "what"],
    }
}

/// An instant on the site's clock.
pub(super) fn instant(site: &Site, at: Timestamp) -> String {
    let offset = site.now.zone.to_offset(at).seconds();
    When::Instant(at, offset).rfc3339(&site.now.zone)
}

/// All pages, by kind, then by address.
pub(super) fn pages(site: &Site) -> Vec<Row> {
    let mut all: Vec<&Entity> = site.entities.iter().collect();
    all.sort_by(|a, b| (a.kind, &a.url).cmp(&(b.kind, &b.url)));
    all.into_iter().map(|entity| page(site, entity)).collect()
}

fn page(site: &Site, entity: &Entity) -> Row {
    let kind = &*site.kinds[usize::from(entity.kind)].name;
    let states = [
        (entity.draft, "draft"),
        (entity.hidden, "hidden"),
        (entity.expired, "expired"),
        (
            entity.due.is_some_and(|due| due > site.now.instant),
            "scheduled",
        ),
    ];
    let states: Vec<&str> = states
        .into_iter()
        .filter_map(|(is, word)| is.then_some(word))
        .collect();
    Row {
        cells: vec![
            kind.to_owned(),
            entity.id.to_string(),
            entity.url.to_string(),
            entity.title.to_string(),
            states.join(", "),
        ],
        json: json!({
            "kind": kind,
            "id": &*entity.id,
            "lang": site.lang(entity.lang),
            "title": &*entity.title,
            "path": &*entity.url,
            "permalink": site.permalink(&entity.url),
            "file": entity.path().as_str(),
            "date": entity.date.map(|date| date.rfc3339(&site.now.zone)),
            "states": states,
        }),
    }
}

/// The pages of a role in the default language, by id: a translation sells nothing else.
fn of_role(site: &Site, role: Role) -> Vec<(PageId, &Entity)> {
    let all = site.page_ids().map(|id| (id, site.entity(id)));
    let mut all: Vec<_> = all
        .filter(|(_, entity)| entity.lang == 0 && graph::role(site, entity) == role)
        .collect();
    all.sort_by(|(_, a), (_, b)| a.id.cmp(&b.id));
    all
}

/// All courses with their price now, their next batch and their state.
pub(super) fn courses(site: &Site) -> Vec<Row> {
    let courses = of_role(site, Role::Course).into_iter();
    courses.map(|(_, entity)| course(site, entity)).collect()
}

fn course(site: &Site, entity: &Entity) -> Row {
    let sale = entity.sale.as_deref();
    let offer = sale.and_then(|sale| sale.price.as_ref());
    let status = crate::content::kinds::course::status(&entity.record);
    let status = if entity.expired { "expired" } else { status };
    let batch = sale.and_then(|sale| sale.next_batch());
    let offered = crate::content::kinds::course::offer(&entity.record);
    let next = batch.map(|batch| {
        let day = batch.start.date_in(&site.now.zone);
        format!("{day} {}", batch.state.name().replace('_', " "))
    });
    Row {
        cells: vec![
            entity.id.to_string(),
            entity.title.to_string(),
            offer.map_or_else(|| offered.replace('_', " "), |offer| shown(site, offer)),
            next.unwrap_or_default(),
            status.replace('_', " "),
        ],
        json: json!({
            "id": &*entity.id,
            "title": &*entity.title,
            "permalink": site.permalink(&entity.url),
            "file": entity.path().as_str(),
            "offer": offered,
            "price": offer.map(|offer| price(site, offer)),
            "next_batch": batch.map(|batch| json!({
                "id": &*batch.id,
                "start": batch.start.rfc3339(&site.now.zone),
                "state": batch.state.name(),
                "enrol_until": instant(site, batch.closes),
            })),
            "status": status,
        }),
    }
}

fn display(site: &Site, money: Money) -> String {
    money.display(site.config.currency.style, site.lang(0))
}

/// A price with what it was, and until when it holds.
fn shown(site: &Site, offer: &Offer) -> String {
    let mut text = display(site, offer.amount);
    if let (Some(promo), Some(struck)) = (&offer.promo, offer.struck) {
        let end = promo.end.date_in(&site.now.zone);
        text.push_str(&format!(" until {end}, then {}", display(site, struck)));
    }
    text
}

fn price(site: &Site, offer: &Offer) -> Value {
    let until = offer.promo.as_ref().map(|promo| promo.until);
    json!({
        "amount": amount(offer.amount),
        "currency": offer.amount.currency.code(),
        "display": display(site, offer.amount),
        "list_amount": offer.struck.map(amount),
        "valid_until": until.map(|until| instant(site, until)),
        "per": &*offer.per,
    })
}

/// Major units: a number where it is whole, else exact decimal text.
fn amount(money: Money) -> Value {
    let text = money.major_text();
    text.parse::<i64>().map_or_else(|_| text.into(), Into::into)
}

/// All careers, with how much of what they need is taught and what the way to them comes to.
pub(super) fn careers(site: &Site) -> Vec<Row> {
    let careers = of_role(site, Role::Career).into_iter();
    careers
        .map(|(id, entity)| career(site, id, entity))
        .collect()
}

fn career(site: &Site, id: PageId, entity: &Entity) -> Row {
    let core = graph::core_skills(site, entity);
    let missing: Vec<&str> = core
        .iter()
        .filter(|(_, taught)| !taught)
        .map(|(skill, _)| &**skill)
        .collect();
    let taught = core.len() - missing.len();
    let mut coverage = format!("{taught} of {}", core.len());
    if !missing.is_empty() {
        coverage.push_str(&format!(", not {}", missing.join(", ")));
    }
    let route = graph::route(site, id).unwrap_or_default();
    let count = route.courses().count();
    let minutes = u32::try_from(route.minutes).unwrap_or(u32::MAX);
    let hours = match minutes {
        0 => String::new(),
        minutes => format_minutes(minutes, "en"),
    };
    let total = route.price.map(|price| display(site, price));
    Row {
        cells: vec![
            entity.id.to_string(),
            entity.title.to_string(),
            coverage,
            count.to_string(),
            hours,
            total.clone().unwrap_or_default(),
        ],
        json: json!({
            "id": &*entity.id,
            "title": &*entity.title,
            "permalink": site.permalink(&entity.url),
            "file": entity.path().as_str(),
            "core_skills": core.len(),
            "core_skills_taught": taught,
            "missing_skills": missing,
            "courses": route.courses().map(|id| &*site.entity(id).id).collect::<Vec<_>>(),
            "minutes": route.minutes,
            "price": route.price.map(amount),
            "normal_price": route.normal.map(amount),
            "currency": route.price.map(|price| price.currency.code()),
            "courses_without_price": route.without_price,
        }),
    }
}

/// Everything that time alone will change, and what is to be looked up again, by time.
/// With what templates ask of the clock.
pub(super) fn changes(site: &Site, clock: &[Change]) -> Vec<Row> {
    let reviews = graph::reviews(site).into_iter();
    let reviews = reviews.map(|(at, path)| (at, Some(path), "salary to be looked up".to_owned()));
    let changes = site.changes().into_iter().chain(clock.iter().cloned());
    let changes = changes.map(|change| (change.at, change.path, change.what.to_string()));
    let mut all: Vec<_> = changes.chain(reviews).collect();
    all.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    all.into_iter()
        .map(|(at, path, what)| {
            let at = instant(site, at);
            let path = path.map(|path| path.to_string()).unwrap_or_default();
            Row {
                json: json!({ "at": at, "file": path, "what": what }),
                cells: vec![at, path, what],
            }
        })
        .collect()
}
