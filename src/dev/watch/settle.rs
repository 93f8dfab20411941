//! When to speak: gathers what happened, and gives it as one hint once it has become quiet.
//!
//! A single save waits only for the shortest quiet, so that the steps of an editor (write beside,
//! rename over, remove the backup) become one hint. The more different paths come in a short time,
//! the longer a quiet is asked for, so that a checkout of ten thousand files becomes a few hints
//! even when it stutters. What came of late is a leaking bucket: every new path adds a drop, and
//! time empties it; somebody who types with autosave never fills it.
//!
//! It knows no clock: every call says what time it is.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::Hint;
use crate::base::SitePath;

/// So many paths are a save; more are a burst.
const SAVE: f64 = 8.0;
/// Paths per second that leak out of the bucket.
const LEAK: f64 = 400.0;
/// What the bucket holds: two seconds after the largest burst all is as before.
const FULL: f64 = 800.0;
/// The longest quiet that is asked for.
const LONGEST_QUIET: Duration = Duration::from_millis(400);
/// How long a save that never becomes quiet is waited for: a file that is written all the time.
const SAVE_PATIENCE: Duration = Duration::from_millis(250);
/// How long a burst is waited for; twice as long after each hint of the same burst.
const BURST_PATIENCE: Duration = Duration::from_secs(2);
/// How often that doubles.
const DOUBLINGS: u32 = 3;
/// When anything may have changed, that counts as so many paths.
const ANYTHING: f64 = 100.0;

/// What happened since the last hint, and when.
#[derive(Debug)]
pub(super) struct Settle {
    quiet: Duration,
    paths: BTreeSet<SitePath>,
    anything: bool,
    /// First and last event since the last hint.
    span: Option<(Instant, Instant)>,
    /// Drops in the bucket, at the time of the last event.
    load: f64,
    loaded_at: Option<Instant>,
    /// Hints of this burst so far.
    rounds: u32,
}

impl Settle {
    /// Speaks after `quiet` without an event.
    pub(super) fn new(quiet: Duration) -> Self {
        Self {
            quiet,
            paths: BTreeSet::new(),
            anything: false,
            span: None,
            load: 0.0,
            loaded_at: None,
            rounds: 0,
        }
    }

    /// Asks for a quiet that is at least so long from now on.
    pub(super) fn ask_for(&mut self, quiet: Duration) {
        self.quiet = self.quiet.max(quiet);
    }

    /// What happened until now is no news.
    pub(super) fn forget(&mut self) {
        *self = Self::new(self.quiet);
    }

    /// Something happened at `path`.
    pub(super) fn touch(&mut self, now: Instant, path: SitePath) {
        if path.as_str().is_empty() {
            return self.lose(now);
        }
        let new = self.paths.insert(path);
        self.feel(now, if new { 1.0 } else { 0.0 });
    }

    /// Anything may have happened.
    pub(super) fn lose(&mut self, now: Instant) {
        let new = !self.anything;
        self.anything = true;
        self.feel(now, if new { ANYTHING } else { 0.0 });
    }

    /// When there will be a hint, if nothing happens until then.
    pub(super) fn due(&self) -> Option<Instant> {
        let (first, last) = self.span?;
        Some((last + self.asked_quiet()).min(first + self.patience()))
    }

    /// The hint, when it is due.
    pub(super) fn take(&mut self, now: Instant) -> Option<Hint> {
        if self.due()? > now {
            return None;
        }
        self.span = None;
        self.rounds += u32::from(self.load > SAVE);
        let paths = std::mem::take(&mut self.paths);
        if std::mem::take(&mut self.anything) {
            return Some(Hint::Rescan);
        }
        Some(Hint::Changed(outermost(&paths)))
    }

    fn feel(&mut self, now: Instant, drops: f64) {
        let passed = self
            .loaded_at
            .map_or(Duration::ZERO, |then| now.saturating_duration_since(then));
        let left = (self.load - LEAK * passed.as_secs_f64()).max(0.0);
        if left == 0.0 && self.span.is_none() {
            self.rounds = 0;
        }
        self.load = (left + drops).min(FULL);
        self.loaded_at = Some(now);
        let first = self.span.map_or(now, |(first, _)| first);
        self.span = Some((first, now));
    }

    fn asked_quiet(&self) -> Duration {
        let longest = LONGEST_QUIET.max(self.quiet);
        self.quiet.mul_f64((self.load / SAVE).max(1.0)).min(longest)
    }

    fn patience(&self) -> Duration {
        if self.load > SAVE {
            BURST_PATIENCE * (1 << self.rounds.min(DOUBLINGS))
        } else {
            SAVE_PATIENCE.max(self.quiet * 4)
        }
    }
}

/// The paths without those that lie below another one.
fn outermost(paths: &BTreeSet<SitePath>) -> BTreeSet<SitePath> {
    let covered = |path: &SitePath| {
        let mut above = path.parent();
        while !above.as_str().is_empty() {
            if paths.contains(&above) {
                return true;
            }
            above = above.parent();
        }
        false
    };
    paths
        .iter()
        .filter(|path| !covered(path))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::disallowed_methods,
        reason = "a test needs some instant to begin with"
    )]

    use super::*;

    fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    fn changed(paths: &[&str]) -> Hint {
        Hint::Changed(paths.iter().map(|text| path(text)).collect())
    }

    /// Plays events at the given times, each a path of its own, with the clock going in steps of
    /// a millisecond, and gives the times of the hints.
    fn play(times: impl IntoIterator<Item = Duration>) -> Vec<Duration> {
        let begin = Instant::now();
        let mut settle = Settle::new(ms(8));
        let mut hints = Vec::new();
        let mut look = |settle: &mut Settle, at: Duration| {
            while let Some(due) = settle.due().filter(|due| *due <= begin + at) {
                assert!(settle.take(due).is_some());
                hints.push(due - begin);
            }
        };
        for (number, at) in times.into_iter().enumerate() {
            look(&mut settle, at);
            settle.touch(begin + at, path(&format!("content/{number}.md")));
        }
        look(&mut settle, Duration::from_secs(3600));
        hints
    }

    #[test]
    fn a_save_is_told_after_the_shortest_quiet() {
        assert_eq!(play([ms(0)]), [ms(8)]);
    }

    #[test]
    fn nothing_is_told_when_nothing_happened() {
        assert_eq!(Settle::new(ms(8)).due(), None);
        assert_eq!(Settle::new(ms(8)).take(Instant::now()), None);
    }

    #[test]
    fn the_steps_of_a_save_are_one_hint() {
        assert_eq!(play([ms(0), ms(5), ms(10), ms(15)]), [ms(23)]);
    }

    #[test]
    fn two_saves_are_two_hints() {
        assert_eq!(play([ms(0), ms(40)]), [ms(8), ms(48)]);
    }

    #[test]
    fn typing_with_autosave_is_never_held_up() {
        let hints = play((0..200).map(|count| ms(count * 50)));
        assert_eq!(hints.len(), 200);
        assert_eq!(hints[199], ms(199 * 50 + 8));
    }

    #[test]
    fn a_file_that_is_written_all_the_time_is_told_now_and_then() {
        let begin = Instant::now();
        let mut settle = Settle::new(ms(8));
        let mut hints = 0;
        for at in 0..1000 {
            settle.touch(begin + ms(at), path("data/live.json"));
            hints += u32::from(settle.take(begin + ms(at)).is_some());
        }
        assert!((3..=4).contains(&hints), "{hints}");
    }

    #[test]
    fn ten_thousand_files_in_two_seconds_are_two_hints() {
        let hints = play((0..10_000).map(|count| Duration::from_micros(count * 200)));
        assert!(hints.len() <= 2, "{hints:?}");
    }

    #[test]
    fn ten_thousand_files_with_stutters_are_three_hints() {
        // Stalls of 10 ms at once, of 60 ms later, of 300 ms in the middle.
        let stall = |count: u64| match count {
            0..10 => 0,
            10..200 => 10,
            200..5000 => 70,
            _ => 370,
        };
        let hints =
            play((0..10_000).map(|count| Duration::from_micros(count * 200) + ms(stall(count))));
        assert!(hints.len() <= 3, "{hints:?}");
    }

    #[test]
    fn ten_thousand_files_on_a_slow_machine_are_three_hints() {
        let hints = play((0..10_000).map(|count| ms(count)));
        assert!(hints.len() <= 3, "{hints:?}");
    }

    #[test]
    fn after_a_burst_a_save_is_quick_again() {
        let burst = (0..10_000).map(|count| Duration::from_micros(count * 200));
        let hints = play(burst.chain([ms(6000)]));
        assert_eq!(hints.last(), Some(&ms(6008)));
    }

    #[test]
    fn a_hint_names_folders_alone() {
        let now = Instant::now();
        let mut settle = Settle::new(ms(8));
        for text in [
            "content/a/b.md",
            "content/a",
            "content/a-b.md",
            "content/a/c/d.md",
        ] {
            settle.touch(now, path(text));
        }
        assert_eq!(
            settle.take(now + ms(8)),
            Some(changed(&["content/a", "content/a-b.md"]))
        );
    }

    #[test]
    fn whoever_lost_track_names_nothing() {
        let now = Instant::now();
        let mut settle = Settle::new(ms(8));
        settle.touch(now, path("content/a.md"));
        settle.lose(now);
        assert_eq!(settle.take(now + ms(500)), Some(Hint::Rescan));
        settle.touch(now + ms(5000), path("content/a.md"));
        assert_eq!(
            settle.take(now + ms(5008)),
            Some(changed(&["content/a.md"]))
        );
    }
}
