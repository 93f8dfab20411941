//! The parsed content files of a site, each parsed again only when its text changed.

use std::sync::Arc;

use rayon::prelude::*;

use super::inputs::Look;
use crate::base::{Fingerprint, Map, SitePath};
use crate::config::Config;
use crate::content::{Page, ParseOptions, parse};
use crate::diag::Diagnostic;
use crate::world::text::read_diagnostic;
use crate::world::{Listing, Stamp, World, read_text};

/// Parsed files, kept from build to build.
#[derive(Default)]
pub(super) struct Texts {
    listing: Option<Listing>,
    parsed: Map<SitePath, Parsed>,
    /// What the files were parsed with.
    options: Option<Arc<ParseOptions>>,
}

/// One file, parsed or unreadable.
#[derive(Clone)]
struct Parsed {
    stamp: Option<Stamp>,
    print: Fingerprint,
    page: Option<Arc<Page>>,
    diagnostics: Arc<[Diagnostic]>,
}

/// What a build has of the content folder.
#[derive(Default)]
pub(super) struct Content {
    /// All pages that could be read, by path.
    pub(super) pages: Vec<Arc<Page>>,
    /// All other files, by path.
    pub(super) assets: Vec<SitePath>,
    /// What there is to say about them.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The files that were parsed now.
    pub(super) parsed: Vec<SitePath>,
}

impl Texts {
    /// Reads what changed. With `keep` off nothing is left for the next build.
    pub(super) fn read(
        &mut self,
        world: &dyn World,
        config: &Config,
        options: &Arc<ParseOptions>,
        look: &Look,
        keep: bool,
    ) -> Content {
        let same = self
            .options
            .as_ref()
            .is_some_and(|old| Arc::ptr_eq(old, options));
        if !same {
            self.parsed.clear();
            self.options = Some(options.clone());
        }
        let (listing, touched) = self.listing(world, look, same);
        let mut content = Content {
            diagnostics: listing.problems.iter().map(read_diagnostic).collect(),
            ..Content::default()
        };
        let wanted = |path: &&SitePath| {
            path.below("content")
                .is_some_and(|inside| !config.ignored_content.matches(inside))
        };
        let (texts, assets): (Vec<&SitePath>, Vec<&SitePath>) = listing
            .files
            .iter()
            .filter(wanted)
            .partition(|path| path.extension() == Some("md"));
        content.assets = assets.into_iter().cloned().collect();
        self.parse_all(
            world,
            options,
            &texts,
            touched.as_deref(),
            keep,
            &mut content,
        );
        if keep {
            self.listing = Some(listing);
        }
        content
    }

    /// The files of the content folder, and which of them may have changed; none for all.
    fn listing(
        &self,
        world: &dyn World,
        look: &Look,
        same: bool,
    ) -> (Listing, Option<Vec<SitePath>>) {
        let folder = SitePath::new("content").unwrap_or_else(SitePath::root);
        if let (Look::At(paths), Some(listing), true) = (look, &self.listing, same) {
            let inside = paths.iter().filter(|path| path.below("content").is_some());
            let touched: Vec<SitePath> = inside.cloned().collect();
            let known =
                |path: &SitePath| listing.files.binary_search(path).is_ok() && world.is_input(path);
            if touched.iter().all(known) && !paths.contains(&folder) {
                return (listing.clone(), Some(touched));
            }
        }
        (world.walk(&folder), None)
    }

    fn parse_all(
        &mut self,
        world: &dyn World,
        options: &ParseOptions,
        texts: &[&SitePath],
        touched: Option<&[SitePath]>,
        keep: bool,
        content: &mut Content,
    ) {
        let known = &self.parsed;
        let one = |path: &&SitePath| -> (Option<Parsed>, bool) {
            let old = known.get(*path);
            let trusted = touched.is_some_and(|touched| !touched.contains(path));
            if trusted && old.is_some() {
                return (None, false);
            }
            look_at(world, path, options, old, keep)
        };
        let found: Vec<(Option<Parsed>, bool)> = texts
            .par_iter()
            // In small portions: where files differ, so does the work, and nobody shall wait.
            .with_max_len(16)
            .map(one)
            .collect();
        for (path, (fresh, parsed)) in texts.iter().zip(found) {
            if parsed {
                content.parsed.push((*path).clone());
            }
            let Some(one) = fresh.as_ref().or_else(|| self.parsed.get(*path)) else {
                continue;
            };
            content.pages.extend(one.page.clone());
            content.diagnostics.extend(one.diagnostics.iter().cloned());
            if let Some(fresh) = fresh.filter(|_| keep) {
                self.parsed.insert((*path).clone(), fresh);
            }
        }
        if self.parsed.len() > texts.len() {
            self.parsed
                .retain(|path, _| texts.binary_search(&path).is_ok());
        }
    }
}

/// The file as it is now, and whether it was parsed; nothing where it is as it was.
fn look_at(
    world: &dyn World,
    path: &SitePath,
    options: &ParseOptions,
    old: Option<&Parsed>,
    keep: bool,
) -> (Option<Parsed>, bool) {
    // Taken before reading: a write in between shows as another stamp later.
    let stamp = if keep { world.stamp(path) } else { None };
    if let Some(old) = old
        && old.stamp.is_some()
        && old.stamp == stamp
    {
        return (None, false);
    }
    let text = match read_text(world, path) {
        Ok(text) => text,
        Err(diagnostic) => {
            let unreadable = Parsed {
                stamp: None,
                print: Fingerprint::default(),
                page: None,
                diagnostics: [*diagnostic].into(),
            };
            return (Some(unreadable), true);
        }
    };
    let print = if keep {
        Fingerprint::of(&text)
    } else {
        Fingerprint::default()
    };
    if let Some(old) = old
        && old.page.is_some()
        && old.print == print
    {
        let same = Parsed {
            stamp,
            ..old.clone()
        };
        return (Some(same), false);
    }
    let parsed = parse(path, &text, options);
    let fresh = Parsed {
        stamp,
        print,
        page: Some(Arc::new(parsed.value)),
        diagnostics: parsed.diagnostics.into(),
    };
    (Some(fresh), true)
}
