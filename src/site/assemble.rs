//! From parsed pages to a linked [`Site`].
//!
//! Every step reports its own faults and goes on, so that one run shows them all.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::assets::place_assets;
use super::entity::Entity;
use super::making::{Making, check_context};
use super::sections::{self, Index, Section};
use super::{Asset, Node, Now, PageId, SectionId, Site, links, menus, references, taxonomies};
use crate::base::{Fingerprint, Hasher, Map, SitePath};
use crate::config::Config;
use crate::content::kinds::{self, Kind};
use crate::content::{Form, Page, ValueReader};
use crate::diag::{Checked, Diagnostic};

/// What a site is made of.
pub struct Parts {
    /// The settings.
    pub config: Arc<Config>,
    /// The kinds.
    pub kinds: Arc<Vec<Kind>>,
    /// The parsed content files, by path.
    pub pages: Vec<Arc<Page>>,
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
}

/// Links parsed pages to a site.
pub fn assemble(parts: Parts) -> Checked<Site> {
    let mut sink = Vec::new();
    let (section_pages, pages): (Vec<_>, Vec<_>) = parts
        .pages
        .iter()
        .cloned()
        .partition(|page| page.place.form == Form::Section);
    let (mut sections, index) = make_sections(&parts, &section_pages, &pages, &mut sink);
    let making = Making::new(&parts, &index, &section_pages, &pages, &mut sink);
    let (mut entities, absent) = making.all(&pages, &mut sink);
    let by_id = index_ids(&parts, &mut entities, &mut sink);
    attach_translations(&mut entities);
    sections::link(&mut sections, &index);
    let assets = place_assets(&parts, &mut entities, &mut sections);
    sections::fill(&mut sections, &mut entities);
    for entity in &mut entities {
        entity.card_print = card_print(entity);
    }
    let mut site = Site {
        taxonomies: taxonomies::collect(&parts.config, &entities),
        by_path: index_paths(&entities, &sections),
        asset_by_path: index_assets(&assets),
        config: parts.config,
        kinds: parts.kinds,
        now: parts.now,
        entities,
        sections,
        menus: Vec::new(),
        assets,
        statics: parts.statics,
        by_id,
        absent,
    };
    sink.append(&mut references::check(&site));
    site.menus = menus::resolve(&site, &mut sink);
    let mut found = links::check_all(&site);
    sink.append(&mut found.diagnostics);
    attach_backlinks(&mut site, found.edges);
    Checked::new(site, sink)
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
    for page in pages {
        let folder = crate::content::options::kind_folder(config, &parts.kinds[page.kind as usize]);
        if !folder.is_empty() && &*page.place.folder == folder {
            found.insert((lang_of(config, page), folder.into()), None);
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
        let record = page
            .as_ref()
            .map(|page| page.record.clone())
            .unwrap_or_default();
        sections.push(Section::new(config, &folder, lang, page, record));
    }
    (sections, index)
}

/// Ids are unique within kind and language; the first by path keeps a doubled one.
fn index_ids(
    parts: &Parts,
    entities: &mut [Entity],
    sink: &mut Vec<Diagnostic>,
) -> Map<(u8, u8, Box<str>), PageId> {
    let mut by_id = Map::with_capacity_and_hasher(entities.len(), Default::default());
    for (at, entity) in entities.iter().enumerate() {
        let key = (entity.kind, entity.lang, entity.id.clone());
        let first = *by_id.entry(key).or_insert(PageId(at as u32));
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

fn attach_translations(entities: &mut [Entity]) {
    let mut groups: Map<(u8, Box<str>), Vec<PageId>> = Map::default();
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
    for (from, to) in edges {
        site.entities[to.0 as usize].backlinks.push(from);
    }
}

/// A card shows front matter, address, reading time and summary; not the body below `more`.
fn card_print(entity: &Entity) -> Fingerprint {
    let mut hasher = Hasher::new();
    hasher
        .text(&entity.url)
        .text(&entity.title)
        .text(&entity.description)
        .number(entity.reading_time() as u64)
        .number(u64::from(entity.expired))
        .print(entity.record.fingerprint());
    if let Some(cut) = entity.page.body.summary {
        hasher.text(&format!("{:?}", &entity.page.body.pieces[..cut]));
    }
    hasher.finish()
}
