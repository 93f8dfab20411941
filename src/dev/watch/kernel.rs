//! The kernel's watches, kept in step with what there is to watch.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::course::Message;
use super::limits::{Limit, Refusal};
use super::seen::reduce;
use super::survey::{Identity, Survey};

/// What tells of events.
pub(super) trait Kernel {
    /// Tells of what happens in a folder from now on, and in all folders below it if `deep`.
    fn watch(&mut self, folder: &Path, deep: bool) -> Result<(), Unwatched>;

    /// Tells no more of it.
    fn unwatch(&mut self, folder: &Path);

    /// Whether one watch for a folder and all below it is cheaper than one for each of them.
    fn prefers_deep(&self) -> bool;
}

/// Why a folder is not watched.
#[derive(Debug)]
pub(super) enum Unwatched {
    /// It is gone, or may not be read; both will be told by the folder above.
    Away,
    /// The kernel watches no more.
    Refused(Refusal),
}

/// Opens the kernel's queue; events go to the given sender.
pub(super) type Open = Box<dyn FnOnce(Sender<Message>) -> Result<Box<dyn Kernel>, Refusal> + Send>;

/// The folders that the kernel watches for us.
pub(super) struct Watches {
    kernel: Box<dyn Kernel>,
    armed: BTreeMap<PathBuf, Identity>,
    /// Those that may have ended, or tell of another folder than they say.
    doubtful: BTreeSet<PathBuf>,
}

impl Watches {
    /// None yet.
    pub(super) fn new(kernel: Box<dyn Kernel>) -> Self {
        Self {
            kernel,
            armed: BTreeMap::new(),
            doubtful: BTreeSet::new(),
        }
    }

    /// The folder at `path` was removed or renamed: the kernel and the crate `notify` drop its
    /// watch or keep it for its new place, so what is there now is watched afresh. Says whether
    /// that matters.
    pub(super) fn doubt(&mut self, path: &Path) -> bool {
        let below = self
            .armed
            .range(path.to_owned()..)
            .take_while(|(armed, _)| armed.starts_with(path));
        let before = self.doubtful.len();
        self.doubtful
            .extend(below.map(|(armed, _)| armed.to_owned()));
        self.doubtful.len() > before
    }

    /// Events were lost: all is watched afresh.
    pub(super) fn doubt_all(&mut self) {
        self.doubtful.extend(self.armed.keys().cloned());
    }

    /// Watches what the survey lists and nothing else, and gives the folders that were not
    /// watched until now: what happened in them meanwhile, nobody told.
    pub(super) fn follow(&mut self, survey: &Survey) -> Result<Vec<PathBuf>, Refusal> {
        let wanted = wanted(survey, self.kernel.prefers_deep());
        // First all that ends: a renamed folder keeps its watch in the kernel, and ending it
        // under the old name would end it under the new one too.
        for path in self.stale(&wanted) {
            self.kernel.unwatch(&path);
            self.armed.remove(&path);
        }
        self.doubtful.clear();
        let mut news = Vec::new();
        for (path, (identity, deep)) in wanted {
            if self.armed.contains_key(&path) {
                continue;
            }
            match self.kernel.watch(&path, deep) {
                Ok(()) => {
                    self.armed.insert(path.clone(), identity);
                    news.push(path);
                }
                Err(Unwatched::Away) => {}
                Err(Unwatched::Refused(refusal)) => return Err(refusal),
            }
        }
        Ok(news)
    }

    /// Watches to end: those that are doubtful, not wanted, or of another folder by now; and all
    /// that share the folder with one of these, as they share the kernel's watch.
    fn stale(&self, wanted: &BTreeMap<PathBuf, (Identity, bool)>) -> Vec<PathBuf> {
        let is_stale = |path: &PathBuf, identity: &Identity| {
            self.doubtful.contains(path) || wanted.get(path).is_none_or(|(now, _)| now != identity)
        };
        let folders: BTreeSet<Identity> = self
            .armed
            .iter()
            .filter(|(path, identity)| is_stale(path, identity))
            .map(|(_, identity)| *identity)
            .collect();
        self.armed
            .iter()
            .filter(|(_, identity)| folders.contains(identity))
            .map(|(path, _)| path.clone())
            .collect()
    }
}

/// The folders to watch, and which of them with all that is below.
fn wanted(survey: &Survey, deep: bool) -> BTreeMap<PathBuf, (Identity, bool)> {
    let mut wanted: BTreeMap<PathBuf, (Identity, bool)> = BTreeMap::new();
    let mut top: Option<&Path> = None;
    for (path, folder) in &survey.folders {
        if top.is_some_and(|top| path.starts_with(top)) {
            continue;
        }
        let deep = deep && !folder.whole.is_empty();
        if deep {
            top = Some(path);
        }
        wanted.insert(path.clone(), (folder.identity, deep));
    }
    wanted
}

/// The real kernel.
struct Native(RecommendedWatcher);

/// Opens the real kernel's queue.
pub(super) fn open(outbox: Sender<Message>) -> Result<Box<dyn Kernel>, Refusal> {
    let handler = move |event| {
        for seen in reduce(event) {
            // Nobody listens once the watcher has ended.
            let _ = outbox.send(Message::Seen(seen));
        }
    };
    match RecommendedWatcher::new(handler, Config::default()) {
        Ok(watcher) => Ok(Box::new(Native(watcher))),
        Err(error) => Err(refusal(&error, Limit::Instances)),
    }
}

impl Kernel for Native {
    fn watch(&mut self, folder: &Path, deep: bool) -> Result<(), Unwatched> {
        let mode = if deep {
            RecursiveMode::Recursive
        } else {
            RecursiveMode::NonRecursive
        };
        self.0
            .watch(folder, mode)
            .map_err(|error| unwatched(&error))
    }

    fn unwatch(&mut self, folder: &Path) {
        // It may have ended by itself.
        let _ = self.0.unwatch(folder);
    }

    fn prefers_deep(&self) -> bool {
        cfg!(target_os = "macos")
    }
}

fn unwatched(error: &notify::Error) -> Unwatched {
    let away = [
        io::ErrorKind::NotFound,
        io::ErrorKind::PermissionDenied,
        io::ErrorKind::NotADirectory,
    ];
    match &error.kind {
        ErrorKind::PathNotFound => Unwatched::Away,
        ErrorKind::Io(io) if away.contains(&io.kind()) => Unwatched::Away,
        _ => Unwatched::Refused(refusal(error, Limit::Watches)),
    }
}

/// Tells limits from other errors; `limit` is the one that may be reached here.
fn refusal(error: &notify::Error, limit: Limit) -> Refusal {
    match &error.kind {
        ErrorKind::MaxFilesWatch => Refusal::Limit(Limit::Watches),
        ErrorKind::Io(io) if is_limit(io) => Refusal::Limit(limit),
        _ => Refusal::Other(error.to_string()),
    }
}

/// EMFILE, ENFILE and ENOSPC: too many watchers, too many open files, too many watches.
fn is_limit(error: &io::Error) -> bool {
    const ENFILE: i32 = 23;
    const EMFILE: i32 = 24;
    const ENOSPC: i32 = 28;
    matches!(error.raw_os_error(), Some(ENFILE | EMFILE | ENOSPC))
}

#[cfg(test)]
#[path = "kernel/tests.rs"]
mod tests;
