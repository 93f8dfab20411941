//! What a course costs, when it is held, what it teaches and where one enrols.

use super::words::{self, Word};
use super::{Eyes, Facts, plain, texts};
use crate::base::format_minutes;
use crate::base::words::{parse_weekday, weekday_name};
use crate::content::kinds::course;
use crate::data::{Record, Value};
use crate::site::sale::{self, BatchState, Offer};
use crate::site::{Entity, Sale};
use crate::structured::held::{self, Held};
use crate::structured::{encoded, workload};

pub(super) fn tell(eyes: &Eyes<'_>, entity: &Entity, facts: &mut Facts) {
    let record = &entity.record;
    let mut line = |label: Word, value: String| facts.line(eyes.word(label), &value);
    line(Word::Status, status(eyes, entity));
    if let Some(sale) = &entity.sale {
        line(Word::Price, cost(eyes, record, sale));
        line(Word::Installments, installments(eyes, record));
        facts.lines(eyes.word(Word::Variants), &variants(eyes, record, sale));
    }
    about(eyes, entity, facts);
    if let Some(sale) = &entity.sale {
        facts.line(eyes.word(Word::Enrolment), &enrol(eyes, entity, sale));
    }
    facts.list(eyes.word(Word::Outcomes), &texts(record, "outcomes"));
    facts.list(eyes.word(Word::Batches), &batches(eyes, entity));
    facts.part(eyes.word(Word::Curriculum), &curriculum(eyes, record));
}

/// What is said of a course that one cannot enrol in.
fn status(eyes: &Eyes<'_>, entity: &Entity) -> String {
    match course::status(&entity.record) {
        _ if entity.expired => eyes.value("archived"),
        "open" => String::new(),
        status => eyes.value(status),
    }
}

/// The course's own price; nothing where only its variants have one.
fn cost(eyes: &Eyes<'_>, record: &Record, sale: &Sale) -> String {
    let offer = course::offer(record);
    let more = match offer {
        "partially_free" | "subscription" => format!("; {}", eyes.value(offer)),
        _ => String::new(),
    };
    match &sale.price {
        Some(offer) => price(eyes, offer) + &more,
        None if offer == "free" => eyes.word(Word::Free).to_owned(),
        None if sale.lowest().is_some() => String::new(),
        None => eyes.word(Word::OnRequest).to_owned(),
    }
}

/// A price with all that is shown beside it.
fn price(eyes: &Eyes<'_>, offer: &Offer) -> String {
    let mut shown = format!("**{}**", eyes.money(offer.amount));
    if &*offer.per != "course" {
        shown = format!("{shown} {}", eyes.value(&offer.per));
    }
    if let Some(tax) = &offer.tax {
        shown = format!("{shown}, {}", eyes.value(tax));
    }
    if let Some(struck) = offer.struck {
        let normal = eyes.word(Word::Normal);
        shown = format!("{shown}; {normal} {}", eyes.money(struck));
    }
    if let Some(promo) = &offer.promo {
        let label = promo.label.as_deref().map(plain);
        let label = label.unwrap_or_else(|| eyes.word(Word::Promo).to_owned());
        let until = eyes.word(Word::ValidUntil);
        shown = format!("{shown}; {label}, {until} {}", eyes.when(promo.end));
    }
    shown
}

fn installments(eyes: &Eyes<'_>, record: &Record) -> String {
    let plan = record.table("installment");
    let plan = plan.and_then(|plan| Some((plan.int("count")?, plan.money("amount")?)));
    plan.map_or_else(String::new, |(count, amount)| {
        format!("{count} × {}", eyes.money(amount))
    })
}

fn variants(eyes: &Eyes<'_>, record: &Record, sale: &Sale) -> Vec<String> {
    let both = sale.variants.iter().zip(record.tables("variants"));
    let one = |(variant, (table, _)): (&sale::VariantOffer, (&Record, _))| {
        let name = plain(table.text("name").unwrap_or(&variant.id));
        let mode = table.choice("mode");
        let mode = mode.map_or_else(String::new, |mode| format!(" ({})", eyes.value(mode)));
        let cost = variant.price.as_ref().map(|offer| price(eyes, offer));
        let cost = cost.map_or_else(String::new, |cost| format!(": {cost}"));
        format!("{name}{mode}{cost}")
    };
    both.map(one).collect()
}

/// What it is, whom it is for, and what it has to do with.
fn about(eyes: &Eyes<'_>, entity: &Entity, facts: &mut Facts) {
    let record = &entity.record;
    let mut line = |label: Word, value: String| facts.line(eyes.word(label), &value);
    let choice = |field: &str| record.choice(field).map(|value| eyes.value(value));
    line(Word::Code, plain(record.text("code").unwrap_or_default()));
    line(Word::Level, choice("level").unwrap_or_default());
    line(Word::Mode, choice("mode").unwrap_or_default());
    line(Word::Duration, duration(eyes, record));
    let language = record.text("language").unwrap_or_default();
    line(Word::Language, plain(language));
    line(Word::Instructors, eyes.linked(record, "instructors"));
    line(Word::Skills, eyes.linked(record, "skills"));
    line(Word::Prerequisites, prerequisites(eyes, record));
    line(Word::Audience, texts(record, "audience").join("; "));
    line(Word::Tools, texts(record, "tools").join(", "));
    line(Word::Certificate, certificate(record));
    line(Word::LeadsTo, eyes.asked("career", "courses", &entity.id));
    line(Word::ReplacedBy, eyes.linked(record, "replaced_by"));
}

fn duration(eyes: &Eyes<'_>, record: &Record) -> String {
    let written = record.get("duration").map(|typed| &typed.value);
    let mut parts: Vec<String> = workload::minutes(record)
        .map(|minutes| format_minutes(minutes, eyes.code))
        .into_iter()
        .collect();
    match written {
        Some(Value::Table(table)) => {
            let counted = [("sessions", Word::Sessions), ("weeks", Word::Weeks)];
            let counted = counted
                .into_iter()
                .filter_map(|(field, word)| Some((table.int(field)?, word)));
            parts.extend(counted.map(|(count, word)| eyes.count(count, word)));
        }
        Some(Value::Text(text)) if parts.is_empty() => parts.push(plain(text)),
        _ => {}
    }
    parts.join(", ")
}

fn prerequisites(eyes: &Eyes<'_>, record: &Record) -> String {
    let Some(table) = record.table("prerequisites") else {
        return String::new();
    };
    let courses = eyes.named(table, "courses").into_iter();
    let mut all: Vec<String> = courses.map(|id| eyes.link(id)).collect();
    all.extend(texts(table, "text"));
    all.join("; ")
}

fn certificate(record: &Record) -> String {
    let table = record.table("certificate");
    let text = |field| table.and_then(|table| table.text(field)).map(plain);
    let all: Vec<String> = [text("name"), text("issuer")]
        .into_iter()
        .flatten()
        .collect();
    all.join(", ")
}

/// Where one enrols or asks, and for which batch.
fn enrol(eyes: &Eyes<'_>, entity: &Entity, sale: &Sale) -> String {
    let next = sale.next_batch();
    let call = words::of_call(sale.enrolment.call);
    let (Some(call), Some((_, address))) = (call, sale::address(eyes.site, entity, next)) else {
        return String::new();
    };
    let batch = next.map_or_else(String::new, |batch| format!(" ({})", plain(&batch.id)));
    format!("{}{batch}: <{}>", eyes.word(call), encoded(&address))
}

/// Batches that are not over, by their start.
fn batches(eyes: &Eyes<'_>, entity: &Entity) -> Vec<String> {
    let held = held::all(eyes.site, entity).into_iter();
    let coming = held.filter(|held| held.batch.state != BatchState::Over);
    coming.map(|held| batch(eyes, entity, &held)).collect()
}

fn batch(eyes: &Eyes<'_>, entity: &Entity, held: &Held<'_>) -> String {
    let mut parts = vec![dates(eyes, held)];
    parts.extend(lessons(eyes, held));
    parts.extend(held.mode(&entity.record).map(|mode| eyes.value(mode)));
    parts.extend(held.text("location").map(plain));
    parts.extend(seats(eyes, held));
    parts.extend(words::of_state(held.batch.state).map(|word| eyes.word(word).to_owned()));
    parts.extend(enrolment(eyes, held));
    let own_price = held.batch.price.as_ref().filter(|_| held.batch.own_price);
    parts.extend(own_price.map(|offer| price(eyes, offer)));
    let teachers = held.record.map(|record| eyes.linked(record, "instructors"));
    parts.extend(teachers.filter(|teachers| !teachers.is_empty()));
    parts.join("; ")
}

/// From when to when; the id before it, where it is not the start.
fn dates(eyes: &Eyes<'_>, held: &Held<'_>) -> String {
    let name = match held.batch.own_id {
        true => format!("{}: ", plain(&held.batch.id)),
        false => String::new(),
    };
    let end = held.end();
    let end = end.map_or_else(String::new, |end| {
        format!(" {} {end}", eyes.word(Word::Until))
    });
    format!("{name}{}{end}", held.start())
}

/// On which days and at which hours.
fn lessons(eyes: &Eyes<'_>, held: &Held<'_>) -> Option<String> {
    let days = held.days().into_iter().filter_map(parse_weekday);
    let days: Vec<&str> = days.map(|day| weekday_name(day, eyes.code)).collect();
    let hours = held.hours().map(|hours| hours.text(eyes.code));
    let hours = hours.map(|hours| format!("{hours} {}", held.batch.clock));
    let all = [Some(days.join(", ")), hours].into_iter().flatten();
    let all: Vec<String> = all.filter(|part| !part.is_empty()).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

fn seats(eyes: &Eyes<'_>, held: &Held<'_>) -> Option<String> {
    let number = |field| held.record.and_then(|record| record.int(field));
    if held.batch.full {
        return Some(eyes.word(Word::Full).to_owned());
    }
    let count = |count| eyes.count(count, Word::Seats);
    let left = eyes.word(Word::SeatsLeft);
    match (number("seats"), number("seats_left")) {
        (Some(seats), Some(free)) => Some(format!("{}, {free} {left}", count(seats))),
        (Some(seats), None) => Some(count(seats)),
        (None, Some(free)) => Some(format!("{} {left}", count(free))),
        (None, None) => None,
    }
}

/// From when or until when one can enrol, where that is still to come and was written.
fn enrolment(eyes: &Eyes<'_>, held: &Held<'_>) -> Option<String> {
    let (word, field) = match held.batch.state {
        BatchState::NotOpen => (Word::EnrolFrom, "enrol_from"),
        state if state.is_open() => (Word::EnrolUntil, "enrol_until"),
        _ => return None,
    };
    let when = held.moment(field)?;
    Some(format!("{} {when}", eyes.word(word)))
}

/// Modules with their lessons.
fn curriculum(eyes: &Eyes<'_>, record: &Record) -> String {
    let mut out = String::new();
    let long = |minutes: Option<u32>| {
        minutes.map_or_else(String::new, |minutes| {
            format!(" ({})", format_minutes(minutes, eyes.code))
        })
    };
    for (at, (module, _)) in record.tables("modules").enumerate() {
        let title = plain(module.text("title").unwrap_or_default());
        let length = long(workload::of_module(module));
        out.push_str(&format!("{}. {title}{length}\n", at + 1));
        for (lesson, _) in module.tables("lessons") {
            let title = plain(lesson.text("title").unwrap_or_default());
            let minutes = lesson.int("minutes");
            let length = long(minutes.and_then(|minutes| u32::try_from(minutes).ok()));
            out.push_str(&format!("   - {title}{length}\n"));
        }
    }
    out
}
