//! Whether and how one enrols.

use super::batch::{Batch, BatchState};
use crate::base::format_date;
use crate::base::words::primary;
use crate::data::Record;
use crate::site::enrol::{Note, Way};
use crate::site::{Entity, Site};

/// Whether one can enrol in a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// What its visitor is asked to do.
    pub call: Call,
    /// The next batch that one can enrol in, a place in [`super::Sale::batches`].
    pub batch: Option<usize>,
}

/// What a visitor is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// To enrol.
    Enrol,
    /// To ask: when it opens, what it costs, whether a seat becomes free.
    Ask,
    /// Nothing: it is closed.
    Nothing,
}

impl Call {
    /// The word that templates see.
    pub fn name(self) -> &'static str {
        match self {
            Self::Enrol => "enrol",
            Self::Ask => "ask",
            Self::Nothing => "none",
        }
    }
}

/// The state of a whole course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One can enrol.
    Open,
    /// It is announced.
    ComingSoon,
    /// One cannot enrol for now.
    Closed,
    /// It is not given any more.
    Archived,
}

impl Status {
    /// As written; a course that has expired is archived.
    pub(super) fn of(record: &Record, expired: bool) -> Self {
        match crate::content::kinds::course::status(record) {
            _ if expired => Self::Archived,
            "coming_soon" => Self::ComingSoon,
            "closed" => Self::Closed,
            "archived" => Self::Archived,
            _ => Self::Open,
        }
    }
}

/// What the visitor of a batch is asked to do.
pub(super) fn call(state: BatchState, full: bool, status: Status, on_request: bool) -> Call {
    if matches!(status, Status::Closed | Status::Archived) {
        return Call::Nothing;
    }
    match state {
        BatchState::Open | BatchState::LastSeats if !on_request => Call::Enrol,
        BatchState::Open | BatchState::LastSeats => Call::Ask,
        BatchState::NotOpen | BatchState::Postponed => Call::Ask,
        BatchState::Closed if full => Call::Ask,
        _ => Call::Nothing,
    }
}

/// Whether one can enrol in the course: in a batch where there are any, else at any time.
pub(super) fn of_course(calls: &[Call], status: Status, on_request: bool) -> Enrolment {
    let batch = calls.iter().position(|call| *call == Call::Enrol);
    let call = match status {
        Status::Closed | Status::Archived => Call::Nothing,
        Status::ComingSoon => Call::Ask,
        Status::Open if on_request => Call::Ask,
        Status::Open if calls.is_empty() || batch.is_some() => Call::Enrol,
        Status::Open => Call::Ask,
    };
    Enrolment { call, batch }
}

/// The way and the address at which one enrols in a course or one of its batches: the course's
/// own, else the site's WhatsApp; none without either.
pub fn address(site: &Site, entity: &Entity, batch: Option<&Batch>) -> Option<(Way, String)> {
    let call = match batch {
        Some(batch) => batch.call,
        None => entity.sale.as_ref()?.enrolment.call,
    };
    let empty = Record::default();
    let own = entity.record.table("enrol").unwrap_or(&empty);
    let target = own
        .text("target")
        .or(site.config.contact.text("whatsapp"))?;
    let way = Way::of(own.choice("kind"), target);
    let lang = site.lang(entity.lang);
    let named = batch.map(|batch| name(batch, site, lang));
    let usual = || usual_message(lang, call, named.is_some());
    let pattern = own.text("message").unwrap_or_else(usual);
    let message = filled(pattern, |name| match name {
        "title" => Some(entity.title.to_string()),
        "url" => Some(site.permalink(&entity.url)),
        "batch" => Some(named.clone().unwrap_or_default()),
        _ => None,
    });
    let subject = subject(
        lang,
        call,
        &entity.title,
        batch.map(|one| day(one, site, lang)),
    );
    let note = Note {
        subject,
        text: message,
    };
    Some((way, way.address(target, &note)))
}

/// What a letter is about: the course and, of a batch, the day of its start.
fn subject(lang: &str, call: Call, title: &str, day: Option<String>) -> String {
    let what = match (primary(lang), call) {
        ("id", Call::Enrol) => "Pendaftaran",
        ("id", _) => "Pertanyaan",
        (_, Call::Enrol) => "Enrolment",
        _ => "Question",
    };
    match day {
        Some(day) => format!("{what}: {title}, {day}"),
        None => format!("{what}: {title}"),
    }
}

fn usual_message(lang: &str, call: Call, named: bool) -> &'static str {
    match (primary(lang), call, named) {
        ("id", Call::Enrol, true) => "Halo, saya ingin mendaftar {title} angkatan {batch}. {url}",
        ("id", Call::Enrol, false) => "Halo, saya ingin mendaftar {title}. {url}",
        ("id", _, true) => "Halo, saya ingin bertanya tentang {title} angkatan {batch}. {url}",
        ("id", _, false) => "Halo, saya ingin bertanya tentang {title}. {url}",
        (_, Call::Enrol, true) => "Hello, I would like to enrol in {title}, batch {batch}. {url}",
        (_, Call::Enrol, false) => "Hello, I would like to enrol in {title}. {url}",
        (_, _, true) => "Hello, I have a question about {title}, batch {batch}. {url}",
        (_, _, false) => "Hello, I have a question about {title}. {url}",
    }
}

/// What people call a batch: its own id, else the day of its start.
fn name(batch: &Batch, site: &Site, lang: &str) -> String {
    match batch.own_id {
        true => batch.id.to_string(),
        false => day(batch, site, lang),
    }
}

/// The day on which a batch starts, as people write it.
fn day(batch: &Batch, site: &Site, lang: &str) -> String {
    let zone = batch.zone_of(batch.start, &site.now.zone);
    let start = batch.start.to_zoned(zone);
    format_date(&start, "%-d %B %Y", lang).unwrap_or_else(|_| batch.id.to_string())
}

/// A pattern with its places filled, in one pass: what stands in a title is no place. Where a
/// place stays empty, the space before it goes.
fn filled(pattern: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(pattern.len() + 64);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let (before, behind) = rest.split_at(open);
        text.push_str(before);
        let named = behind[1..].split_once('}');
        match named.and_then(|(name, after)| Some((value(name)?, after))) {
            Some((value, after)) => {
                if value.is_empty() {
                    text.truncate(text.trim_end().len());
                }
                text.push_str(&value);
                rest = after;
            }
            None => {
                text.push('{');
                rest = &behind[1..];
            }
        }
    }
    text.push_str(rest);
    text.trim().to_owned()
}
