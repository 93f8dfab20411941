//! Ways: what to take before a course, and from nothing to a career, with hours and price.

use std::collections::HashSet;

use jiff::Timestamp;

use super::{Relation, Role, role};
use crate::base::duration::parse_minutes;
use crate::base::{Hasher, Money};
use crate::data::{Record, Value};
use crate::site::{Entity, PageId, Site, references};

/// The way from nothing to a career.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Its stages, in order.
    pub stages: Vec<Stage>,
    /// Minutes of all courses whose length is known.
    pub minutes: u64,
    /// Courses whose length is not known.
    pub without_length: usize,
    /// What all courses cost now, those without a price aside; none where none has one, and
    /// where they are in several currencies.
    pub price: Option<Money>,
    /// What they cost without promos.
    pub normal: Option<Money>,
    /// When the first promo among their prices ends.
    pub until: Option<Timestamp>,
    /// Courses whose price is not known, or not that of the whole course.
    pub without_price: usize,
    /// Whether a course counts with the lowest of several prices, so that one may pay more.
    pub at_least: bool,
}

/// A stage of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What it is called.
    pub name: Box<str>,
    /// Its courses, each once in the route, with what they need before them.
    pub courses: Vec<Step>,
    /// Its articles.
    pub articles: Vec<PageId>,
}

/// A course of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The course.
    pub course: PageId,
    /// Whether the stage does not name it, but a course that does needs it.
    pub needed: bool,
}

impl Route {
    /// The courses, in order.
    pub fn courses(&self) -> impl Iterator<Item = PageId> {
        let stages = self.stages.iter();
        stages.flat_map(|stage| stage.courses.iter().map(|step| step.course))
    }

    /// Stands for all that can be seen of it: the cards of its courses hold price and length.
    pub(in crate::site) fn hash_into(&self, hasher: &mut Hasher, site: &Site) {
        hasher.number(self.stages.len() as u64);
        for stage in &self.stages {
            hasher.text(&stage.name).number(stage.courses.len() as u64);
            for step in &stage.courses {
                hasher
                    .print(site.entity(step.course).card_print)
                    .number(u64::from(step.needed));
            }
            hasher.number(stage.articles.len() as u64);
            for article in &stage.articles {
                hasher.print(site.entity(*article).card_print);
            }
        }
    }
}

/// The course that takes the place of one that is expired; of several in a row the last.
pub fn successor(site: &Site, course: PageId) -> Option<PageId> {
    let mut seen = HashSet::new();
    let mut at = course;
    while site.entity(at).expired && seen.insert(at) {
        let next = Relation::ReplacedBy.targets(site, site.entity(at));
        at = next.first()?.0;
    }
    (at != course && !site.entity(at).expired).then_some(at)
}

/// All that a course needs before it, what comes first at the front.
pub fn prerequisites(site: &Site, course: PageId) -> Vec<PageId> {
    let mut seen = HashSet::from([course]);
    let mut found = Vec::new();
    before(site, course, &mut seen, &mut found);
    found
}

/// Adds what a course needs and is not there yet, in an order in which it can be taken. Circles
/// were reported; each course is met once. Without recursion: chains may be long.
fn before(site: &Site, course: PageId, seen: &mut HashSet<PageId>, found: &mut Vec<PageId>) {
    let targets = |id: PageId| {
        let targets = Relation::Prerequisites.targets(site, site.entity(id));
        targets.into_iter().map(|(id, _)| id).rev().collect()
    };
    let mut way: Vec<(PageId, Vec<PageId>)> = vec![(course, targets(course))];
    while let Some((id, open)) = way.last_mut() {
        match open.pop() {
            Some(next) if seen.insert(next) => way.push((next, targets(next))),
            Some(_) => {}
            None => {
                if *id != course {
                    found.push(*id);
                }
                way.pop();
            }
        }
    }
}

/// The way to a career; none for a page that is no career.
pub fn route(site: &Site, career: PageId) -> Option<Route> {
    let entity = site.entity(career);
    if role(site, entity) != Role::Career {
        return None;
    }
    let mut seen = HashSet::new();
    let mut route = Route::default();
    for (stage, _) in entity.record.tables("path") {
        let mut courses = Vec::new();
        for course in named(site, entity.lang, stage, "courses") {
            let Some(course) = still_given(site, course).filter(|course| seen.insert(*course))
            else {
                continue;
            };
            let mut needed = Vec::new();
            before(site, course, &mut seen, &mut needed);
            needed.retain(|course| !site.entity(*course).expired);
            courses.extend(needed.into_iter().map(|course| Step {
                course,
                needed: true,
            }));
            courses.push(Step {
                course,
                needed: false,
            });
        }
        route.stages.push(Stage {
            name: stage.text("stage").unwrap_or_default().into(),
            courses,
            articles: named(site, entity.lang, stage, "articles"),
        });
    }
    sum_up(site, &mut route);
    Some(route)
}

/// A course that is not expired, or the one that takes its place; none where none does.
fn still_given(site: &Site, course: PageId) -> Option<PageId> {
    match site.entity(course).expired {
        true => successor(site, course),
        false => Some(course),
    }
}

fn named(site: &Site, lang: u8, record: &Record, field: &str) -> Vec<PageId> {
    let refs = record.refs(field);
    refs.filter_map(|(reference, _)| references::target(site, lang, reference))
        .collect()
}

fn sum_up(site: &Site, route: &mut Route) {
    let courses: Vec<PageId> = route.courses().collect();
    let mut prices = Vec::new();
    for id in courses {
        let entity = site.entity(id);
        match minutes(entity) {
            Some(minutes) => route.minutes += minutes,
            None => route.without_length += 1,
        }
        match price(entity) {
            Price::Known {
                now,
                normal,
                until,
                at_least,
            } => {
                prices.push((now, normal));
                route.at_least |= at_least;
                route.until = route.until.into_iter().chain(until).min();
            }
            Price::Nothing => {}
            Price::Unknown => route.without_price += 1,
        }
    }
    route.price = sum(prices.iter().map(|(now, _)| *now));
    route.normal = sum(prices.iter().map(|(_, normal)| *normal));
}

fn sum(amounts: impl Iterator<Item = Money>) -> Option<Money> {
    let mut total: Option<Money> = None;
    for amount in amounts {
        total = Some(match total {
            None => amount,
            Some(before) if before.currency == amount.currency => Money {
                minor: before.minor.checked_add(amount.minor)?,
                ..before
            },
            Some(_) => return None,
        });
    }
    total
}

/// How long a course is, where it says so.
fn minutes(entity: &Entity) -> Option<u64> {
    match &entity.record.get("duration")?.value {
        Value::Text(words) => parse_minutes(words).ok().map(u64::from),
        Value::Table(table) => {
            let hours = table.text("hours").and_then(hours_in_minutes);
            let sessions = || {
                let count = u64::try_from(table.int("sessions")?).ok()?;
                count.checked_mul(u64::try_from(table.int("session_minutes")?).ok()?)
            };
            hours.or_else(sessions)
        }
        _ => None,
    }
}

/// Exact decimal hours as minutes, what is less than one cut off.
fn hours_in_minutes(hours: &str) -> Option<u64> {
    let (whole, fraction) = hours.split_once('.').unwrap_or((hours, ""));
    let fraction: String = fraction.chars().chain("00".chars()).take(2).collect();
    let hundredths = whole.parse::<u64>().ok()?.checked_mul(100)? + fraction.parse::<u64>().ok()?;
    Some(hundredths.checked_mul(60)? / 100)
}

/// What one pays for a course as a whole.
enum Price {
    /// Now, without promos, and until when; perhaps the lowest of several.
    Known {
        now: Money,
        normal: Money,
        until: Option<Timestamp>,
        at_least: bool,
    },
    /// It is free.
    Nothing,
    /// It is asked for, or counted by month or session.
    Unknown,
}

fn price(entity: &Entity) -> Price {
    let Some(sale) = &entity.sale else {
        return Price::Unknown;
    };
    let Some(offer) = sale.lowest() else {
        let free = crate::content::kinds::course::offer(&entity.record) == "free";
        return if free { Price::Nothing } else { Price::Unknown };
    };
    if !matches!(&*offer.per, "course" | "person") {
        return Price::Unknown;
    }
    let struck = offer.struck.filter(|_| offer.promo.is_some());
    Price::Known {
        now: offer.amount,
        normal: struck.unwrap_or(offer.amount),
        until: offer.promo.as_ref().map(|promo| promo.until),
        at_least: sale.price.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::hours_in_minutes;

    #[test]
    fn hours_are_minutes_without_floats() {
        assert_eq!(hours_in_minutes("24"), Some(1440));
        assert_eq!(hours_in_minutes("1.5"), Some(90));
        assert_eq!(hours_in_minutes("0.75"), Some(45));
        assert_eq!(hours_in_minutes("0.333"), Some(19));
        assert_eq!(hours_in_minutes("x"), None);
    }
}
