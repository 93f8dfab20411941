//! Cards: what templates see of a page in a list. Made once per build and shared.

use std::rc::Rc;
use std::sync::{LazyLock, OnceLock};

use tera::value::Key;
use tera::{Map, Value};

use super::ambient::{self, Scope};
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
        if entity.page.body.summary.is_none() || scope.plain_cards.get() {
            return self.plain_card(id);
        }
        let (card, trace) =
            self.full_cards[index(id)].get_or_init(|| self.card_with_summary(scope, id));
        // Who shows the card has asked what its summary asked.
        scope.view.take_over(trace);
        card.clone()
    }

    /// The card of a page without its summary: also what components find as `page`.
    pub(super) fn plain_card(&self, id: PageId) -> Value {
        self.cards[index(id)]
            .get_or_init(|| {
                let kind = self.shared.site.entity(id).kind;
                let own = &self.own_fields[kind as usize];
                Value::from(page_map(&self.shared.site, id, own))
            })
            .clone()
    }

    /// Summaries may call components that ask for cards again: those come plain, so that this
    /// ends, and so that no two threads wait for each other's card. A summary is made as its own
    /// page sees it, whichever list shows it first.
    fn card_with_summary(&self, scope: &Rc<Scope>, id: PageId) -> (Value, Trace) {
        let entity = self.shared.site.entity(id);
        let view = View::new(&self.shared, entity.lang, Some(id));
        let own = Scope::new(scope.renderer.clone(), view, Topic::Page(id));
        own.plain_cards.set(true);
        let summary = ambient::enter(&own, || body::summary(&own, id));
        let mut map = self.plain_card(id).into_map().unwrap_or_default();
        map.insert(Key::Str("summary"), Value::safe_string(&summary));
        (Value::from(map), own.into_trace())
    }
}

/// A link to a page: title, address, language, and what it is.
pub(super) fn link(site: &Site, id: PageId) -> Value {
    let entity = site.entity(id);
    let mut table = Table::with_capacity(6);
    table.set("title", &*entity.title);
    table.set("permalink", site.permalink(&entity.url));
    table.set("path", &*entity.url);
    table.set("lang", site.lang(entity.lang));
    table.set("id", &*entity.id);
    table.set("kind", &*site.kinds[entity.kind as usize].name);
    table.value()
}

/// The fields of a card, with `summary` still none.
fn page_map(site: &Site, id: PageId, own: &[Field]) -> Map {
    let entity = site.entity(id);
    let kind = &site.kinds[entity.kind as usize];
    let style = Style::of(site, entity.lang);
    let mut table = Table::with_capacity(40);
    identity(&mut table, site, entity, kind);
    dates(&mut table, site, entity);
    table.set("reading_time", entity.reading_time());
    table.set("summary", Value::none());
    table.set(
        "weight",
        entity
            .record
            .int("weight")
            .map_or_else(Value::none, Value::from),
    );
    table.set("image", image(site, entity, "image"));
    table.set(
        "extra",
        entity
            .record
            .free("extra")
            .map_or_else(empty_map, super::values::node),
    );
    table.set("assets", assets(site, entity));
    table.set("authors", names(site, entity, "authors"));
    terms(&mut table, site, entity);
    table.set("seo", seo(&entity.record, style));
    table.set_owned(&kind.name, own_table(site, entity, kind, own, style));
    table.value().into_map().unwrap_or_default()
}

/// Values that most pages share: made once.
static EMPTY_MAP: LazyLock<Value> = LazyLock::new(|| Value::from(Map::new()));
static EMPTY_LIST: LazyLock<Value> = LazyLock::new(|| Value::from(Vec::<Value>::new()));

fn empty_map() -> Value {
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

fn identity(table: &mut Table, site: &Site, entity: &Entity, kind: &Kind) {
    table.set("kind", &*kind.name);
    table.set("id", &*entity.id);
    table.set("lang", site.lang(entity.lang));
    table.set("title", &*entity.title);
    table.set("description", &*entity.description);
    table.set("slug", &*entity.slug);
    table.set("path", &*entity.url);
    table.set("permalink", site.permalink(&entity.url));
    table.set("relative_path", entity.path().below("content"));
    table.set("draft", entity.record.bool("draft").unwrap_or(false));
    table.set("hidden", entity.record.bool("hidden").unwrap_or(false));
    table.set("expired", entity.expired);
    table.set("template", text(entity.template()));
    table.set("aliases", list_of_texts(&entity.page.record, "aliases"));
    let section = site.section(entity.section);
    let above = section.ancestors.iter().copied().chain([entity.section]);
    let paths =
        above.map(|id| Value::from(site.section(id).path().below("content").unwrap_or_default()));
    table.set("ancestors", paths.collect::<Vec<_>>());
}

fn dates(table: &mut Table, site: &Site, entity: &Entity) {
    let zone = &site.now.zone;
    let shown =
        |when: Option<When>| when.map_or_else(Value::none, |when| Value::from(when.rfc3339(zone)));
    table.set("date", shown(entity.date));
    table.set("updated", shown(entity.updated));
    let day = entity.date.map(|date| date.date_in(zone));
    let part = |part: Option<i64>| part.map_or_else(Value::none, Value::from);
    table.set("year", part(day.map(|day| day.year().into())));
    table.set("month", part(day.map(|day| day.month().into())));
    table.set("day", part(day.map(|day| day.day().into())));
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

fn terms(table: &mut Table, site: &Site, entity: &Entity) {
    let mut all = Table::with_capacity(site.config.taxonomies.len());
    let mut tags = None;
    for (at, taxonomy) in site.config.taxonomies.iter().enumerate() {
        let own = entity.terms.iter();
        let own = own.filter(|tagged| tagged.taxonomy as usize == at);
        let values = list(own.map(|tagged| Value::from(&*tagged.name)));
        if &*taxonomy.name == "tags" {
            tags = Some(values.clone());
        }
        all.set_owned(&taxonomy.name, values);
    }
    table.set("taxonomies", all.value());
    let tags = tags.unwrap_or_else(|| list_of_texts(&entity.record, "tags"));
    table.set("tags", tags);
    table.set("category", text(entity.record.text("category")));
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
fn own_table(site: &Site, entity: &Entity, kind: &Kind, own: &[Field], style: Style<'_>) -> Value {
    let mut map = style
        .record(&entity.record, own)
        .into_map()
        .unwrap_or_default();
    map.extend(super::kinds::presented(site, entity, kind, style));
    Value::from(map)
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
    let mut map = scope
        .renderer
        .card(scope, id)
        .into_map()
        .unwrap_or_default();
    let links =
        |ids: &[PageId]| Value::from(ids.iter().map(|id| link(site, *id)).collect::<Vec<_>>());
    let neighbour = |id: Option<PageId>| id.map_or_else(Value::none, |id| link(site, id));
    let mut set = |key: &'static str, value: Value| {
        map.insert(Key::Str(key), value);
    };
    set("content", Value::safe_string(content));
    set(
        "toc",
        headings(entity.headings(), &site.permalink(&entity.url)),
    );
    set("word_count", Value::from(entity.page.body.words));
    set("backlinks", links(&entity.backlinks));
    set("translations", links(&entity.translations));
    set("lower", neighbour(entity.lower));
    set("higher", neighbour(entity.higher));
    Value::from(map)
}

/// A section as templates see it; its pages only where asked for.
pub(super) fn section(
    scope: &Rc<Scope>,
    id: crate::site::SectionId,
    content: &str,
    with_pages: bool,
) -> Value {
    let site = scope.view.site();
    let section = site.section(id);
    let relative = section.path();
    let mut table = Table::with_capacity(20);
    table.set("title", &*section.title);
    table.set("description", &*section.description);
    table.set("path", &*section.url);
    table.set("permalink", site.permalink(&section.url));
    table.set("relative_path", relative.below("content"));
    table.set("lang", site.lang(section.lang));
    table.set("content", Value::safe_string(content));
    let path = |id: &crate::site::SectionId| {
        Value::from(
            site.section(*id)
                .path()
                .below("content")
                .unwrap_or_default(),
        )
    };
    table.set(
        "ancestors",
        section.ancestors.iter().map(path).collect::<Vec<_>>(),
    );
    table.set(
        "subsections",
        section.subsections.iter().map(path).collect::<Vec<_>>(),
    );
    let pages = if with_pages {
        cards(scope, &section.pages)
    } else {
        Value::from(Vec::<Value>::new())
    };
    table.set("pages", pages);
    table.set("page_count", section.pages.len());
    table.set("generate_feeds", section.has_feed());
    table.set(
        "extra",
        section
            .record
            .free("extra")
            .map_or_else(empty_map, super::values::node),
    );
    let body = section.page.as_ref().map(|page| &page.body);
    table.set(
        "toc",
        body.map_or_else(
            || Value::from(Vec::<Value>::new()),
            |body| headings(&body.headings, &site.permalink(&section.url)),
        ),
    );
    table.set("word_count", body.map_or(0, |body| body.words));
    table.set(
        "reading_time",
        body.map_or(0, |body| {
            crate::base::text::reading_minutes(body.words as usize)
        }),
    );
    table.set("translations", section_translations(site, section));
    table.set("backlinks", Vec::<Value>::new());
    let assets = section
        .assets
        .iter()
        .map(|asset| Value::from(site.config.href(&format!("/{}", asset.output))));
    table.set("assets", assets.collect::<Vec<_>>());
    table.value()
}

fn section_translations(site: &Site, section: &crate::site::Section) -> Value {
    let others = site.sections.iter().filter(|other| {
        other.folder == section.folder && other.lang != section.lang && other.page.is_some()
    });
    let links = others.map(|other| {
        let mut table = Table::with_capacity(6);
        table.set("title", &*other.title);
        table.set("permalink", site.permalink(&other.url));
        table.set("path", &*other.url);
        table.set("lang", site.lang(other.lang));
        table.set("id", Value::none());
        table.set("kind", "section");
        table.value()
    });
    Value::from(links.collect::<Vec<_>>())
}

/// Cards in order.
pub(super) fn cards(scope: &Rc<Scope>, ids: &[PageId]) -> Value {
    Value::from(
        ids.iter()
            .map(|id| scope.renderer.card(scope, *id))
            .collect::<Vec<_>>(),
    )
}
