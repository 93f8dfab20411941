//! What a career asks for, what it pays and how one gets there.

use super::words::Word;
use super::{Eyes, Facts, plain, texts};
use crate::base::format_minutes;
use crate::base::when::rfc3339;
use crate::content::kinds::career;
use crate::data::Record;
use crate::site::graph::{Route, Stage, Step};
use crate::site::{Answer, Entity, Question};
use crate::structured::graph::find;

pub(super) fn tell(eyes: &Eyes<'_>, entity: &Entity, facts: &mut Facts) {
    let record = &entity.record;
    let question = Question::Route {
        id: (*entity.id).into(),
        lang: eyes.view.lang,
    };
    let route = match eyes.view.ask(question) {
        Answer::Route(route) => route.filter(|route| route.courses().next().is_some()),
        _ => None,
    };
    let other_names = texts(record, "alt_titles").join(", ");
    facts.line(eyes.word(Word::AlsoCalled), &other_names);
    facts.lines(eyes.word(Word::Salary), &salaries(eyes, record));
    let sum = route.as_ref().map(|route| sum(eyes, route));
    facts.line(eyes.word(Word::Path), &sum.unwrap_or_default());
    facts.line(eyes.word(Word::Related), &eyes.linked(record, "related"));
    let duties = texts(record, "responsibilities");
    facts.list(eyes.word(Word::Responsibilities), &duties);
    facts.list(eyes.word(Word::Skills), &skills(eyes, record));
    if let Some(route) = route {
        let stages = route.stages.iter().enumerate();
        let stages: String = stages.map(|(at, one)| stage(eyes, at + 1, one)).collect();
        facts.part(eyes.word(Word::Path), &stages);
    }
}

/// What it pays in each region, and who says so.
fn salaries(eyes: &Eyes<'_>, record: &Record) -> Vec<String> {
    let ranges = record.tables("salary");
    ranges.map(|(range, _)| salary(eyes, range)).collect()
}

fn salary(eyes: &Eyes<'_>, range: &Record) -> String {
    let money = |field| range.money(field).map(|money| eyes.money(money));
    let amount = match (money("min"), money("max")) {
        (Some(min), Some(max)) => Some(format!("{min}–{max}")),
        (Some(min), None) => Some(format!("{} {min}", eyes.word(Word::From))),
        (None, Some(max)) => Some(format!("{} {max}", eyes.word(Word::UpTo))),
        (None, None) => None,
    };
    let median = money("median").map(|median| format!("{} {median}", eyes.word(Word::Median)));
    let amounts: Vec<String> = [amount, median].into_iter().flatten().collect();
    let unit = eyes.value(range.choice("unit").unwrap_or("month"));
    let region = plain(range.text("region").unwrap_or_default());
    let mut shown = format!("{region}: {} {unit}", amounts.join(", "));
    if let Some(source) = range.text("source") {
        shown = format!("{shown}; {}: {}", eyes.word(Word::Source), plain(source));
    }
    if let Some(when) = range.when("as_of") {
        shown = format!("{shown}, {} {}", eyes.word(Word::AsOf), eyes.when(when));
    }
    shown
}

/// The skills of each group, with how much they matter.
fn skills(eyes: &Eyes<'_>, record: &Record) -> Vec<String> {
    let groups = record.tables("skill_groups").map(|(group, _)| {
        let skills = career::skills_of(group).filter_map(|(skill, importance, _)| {
            let found = find(eyes.site, eyes.view.lang, skill)?;
            Some(format!("{} ({})", eyes.link(found), eyes.value(importance)))
        });
        let skills: Vec<String> = skills.collect();
        let name = plain(group.text("name").unwrap_or_default());
        format!("{name}: {}", skills.join(", "))
    });
    groups.collect()
}

/// How much the way is: courses, hours, price.
fn sum(eyes: &Eyes<'_>, route: &Route) -> String {
    let not_all = |missing: usize| match missing {
        0 => String::new(),
        _ => format!(" ({})", eyes.word(Word::NotAll)),
    };
    let count = i64::try_from(route.courses().count()).unwrap_or(i64::MAX);
    let mut parts = vec![eyes.count(count, Word::CourseCount)];
    let minutes = u32::try_from(route.minutes).unwrap_or(u32::MAX);
    if minutes > 0 {
        let long = format_minutes(minutes, eyes.code);
        parts.push(format!("{long}{}", not_all(route.without_length)));
    }
    if let Some(price) = route.price {
        let normal = route.normal.filter(|normal| *normal != price);
        let normal = normal.map_or_else(String::new, |normal| {
            format!(" ({} {})", eyes.word(Word::Normal), eyes.money(normal))
        });
        let from = match route.at_least {
            true => format!("{} ", eyes.word(Word::From)),
            false => String::new(),
        };
        let shown = format!("{from}{} {}", eyes.money(price), eyes.word(Word::Total));
        parts.push(format!("{shown}{normal}{}", not_all(route.without_price)));
        let zone = &eyes.site.config.zone;
        let until = route
            .until
            .map(|at| rfc3339(at, zone.to_offset(at).seconds()));
        parts.extend(until.map(|until| format!("{} {until}", eyes.word(Word::ValidUntil))));
    }
    parts.join(", ")
}

fn stage(eyes: &Eyes<'_>, number: usize, stage: &Stage) -> String {
    let mut out = format!("{number}. {}\n", plain(&stage.name));
    for Step { course, needed } in &stage.courses {
        let before = match needed {
            true => format!(" ({})", eyes.word(Word::Prerequisite)),
            false => String::new(),
        };
        out.push_str(&format!("   - {}{before}\n", eyes.link(*course)));
    }
    for article in &stage.articles {
        out.push_str(&format!("   - {}\n", eyes.link(*article)));
    }
    out
}
