//! The one step in which a new site takes the place of the old.

use std::ffi::OsStr;
use std::os::fd::BorrowedFd;

use rustix::io::{Errno, Result};

/// Exchanges two entries of a folder. A parameter, so that a test can be a file system that
/// knows no such step.
pub(super) type Exchange = fn(BorrowedFd<'_>, &OsStr, &OsStr) -> Result<()>;

/// The kernel's own exchange.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn kernel(folder: BorrowedFd<'_>, one: &OsStr, other: &OsStr) -> Result<()> {
    use rustix::fs::{RenameFlags, renameat_with};
    use rustix::io::retry_on_intr;

    retry_on_intr(|| renameat_with(folder, one, folder, other, RenameFlags::EXCHANGE))
}

/// Systems without one.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn kernel(_: BorrowedFd<'_>, _: &OsStr, _: &OsStr) -> Result<()> {
    Err(Errno::NOSYS)
}

/// Why an exchange cannot be had here, if that is what the error says; other errors are faults.
pub(super) fn impossible(errno: Errno) -> Option<&'static str> {
    match errno {
        Errno::BUSY => Some("it is a mount point"),
        Errno::XDEV => Some("it lies on another file system"),
        Errno::INVAL | Errno::NOSYS | Errno::NOTSUP => {
            Some("its file system cannot exchange two folders")
        }
        // The folder belongs to someone else, in a folder that lets only owners rename.
        Errno::PERM => Some("this user may not rename it"),
        _ => None,
    }
}
