//! Courses.

use serde_json::Value;

use super::article::{linked, picture};
use super::graph::Graph;
use super::organization;
use super::thing::Thing;
use super::{instances, name, offers, workload};
use crate::data::Record;
use crate::site::{Entity, PageId, Site};

/// Whether a page is one.
pub(super) fn is_one(site: &Site, entity: &Entity) -> bool {
    site.kinds[entity.kind as usize].name == "course"
}

/// What a page is called; the name of a course does not sell.
pub(super) fn title(site: &Site, entity: &Entity) -> String {
    match is_one(site, entity) {
        true => name::plain(&entity.title),
        false => entity.title.to_string(),
    }
}

/// A course in a list: what a search engine shows of it there.
pub(super) fn brief(graph: &Graph<'_>, id: PageId, provider: Value) -> Thing {
    let entity = graph.site.entity(id);
    Thing::with_id("Course", &graph.page_id(entity, "course"))
        .and("url", graph.address(&entity.url))
        .and("name", name::plain(&entity.title))
        .and("description", &*entity.description)
        .and("provider", provider)
}

/// A course on its own page.
pub(super) fn node(graph: &mut Graph<'_>, entity: &Entity) -> Thing {
    let record = &entity.record;
    let provider = graph.organization();
    let (offers, instances) = (offers::all(graph, entity), instances::all(graph, entity));
    Thing::with_id("Course", &graph.page_id(entity, "course"))
        .and("name", name::plain(&entity.title))
        .and("description", &*entity.description)
        .and("url", graph.address(&entity.url))
        .and("image", picture(graph, entity))
        .and("courseCode", record.text("code"))
        .and("provider", provider)
        .and(
            "inLanguage",
            record.text("language").unwrap_or(graph.language()),
        )
        .and("educationalLevel", record.choice("level").and_then(level))
        .and("timeRequired", workload::minutes(record).map(workload::iso))
        .and_all("about", texts(record, "tools"))
        .and_all("audience", audience(record))
        .and_all("teaches", teaches(graph, record))
        .and_all("coursePrerequisites", prerequisites(graph, record))
        .and("educationalCredentialAwarded", certificate(record))
        .and_all("syllabusSections", syllabus(record))
        .and_all("offers", offers)
        .and_all("hasCourseInstance", instances)
        .and("aggregateRating", rating(graph.site, record))
}

/// A level by the word that schema.org gives as an example; none for courses for everybody.
fn level(level: &str) -> Option<&'static str> {
    Some(match level {
        "beginner" => "Beginner",
        "intermediate" => "Intermediate",
        "advanced" => "Advanced",
        _ => return None,
    })
}

fn texts(record: &Record, field: &str) -> Vec<Value> {
    let named = |text: &str| Thing::new("Thing").and("name", text).into();
    record.texts(field).into_iter().map(named).collect()
}

fn audience(record: &Record) -> Vec<Value> {
    let one = |text: &str| {
        Thing::new("EducationalAudience")
            .and("educationalRole", "student")
            .and("audienceType", text)
            .into()
    };
    record.texts("audience").into_iter().map(one).collect()
}

/// Skills as terms, and outcomes as texts.
fn teaches(graph: &Graph<'_>, record: &Record) -> Vec<Value> {
    let mut all = linked(graph, record, "skills", "DefinedTerm", "skill");
    all.extend(record.texts("outcomes").into_iter().map(Value::from));
    all
}

fn prerequisites(graph: &Graph<'_>, record: &Record) -> Vec<Value> {
    let Some(table) = record.table("prerequisites") else {
        return Vec::new();
    };
    let mut all = linked(graph, table, "courses", "Course", "course");
    all.extend(table.texts("text").into_iter().map(Value::from));
    all
}

fn certificate(record: &Record) -> Value {
    let Some(table) = record.table("certificate") else {
        return Value::Null;
    };
    let issuer = table.text("issuer").map(|issuer| {
        let issuer = Thing::new("Organization").and("name", issuer);
        Value::from(issuer)
    });
    let certificate = Thing::new("EducationalOccupationalCredential")
        .and("name", table.text("name"))
        .and("recognizedBy", issuer);
    if certificate.is_bare() {
        Value::Null
    } else {
        certificate.into()
    }
}

fn syllabus(record: &Record) -> Vec<Value> {
    let section = |table: &Record| {
        let lessons = table.tables("lessons");
        let lessons: Vec<&str> = lessons.filter_map(|(one, _)| one.text("title")).collect();
        let minutes = workload::of_module(table);
        Thing::new("Syllabus")
            .and("name", table.text("title"))
            .and("description", lessons.join("; "))
            .and("timeRequired", minutes.map(workload::iso))
            .into()
    };
    let modules = record.tables("modules");
    modules.map(|(table, _)| section(table)).collect()
}

/// What the site's own visitors gave; what another site gathered may be shown, not claimed.
fn rating(site: &Site, record: &Record) -> Value {
    let Some(table) = record.table("rating").filter(|table| is_own(site, table)) else {
        return Value::Null;
    };
    let count = table.int("count").filter(|count| *count > 0);
    let (Some(value), Some(count)) = (table.text("value"), count) else {
        return Value::Null;
    };
    Thing::new("AggregateRating")
        .and("ratingValue", value)
        .and("ratingCount", count)
        .and("bestRating", 5)
        .and("worstRating", 1)
        .into()
}

/// Whether a rating's source is this site: its name, that of the organisation, or an address
/// below the site's.
fn is_own(site: &Site, rating: &Record) -> bool {
    let source = rating
        .text("source")
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    let names = [&*site.config.title, organization::name(site)];
    let base = site.config.base_url.to_lowercase();
    let below = |rest: &str| rest.is_empty() || rest.starts_with(['/', '?', '#']);
    names.iter().any(|name| name.to_lowercase() == source)
        || source.strip_prefix(&*base).is_some_and(below)
}
