//! From the program's values to Tera's.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use tera::value::Key;
use tera::{Map, Value};

use super::cards;
use super::manifest::Manifest;
use crate::base::money::Money;
use crate::config::Config;
use crate::data::{self, Field, Node, Raw, Record, Ref, Type, Typed};
use crate::site::{Menu, Site, references};

/// A map under construction. Tera makes its own map of whatever it is given, key by key, so
/// entries are only lined up here.
pub(super) struct Table(Vec<(Slot, Value)>);

/// A key and its place. Tera takes no list of entries, but a sorted map of any keys: sorted by
/// place, nothing is hashed twice and the order stays.
struct Slot {
    place: usize,
    key: Key<'static>,
}

impl PartialEq for Slot {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place
    }
}

impl Eq for Slot {}

impl PartialOrd for Slot {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Slot {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place.cmp(&other.place)
    }
}

impl From<Slot> for Key<'static> {
    fn from(slot: Slot) -> Self {
        slot.key
    }
}

impl Table {
    pub(super) fn with_capacity(keys: usize) -> Self {
        Self(Vec::with_capacity(keys))
    }

    /// The entries of a map, and room for some more.
    pub(super) fn from_map(value: &Value, more: usize) -> Self {
        let map = value.as_map();
        let mut table = Self::with_capacity(map.map_or(0, Map::len) + more);
        for (key, value) in map.into_iter().flatten() {
            table.put(key.clone(), value.clone());
        }
        table
    }

    pub(super) fn set(&mut self, key: &'static str, value: impl Into<Value>) {
        self.put(Key::Str(key), value.into());
    }

    pub(super) fn set_owned(&mut self, key: &str, value: Value) {
        self.put(Key::from(key.to_owned()), value);
    }

    /// An entry; of two with one key the later one counts, in the place of the earlier one.
    pub(super) fn put(&mut self, key: Key<'static>, value: Value) {
        let place = self.0.len();
        self.0.push((Slot { place, key }, value));
    }

    pub(super) fn value(self) -> Value {
        Value::from(BTreeMap::from_iter(self.0))
    }
}

/// A text or none.
pub(super) fn text(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, Value::from)
}

/// A tree as written.
pub(super) fn node(node: &Node) -> Value {
    match &node.raw {
        Raw::Null => Value::none(),
        Raw::Bool(value) => Value::from(*value),
        Raw::Int(value) => Value::from(*value),
        Raw::Float(written) => number(&written.replace('_', "")),
        Raw::Text(text) | Raw::When(text) => Value::from(&**text),
        Raw::List(items) => Value::from(items.iter().map(self::node).collect::<Vec<_>>()),
        Raw::Table(entries) => {
            let mut table = Table::with_capacity(entries.len());
            for (key, value) in entries {
                table.set_owned(&key.name, self::node(value));
            }
            table.value()
        }
    }
}

/// Decimal text as a number: whole where it is written so.
pub(super) fn number(text: &str) -> Value {
    if let Ok(whole) = text.parse::<i64>() {
        return Value::from(whole);
    }
    text.parse::<f64>()
        .map_or_else(|_| Value::from(text), Value::from)
}

/// How values are shown.
#[derive(Clone, Copy)]
pub(super) struct Style<'a> {
    pub(super) site: &'a Site,
    pub(super) config: &'a Config,
    pub(super) lang: &'a str,
    /// The number of that language.
    pub(super) lang_id: u8,
}

impl<'a> Style<'a> {
    /// For a language of the site.
    pub(super) fn of(site: &'a Site, lang: u8) -> Self {
        Self {
            site,
            config: &site.config,
            lang: site.lang(lang),
            lang_id: lang,
        }
    }
}

impl Style<'_> {
    /// Amount, currency and display of money.
    pub(super) fn money(&self, money: Money) -> Value {
        let mut table = Table::with_capacity(3);
        table.set("amount", self.amount(money));
        table.set("currency", money.currency.code());
        table.set("display", self.display(money));
        table.value()
    }

    /// Major units: a number where it is whole, else exact decimal text.
    pub(super) fn amount(&self, money: Money) -> Value {
        let text = money.major_text();
        text.parse::<i64>()
            .map_or_else(|_| Value::from(text), Value::from)
    }

    pub(super) fn display(&self, money: Money) -> String {
        money.display(self.config.currency.style, self.lang)
    }

    /// All declared fields of a record; those that are unset are none.
    pub(super) fn record<'f>(
        &self,
        record: &Record,
        fields: impl IntoIterator<Item = &'f Field>,
    ) -> Value {
        let mut table = Table::with_capacity(16);
        for field in fields {
            let value = record.get(&field.name).map_or_else(
                || self.unset(&field.ty),
                |typed| self.typed(typed, &field.ty),
            );
            match &field.name {
                std::borrow::Cow::Borrowed(name) => table.set(name, value),
                std::borrow::Cow::Owned(name) => table.set_owned(name, value),
            }
        }
        table.value()
    }

    /// What stands for a field that is not set: an empty list for lists, else none.
    fn unset(&self, ty: &Type) -> Value {
        match ty {
            Type::List(..) => Value::from(Vec::<Value>::new()),
            _ => Value::none(),
        }
    }

    fn typed(&self, typed: &Typed, ty: &Type) -> Value {
        match &typed.value {
            data::Value::Text(text) | data::Value::Choice(text) => Value::from(&**text),
            data::Value::Bool(value) => Value::from(*value),
            data::Value::Int(value) => Value::from(*value),
            data::Value::Number(text) => number(text),
            data::Value::Money(money) => self.money(**money),
            data::Value::When(when) => Value::from(when.rfc3339(&self.config.zone)),
            data::Value::Hours(hours) => Value::from(hours.text(self.lang)),
            data::Value::Ref(reference) => self.reference(reference),
            data::Value::List(items) => {
                let inner = element(ty);
                Value::from(
                    items
                        .iter()
                        .filter(|item| !self.is_dead(item))
                        .map(|item| self.typed(item, inner))
                        .collect::<Vec<_>>(),
                )
            }
            data::Value::Table(record) => self.record(record, table_fields(ty)),
            data::Value::Free(tree) => node(tree),
            // A record never hands these out.
            data::Value::Empty | data::Value::Invalid => Value::none(),
        }
    }
}

impl Style<'_> {
    /// A link to what a reference names; none where it leads nowhere, which was reported in the
    /// content and shall not be met again in every template.
    fn reference(&self, reference: &Ref) -> Value {
        match references::target(self.site, self.lang_id, reference) {
            Some(id) => cards::link(self.site, id),
            None => Value::none(),
        }
    }

    fn is_dead(&self, typed: &Typed) -> bool {
        matches!(&typed.value, data::Value::Ref(reference)
            if references::target(self.site, self.lang_id, reference).is_none())
    }
}

/// The type of a list's elements.
pub(super) fn element(ty: &Type) -> &Type {
    match ty {
        Type::List(inner, _) => inner,
        Type::OneOf(types) => types
            .iter()
            .find_map(|ty| match ty {
                Type::List(inner, _) => Some(&**inner),
                _ => None,
            })
            .unwrap_or(ty),
        other => other,
    }
}

/// The fields of a table type; of several types, those of the one that is a table.
pub(super) fn table_fields(ty: &Type) -> &[Field] {
    match ty {
        Type::Table(fields) => fields,
        Type::OneOf(types) => types
            .iter()
            .map(table_fields)
            .find(|fields| !fields.is_empty())
            .unwrap_or_default(),
        _ => &[],
    }
}

/// `config` as templates see it in a language.
pub(super) fn config(site: &Site, manifest: &Manifest, lang: u8) -> Value {
    let config = &site.config;
    let style = Style::of(site, 0);
    let mut table = Table::with_capacity(20);
    table.set("base_url", &*config.base_url);
    table.set("title", &*config.title);
    table.set("description", &*config.description);
    table.set("default_language", config.default_language());
    table.set(
        "languages",
        config
            .languages
            .iter()
            .map(|code| Value::from(&**code))
            .collect::<Vec<_>>(),
    );
    table.set("theme", text(config.theme.as_deref()));
    table.set("timezone", text(config.zone.iana_name()));
    table.set("generate_feeds", config.generate_feeds);
    table.set("generate_sitemap", config.generate_sitemap);
    table.set("output_dir", &*config.output_dir);
    table.set("paginate_by", config.paginate_by);
    table.set("search_path", &*config.search_path);
    table.set("schedule_path", &*config.schedule_path);
    table.set("feed_filenames", vec![Value::from("atom.xml")]);
    table.set(
        "taxonomies",
        config
            .taxonomies
            .iter()
            .filter(|one| one.facet.is_none())
            .map(|one| Value::from(&*one.name))
            .collect::<Vec<_>>(),
    );
    table.set("currency", config.currency.currency.code());
    table.set("tax", text(config.currency.tax.as_deref()));
    table.set(
        "organization",
        style.record(&config.organization, &crate::config::fields::organization()),
    );
    table.set("contact", contact(config, style));
    table.set("menus", menus(&site.menus[lang as usize]));
    table.set("markdown", markdown(config));
    table.set("exports", exports(config));
    table.set("extra", extra(config, manifest));
    table.set("mode", "build");
    table.value()
}

fn markdown(config: &Config) -> Value {
    let mut table = Table::with_capacity(2);
    table.set("highlight", config.markdown.highlight);
    table.set("math", config.markdown.math);
    table.value()
}

fn exports(config: &Config) -> Value {
    let exports = &config.exports;
    let mut table = Table::with_capacity(7);
    table.set("courses", exports.courses);
    table.set("careers", exports.careers);
    table.set("skills", exports.skills);
    table.set("calendar", exports.calendar);
    table.set("json_feed", exports.json_feed);
    table.set("llms", exports.llms);
    table.set("markdown", exports.markdown);
    table.value()
}

fn contact(config: &Config, style: Style<'_>) -> Value {
    let fields = crate::config::fields::contact();
    let mut table = Table::from_map(&style.record(&config.contact, &fields), 1);
    let digits = config
        .contact
        .text("whatsapp")
        .map(crate::site::enrol::whatsapp_digits);
    table.set(
        "whatsapp_url",
        digits.map_or_else(Value::none, |digits| {
            Value::from(format!("https://wa.me/{digits}"))
        }),
    );
    table.value()
}

fn menus(menus: &[Menu]) -> Value {
    let mut table = Table::with_capacity(menus.len());
    for menu in menus {
        let items = menu.items.iter().map(|(name, url)| {
            let mut item = Table::with_capacity(2);
            item.set("name", &**name);
            item.set("url", &**url);
            item.value()
        });
        table.set_owned(&menu.name, Value::from(items.collect::<Vec<_>>()));
    }
    table.value()
}

/// The site's `[extra]` over the theme's.
fn extra(config: &Config, manifest: &Manifest) -> Value {
    let all = [&manifest.extra, &config.extra];
    let mut merged = Table::with_capacity(16);
    for value in all.into_iter().flatten().map(node) {
        for (key, value) in value.as_map().into_iter().flatten() {
            merged.put(key.clone(), value.clone());
        }
    }
    merged.value()
}
