//! Which files a site consists of, and how each is made.
//!
//! A page, list, feed, sitemap, redirect, style or copied file is a [`Target`]: one mechanism
//! for all. Targets are planned from the site alone; making one gives an [`Artifact`].

mod claims;
mod feeds;
mod lists;
mod pages;
mod plan;
mod sitemap;
pub mod statics;
pub mod styles;

use std::sync::Arc;

use crate::base::SitePath;
use crate::diag::{Checked, Diagnostic};
use crate::site::view::Trace;
use crate::theme::{Renderer, Subject};
use crate::world::World;
use crate::world::text::read_diagnostic;

pub use plan::{Ready, plan};

/// One output file and how it is made.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its path below the output folder.
    pub path: Box<str>,
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
        template: Box<str>,
        /// What it is rendered for.
        subject: Box<Subject>,
    },
    /// By copying a file of the site.
    Copy(SitePath),
    /// It is made already.
    Ready(Arc<[u8]>),
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
pub fn make(renderer: &Arc<Renderer>, world: &dyn World, target: &Target) -> Checked<Artifact> {
    match &target.recipe {
        Recipe::Render { template, subject } => {
            let mut diagnostics = Vec::new();
            let rendered = renderer.render(template, subject).unload(&mut diagnostics);
            let artifact = Artifact {
                bytes: rendered.text.into_bytes().into(),
                trace: rendered.trace,
            };
            Checked::new(artifact, diagnostics)
        }
        Recipe::Copy(source) => copy(world, source),
        Recipe::Ready(bytes) => Checked::fine(Artifact {
            bytes: bytes.clone(),
            trace: Trace::new(),
        }),
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
