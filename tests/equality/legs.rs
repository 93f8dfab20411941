//! Ways to make the same site: a kept engine, a new one, a running program.

use std::path::Path;
use std::sync::{Arc, Mutex};

use silabus::base::SitePath;
use silabus::world::{DiskWorld, Listing, ReadError, World};

use super::engine::{Builder, Made};

/// What is built: the folder as it is now, at an instant, for an address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment<'a> {
    /// The site's folder.
    pub(crate) root: &'a Path,
    /// The instant, RFC 3339.
    pub(crate) now: &'a str,
    /// Another address than that of the settings.
    pub(crate) base_url: Option<&'a str>,
}

/// One way to make the site.
pub(crate) trait Leg {
    /// How reports call it.
    fn name(&self) -> &'static str;

    /// What it makes of the site now. `cold` is what a clean build makes of it.
    fn made(&mut self, moment: &Moment<'_>, cold: &Made) -> Made;
}

/// What is wrong with the warm leg, so that the judge has something to find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Nothing that we know of.
    #[default]
    None,
    /// It reads this file once and never again.
    Stale(String),
    /// It passes over this kind of question.
    Overlooks(&'static str),
}

/// One engine, one outlet and one world over a whole sequence.
pub(crate) struct Warm {
    builder: Builder,
    world: Arc<dyn World + Send>,
}

impl Warm {
    /// For the site in `root`.
    pub(crate) fn new(root: &Path, flaw: &Flaw) -> Self {
        let disk = DiskWorld::new(root).unwrap();
        let world: Arc<dyn World + Send> = match flaw {
            Flaw::Stale(path) => Arc::new(StaleWorld::new(disk, path)),
            _ => Arc::new(disk),
        };
        let builder = match flaw {
            Flaw::Overlooks(kind) => Builder::overlooking(kind),
            _ => Builder::default(),
        };
        Self { builder, world }
    }
}

impl Leg for Warm {
    fn name(&self) -> &'static str {
        "warm"
    }

    fn made(&mut self, moment: &Moment<'_>, _: &Made) -> Made {
        self.builder.build(&self.world, moment.now, moment.base_url)
    }
}

/// A clean build as `silabus build` does it: everything new, nothing kept.
pub(crate) fn cold(moment: &Moment<'_>) -> Made {
    let world: Arc<dyn World + Send> = Arc::new(DiskWorld::new(moment.root).unwrap());
    Builder::forgetful().build(&world, moment.now, moment.base_url)
}

/// A disk of which one file is remembered for ever: the simplest stale cache.
struct StaleWorld {
    disk: DiskWorld,
    path: SitePath,
    first: Mutex<Option<Vec<u8>>>,
}

impl StaleWorld {
    fn new(disk: DiskWorld, path: &str) -> Self {
        Self {
            disk,
            path: SitePath::new(path).unwrap(),
            first: Mutex::default(),
        }
    }
}

impl World for StaleWorld {
    fn walk(&self, folder: &SitePath) -> Listing {
        self.disk.walk(folder)
    }

    fn read(&self, path: &SitePath, limit: u64) -> Result<Vec<u8>, ReadError> {
        if *path != self.path {
            return self.disk.read(path, limit);
        }
        let mut first = self.first.lock().unwrap();
        if first.is_none() {
            *first = Some(self.disk.read(path, limit)?);
        }
        Ok(first.clone().unwrap())
    }
}
