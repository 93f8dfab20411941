//! One state of the site as the preview shows it: rendered when asked for, with what was good
//! before in the place of what fails now.

use std::sync::Arc;

use super::preview::{Preview, Problem, Served};
use crate::base::{Map, SitePath};
use crate::diag::{self, Diagnostic, Format, Options, Report, Sources};
use crate::engine::Gathered;
use crate::output::{Recipe, Target};
use crate::site::{Site, routes};
use crate::theme::Subject;
use crate::world::{World, text_to_show};

/// A state of the site.
pub(super) struct State {
    gathered: Option<Arc<Gathered>>,
    index: Arc<Index>,
    /// The last state without an error.
    good: Option<Arc<State>>,
    /// Files that will be there once errors in their sources are mended, and these sources.
    awaited: Map<String, SitePath>,
    problems: Vec<Problem>,
}

/// Targets by path.
#[derive(Default)]
struct Index {
    targets: Arc<Vec<Target>>,
    by_path: Map<Arc<str>, u32>,
}

impl State {
    /// A new state. `before` is the one that it follows, `good` the last one without an error.
    pub(super) fn new(
        gathered: Option<&Arc<Gathered>>,
        before: Option<&Self>,
        good: Option<Arc<Self>>,
        problems: Vec<Problem>,
    ) -> Self {
        let targets = gathered.map(|gathered| gathered.targets().clone());
        let targets = targets.unwrap_or_default();
        let same = before.filter(|before| Arc::ptr_eq(&before.index.targets, &targets));
        let index = same.map_or_else(|| Index::of(targets), |before| before.index.clone());
        Self {
            awaited: gathered
                .filter(|_| problems.iter().any(|problem| problem.error))
                .map(|gathered| awaited(gathered, &index))
                .unwrap_or_default(),
            index,
            gathered: gathered.cloned(),
            good,
            problems,
        }
    }

    /// The same state with other things to say about it.
    pub(super) fn with_problems(&self, problems: Vec<Problem>) -> Self {
        Self {
            gathered: self.gathered.clone(),
            index: self.index.clone(),
            good: self.good.clone(),
            awaited: self.awaited.clone(),
            problems,
        }
    }

    /// The same state as one that later ones fall back to: it falls back to none itself.
    pub(super) fn as_good(&self) -> Self {
        Self {
            good: None,
            ..self.with_problems(Vec::new())
        }
    }

    /// The site, where it could be read.
    pub(super) fn gathered(&self) -> Option<&Arc<Gathered>> {
        self.gathered.as_ref()
    }

    /// What was good before, for a file that should be there now.
    fn good_file(&self, path: &str, source: Option<&SitePath>) -> Served {
        match self.good.as_ref().map(|good| good.file(path)) {
            Some(Served::File(bytes)) => Served::File(bytes),
            _ => Served::Broken(source.map(|source| source.as_str().into())),
        }
    }

    /// Whether a style is missing because something is wrong in its source: pages keep the look
    /// that they had.
    fn misses_style(&self, path: &str) -> bool {
        let good = self.good.as_ref().map(|good| &good.index);
        let target = good.and_then(|good| {
            let at = good.by_path.get(path)?;
            good.targets.get(*at as usize)
        });
        let is_style = target.is_some_and(|target| matches!(target.recipe, Recipe::Ready(_)));
        is_style && self.problems.iter().any(|problem| problem.error)
    }

    /// What was good before, for a file of which nobody knows whether it should be there.
    fn good_or_missing(&self, path: &str) -> Served {
        match &self.good {
            Some(good) => good.file(path),
            None => Served::Broken(None),
        }
    }
}

impl Index {
    fn of(targets: Arc<Vec<Target>>) -> Arc<Self> {
        let by_path = targets
            .iter()
            .enumerate()
            .map(|(at, target)| (target.path.clone(), at as u32))
            .collect();
        Arc::new(Self { targets, by_path })
    }
}

/// Pages with faults, and those that nothing can be made of because their template is gone.
fn awaited(gathered: &Gathered, index: &Index) -> Map<String, SitePath> {
    let entities = gathered.site().entities.iter();
    entities
        .map(|entity| (entity, routes::output_path(&entity.url)))
        .filter(|(entity, path)| entity.page.faulty || !index.by_path.contains_key(&**path))
        .map(|(entity, path)| (path, entity.path().clone()))
        .collect()
}

/// The content file of a page or section.
fn source<'a>(site: &'a Site, target: &Target) -> Option<&'a SitePath> {
    let Recipe::Render { subject, .. } = &target.recipe else {
        return None;
    };
    match &**subject {
        Subject::Page(id) => Some(site.entity(*id).path()),
        Subject::Section { id, .. } => site.section(*id).page.as_ref().map(|page| &page.path),
        _ => None,
    }
}

impl Preview for State {
    fn file(&self, path: &str) -> Served {
        let Some(gathered) = self.gathered.as_ref().filter(|site| site.can_render()) else {
            return self.good_or_missing(path);
        };
        let Some(at) = self.index.by_path.get(path) else {
            if let Some(made) = gathered.picture(path) {
                let broken = |said: Diagnostic| {
                    let source = said.primary().map(|label| &label.path);
                    self.good_file(path, source)
                };
                return made.map_or_else(broken, Served::File);
            }
            return match self.awaited.get(path) {
                Some(source) => self.good_file(path, Some(source)),
                None if self.misses_style(path) => self.good_file(path, None),
                None => Served::Missing,
            };
        };
        let target = &self.index.targets[*at as usize];
        let made = gathered.make(target);
        if made.failed() {
            return self.good_file(path, source(gathered.site(), target));
        }
        Served::File(made.value.bytes)
    }

    fn pages(&self) -> Vec<Arc<str>> {
        if let (None, Some(good)) = (&self.gathered, &self.good) {
            return good.pages();
        }
        let targets = self.index.targets.iter();
        let mut pages: Vec<Arc<str>> = targets
            .filter(|target| !target.leads_away())
            .map(|target| Arc::from(&*target.path))
            .collect();
        pages.sort_unstable();
        pages
    }

    fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// The texts that problems point into, as they are now.
pub(super) struct WorldSources<'a>(pub(super) &'a dyn World);

impl Sources for WorldSources<'_> {
    fn text(&self, path: &SitePath) -> Option<Arc<str>> {
        text_to_show(self.0, path).map(Into::into)
    }
}

/// Diagnostics as the browser shows them, errors first.
pub(super) fn problems(
    diagnostics: &[Diagnostic],
    world: &dyn World,
    deny_warnings: bool,
) -> Vec<Problem> {
    let report = Report::new(diagnostics.to_vec());
    let sources = WorldSources(world);
    let options = Options::default();
    let shown = report.shown(false).diagnostics;
    let (errors, warnings): (Vec<_>, Vec<_>) =
        shown.into_iter().partition(|found| found.is_error());
    errors
        .into_iter()
        .chain(warnings)
        .map(|found| {
            let alone = Report::new(vec![found.clone()]);
            let place = diag::place(found, &sources);
            Problem {
                error: found.is_error() || deny_warnings,
                code: found.code.to_owned(),
                message: found.message.clone(),
                file: found
                    .primary()
                    .map(|label| label.path.to_string())
                    .unwrap_or_default(),
                line: place.map_or(0, |place| place.line),
                column: place.map_or(0, |place| place.column),
                excerpt: Format::Human
                    .render(&alone, &sources, options)
                    .trim_end()
                    .to_owned(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
