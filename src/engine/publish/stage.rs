//! The stage: a folder beside the output folder in which the new site grows, file by file,
//! from many threads.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use rustix::fs::{Mode, fstat, mkdirat};
use rustix::io::{Errno, retry_on_intr};

use super::error::PublishError;
use super::folder;
use super::ledger::Ledger;
use super::manifest::Entry;
use super::place::Place;
use crate::base::Fingerprint;

/// Below this size a clone costs more than it saves: it is one block.
const WORTH_A_CLONE: u64 = 4096;
const SHARDS: usize = 16;

/// A stage that is being filled.
pub(super) struct Stage {
    pub(super) folder: OwnedFd,
    /// Its name in its place, as `Place::name` takes it.
    pub(super) what: String,
    pub(super) ledger: Ledger,
    /// Folders made so far, so that each is made once.
    made: [Mutex<HashSet<Box<str>>>; SHARDS],
    state: RandomState,
    clones: AtomicBool,
}

impl Stage {
    /// A new stage with its ledger.
    pub(super) fn create(place: &Place) -> Result<Self, PublishError> {
        let pid = std::process::id();
        let mut what = format!("stage-{pid}");
        let mut more = 0;
        // Its number can be taken only by a dead stage that held files it does not know.
        while let Err(errno) = make(place, &place.name(&what)) {
            if errno != Errno::EXIST || more == 100 {
                let path = place.path_of(&what);
                return Err(PublishError::machine("make the folder", &path, errno));
            }
            more += 1;
            what = format!("stage-{pid}-{more}");
        }
        Self::open(place, &what).map_err(|error| {
            let _ = folder::remove_empty(&place.folder, place.name(&what).as_os_str());
            PublishError::machine("write in the folder", &place.path_of(&what), error)
        })
    }

    fn open(place: &Place, what: &str) -> io::Result<Self> {
        let ledger = place.name(&ledger_of(what));
        folder::unlink(&place.folder, ledger.as_os_str())?;
        Ok(Self {
            folder: folder::open_in(&place.folder, place.name(what).as_os_str())?,
            ledger: Ledger::create(&place.folder, &ledger)?,
            what: what.to_owned(),
            made: Default::default(),
            state: RandomState::new(),
            clones: AtomicBool::new(true),
        })
    }

    /// A new file, noted in the ledger first, its folders made where they are missing.
    pub(super) fn create_file(&self, path: &str) -> io::Result<File> {
        self.ledger.writing(path)?;
        self.make_folder(folder::split(path).0)?;
        Ok(folder::create_file(&self.folder, path)?)
    }

    /// Writes new bytes.
    pub(super) fn write(&self, path: &str, bytes: &[u8], print: Fingerprint) -> io::Result<Entry> {
        let mut file = self.create_file(path)?;
        file.write_all(bytes)?;
        Ok(Entry {
            size: bytes.len() as u64,
            print,
            mtime: folder::mtime(&fstat(&file)?),
        })
    }

    /// Writes the bytes of a live file that are known to be the same, sharing its blocks where
    /// the file system can, and gives the file its old time.
    pub(super) fn repeat(
        &self,
        path: &str,
        bytes: &[u8],
        live: &OwnedFd,
        entry: Entry,
    ) -> io::Result<()> {
        let mut file = self.create_file(path)?;
        if !self.clone(&file, live, path, entry.size) {
            file.write_all(bytes)?;
        }
        Ok(folder::set_mtime(&file, entry.mtime)?)
    }

    /// Takes a live file over as it is, with its time; whether it could.
    pub(super) fn carry(&self, path: &str, live: &OwnedFd, entry: Entry) -> bool {
        let carried = folder::open_file(live, path)
            .map_err(io::Error::from)
            .and_then(|source| self.copy(path, &source, entry));
        if carried.is_err() {
            // Its place is free again for whoever has the bytes.
            let _ = folder::unlink(&self.folder, path);
        }
        carried.is_ok()
    }

    fn copy(&self, path: &str, source: &File, entry: Entry) -> io::Result<()> {
        let file = self.create_file(path)?;
        if !self.clone_of(&file, source, entry.size) {
            folder::pour(source, Some(&file))?;
        }
        if fstat(&file)?.st_size as u64 != entry.size {
            return Err(io::Error::other("it changed while it was copied"));
        }
        Ok(folder::set_mtime(&file, entry.mtime)?)
    }

    /// Whether the file became a clone of the live one.
    fn clone(&self, file: &File, live: &OwnedFd, path: &str, size: u64) -> bool {
        let source = || folder::open_file(live, path);
        size >= WORTH_A_CLONE && source().is_ok_and(|source| self.clone_of(file, &source, size))
    }

    /// Whether a file became a clone of another. What fails once for a reason that holds for the
    /// whole file system is not tried again.
    fn clone_of(&self, file: &File, source: &File, size: u64) -> bool {
        if size < WORTH_A_CLONE || !self.clones.load(Ordering::Relaxed) {
            return false;
        }
        let outcome = retry_on_intr(|| clone_blocks(file, source));
        if let Err(Errno::NOTSUP | Errno::XDEV | Errno::NOTTY | Errno::NOSYS) = outcome {
            self.clones.store(false, Ordering::Relaxed);
        }
        // A half-made clone is not: the call shares all or nothing.
        outcome.is_ok()
    }

    fn make_folder(&self, path: &str) -> io::Result<()> {
        if path.is_empty() {
            return Ok(());
        }
        let shard = &self.made[self.state.hash_one(path) as usize % SHARDS];
        let made = || shard.lock().unwrap_or_else(PoisonError::into_inner);
        if made().contains(path) {
            return Ok(());
        }
        self.make_folder(folder::split(path).0)?;
        folder::make_in(&self.folder, path)?;
        made().insert(path.into());
        Ok(())
    }
}

/// The name of a stage's ledger, which lies beside it.
pub(super) fn ledger_of(what: &str) -> String {
    format!("{what}.log")
}

fn make(place: &Place, name: &OsString) -> rustix::io::Result<()> {
    let mode = Mode::from_raw_mode(0o755);
    retry_on_intr(|| mkdirat(&place.folder, name.as_os_str(), mode))
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn clone_blocks(to: impl AsFd, from: impl AsFd) -> rustix::io::Result<()> {
    rustix::fs::ioctl_ficlone(to, from)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn clone_blocks(_: impl AsFd, _: impl AsFd) -> rustix::io::Result<()> {
    Err(Errno::NOTSUP)
}
