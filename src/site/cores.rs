//! Cores of pages, kept from build to build as long as nothing that they follow from changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::entity::{Core, Tagged};
use super::prints::PICTURES;
use super::{Now, entity, facets, graph, references, routes, taxonomies};
use crate::base::when::When;
use crate::base::{Fingerprint, Hasher, Map, SitePath};
use crate::config::Config;
use crate::content::kinds::Kind;
use crate::content::kinds::common;
use crate::content::{Body, Page, Piece};
use crate::data::Record;
use crate::diag::Diagnostic;

/// The cores of the last build.
#[derive(Default)]
pub(super) struct Cores {
    basis: Option<Basis>,
    kept: Map<SitePath, Kept>,
    /// Those that there is something to say about.
    telling: BTreeSet<SitePath>,
}

/// What all cores follow from.
pub(super) struct Basis {
    pub(super) config: Arc<Config>,
    pub(super) kinds: Arc<Vec<Kind>>,
    /// The section files with `[defaults]`.
    pub(super) defaults: Vec<Arc<Page>>,
}

/// A core with what it was made from and what there is to say about it.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) page: Arc<Page>,
    /// The page that it translates.
    pub(super) original: Option<Arc<Page>>,
    pub(super) core: Arc<Core>,
    pub(super) diagnostics: Arc<[Diagnostic]>,
}

impl Kept {
    fn tells(&self) -> bool {
        !self.diagnostics.is_empty()
    }
}

impl Cores {
    /// Forgets everything when the basis is another one.
    pub(super) fn settle(&mut self, basis: Basis) {
        let same = self.basis.as_ref().is_some_and(|old| old.is(&basis));
        if !same {
            self.kept.clear();
            self.telling.clear();
        }
        self.basis = Some(basis);
    }

    /// The core of a page, where it was made from the same things and time has not changed it.
    pub(super) fn get(
        &self,
        page: &Arc<Page>,
        original: Option<&Arc<Page>>,
        now: &Now,
    ) -> Option<&Kept> {
        let kept = self.kept.get(&page.path)?;
        let same_original = match (&kept.original, original) {
            (None, None) => true,
            (Some(old), Some(new)) => Arc::ptr_eq(old, new),
            _ => false,
        };
        let expired = is_past(kept.core.expiry, now);
        (Arc::ptr_eq(&kept.page, page) && same_original && expired == kept.core.expired)
            .then_some(kept)
    }

    /// Keeps these, and no others.
    pub(super) fn keep(&mut self, made: impl Iterator<Item = Kept>) {
        let mut fresh = Map::default();
        fresh.reserve(made.size_hint().0);
        fresh.extend(made.map(|kept| (kept.page.path.clone(), kept)));
        self.kept = fresh;
        let telling = self.kept.values().filter(|kept| kept.tells());
        self.telling = telling.map(|kept| kept.page.path.clone()).collect();
    }

    /// What there is to say about single pages.
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let telling = self.telling.iter().filter_map(|path| self.kept.get(path));
        telling.flat_map(|kept| kept.diagnostics.iter())
    }

    /// Puts one in the place of an older one.
    pub(super) fn replace(&mut self, kept: Kept) {
        let path = kept.page.path.clone();
        match kept.tells() {
            true => self.telling.insert(path.clone()),
            false => self.telling.remove(&path),
        };
        self.kept.insert(path, kept);
    }
}

impl Basis {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.config, &other.config)
            && Arc::ptr_eq(&self.kinds, &other.kinds)
            && same_pages(&self.defaults, &other.defaults)
    }
}

/// Whether two lists hold the very same pages.
fn same_pages(one: &[Arc<Page>], other: &[Arc<Page>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| Arc::ptr_eq(a, b))
}

fn is_past(end: Option<jiff::Timestamp>, now: &Now) -> bool {
    end.is_some_and(|end| end <= now.instant)
}

/// Makes a core.
pub(super) fn make(
    config: &Config,
    kind: &Kind,
    now: &Now,
    page: &Arc<Page>,
    record: Arc<Record>,
    lang: u8,
) -> Core {
    let date = record.when("date").or(page.place.date);
    let updated = record.when("updated");
    let date_key = entity::instant(date, now);
    let expiry = record
        .when("expiry_date")
        .map(|when| when.to_timestamp_end(&now.zone));
    let slug = routes::slug(page, &record);
    let has_pictures = PICTURES.iter().any(|field| record.get(field).is_some());
    let mut core = Core {
        lang,
        kind: page.kind,
        id: routes::id(page, kind).into(),
        title: entity::title(page, &record),
        description: entity::description(page, &record),
        url: routes::page_url(config, page, &record, kind, lang, &slug),
        slug,
        date,
        updated,
        date_key,
        updated_key: entity::instant(updated, now).or(date_key),
        weight: record.int("weight").unwrap_or(i64::MAX),
        hidden: record.bool("hidden").unwrap_or(false),
        expired: is_past(expiry, now),
        expiry,
        due: entity::instant(record.when("publish_date"), now),
        draft: record.bool("draft").unwrap_or(false),
        terms: terms(config, kind, &record),
        has_pictures,
        shows_others: has_pictures || has_references(&record),
        print: Fingerprint::default(),
        link_print: Fingerprint::default(),
        shape: Fingerprint::default(),
        title_pieces: entity::title_pieces(page),
        page: page.clone(),
        record,
    };
    // Cards stand for links too, and the search index of a site for its cards.
    core.print = print(&core);
    core.link_print = link_print(&core);
    core
}

/// Adds what only a later build compares.
pub(super) fn remember(core: &mut Core, kind: &Kind) {
    core.shape = shape(core, &kind.name);
}

fn terms(config: &Config, kind: &Kind, record: &Record) -> Vec<Tagged> {
    let mut found = Vec::new();
    for (at, taxonomy) in config.taxonomies.iter().enumerate() {
        let names = match &taxonomy.facet {
            None => taxonomies::terms_of(record, &taxonomy.name),
            Some(facet) if *facet.kind == *kind.name => facets::values(kind, record, &facet.field),
            Some(_) => continue,
        };
        for name in names {
            found.push(Tagged {
                taxonomy: at as u8,
                name: name.into(),
                slug: taxonomies::term_slug(name).into(),
            });
        }
    }
    found
}

/// A card shows front matter, address, reading time and summary; not the body below `more`.
fn print(core: &Core) -> Fingerprint {
    let mut hasher = Hasher::new();
    hasher
        .text(core.page.path.as_str())
        .text(&core.url)
        .text(&core.title)
        .text(&core.description)
        .number(core.reading_time() as u64)
        .number(u64::from(core.expired))
        .number(u64::from(core.kind))
        .text(&core.id)
        .print(record_print(core));
    // Aliases are shown as its own file gives them.
    common::aliases(&core.page.record).for_each(|(alias, _)| {
        hasher.text(alias);
    });
    hash_when(&mut hasher, core.date);
    if let Some(cut) = core.page.body.summary {
        let start = core.title_pieces.min(cut);
        hasher.text(&format!("{:?}", &core.page.body.pieces[start..cut]));
    }
    hasher.finish()
}

fn record_print(core: &Core) -> Fingerprint {
    match Arc::ptr_eq(&core.record, &core.page.record) {
        true => core.page.meta_print,
        false => core.record.fingerprint(),
    }
}

fn link_print(core: &Core) -> Fingerprint {
    let mut hasher = Hasher::new();
    hasher
        .text(&core.title)
        .text(&core.url)
        .text(&core.id)
        .number(u64::from(core.lang))
        .number(u64::from(core.kind));
    hasher.finish()
}

/// Everything that other pages, lists, routes and the plan of files take from a page, except
/// what its card shows and its terms. As long as it stays, a changed page can take its old place.
fn shape(core: &Core, kind: &str) -> Fingerprint {
    let page = &*core.page;
    let mut hasher = Hasher::new();
    hasher.text(&core.id).text(&core.slug).text(&core.url);
    for number in [core.lang, core.kind] {
        hasher.number(u64::from(number));
    }
    let flags = [
        core.hidden,
        core.expired,
        core.draft,
        core.shows_others,
        page.faulty,
        page.broken,
        core.listed_by_search(),
        page.body.summary.is_some(),
    ];
    flags.iter().for_each(|flag| {
        hasher.number(u64::from(*flag));
    });
    hasher.number(core.weight as u64);
    hash_when(&mut hasher, core.date);
    hash_when(&mut hasher, core.updated);
    hash_text(&mut hasher, core.due.map(|due| due.to_string()).as_deref());
    hash_text(&mut hasher, core.template());
    if core.expired {
        // Links to it warn with its title.
        hasher.text(&core.title);
    }
    common::aliases(&page.record).for_each(|(alias, _)| {
        hasher.text(alias);
    });
    hasher.number(0);
    page.body.anchors.iter().for_each(|anchor| {
        hasher.text(anchor);
    });
    hasher.number(1);
    graph::hash_shape(&mut hasher, kind, &core.record);
    hasher.number(2);
    hash_targets(&mut hasher, &page.body);
    hasher.finish()
}

fn hash_when(hasher: &mut Hasher, when: Option<When>) {
    match when {
        Some(when) => when.hash_into(hasher.number(1)),
        None => hasher.number(0),
    };
}

fn hash_text(hasher: &mut Hasher, text: Option<&str>) {
    match text {
        Some(text) => hasher.number(1).text(text),
        None => hasher.number(0),
    };
}

fn has_references(record: &Record) -> bool {
    let mut any = false;
    references::visit(record, &mut |_, _| any = true);
    any
}

/// Where links and pictures lead, as written: backlinks follow from it.
fn hash_targets(hasher: &mut Hasher, body: &Body) {
    for piece in &body.pieces {
        match piece {
            Piece::Html(_) => {}
            Piece::Link(link) => {
                hasher.text(&link.target);
                hash_text(hasher, link.anchor.as_deref());
            }
            Piece::Image(image) => {
                hasher.text(&image.src);
            }
            Piece::Component(component) => {
                if let Some(inner) = &component.body {
                    hash_targets(hasher, inner);
                }
            }
        }
    }
}
