//! The read side of the outside: what the core may know of a disk.
//!
//! Only this room opens files. The core sees the trait; `disk` is the real one, `memory` serves
//! tests and embedded themes.

use std::sync::Arc;

use crate::base::SitePath;

/// Reads the files of one site. Paths are relative to the site's root.
pub trait World: Sync {
    /// All files below `folder`, in the order of their paths, with what could not be read.
    /// A folder that does not exist is an empty listing.
    fn walk(&self, folder: &SitePath) -> Listing;

    /// The bytes of one file.
    fn read(&self, path: &SitePath) -> Result<Vec<u8>, ReadError>;
}

/// The files below a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Files, sorted by path.
    pub files: Vec<SitePath>,
    /// What could not be listed.
    pub problems: Vec<ReadError>,
}

/// Why a file or folder could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The file or folder.
    pub path: SitePath,
    /// Why.
    pub reason: ReadFault,
}

/// The reasons for a [`ReadError`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFault {
    /// There is no such file.
    Missing,
    /// Not allowed to read it.
    Forbidden,
    /// A symbolic link that leads back to a folder above it.
    Loop,
    /// A symbolic link that leads out of the project.
    Outside,
    /// Larger than the program takes for a text; bytes.
    TooLarge(u64),
    /// Its name is not UTF-8.
    Name,
    /// Anything else, in the words of the system.
    Other(Arc<str>),
}
