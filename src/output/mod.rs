//! Which files a site consists of, and how each is made.
//!
//! A page, list, feed, sitemap, redirect, style or copied file is a [`Target`]: one mechanism
//! for all. Targets are planned from the site alone; making one gives an [`Artifact`].

mod cards;
mod claims;
pub mod exports;
mod feeds;
mod lists;
mod pages;
mod plan;
mod redirects;
mod replan;
pub mod scripts;
mod search;
mod sitemap;
pub mod statics;
pub mod styles;
pub mod twins;

use std::sync::Arc;

use crate::base::SitePath;
use crate::diag::{Checked, Diagnostic};
use crate::search::{Part, Search};
use crate::site::PageId;
use crate::site::view::Trace;
use crate::structured::Export;
use crate::theme::{Renderer, Subject};
use crate::world::World;
use crate::world::text::read_diagnostic;

pub use plan::{Made, Ready, plan};
pub use replan::replan;

/// One output file and how it is made. Plans are renewed in part after each edit: what they hold
/// is shared.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its path below the output folder.
    pub path: Arc<str>,
    /// How it is made.
    pub recipe: Recipe,
    /// When it is published, where files are published one by one.
    pub turn: Turn,
}

/// How a file is made.
#[derive(Clone, Debug)]
pub enum Recipe {
    /// By a template.
    Render {
        /// The template's name.
        template: Arc<str>,
        /// What it is rendered for.
        subject: Arc<Subject>,
    },
    /// By a template that draws it, and by drawing it.
    Card {
        /// The template's name.
        template: Arc<str>,
        /// The page that it is a card of.
        subject: Arc<Subject>,
    },
    /// By copying a file of the site.
    Copy(SitePath),
    /// By the program, from what it asks of the site.
    Export(Box<Export>),
    /// The text of a page as Markdown.
    Twin(PageId),
    /// It is made already.
    Ready(Arc<[u8]>),
    /// From the search index of a language, which is made when one of its files is.
    Search(u8, Part),
}

impl Target {
    /// Whether it is a page that somebody reads: no redirect, and not what stands in for one that
    /// is missing.
    pub fn is_page(&self) -> bool {
        self.turn == Turn::Page && !self.leads_away() && *self.path != *"404.html"
    }

    /// Whether it only leads to another.
    pub fn leads_away(&self) -> bool {
        match &self.recipe {
            Recipe::Render { subject, .. } => matches!(**subject, Subject::Redirect { .. }),
            _ => false,
        }
    }
}

/// The address below the site of an output path: `a/index.html` is at `/a/`.
pub fn address(path: &str) -> String {
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path))
}

impl Recipe {
    /// Whether it is made only when somebody asks for it, where nothing is published: its cost
    /// is that of the whole site, and a preview seldom needs it.
    pub fn is_deferred(&self) -> bool {
        matches!(self, Self::Search(..))
    }
}

/// With what targets are made.
pub struct Means<'a> {
    /// Renders pages.
    pub renderer: &'a Arc<Renderer>,
    /// For files that are copied.
    pub world: &'a dyn World,
    /// The search index of the site.
    pub search: &'a Search,
}

/// The order of publishing: what pages need comes before them, what lists them after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// Styles, pictures, downloads.
    Asset,
    /// Pages and redirects.
    Page,
    /// Feeds and sitemaps.
    Index,
}

/// A made file.
pub struct Artifact {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// What its render asked of the site.
    pub trace: Trace,
}

/// Makes one target.
pub fn make(means: &Means<'_>, target: &Target) -> Checked<Artifact> {
    match &target.recipe {
        Recipe::Render { template, subject } | Recipe::Card { template, subject } => {
            let mut diagnostics = Vec::new();
            let rendered = means
                .renderer
                .render(template, subject)
                .unload(&mut diagnostics);
            let artifact = Artifact {
                bytes: rendered.text.into_bytes().into(),
                trace: rendered.trace,
            };
            Checked::new(artifact, diagnostics)
        }
        Recipe::Export(export) => Checked::fine(exports::make(means.renderer, export)),
        Recipe::Twin(id) => twins::make(means.renderer, *id),
        Recipe::Copy(source) => copy(means.world, source),
        Recipe::Ready(bytes) => Checked::fine(Artifact {
            bytes: bytes.clone(),
            trace: Trace::new(),
        }),
        Recipe::Search(lang, part) => {
            let site = &means.renderer.shared().site;
            Checked::fine(Artifact {
                bytes: means.search.file(site, *lang, *part).into(),
                trace: Trace::new(),
            })
        }
    }
}

fn copy(world: &dyn World, source: &SitePath) -> Checked<Artifact> {
    let (bytes, diagnostics): (Vec<u8>, Vec<Diagnostic>) = match world.read(source, u64::MAX) {
        Ok(bytes) => (bytes, Vec::new()),
        Err(error) => (Vec::new(), vec![read_diagnostic(&error)]),
    };
    let artifact = Artifact {
        bytes: bytes.into(),
        trace: Trace::new(),
    };
    Checked::new(artifact, diagnostics)
}
