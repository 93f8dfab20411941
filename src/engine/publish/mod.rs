//! Publishing: a finished site takes the place of the one that is live.
//!
//! The only place in the program that writes a site. Files stream into a stage beside the output
//! folder while they are rendered ([`Publisher::write`]); when all are there, stage and output
//! folder are exchanged in one step ([`Publisher::commit`]), and the old tree is removed by its
//! own manifest once the author has his answer ([`OldTree::remove`]). Until the exchange every
//! error leaves the live site as it was; a process that dies leaves nothing that the next one
//! does not clear away by itself.
//!
//! What lies where, for an output folder `public`:
//!
//! | File | Purpose |
//! |---|---|
//! | `public/.silabus-manifest.json` | what of the folder is ours; only that is ever deleted |
//! | `.public.silabus-lock` | one build at a time |
//! | `.public.silabus-stage-<pid>/` | the new site; after the exchange, the old one |
//! | `.public.silabus-stage-<pid>.log` | what was written to the stage, noted before |
//! | `.public.silabus-journal` | the steps of a publication file by file |
//! | `public/.silabus-incoming/` | files on their way to a mount point |
//!
//! It knows no page, no theme and no configuration: paths come in checked, bytes come in done.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the one place that writes a site"
)]

mod clash;
mod commit;
mod error;
mod exchange;
mod folder;
mod incoming;
mod journal;
mod ledger;
mod lock;
mod manifest;
mod piecewise;
mod place;
mod recover;
mod refuse;
mod remove;
mod seen;
mod stage;
mod survey;
mod sweep;

#[cfg(test)]
mod tests;

use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::fs::{Access, AtFlags, accessat};
use rustix::io::Errno;

pub use error::{Kind, PublishError};
pub use seen::Seen;

use crate::base::Fingerprint;
use commit::{Staged, is_as_noted};
use exchange::Exchange;
use lock::Lock;
use manifest::{Entry, Manifest};
use place::Place;
use stage::Stage;
use survey::Survey;
use sweep::Remains;

/// Where to publish, and what must not be harmed by it.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// The output folder, absolute or relative to the project's folder. It need not exist.
    pub output: PathBuf,
    /// The project's folder.
    pub project_root: PathBuf,
    /// All folders that are read, absolute or relative to the project's folder: content, themes,
    /// static, templates, data, i18n, sass, … They need not exist.
    pub inputs: Vec<PathBuf>,
    /// The user's home folder, where it is known.
    pub home: Option<PathBuf>,
    /// Publish into a folder with foreign files. A foreign file gives way to a new one of its
    /// name; all others stay.
    pub force: bool,
    /// Rather fail than publish file by file.
    pub require_atomic: bool,
    /// What was live before the site was read: if another build published since, this one is
    /// refused, since it may be the older. None where that does not matter.
    pub seen: Option<Seen>,
}

/// When a file is put in place, if it cannot be all files at once: first what others need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Styles, scripts, images, static files.
    Asset,
    /// Pages and lists.
    Page,
    /// Feeds, sitemaps and other lists of pages for machines.
    Feed,
}

/// A publication under way. Dropped before [`commit`](Self::commit), it leaves no trace.
pub struct Publisher {
    output: PathBuf,
    force: bool,
    require_atomic: bool,
    exchange: Exchange,
    live: Option<OwnedFd>,
    old: Arc<Manifest>,
    survey: Survey,
    stage: Stage,
    staged: Mutex<Vec<Staged>>,
    broken: AtomicBool,
    notes: Vec<String>,
    remains: Remains,
}

/// What a publication did.
#[must_use]
pub struct Published {
    /// New files, and files with new bytes.
    pub written: usize,
    /// Files that were there with the same bytes.
    pub unchanged: usize,
    /// Files of the site before that the new one does not have.
    pub removed: usize,
    /// Whether the site changed in one step.
    pub atomic: bool,
    /// Why not, in one line.
    pub note: Option<String>,
    /// What is to be removed when there is time.
    pub old: OldTree,
}

/// The site before, out of the way but not removed yet. It holds the lock.
///
/// Dropped, it is removed in silence.
pub struct OldTree(Remains);

impl OldTree {
    /// Removes it, by its manifest. Foreign files that came while the site was built move back
    /// to the output folder.
    ///
    /// The result is one line about files that found no place there. An error harms nothing: the
    /// next build tries again.
    pub fn remove(self) -> Result<Option<String>, PublishError> {
        self.0.sweep()
    }
}

/// Begins a publication: refuses output folders where it could do harm, takes the lock, finishes
/// or clears away what an interrupted run left, and makes a stage.
pub fn open(target: &Target) -> Result<Publisher, PublishError> {
    open_with(target, exchange::kernel)
}

fn open_with(target: &Target, exchange: Exchange) -> Result<Publisher, PublishError> {
    let output = refuse::output_folder(target)?;
    let place = Place::find(&output)?;
    let lock = Lock::take(&place, &output)?;
    let notes = recover::recover(&place, &output)?;
    let failed = |errno: Errno| PublishError::machine("write in the folder", &output, errno);
    let live = open_live(&output).map_err(failed)?;
    let now = live
        .as_ref()
        .map(Seen::in_open)
        .transpose()
        .map_err(failed)?;
    if target
        .seen
        .is_some_and(|seen| seen != now.unwrap_or_default())
    {
        return Err(PublishError::outrun(&output));
    }
    let old = live
        .as_ref()
        .map(|live| manifest::admit(live, &output, target.force));
    let old = Arc::new(old.transpose()?.unwrap_or_default());
    let survey = Survey::begin(live.as_ref(), &old).map_err(failed)?;
    let stage = Stage::create(&place)?;
    Ok(Publisher {
        force: target.force,
        require_atomic: target.require_atomic,
        exchange,
        live,
        old,
        survey,
        staged: Mutex::default(),
        broken: AtomicBool::new(false),
        notes,
        remains: Remains {
            place,
            what: stage.what.clone(),
            output: output.clone(),
            needed: false,
            _lock: lock,
        },
        output,
        stage,
    })
}

fn open_live(output: &Path) -> rustix::io::Result<Option<OwnedFd>> {
    let live = match folder::open(output) {
        Err(Errno::NOENT) => return Ok(None),
        other => other?,
    };
    // An exchange could do without, but whoever took the permission away meant something by it.
    match accessat(
        &live,
        ".",
        Access::WRITE_OK | Access::EXEC_OK,
        AtFlags::EACCESS,
    ) {
        Err(errno @ (Errno::ACCESS | Errno::ROFS)) => Err(errno),
        _ => Ok(Some(live)),
    }
}

impl Publisher {
    /// The real path of the output folder.
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// What was found and mended of an interrupted run, one line each.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// How many files the site has that is live now.
    pub fn known_files(&self) -> usize {
        self.old.files.len()
    }

    /// Says which files will be written, as far as that is known: each of them then costs one call
    /// less. Others may come, and not all of these need to.
    pub fn announce<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Result<(), PublishError> {
        let normal = paths.filter(|path| manifest::is_normal(path));
        let noted = self.stage.ledger.announce(normal);
        noted.map_err(|error| PublishError::machine("write in the folder", &self.output, error))
    }

    /// Writes one file of the site, at once; from any thread, each path once.
    ///
    /// `path` is relative, in normal form, and was claimed. After an error the publication cannot
    /// be committed any more.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        self.put(path, bytes)
            .inspect_err(|_| self.broken.store(true, Ordering::Relaxed))
    }

    /// Takes the live file over, if it holds what `print` stands for as far as the manifest
    /// tells; whether it could. Else the file is to be written.
    pub fn keep(&self, path: &str, print: Fingerprint) -> bool {
        let Some((live, entry)) = self.find_kept(path, print) else {
            return false;
        };
        let kept = self.stage.carry(path, live, entry);
        if kept {
            self.note(path, entry, true);
        }
        kept
    }

    /// Gives the publication up; the live site stays as it is.
    pub fn abandon(self) {}

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let shown = || self.output.join(path);
        if !manifest::is_normal(path) {
            let cause = format!("`{path}` is no path that a site may write to");
            return Err(PublishError::refused(
                &shown(),
                cause,
                "choose another address",
            ));
        }
        let print = Fingerprint::of(bytes);
        let same = self.find_same(path, bytes, print);
        let entry = match same {
            Some((live, entry)) => self.stage.repeat(path, bytes, live, entry).map(|()| entry),
            None => self.stage.write(path, bytes, print),
        };
        let entry = entry.map_err(|error| PublishError::machine("write", &shown(), error))?;
        self.note(path, entry, same.is_some());
        Ok(())
    }

    /// A file is in the stage.
    fn note(&self, path: &str, entry: Entry, same: bool) {
        let path = path.to_owned();
        let files = &mut self.staged.lock().unwrap_or_else(PoisonError::into_inner);
        files.push(Staged { path, entry, same });
    }

    /// The live file's entry, if it holds the same bytes already.
    fn find_same(&self, path: &str, bytes: &[u8], print: Fingerprint) -> Option<(&OwnedFd, Entry)> {
        self.find_kept(path, print)
            .filter(|(_, entry)| entry.size == bytes.len() as u64)
    }

    /// The live file's entry, if it holds what a print stands for.
    fn find_kept(&self, path: &str, print: Fingerprint) -> Option<(&OwnedFd, Entry)> {
        let live = self.live.as_ref()?;
        let entry = *self.old.files.get(path)?;
        (entry.print == print && is_as_noted(live, path, &entry)).then_some((live, entry))
    }
}
