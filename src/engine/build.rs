//! One build: gather, render in parallel, hand every file to an outlet.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::gather::{Gathered, gather};
use super::inputs::Look;
use super::memo::Memo;
use super::next::Ticks;
use super::outlet::Outlet;
use super::quotes;
use super::report::Report;
use super::settle::{self, Work};
use super::shelf::{Pass, Shelf};
use super::texts::content_missing;
use super::why::Past;
use crate::base::SitePath;
use crate::config::Config;
use crate::diag::{Diagnostic, Severity};
use crate::picture::Store;
use crate::site::PageId;
use crate::site::pictures::Pictures;
use crate::site::question::QuestionKind;
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
    /// Whether a content file that breaks stays in the site as it was before. Its errors are
    /// told all the same.
    pub stand_in: bool,
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
            stand_in: false,
            progress: None,
        }
    }
}

/// What a build gave.
#[derive(Default)]
pub struct Build {
    /// Everything there is to say.
    pub diagnostics: Vec<Diagnostic>,
    /// Pages, sections and lists that the site has; redirects and the 404 page are none.
    pub pages: usize,
    /// All files that the site has.
    pub files: usize,
    /// The settings; none where they could not be read.
    pub config: Option<Arc<Config>>,
    /// What was done, and why; empty from an engine that forgets.
    pub report: Report,
    /// Output paths of files whose bytes are others than before, that are new or gone; empty
    /// from an engine that forgets.
    pub changed: Vec<Arc<str>>,
    /// The next instant at which time alone changes the site.
    pub next_change: Option<Timestamp>,
    /// What templates asked the clock.
    pub ticks: Ticks,
    /// Courses that lead on to others, and whose price is quoted all the same.
    pub quoted: BTreeSet<PageId>,
    /// The site that was built, for whoever wants to look at it; a process that ends soon does
    /// better to forget it than to take ten thousand pages apart.
    pub gathered: Option<Arc<Gathered>>,
    /// What the build before made, to say why files were made again.
    pub(super) past: Option<Past>,
}

impl Build {
    /// Whether an error was found.
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Shown a linked site and what there is to say so far.
pub type Show<'a> = dyn FnMut(Option<&Arc<Gathered>>, &[Diagnostic]) + 'a;

/// Who waits for a build, and for what.
pub struct Audience<'a> {
    /// Output paths that are settled before all others.
    pub first: &'a [Arc<str>],
    /// Told once these are settled, with the ones that changed.
    pub tell: &'a (dyn Fn(&[Arc<str>]) + Sync),
    /// Shown the linked site before anything of it is settled, with what there is to say so far.
    pub show: &'a mut Show<'a>,
}

/// Builds sites. What one build leaves for the next lives here.
#[derive(Default)]
pub struct Engine {
    shelf: Shelf,
    memo: Memo,
    forgets: bool,
    overlooked: Option<QuestionKind>,
}

impl Engine {
    /// An engine that remembers from build to build, and has nothing to remember yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// An engine that keeps nothing, for a process that builds once: less memory, less work.
    pub fn forgetful() -> Self {
        Self {
            forgets: true,
            ..Self::default()
        }
    }

    /// The same engine, which keeps pictures in this store from run to run.
    #[must_use]
    pub fn with_store(mut self, store: impl Store + 'static) -> Self {
        self.shelf.pictures = Arc::new(Pictures::new(Arc::new(store)));
        self
    }

    /// Lets builds take one kind of question for answered as before, without asking. That makes
    /// stale pages: it is there for the test that proves that it would be found.
    pub fn overlook(&mut self, kind: Option<QuestionKind>) {
        self.overlooked = kind;
    }

    /// What its builds share about pictures.
    pub fn pictures(&self) -> &Arc<Pictures> {
        &self.shelf.pictures
    }

    /// Files that templates loaded data from, wherever they lie.
    pub fn data_files(&self) -> Vec<SitePath> {
        self.memo.data_files()
    }

    /// What the file at an output path asked when it was made, in words.
    pub fn asked(&self, path: &str) -> Vec<String> {
        self.memo.asked(path)
    }

    /// Builds the site of `world` into `outlet`, which sees no file of a site with errors found
    /// before rendering.
    pub fn build(
        &mut self,
        world: &Arc<dyn World + Send>,
        options: &BuildOptions,
        outlet: &dyn Outlet,
    ) -> Build {
        self.build_shown(world, options, outlet, &mut |_, _| {})
    }

    /// The same, with the linked site shown before the first file is put.
    pub fn build_shown(
        &mut self,
        world: &Arc<dyn World + Send>,
        options: &BuildOptions,
        outlet: &dyn Outlet,
        show: &mut Show<'_>,
    ) -> Build {
        let mut audience = Audience {
            first: &[],
            tell: &|_| {},
            show,
        };
        self.run(
            world,
            options,
            Some(outlet),
            &Look::Everywhere,
            &mut audience,
        )
    }

    /// Links the site of `world` and renders nothing of it.
    pub fn link(&mut self, world: &Arc<dyn World + Send>, options: &BuildOptions) -> Build {
        let mut build = Build::default();
        let pass = Pass {
            world,
            options,
            look: &Look::Everywhere,
            keep: !self.forgets,
        };
        let gathered = gather(&mut self.shelf, &pass).unload(&mut build.diagnostics);
        if let Some(gathered) = gathered {
            gathered.config.checks.apply(&mut build.diagnostics);
            build.config = Some(gathered.config.clone());
            build.next_change = gathered.next_change;
            build.gathered = Some(Arc::new(gathered));
        }
        build
    }

    /// Brings the site up to date without putting it anywhere.
    pub fn refresh(
        &mut self,
        world: &Arc<dyn World + Send>,
        options: &BuildOptions,
        look: &Look,
        audience: &mut Audience<'_>,
    ) -> Build {
        self.run(world, options, None, look, audience)
    }

    fn run(
        &mut self,
        world: &Arc<dyn World + Send>,
        options: &BuildOptions,
        outlet: Option<&dyn Outlet>,
        look: &Look,
        audience: &mut Audience<'_>,
    ) -> Build {
        let mut build = Build::default();
        if let Some(outlet) = outlet {
            outlet.begin(&**world);
        }
        let pass = Pass {
            world,
            options,
            look,
            keep: !self.forgets,
        };
        let gathered = gather(&mut self.shelf, &pass).unload(&mut build.diagnostics);
        let gathered = gathered.map(Arc::new);
        if let Some(gathered) = &gathered {
            gathered.config.checks.apply(&mut build.diagnostics);
        }
        (audience.show)(gathered.as_ref(), &build.diagnostics);
        let Some(gathered) = gathered else {
            self.memo.whole = false;
            return build;
        };
        build.config = Some(gathered.config.clone());
        build.next_change = gathered.next_change;
        build.report.parsed.clone_from(&gathered.parsed);
        let fails = |diagnostic: &Diagnostic| diagnostic.is_error() || options.deny_warnings;
        let mut open = outlet.filter(|_| !build.diagnostics.iter().any(fails));
        if let Some(outlet) = open
            && let Err(diagnostic) = outlet
                .open(&gathered.config)
                .and_then(|()| keeps_content(&**world, outlet, &gathered))
                .and_then(|()| outlet.announce(&gathered.targets))
        {
            build.diagnostics.push(*diagnostic);
            open = None;
        }
        if gathered.theme_is_whole {
            let work = Work {
                gathered: &gathered,
                world: &**world,
                options,
                outlet: open,
                look,
                overlooked: self.overlooked,
                first: audience.first,
                tell: audience.tell,
            };
            self.make(&work, &mut build);
        }
        gathered.config.checks.apply(&mut build.diagnostics);
        self.memo.whole = !build.failed();
        build.gathered = Some(gathered);
        build
    }

    fn make(&mut self, work: &Work<'_>, build: &mut Build) {
        let gathered = work.gathered;
        if self.forgets {
            let made = settle::make_all(work);
            build.diagnostics.extend(made.diagnostics);
            build.ticks = made.ticks;
            build.quoted = made.quoted;
        } else {
            build.past = self.memo.past();
            let settled = settle::settle(&mut self.memo, &mut self.shelf.inputs, work);
            build.diagnostics.extend(settled.diagnostics);
            build.changed = settled.changed;
            build.report.made = settled.made;
            build.ticks = settled.ticks;
            build.quoted = settled.quoted;
        }
        let tick = build.ticks.next(&gathered.site().now);
        let quote = quotes::next(gathered.site(), &build.quoted);
        let all = build.next_change.into_iter().chain(tick).chain(quote);
        build.next_change = all.min();
        self.shelf.pictures.store.tidy(gathered.config.images.cache);
        build.diagnostics.extend(faulty_pages(gathered));
        build.files = gathered.targets.len();
        build.pages = gathered
            .targets
            .iter()
            .filter(|target| target.is_page())
            .count();
    }
}

/// A content folder that was moved away for a moment must not take the live site with it.
fn keeps_content(
    world: &dyn World,
    outlet: &dyn Outlet,
    gathered: &Gathered,
) -> Result<(), Box<Diagnostic>> {
    let is_there = SitePath::new("content").is_some_and(|folder| world.has_folder(&folder));
    match is_there || outlet.live_files() <= gathered.targets.len() {
        true => Ok(()),
        false => Err(Box::new(content_missing())),
    }
}

/// Pages with a faulty front matter are not rendered, but the calls in their texts are checked.
fn faulty_pages(gathered: &Gathered) -> impl Iterator<Item = Diagnostic> {
    let renderer = &gathered.renderer;
    let site = &renderer.shared().site;
    let faulty = site.page_ids().filter(|id| site.entity(*id).page.faulty);
    faulty.flat_map(|id| renderer.check_calls(id))
}
