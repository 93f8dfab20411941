//! The way from files to a linked site: settings, content, theme, styles.

use std::sync::Arc;

use super::pictures;
use super::shelf::{LoadedTheme, Pass, Plan, Settings, Shelf, Styles};
use super::texts::Content;
use crate::base::SitePath;
use crate::config::Config;
use crate::diag::{Checked, Diagnostic};
use crate::output::{self, Artifact, Means, Recipe, Target};
use crate::search::Search;
use crate::site::assemble::Parts;
use crate::site::view::Shared;
use crate::site::words::Words;
use crate::site::{Assembled, Now, Places, Site, assemble};
use crate::theme::Renderer;
use crate::world::World;

/// A site that is ready to be rendered.
pub struct Gathered {
    pub(super) config: Arc<Config>,
    pub(super) renderer: Arc<Renderer>,
    pub(super) targets: Arc<Vec<Target>>,
    pub(super) search: Search,
    /// What is made before any page.
    pub(super) styles: Arc<Styles>,
    /// Whether the theme is whole, so that rendering says something new.
    pub(super) theme_is_whole: bool,
    /// The content files that were parsed for it.
    pub(super) parsed: Vec<SitePath>,
    /// The next instant at which time alone changes the site.
    pub(super) next_change: Option<jiff::Timestamp>,
}

impl Gathered {
    /// The linked site.
    pub fn site(&self) -> &Arc<Site> {
        &self.renderer.shared().site
    }

    /// All output files.
    pub fn targets(&self) -> &Arc<Vec<Target>> {
        &self.targets
    }

    /// Whether the templates could be loaded, so that pages can be made.
    pub fn can_render(&self) -> bool {
        self.theme_is_whole
    }

    /// With what its files are made.
    pub(super) fn means<'a>(&'a self, world: &'a dyn World) -> Means<'a> {
        Means {
            renderer: &self.renderer,
            world,
            search: &self.search,
        }
    }

    /// Makes one output file.
    pub fn make(&self, target: &Target) -> Checked<Artifact> {
        let mut sink = Vec::new();
        let means = self.means(&*self.renderer.shared().world);
        let made = output::make(&means, target).unload(&mut sink);
        let made = pictures::finish(&self.renderer, target, made, &mut sink);
        Checked::new(made, sink)
    }

    /// What the template of an output file finds without asking, as JSON; none for a file that no
    /// template makes.
    pub fn context(&self, path: &str) -> Option<String> {
        let target = self.targets.iter().find(|target| *target.path == *path)?;
        match &target.recipe {
            Recipe::Render { subject, .. } => Some(self.renderer.context(subject)),
            _ => None,
        }
    }

    /// Makes the picture at an output path; none where no page asks for it.
    pub fn picture(&self, path: &str) -> Option<Result<Arc<[u8]>, Diagnostic>> {
        pictures::one(self.renderer.shared(), path)
    }
}

/// Reads and links everything; none where there are no settings to begin with.
pub(super) fn gather(shelf: &mut Shelf, pass: &Pass<'_>) -> Checked<Option<Gathered>> {
    let mut sink = Vec::new();
    let gathered = gather_into(shelf, pass, &mut sink);
    Checked::new(gathered, sink)
}

fn gather_into(shelf: &mut Shelf, pass: &Pass<'_>, sink: &mut Vec<Diagnostic>) -> Option<Gathered> {
    let settings = shelf.settings(pass, sink)?;
    let content = read(shelf, pass, &settings);
    sink.extend(content.diagnostics);
    let loaded = shelf.take_theme(sink)?;
    let styles = shelf.styles(pass, &settings, sink)?;
    let words = shelf.words(pass, &settings, sink)?;
    let parts = Parts {
        config: settings.config.clone(),
        kinds: settings.options.kinds.clone(),
        pages: content.pages,
        assets: content.assets,
        statics: styles.statics.clone(),
        now: Now {
            instant: pass.options.now,
            zone: settings.config.zone.clone(),
        },
        drafts: pass.options.drafts,
        reader: settings.options.reader.clone(),
        remembers: pass.keep,
    };
    let mut assembled = assemble(parts, &mut shelf.site);
    sink.append(&mut assembled.diagnostics);
    let next_change = match pass.keep {
        true => shelf.site.next_change(),
        false => assembled.site.next_change(),
    };
    let targets = plan(shelf, pass, &assembled, &loaded, &styles, sink);
    let renderer = renderer(
        shelf,
        pass,
        &settings,
        assembled.site,
        &loaded,
        &styles,
        words,
    );
    sink.extend(renderer.missing_files());
    Some(Gathered {
        config: settings.config,
        renderer,
        targets,
        search: Search::default(),
        styles,
        theme_is_whole: loaded.whole,
        parsed: content.parsed,
        next_change,
    })
}

/// Content and theme have nothing to do with each other, so they are read side by side.
fn read(shelf: &mut Shelf, pass: &Pass<'_>, settings: &Settings) -> Content {
    let mut texts = std::mem::take(&mut shelf.texts);
    let (content, ()) = rayon::join(
        || {
            texts.read(
                &**pass.world,
                &settings.config,
                &settings.options,
                pass.look,
                (pass.keep, pass.options.stand_in),
            )
        },
        || shelf.theme(pass, settings),
    );
    shelf.texts = texts;
    content
}

/// The plan of files; as much of the last one as still holds.
fn plan(
    shelf: &mut Shelf,
    pass: &Pass<'_>,
    assembled: &Assembled,
    loaded: &LoadedTheme,
    styles: &Arc<Styles>,
    sink: &mut Vec<Diagnostic>,
) -> Arc<Vec<Target>> {
    let last = shelf.plan.as_ref();
    let last = last.filter(|plan| plan.holds_for(loaded, styles));
    let targets = last.and_then(|plan| match &assembled.places {
        Places::Same => Some(plan.targets.clone()),
        Places::ButTerms(touched) => {
            output::replan(&plan.targets, &assembled.site, &loaded.theme, touched).map(Arc::new)
        }
        Places::Other => None,
    });
    let planned = match targets {
        Some(targets) => Checked::fine(targets),
        None => output::plan(&assembled.site, &loaded.theme, &styles.ready).map(Arc::new),
    };
    // Templates that could not be loaded are no news as missing ones.
    let is_news = |diagnostic: &&Diagnostic| loaded.whole || diagnostic.code != "template-missing";
    sink.extend(planned.diagnostics.iter().filter(is_news).cloned());
    let targets = planned.value;
    shelf.plan = pass.keep.then(|| Plan {
        theme: loaded.theme.clone(),
        whole: loaded.whole,
        styles: styles.clone(),
        targets: targets.clone(),
        diagnostics: planned.diagnostics,
    });
    targets
}

fn renderer(
    shelf: &mut Shelf,
    pass: &Pass<'_>,
    settings: &Settings,
    site: Arc<Site>,
    loaded: &LoadedTheme,
    styles: &Arc<Styles>,
    words: Arc<Words>,
) -> Arc<Renderer> {
    let shared = Shared::new(
        site,
        words,
        pass.world.clone(),
        styles.generated.clone(),
        loaded.theme.components(),
        shelf.pictures.clone(),
        shelf.digests.clone(),
    );
    let shared = match pass.keep {
        true => shared,
        false => shared.without_prints(),
    };
    let before = shelf.renderer.take();
    let theme = loaded.theme.clone();
    let renderer = Renderer::new(theme, Arc::new(shared), settings.print, before.as_deref());
    let renderer = Arc::new(renderer);
    shelf.renderer = pass.keep.then(|| renderer.clone());
    renderer
}
