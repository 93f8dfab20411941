//! The whole site, linked: entities, sections, taxonomies, routes, and what may be asked of it.
//!
//! Made from parsed pages alone; knows no template, no disk and no clock but the build's instant.

pub mod address;
mod amount_check;
pub mod assemble;
mod assets;
pub mod changes;
pub mod compare;
mod cores;
mod defaults;
pub mod describe;
pub mod digests;
pub mod enrol;
pub mod entity;
mod facets;
pub mod graph;
pub mod link_check;
pub mod links;
mod making;
pub mod menus;
mod origins;
mod patch;
mod picking;
pub mod pictures;
pub mod prints;
pub mod question;
pub mod references;
pub mod routes;
pub mod sale;
pub mod sections;
pub mod taxonomies;
mod term_check;
mod translations;
pub mod view;
pub mod words;

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::base::{Map, SitePath};
use crate::config::Config;
use crate::content::kinds::Kind;

pub use assemble::{Assembled, Memory, Places, assemble};
pub use changes::{Change, ChangeKind};
pub use entity::Entity;
pub use graph::Graph;
pub use menus::Menu;
pub use origins::Origins;
pub use question::{Answer, Question};
pub use sale::Sale;
pub use sections::Section;
pub use taxonomies::{Taxonomy, Term, Touched};
pub use view::View;

/// The number of an entity in [`Site::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

/// The number of a section in [`Site::sections`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(pub u32);

/// Entities by kind and language, then by id.
pub type Ids = Map<(u8, u8), Map<Arc<str>, PageId>>;

/// The instant a build stands for, and the zone in which its days are counted.
#[derive(Clone, Debug)]
pub struct Now {
    /// The instant.
    pub instant: jiff::Timestamp,
    /// The site's zone.
    pub zone: TimeZone,
}

/// Everything known about a site at one instant. Immutable and ordered.
pub struct Site {
    /// The settings.
    pub config: Arc<Config>,
    /// The kinds of this site.
    pub kinds: Arc<Vec<Kind>>,
    /// The instant of the build.
    pub now: Now,
    /// All pages that are published, by path.
    pub entities: Vec<Entity>,
    /// All sections, by language and path; the home section of each language among them.
    pub sections: Arc<Vec<Section>>,
    /// Taxonomies by language, in the order of the settings.
    pub taxonomies: Arc<Vec<Taxonomy>>,
    /// Menus with their addresses resolved, for each language.
    pub menus: Arc<Vec<Vec<Menu>>>,
    /// Files of `content/` that are published as they are.
    pub assets: Arc<Vec<Asset>>,
    /// Files of `static/`, site over theme.
    pub statics: Arc<Vec<Asset>>,
    /// Entities and sections by the path of their file.
    pub by_path: Arc<Map<SitePath, Node>>,
    /// Entities by kind and language, then by id.
    pub by_id: Arc<Ids>,
    /// Assets by the path of their file.
    pub asset_by_path: Arc<Map<SitePath, u32>>,
    /// Who refers to whom.
    pub graph: Arc<Graph>,
    /// The files that places of inherited values lead to.
    pub origins: Origins,
    /// Files whose pages are not published, and why.
    pub absent: Arc<Map<SitePath, Absence>>,
}

/// What a path under `content/` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// An entity.
    Page(PageId),
    /// A section.
    Section(SectionId),
}

/// Why a page is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// `draft: true`.
    Draft,
    /// Its `publish_date` is still to come: this instant.
    Scheduled(jiff::Timestamp),
}

/// A file that is published as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The file.
    pub source: SitePath,
    /// Its address below the site's root, without a leading slash: `artikel/alur/diagram.svg`.
    pub output: Box<str>,
}

impl Site {
    /// The same site, for pages to take the places of others: most of it is shared, and its pages
    /// are copied on all cores, since a save waits for it.
    fn copy(&self) -> Self {
        use rayon::prelude::*;
        let pages = self.entities.par_iter().with_min_len(4096);
        Self {
            entities: pages.cloned().collect(),
            config: self.config.clone(),
            kinds: self.kinds.clone(),
            now: self.now.clone(),
            sections: self.sections.clone(),
            taxonomies: self.taxonomies.clone(),
            menus: self.menus.clone(),
            assets: self.assets.clone(),
            statics: self.statics.clone(),
            by_path: self.by_path.clone(),
            by_id: self.by_id.clone(),
            asset_by_path: self.asset_by_path.clone(),
            graph: self.graph.clone(),
            origins: self.origins.clone(),
            absent: self.absent.clone(),
        }
    }

    /// An entity by its number.
    pub fn entity(&self, id: PageId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// A section by its number.
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.0 as usize]
    }

    /// The code of a language by its number.
    pub fn lang(&self, lang: u8) -> &str {
        &self.config.languages[lang as usize]
    }

    /// The number of a language code; the default language is 0.
    pub fn lang_id(&self, code: &str) -> Option<u8> {
        self.config
            .languages
            .iter()
            .position(|known| **known == *code)
            .map(|index| index as u8)
    }

    /// The ids of a kind, in all languages and in no order.
    pub fn ids_of(&self, kind: u8) -> impl Iterator<Item = &str> {
        let alike = self.by_id.iter().filter(move |((of, _), _)| *of == kind);
        alike.flat_map(|(_, ids)| ids.keys().map(|id| &**id))
    }

    /// All entity numbers, in the order of their paths.
    pub fn page_ids(&self) -> impl Iterator<Item = PageId> + use<> {
        (0..self.entities.len() as u32).map(PageId)
    }

    /// A full address for a path that begins with `/`.
    pub fn permalink(&self, path: &str) -> String {
        self.config.permalink(path)
    }
}
