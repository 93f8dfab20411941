//! Where the publisher keeps its own files: the stage, its ledger, the lock and the journal.
//!
//! They lie beside the output folder, on the same file system, under hidden names that begin
//! with its own. Where nothing can be written there (a container that may write to its volume
//! only), they lie inside the output folder and the site is published file by file.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, AtFlags, accessat};
use rustix::io::Errno;

use super::error::PublishError;
use super::folder;

/// What the names of the publisher's own files in an output folder begin with.
pub(super) const RESERVED: &str = ".silabus-";

/// Makes a folder and all that are missing above it. Unlike the calls of `folder`, the library's
/// does not begin anew by itself when a signal interrupts it.
fn make_all(path: &Path) -> io::Result<()> {
    loop {
        match std::fs::create_dir_all(path) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// A folder, and what the names of the publisher's files in it begin with.
pub(super) struct Place {
    pub(super) folder: OwnedFd,
    pub(super) path: PathBuf,
    prefix: OsString,
    /// Whether it is the output folder itself.
    pub(super) inside: bool,
}

impl Place {
    /// The place for an output folder, which need not exist yet.
    pub(super) fn find(output: &Path) -> Result<Self, PublishError> {
        let parent = output.parent().unwrap_or(output);
        make_all(parent)
            .map_err(|error| PublishError::machine("make the folder", parent, error))?;
        let beside = Self::beside(output)?;
        match accessat(&beside.folder, ".", Access::WRITE_OK, AtFlags::EACCESS) {
            Err(Errno::ACCESS | Errno::ROFS) if output.is_dir() => Self::inside(output),
            _ => Ok(beside),
        }
    }

    /// Beside the output folder.
    pub(super) fn beside(output: &Path) -> Result<Self, PublishError> {
        let mut prefix = OsString::from(".");
        prefix.push(output.file_name().unwrap_or_default());
        prefix.push(RESERVED);
        Self::new(output.parent().unwrap_or(output), prefix, false)
    }

    /// In the output folder.
    pub(super) fn inside(output: &Path) -> Result<Self, PublishError> {
        Self::new(output, RESERVED.into(), true)
    }

    fn new(path: &Path, prefix: OsString, inside: bool) -> Result<Self, PublishError> {
        let folder = folder::open(path)
            .map_err(|errno| PublishError::machine("open the folder", path, errno))?;
        Ok(Self {
            folder,
            path: path.to_owned(),
            prefix,
            inside,
        })
    }

    /// The full name of one of the publisher's files, such as `lock`.
    pub(super) fn name(&self, what: &str) -> OsString {
        let mut name = self.prefix.clone();
        name.push(what);
        name
    }

    /// What such a name says after the prefix, if it is one.
    pub(super) fn what<'a>(&self, name: &'a OsStr) -> Option<&'a str> {
        let rest = name
            .as_encoded_bytes()
            .strip_prefix(self.prefix.as_encoded_bytes())?;
        std::str::from_utf8(rest).ok()
    }

    pub(super) fn path_of(&self, what: &str) -> PathBuf {
        self.path.join(self.name(what))
    }
}
