//! Which publication was live when a build began to read: another one that came since may have
//! been made from newer files, and is not to be put aside for an older site.

use std::os::fd::AsFd;
use std::path::Path;

use rustix::io::Result;

use super::{folder, manifest};
use crate::base::Fingerprint;

/// A publication, told from any other by its manifest; no clock is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen(Option<Fingerprint>);

impl Seen {
    /// What is live in an output folder now; nothing where it cannot be read.
    pub fn in_folder(output: &Path) -> Self {
        let live = folder::open(output);
        live.and_then(|live| Self::in_open(&live))
            .unwrap_or_default()
    }

    pub(super) fn in_open(live: impl AsFd) -> Result<Self> {
        let stat = folder::look(live, manifest::NAME)?;
        Ok(Self(stat.map(|stat| {
            // A number of a file comes back, but not with the same time of its making.
            Fingerprint::of(format!(
                "{} {} {} {}",
                stat.st_dev, stat.st_ino, stat.st_ctime, stat.st_ctime_nsec
            ))
        })))
    }
}
