//! The texts of all templates, and the files that they come from.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::builtin;
use super::implicits::{Widened, widen};
use crate::base::{SitePath, Span};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::world::{World, read_text};

/// The file of a template.
pub(super) struct File {
    /// Its path.
    pub(super) path: SitePath,
    /// What Tera reads in its place, where that is another text.
    widened: Option<Widened>,
}

impl File {
    /// The place in the file of a range that Tera tells.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        match &self.widened {
            Some(widened) => Span::new(widened.written(range.start), widened.written(range.end)),
            None => Span::new(range.start, range.end),
        }
    }

    /// The column in the file for a line and a column that Tera tells, all from 1.
    pub(super) fn column(&self, line: usize, column: usize) -> usize {
        let Some(widened) = &self.widened else {
            return column;
        };
        let places = offset(&widened.text, line, 1).zip(offset(&widened.text, line, column));
        places.map_or(column, |(start, place)| {
            let added = place - start - (widened.written(place) - widened.written(start));
            column - added
        })
    }
}

/// The folder of the site's theme.
pub(super) fn theme_folder(config: &Config) -> Option<SitePath> {
    let name = config.theme.as_deref()?;
    SitePath::new("themes")?.join(name)
}

/// Templates by the name that Tera knows them by.
pub(super) struct Sources {
    /// What Tera reads.
    pub(super) texts: BTreeMap<String, String>,
    /// The files of those that are not built in.
    pub(super) files: HashMap<String, File>,
    /// What the names of the theme's own begin with.
    pub(super) theme_prefix: Option<String>,
}

impl Sources {
    /// All templates of a site: the built-in ones, the theme's, its own.
    pub(super) fn collect(world: &dyn World, config: &Config, sink: &mut Vec<Diagnostic>) -> Self {
        let mut sources = Self {
            texts: BTreeMap::new(),
            files: HashMap::new(),
            theme_prefix: config
                .theme
                .as_ref()
                .map(|name| format!("{name}/templates/")),
        };
        for (name, text) in builtin::TEMPLATES {
            sources
                .texts
                .insert(format!("{}{name}", builtin::PREFIX), text.to_owned());
        }
        if let (Some(folder), Some(prefix)) = (theme_folder(config), sources.theme_prefix.clone())
            && let Some(templates) = folder.join("templates")
        {
            sources.add(world, &templates, &prefix, sink);
        }
        if let Some(templates) = SitePath::new("templates") {
            sources.add(world, &templates, "", sink);
        }
        sources
    }

    fn insert(&mut self, name: String, path: SitePath, text: String) {
        let widened = widen(&text);
        let read = widened.as_ref().map_or(text, |it| it.text.clone());
        self.texts.insert(name.clone(), read);
        self.files.insert(name, File { path, widened });
    }

    fn add(
        &mut self,
        world: &dyn World,
        folder: &SitePath,
        prefix: &str,
        sink: &mut Vec<Diagnostic>,
    ) {
        let listing = world.walk(folder);
        sink.extend(
            listing
                .problems
                .iter()
                .map(crate::world::text::walk_diagnostic),
        );
        for path in listing.files {
            let Some(inside) = path.below(folder.as_str()) else {
                continue;
            };
            if !is_template(inside) {
                continue;
            }
            let name = format!("{prefix}{inside}");
            match read_text(world, &path) {
                Ok(text) => self.insert(name, path, text),
                Err(diagnostic) => sink.push(*diagnostic),
            }
        }
    }
}

/// Template folders also hold pictures and notes; what Tera shall read has one of these endings.
fn is_template(name: &str) -> bool {
    const ENDINGS: [&str; 8] = ["html", "htm", "xml", "txt", "md", "json", "svg", "js"];
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// The byte offset of a line and a column, both from 1, the column in characters.
pub(super) fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let start: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let rest = text.get(start..)?;
    let inside = rest
        .char_indices()
        .nth(column.checked_sub(1)?)
        .map_or(rest.len(), |(at, _)| at);
    Some(start + inside)
}
