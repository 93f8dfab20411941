//! When and how a course is held.

use serde_json::{Value, json};

use super::article::people;
use super::graph::Graph;
use super::held::{self, Held};
use super::thing::Thing;
use super::{name, offers, workload};
use crate::site::Entity;
use crate::site::sale::BatchState;

/// The batches that are not over; for a course without any the one way in which it is held.
pub(super) fn all(graph: &mut Graph<'_>, entity: &Entity) -> Vec<Value> {
    let coming = held::all(graph.site, entity)
        .into_iter()
        .filter(|held| held.batch.state != BatchState::Over);
    let made: Vec<Value> = coming
        .map(|held| batch(graph, entity, &held).into())
        .collect();
    if made.is_empty() {
        return at_any_time(graph, entity)
            .map(Value::from)
            .into_iter()
            .collect();
    }
    made
}

fn at_any_time(graph: &mut Graph<'_>, entity: &Entity) -> Option<Thing> {
    let record = &entity.record;
    let load = workload::minutes(record).map(workload::iso);
    let mode = record.choice("mode");
    if load.is_none() && mode.is_none() {
        return None;
    }
    let instructors = people(graph, record, "instructors");
    let instance = Thing::with_id("CourseInstance", &graph.page_id(entity, "instance"))
        .and("courseMode", mode.map(course_mode))
        .and("courseWorkload", load)
        .and_all("instructor", instructors);
    Some(instance)
}

fn batch(graph: &mut Graph<'_>, entity: &Entity, held: &Held<'_>) -> Thing {
    let (record, batch) = (&entity.record, held.batch);
    let mode = held.mode(record);
    let own = held
        .record
        .filter(|own| !own.list("instructors").is_empty());
    let instructors = people(graph, own.unwrap_or(record), "instructors");
    let organizer = graph.organization();
    let price = batch.price.as_ref().filter(|_| batch.own_price);
    let offer = price.map(|price| {
        let offer = offers::of_batch(graph, entity, price, &batch.id, batch.state, batch.full);
        Value::from(offer)
    });
    let own_name = format!("batch-{}", batch.id);
    let seats = |field| held.record.and_then(|record| record.int(field));
    Thing::with_id("CourseInstance", &graph.page_id(entity, &own_name))
        .and("name", name::plain(&entity.title))
        .and("description", &*entity.description)
        .and("url", graph.address(&entity.url))
        .and("courseMode", mode.map(course_mode))
        .and(
            "courseWorkload",
            workload::minutes(record).map(workload::iso),
        )
        .and("startDate", held.start())
        .and("endDate", held.end())
        .and("eventStatus", status(batch.state))
        .and("eventAttendanceMode", mode.map(attendance))
        .and_all("location", places(graph, entity, held, mode))
        .and_all("instructor", instructors)
        .and("organizer", organizer)
        .and("maximumAttendeeCapacity", seats("seats"))
        .and("remainingAttendeeCapacity", seats("seats_left"))
        .and("courseSchedule", schedule(held))
        .and("offers", offer)
}

fn course_mode(mode: &str) -> &'static str {
    match mode {
        "online" => "Online",
        "onsite" => "Onsite",
        _ => "Blended",
    }
}

fn attendance(mode: &str) -> &'static str {
    match mode {
        "online" => "https://schema.org/OnlineEventAttendanceMode",
        "onsite" => "https://schema.org/OfflineEventAttendanceMode",
        _ => "https://schema.org/MixedEventAttendanceMode",
    }
}

fn status(state: BatchState) -> &'static str {
    match state {
        BatchState::Cancelled => "https://schema.org/EventCancelled",
        BatchState::Postponed => "https://schema.org/EventPostponed",
        _ => "https://schema.org/EventScheduled",
    }
}

/// A place that one goes to, an address that one opens, or both.
fn places(graph: &Graph<'_>, entity: &Entity, held: &Held<'_>, mode: Option<&str>) -> Vec<Value> {
    let mut places = Vec::new();
    let named = held.text("location");
    if let Some(place) = named.filter(|_| mode != Some("online")) {
        let place = Thing::new("Place").and("name", place).and("address", place);
        places.push(place.into());
    }
    if matches!(mode, Some("online" | "blended")) {
        let page =
            Thing::new("VirtualLocation").and("name", named.filter(|_| mode == Some("online")));
        places.push(page.and("url", graph.address(&entity.url)).into());
    }
    places
}

fn schedule(held: &Held<'_>) -> Value {
    let days = held.days();
    if days.is_empty() {
        return Value::Null;
    }
    let hours = held.hours();
    let time = |time: jiff::civil::Time| time.strftime("%H:%M:%S").to_string();
    let last = held.last_day().map(|day| day.to_string());
    Thing::new("Schedule")
        .and_all("byDay", days.into_iter().map(day).collect())
        .and("repeatFrequency", "P1W")
        .and("startDate", held.first_day().to_string())
        .and("endDate", last)
        .and("startTime", hours.map(|hours| time(hours.from)))
        .and("endTime", hours.and_then(|hours| hours.to).map(time))
        .and("scheduleTimezone", held.zone.iana_name())
        .into()
}

/// `tuesday` as schema.org names it.
fn day(day: &str) -> Value {
    let (first, rest) = day.split_at(day.len().min(1));
    json!(format!("https://schema.org/{}{rest}", first.to_uppercase()))
}
