//! Removing what a list names, and nothing else. There is no recursive delete.

use std::collections::BTreeSet;
use std::os::fd::BorrowedFd;
use std::path::Path;

use rustix::io::{Errno, Result};

use super::error::PublishError;
use super::folder::{self, Cursor, folders_of, split};

/// Removes the files that `paths` names below `root`, then the folders that this left empty.
///
/// What is gone already is fine; a fault with one file does not spare the next. `shown` is the
/// root's path for messages.
pub(super) fn files(
    root: BorrowedFd<'_>,
    paths: &[&str],
    shown: &Path,
) -> std::result::Result<(), PublishError> {
    let mut cursor = Cursor::new(root);
    let mut outcome = Ok(());
    for path in paths {
        if let Err(errno) = file(&mut cursor, path) {
            let error = || PublishError::machine("remove", &shown.join(path), errno);
            outcome = outcome.and_then(|()| Err(error()));
        }
    }
    outcome.and(prune(root, paths).map_err(|(path, errno)| {
        PublishError::machine("remove the folder", &shown.join(path), errno)
    }))
}

fn file(cursor: &mut Cursor<'_>, path: &str) -> Result<()> {
    let (folder, name) = split(path);
    match cursor.at(folder) {
        Ok(folder) => folder::unlink(folder, name).map(drop),
        Err(errno) => nowhere(errno),
    }
}

/// Removes the folders above the paths that are empty, the deepest first.
fn prune<'a>(root: BorrowedFd<'_>, paths: &[&'a str]) -> std::result::Result<(), (&'a str, Errno)> {
    let folders: BTreeSet<&str> = paths.iter().flat_map(|path| folders_of(path)).collect();
    let mut cursor = Cursor::new(root);
    for path in folders.into_iter().rev() {
        let (above, name) = split(path);
        let outcome = match cursor.at(above) {
            Ok(above) => folder::remove_empty(above, name).map(drop),
            Err(errno) => nowhere(errno),
        };
        outcome.map_err(|errno| (path, errno))?;
    }
    Ok(())
}

/// A folder that is gone, or that something else took the place of, holds nothing of ours.
fn nowhere(errno: Errno) -> Result<()> {
    match errno {
        Errno::NOENT | Errno::NOTDIR | Errno::LOOP => Ok(()),
        other => Err(other),
    }
}
