//! A built site held against what its courses cost: visible prices on pages and cards, the graph
//! that machines read, feeds, and `courses.json`, each as it would be published.
//!
//! What the truth is `site/sale` says. Whether what is *shown* agrees with it depends on templates,
//! and of these only the bytes that they made are believed. Like the check of prose, this one would
//! rather miss an amount than accuse a right one.

mod courses;
mod due;
mod export;
mod feed;
mod graph;
mod seen;
mod tell;
mod twin;
mod visible;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use crate::base::SitePath;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::engine::{Gathered, Outlet};
use crate::output::{Artifact, Recipe, Target};
use crate::structured::ExportKind;
use crate::theme::Subject;
use crate::world::World;

use courses::Courses;
use tell::File;

/// Where the files of a checked build go: each is looked at, none is kept but those with faults.
pub struct Checker<'a> {
    world: &'a dyn World,
    site: OnceLock<Linked>,
    found: Mutex<Found>,
}

struct Linked {
    gathered: Arc<Gathered>,
    courses: Courses,
}

/// What was found in a site's files.
#[derive(Default)]
pub struct Found {
    /// The disagreements.
    pub diagnostics: Vec<Diagnostic>,
    /// The text of each file that they stand in: it lies on no disk.
    pub texts: BTreeMap<SitePath, Arc<str>>,
}

impl<'a> Checker<'a> {
    /// For one build of what lies in `world`.
    pub fn new(world: &'a dyn World) -> Self {
        Self {
            world,
            site: OnceLock::new(),
            found: Mutex::default(),
        }
    }

    /// Told the linked site before the first file is put.
    pub fn show(&self, gathered: &Arc<Gathered>) {
        let linked = || Linked {
            courses: Courses::of(gathered.site()),
            gathered: gathered.clone(),
        };
        self.site.get_or_init(linked);
    }

    /// What was found.
    pub fn end(self) -> Found {
        self.found
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn look(&self, linked: &Linked, target: &Target, text: &str) -> Vec<Diagnostic> {
        let site = linked.gathered.site();
        let file = File::new(site, target, text, self.world);
        let courses = &linked.courses;
        match &target.recipe {
            Recipe::Render { subject, .. } => match &**subject {
                Subject::Feed { .. } if target.path.ends_with(".json") => {
                    feed::json(&file, courses)
                }
                Subject::Feed { .. } => feed::atom(&file, courses),
                subject if target.path.ends_with(".html") => {
                    let own = match subject {
                        Subject::Page(id) => Some(*id),
                        _ => None,
                    };
                    page(&file, courses, own)
                }
                _ => Vec::new(),
            },
            Recipe::Export(export) if export.kind == ExportKind::Courses => {
                export::check(&file, courses)
            }
            Recipe::Twin(id) => twin::check(&file, *id).into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

fn page(file: &File<'_>, courses: &Courses, own: Option<crate::site::PageId>) -> Vec<Diagnostic> {
    let seen = seen::read(file.text);
    let mut found = visible::check(file, courses, &seen, own);
    found.extend(graph::check(file, courses, &seen, own));
    found
}

impl Outlet for Checker<'_> {
    fn open(&self, _: &Config) -> Result<(), Box<Diagnostic>> {
        Ok(())
    }

    /// What stands on cards comes from the same values, and drawing them takes longer than all the
    /// rest.
    fn draws(&self) -> bool {
        false
    }

    fn put(&self, target: &Target, artifact: &Artifact) -> Result<(), Box<Diagnostic>> {
        if matches!(target.recipe, Recipe::Card { .. }) {
            return Ok(());
        }
        let (Some(linked), Ok(text)) = (self.site.get(), std::str::from_utf8(&artifact.bytes))
        else {
            return Ok(());
        };
        let told = self.look(linked, target, text);
        if !told.is_empty() {
            let path = tell::path(linked.gathered.site(), target);
            let mut found = self
                .found
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            found.diagnostics.extend(told);
            found.texts.insert(path, text.into());
        }
        Ok(())
    }
}
