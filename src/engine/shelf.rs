//! What one gathering leaves for the next: settings, theme, styles and words, each made again
//! only when something that it is made from changed.

use std::sync::Arc;

use super::BuildOptions;
use super::inputs::{Inputs, Look};
use super::texts::Texts;
use crate::base::{Fingerprint, Hasher, SitePath};
use crate::config::{self, Config};
use crate::content::ParseOptions;
use crate::data;
use crate::diag::{Checked, Diagnostic};
use crate::output::{Made, Ready, Target, scripts, statics, styles};
use crate::site::digests::Digests;
use crate::site::pictures::Pictures;
use crate::site::view::Generated;
use crate::site::words::Words;
use crate::site::{Asset, Memory};
use crate::theme::{self, Renderer, Theme};
use crate::world::World;
use crate::world::text::read_text;

/// What gathering leaves for the next time.
#[derive(Default)]
pub(super) struct Shelf {
    pub(super) inputs: Inputs,
    pub(super) texts: Texts,
    pub(super) site: Memory,
    pub(super) plan: Option<Plan>,
    pub(super) renderer: Option<Arc<Renderer>>,
    pub(super) pictures: Arc<Pictures>,
    pub(super) digests: Arc<Digests>,
    settings: Option<Kept<Option<Settings>>>,
    /// The last ones that could be read: repaired, they are mostly the same.
    readable: Option<Settings>,
    theme: Option<Kept<LoadedTheme>>,
    styles: Option<Kept<Arc<Styles>>>,
    words: Option<Kept<Arc<Words>>>,
}

/// A value with what it was made from and what there is to say about it.
struct Kept<T> {
    /// Stands for what it follows from besides its files.
    above: Fingerprint,
    /// Stands for its files.
    print: Fingerprint,
    value: T,
    diagnostics: Vec<Diagnostic>,
}

/// The settings with what follows from them alone.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) config: Arc<Config>,
    pub(super) options: Arc<ParseOptions>,
    /// Stands for them in what follows from them.
    pub(super) print: Fingerprint,
}

/// Templates, as far as they could be loaded.
#[derive(Clone)]
pub(super) struct LoadedTheme {
    pub(super) theme: Arc<Theme>,
    /// Whether all of them could, so that rendering says something new.
    pub(super) whole: bool,
}

/// Static files and styles.
pub(super) struct Styles {
    pub(super) statics: Vec<Asset>,
    pub(super) ready: Vec<Ready>,
    /// The same by output path; none for what a fault in its source keeps from being made.
    pub(super) generated: Arc<Generated>,
}

/// The plan of files, with what it was made from besides the site.
pub(super) struct Plan {
    pub(super) theme: Arc<Theme>,
    /// Whether all of its templates could be loaded.
    pub(super) whole: bool,
    pub(super) styles: Arc<Styles>,
    pub(super) targets: Arc<Vec<Target>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Plan {
    /// Whether it would be made again from the same site. It asks a theme which templates it has,
    /// and nothing else.
    pub(super) fn holds_for(&self, loaded: &LoadedTheme, styles: &Arc<Styles>) -> bool {
        let same_names = || self.whole && loaded.whole && self.theme.has_names_of(&loaded.theme);
        self.diagnostics.is_empty()
            && (Arc::ptr_eq(&self.theme, &loaded.theme) || same_names())
            && Arc::ptr_eq(&self.styles, styles)
    }
}

/// Where and how one pass gathers.
pub(super) struct Pass<'a> {
    pub(super) world: &'a Arc<dyn World + Send>,
    pub(super) options: &'a BuildOptions,
    pub(super) look: &'a Look,
    /// Whether anything is left for the next time.
    pub(super) keep: bool,
}

impl Pass<'_> {
    /// Fills a slot again where what it was made from changed.
    fn renew<T>(
        &self,
        slot: &mut Option<Kept<T>>,
        places: &[SitePath],
        above: Fingerprint,
        print: impl FnOnce() -> Fingerprint,
        make: impl FnOnce() -> Checked<T>,
    ) {
        let old = slot.as_ref().filter(|kept| kept.above == above);
        if old.is_some() && !self.look.covers(places) {
            return;
        }
        let print = if self.keep {
            print()
        } else {
            Fingerprint::default()
        };
        if self.keep && old.is_some_and(|kept| kept.print == print) {
            return;
        }
        let made = make();
        *slot = Some(Kept {
            above,
            print,
            value: made.value,
            diagnostics: made.diagnostics,
        });
    }
}

/// The value of a slot that was just filled, and what there is to say about it.
fn take<T: Clone>(slot: &Option<Kept<T>>, sink: &mut Vec<Diagnostic>) -> Option<T> {
    let kept = slot.as_ref()?;
    sink.extend(kept.diagnostics.iter().cloned());
    Some(kept.value.clone())
}

impl Shelf {
    /// The settings; none where there are none, or none that can be read.
    pub(super) fn settings(
        &mut self,
        pass: &Pass<'_>,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<Settings> {
        let above = Hasher::new()
            .text(pass.options.base_url.as_deref().unwrap_or_default())
            .text(&format!("{:?}", pass.options.unknown_keys))
            .finish();
        let Self {
            settings,
            inputs,
            readable,
            ..
        } = self;
        let old = readable.clone();
        let path = Config::path();
        pass.renew(
            settings,
            std::slice::from_ref(&path),
            above,
            || inputs.file(&**pass.world, &path),
            || read_settings(pass, old),
        );
        let taken = take(settings, sink).flatten();
        if pass.keep && taken.is_some() {
            readable.clone_from(&taken);
        }
        taken
    }

    /// The templates of theme and site.
    pub(super) fn theme(&mut self, pass: &Pass<'_>, settings: &Settings) {
        let places = theme_places(&settings.config);
        let Self { theme, inputs, .. } = self;
        pass.renew(
            theme,
            &places,
            settings.print,
            || inputs.folders(&**pass.world, &places, |_| true),
            || load_theme(pass, settings),
        );
    }

    /// What [`Self::theme`] made.
    pub(super) fn take_theme(&self, sink: &mut Vec<Diagnostic>) -> Option<LoadedTheme> {
        take(&self.theme, sink)
    }

    /// Static files and styles.
    pub(super) fn styles(
        &mut self,
        pass: &Pass<'_>,
        settings: &Settings,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<Arc<Styles>> {
        let places: Vec<SitePath> = ["static", "sass", "scripts"]
            .into_iter()
            .flat_map(|name| statics::folders(&settings.config, name))
            .collect();
        // Pictures and downloads are copied as they are: their names are all that counts here.
        let is_made = |path: &SitePath| {
            matches!(
                path.extension(),
                Some("css" | "scss" | "sass" | "js" | "mjs")
            )
        };
        let Self { styles, inputs, .. } = self;
        pass.renew(
            styles,
            &places,
            settings.print,
            || inputs.folders(&**pass.world, &places, is_made),
            || make_styles(pass, settings),
        );
        take(styles, sink)
    }

    /// The words of theme and site.
    pub(super) fn words(
        &mut self,
        pass: &Pass<'_>,
        settings: &Settings,
        sink: &mut Vec<Diagnostic>,
    ) -> Option<Arc<Words>> {
        let places = statics::folders(&settings.config, "i18n");
        let Self { words, inputs, .. } = self;
        pass.renew(
            words,
            &places,
            settings.print,
            || inputs.folders(&**pass.world, &places, |_| true),
            || read_words(&**pass.world, &settings.config),
        );
        take(words, sink)
    }
}

fn theme_places(config: &Config) -> Vec<SitePath> {
    let mut places = statics::folders(config, "templates");
    // `theme.toml`; and whether there is a theme at all.
    let theme = config.theme.as_deref();
    places.extend(theme.and_then(|theme| SitePath::new(&format!("themes/{theme}"))));
    places
}

/// Reads the settings. What parsing depends on stays the very same where it is equal, so that
/// another title parses no page again.
fn read_settings(pass: &Pass<'_>, old: Option<Settings>) -> Checked<Option<Settings>> {
    let mut sink = Vec::new();
    let path = Config::path();
    let text = match read_text(&**pass.world, &path) {
        Ok(text) => text,
        Err(diagnostic) if diagnostic.code == "file-missing" => {
            sink.push(no_site(old.is_some()));
            return Checked::new(None, sink);
        }
        Err(diagnostic) => return Checked::new(None, vec![*diagnostic]),
    };
    let config = config::read(&text, pass.options.unknown_keys);
    let broken = config
        .diagnostics
        .iter()
        .any(|diagnostic| diagnostic.code.contains("syntax"));
    let mut config = config.unload(&mut sink);
    if let Some(url) = &pass.options.base_url {
        config = config.with_base_url(url);
    }
    let options = ParseOptions::new(&config, pass.options.unknown_keys);
    sink.extend(options.check_kinds(&config));
    let options = match old.filter(|old| old.options.is_like(&options)) {
        Some(old) => old.options,
        None => Arc::new(options),
    };
    let print = Hasher::new()
        .text(&text)
        .text(pass.options.base_url.as_deref().unwrap_or_default())
        .finish();
    let settings = Settings {
        config: Arc::new(config),
        options,
        print,
    };
    // With settings that cannot be read, everything else would be guesswork.
    Checked::new((!broken).then_some(settings), sink)
}

/// There are no settings; `had` where there were some a moment ago.
fn no_site(had: bool) -> Diagnostic {
    if had {
        return Diagnostic::error(
            "no-site",
            "silabus.toml is gone, or the folder that it was in",
        )
        .hint("put it back where it was: everything goes on from there");
    }
    Diagnostic::error("no-site", "there is no silabus.toml here")
        .hint("go to the folder of your site, or name it with --root DIR")
        .hint("make a new site: silabus init DIR")
}

fn load_theme(pass: &Pass<'_>, settings: &Settings) -> Checked<LoadedTheme> {
    let loaded = theme::load(&**pass.world, &settings.config, &settings.options);
    let whole = !loaded.failed();
    loaded.map(|theme| LoadedTheme {
        theme: Arc::new(theme),
        whole,
    })
}

fn make_styles(pass: &Pass<'_>, settings: &Settings) -> Checked<Arc<Styles>> {
    let (world, config) = (&**pass.world, &settings.config);
    let mut sink = Vec::new();
    let mut statics = statics::collect(world, config, &mut sink);
    let Made {
        mut ready,
        mut broken,
    } = styles::make(world, config, &mut statics).unload(&mut sink);
    let scripts = scripts::make(world, config, &mut statics).unload(&mut sink);
    ready.extend(scripts.ready);
    broken.extend(scripts.broken);
    let generated = ready
        .iter()
        .map(|one| (one.path.clone(), Some(one.bytes.clone())))
        .chain(broken.into_iter().map(|path| (path, None)))
        .collect();
    let styles = Styles {
        statics,
        ready,
        generated: Arc::new(generated),
    };
    Checked::new(Arc::new(styles), sink)
}

/// The words of theme and site.
fn read_words(world: &dyn World, config: &Config) -> Checked<Arc<Words>> {
    let mut sink = Vec::new();
    let mut words = Words::new(config.languages.len());
    let theme = config
        .theme
        .as_ref()
        .map(|theme| format!("themes/{theme}/"));
    for folder in theme.iter().map(String::as_str).chain([""]) {
        for (lang, code) in config.languages.iter().enumerate() {
            let Some(path) = SitePath::new(&format!("{folder}i18n/{code}.toml")) else {
                continue;
            };
            let Ok(text) = read_text(world, &path) else {
                continue;
            };
            let table =
                data::parse(&path, &text, data::Syntax::Toml, 0..text.len()).unload(&mut sink);
            for wrong in words.add(lang as u8, &table) {
                sink.push(Diagnostic::error("word", "a word is a text").at(
                    &path,
                    wrong.span,
                    "put it in double quotes",
                ));
            }
        }
    }
    Checked::new(Arc::new(words), sink)
}
