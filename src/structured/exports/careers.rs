//! `careers.json`: the careers of a site, what they ask for and the way into them.

use serde_json::{Value, json};

use super::catalog::{Catalog, faq};
use crate::content::kinds::career;
use crate::data::Record;
use crate::site::Entity;
use crate::structured::graph::find;

/// One career.
pub(super) fn entry(catalog: Catalog<'_>, entity: &Entity) -> Value {
    let record = &entity.record;
    let mut map = catalog.common(entity);
    let mut set = |key: &str, value: Value| map.insert(key.to_owned(), value);
    set("alt_titles", record.texts("alt_titles").into());
    set("codes", codes(record));
    set("responsibilities", record.texts("responsibilities").into());
    set("skill_groups", groups(catalog, record));
    set("path", path(catalog, record));
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
