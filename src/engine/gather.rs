//! The way from files to a linked site: settings, content, theme, styles.

use std::sync::Arc;

use rayon::prelude::*;

use super::BuildOptions;
use crate::base::SitePath;
use crate::config::{self, Config};
use crate::content::{Page, ParseOptions, parse};
use crate::data;
use crate::diag::{Checked, Diagnostic};
use crate::output::styles;
use crate::output::{self, Target, statics};
use crate::site::assemble::Parts;
use crate::site::view::Shared;
use crate::site::words::Words;
use crate::site::{Memory, Now, Site, assemble};
use crate::theme::{self, Renderer, Theme};
use crate::world::World;
use crate::world::text::{read_diagnostic, read_text};

/// A site that is ready to be rendered.
pub struct Gathered {
    pub(super) config: Arc<Config>,
    pub(super) renderer: Arc<Renderer>,
    pub(super) targets: Vec<Target>,
    /// Whether the theme is whole, so that rendering says something new.
    pub(super) theme_is_whole: bool,
}

/// Reads and links everything; none where there are no settings to begin with.
pub(super) fn gather(
    world: &Arc<dyn World + Send>,
    options: &BuildOptions,
) -> Checked<Option<Gathered>> {
    let mut sink = Vec::new();
    let Some(config) = settings(&**world, options, &mut sink) else {
        return Checked::new(None, sink);
    };
    let parse_options = ParseOptions::new(&config, options.unknown_keys);
    sink.extend(parse_options.check_kinds(&config));
    let (content, theme) = rayon::join(
        || read_content(&**world, &config, &parse_options),
        || theme::load(&**world, &config, &parse_options),
    );
    let (pages, assets) = content.unload(&mut sink);
    let theme_is_whole = !theme.failed();
    let theme = Arc::new(theme.unload(&mut sink));
    let mut statics = statics::collect(&**world, &config, &mut sink);
    let ready = styles::make(&**world, &config, &mut statics).unload(&mut sink);
    let words = read_words(&**world, &config, &mut sink);
    let parts = Parts {
        config: config.clone(),
        kinds: parse_options.kinds.clone(),
        pages,
        assets,
        statics,
        now: Now {
            instant: options.now,
            zone: config.zone.clone(),
        },
        drafts: options.drafts,
        reader: parse_options.reader.clone(),
    };
    let assembled = assemble(parts, &mut Memory::default());
    sink.extend(assembled.diagnostics);
    let site = assembled.site;
    let targets = plan(&site, &theme, &ready, theme_is_whole, &mut sink);
    let generated = ready
        .into_iter()
        .map(|(path, bytes, _)| (path, bytes))
        .collect();
    let shared = Arc::new(Shared::new(site.clone(), words, world.clone(), generated));
    let renderer = Arc::new(Renderer::new(theme, shared));
    let gathered = Gathered {
        config,
        renderer,
        targets,
        theme_is_whole,
    };
    Checked::new(Some(gathered), sink)
}

fn plan(
    site: &Site,
    theme: &Theme,
    ready: &[output::Ready],
    theme_is_whole: bool,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Target> {
    let planned = output::plan(site, theme, ready);
    let targets = planned.value;
    // Templates that could not be loaded are no news as missing ones.
    let news = planned
        .diagnostics
        .into_iter()
        .filter(|diagnostic| theme_is_whole || diagnostic.code != "template-missing");
    sink.extend(news);
    targets
}

fn settings(
    world: &dyn World,
    options: &BuildOptions,
    sink: &mut Vec<Diagnostic>,
) -> Option<Arc<Config>> {
    let path = Config::path();
    match read_text(world, &path) {
        Ok(text) => {
            let config = config::read(&text, options.unknown_keys);
            let broken = config
                .diagnostics
                .iter()
                .any(|diagnostic| diagnostic.code.contains("syntax"));
            let mut config = config.unload(sink);
            if let Some(url) = &options.base_url {
                config = config.with_base_url(url);
            }
            // With settings that cannot be read, everything else would be guesswork.
            (!broken).then(|| Arc::new(config))
        }
        Err(diagnostic) if diagnostic.code == "file-missing" => {
            sink.push(
                Diagnostic::error("no-site", "there is no silabus.toml here")
                    .hint("go to the folder of your site, or name it: silabus build --root DIR")
                    .hint("make a new site: silabus init DIR"),
            );
            None
        }
        Err(diagnostic) => {
            sink.push(*diagnostic);
            None
        }
    }
}

type Content = (Vec<Arc<Page>>, Vec<SitePath>);

/// All pages, parsed, and all other files, by path.
fn read_content(world: &dyn World, config: &Config, options: &ParseOptions) -> Checked<Content> {
    let folder = SitePath::new("content").unwrap_or_else(SitePath::root);
    let listing = world.walk(&folder);
    let mut sink: Vec<Diagnostic> = listing.problems.iter().map(read_diagnostic).collect();
    let wanted = |path: &SitePath| {
        path.below("content")
            .is_some_and(|inside| !config.ignored_content.matches(inside))
    };
    let (texts, assets): (Vec<SitePath>, Vec<SitePath>) = listing
        .files
        .into_iter()
        .filter(wanted)
        .partition(|path| path.extension() == Some("md"));
    let parsed: Vec<Result<Checked<Page>, Box<Diagnostic>>> = texts
        .par_iter()
        // In small portions: where files differ, so does the work, and nobody shall wait.
        .with_max_len(16)
        .map(|path| read_text(world, path).map(|text| parse(path, &text, options)))
        .collect();
    let mut pages = Vec::with_capacity(parsed.len());
    for one in parsed {
        match one {
            Ok(page) => pages.push(Arc::new(page.unload(&mut sink))),
            Err(diagnostic) => sink.push(*diagnostic),
        }
    }
    Checked::new((pages, assets), sink)
}

/// The words of theme and site.
fn read_words(world: &dyn World, config: &Config, sink: &mut Vec<Diagnostic>) -> Words {
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
            let table = data::parse(&path, &text, data::Syntax::Toml, 0..text.len()).unload(sink);
            for wrong in words.add(lang as u8, &table) {
                sink.push(Diagnostic::error("word", "a word is a text").at(
                    &path,
                    wrong.span,
                    "put it in double quotes",
                ));
            }
        }
    }
    words
}
