//! Cards: what templates see of a page in a list. Made once per build and shared.

use std::rc::Rc;
use std::sync::{LazyLock, OnceLock};

use tera::{Map, Value};

use super::ambient::{self, Scope};
use super::named::Named;
use super::toc::headings;
use super::values::{Style, Table, text};
use super::{Renderer, body, index};
use crate::base::when::When;
use crate::content::Page;
use crate::content::kinds::{self, Kind};
use crate::data::{Field, Record};
use crate::site::address::encoded;
use crate::site::view::Trace;
use crate::site::{Entity, PageId, Site, View, links, references};
use crate::structured::Topic;

impl Renderer {
    /// The card of a page, its summary included unless cards are made plain now.
    pub(super) fn card(&self, scope: &Rc<Scope>, id: PageId) -> Value {
        let entity = self.shared.site.entity(id);
        let has_summary = entity.page.body.summary.is_some() && self.theme.named.has("summary");
        if !has_summary || scope.plain_cards.get() {
            return self.plain_card(scope, id);
        }
        if scope.shows_all {
            let (card, trace) = self.card_with_summary(scope, id);
            scope.view.take_over(&trace);
            return card;
        }
        let (card, trace) =
            self.full_cards[index(id)].get_or_init(|| self.card_with_summary(scope, id));
        // Who shows the card has asked what its summary asked.
        scope.view.take_over(trace);
        card.clone()
    }

    /// The card of a page without its summary: also what components find as `page`.
    pub(super) fn plain_card(&self, scope: &Scope, id: PageId) -> Value {
        let kind = self.shared.site.entity(id).kind;
        let own = &self.own_fields[kind as usize];
        let make = |named| page_map(&self.shared.site, id, own, named);
        if scope.shows_all {
            return make(&Named::default());
        }
        let card = self.cards[index(id)].get_or_init(|| make(&self.theme.named));
        card.clone()
    }

    /// Summaries may call components that ask for cards again: those come plain, so that this
    /// ends, and so that no two threads wait for each other's card. A summary is made as its own
    /// page sees it, whichever list shows it first.
    fn card_with_summary(&self, scope: &Rc<Scope>, id: PageId) -> (Value, Trace) {
        let entity = self.shared.site.entity(id);
        let view = View::new(&self.shared, entity.lang, Some(id));
        let topic = Topic::Page(id);
        let own = Scope::showing(scope.renderer.clone(), view, topic, scope.shows_all);
        own.plain_cards.set(true);
        let summary = ambient::enter(&own, || body::summary(&own, id));
        let mut table = Table::from_map(&self.plain_card(&own, id), 1);
        table.set("summary", Value::safe_string(&summary));
        (table.value(), own.into_trace())
    }
}

/// A link to a page: title, address, language, and what it is.
pub(super) fn link(site: &Site, id: PageId) -> Value {
    named_link(site, id, &Named::default())
}

fn named_link(site: &Site, id: PageId, named: &Named) -> Value {
    let entity = site.entity(id);
    let mut table = Shown::with_capacity(6, named);
    table.set("title", || Value::from(&*entity.title));
    table.set("permalink", || Value::from(site.permalink(&entity.url)));
    table.set("path", || Value::from(&*entity.url));
    table.set("lang", || Value::from(site.lang(entity.lang)));
    table.set("id", || Value::from(&*entity.id));
    table.set("kind", || {
        Value::from(&*site.kinds[entity.kind as usize].name)
    });
    table.value()
}

/// A table of the fields that a template can see.
struct Shown<'a> {
    table: Table,
    named: &'a Named,
}

impl<'a> Shown<'a> {
    fn with_capacity(keys: usize, named: &'a Named) -> Self {
        let table = Table::with_capacity(keys);
        Self { table, named }
    }

    /// Makes a value only where it can be seen.
    fn set(&mut self, key: &'static str, value: impl FnOnce() -> Value) {
        if self.named.has(key) {
            self.table.set(key, value());
        }
    }

    fn value(self) -> Value {
        self.table.value()
    }
}

/// Every field that [`Named`] may leave out of a card or page, but for those of single kinds.
pub(super) const FIELDS: [&str; 39] = [
    "kind",
    "id",
    "lang",
    "title",
    "description",
    "slug",
    "path",
    "components",
    "permalink",
    "relative_path",
    "draft",
    "hidden",
    "expired",
    "template",
    "aliases",
    "ancestors",
    "date",
    "updated",
    "year",
    "month",
    "day",
    "reading_time",
    "summary",
    "weight",
    "image",
    "extra",
    "assets",
    "authors",
    "taxonomies",
    "tags",
    "category",
    "seo",
    "content",
    "toc",
    "word_count",
    "backlinks",
    "translations",
    "lower",
    "higher",
];

/// A card, with `summary` still none.
fn page_map(site: &Site, id: PageId, own: &[Field], named: &Named) -> Value {
    let entity = site.entity(id);
    let kind = &site.kinds[entity.kind as usize];
    let style = Style::of(site, entity.lang);
    let record = &*entity.record;
    let mut table = Shown::with_capacity(32, named);
    identity(&mut table, site, entity, kind);
    dates(&mut table, site, entity);
    table.set("reading_time", || Value::from(entity.reading_time()));
    table.set("summary", Value::none);
    table.set("weight", || {
        record.int("weight").map_or_else(Value::none, Value::from)
    });
    table.set("image", || image(site, entity, "image"));
    table.set("extra", || {
        record
            .free("extra")
            .map_or_else(empty_map, super::values::node)
    });
    table.set("assets", || assets(site, entity));
    table.set("authors", || names(site, entity, "authors"));
    terms(&mut table, site, entity);
    table.set("seo", || seo(record, style));
    if named.has(&kind.name) {
        let own = own_table(site, entity, kind, own, style, named);
        table.table.set_owned(&kind.name, own);
    }
    table.value()
}

/// Values that most pages share: made once.
static EMPTY_MAP: LazyLock<Value> = LazyLock::new(|| Value::from(Map::new()));
static EMPTY_LIST: LazyLock<Value> = LazyLock::new(|| Value::from(Vec::<Value>::new()));

pub(super) fn empty_map() -> Value {
    EMPTY_MAP.clone()
}

/// A list; an empty one costs nothing.
fn list(items: impl Iterator<Item = Value>) -> Value {
    let items: Vec<Value> = items.collect();
    if items.is_empty() {
        return EMPTY_LIST.clone();
    }
    Value::from(items)
}

fn identity(table: &mut Shown<'_>, site: &Site, entity: &Entity, kind: &Kind) {
    let flag = |name: &str| Value::from(entity.record.bool(name).unwrap_or(false));
    table.set("kind", || Value::from(&*kind.name));
    table.set("id", || Value::from(&*entity.id));
    table.set("lang", || Value::from(site.lang(entity.lang)));
    table.set("title", || Value::from(&*entity.title));
    table.set("description", || Value::from(&*entity.description));
    table.set("slug", || Value::from(&*entity.slug));
    table.set("path", || Value::from(&*entity.url));
    table.set("components", || components(&entity.url));
    table.set("permalink", || Value::from(site.permalink(&entity.url)));
    table.set("relative_path", || text(entity.path().below("content")));
    table.set("draft", || flag("draft"));
    table.set("hidden", || flag("hidden"));
    table.set("expired", || Value::from(entity.expired));
    table.set("template", || text(entity.template()));
    table.set("aliases", || list_of_texts(&entity.page.record, "aliases"));
    table.set("ancestors", || {
        let section = site.section(entity.section);
        let above = section.ancestors.iter().copied().chain([entity.section]);
        let path = |id| Value::from(site.section(id).path().below("content").unwrap_or_default());
        Value::from(above.map(path).collect::<Vec<_>>())
    });
}

/// The parts of an address.
pub(super) fn components(url: &str) -> Value {
    let parts = url.split('/').filter(|part| !part.is_empty());
    Value::from(parts.map(Value::from).collect::<Vec<_>>())
}

fn dates(table: &mut Shown<'_>, site: &Site, entity: &Entity) {
    let zone = &site.now.zone;
    let shown =
        |when: Option<When>| when.map_or_else(Value::none, |when| Value::from(when.rfc3339(zone)));
    table.set("date", || shown(entity.date));
    table.set("updated", || shown(entity.updated));
    let part = |part: fn(jiff::civil::Date) -> i64| {
        let day = entity.date.map(|date| date.date_in(zone));
        day.map_or_else(Value::none, |day| Value::from(part(day)))
    };
    table.set("year", || part(|day| day.year().into()));
    table.set("month", || part(|day| day.month().into()));
    table.set("day", || part(|day| day.day().into()));
}

fn list_of_texts(record: &Record, field: &str) -> Value {
    list(record.texts(field).into_iter().map(Value::from))
}

/// The titles of what a reference field names.
fn names(site: &Site, entity: &Entity, field: &str) -> Value {
    let found = entity
        .record
        .refs(field)
        .filter_map(|(reference, _)| references::target(site, entity.lang, reference));
    list(found.map(|id| Value::from(&*site.entity(id).title)))
}

fn terms(table: &mut Shown<'_>, site: &Site, entity: &Entity) {
    let values = |at: usize| {
        let own = entity.terms.iter();
        let own = own.filter(|tagged| tagged.taxonomy as usize == at);
        list(own.map(|tagged| Value::from(&*tagged.name)))
    };
    let known = &site.config.taxonomies;
    table.set("taxonomies", || {
        let mut all = Table::with_capacity(known.len());
        let shown = known.iter().enumerate();
        for (at, taxonomy) in shown.filter(|(_, one)| one.facet.is_none()) {
            all.set_owned(&taxonomy.name, values(at));
        }
        all.value()
    });
    table.set("tags", || {
        match known.iter().position(|one| &*one.name == "tags") {
            Some(at) => values(at),
            None => list_of_texts(&entity.record, "tags"),
        }
    });
    table.set("category", || text(entity.record.text("category")));
}

/// The address and words of a page's picture.
pub(super) fn image(site: &Site, entity: &Entity, field: &str) -> Value {
    let Some((src, alt)) = entity.record.image(field) else {
        return Value::none();
    };
    let mut table = Table::with_capacity(2);
    table.set("src", resolve_file(site, &entity.page, entity.lang, src));
    table.set("alt", alt.unwrap_or_default());
    table.value()
}

/// A full address for a picture or file named in a front matter.
fn resolve_file(site: &Site, page: &Page, lang: u8, src: &str) -> String {
    if links::is_external(src) {
        return src.to_owned();
    }
    links::resolve(site, &page.path, lang, src)
        .ok()
        .and_then(|destination| links::address(site, &destination))
        .map_or_else(|| src.to_owned(), |path| site.permalink(&encoded(&path)))
}

fn assets(site: &Site, entity: &Entity) -> Value {
    let paths = entity
        .assets
        .iter()
        .map(|asset| Value::from(site.config.href(&format!("/{}", asset.output))));
    Value::from(paths.collect::<Vec<_>>())
}

fn seo(record: &Record, style: Style<'_>) -> Value {
    let fields = kinds::seo_fields();
    // Most pages say nothing, and share one table of nothings.
    static UNSET: OnceLock<Value> = OnceLock::new();
    match record.table("seo") {
        Some(seo) => style.record(seo, fields),
        None => UNSET
            .get_or_init(|| style.record(&Record::default(), fields))
            .clone(),
    }
}

/// The kind's own fields under the kind's name, with prices and references made ready.
fn own_table(
    site: &Site,
    entity: &Entity,
    kind: &Kind,
    own: &[Field],
    style: Style<'_>,
    named: &Named,
) -> Value {
    let own = own.iter().filter(|field| named.has(&field.name));
    let mut table = Table::from_map(&style.record(&entity.record, own), 8);
    for (key, value) in super::kinds::presented(site, entity, kind, style) {
        if key.as_str().is_none_or(|key| named.has(key)) {
            table.put(key, value);
        }
    }
    table.value()
}

/// Links to the entities that a reference field names, in order; what is not there is left out.
pub(super) fn linked(site: &Site, entity: &Entity, record: &Record, field: &str) -> Value {
    let found = record.refs(field).filter_map(|(reference, _)| {
        let id = references::target(site, entity.lang, reference)?;
        Some(link(site, id))
    });
    Value::from(found.collect::<Vec<_>>())
}

/// The whole page: its card, its text, and its links to other pages.
pub(super) fn page(scope: &Rc<Scope>, id: PageId, content: &str) -> Value {
    let site = scope.view.site();
    let entity = site.entity(id);
    let whole = Named::default();
    let named = match scope.shows_all {
        true => &whole,
        false => &scope.renderer.theme.named,
    };
    let link = |id: PageId| named_link(site, id, named);
    let links = |ids: &[PageId]| list(ids.iter().map(|id| link(*id)));
    let neighbour = |id: Option<PageId>| id.map_or_else(Value::none, link);
    let card = scope.renderer.card(scope, id);
    let table = Table::from_map(&card, 7);
    let mut table = Shown { table, named };
    table.set("content", || Value::safe_string(content));
    table.set("toc", || {
        headings(entity.headings(), &site.permalink(&entity.url))
    });
    table.set("word_count", || Value::from(entity.page.body.words));
    table.set("backlinks", || links(&entity.backlinks));
    table.set("translations", || links(&entity.translations));
    table.set("lower", || neighbour(entity.lower));
    table.set("higher", || neighbour(entity.higher));
    table.value()
}

/// Cards in order.
pub(super) fn cards(scope: &Rc<Scope>, ids: &[PageId]) -> Value {
    Value::from(
        ids.iter()
            .map(|id| scope.renderer.card(scope, *id))
            .collect::<Vec<_>>(),
    )
}
