//! What the exports of courses, careers and skills have in common.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::base::when::{When, rfc3339};
use crate::base::{Money, format_minutes};
use crate::data::Record;
use crate::site::{Entity, PageId, Site, links};
use crate::structured::address::encoded;
use crate::structured::amount::major;
use crate::structured::graph::find;
use crate::structured::workload;

/// A site in one language, as the exports show it.
#[derive(Clone, Copy)]
pub(super) struct Catalog<'a> {
    pub(super) site: &'a Site,
    pub(super) lang: u8,
}

impl<'a> Catalog<'a> {
    /// The whole file: what it is, of which site, and its entries by their ids.
    pub(super) fn file(self, name: &str, mut entries: Vec<(&'a str, Value)>) -> String {
        entries.sort_by_key(|(id, _)| *id);
        let entries: Vec<Value> = entries.into_iter().map(|(_, entry)| entry).collect();
        let config = &self.site.config;
        let whole = json!({
            "schema": format!("urn:silabus:{name}:1"),
            "site": {
                "title": &*config.title,
                "url": self.address("/"),
                "language": self.language(),
                "timezone": config.zone.iana_name(),
            },
            name: entries,
        });
        let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The code of its language.
    pub(super) fn language(self) -> &'a str {
        self.site.lang(self.lang)
    }

    /// A full address for a path below the site.
    pub(super) fn address(self, path: &str) -> String {
        encoded(&self.site.permalink(path))
    }

    /// An amount with its currency, and as people read it; none where there is none.
    pub(super) fn money(self, money: Option<Money>) -> Value {
        money.map_or(Value::Null, |money| {
            json!({
                "amount": major(money),
                "currency": money.currency.code(),
                "text": self.text(money),
            })
        })
    }

    /// An amount as people read it.
    pub(super) fn text(self, money: Money) -> String {
        money.display(self.site.config.currency.style, self.language())
    }

    /// A date or an instant, with the offset.
    pub(super) fn when(self, when: Option<When>) -> Value {
        when.map_or(Value::Null, |when| {
            when.rfc3339(&self.site.config.zone).into()
        })
    }

    /// An instant on the site's clock.
    pub(super) fn instant(self, at: Timestamp) -> String {
        rfc3339(at, self.site.config.zone.to_offset(at).seconds())
    }

    /// How long something takes; none where nobody knows.
    pub(super) fn duration(self, minutes: Option<u32>) -> Value {
        minutes.map_or(Value::Null, |minutes| {
            json!({
                "minutes": minutes,
                "iso8601": workload::iso(minutes),
                "text": format_minutes(minutes, self.language()),
            })
        })
    }

    /// Id, title and address of a page.
    pub(super) fn link(self, id: PageId) -> Value {
        let entity = self.site.entity(id);
        json!({
            "id": &*entity.id,
            "title": &*entity.title,
            "url": self.address(&entity.url),
        })
    }

    /// Links to the pages that a field names, in order; what is not published is left out.
    pub(super) fn links(self, record: &Record, field: &str) -> Vec<Value> {
        let found = record.refs(field);
        let found = found.filter_map(|(reference, _)| find(self.site, self.lang, reference));
        found.map(|id| self.link(id)).collect()
    }

    /// What every entry begins with.
    pub(super) fn common(self, entity: &Entity) -> serde_json::Map<String, Value> {
        let record = &entity.record;
        let mut map = serde_json::Map::new();
        let mut set = |key: &str, value: Value| map.insert(key.to_owned(), value);
        set("id", (*entity.id).into());
        set("title", (*entity.title).into());
        set("description", (*entity.description).into());
        set("url", self.address(&entity.url).into());
        set("language", self.site.lang(entity.lang).into());
        set("image", self.image(entity));
        set("updated", self.when(entity.updated.or(entity.date)));
        set("tags", record.texts("tags").into());
        set("category", record.text("category").into());
        map
    }

    fn image(self, entity: &Entity) -> Value {
        let Some((src, alt)) = entity.record.image("image") else {
            return Value::Null;
        };
        let url = if links::is_external(src) {
            src.to_owned()
        } else {
            links::resolve(self.site, entity.path(), entity.lang, src)
                .ok()
                .and_then(|destination| links::address(self.site, &destination))
                .map_or_else(|| src.to_owned(), |path| self.address(&path))
        };
        json!({ "url": url, "alt": alt.unwrap_or_default() })
    }
}

/// Questions and answers.
pub(super) fn faq(record: &Record) -> Vec<Value> {
    let tables = record.tables("faq");
    tables
        .map(|(one, _)| json!({ "question": one.text("q"), "answer": one.text("a") }))
        .collect()
}
