//! From parsed pages to a linked [`Site`].
//!
//! Every step reports its own faults and goes on, so that one run shows them all.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::assets::{misnamed, place_assets};
use super::cores::Basis;
use super::entity::Entity;
use super::making::{Absent, Making, check_context};
pub use super::patch::Memory;
use super::patch::{self, Last};
use super::references::{self, Targets};
use super::sections::{self, Index, Section};
use super::{
    Asset, Graph, Ids, Node, Now, Origins, PageId, SectionId, Site, amount_check, graph,
    link_check, menus, origins, prints, sale,
    taxonomies::{self, Touched},
    term_check,
};
use crate::base::{Map, SitePath};
use crate::config::Config;
use crate::content::kinds::{self, Kind};
use crate::content::{Form, Page, ValueReader};
use crate::data::Record;
use crate::diag::Diagnostic;

/// What a site is made of.
#[derive(Clone)]
pub struct Parts {
    /// The settings.
    pub config: Arc<Config>,
    /// The kinds.
    pub kinds: Arc<Vec<Kind>>,
    /// The parsed content files, by path.
    pub pages: Arc<Vec<Arc<Page>>>,
    /// Other files below `content/`, by path.
    pub assets: Vec<SitePath>,
    /// Files of `static/` of site and theme, as they are published.
    pub statics: Vec<Asset>,
    /// The instant of the build.
    pub now: Now,
    /// Whether drafts, scheduled and expired pages are published too.
    pub drafts: bool,
    /// How values of `[defaults]` are read.
    pub reader: ValueReader,
    /// Whether anything is left for the next time: nothing is kept else.
    pub remembers: bool,
}

/// A linked site with what there is to say about it.
pub struct Assembled {
    /// The site.
    pub site: Arc<Site>,
    /// Everything wrong in it.
    pub diagnostics: Vec<Diagnostic>,
    /// What of the places before still holds.
    pub places: Places,
}

/// What of the places of a site before still holds, and with it what follows from places alone,
/// such as the plan of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Places {
    /// All: pages changed, if anything, and each took the place of the one before.
    Same,
    /// All but those of these terms, which pages came to or left.
    ButTerms(Vec<Touched>),
    /// Perhaps nothing.
    Other,
}

/// Links parsed pages to a site, with the help of what the last time left in `memory`.
pub fn assemble(parts: Parts, memory: &mut Memory) -> Assembled {
    match patch::patch(&parts, memory) {
        Some(assembled) => assembled,
        None => link(prepare(parts, memory), memory),
    }
}

/// Pages as each is by itself, not linked yet.
pub struct Prepared {
    parts: Parts,
    sections: Vec<Section>,
    index: Index,
    entities: Vec<Entity>,
    absent: Absent,
    origins: Origins,
    general: Vec<Diagnostic>,
}

/// Makes of each page what follows from its own file and the defaults of its sections, on as
/// many cores as there are. What was made in the last build from the same things is in `memory`.
pub fn prepare(parts: Parts, memory: &mut Memory) -> Prepared {
    let mut general = Vec::new();
    let (section_pages, pages) = by_form(&parts.pages);
    let origins = origins::of(section_pages.iter());
    memory.cores.settle(basis(&parts, &section_pages));
    let (sections, index) = make_sections(&parts, &section_pages, &pages, &mut general);
    let making = Making::new(&parts, &index, &section_pages, &pages, &mut general);
    let (entities, absent) = making.all(&pages, &mut memory.cores, &mut general);
    Prepared {
        parts,
        sections,
        index,
        entities,
        absent,
        origins,
        general,
    }
}

/// Links prepared pages.
pub fn link(prepared: Prepared, memory: &mut Memory) -> Assembled {
    let Prepared {
        parts,
        mut sections,
        index,
        mut entities,
        absent,
        origins,
        mut general,
    } = prepared;
    let by_id = index_ids(&parts, &mut entities, &mut general);
    attach_translations(&mut entities);
    sections::link(&mut sections, &index);
    let assets = place_assets(&parts, &mut entities, &mut sections);
    general.extend(misnamed(&parts.assets));
    sections::fill(&mut sections, &mut entities);
    let (taxonomies, (by_path, asset_by_path)) = rayon::join(
        || taxonomies::collect(&parts.config, &parts.kinds, &entities),
        || (index_paths(&entities, &sections), index_assets(&assets)),
    );
    let mut site = Site {
        taxonomies: taxonomies.into(),
        by_path: by_path.into(),
        asset_by_path: asset_by_path.into(),
        config: parts.config.clone(),
        kinds: parts.kinds.clone(),
        now: parts.now.clone(),
        entities,
        sections: sections.into(),
        menus: Arc::default(),
        assets: assets.into(),
        statics: parts.statics.clone().into(),
        by_id: by_id.into(),
        absent: absent.into(),
        origins,
        graph: Arc::default(),
    };
    let ((targets, graph), found) = rayon::join(
        || {
            let targets = Targets::of_all(&site);
            let graph = Graph::of(&site, &targets);
            (targets, graph)
        },
        || link_check::check_all(&site),
    );
    site.graph = Arc::new(graph);
    let mut by_page = references::check(&site, &targets, parts.reader.unknown_keys);
    site.menus = menus::resolve(&site, &mut general).into();
    general.extend(found.of_sections);
    general.extend(link_check::check_logo(&site));
    attach_backlinks(&mut site, found.edges);
    sale::set_all(&mut site);
    prints::set_cards(&mut site, &targets);
    let amounts = amount_check::check_all(&site);
    for (id, mut diagnostics) in found.of_pages {
        by_page.entry(id).or_default().append(&mut diagnostics);
    }
    let site = Arc::new(site);
    if !parts.remembers {
        general.extend(by_page.into_values().flatten());
        general.extend(amounts.into_values().flatten());
        general.extend(said_of(&site));
        origins::settle(&mut general, &site.origins);
        return Assembled {
            site,
            diagnostics: general,
            places: Places::Other,
        };
    }
    memory.last = Some(Last::new(parts, site.clone(), general, by_page, amounts));
    Assembled {
        site,
        diagnostics: memory.diagnostics(),
        places: Places::Other,
    }
}

/// What there is to say of sales, of the graph and of terms.
fn said_of(site: &Site) -> Vec<Diagnostic> {
    let (mut said, (of_graph, of_terms)) = rayon::join(
        || sale::Said::of(site).all().cloned().collect::<Vec<_>>(),
        || (graph::Said::of(site), term_check::check(site)),
    );
    said.extend(of_graph.all().cloned().chain(of_terms));
    said
}

/// The sections among some pages.
pub(super) fn sections_of(pages: &[Arc<Page>]) -> Vec<Arc<Page>> {
    let sections = pages.iter();
    sections
        .filter(|page| page.place.form == Form::Section)
        .cloned()
        .collect()
}

/// Sections first, then all other pages.
fn by_form(pages: &[Arc<Page>]) -> (Vec<Arc<Page>>, Vec<Arc<Page>>) {
    pages
        .iter()
        .cloned()
        .partition(|page| page.place.form == Form::Section)
}

pub(super) fn basis(parts: &Parts, section_pages: &[Arc<Page>]) -> Basis {
    Basis {
        config: parts.config.clone(),
        kinds: parts.kinds.clone(),
        defaults: section_pages
            .iter()
            .filter(|page| page.record.free("defaults").is_some())
            .cloned()
            .collect(),
    }
}

pub(super) fn lang_of(config: &Config, page: &Page) -> u8 {
    page.place
        .lang
        .as_deref()
        .and_then(|code| config.languages.iter().position(|known| **known == *code))
        .unwrap_or(0) as u8
}

/// Sections of folders with `_index.md`, of kinds' folders that hold pages, and the homes.
fn make_sections(
    parts: &Parts,
    section_pages: &[Arc<Page>],
    pages: &[Arc<Page>],
    sink: &mut Vec<Diagnostic>,
) -> (Vec<Section>, Index) {
    let config = &parts.config;
    let mut found: BTreeMap<(u8, Box<str>), Option<Arc<Page>>> = BTreeMap::new();
    for lang in 0..config.languages.len() as u8 {
        found.insert((lang, Box::default()), None);
    }
    let mut seen = HashSet::new();
    for page in pages {
        let folder = crate::content::options::kind_folder(config, &parts.kinds[page.kind as usize]);
        let lang = lang_of(config, page);
        if !folder.is_empty() && &*page.place.folder == folder && seen.insert((lang, page.kind)) {
            found.insert((lang, folder.into()), None);
        }
    }
    for page in section_pages {
        if parts.drafts || !page.record.bool("draft").unwrap_or(false) {
            let key = (lang_of(config, page), page.place.folder.clone());
            found.insert(key, Some(page.clone()));
        }
        if !page.broken {
            sink.extend(kinds::section::check(
                &page.record,
                &check_context(parts, page),
            ));
        }
    }
    let mut index = Index::default();
    let mut sections = Vec::new();
    for ((lang, folder), page) in found {
        index.insert((lang, folder.clone()), SectionId(sections.len() as u32));
        let record = section_record(section_pages, page.as_deref(), &folder, lang);
        sections.push(Section::new(config, &folder, lang, page, record));
    }
    (sections, index)
}

/// The front matter of a section; in another language with what it inherits from the default
/// one's.
fn section_record(
    section_pages: &[Arc<Page>],
    page: Option<&Page>,
    folder: &str,
    lang: u8,
) -> Arc<Record> {
    let own = page.map(|page| page.record.clone()).unwrap_or_default();
    let original = section_pages
        .iter()
        .find(|page| page.place.lang.is_none() && *page.place.folder == *folder);
    match original.filter(|_| lang != 0 && page.is_some()) {
        Some(original) => Arc::new(own.with_defaults(&original.record)),
        None => own,
    }
}

/// Ids are unique within kind and language; the first by path keeps a doubled one.
fn index_ids(parts: &Parts, entities: &mut [Entity], sink: &mut Vec<Diagnostic>) -> Ids {
    let mut by_id = Ids::default();
    // A table that grows with a hundred thousand ids is filled anew some fifteen times.
    for (key, count) in alike(entities) {
        by_id.entry(key).or_default().reserve(count);
    }
    for (at, entity) in entities.iter().enumerate() {
        let alike = by_id.entry((entity.kind, entity.lang)).or_default();
        let id = entity.id.clone();
        let first = *alike.entry(id).or_insert(PageId(at as u32));
        if first != PageId(at as u32) {
            let kind = &parts.kinds[entity.kind as usize].name;
            sink.push(
                Diagnostic::error(
                    "duplicate-id",
                    format!("two files have the {kind} id \"{}\"", entity.id),
                )
                .in_file(entity.path(), "rename this file, or the other")
                .in_file(entities[first.0 as usize].path(), "the id is taken here"),
            );
        }
    }
    by_id
}

/// How many entities there are of each kind in each language.
fn alike(entities: &[Entity]) -> Map<(u8, u8), usize> {
    let mut counts = Map::default();
    for entity in entities {
        *counts.entry((entity.kind, entity.lang)).or_default() += 1;
    }
    counts
}

fn attach_translations(entities: &mut [Entity]) {
    let mut groups: Map<(u8, Arc<str>), Vec<PageId>> = Map::default();
    if entities.iter().all(|entity| entity.lang == 0) {
        return;
    }
    for (at, entity) in entities.iter().enumerate() {
        let key = (entity.kind, entity.id.clone());
        groups.entry(key).or_default().push(PageId(at as u32));
    }
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        group.sort_by_key(|id| (entities[id.0 as usize].lang, *id));
        for id in &group {
            entities[id.0 as usize].translations =
                group.iter().copied().filter(|other| other != id).collect();
        }
    }
}

fn index_paths(entities: &[Entity], sections: &[Section]) -> Map<SitePath, Node> {
    let pages = entities
        .iter()
        .enumerate()
        .map(|(at, entity)| (entity.path().clone(), Node::Page(PageId(at as u32))));
    let sections = sections
        .iter()
        .enumerate()
        .map(|(at, section)| (section.path(), Node::Section(SectionId(at as u32))));
    // A file wins over the place where an implicit section's file would be.
    sections.chain(pages).collect()
}

fn index_assets(assets: &[Asset]) -> Map<SitePath, u32> {
    assets
        .iter()
        .enumerate()
        .map(|(at, asset)| (asset.source.clone(), at as u32))
        .collect()
}

fn attach_backlinks(site: &mut Site, mut edges: Vec<(PageId, PageId)>) {
    edges.sort_unstable_by_key(|(from, to)| (*to, *from));
    edges.dedup();
    for to_one in edges.chunk_by(|(_, one), (_, other)| one == other) {
        let to = to_one[0].1;
        site.entities[to.0 as usize].backlinks = to_one.iter().map(|(from, _)| *from).collect();
    }
}
