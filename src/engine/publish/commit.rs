//! A finished stage becomes the live site: in one step where that can be, else file by file.

use std::os::fd::{AsFd, OwnedFd};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use rustix::fs::{Mode, fchmod, fstat};
use rustix::io::retry_on_intr;

use super::error::PublishError;
use super::folder;
use super::manifest::{Entry, Manifest};
use super::survey::Foreign;
use super::sweep::print_of;
use super::{OldTree, Phase, Published, Publisher, clash, exchange};

/// A file in the stage.
#[derive(Clone, Debug)]
pub(super) struct Staged {
    pub(super) path: String,
    pub(super) entry: Entry,
    /// Whether the live site has the same bytes at the same path.
    pub(super) same: bool,
}

pub(super) type Result<T> = std::result::Result<T, PublishError>;

impl Publisher {
    /// Makes the stage the live site, and says what changed.
    ///
    /// Where it cannot be done in one step, files go in the order of their `phase`, then by path,
    /// deletions last. After an error the live site is untouched, with one exception: a site that
    /// is published file by file and meets a fault on the way is finished by the next build.
    pub fn commit(mut self, phase: impl Fn(&str) -> Phase) -> Result<Published> {
        let new = self.take_staged()?;
        let foreign = std::mem::take(&mut self.survey).finish();
        let foreign = foreign.map_err(|errno| self.failed("read the folder", errno))?;
        if let Some(live) = &self.live {
            clash::check(&new, &foreign, live, self.force, &self.output)?;
        }
        if self.is_live_already(&new) {
            return Ok(self.published(&new, None));
        }
        let why = match self.obstacle(&foreign) {
            Some(why) => why,
            None => match self.swap(&new, &foreign)? {
                Some(why) => why.to_owned(),
                None => return Ok(self.published(&new, None)),
            },
        };
        self.go_file_by_file(&new, phase, &why)?;
        Ok(self.published(&new, Some(why)))
    }

    /// All files of the stage, by path.
    pub(super) fn take_staged(&mut self) -> Result<Vec<Staged>> {
        if self.broken.load(Ordering::Relaxed) {
            let error = std::io::Error::other("a file could not be written");
            return Err(self.failed("publish to", error));
        }
        let staged = self
            .staged
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let mut staged = std::mem::take(staged);
        staged.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        Ok(staged)
    }

    fn is_live_already(&self, new: &[Staged]) -> bool {
        !new.is_empty() && new.len() == self.old.files.len() && new.iter().all(|file| file.same)
    }

    /// What is known beforehand to forbid an exchange.
    fn obstacle(&self, foreign: &Foreign) -> Option<String> {
        if self.remains.place.inside {
            return Some("nothing can be written beside it".to_owned());
        }
        let other = foreign.others.first()?;
        Some(format!("it holds `{other}`, which silabus did not write"))
    }

    /// Exchanges the stage and the live folder; the reason where that is impossible.
    fn swap(&self, new: &[Staged], foreign: &Foreign) -> Result<Option<&'static str>> {
        self.keep_all(new, foreign)?;
        self.complete(new)
            .map_err(|error| self.failed("prepare the exchange of", error))?;
        let place = &self.remains.place;
        let (stage, name) = (place.name(&self.stage.what), self.output.file_name());
        let name = name.unwrap_or_default();
        let folder = place.folder.as_fd();
        let swap = |back: bool| match (&self.live, back) {
            (Some(_), _) => (self.exchange)(folder, &stage, name),
            (None, false) => folder::rename(folder, stage.as_os_str(), folder, name),
            (None, true) => folder::rename(folder, name, folder, stage.as_os_str()),
        };
        match swap(false) {
            Ok(()) => {}
            Err(errno) if self.live.is_some() && exchange::impossible(errno).is_some() => {
                return Ok(exchange::impossible(errno));
            }
            Err(errno) => return Err(self.failed("put the new site in place of", errno)),
        }
        match folder::sync(folder) {
            Ok(()) => Ok(None),
            // An error means that the live site is the old one: so it must be again.
            Err(errno) => {
                let _ = swap(true);
                Err(self.failed("flush to the disk", errno))
            }
        }
    }

    /// Copies foreign files to the stage.
    fn keep_all(&self, new: &[Staged], foreign: &Foreign) -> Result<()> {
        let Some(live) = &self.live else {
            return Ok(());
        };
        for name in &foreign.files {
            let replaced = new.binary_search_by(|file| file.path.cmp(name)).is_ok();
            match self.keep_foreign(live, name, replaced) {
                // It went while the site was built.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                other => other.map_err(|error| {
                    PublishError::machine("copy", &self.output.join(name), error)
                })?,
            }
        }
        Ok(())
    }

    /// Puts into the stage what it needs before it can be live.
    fn complete(&self, new: &[Staged]) -> std::io::Result<()> {
        manifest_of(new).create(&self.stage.folder)?;
        if let Some(live) = &self.live {
            let mode = Mode::from_raw_mode(fstat(live)?.st_mode);
            retry_on_intr(|| fchmod(&self.stage.folder, mode))?;
        }
        folder::sync(&self.stage.folder)?;
        self.stage.ledger.complete()
    }

    /// Copies a foreign file with its mode and time; one that is replaced is only noted, so that
    /// it goes with the old tree.
    fn keep_foreign(&self, live: &OwnedFd, name: &str, replaced: bool) -> std::io::Result<()> {
        let print = match replaced {
            true => print_of(live, name)?,
            false => Some(self.copy(live, name)?),
        };
        print.map_or(Ok(()), |print| self.stage.ledger.kept(name, print))
    }

    fn copy(&self, live: &OwnedFd, name: &str) -> std::io::Result<crate::base::Fingerprint> {
        let from = folder::open_file(live, name)?;
        let to = self.stage.create_file(name)?;
        let print = folder::pour(&from, Some(&to))?;
        let stat = fstat(&from)?;
        retry_on_intr(|| fchmod(&to, Mode::from_raw_mode(stat.st_mode)))?;
        folder::set_mtime(&to, folder::mtime(&stat))?;
        Ok(print)
    }

    fn published(self, new: &[Staged], why: Option<String>) -> Published {
        let unchanged = new.iter().filter(|file| file.same).count();
        let stays = |path: &String| new.binary_search_by(|file| file.path.cmp(path)).is_ok();
        let shown = self.output.display();
        Published {
            written: new.len() - unchanged,
            unchanged,
            removed: self.old.files.keys().filter(|path| !stays(path)).count(),
            atomic: why.is_none(),
            note: why.map(|why| format!("published `{shown}` file by file: {why}")),
            old: OldTree(self.remains),
        }
    }

    pub(super) fn failed(&self, doing: &str, error: impl Into<std::io::Error>) -> PublishError {
        PublishError::machine(doing, &self.output, error)
    }
}

/// Whether a live file is still the one that the manifest speaks of, by size and time.
pub(super) fn is_as_noted(live: &OwnedFd, path: &str, entry: &Entry) -> bool {
    let as_noted = |stat: rustix::fs::Stat| {
        let times = folder::mtime(&stat) == entry.mtime;
        folder::is_file(&stat) && stat.st_size as u64 == entry.size && times
    };
    matches!(folder::look(live, path), Ok(Some(stat)) if as_noted(stat))
}

pub(super) fn manifest_of(new: &[Staged]) -> Manifest {
    let files = new
        .iter()
        .map(|file| (file.path.clone(), file.entry))
        .collect();
    Manifest { files }
}
