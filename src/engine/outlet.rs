//! Where the files of a build go.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use super::publish::{self, Kind, Phase, PublishError, Published, Publisher, Seen};
use crate::base::{Fingerprint, Map};
use crate::config::{self, Config};
use crate::diag::{Diagnostic, Severity};
use crate::output::{Artifact, Target, Turn};
use crate::world::{World, read_text};

/// Takes the files of a build, from any thread.
pub trait Outlet: Sync {
    /// Before anything of the site is read.
    fn begin(&self, _world: &dyn World) {}

    /// Before the first file, once the settings are known.
    fn open(&self, config: &Config) -> Result<(), Box<Diagnostic>>;

    /// All files that are planned, before the first of them: more may follow, and fewer.
    fn announce(&self, _targets: &[Target]) -> Result<(), Box<Diagnostic>> {
        Ok(())
    }

    /// How many files the site has that is live.
    fn live_files(&self) -> usize {
        0
    }

    /// One file.
    fn put(&self, target: &Target, artifact: &Artifact) -> Result<(), Box<Diagnostic>>;

    /// Whether it wants to know what cards look like; if not, it gets their drawings.
    fn draws(&self) -> bool {
        true
    }

    /// Whether it still has the file of an earlier build whose bytes had this fingerprint, and
    /// takes it for the new one; else the file is put again.
    fn keep(&self, _target: &Target, _bytes: Fingerprint) -> bool {
        false
    }
}

/// Publishes into the output folder.
pub struct PublishOutlet {
    settings: PublishSettings,
    /// The output folder, and what was live in it, before the site was read.
    seen: OnceLock<(PathBuf, Seen)>,
    publisher: OnceLock<Publisher>,
    phases: Mutex<Vec<(Arc<str>, Phase)>>,
    /// The first error of publishing: the ones that follow from it say nothing new.
    failed: Mutex<Option<Kind>>,
}

/// Where and how to publish.
#[derive(Clone, Debug, Default)]
pub struct PublishSettings {
    /// The site's folder.
    pub root: PathBuf,
    /// Another output folder than that of the settings.
    pub output_dir: Option<PathBuf>,
    /// The user's home folder.
    pub home: Option<PathBuf>,
    /// Into a folder with foreign files.
    pub force: bool,
    /// All at once, or not at all.
    pub require_atomic: bool,
}

/// Folders of a site that are read.
const INPUTS: [&str; 8] = [
    "content",
    "themes",
    "static",
    "templates",
    "data",
    "i18n",
    "sass",
    "scripts",
];

impl PublishOutlet {
    /// For one build.
    pub fn new(settings: PublishSettings) -> Self {
        Self {
            settings,
            seen: OnceLock::new(),
            publisher: OnceLock::new(),
            phases: Mutex::default(),
            failed: Mutex::default(),
        }
    }

    fn output(&self, config: &Config) -> PathBuf {
        let settings = &self.settings;
        let named = settings.output_dir.clone();
        named.unwrap_or_else(|| settings.root.join(&*config.output_dir))
    }

    /// Puts the new site in the place of the old one; none when nothing was begun.
    pub fn commit(self) -> Result<Option<Published>, PublishError> {
        let publisher = self.publisher.into_inner();
        let phases: Map<Arc<str>, Phase> = into(self.phases).into_iter().collect();
        publisher
            .map(|publisher| {
                publisher.commit(|path| phases.get(path).copied().unwrap_or(Phase::Page))
            })
            .transpose()
    }

    /// What kind of error stopped it.
    pub fn failure(&self) -> Option<Kind> {
        *lock(&self.failed)
    }

    /// Notes when a file is to be put in place, should that be one by one.
    fn place(&self, target: &Target) {
        let phase = match target.turn {
            Turn::Asset => Phase::Asset,
            Turn::Page => Phase::Page,
            Turn::Index => Phase::Feed,
        };
        // Most files are pages, and what is not noted counts as one.
        if phase != Phase::Page {
            lock(&self.phases).push((target.path.clone(), phase));
        }
    }

    fn report(&self, error: &PublishError) -> Box<Diagnostic> {
        *lock(&self.failed) = Some(error.kind);
        Box::new(error.diagnostic())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // Nothing in here is ever left half-changed by a panic.
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn into<T>(mutex: Mutex<T>) -> T {
    mutex
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Outlet for PublishOutlet {
    fn begin(&self, world: &dyn World) {
        let text = read_text(world, &Config::path()).unwrap_or_default();
        let output = self.output(&config::read(&text, Severity::Warning).value);
        let seen = Seen::in_folder(&output);
        let _ = self.seen.set((output, seen));
    }

    fn open(&self, config: &Config) -> Result<(), Box<Diagnostic>> {
        let settings = &self.settings;
        let output = self.output(config);
        // Settings that name another folder by now were saved after it was looked at.
        let seen = self
            .seen
            .get()
            .map(|(folder, seen)| match *folder == output {
                true => *seen,
                false => Seen::default(),
            });
        let target = publish::Target {
            output,
            project_root: settings.root.clone(),
            inputs: INPUTS.iter().map(PathBuf::from).collect(),
            home: settings.home.clone(),
            force: settings.force,
            require_atomic: settings.require_atomic,
            seen,
        };
        let publisher = publish::open(&target).map_err(|error| self.report(&error))?;
        // An outlet serves one build, so there is no publisher yet.
        let _ = self.publisher.set(publisher);
        Ok(())
    }

    fn announce(&self, targets: &[Target]) -> Result<(), Box<Diagnostic>> {
        let paths = targets.iter().map(|target| &*target.path);
        match self.publisher.get() {
            Some(publisher) => publisher
                .announce(paths)
                .map_err(|error| self.report(&error)),
            None => Ok(()),
        }
    }

    fn live_files(&self) -> usize {
        self.publisher.get().map_or(0, Publisher::known_files)
    }

    fn put(&self, target: &Target, artifact: &Artifact) -> Result<(), Box<Diagnostic>> {
        if self.failure().is_some() {
            return Ok(());
        }
        self.place(target);
        let Some(publisher) = self.publisher.get() else {
            return Ok(());
        };
        publisher
            .write(&target.path, &artifact.bytes)
            .map_err(|error| self.report(&error))
    }

    fn keep(&self, target: &Target, bytes: Fingerprint) -> bool {
        let publisher = self.publisher.get();
        let kept = publisher.is_some_and(|publisher| publisher.keep(&target.path, bytes));
        if kept {
            self.place(target);
        }
        kept
    }
}

#[cfg(test)]
mod tests;
