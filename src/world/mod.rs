//! The read side of the outside: what the core may know of a disk.
//!
//! Only this room opens files. The core sees the trait; `disk` is the real one, `memory` serves
//! tests and embedded themes.

pub mod disk;
pub mod memory;
pub mod text;

use std::sync::Arc;

use crate::base::SitePath;

pub use disk::DiskWorld;
pub use memory::MemoryWorld;
pub use text::{read_text, text_to_show};

/// Reads the files of one site. Paths are relative to the site's root.
pub trait World: Sync {
    /// All files below `folder`, in the order of their paths, with what could not be read.
    /// A folder that does not exist is an empty listing.
    fn walk(&self, folder: &SitePath) -> Listing;

    /// The bytes of one file, refused when there are more than `limit`.
    fn read(&self, path: &SitePath, limit: u64) -> Result<Vec<u8>, ReadError>;

    /// What changes whenever a file is written; none where that cannot be told without reading
    /// it, so that none is never equal to none.
    fn stamp(&self, _path: &SitePath) -> Option<Stamp> {
        None
    }

    /// Whether a folder is there.
    fn has_folder(&self, folder: &SitePath) -> bool {
        !self.walk(folder).files.is_empty()
    }

    /// Whether a path is a file that a walk of its folder would list.
    fn is_input(&self, path: &SitePath) -> bool {
        self.walk(&path.parent()).files.contains(path)
    }
}

/// What the system tells of a file without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The number of its inode, and of the device.
    pub inode: (u64, u64),
    /// Bytes.
    pub size: u64,
    /// When its contents were changed last, in nanoseconds; tools can set it back.
    pub modified: i128,
    /// When anything about it was changed last, in nanoseconds; nothing sets it back.
    pub changed: i128,
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
    /// A symbolic link to what is not there; where it leads, as it says.
    Dangling(Arc<str>),
    /// It is no file but something that programs talk through; what it is.
    Special(&'static str),
    /// Larger than the program takes for a text; bytes.
    TooLarge(u64),
    /// It is a folder where a file should be.
    Folder,
    /// Its name is not UTF-8.
    Name,
    /// Anything else, in the words of the system.
    Other(Arc<str>),
}

/// Whether a file or folder of this name is an input: what editors and systems leave behind is
/// not, except the few dotfiles that static hosts ask for.
pub fn is_input_name(name: &str) -> bool {
    const WANTED: [&str; 4] = [".well-known", ".nojekyll", ".htaccess", ".domains"];
    // Vim writes 4913 to see whether it may write at all.
    let dropping = name == "4913"
        || name.starts_with('.') && !WANTED.contains(&name)
        || name.ends_with('~')
        || name.ends_with(".tmp")
        || name.contains(".sw") && is_swap(name)
        || name.starts_with('#') && name.ends_with('#');
    !dropping
}

/// Vim's swap files: `x.swp`, `x.swo`, `x.swpx`.
fn is_swap(name: &str) -> bool {
    name.rsplit_once(".sw")
        .is_some_and(|(_, rest)| (1..=2).contains(&rest.chars().count()))
}
