//! What there is to say about sales once the site is linked: campaigns that mean no course or
//! lower nothing, and what time has left behind.
//!
//! Time alone never fails a build: all that it brings about is a warning.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Campaigns, Promo, Sale, Slot, Terms, is_course};
use crate::base::{Map, Money, Span};
use crate::config::{Campaign, Config, Cut};
use crate::diag::Diagnostic;
use crate::site::taxonomies::term_slug;
use crate::site::{Entity, PageId, Site, references};

/// What there is to say about the sales of a site.
#[derive(Default)]
pub(in crate::site) struct Said {
    /// About campaigns.
    general: Vec<Diagnostic>,
    /// About single courses.
    by_page: Map<PageId, Vec<Diagnostic>>,
    /// The next instant at which time alone changes what is said.
    pub(in crate::site) until: Option<Timestamp>,
}

impl Said {
    /// About all sales of a site.
    pub(in crate::site) fn of(site: &Site) -> Self {
        let campaigns = Campaigns::of_site(&site.config);
        let mut said = Self::default();
        for id in site.page_ids() {
            said.add_page(site, id, &campaigns);
        }
        said.general = campaigns_of(site, &campaigns);
        said.until = sooner(said.until, next_campaign_end(site));
        said
    }

    /// Says anew what there is to say after some courses changed.
    pub(in crate::site) fn renew(&mut self, site: &Site, ids: &[PageId]) {
        let campaigns = Campaigns::of_site(&site.config);
        for id in ids {
            self.by_page.remove(id);
            self.add_page(site, *id, &campaigns);
        }
        self.general = campaigns_of(site, &campaigns);
    }

    /// All of it.
    pub(in crate::site) fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.general.iter().chain(self.by_page.values().flatten())
    }

    fn add_page(&mut self, site: &Site, id: PageId, campaigns: &Campaigns<'_>) {
        let entity = site.entity(id);
        // A translation inherits: what is wrong stands in the other file.
        let Some(sale) = entity.sale.as_ref().filter(|_| entity.lang == 0) else {
            return;
        };
        let Some(terms) = super::terms(site, entity, campaigns) else {
            return;
        };
        let now = site.now.instant;
        let ends = terms.ends().filter(|end| *end > now).min();
        self.until = sooner(self.until, ends);
        let mut found = left_behind(site, entity, sale, &terms);
        found.extend(overlaps(site, entity, &terms));
        if !found.is_empty() {
            self.by_page.insert(id, found);
        }
    }
}

fn sooner(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.into_iter().chain(other).min()
}

fn next_campaign_end(site: &Site) -> Option<Timestamp> {
    let config = &site.config;
    let ends = config
        .campaigns
        .iter()
        .map(|one| one.window(&config.zone).1);
    ends.filter(|end| *end > site.now.instant).min()
}

/// Promos and batches that are over, with their places.
fn left_behind(site: &Site, entity: &Entity, sale: &Sale, terms: &Terms<'_>) -> Vec<Diagnostic> {
    let now = site.now.instant;
    let mut found = Vec::new();
    if terms.is_archived() {
        return found;
    }
    let mut tell = |code, message, span: Option<Span>, fix: String| {
        if let Some(span) = span {
            found.push(Diagnostic::warning(code, message).at(entity.path(), span, fix));
        }
    };
    for (table, _) in entity.record.tables("promos") {
        let Some(until) = table.when("until") else {
            continue;
        };
        if until.to_timestamp_end(&site.now.zone) <= now {
            let fix = "take it out: nobody sees it any more".to_owned();
            tell("promo-over", "this promo is over", table.span("until"), fix);
        }
    }
    let written = entity.record.list("batches");
    for batch in sale.batches.iter().filter(|batch| batch.over <= now) {
        let item = &written[batch.at];
        let span = item
            .as_table()
            .map_or(Some(item.span), |table| table.span("start"));
        let fix = "take it out, or write when the next one starts".to_owned();
        tell("batch-over", "this batch is over", span, fix);
    }
    found
}

/// Own promos that run at the time of a campaign: allowed, but told.
fn overlaps(site: &Site, entity: &Entity, terms: &Terms<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (table, span) in entity.record.tables("promos") {
        let Some(own) = terms.own_promo(table) else {
            continue;
        };
        for (shared, campaign) in terms.campaigns() {
            if !meet(site, &own, shared) {
                continue;
            }
            let message = format!(
                "this promo runs at the time of the campaign \"{}\": the lower price is shown",
                campaign.label
            );
            let told = Diagnostic::warning("campaign-overlap", message)
                .at(entity.path(), span, "is that meant?")
                .at(&Config::path(), campaign.span, "the campaign");
            found.push(told);
        }
    }
    found
}

/// Whether two promos will still lower one price at one time.
fn meet(site: &Site, one: &Promo, other: &Promo) -> bool {
    let from = one.from.max(other.from).unwrap_or(Timestamp::MIN);
    let until = one.until.min(other.until);
    let slots = one.is_for(Slot::Course) && other.is_for(Slot::Course)
        || one.is_for(Slot::Batch) && other.is_for(Slot::Batch)
        || one
            .variants
            .iter()
            .any(|id| other.is_for(Slot::Variant(id)));
    slots && from < until && site.now.instant < until
}

/// What the courses of a site make of a campaign.
#[derive(Default)]
struct Fate {
    /// How many courses with a price it is for.
    courses: usize,
    /// Of how many it is for a price that there is.
    meant: usize,
    /// The first that it is not cheaper than, and how many there are.
    dear: Option<(PageId, usize)>,
    /// The first whose price is in another currency, with that price.
    foreign: Option<(PageId, Money)>,
    /// A campaign before it that runs at the same time for one of its courses.
    meets: Option<(usize, PageId)>,
}

fn campaigns_of(site: &Site, campaigns: &Campaigns<'_>) -> Vec<Diagnostic> {
    let all = &site.config.campaigns;
    if all.is_empty() {
        return Vec::new();
    }
    let fates = fates(site, campaigns);
    let none = Fate::default();
    let mut found = Vec::new();
    for (at, campaign) in all.iter().enumerate() {
        let wrong = unknown_names(site, campaign);
        let fate = fates.get(&at).unwrap_or(&none);
        if wrong.is_empty() && fate.meant == 0 {
            found.push(unused(campaign, fate.courses > 0));
        }
        found.extend(wrong);
        found.extend(fate.dear.map(|dear| not_cheaper(site, campaign, dear)));
        found.extend(
            fate.foreign
                .map(|(id, price)| other_currency(site, campaign, id, price)),
        );
        found.extend(
            fate.meets
                .map(|(other, id)| both_run(site, campaign, &all[other], id)),
        );
        if campaign.window(&site.config.zone).1 <= site.now.instant {
            let told = Diagnostic::warning("campaign-over", "this campaign is over");
            found.push(told.at(&Config::path(), campaign.until_span, "take it out"));
        }
    }
    found
}

fn fates(site: &Site, campaigns: &Campaigns<'_>) -> BTreeMap<usize, Fate> {
    let mut fates: BTreeMap<usize, Fate> = BTreeMap::new();
    for id in site.page_ids() {
        let entity = site.entity(id);
        if entity.lang != 0 || !is_course(site, entity) {
            continue;
        }
        let held = campaigns.numbers(&entity.id, &entity.record);
        for (place, at) in held.iter().enumerate() {
            let campaign = &site.config.campaigns[*at];
            let fate = fates.entry(*at).or_default();
            if crate::content::kinds::course::has_price(&entity.record) {
                fate.courses += 1;
            }
            if is_meant(entity, campaign) {
                fate.meant += 1;
            }
            let foreign = foreign_price(entity, campaign).map(|price| (id, price));
            fate.foreign = fate.foreign.or(foreign);
            if foreign.is_none() && is_dear(entity, campaign) {
                let (first, count) = fate.dear.unwrap_or((id, 0));
                fate.dear = Some((first, count + 1));
            }
            let before = held[..place].iter();
            let mut meeting = before.filter(|other| run_together(site, **other, *at));
            fate.meets = fate.meets.or(meeting.next().map(|other| (*other, id)));
        }
    }
    fates
}

/// Whether a course has a price of those that the campaign is for.
fn is_meant(entity: &Entity, campaign: &Campaign) -> bool {
    match campaign.cut {
        Cut::Percent(_) => crate::content::kinds::course::has_price(&entity.record),
        Cut::Price(_) => entity
            .record
            .money("price")
            .is_some_and(|price| price.minor > 0),
    }
}

/// The course's price, where it is in another currency than the campaign's.
fn foreign_price(entity: &Entity, campaign: &Campaign) -> Option<Money> {
    let Cut::Price(amount) = &campaign.cut else {
        return None;
    };
    let normal = entity.record.money("price").filter(|price| price.minor > 0);
    normal.filter(|normal| normal.currency != amount.currency)
}

/// Whether it would not lower the course's price.
fn is_dear(entity: &Entity, campaign: &Campaign) -> bool {
    let normal = entity.record.money("price").filter(|price| price.minor > 0);
    let percent = matches!(campaign.cut, Cut::Percent(_));
    normal.is_some_and(|normal| !percent && campaign.cut.lower(normal).is_none())
}

fn run_together(site: &Site, one: usize, other: usize) -> bool {
    let zone = &site.config.zone;
    let window = |at: usize| site.config.campaigns[at].window(zone);
    let ((from, until), (other_from, other_until)) = (window(one), window(other));
    let end = until.min(other_until);
    from.max(other_from) < end && site.now.instant < end
}

/// Courses, skills and a category that the site does not have.
fn unknown_names(site: &Site, campaign: &Campaign) -> Vec<Diagnostic> {
    let path = Config::path();
    let mut found = Vec::new();
    for (id, span) in &campaign.courses {
        let told = references::check_named(site, &path, "course", id, *span);
        // A course may be published while its campaign runs.
        found.extend(told.filter(|told| told.code != "reference-to-draft"));
    }
    for (id, span) in &campaign.skills {
        found.extend(references::check_named(site, &path, "skill", id, *span));
    }
    found.extend(unknown_category(site, campaign));
    found
}

fn unknown_category(site: &Site, campaign: &Campaign) -> Option<Diagnostic> {
    let (category, span) = campaign.category.as_ref()?;
    let courses = site
        .entities
        .iter()
        .filter(|entity| is_course(site, entity));
    let known: Vec<&str> = courses
        .filter_map(|entity| entity.record.text("category"))
        .collect();
    let slug = term_slug(category);
    if known.iter().any(|name| term_slug(name) == slug) {
        return None;
    }
    let fix = match crate::base::text::nearest(category, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        // One that is not published yet may have it.
        None if !site.absent.is_empty() => return None,
        None => "write one that courses have".to_owned(),
    };
    let message = format!("no course has the category \"{category}\"");
    Some(Diagnostic::error("campaign-category", message).at(&Config::path(), *span, fix))
}

fn unused(campaign: &Campaign, priced: bool) -> Diagnostic {
    let (message, fix) = match priced {
        false => (
            "this campaign is for no course with a price",
            "correct it, or take it out",
        ),
        true => (
            "this campaign lowers no price: an amount is for the price of a course, not for those of variants and batches",
            "write a percentage, or take it out",
        ),
    };
    let told = Diagnostic::warning("campaign-unused", message);
    told.at(&Config::path(), campaign.span, fix)
}

fn not_cheaper(site: &Site, campaign: &Campaign, (id, count): (PageId, usize)) -> Diagnostic {
    let entity = site.entity(id);
    let price = entity.record.money("price");
    let price = price.map(Money::major_text).unwrap_or_default();
    let more = match count - 1 {
        0 => String::new(),
        1 => ", nor than that of another course".to_owned(),
        more => format!(", nor than those of {more} other courses"),
    };
    let message = format!(
        "the campaign is not cheaper than the price of \"{}\", {price}{more}",
        entity.title
    );
    let fix = "write a lower amount or a percentage, or name the courses that it is for";
    let told =
        Diagnostic::error("promo-not-cheaper", message).at(&Config::path(), campaign.cut_span, fix);
    match entity.record.span("price") {
        Some(span) => told.at(entity.path(), span, "the price"),
        None => told,
    }
}

fn other_currency(site: &Site, campaign: &Campaign, id: PageId, price: Money) -> Diagnostic {
    let entity = site.entity(id);
    let own = match &campaign.cut {
        Cut::Price(amount) => amount.currency.code(),
        Cut::Percent(_) => "",
    };
    let message = format!(
        "the campaign is in {own}, the price of \"{}\" in {}",
        entity.title, price.currency
    );
    let fix = "write a percentage, or name the courses that it is for";
    let told = Diagnostic::error("promo-currency", message);
    let told = told.at(&Config::path(), campaign.cut_span, fix);
    match entity.record.span("price") {
        Some(span) => told.at(entity.path(), span, "the price"),
        None => told,
    }
}

fn both_run(site: &Site, campaign: &Campaign, other: &Campaign, id: PageId) -> Diagnostic {
    let message = format!(
        "this campaign runs at the time of \"{}\" for \"{}\": the lower price is shown",
        other.label,
        site.entity(id).title
    );
    Diagnostic::warning("campaign-overlap", message)
        .at(&Config::path(), campaign.span, "is that meant?")
        .at(&Config::path(), other.span, "the other one")
}
