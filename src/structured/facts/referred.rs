//! Skills, people and articles: above all who refers to them, and to whom they refer.

use super::words::Word;
use super::{Eyes, Facts, plain, texts};
use crate::data::Record;
use crate::site::Entity;
use crate::structured::encoded;

pub(super) fn skill(eyes: &Eyes<'_>, entity: &Entity, facts: &mut Facts) {
    let record = &entity.record;
    let mut line = |label: Word, value: &str| facts.line(eyes.word(label), value);
    line(Word::AlsoCalled, &texts(record, "aka").join(", "));
    line(Word::Website, &address(record.text("url")));
    line(Word::Parent, &eyes.linked(record, "parent"));
    line(Word::Parts, &eyes.asked("skill", "parent", &entity.id));
    line(Word::Requires, &eyes.linked(record, "requires"));
    let needed_for = eyes.asked("skill", "requires", &entity.id);
    line(Word::RequiredBy, &needed_for);
    for (label, kind) in [
        (Word::Courses, "course"),
        (Word::Careers, "career"),
        (Word::Articles, "article"),
        (Word::People, "person"),
    ] {
        line(label, &eyes.asked(kind, "skills", &entity.id));
    }
}

pub(super) fn person(eyes: &Eyes<'_>, entity: &Entity, facts: &mut Facts) {
    let record = &entity.record;
    let mut line = |label: Word, value: &str| facts.line(eyes.word(label), value);
    line(Word::Roles, &roles(eyes, record));
    line(Word::Skills, &eyes.linked(record, "skills"));
    line(
        Word::Teaches,
        &eyes.asked("course", "instructors", &entity.id),
    );
    line(Word::Wrote, &eyes.asked("article", "authors", &entity.id));
    line(Word::Website, &links(record));
}

pub(super) fn article(eyes: &Eyes<'_>, entity: &Entity, facts: &mut Facts) {
    let record = &entity.record;
    for (label, field) in [
        (Word::Careers, "careers"),
        (Word::Skills, "skills"),
        (Word::Courses, "courses"),
    ] {
        facts.line(eyes.word(label), &eyes.linked(record, field));
    }
    let sources = record.tables("sources").map(|(source, _)| {
        let title = plain(source.text("title").unwrap_or_default());
        format!("{title}: {}", address(source.text("url")))
    });
    facts.list(eyes.word(Word::Sources), &sources.collect::<Vec<_>>());
}

fn roles(eyes: &Eyes<'_>, record: &Record) -> String {
    let roles = record.texts("roles").into_iter();
    let roles: Vec<String> = roles.map(|role| eyes.value(role)).collect();
    roles.join(", ")
}

/// Pages elsewhere, written as addresses or with their names.
fn links(record: &Record) -> String {
    let bare = record.texts("links").into_iter();
    let tables = record
        .tables("links")
        .filter_map(|(one, _)| one.text("url"));
    let all: Vec<String> = bare.chain(tables).map(|url| address(Some(url))).collect();
    all.join(", ")
}

fn address(url: Option<&str>) -> String {
    url.map_or_else(String::new, |url| format!("<{}>", encoded(url)))
}
