//! The parsed content files of a site, each parsed again only when its text changed.

use std::sync::Arc;

use rayon::prelude::*;

use super::inputs::Look;
use crate::base::{Fingerprint, Map, SitePath};
use crate::config::Config;
use crate::content::{Page, ParseOptions, parse};
use crate::diag::Diagnostic;
use crate::world::text::walk_diagnostic;
use crate::world::{Listing, ReadFault, Stamp, World, read_text};

/// Parsed files, kept from build to build.
#[derive(Default)]
pub(super) struct Texts {
    listing: Option<Listing>,
    parsed: Map<SitePath, Parsed>,
    /// What the last build had.
    last: Content,
    /// The settings, which say what is no content.
    config: Option<Arc<Config>>,
    /// What the files were parsed with.
    options: Option<Arc<ParseOptions>>,
    /// Whether the last good version of a file stands in for one with errors.
    stand_in: bool,
}

/// One file, parsed or unreadable.
#[derive(Clone)]
struct Parsed {
    stamp: Option<Stamp>,
    print: Fingerprint,
    page: Option<Arc<Page>>,
    /// The last version without a fault in its front matter, while there is one.
    good: Option<Arc<Page>>,
    diagnostics: Arc<[Diagnostic]>,
}

impl Parsed {
    /// The page that the site has of the file.
    fn shown(&self, stand_in: bool) -> Option<&Arc<Page>> {
        let good = self.good.as_ref().filter(|_| stand_in);
        good.or(self.page.as_ref())
    }

    /// What stands in for a version that has faults.
    fn last_good(&self) -> Option<Arc<Page>> {
        let own = self.page.as_ref().filter(|page| !page.faulty);
        own.or(self.good.as_ref()).cloned()
    }
}

/// What a build has of the content folder.
#[derive(Clone, Default)]
pub(super) struct Content {
    /// All pages that could be read, by path; shared, since each save hands all of them on.
    pub(super) pages: Arc<Vec<Arc<Page>>>,
    /// All other files, by path.
    pub(super) assets: Vec<SitePath>,
    /// What there is to say about them.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The files that were parsed now.
    pub(super) parsed: Vec<SitePath>,
}

/// Says that there is no content where there was some.
pub(super) fn content_missing() -> Diagnostic {
    Diagnostic::error("content-missing", "there is no folder content/ any more")
        .hint("put it back; for a site without pages make an empty folder content/")
}

impl Texts {
    /// Reads what changed. With `keep` off nothing is left for the next build; with `stand_in`
    /// a file that breaks stays as it was in the site.
    pub(super) fn read(
        &mut self,
        world: &dyn World,
        config: &Arc<Config>,
        options: &Arc<ParseOptions>,
        look: &Look,
        (keep, stand_in): (bool, bool),
    ) -> Content {
        self.stand_in = stand_in;
        let same = self
            .options
            .as_ref()
            .is_some_and(|old| Arc::ptr_eq(old, options));
        if !same {
            self.parsed.clear();
            self.options = Some(options.clone());
        }
        let config_before = self.config.replace(config.clone());
        let same = same && config_before.is_some_and(|old| Arc::ptr_eq(&old, config));
        if let (Look::At(paths), true) = (look, same)
            && let Some(touched) = self.known(world, paths)
        {
            return self.touch(world, options, &touched);
        }
        let folder = SitePath::new("content").unwrap_or_else(SitePath::root);
        let mut listing = world.walk(&folder);
        if stand_in && !self.last.pages.is_empty() && !world.has_folder(&folder) {
            return self.as_it_was();
        }
        let kept = match stand_in {
            true => self.hidden_by(&listing),
            false => Vec::new(),
        };
        listing.files.extend(kept.iter().cloned());
        listing.files.sort_unstable();
        let mut content = Content {
            diagnostics: listing.problems.iter().map(walk_diagnostic).collect(),
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
        self.parse_all(world, options, (&texts, &kept), keep, &mut content);
        if keep {
            self.listing = Some(listing);
            self.last = content.clone();
        }
        content
    }

    /// Files that the site had and that cannot be listed now, by path: folders that nobody may
    /// read hide them, which is no reason to think them gone.
    fn hidden_by(&self, listing: &Listing) -> Vec<SitePath> {
        let shut = listing
            .problems
            .iter()
            .filter(|problem| matches!(problem.reason, ReadFault::Forbidden | ReadFault::Other(_)));
        let shut: Vec<&SitePath> = shut.map(|problem| &problem.path).collect();
        let pages = self.last.pages.iter().map(|page| &page.path);
        let mut hidden: Vec<SitePath> = pages
            .chain(&self.last.assets)
            .filter(|file| {
                let is_shut =
                    |place: &&SitePath| *file == *place || file.below(place.as_str()).is_some();
                shut.iter().any(is_shut) && listing.files.binary_search(file).is_err()
            })
            .cloned()
            .collect();
        hidden.sort_unstable();
        hidden
    }

    /// The content as it was before its folder went: what was good stands in for it.
    fn as_it_was(&mut self) -> Content {
        // The next look goes through the whole folder again.
        self.listing = None;
        let mut content = self.last.clone();
        content.parsed.clear();
        content.diagnostics.push(content_missing());
        content
    }

    /// The files of the content folder among these, when each is a file as before, or neither was
    /// nor is anything: editors write beside a file, then rename. Then no file came and none
    /// went, and nothing else need be looked at.
    fn known(&self, world: &dyn World, paths: &[SitePath]) -> Option<Vec<SitePath>> {
        let listing = self
            .listing
            .as_ref()
            .filter(|listing| listing.problems.is_empty())?;
        let root = |path: &&SitePath| path.as_str() == "content" || path.as_str().is_empty();
        if paths.iter().any(|path| root(&path)) {
            return None;
        }
        let mut touched = Vec::new();
        for path in paths.iter().filter(|path| path.below("content").is_some()) {
            match listing.files.binary_search(path) {
                Ok(_) if world.is_input(path) => touched.push(path.clone()),
                Err(_) if is_nothing(world, path, &listing.files) => {}
                _ => return None,
            }
        }
        Some(touched)
    }

    /// Looks at these files only. A page with something to say, before or now, takes the long
    /// way, where all words are put together anew.
    fn touch(
        &mut self,
        world: &dyn World,
        options: &ParseOptions,
        touched: &[SitePath],
    ) -> Content {
        self.last.parsed.clear();
        for path in touched {
            let Some(old) = self.parsed.get(path) else {
                continue;
            };
            let (fresh, parsed) = look_at(world, path, options, Some(old), true);
            if parsed {
                self.last.parsed.push(path.clone());
            }
            if let Some(fresh) = fresh {
                self.parsed.insert(path.clone(), fresh);
            }
        }
        if self.last.parsed.is_empty() {
            return self.last.clone();
        }
        let quiet = |path: &SitePath| {
            let one = self.parsed.get(path);
            one.is_some_and(|one| one.diagnostics.is_empty() && one.page.is_some())
        };
        let place = |path: &SitePath| self.last.pages.binary_search_by(|page| page.path.cmp(path));
        let places: Option<Vec<usize>> = touched
            .iter()
            .filter(|path| self.parsed.contains_key(*path))
            .map(|path| place(path).ok().filter(|_| quiet(path)))
            .collect();
        match places.filter(|_| self.last.diagnostics.is_empty()) {
            Some(places) => {
                for at in places {
                    let parsed = self.parsed.get(&self.last.pages[at].path);
                    if let Some(page) = parsed.and_then(|parsed| parsed.page.clone()) {
                        Arc::make_mut(&mut self.last.pages)[at] = page;
                    }
                }
            }
            None => self.put_together(),
        }
        self.last.clone()
    }

    /// Pages and words from what was parsed.
    fn put_together(&mut self) {
        let mut all: Vec<(&SitePath, &Parsed)> = self.parsed.iter().collect();
        all.sort_unstable_by_key(|(path, _)| *path);
        let shown = |(_, one): &(&SitePath, &Parsed)| one.shown(self.stand_in).cloned();
        self.last.pages = Arc::new(all.iter().filter_map(shown).collect());
        let words = all.iter().flat_map(|(_, one)| one.diagnostics.iter());
        self.last.diagnostics = words.cloned().collect();
    }

    fn parse_all(
        &mut self,
        world: &dyn World,
        options: &ParseOptions,
        (texts, kept): (&[&SitePath], &[SitePath]),
        keep: bool,
        content: &mut Content,
    ) {
        let known = &self.parsed;
        let one = |path: &&SitePath| -> (Option<Parsed>, bool) {
            if kept.binary_search(path).is_ok() {
                return (None, false);
            }
            look_at(world, path, options, known.get(*path), keep)
        };
        let found: Vec<(Option<Parsed>, bool)> = texts
            .par_iter()
            // In small portions: where files differ, so does the work, and nobody shall wait.
            .with_max_len(16)
            .map(one)
            .collect();
        let pages = Arc::make_mut(&mut content.pages);
        for (path, (fresh, parsed)) in texts.iter().zip(found) {
            if parsed {
                content.parsed.push((*path).clone());
            }
            let Some(one) = fresh.as_ref().or_else(|| self.parsed.get(*path)) else {
                continue;
            };
            pages.extend(one.shown(self.stand_in).cloned());
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

/// Whether nothing is at a path, and nothing was below it among the sorted files `before`.
fn is_nothing(world: &dyn World, path: &SitePath, before: &[SitePath]) -> bool {
    let below = format!("{path}/");
    let first = before.partition_point(|file| file.as_str() < &*below);
    let was_folder = before
        .get(first)
        .is_some_and(|file| file.below(path.as_str()).is_some());
    let now = world.walk(path);
    !was_folder && !world.is_input(path) && now.files.is_empty() && now.problems.is_empty()
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
                good: old.and_then(Parsed::last_good),
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
        good: old
            .filter(|_| parsed.value.faulty)
            .and_then(Parsed::last_good),
        page: Some(Arc::new(parsed.value)),
        diagnostics: parsed.diagnostics.into(),
    };
    (Some(fresh), true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    fn paths(texts: &[&str]) -> Vec<SitePath> {
        texts
            .iter()
            .filter_map(|text| SitePath::new(text))
            .collect()
    }

    #[test]
    fn only_what_came_and_went_between_two_looks_needs_no_look_everywhere() {
        let mut world = MemoryWorld::new();
        for path in paths(&["content/a-b.md", "content/a.md", "content/a/x.md"]) {
            world.insert(path, "");
        }
        let listing = world.walk(&SitePath::new("content").unwrap());
        let texts = Texts {
            listing: Some(listing),
            ..Texts::default()
        };
        let known = |touched: &[&str]| texts.known(&world, &paths(touched));
        let one = Some(paths(&["content/a.md"]));
        assert_eq!(known(&["content/a.md"]), one);
        assert_eq!(known(&["content/a.md", "content/sedXyz"]), one);
        assert_eq!(known(&["content/a.md", "silabus.toml"]), one);
        world.insert(SitePath::new("content/new/y.md").unwrap(), "");
        let known = |touched: &[&str]| texts.known(&world, &paths(touched));
        for everywhere in ["content", "content/a", "content/new", "content/new/y.md"] {
            assert_eq!(known(&["content/a.md", everywhere]), None, "{everywhere}");
        }
        world.remove(&SitePath::new("content/a.md").unwrap());
        assert_eq!(texts.known(&world, &paths(&["content/a.md"])), None);
    }
}
