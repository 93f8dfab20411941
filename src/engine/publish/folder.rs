//! Folders by handle: small steps on the file system that follow no symlink below their root
//! and begin anew when a signal interrupts them.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::{self, AtFlags, CWD, Dir, FileType, Mode, OFlags, Stat, Timespec, Timestamps};
use rustix::io::{Errno, Result, retry_on_intr as again};
use rustix::path::Arg;

use crate::base::{Fingerprint, Hasher};

const FOLDER: OFlags = OFlags::DIRECTORY
    .union(OFlags::RDONLY)
    .union(OFlags::CLOEXEC);
const FRESH: OFlags = OFlags::CREATE
    .union(OFlags::EXCL)
    .union(OFlags::WRONLY)
    .union(OFlags::CLOEXEC)
    .union(OFlags::NOFOLLOW);

/// Opens a folder by a path that was made canonical before.
pub(super) fn open(path: &Path) -> Result<OwnedFd> {
    again(|| fs::openat(CWD, path, FOLDER, Mode::empty()))
}

/// Opens the folder `name` in `root`, unless it is a symlink.
pub(super) fn open_in(root: impl AsFd, name: impl Arg + Copy) -> Result<OwnedFd> {
    again(|| fs::openat(&root, name, FOLDER | OFlags::NOFOLLOW, Mode::empty()))
}

/// Makes the folder `name` in `root`; one that is there already will do.
pub(super) fn make_in(root: impl AsFd, name: impl Arg + Copy) -> Result<()> {
    match again(|| fs::mkdirat(&root, name, Mode::from_raw_mode(0o755))) {
        Err(Errno::EXIST) => Ok(()),
        other => other,
    }
}

/// A new, empty file; an error when anything lies there.
pub(super) fn create_file(root: impl AsFd, name: impl Arg + Copy) -> Result<File> {
    again(|| fs::openat(&root, name, FRESH, Mode::from_raw_mode(0o644))).map(File::from)
}

/// Opens a regular file for reading; a symlink or a pipe is an error.
pub(super) fn open_file(root: impl AsFd, name: impl Arg + Copy) -> Result<File> {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = again(|| fs::openat(&root, name, flags, Mode::empty()))?;
    match is_file(&again(|| fs::fstat(&file))?) {
        true => Ok(file.into()),
        false => Err(Errno::INVAL),
    }
}

/// The bytes of a file, or none when it is absent.
pub(super) fn read(root: impl AsFd, name: impl Arg + Copy) -> io::Result<Option<Vec<u8>>> {
    let mut file = match open_file(root, name) {
        Err(Errno::NOENT) => return Ok(None),
        other => other?,
    };
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Writes the file `name` under the name `temporary` first and puts it in place in one step,
/// flushed to the disk.
pub(super) fn replace(
    root: impl AsFd,
    temporary: &OsStr,
    name: &OsStr,
    bytes: &[u8],
) -> io::Result<()> {
    unlink(&root, temporary)?;
    let mut file = create_file(&root, temporary)?;
    file.write_all(bytes)?;
    again(|| fs::fsync(&file))?;
    rename(&root, temporary, &root, name)?;
    Ok(sync(root)?)
}

/// Moves a file or folder within one file system, over a file that may be there.
pub(super) fn rename(
    from: impl AsFd,
    name: impl Arg + Copy,
    to: impl AsFd,
    new: impl Arg + Copy,
) -> Result<()> {
    again(|| fs::renameat(&from, name, &to, new))
}

/// Removes a file; whether there was one. A folder in its place is left alone.
pub(super) fn unlink(root: impl AsFd, name: impl Arg + Copy) -> Result<bool> {
    match again(|| fs::unlinkat(&root, name, AtFlags::empty())) {
        Ok(()) => Ok(true),
        Err(Errno::NOENT | Errno::NOTDIR | Errno::ISDIR) => Ok(false),
        // What POSIX says of a folder, and what a missing permission says too.
        Err(Errno::PERM) if look(&root, name)?.is_some_and(|stat| is_folder(&stat)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes a folder if it is empty; whether it is gone.
pub(super) fn remove_empty(root: impl AsFd, name: impl Arg + Copy) -> Result<bool> {
    match again(|| fs::unlinkat(&root, name, AtFlags::REMOVEDIR)) {
        Ok(()) | Err(Errno::NOENT) => Ok(true),
        Err(Errno::NOTEMPTY | Errno::EXIST | Errno::NOTDIR) => Ok(false),
        Err(error) => Err(error),
    }
}

/// What lies at `name`, symlinks not followed; none when nothing does.
pub(super) fn look(root: impl AsFd, name: impl Arg + Copy) -> Result<Option<Stat>> {
    match again(|| fs::statat(&root, name, AtFlags::SYMLINK_NOFOLLOW)) {
        Ok(stat) => Ok(Some(stat)),
        Err(Errno::NOENT | Errno::NOTDIR) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Flushes a folder to the disk, where the file system knows how.
pub(super) fn sync(folder: impl AsFd) -> Result<()> {
    match again(|| fs::fsync(&folder)) {
        Err(Errno::INVAL | Errno::NOTSUP | Errno::NOSYS) => Ok(()),
        other => other,
    }
}

/// The names in a folder and what they are, in no particular order, with the folder itself.
pub(super) fn list(folder: OwnedFd) -> Result<(Dir, Vec<(OsString, FileType)>)> {
    let mut folder = Dir::new(folder)?;
    let mut names = Vec::new();
    while let Some(entry) = folder.read() {
        let entry = entry?;
        let name = OsStr::from_bytes(entry.file_name().to_bytes()).to_owned();
        if name != "." && name != ".." {
            names.push((name, entry.file_type()));
        }
    }
    for (name, kind) in &mut names {
        if *kind == FileType::Unknown {
            let stat = look(folder.fd()?, name.as_os_str())?;
            *kind = stat.map_or(FileType::Unknown, |stat| kind_of(&stat));
        }
    }
    Ok((folder, names))
}

/// Reads `from` to its end, into `to` where one is given; the fingerprint of what was read.
pub(super) fn pour(from: &File, mut to: Option<&File>) -> io::Result<Fingerprint> {
    let mut print = Hasher::new();
    let mut chunk = Vec::with_capacity(1 << 16);
    loop {
        chunk.clear();
        // Always full chunks, so that the fingerprint does not depend on how reads come in.
        if from.take(1 << 16).read_to_end(&mut chunk)? == 0 {
            return Ok(print.finish());
        }
        print.bytes(&chunk);
        if let Some(to) = &mut to {
            to.write_all(&chunk)?;
        }
    }
}

/// Gives a file a time of change, in nanoseconds since 1970.
pub(super) fn set_mtime(file: &File, mtime: i64) -> Result<()> {
    let time = Timespec {
        tv_sec: mtime.div_euclid(1_000_000_000),
        tv_nsec: mtime.rem_euclid(1_000_000_000),
    };
    let times = Timestamps {
        last_access: time,
        last_modification: time,
    };
    again(|| fs::futimens(file, &times))
}

/// When a file was changed, in nanoseconds since 1970.
pub(super) fn mtime(stat: &Stat) -> i64 {
    stat.st_mtime
        .saturating_mul(1_000_000_000)
        .saturating_add(stat.st_mtime_nsec as i64)
}

pub(super) fn kind_of(stat: &Stat) -> FileType {
    FileType::from_raw_mode(stat.st_mode)
}

pub(super) fn is_file(stat: &Stat) -> bool {
    kind_of(stat) == FileType::RegularFile
}

pub(super) fn is_folder(stat: &Stat) -> bool {
    kind_of(stat) == FileType::Directory
}

/// Goes from folder to folder below a root without following a symlink. The folders of the last
/// path stay open: neighbours in sorted order share them.
pub(super) struct Cursor<'a> {
    root: BorrowedFd<'a>,
    open: Vec<(String, OwnedFd)>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(root: BorrowedFd<'a>) -> Self {
        Self {
            root,
            open: Vec::new(),
        }
    }

    /// The folder at a relative path; the empty path is the root.
    pub(super) fn at(&mut self, path: &str) -> Result<BorrowedFd<'_>> {
        self.go(path, false)
    }

    /// The same, made where it is missing.
    pub(super) fn make(&mut self, path: &str) -> Result<BorrowedFd<'_>> {
        self.go(path, true)
    }

    fn go(&mut self, path: &str, make: bool) -> Result<BorrowedFd<'_>> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let shared = self.open.iter().zip(&parts);
        let shared = shared.take_while(|((name, _), part)| name == *part).count();
        self.open.truncate(shared);
        for part in &parts[shared..] {
            let here = self.here();
            if make {
                make_in(here, *part)?;
            }
            let next = open_in(here, *part)?;
            self.open.push(((*part).to_owned(), next));
        }
        Ok(self.here())
    }

    fn here(&self) -> BorrowedFd<'_> {
        self.open
            .last()
            .map_or(self.root, |(_, folder)| folder.as_fd())
    }
}

/// A path cut into its folder and its name.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The folders above a relative path, the nearest first, without the root.
pub(super) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| Some(split(path).0))
        .skip(1)
        .take_while(|path| !path.is_empty())
}
