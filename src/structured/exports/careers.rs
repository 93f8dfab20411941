//! `careers.json`: the careers of a site, what they ask for and the way into them.

use serde_json::{Value, json};

use super::catalog::{Catalog, faq};
use crate::content::kinds::career;
use crate::data::Record;
use crate::site::graph::{Stage, Step};
use crate::site::{Answer, Entity, Question, View};
use crate::structured::graph::find;

/// One career.
pub(super) fn entry(catalog: Catalog<'_>, view: &View, entity: &Entity) -> Value {
    let record = &entity.record;
    let mut map = catalog.common(entity);
    let mut set = |key: &str, value: Value| map.insert(key.to_owned(), value);
    set("alt_titles", record.texts("alt_titles").into());
    set("codes", codes(record));
    set("responsibilities", record.texts("responsibilities").into());
    set("skill_groups", groups(catalog, record));
    set("path", path(catalog, record));
    set("route", route(catalog, view, entity));
    set("salary", salary(catalog, record));
    set("related", catalog.links(record, "related").into());
    set("faq", faq(record).into());
    map.into()
}

fn codes(record: &Record) -> Value {
    let empty = Record::default();
    let codes = record.table("codes").unwrap_or(&empty);
    json!({
        "onet": codes.text("onet"),
        "esco": codes.text("esco"),
        "isco08": codes.text("isco08"),
        "kbji": codes.text("kbji"),
    })
}

fn groups(catalog: Catalog<'_>, record: &Record) -> Value {
    let groups = record.tables("skill_groups").map(|(group, _)| {
        let skills: Vec<Value> = career::skills_of(group)
            .filter_map(|(skill, importance, _)| {
                let mut link = catalog.link(find(catalog.site, catalog.lang, skill)?);
                link["importance"] = importance.into();
                Some(link)
            })
            .collect();
        json!({ "name": group.text("name"), "skills": skills })
    });
    groups.collect::<Vec<_>>().into()
}

fn path(catalog: Catalog<'_>, record: &Record) -> Value {
    let stages = record.tables("path").map(|(stage, _)| {
        json!({
            "stage": stage.text("stage"),
            "courses": catalog.links(stage, "courses"),
            "articles": catalog.links(stage, "articles"),
        })
    });
    stages.collect::<Vec<_>>().into()
}

/// The way from zero, with what the courses of the path need before them; none where no course
/// leads there.
fn route(catalog: Catalog<'_>, view: &View, entity: &Entity) -> Value {
    let question = Question::Route {
        id: (*entity.id).into(),
        lang: catalog.lang,
    };
    let Answer::Route(Some(route)) = view.ask(question) else {
        return Value::Null;
    };
    let courses: Vec<Value> = route
        .stages
        .iter()
        .flat_map(|stage| {
            stage
                .courses
                .iter()
                .map(|step| course(catalog, stage, step))
        })
        .collect();
    if courses.is_empty() {
        return Value::Null;
    }
    json!({
        "courses": courses,
        "duration": catalog.duration(u32::try_from(route.minutes).ok().filter(|all| *all > 0)),
        "without_length": route.without_length,
        "price": catalog.money(route.price),
        "normal": catalog.money(route.normal),
        "until": route.until.map(|until| catalog.instant(until)),
        "without_price": route.without_price,
        "at_least": route.at_least,
    })
}

fn course(catalog: Catalog<'_>, stage: &Stage, step: &Step) -> Value {
    let mut link = catalog.link(step.course);
    link["stage"] = (*stage.name).into();
    link["needed"] = step.needed.into();
    link
}

fn salary(catalog: Catalog<'_>, record: &Record) -> Value {
    let ranges = record.tables("salary").map(|(range, _)| {
        json!({
            "region": range.text("region"),
            "unit": range.choice("unit"),
            "min": catalog.money(range.money("min")),
            "median": catalog.money(range.money("median")),
            "max": catalog.money(range.money("max")),
            "source": range.text("source"),
            "as_of": catalog.when(range.when("as_of")),
            "review_by": catalog.when(range.when("review_by")),
        })
    });
    ranges.collect::<Vec<_>>().into()
}
