//! The loop of `build --watch`: builds again whenever something may have changed.

#![expect(
    clippy::disallowed_methods,
    reason = "a preview lives in time: the clock and how long a turn takes"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};

use jiff::{SignedDuration, Timestamp};

use super::live::{Call, TIME, until, watch};
use super::watch::WatchError;
use crate::base::SitePath;

/// After how long a site is published again that the machine kept from being published.
const AGAIN: SignedDuration = SignedDuration::from_secs(3);

/// The cause of that.
const ONCE_MORE: &str = "once more";

/// Calls `build` at once, and again whenever something may have changed; it gives the theme and
/// the files that templates load, which are watched too. Ends when watching does.
pub fn build_again(
    root: &Path,
    poll: bool,
    build: &mut dyn FnMut(Option<&str>) -> Watched,
    note: &mut dyn FnMut(&str),
) -> Result<(), WatchError> {
    let (wake, woken) = mpsc::channel();
    let watcher = watch(root, poll, wake)?;
    let mut watched = build(None);
    loop {
        watcher.retarget(watched.theme.clone(), watched.files.clone());
        let mut call = Call::default();
        let again = watched.missed.then(|| Timestamp::now() + AGAIN);
        let next = watched.next_change.into_iter().chain(again).min();
        let cause = match woken.recv_timeout(until(next)) {
            Ok(wake) => {
                call.add(wake);
                woken.try_iter().for_each(|wake| call.add(wake));
                call.notes.iter().for_each(|one| note(one));
                let asked = call.everything || !call.paths.is_empty();
                asked.then(|| call.cause())
            }
            Err(RecvTimeoutError::Timeout) => {
                let is_due = |at: Option<Timestamp>| at.is_some_and(|at| at <= Timestamp::now());
                match is_due(watched.next_change) {
                    true => Some(TIME.to_owned()),
                    false => is_due(again).then(|| ONCE_MORE.to_owned()),
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        if let Some(cause) = cause {
            watched = build(Some(&cause));
        }
    }
}

/// What a build of [`build_again`] asks to be watched.
#[derive(Clone, Default)]
pub struct Watched {
    /// The theme's name.
    pub theme: Option<String>,
    /// Files that templates load.
    pub files: BTreeSet<SitePath>,
    /// When time alone changes the site; none with a fixed instant.
    pub next_change: Option<Timestamp>,
    /// Whether the machine kept it from being published: then it is tried again by itself, since
    /// a lock is let go and a disk made free without a word.
    pub missed: bool,
}
