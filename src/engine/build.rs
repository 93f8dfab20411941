//! One build: gather, render in parallel, hand every file to an outlet.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use rayon::prelude::*;

use super::gather::{Gathered, gather};
use super::outlet::Outlet;
use crate::config::Config;
use crate::diag::{Diagnostic, Severity};
use crate::output::{self, Target};
use crate::world::World;

/// What a build is asked for.
pub struct BuildOptions {
    /// The instant that the build stands for.
    pub now: Timestamp,
    /// Whether drafts and scheduled pages are published too.
    pub drafts: bool,
    /// Another address than that of the settings.
    pub base_url: Option<String>,
    /// How grave an unknown key is.
    pub unknown_keys: Severity,
    /// Whether a warning fails the build.
    pub deny_warnings: bool,
    /// Told how many of how many files are made.
    pub progress: Option<Box<dyn Fn(usize, usize) + Sync + Send>>,
}

impl BuildOptions {
    /// A plain build at an instant.
    pub fn at(now: Timestamp) -> Self {
        Self {
            now,
            drafts: false,
            base_url: None,
            unknown_keys: Severity::Error,
            deny_warnings: false,
            progress: None,
        }
    }
}

/// What a build gave.
#[derive(Default)]
pub struct Build {
    /// Everything there is to say.
    pub diagnostics: Vec<Diagnostic>,
    /// Pages, sections and lists that were made.
    pub pages: usize,
    /// All files that were made.
    pub files: usize,
    /// The settings; none where they could not be read.
    pub config: Option<Arc<Config>>,
    /// The site that was built, for whoever wants to look at it; a process that ends soon does
    /// better to forget it than to take ten thousand pages apart.
    pub gathered: Option<Box<Gathered>>,
}

impl Build {
    /// Whether an error was found.
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Builds sites. What one build leaves for the next lives here.
#[derive(Default)]
pub struct Engine {}

impl Engine {
    /// An engine that remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Builds the site of `world` into `outlet`, which sees no file of a site with errors found
    /// before rendering.
    pub fn build(
        &mut self,
        world: &Arc<dyn World + Send>,
        options: &BuildOptions,
        outlet: &dyn Outlet,
    ) -> Build {
        let mut build = Build::default();
        let gathered = gather(world, options).unload(&mut build.diagnostics);
        let Some(gathered) = gathered else {
            return build;
        };
        build.config = Some(gathered.config.clone());
        let fails = |diagnostic: &Diagnostic| diagnostic.is_error() || options.deny_warnings;
        let mut open = !build.diagnostics.iter().any(fails);
        if open && let Err(diagnostic) = outlet.open(&gathered.config) {
            build.diagnostics.push(*diagnostic);
            open = false;
        }
        if gathered.theme_is_whole {
            render(
                &gathered,
                &**world,
                options,
                open.then_some(outlet),
                &mut build,
            );
        }
        build.gathered = Some(Box::new(gathered));
        build
    }
}

fn render(
    gathered: &Gathered,
    world: &dyn World,
    options: &BuildOptions,
    outlet: Option<&dyn Outlet>,
    build: &mut Build,
) {
    let done = AtomicUsize::new(0);
    let total = gathered.targets.len();
    let one = |target: &Target| {
        let mut diagnostics = Vec::new();
        let artifact = output::make(&gathered.renderer, world, target).unload(&mut diagnostics);
        if let Some(outlet) = outlet
            && let Err(diagnostic) = outlet.put(target, &artifact)
        {
            diagnostics.push(*diagnostic);
        }
        if let Some(progress) = &options.progress {
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        }
        diagnostics
    };
    let found: Vec<Vec<Diagnostic>> = gathered.targets.par_iter().map(one).collect();
    build.diagnostics.extend(found.into_iter().flatten());
    build.diagnostics.extend(faulty_pages(gathered));
    build.files = total;
    build.pages = gathered
        .targets
        .iter()
        .filter(|target| target.turn == output::Turn::Page)
        .count();
}

/// Pages with a faulty front matter are not rendered, but the calls in their texts are checked.
fn faulty_pages(gathered: &Gathered) -> impl Iterator<Item = Diagnostic> {
    let renderer = &gathered.renderer;
    let site = &renderer.shared().site;
    let faulty = site.page_ids().filter(|id| site.entity(*id).page.faulty);
    faulty.flat_map(|id| renderer.check_calls(id))
}
