//! Loading templates: the site's over the theme's over the built-in ones.
//!
//! Tera stops at the first error of a batch, so each template is parsed alone first; what
//! remains are errors between templates, found by taking the guilty ones out and trying again.

use std::sync::Arc;

use tera::{ErrorKind, Tera};

use super::manifest::{self, Manifest};
use super::named::Named;
use super::reach::Reach;
use super::recursion::Calls;
use super::social::{self, CARD_TEMPLATE};
use super::sources::{Sources, offset, theme_folder};
use super::{Theme, builtin, errors, filters, functions, tags};
use crate::base::SitePath;
use crate::base::text::nearest;
use crate::config::Config;
use crate::content::ParseOptions;
use crate::data::Syntax;
use crate::diag::{Checked, Diagnostic};
use crate::picture::{CAN_DRAW, Fonts};
use crate::world::{World, read_text};

/// The largest font that is read, in bytes.
const FONT_LIMIT: u64 = 16 * 1024 * 1024;

/// The version of the program.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Loads theme and templates of a site.
pub fn load(world: &dyn World, config: &Config, options: &ParseOptions) -> Checked<Theme> {
    let mut sink = Vec::new();
    let manifest = read_manifest(world, config, options, &mut sink);
    let sources = Sources::collect(world, config, &mut sink);
    let mut tera = prepared(&sources, config);
    let good = parse_alone(&sources, &mut sink);
    link(&mut tera, &sources, good, &mut sink);
    let layers: Vec<&str> = sources
        .theme_prefix
        .as_deref()
        .into_iter()
        .chain([builtin::PREFIX])
        .collect();
    let reach = Reach::of(&sources.texts, &layers);
    let theme = Theme {
        tera,
        components: Arc::new(reach.components().clone()),
        reach,
        named: Named::of(sources.texts.values().map(String::as_str)),
        calls: Calls::of(&sources),
        files: sources.files,
        fonts: Arc::new(read_fonts(world, config)),
        manifest,
        markdown: Arc::new(options.markdown.clone()),
    };
    let wanted = config.social_cards && (theme.fonts.is_empty() || !theme.has(CARD_TEMPLATE));
    if wanted || config.social_cards && !CAN_DRAW {
        sink.push(social::no_cards());
    }
    Checked::new(theme, sink)
}

/// The fonts that cards are written with.
fn read_fonts(world: &dyn World, config: &Config) -> Fonts {
    let folder = theme_folder(config).and_then(|theme| theme.join("fonts"));
    let Some(folder) = folder.filter(|_| config.social_cards && CAN_DRAW) else {
        return Fonts::default();
    };
    let is_font = |path: &&SitePath| matches!(path.extension(), Some("ttf" | "otf"));
    let files = world.walk(&folder).files;
    let fonts = files.iter().filter(is_font);
    Fonts::new(
        fonts
            .filter_map(|path| world.read(path, FONT_LIMIT).ok())
            .collect(),
    )
}

fn read_manifest(
    world: &dyn World,
    config: &Config,
    options: &ParseOptions,
    sink: &mut Vec<Diagnostic>,
) -> Manifest {
    let Some(folder) = theme_folder(config) else {
        return Manifest::default();
    };
    if world.walk(&folder).files.is_empty() {
        sink.push(no_theme(world, config, &folder));
        return Manifest::default();
    }
    let Some(path) = folder.join("theme.toml") else {
        return Manifest::default();
    };
    match read_text(world, &path) {
        Ok(text) => {
            let context = options.reader.context(&path, Syntax::Toml);
            manifest::read(&path, &text, &context, VERSION).unload(sink)
        }
        Err(fault) if fault.code != "file-missing" => {
            sink.push(*fault);
            Manifest::default()
        }
        Err(_) => {
            let message = format!("the theme in {folder}/ has no theme.toml");
            sink.push(
                Diagnostic::warning("theme-manifest", message)
                    .hint("write one with name and min_version"),
            );
            Manifest::default()
        }
    }
}

fn no_theme(world: &dyn World, config: &Config, folder: &SitePath) -> Diagnostic {
    let all = SitePath::new("themes")
        .map(|themes| world.walk(&themes).files)
        .unwrap_or_default();
    let mut names: Vec<&str> = all
        .iter()
        .filter_map(|path| path.below("themes")?.split('/').next())
        .collect();
    names.dedup();
    let name = folder.name();
    let label = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if names.is_empty() => "the folder themes/ is empty or missing".to_owned(),
        None => format!("themes/ holds: {}", names.join(", ")),
    };
    Diagnostic::error(
        "theme-missing",
        format!("there is no theme \"{name}\": {folder}/ is empty or missing"),
    )
    .at(&Config::path(), config.theme_span, label)
}

/// An empty Tera with all functions, filters and layers.
fn prepared(sources: &Sources, config: &Config) -> Tera {
    let mut tera = Tera::default();
    functions::register(&mut tera);
    filters::register(&mut tera);
    let mut layers: Vec<String> = sources.theme_prefix.iter().cloned().collect();
    layers.push(builtin::PREFIX.to_owned());
    // Prefixes can only clash with templates, and there are none yet.
    let _ = tera.set_fallback_prefixes(layers);
    // All names are escaped except texts.
    tera.autoescape_on([".html", ".htm", ".xml", ".json", ".svg", ".js"]);
    let _ = config;
    tera
}

/// The names of templates that parse; the others are reported, each with its own error.
fn parse_alone(sources: &Sources, sink: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut good = Vec::new();
    for (name, text) in &sources.texts {
        let parsed = Tera::default().add_raw_template(name, text);
        match parsed {
            Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => {
                sink.extend(errors::located(&sources.files, &error, "template-syntax"));
            }
            // Whatever else is wrong alone may be right among the others.
            _ => good.push(name.clone()),
        }
    }
    good
}

/// Puts templates together; those that do not fit are reported and left out.
fn link(tera: &mut Tera, sources: &Sources, mut names: Vec<String>, sink: &mut Vec<Diagnostic>) {
    // Templates that build on one that failed to parse say nothing new.
    let mut silent = sources.texts.len() != names.len();
    while !names.is_empty() {
        let batch = names
            .iter()
            .map(|name| (name.as_str(), sources.texts[name].as_str()));
        let Err(error) = tera.add_raw_templates(batch) else {
            return;
        };
        let faults = between(sources, &error);
        let guilty: Vec<String> = faults.iter().map(|fault| fault.template.clone()).collect();
        for fault in faults {
            if !(silent && fault.follows(sources, &names)) {
                sink.push(fault.diagnostic);
            }
        }
        let before = names.len();
        names.retain(|name| !guilty.contains(name));
        if names.len() == before {
            sink.push(Diagnostic::error("template-load", errors::plain(&error)));
            return;
        }
        silent = true;
    }
}

/// A template that does not fit the others.
struct Fault {
    template: String,
    /// What it misses, where that is what is wrong.
    missing: Option<Missing>,
    diagnostic: Diagnostic,
}

/// What a template names and nobody has.
enum Missing {
    Template(String),
    Component(String),
}

impl Missing {
    /// What a message of Tera says is not known.
    fn of(message: &str) -> Option<Self> {
        let (what, name) = message.strip_prefix("Unknown ")?.split_once(" `")?;
        let name = name.strip_suffix('`')?.to_owned();
        match what {
            "template" => Some(Self::Template(name)),
            "component" => Some(Self::Component(name)),
            _ => None,
        }
    }
}

impl Fault {
    /// Whether it only misses what was left out for a fault of its own.
    fn follows(&self, sources: &Sources, names: &[String]) -> bool {
        let is_left_out = |name: &String| !names.contains(name);
        match &self.missing {
            None => false,
            Some(Missing::Template(missing)) => {
                let theme = sources.theme_prefix.as_deref().unwrap_or_default();
                ["", theme, builtin::PREFIX]
                    .iter()
                    .map(|prefix| format!("{prefix}{missing}"))
                    .any(|name| sources.texts.contains_key(&name) && is_left_out(&name))
            }
            Some(Missing::Component(missing)) => {
                let defines = |text: &str| {
                    let found = tags::definitions(text);
                    found.iter().any(|one| one.name == missing)
                };
                let mut texts = sources.texts.iter();
                texts.any(|(name, text)| is_left_out(name) && defines(text))
            }
        }
    }
}

/// What is wrong between templates, from Tera's error.
fn between(sources: &Sources, error: &tera::Error) -> Vec<Fault> {
    match error.kind() {
        ErrorKind::MissingParent { current, parent } => vec![fault(
            sources,
            current,
            Some(Missing::Template(parent.clone())),
            "template-parent",
            format!("there is no template \"{parent}\" to extend"),
            parent,
        )],
        ErrorKind::CircularExtend {
            tpl,
            inheritance_chain,
        } => vec![fault(
            sources,
            tpl,
            None,
            "template-cycle",
            format!(
                "templates extend each other: {tpl} → {}",
                inheritance_chain.join(" → ")
            ),
            "extends",
        )],
        ErrorKind::CircularInclude { tpl, include_chain } => vec![fault(
            sources,
            tpl,
            None,
            "template-cycle",
            format!("a template includes itself: {}", include_chain.join(" → ")),
            "include",
        )],
        ErrorKind::Msg(message) => reports(sources, message),
        _ => Vec::new(),
    }
}

/// A fault with its place: where `needle` first stands in the template.
fn fault(
    sources: &Sources,
    template: &str,
    missing: Option<Missing>,
    code: &'static str,
    message: String,
    needle: &str,
) -> Fault {
    let diagnostic = Diagnostic::error(code, message);
    let text = sources.texts.get(template).map_or("", String::as_str);
    let diagnostic = match (sources.files.get(template), text.find(needle)) {
        (Some(file), Some(at)) => diagnostic.at(&file.path, file.span(at..at + needle.len()), ""),
        (Some(file), None) => diagnostic.in_file(&file.path, ""),
        (None, _) => diagnostic,
    };
    Fault {
        template: template.to_owned(),
        missing,
        diagnostic,
    }
}

/// Unknown filters, functions, components and the like come joined in one text, each as
/// `error: …` with ` --> template:line:column` below it.
fn reports(sources: &Sources, message: &str) -> Vec<Fault> {
    let mut found: Vec<Fault> = message
        .split("error: ")
        .filter_map(|part| report(sources, part))
        .collect();
    if found.is_empty() {
        found.extend(duplicate_component(sources, message));
    }
    found
}

fn report(sources: &Sources, part: &str) -> Option<Fault> {
    let (words, rest) = part.split_once('\n')?;
    let place = rest.trim_start().strip_prefix("--> ")?.lines().next()?;
    let (place, column) = place.rsplit_once(':')?;
    let (template, line) = place.rsplit_once(':')?;
    let text = sources.texts.get(template)?;
    let width = rest.lines().find_map(underline).unwrap_or(1);
    let start = offset(text, line.parse().ok()?, column.parse().ok()?)?;
    let diagnostic = Diagnostic::error("template-reference", words.trim());
    let diagnostic = match sources.files.get(template) {
        Some(file) => diagnostic.at(&file.path, file.span(start..start + width), hint(words)),
        None => diagnostic,
    };
    Some(Fault {
        template: template.to_owned(),
        missing: Missing::of(words.trim()),
        diagnostic,
    })
}

fn underline(line: &str) -> Option<usize> {
    let marks = line.trim_start_matches(['|', ' ', '\t']);
    (!marks.is_empty() && marks.bytes().all(|b| b == b'^')).then_some(marks.len())
}

fn hint(words: &str) -> &'static str {
    match words.split('`').next().unwrap_or_default().trim() {
        "Unknown filter" => "no filter has this name",
        "Unknown function" => "no function has this name",
        "Unknown test" => "no test has this name",
        "Unknown component" => "no template defines it: {% component … %}",
        "Unknown template" => "no such file in templates/ of site or theme",
        _ => "",
    }
}

fn duplicate_component(sources: &Sources, message: &str) -> Option<Fault> {
    let name = message.strip_prefix("Component `")?.split('`').next()?;
    let both: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
    let (first, second) = (*both.first()?, *both.get(1)?);
    let mut fault = fault(
        sources,
        second,
        None,
        "duplicate-component",
        format!("the component \"{name}\" is defined twice"),
        &format!("component {name}"),
    );
    if let Some(file) = sources.files.get(first) {
        fault.diagnostic = fault
            .diagnostic
            .in_file(&file.path, "it is defined here too");
    }
    Some(fault)
}
