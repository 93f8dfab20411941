//! What each list tells of a page, a course, a career, a change: as cells of a table and as JSON.

use jiff::Timestamp;
use jiff::civil::Time;
use serde_json::{Value, json};

use crate::base::format_minutes;
use crate::base::money::Money;
use crate::base::when::When;
use crate::site::graph::{self, Role};
use crate::site::sale::{self, Campaigns, Offer};
use crate::site::{Change, Entity, PageId, Sale, Site};

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
    let campaigns = Campaigns::of_site(&site.config);
    let courses = of_role(site, Role::Course).into_iter();
    courses
        .map(|(_, entity)| course(site, entity, &campaigns))
        .collect()
}

fn course(site: &Site, entity: &Entity, campaigns: &Campaigns<'_>) -> Row {
    let sale = entity.sale.as_deref();
    let cost = sale.and_then(|sale| Cost::of(site, entity, sale, campaigns));
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
            cost.as_ref()
                .map_or_else(|| offered.replace('_', " "), |cost| cost.shown(site)),
            next.unwrap_or_default(),
            status.replace('_', " "),
        ],
        json: json!({
            "id": &*entity.id,
            "title": &*entity.title,
            "permalink": site.permalink(&entity.url),
            "file": entity.path().as_str(),
            "offer": offered,
            "price": cost.map(|cost| cost.json(site)),
            "next_batch": batch.map(|batch| json!({
                "id": &*batch.id,
                "start": batch.start.rfc3339(batch.zone_of(batch.start, &site.now.zone)),
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

/// What one pays at least for a course.
struct Cost<'a> {
    offer: &'a Offer,
    /// Whether it is that of the cheapest variant or batch.
    from: bool,
    /// When it changes next, and what it is then.
    next: Option<(Timestamp, Money)>,
}

impl<'a> Cost<'a> {
    fn of(
        site: &'a Site,
        entity: &'a Entity,
        sale: &'a Sale,
        campaigns: &Campaigns<'a>,
    ) -> Option<Self> {
        let terms = sale::terms(site, entity, campaigns);
        Some(Self {
            offer: sale.lowest()?,
            from: sale.price.is_none(),
            next: terms.and_then(|terms| terms.next_price(site.now.instant)),
        })
    }

    fn shown(&self, site: &Site) -> String {
        let from = if self.from { "from " } else { "" };
        let price = display(site, self.offer.amount);
        let next = self.next.map_or_else(String::new, |(at, then)| {
            format!(" until {}, then {}", last(site, at), display(site, then))
        });
        format!("{from}{price}{next}")
    }

    fn json(&self, site: &Site) -> Value {
        let Offer {
            amount: now,
            struck,
            per,
            ..
        } = self.offer;
        json!({
            "amount": amount(*now),
            "currency": now.currency.code(),
            "display": display(site, *now),
            "from": self.from,
            "list_amount": struck.map(amount),
            "valid_until": self.next.map(|(at, _)| instant(site, at)),
            "then": self.next.map(|(_, then)| amount(then)),
            "per": &**per,
        })
    }
}

/// The last day before an instant, or the hour itself within a day.
fn last(site: &Site, at: Timestamp) -> String {
    let local = at.to_zoned(site.now.zone.clone()).datetime();
    let day = local.date();
    match (local.time() == Time::midnight(), day.yesterday()) {
        (true, Ok(day)) => day.to_string(),
        _ => format!("{day} {}", local.time().strftime("%H:%M")),
    }
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
    let from = if route.at_least { "from " } else { "" };
    let total = route
        .price
        .map(|price| format!("{from}{}", display(site, price)));
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
            "from": route.at_least,
        }),
    }
}

/// What time alone will change, and what is to be looked up again, by time.
pub(super) fn changes(site: &Site, changes: &[Change]) -> Vec<Row> {
    let reviews = graph::reviews(site).into_iter();
    let reviews = reviews.map(|(at, path)| (at, Some(path), "salary to be looked up".to_owned()));
    let changes = changes.iter();
    let changes = changes.map(|one| (one.at, one.path.clone(), one.what.to_string()));
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
