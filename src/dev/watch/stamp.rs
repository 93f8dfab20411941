//! What a stat says of a file, to see by looking again that it changed.

#![expect(
    clippy::disallowed_types,
    reason = "holds the times of files against the system's"
)]

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::survey::{Identity, identity};
use crate::base::SitePath;

/// A look at a whole site takes less.
const AHEAD: Duration = Duration::from_secs(60);

/// What a stat says about a file. Of a folder only the identity counts, since everything in it
/// has a stamp of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    identity: Identity,
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    /// It changed so short a time ago that the next change might leave the same times. Seen
    /// again later, it counts as changed.
    fresh: bool,
}

impl Stamp {
    /// Of what a stat said at the time `now`.
    pub(super) fn new(meta: &Metadata, now: SystemTime) -> Self {
        let (modified, changed) = if meta.is_dir() {
            ((0, 0), (0, 0))
        } else {
            (
                (meta.mtime(), meta.mtime_nsec()),
                (meta.ctime(), meta.ctime_nsec()),
            )
        };
        Self {
            identity: identity(meta),
            size: if meta.is_dir() { 0 } else { meta.len() },
            modified,
            changed,
            fresh: is_fresh(changed, now),
        }
    }
}

/// Whether another change could happen within the same tick of the file system's clock. Where it
/// tells no parts of a second, ticks are as long as two.
fn is_fresh((seconds, nanos): (i64, i64), now: SystemTime) -> bool {
    let tick = if nanos == 0 {
        Duration::from_secs(2)
    } else {
        Duration::from_millis(20)
    };
    let changed = u64::try_from(seconds).unwrap_or_default();
    let changed = UNIX_EPOCH + Duration::new(changed, u32::try_from(nanos).unwrap_or_default());
    match now.duration_since(changed) {
        Ok(age) => age < tick,
        // Changed since the look began; but a file from the future is no reason to look forever.
        Err(ahead) => ahead.duration() < AHEAD,
    }
}

/// What may have changed between two surveys with stamps.
pub(super) fn difference<'a>(
    old: &'a BTreeMap<SitePath, Stamp>,
    new: &'a BTreeMap<SitePath, Stamp>,
) -> impl Iterator<Item = &'a SitePath> {
    let gone = old.keys().filter(|path| !new.contains_key(*path));
    let other = new
        .iter()
        .filter(|(path, stamp)| old.get(*path) != Some(*stamp));
    gone.chain(other.map(|(path, _)| path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64, millis: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(seconds * 1000 + millis)
    }

    #[test]
    fn a_change_may_hide_in_the_tick_of_the_one_before() {
        let fine = (1000, 5_000_000);
        assert!(is_fresh(fine, at(1000, 6)));
        assert!(!is_fresh(fine, at(1000, 26)));
        // A clock of whole seconds, or of two.
        assert!(is_fresh((1000, 0), at(1001, 900)));
        assert!(!is_fresh((1000, 0), at(1002, 0)));
        // A look takes its time; but there are files from the future.
        assert!(is_fresh((1000, 5), at(999, 0)));
        assert!(!is_fresh((2000, 5), at(1000, 0)));
    }
}
