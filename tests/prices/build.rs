//! Builds of sites in memory.

use std::sync::Arc;

use jiff::Timestamp;
use silabus::engine::{BuildOptions, Engine};
use silabus::world::World;

use crate::outlet::{MemoryOutlet, Tree};

/// An engine that remembers, and where its files go.
#[derive(Default)]
pub(crate) struct Builder {
    engine: Engine,
    outlet: MemoryOutlet,
}

/// What a build gave.
#[derive(Default)]
pub(crate) struct Made {
    /// The published files.
    pub(crate) tree: Tree,
    /// What fails it, in words.
    pub(crate) errors: Vec<String>,
    /// The next instant at which something changes.
    pub(crate) next: Option<Timestamp>,
}

impl Builder {
    /// Builds with what the last build left.
    pub(crate) fn warm(&mut self, world: &Arc<dyn World + Send>, now: Timestamp) -> Made {
        self.outlet.begin();
        let build = self
            .engine
            .build(world, &BuildOptions::at(now), &self.outlet);
        let errors = build.diagnostics.iter().filter(|found| found.is_error());
        Made {
            errors: errors.map(|found| format!("{found:?}")).collect(),
            next: build.next_change,
            tree: self.outlet.end(false).unwrap_or_default(),
        }
    }

    /// Builds from nothing.
    pub(crate) fn cold(world: &Arc<dyn World + Send>, now: Timestamp) -> Made {
        Self::default().warm(world, now)
    }

    /// Builds from nothing as the program does that builds once, and keeps nothing.
    pub(crate) fn once(world: &Arc<dyn World + Send>, now: Timestamp) -> Made {
        let engine = Engine::forgetful();
        let outlet = MemoryOutlet::default();
        Self { engine, outlet }.warm(world, now)
    }
}

/// Files that two builds do not have alike.
pub(crate) fn differences(one: &Made, other: &Made) -> Vec<String> {
    let paths = one.tree.keys().chain(other.tree.keys());
    let mut found: Vec<String> = paths
        .filter(|path| one.tree.get(*path) != other.tree.get(*path))
        .cloned()
        .collect();
    found.sort();
    found.dedup();
    found
}

/// A published file as text; empty where there is none.
pub(crate) fn text(made: &Made, path: &str) -> String {
    let bytes = made.tree.get(path).map(|bytes| &**bytes);
    String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned()
}
