//! Styles: Sass to CSS, CSS made small, and the colours of code.
//!
//! They are made before any page, since pages name them by the hash of their bytes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use grass::{Fs, InputSyntax, Options, OutputStyle};
use rayon::prelude::*;

use super::plan::{Made, Ready};
use super::statics::folders;
use crate::base::{SitePath, Span};
use crate::config::Config;
use crate::content::markdown;
use crate::diag::{Checked, Diagnostic};
use crate::site::Asset;
use crate::world::text::{decode, walk_diagnostic};
use crate::world::{World, read_text};

/// Where the colours of code are published.
const CODE_COLOURS: &str = "syntax.css";

/// All styles of a site. Static CSS that is made small moves from `statics` into the result.
pub fn make(world: &dyn World, config: &Config, statics: &mut Vec<Asset>) -> Checked<Made> {
    let mut sink = Vec::new();
    let Made { mut ready, broken } = compile_all(world, config, &mut sink);
    if config.minify_css {
        statics.retain(|asset| match minified(world, asset) {
            Some(style) => {
                ready.push(style);
                false
            }
            None => true,
        });
    }
    if config.markdown.highlight && !statics.iter().any(|asset| &*asset.output == CODE_COLOURS) {
        ready.extend(code_colours(config, &mut sink));
    }
    Checked::new(Made { ready, broken }, sink)
}

fn code_colours(config: &Config, sink: &mut Vec<Diagnostic>) -> Option<Ready> {
    let (light, dark) = (&config.markdown.light_theme, &config.markdown.dark_theme);
    let name = |theme: &Option<(Box<str>, Span)>, default: &str| {
        theme
            .as_ref()
            .map_or_else(|| default.to_owned(), |(name, _)| name.to_string())
    };
    let light_name = name(light, markdown::DEFAULT_LIGHT_THEME);
    let dark_name = name(dark, markdown::DEFAULT_DARK_THEME);
    // Each alone first, so that both are reported, each at its own place.
    for (theme, own) in [(light, &light_name), (dark, &dark_name)] {
        if let (Some((_, span)), Err(diagnostic)) = (theme, markdown::stylesheet(own, own)) {
            sink.push(diagnostic.at(&Config::path(), *span, ""));
        }
    }
    let css = markdown::stylesheet(&light_name, &dark_name).ok()?;
    let smaller = config.minify_css.then(|| small(&css)).flatten();
    let bytes = smaller.unwrap_or(css).into_bytes();
    Some(Ready {
        path: CODE_COLOURS.into(),
        bytes: bytes.into(),
        sources: Vec::new(),
    })
}

/// A static stylesheet without comments and needless space; none where it is none, or where it
/// is beyond the library: then it is published as it is.
fn minified(world: &dyn World, asset: &Asset) -> Option<Ready> {
    if !asset.output.ends_with(".css") || asset.output.ends_with(".min.css") {
        return None;
    }
    let text = read_text(world, &asset.source).ok()?;
    let css = small(&text)?;
    Some(Ready {
        path: asset.output.clone(),
        bytes: css.into_bytes().into(),
        sources: vec![asset.source.clone()],
    })
}

fn small(css: &str) -> Option<String> {
    let options = Options::default()
        .quiet(true)
        .style(OutputStyle::Compressed)
        .input_syntax(InputSyntax::Css)
        .allows_charset(false);
    grass::from_string(css, &options).ok()
}

/// Compiles every `.scss` and `.sass` of theme and site that is no part of another.
fn compile_all(world: &dyn World, config: &Config, sink: &mut Vec<Diagnostic>) -> Made {
    let mut sheets: BTreeMap<String, SitePath> = BTreeMap::new();
    let mut roots = Vec::new();
    for folder in folders(config, "sass") {
        let listing = world.walk(&folder);
        sink.extend(listing.problems.iter().map(walk_diagnostic));
        for source in listing.files {
            if let Some(output) = output_of(&folder, &source) {
                sheets.insert(output, source);
            }
        }
        roots.push(folder);
    }
    // What the site has goes before what the theme has, also for `@use`.
    roots.reverse();
    let style = if config.minify_css {
        OutputStyle::Compressed
    } else {
        OutputStyle::Expanded
    };
    let compiled: Vec<Result<Ready, Box<Diagnostic>>> = sheets
        .par_iter()
        .map(|(output, source)| compile(world, &roots, style, output, source))
        .collect();
    let mut made = Made::default();
    for (output, one) in sheets.into_keys().zip(compiled) {
        match one {
            Ok(sheet) => made.ready.push(sheet),
            Err(diagnostic) => {
                sink.push(*diagnostic);
                made.broken.push(output.into());
            }
        }
    }
    made
}

/// `sass/css/main.scss` is published at `css/main.css`; names that begin with `_` are parts.
fn output_of(folder: &SitePath, source: &SitePath) -> Option<String> {
    let inside = source.below(folder.as_str())?;
    let sheet =
        matches!(source.extension(), Some("scss" | "sass")) && !source.name().starts_with('_');
    let stem = inside.rsplit_once('.')?.0;
    sheet.then(|| format!("{stem}.css"))
}

fn compile(
    world: &dyn World,
    roots: &[SitePath],
    style: OutputStyle,
    output: &str,
    source: &SitePath,
) -> Result<Ready, Box<Diagnostic>> {
    let text = read_text(world, source)?;
    let files = Files {
        world,
        roots,
        loaded: RefCell::default(),
    };
    let mut options = Options::default()
        .quiet(true)
        .style(style)
        .fs(&files)
        .allows_charset(false);
    for root in roots {
        options = options.load_path(root.as_str());
    }
    if source.extension() == Some("sass") {
        options = options.input_syntax(InputSyntax::Sass);
    }
    options = options.load_path(source.parent().as_str());
    match grass::from_string(text, &options) {
        Ok(css) => {
            let loaded = files.loaded.into_inner();
            let parts = loaded.into_iter().filter(|part| part != source);
            Ok(Ready {
                path: output.into(),
                bytes: Arc::from(css.into_bytes()),
                sources: std::iter::once(source.clone()).chain(parts).collect(),
            })
        }
        Err(error) => Err(Box::new(diagnostic(&files, source, &error))),
    }
}

/// The error of a stylesheet, in the file where it stands.
fn diagnostic(files: &Files<'_>, source: &SitePath, error: &grass::Error) -> Diagnostic {
    let printed = error.to_string();
    let words = printed
        .lines()
        .next()
        .unwrap_or("cannot be compiled")
        .trim_start_matches("Error: ")
        .to_owned();
    let diagnostic = Diagnostic::error("sass", words);
    let (file, line, column) = place(&printed).unwrap_or((None, 1, 1));
    let file = file
        .and_then(|name| files.found(Path::new(&name)))
        .unwrap_or_else(|| source.clone());
    let text = read_text(files.world, &file).unwrap_or_default();
    let start: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let rest = text.get(start..).unwrap_or_default();
    let width = rest
        .lines()
        .next()
        .map_or(0, |line| line.len().saturating_sub(column - 1));
    let at = start + (column - 1).min(rest.len());
    diagnostic.at(&file, Span::new(at, at + width), "")
}

/// The place in an error as grass prints it: a line `./file.scss:12:5` or `file.scss 12:5`.
fn place(printed: &str) -> Option<(Option<String>, usize, usize)> {
    printed.lines().rev().find_map(|line| {
        let line = line.trim();
        let words = line.strip_suffix("root stylesheet").map_or(line, str::trim);
        let (rest, column) = words.rsplit_once(':')?;
        let (name, number) = rest.rsplit_once([':', ' '])?;
        let name = name.trim().trim_start_matches("./");
        let known = (name.contains('.') && name != "stdin").then(|| name.to_owned());
        Some((
            known,
            number.parse().ok()?,
            column.parse::<usize>().ok()?.max(1),
        ))
    })
}

/// The site's files as grass reads them: only through the world, only below the Sass folders,
/// which lie over each other, the site's on top.
struct Files<'a> {
    world: &'a dyn World,
    roots: &'a [SitePath],
    /// What was read.
    loaded: RefCell<BTreeSet<SitePath>>,
}

impl fmt::Debug for Files<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Files")
    }
}

impl Files<'_> {
    /// The file that stands for a path: of site and theme, the first that has this relative path.
    fn found(&self, path: &Path) -> Option<SitePath> {
        let inside = self.inside(path)?;
        self.layers(&inside)
            .find(|path| self.world.read(path, u64::MAX).is_ok())
    }

    /// A path below the Sass folder that it lies in.
    fn inside(&self, path: &Path) -> Option<String> {
        let path = SitePath::new(path.to_str()?)?;
        let below = |root: &SitePath| path.below(root.as_str()).map(str::to_owned);
        self.roots.iter().find_map(below)
    }

    fn layers(&self, inside: &str) -> impl Iterator<Item = SitePath> {
        self.roots.iter().filter_map(move |root| root.join(inside))
    }
}

impl Fs for Files<'_> {
    fn is_dir(&self, path: &Path) -> bool {
        let inside = self.inside(path);
        inside.is_some_and(|inside| {
            self.layers(&inside)
                .any(|path| !self.world.walk(&path).files.is_empty())
        })
    }

    fn is_file(&self, path: &Path) -> bool {
        self.found(path).is_some()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let missing = || io::Error::from(io::ErrorKind::NotFound);
        let path = self.found(path).ok_or_else(missing)?;
        let bytes = self.world.read(&path, u64::MAX).map_err(|_| missing())?;
        self.loaded.borrow_mut().insert(path.clone());
        decode(&path, bytes)
            .map(String::into_bytes)
            .map_err(|diagnostic| io::Error::other(diagnostic.message))
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        let found = self.found(path);
        Ok(found.map_or_else(|| path.to_path_buf(), |path| PathBuf::from(path.as_str())))
    }
}
