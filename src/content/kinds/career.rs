//! Careers: what people do in a job, what they must be able to do, what it pays and how one gets
//! there.

use std::collections::BTreeMap;

use crate::base::{Money, Span};
use crate::data::{Field, Record, Ref, Type, Value};
use crate::diag::Diagnostic;

use super::{CheckContext, Kind, article, common};

/// The amounts of a salary range, from low to high.
const RANGE: [&str; 3] = ["min", "median", "max"];

/// The kind `career`.
pub fn kind() -> Kind {
    let mut fields = common::fields();
    fields.retain(|field| field.name != "path");
    fields.extend(own_fields());
    Kind {
        name: "career".into(),
        folder: "careers".into(),
        path: "/{path}/".into(),
        template: "career.html".into(),
        fields,
        defaults: Record::default(),
        check,
    }
}

fn own_fields() -> Vec<Field> {
    let texts = || Type::one_or_more(Type::Text);
    vec![
        Field::new("alt_titles", texts(), "Other names of the job."),
        Field::new("responsibilities", texts(), "What one does in it."),
        Field::new(
            "skill_groups",
            Type::list(skill_group()),
            "What one must be able to do, in groups.",
        ),
        Field::new(
            "path",
            // As a text it is what it is on every page.
            Type::OneOf(vec![Type::list(stage()), Type::Text]),
            "The way into it, stage by stage; as a text the address.",
        ),
        Field::new(
            "salary",
            Type::list(salary()),
            "What it pays, by region, and who says so.",
        ),
        Field::new("codes", codes(), "What registers of occupations call it."),
        Field::new("related", refs("career"), "Careers that are close to it."),
        Field::new("faq", article::faq(), "Questions and answers."),
    ]
}

fn refs(kind: &'static str) -> Type {
    Type::one_or_more(Type::Ref(kind.into()))
}

fn skill_group() -> Type {
    let importance = Type::choice(&[
        ("core", &["inti", "wajib", "utama"]),
        ("recommended", &["disarankan", "dianjurkan"]),
        ("optional", &["opsional", "tambahan"]),
    ]);
    let skill = Type::Table(vec![
        Field::new("id", Type::Ref("skill".into()), "The skill.").required(),
        Field::new(
            "importance",
            importance,
            "How much it matters; core if nothing is said.",
        ),
    ]);
    let entry = Type::OneOf(vec![Type::Ref("skill".into()), skill]);
    Type::Table(vec![
        Field::new("name", Type::Text, "The group's name.").required(),
        Field::new("skills", Type::one_or_more(entry), "Its skills.").example("[]"),
    ])
}

fn stage() -> Type {
    Type::Table(vec![
        Field::new("stage", Type::Text, "What the stage is called.").required(),
        Field::new("courses", refs("course"), "Courses to take in it."),
        Field::new("articles", refs("article"), "Articles to read in it."),
    ])
}

fn salary() -> Type {
    let unit = Type::choice(&[("month", &["bulan"]), ("year", &["tahun"])]);
    Type::Table(vec![
        Field::new("region", Type::Text, "Where it is paid.").required(),
        Field::new(
            "currency",
            Type::Currency,
            "In which currency its amounts are.",
        )
        .required(),
        Field::new("unit", unit, "For how long a work it is.").required(),
        Field::new("min", Type::Money, "The low end of the range."),
        Field::new("median", Type::Money, "What half of them earn.").example("9000000"),
        Field::new("max", Type::Money, "The high end of the range."),
        Field::new("source", Type::Text, "Who says so.").required(),
        Field::new("as_of", Type::Date, "When that was looked up.").required(),
        Field::new(
            "review_by",
            Type::Date,
            "When it should be looked up again.",
        ),
    ])
}

fn codes() -> Type {
    Type::Table(vec![
        Field::new("onet", Type::Text, "Its code in O*NET.").example("\"15-1252.00\""),
        Field::new("esco", Type::Text, "Its code or address in ESCO."),
        Field::new("isco08", Type::Text, "Its code in ISCO-08."),
        Field::new("kbji", Type::Text, "Its code in the Indonesian KBJI."),
    ])
}

/// The skills of a group, each with what was said of its importance.
pub fn skills_of(group: &Record) -> impl Iterator<Item = (&Ref, &str, Span)> {
    group.list("skills").iter().filter_map(|item| {
        let (typed, importance) = match item.as_table() {
            Some(table) => (table.get("id")?, table.choice("importance")),
            None => (item, None),
        };
        match &typed.value {
            Value::Ref(skill) => Some((&**skill, importance.unwrap_or("core"), typed.span)),
            _ => None,
        }
    })
}

fn check(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let mut found = common::check(record, cx);
    found.extend(skills_twice(record, cx));
    for (salary, at) in record.tables("salary") {
        found.extend(empty_range(salary, at, cx));
        found.extend(disordered_range(salary, cx));
        found.extend(reviewed_too_early(salary, cx));
    }
    found
}

fn skills_twice(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    let mut found = Vec::new();
    let groups = record.tables("skill_groups");
    for (skill, _, at) in groups.flat_map(|(group, _)| skills_of(group)) {
        match first.get(&*skill.id) {
            Some(before) => {
                let message = format!("the skill \"{}\" stands twice", skill.id);
                let told = cx.warning("skill-twice", message, at, "take one out");
                found.push(told.at(cx.path, *before, "first here"));
            }
            None => {
                first.insert(&skill.id, at);
            }
        }
    }
    found
}

fn empty_range(salary: &Record, at: Span, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let any = RANGE.iter().any(|name| salary.written(name));
    let fix = format!("add one of them: {}", cx.line("median", "9000000"));
    (!any).then(|| {
        let message = "a salary has `min`, `median` or `max`";
        cx.error("salary-empty", message, at, fix)
    })
}

/// The first amount that is lower than the one before it.
fn disordered_range(salary: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let given: Vec<_> = RANGE
        .into_iter()
        .filter_map(|name| Some((name, salary.money(name)?, salary.span(name)?)))
        .collect();
    let comparable = |a: Money, b: Money| a.currency == b.currency && a.minor > b.minor;
    let (low, high) = given
        .windows(2)
        .map(|pair| (pair[0], pair[1]))
        .find(|(low, high)| comparable(low.1, high.1))?;
    let message = format!("`{}` is lower than `{}`", high.0, low.0);
    let told = cx.error("salary-order", message, high.2, "correct one of the two");
    Some(told.at(cx.path, low.2, format!("the {}", low.0)))
}

fn reviewed_too_early(salary: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let (as_of, review) = (salary.when("as_of")?, salary.when("review_by")?);
    let early = review.to_timestamp_end(cx.zone) <= as_of.to_timestamp_start(cx.zone);
    let at = salary.span("review_by")?;
    let message = "it should be looked up again before it was looked up";
    early.then(|| {
        cx.error("salary-review", message, at, "correct one of the two")
            .at(
                cx.path,
                salary.span("as_of").unwrap_or_default(),
                "looked up here",
            )
    })
}
