//! Scripts: modules of `scripts/`, each with all that it imports as one file, and scripts made
//! small.
//!
//! They are made before any page, since pages name them by the hash of their bytes.

mod bundle;
mod code;

use std::collections::BTreeMap;

use rayon::prelude::*;

use self::bundle::bundle;
use self::code::{Fault, Names, small};
use super::plan::{Made, Ready};
use super::statics::folders;
use crate::base::SitePath;
use crate::config::Config;
use crate::diag::{Checked, Diagnostic};
use crate::site::Asset;
use crate::world::text::read_diagnostic;
use crate::world::{World, read_text};

/// All scripts of a site. Static ones that are made small move from `statics` into the result.
pub fn make(world: &dyn World, config: &Config, statics: &mut Vec<Asset>) -> Checked<Made> {
    let mut sink = Vec::new();
    let mut made = bundle_all(world, config, &mut sink);
    if config.minify_js {
        statics.retain(|asset| match minified(world, asset, &mut sink) {
            Some(script) => {
                made.ready.push(script);
                false
            }
            None => true,
        });
    }
    Checked::new(made, sink)
}

/// A static script without comments and needless space; none where it is none, or where it
/// cannot be read: then it is published as it is.
fn minified(world: &dyn World, asset: &Asset, sink: &mut Vec<Diagnostic>) -> Option<Ready> {
    let is_script = asset.output.ends_with(".js") || asset.output.ends_with(".mjs");
    let is_small = asset.output.ends_with(".min.js") || asset.output.ends_with(".min.mjs");
    if !is_script || is_small {
        return None;
    }
    let text = read_text(world, &asset.source).ok()?;
    match small(&text, Names::Kept) {
        Ok(script) => Some(Ready {
            path: asset.output.clone(),
            bytes: script.into_bytes().into(),
            sources: vec![asset.source.clone()],
        }),
        Err(fault) => {
            sink.push(unread(&asset.source, fault));
            None
        }
    }
}

fn unread(source: &SitePath, fault: Fault) -> Diagnostic {
    Diagnostic::warning("script-unread", fault.message)
        .at(source, fault.span, fault.advice)
        .hint("it is published as it is, not made small")
        .hint("a file that is small already can be named `.min.js`, and is then never touched")
}

/// Puts together every module of `scripts/` of theme and site that is no part of another.
fn bundle_all(world: &dyn World, config: &Config, sink: &mut Vec<Diagnostic>) -> Made {
    let files = Files::of(world, config, sink);
    let entries = files.entries();
    let bundled: Vec<Result<Ready, Vec<Diagnostic>>> = entries
        .par_iter()
        .map(|(inside, _)| bundle(&files, inside, config.minify_js))
        .collect();
    let mut made = Made::default();
    for ((inside, _), one) in entries.into_iter().zip(bundled) {
        match one {
            Ok(script) => made.ready.push(script),
            // A part that several import is told once.
            Err(diagnostics) => {
                let new = diagnostics.into_iter().filter(|one| !sink.contains(one));
                let new: Vec<Diagnostic> = new.collect();
                sink.extend(new);
                made.broken.push(inside.into());
            }
        }
    }
    made
}

/// The modules of theme and site by their path below `scripts/`, the site's over the theme's.
struct Files<'a> {
    world: &'a dyn World,
    sources: BTreeMap<String, SitePath>,
}

impl<'a> Files<'a> {
    fn of(world: &'a dyn World, config: &Config, sink: &mut Vec<Diagnostic>) -> Self {
        let mut sources = BTreeMap::new();
        for folder in folders(config, "scripts") {
            let listing = world.walk(&folder);
            sink.extend(listing.problems.iter().map(read_diagnostic));
            for source in listing.files {
                if let Some(inside) = source.below(folder.as_str())
                    && matches!(source.extension(), Some("js" | "mjs"))
                {
                    sources.insert(inside.to_owned(), source.clone());
                }
            }
        }
        Self { world, sources }
    }

    /// Those that are published: names that begin with `_` are parts.
    fn entries(&self) -> Vec<(&str, &SitePath)> {
        let is_entry = |(_, source): &(&str, &SitePath)| !source.name().starts_with('_');
        let all = self.sources.iter();
        all.map(|(inside, source)| (inside.as_str(), source))
            .filter(is_entry)
            .collect()
    }

    fn source(&self, inside: &str) -> Option<&SitePath> {
        self.sources.get(inside)
    }

    fn read(&self, source: &SitePath) -> Result<String, Box<Diagnostic>> {
        read_text(self.world, source)
    }
}

#[cfg(test)]
mod tests;
