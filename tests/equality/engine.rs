//! The engine under test.
//!
//! With [`outlet`](super::outlet) the only place that names the parts of the engine which carry
//! its memory: `Engine::overlook` and `QuestionKind` here, `Outlet::keep` there.

use std::sync::Arc;

use silabus::diag::{Diagnostic, Report};
use silabus::engine::{BuildOptions, Engine};
use silabus::site::question::QuestionKind;
use silabus::world::World;

use super::outlet::MemoryOutlet;
pub(crate) use super::outlet::Tree;

/// The kinds of questions, each of which can be switched off.
pub(crate) const KINDS: &[&str] = &[
    "Page",
    "PageById",
    "Content",
    "Section",
    "Taxonomy",
    "Term",
    "Pages",
    "Prerequisites",
    "Route",
    "Related",
    "Address",
    "Hash",
    "Data",
    "Word",
    "Component",
    "Now",
];

/// Lets the engine pass over a kind of question when it asks whether a render may be used again.
fn overlook(engine: &mut Engine, kind: &str) {
    let known = QuestionKind::ALL.iter();
    let kind = known.copied().find(|known| format!("{known:?}") == kind);
    engine.overlook(Some(kind.expect("a kind of question")));
}

/// An engine and where its files go, both kept from build to build.
#[derive(Default)]
pub(crate) struct Builder {
    engine: Engine,
    outlet: MemoryOutlet,
}

/// What a build gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Made {
    /// The published files; none where an error kept it from being published.
    pub(crate) tree: Option<Tree>,
    /// Everything that was said, in the order of printing.
    pub(crate) said: Vec<String>,
    /// The same as a preview shows it: code, message and file of each, sorted.
    pub(crate) shown: Vec<String>,
}

impl Builder {
    /// One that passes over a kind of question.
    pub(crate) fn overlooking(kind: &str) -> Self {
        let mut builder = Self::default();
        overlook(&mut builder.engine, kind);
        builder
    }

    /// One that keeps nothing.
    pub(crate) fn forgetful() -> Self {
        Self {
            engine: Engine::forgetful(),
            outlet: MemoryOutlet::default(),
        }
    }

    /// Builds.
    pub(crate) fn build(
        &mut self,
        world: &Arc<dyn World + Send>,
        now: &str,
        base_url: Option<&str>,
    ) -> Made {
        let options = BuildOptions {
            base_url: base_url.map(str::to_owned),
            ..BuildOptions::at(now.parse().unwrap())
        };
        self.outlet.begin();
        let build = self.engine.build(world, &options, &self.outlet);
        let failed = build.failed();
        let said = Report::new(build.diagnostics);
        let shown = said.shown(false).diagnostics;
        let mut shown: Vec<String> = shown.into_iter().map(shown_as).collect();
        shown.sort();
        let said = said.diagnostics().iter().map(|one| format!("{one:?}"));
        Made {
            said: said.collect(),
            shown,
            tree: self.outlet.end(failed),
        }
    }
}

fn shown_as(one: &Diagnostic) -> String {
    let file = one.primary().map(|label| label.path.to_string());
    in_words(one.code, &one.message, &file.unwrap_or_default())
}

/// A diagnostic in one line.
pub(crate) fn in_words(code: &str, message: &str, file: &str) -> String {
    format!("{code} in {file:?}: {message}")
}
