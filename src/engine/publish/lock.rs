//! One build at a time for each output folder.
//!
//! The kernel gives the lock free when its process ends, however it ends; the file that stays
//! behind then locks nothing.

use std::ffi::OsString;
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;

use rustix::fs::{FlockOperation, Mode, OFlags, flock, fstat, ftruncate, openat};
use rustix::io::{Errno, Result, retry_on_intr};

use super::error::{Kind, PublishError};
use super::folder;
use super::place::Place;

/// How often to begin anew when the file is removed between opening and locking it.
const TRIES: usize = 100;

/// The lock of one output folder, held until it is dropped.
pub(super) struct Lock {
    file: File,
    folder: OwnedFd,
    name: OsString,
}

impl Lock {
    /// Takes the lock, or says who holds it.
    pub(super) fn take(place: &Place, output: &Path) -> std::result::Result<Self, PublishError> {
        let path = place.path_of("lock");
        let failed = |errno: Errno| PublishError::machine("lock", &path, errno);
        let folder = place.folder.try_clone();
        let folder = folder.map_err(|error| PublishError::machine("lock", &path, error))?;
        let name = place.name("lock");
        for _ in 0..TRIES {
            let file = open(&folder, &name).map_err(failed)?;
            match retry_on_intr(|| flock(&file, FlockOperation::NonBlockingLockExclusive)) {
                Err(Errno::WOULDBLOCK) => return Err(held(&path, output, &file)),
                other => other.map_err(failed)?,
            }
            if is_current(&file, &folder, &name).map_err(failed)? {
                // From here on it is ours, and goes again should there be no room for the rest.
                let mut lock = Self { file, folder, name };
                let signed = sign(&mut lock.file);
                signed.map_err(|error| PublishError::machine("lock", &path, error))?;
                return Ok(lock);
            }
        }
        Err(failed(Errno::AGAIN))
    }
}

impl Drop for Lock {
    /// Removes the file while the lock is still held: whoever opened it meanwhile sees that it
    /// is no longer the current one.
    fn drop(&mut self) {
        if is_current(&self.file, &self.folder, &self.name) == Ok(true) {
            let _ = folder::unlink(&self.folder, self.name.as_os_str());
        }
    }
}

fn open(folder: &OwnedFd, name: &OsString) -> Result<File> {
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::CLOEXEC | OFlags::NOFOLLOW;
    let mode = Mode::from_raw_mode(0o644);
    retry_on_intr(|| openat(folder, name.as_os_str(), flags, mode)).map(File::from)
}

/// Whether the name still leads to this file.
fn is_current(file: &File, folder: impl AsFd, name: &OsString) -> Result<bool> {
    let mine = fstat(file)?;
    let named = folder::look(folder, name.as_os_str())?;
    Ok(named.is_some_and(|named| (named.st_dev, named.st_ino) == (mine.st_dev, mine.st_ino)))
}

/// Leaves the number of this process for the message of the next.
fn sign(file: &mut File) -> std::io::Result<()> {
    ftruncate(&*file, 0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

fn held(path: &Path, output: &Path, file: &File) -> PublishError {
    let mut owner = String::new();
    let _ = file.take(20).read_to_string(&mut owner);
    let owner = match owner.trim() {
        "" => "another build".to_owned(),
        pid => format!("another build (process {pid})"),
    };
    PublishError {
        kind: Kind::Locked,
        path: path.to_owned(),
        cause: format!("{owner} is publishing to `{}`", output.display()),
        fix: "wait until it ends, or publish elsewhere with --output-dir".to_owned(),
    }
}
