//! Removing what publishing leaves beside the output folder: a stage that was given up, one
//! whose process died, or the old tree after the exchange. One way for all three, so that the
//! way after a crash is the way of every day.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};

use rustix::fs::FileType;
use rustix::io::{Errno, Result};

use super::error::PublishError;
use super::ledger::{self, Account};
use super::lock::Lock;
use super::manifest::{self, Found};
use super::place::{Place, RESERVED};
use super::stage::ledger_of;
use super::{folder, remove};
use crate::base::Fingerprint;

/// A stage's remains, removed at the latest when this is dropped. It holds the lock.
pub(super) struct Remains {
    pub(super) place: Place,
    pub(super) what: String,
    pub(super) output: PathBuf,
    /// Whether the next run needs the stage.
    pub(super) needed: bool,
    // Dropped after the sweep, which is in `drop`.
    pub(super) _lock: Lock,
}

impl Remains {
    /// Removes them; the note of `sweep`.
    pub(super) fn sweep(mut self) -> std::result::Result<Option<String>, PublishError> {
        self.needed = true;
        sweep(&self.place, &self.what, &self.output)
    }
}

impl Drop for Remains {
    fn drop(&mut self) {
        if !self.needed {
            // The next run tries again, and speaks of it.
            let _ = sweep(&self.place, &self.what, &self.output);
        }
    }
}

/// Removes what lies under the name of a stage, be it the stage or an old tree: what its ledger
/// or its manifest lists. Foreign files of an old tree move back to the output folder; the
/// result is one line about what had to stay.
pub(super) fn sweep(
    place: &Place,
    what: &str,
    output: &Path,
) -> std::result::Result<Option<String>, PublishError> {
    let path = place.path_of(what);
    let failed = |error: std::io::Error| PublishError::machine("remove", &path, error);
    let ledger = place.name(&ledger_of(what));
    let account = ledger::read(&place.folder, &ledger).map_err(failed)?;
    let gone = match folder::open_in(&place.folder, place.name(what).as_os_str()) {
        Ok(tree) => {
            clear(&tree, &account.unwrap_or_default(), output, &path)?;
            drop(tree);
            folder::remove_empty(&place.folder, place.name(what).as_os_str())
        }
        Err(Errno::NOENT) => Ok(true),
        Err(errno) => Err(errno),
    };
    let gone = gone.map_err(|errno| failed(errno.into()))?;
    folder::unlink(&place.folder, ledger.as_os_str()).map_err(|errno| failed(errno.into()))?;
    Ok((!gone).then(|| {
        let path = path.display();
        format!("`{path}` holds files that silabus did not write: move them where they belong")
    }))
}

fn clear(
    tree: &OwnedFd,
    account: &Account,
    output: &Path,
    path: &Path,
) -> std::result::Result<(), PublishError> {
    let failed = |error: std::io::Error| PublishError::machine("remove", path, error);
    let manifest = match manifest::find(tree).map_err(failed)? {
        Found::Manifest(manifest) => manifest,
        Found::Nothing | Found::Damaged => Default::default(),
    };
    let mut ours: Vec<&str> = manifest.files.keys().map(String::as_str).collect();
    if !account.complete {
        ours.extend(account.written.iter().map(String::as_str));
    }
    ours.sort_unstable();
    ours.dedup();
    remove::files(tree.as_fd(), &ours, path)?;
    if account.complete {
        give_back(tree, account, output).map_err(failed)?;
    }
    // Last, since a sweep that is interrupted needs it again.
    folder::unlink(tree, manifest::NAME).map_err(|errno| failed(errno.into()))?;
    Ok(())
}

/// Removes originals of foreign files whose copies are live, and moves all else that is foreign
/// back to the output folder: it came, or was changed, while the site was built.
fn give_back(tree: &OwnedFd, account: &Account, output: &Path) -> std::io::Result<()> {
    let live = match folder::open(output) {
        Err(Errno::NOENT) => return Ok(()),
        other => other?,
    };
    for (name, print) in &account.kept {
        match print_of(tree, name)? {
            Some(now) if now == *print => drop(folder::unlink(tree, name.as_str())?),
            Some(_) if print_of(&live, name)? == Some(*print) => {
                folder::rename(tree, name.as_str(), &live, name.as_str())?;
            }
            _ => {}
        }
    }
    Ok(move_back(tree.as_fd(), live.as_fd(), true)?)
}

/// Moves what is left of an old tree to the same places in the live one, where they are free.
fn move_back(tree: BorrowedFd<'_>, live: BorrowedFd<'_>, root: bool) -> Result<()> {
    let (tree, names) = folder::list(folder::open_in(tree, ".")?)?;
    let tree = tree.fd()?;
    for (name, kind) in names {
        let name = name.as_os_str();
        if root && name.as_encoded_bytes().starts_with(RESERVED.as_bytes()) {
            continue;
        }
        match folder::look(live, name)? {
            None => folder::rename(tree, name, live, name)?,
            Some(there) if kind == FileType::Directory && folder::is_folder(&there) => {
                let (from, to) = (folder::open_in(tree, name)?, folder::open_in(live, name)?);
                move_back(from.as_fd(), to.as_fd(), false)?;
                folder::remove_empty(tree, name)?;
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// The fingerprint of a file in a folder; none when no regular file of that name is there.
pub(super) fn print_of(root: &OwnedFd, name: &str) -> std::io::Result<Option<Fingerprint>> {
    match folder::open_file(root, name) {
        Ok(file) => folder::pour(&file, None).map(Some),
        Err(Errno::NOENT | Errno::INVAL | Errno::LOOP | Errno::NOTDIR | Errno::NXIO) => Ok(None),
        Err(errno) => Err(errno.into()),
    }
}
