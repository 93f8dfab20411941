//! New files on their way to another file system.
//!
//! Where the output folder is a mount point, files cannot be renamed into it from a stage beside
//! it. They are copied to a hidden folder in it first, all of them, under numbers; then each is
//! renamed into its place. So a full disk is met before anything of the live site was touched.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

use rustix::io::Errno;

use super::commit::Staged;
use super::error::PublishError;
use super::folder;
use super::stage::Stage;

pub(super) const NAME: &str = ".silabus-incoming";

/// Whether no rename leads from the stage to the live folder.
///
/// Asked by renaming what is not there, which changes nothing: the kernel compares the file
/// systems before it looks for the file.
pub(super) fn is_needed(stage: &Stage, live: &OwnedFd) -> io::Result<bool> {
    match folder::rename(&stage.folder, NAME, live, NAME) {
        Ok(()) | Err(Errno::NOENT) => Ok(false),
        Err(Errno::XDEV) => Ok(true),
        Err(errno) => Err(errno.into()),
    }
}

/// Copies staged files into the live folder's file system; after an error nothing stays.
pub(super) fn bring(
    stage: &Stage,
    live: &OwnedFd,
    puts: &[&Staged],
    output: &Path,
) -> Result<(), PublishError> {
    let outcome = puts.iter().enumerate().try_for_each(|(number, staged)| {
        copy(stage, live, number, staged)
            .map_err(|error| PublishError::machine("write", &output.join(&staged.path), error))
    });
    outcome.inspect_err(|_| {
        let _ = clear(live);
    })
}

fn copy(stage: &Stage, live: &OwnedFd, number: usize, staged: &Staged) -> io::Result<()> {
    let name = number.to_string();
    bring_one(&stage.folder, &staged.path, live, &name, staged.entry.mtime).map(drop)
}

/// Copies one file under the name that is its number; the folder that it is in now.
pub(super) fn bring_one(
    from: impl AsFd,
    path: &str,
    live: impl AsFd,
    number: &str,
    mtime: i64,
) -> io::Result<OwnedFd> {
    folder::make_in(&live, NAME)?;
    let incoming = open(live)?;
    folder::unlink(&incoming, number)?;
    let to: File = folder::create_file(&incoming, number)?;
    let mut from = folder::open_file(from, path)?;
    io::copy(&mut from, &mut &to)?;
    folder::set_mtime(&to, mtime)?;
    Ok(incoming)
}

/// The folder in the live folder.
pub(super) fn open(live: impl AsFd) -> rustix::io::Result<OwnedFd> {
    folder::open_in(live, NAME)
}

/// Removes what an earlier run left: numbered files.
pub(super) fn clear(live: &OwnedFd) -> rustix::io::Result<()> {
    match open(live) {
        Ok(incoming) => clear_numbers(incoming.as_fd())?,
        Err(Errno::NOENT) => return Ok(()),
        Err(errno) => return Err(errno),
    }
    folder::remove_empty(live, NAME).map(drop)
}

fn clear_numbers(incoming: BorrowedFd<'_>) -> rustix::io::Result<()> {
    let (_, names) = folder::list(folder::open_in(incoming, ".")?)?;
    for (name, _) in names {
        if name.as_encoded_bytes().iter().all(u8::is_ascii_digit) {
            folder::unlink(incoming, name.as_os_str())?;
        }
    }
    Ok(())
}
