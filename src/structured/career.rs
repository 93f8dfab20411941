//! Careers as occupations, and the ways into them as programmes.

use serde_json::Value;

use super::amount::major;
use super::article::link;
use super::graph::{Graph, find};
use super::thing::Thing;
use crate::content::kinds::career;
use crate::data::Record;
use crate::site::{Answer, Entity, Question};

/// The occupation.
pub(super) fn node(graph: &mut Graph<'_>, entity: &Entity) -> Thing {
    let record = &entity.record;
    program(graph, entity);
    let regions = record
        .tables("salary")
        .filter_map(|(range, _)| range.text("region"));
    let regions: Vec<Value> = regions
        .map(|region| Thing::new("AdministrativeArea").and("name", region).into())
        .collect();
    let salaries = record.tables("salary").flat_map(|(range, _)| salary(range));
    Thing::with_id("Occupation", &graph.page_id(entity, "occupation"))
        .and("name", &*entity.title)
        .and_all("alternateName", texts(record, "alt_titles"))
        .and("description", &*entity.description)
        .and("url", graph.address(&entity.url))
        .and_all("occupationalCategory", codes(record))
        .and_all("responsibilities", texts(record, "responsibilities"))
        .and_all("skills", skills(graph, record))
        .and_all("occupationLocation", regions)
        .and_all("estimatedSalary", salaries.collect())
}

fn texts(record: &Record, field: &str) -> Vec<Value> {
    record.texts(field).into_iter().map(Value::from).collect()
}

/// Codes of registers, each with the register that it is from.
fn codes(record: &Record) -> Vec<Value> {
    let Some(table) = record.table("codes") else {
        return Vec::new();
    };
    let registers = [
        ("onet", "O*NET-SOC"),
        ("esco", "ESCO"),
        ("isco08", "ISCO-08"),
        ("kbji", "KBJI"),
    ];
    let code = |(field, register): (&str, &str)| {
        let code = table.text(field)?;
        let set = Thing::new("CategoryCodeSet").and("name", register);
        Some(
            Thing::new("CategoryCode")
                .and("codeValue", code)
                .and("inCodeSet", set)
                .into(),
        )
    };
    registers.into_iter().filter_map(code).collect()
}

/// The skills of all groups, each once.
fn skills(graph: &Graph<'_>, record: &Record) -> Vec<Value> {
    let mut seen = Vec::new();
    for (group, _) in record.tables("skill_groups") {
        for (skill, ..) in career::skills_of(group) {
            let found = find(graph.site, graph.lang, skill);
            seen.extend(found.filter(|id| !seen.contains(id)));
        }
    }
    let skills = seen.into_iter();
    skills
        .map(|id| link(graph, id, "DefinedTerm", "skill").into())
        .collect()
}

/// What it pays in a region. The ends of a range are no percentiles, so they are told as an
/// amount of their own.
fn salary(range: &Record) -> Vec<Value> {
    let (duration, unit) = match range.choice("unit") {
        Some("year") => ("P1Y", "YEAR"),
        _ => ("P1M", "MONTH"),
    };
    let currency = ["median", "min", "max"]
        .iter()
        .find_map(|name| range.money(name));
    let Some(currency) = currency.map(|money| money.currency.code()) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    if let Some(median) = range.money("median") {
        let spread = Thing::new("MonetaryAmountDistribution")
            .and("name", range.text("region"))
            .and("currency", currency)
            .and("duration", duration)
            .and("median", major(median));
        all.push(spread.into());
    }
    let (min, max) = (range.money("min"), range.money("max"));
    if min.is_some() || max.is_some() {
        let ends = Thing::new("QuantitativeValue")
            .and("minValue", min.map(major))
            .and("maxValue", max.map(major))
            .and("unitText", unit);
        let amount = Thing::new("MonetaryAmount")
            .and("name", range.text("region"))
            .and("currency", currency)
            .and("value", ends);
        all.push(amount.into());
    }
    all
}

/// The way into a career, where it leads through courses.
fn program(graph: &mut Graph<'_>, entity: &Entity) {
    let way = Question::Route {
        id: (*entity.id).into(),
        lang: graph.lang,
    };
    let Answer::Route(Some(route)) = graph.view.ask(way) else {
        return;
    };
    let link = |id| link(graph, id, "Course", "course").into();
    let courses: Vec<Value> = route.courses().map(link).collect();
    if courses.is_empty() {
        return;
    }
    let provider = graph.organization();
    let program = Thing::with_id(
        "EducationalOccupationalProgram",
        &graph.page_id(entity, "program"),
    )
    .and("name", &*entity.title)
    .and("description", &*entity.description)
    .and("url", graph.address(&entity.url))
    .and("provider", provider)
    .and("occupationalCategory", &*entity.title)
    .and_all("hasCourse", courses);
    graph.node(program);
}
