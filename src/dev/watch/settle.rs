//! When to speak: gathers what happened, and gives it as one hint once it has become quiet.
//!
//! A single save waits only for the shortest quiet, so that the steps of an editor (write beside,
//! rename over, remove the backup) become one hint. The more different paths come in a short time,
//! the longer a quiet is asked for, so that a checkout of ten thousand files becomes a few hints
//! even when it stutters. What came of late is a leaking bucket: every new path adds a drop, time
//! empties it, and another path right after a hint shows that the hint came too soon. Somebody
//! who types with autosave never fills it.
//!
//! It knows no clock: every call says what time it is.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::Hint;
use crate::base::SitePath;

/// So many paths are a save; more are a burst.
const SAVE: f64 = 8.0;
/// Paths per second that leak out of the bucket.
const LEAK: f64 = 50.0;
/// What the bucket holds.
const FULL: f64 = 800.0;
/// After so long without an event the bucket is empty: the next save is a save again.
const CALM: Duration = Duration::from_secs(2);
/// Another path within this time after a hint goes on with what the hint told of.
const SOON: Duration = Duration::from_millis(100);
/// What the bucket holds then at least, and how many times more than before.
const GOES_ON: (f64, f64) = (100.0, 6.0);
/// How long a save that never becomes quiet is waited for: a file that is written all the time.
const SAVE_PATIENCE: Duration = Duration::from_millis(250);
/// How long a burst is waited for until its first hint, and until the others.
const BURST_PATIENCE: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(20)];
/// When anything may have changed, that counts as so many paths.
const ANYTHING: f64 = 100.0;

/// What happened since the last hint, and when.
#[derive(Debug)]
pub(super) struct Settle {
    quiet: Duration,
    longest: Duration,
    calm: Duration,
    paths: BTreeSet<SitePath>,
    anything: bool,
    /// First and last event since the last hint.
    span: Option<(Instant, Instant)>,
    /// Drops in the bucket, at the time of the last event.
    load: f64,
    loaded_at: Option<Instant>,
    /// Hints of this burst so far.
    rounds: usize,
    /// The last hint: its time, and its paths unless it was about anything.
    told: Option<(Instant, BTreeSet<SitePath>)>,
}

impl Settle {
    /// Speaks after `quiet` without an event, in bursts after up to `longest`.
    pub(super) fn new(quiet: Duration, longest: Duration) -> Self {
        Self {
            quiet,
            longest,
            calm: CALM,
            paths: BTreeSet::new(),
            anything: false,
            span: None,
            load: 0.0,
            loaded_at: None,
            rounds: 0,
            told: None,
        }
    }

    /// Asks for a quiet of at least `quiet` from now on, where events come in thrusts that are up
    /// to `calm` apart.
    pub(super) fn ask_for(&mut self, quiet: Duration, calm: Duration) {
        self.quiet = self.quiet.max(quiet);
        self.calm = self.calm.max(calm);
    }

    /// What happened until now is no news.
    pub(super) fn forget(&mut self) {
        let calm = self.calm;
        *self = Self::new(self.quiet, self.longest);
        self.calm = calm;
    }

    /// Something happened at `path`.
    pub(super) fn touch(&mut self, now: Instant, path: SitePath) {
        if path.as_str().is_empty() {
            return self.lose(now);
        }
        self.feel(now, Some(&path));
        self.paths.insert(path);
    }

    /// Anything may have happened.
    pub(super) fn lose(&mut self, now: Instant) {
        self.feel(now, None);
        self.anything = true;
    }

    /// When there will be a hint, if nothing happens until then.
    pub(super) fn due(&self) -> Option<Instant> {
        let (first, last) = self.span?;
        Some((last + self.asked_quiet()).min(first + self.patience()))
    }

    /// Whether much happens at once, and a hint of it is still to come.
    pub(super) fn is_burst(&self) -> bool {
        self.span.is_some() && self.load > SAVE
    }

    /// The hint, when it is due.
    pub(super) fn take(&mut self, now: Instant) -> Option<Hint> {
        if self.due()? > now {
            return None;
        }
        self.span = None;
        self.rounds += usize::from(self.load > SAVE);
        let paths = std::mem::take(&mut self.paths);
        let anything = std::mem::take(&mut self.anything);
        let hint = if anything {
            Hint::Rescan
        } else {
            Hint::Changed(outermost(&paths))
        };
        self.told = Some((now, if anything { BTreeSet::new() } else { paths }));
        Some(hint)
    }

    /// Takes an event into account; without a path, anything may have happened.
    fn feel(&mut self, now: Instant, path: Option<&SitePath>) {
        let drops = match path {
            Some(path) => f64::from(u8::from(!self.paths.contains(path))),
            None if self.anything => 0.0,
            None => ANYTHING,
        };
        let mut load = self.left(now);
        if load == 0.0 && self.span.is_none() {
            self.rounds = 0;
        }
        if self.goes_on(now, path) {
            let (least, more) = GOES_ON;
            load = (load * more).max(least);
        }
        self.load = (load + drops).min(FULL);
        self.loaded_at = Some(now);
        let first = self.span.map_or(now, |(first, _)| first);
        self.span = Some((first, now));
    }

    /// What is left in the bucket.
    fn left(&self, now: Instant) -> f64 {
        let passed = self
            .loaded_at
            .map_or(Duration::ZERO, |then| now.saturating_duration_since(then));
        if passed > self.calm {
            return 0.0;
        }
        (self.load - LEAK * passed.as_secs_f64()).max(0.0)
    }

    /// Whether this begins another hint about what the last one was about.
    fn goes_on(&self, now: Instant, path: Option<&SitePath>) -> bool {
        self.span.is_none()
            && self.told.as_ref().is_some_and(|(then, paths)| {
                now.saturating_duration_since(*then) < SOON
                    && path.is_none_or(|path| !paths.contains(path))
            })
    }

    /// A millisecond for each drop, between the shortest and the longest quiet.
    fn asked_quiet(&self) -> Duration {
        Duration::from_secs_f64(self.load / 1000.0)
            .min(self.longest)
            .max(self.quiet)
    }

    fn patience(&self) -> Duration {
        if self.load > SAVE {
            BURST_PATIENCE[self.rounds.min(BURST_PATIENCE.len() - 1)]
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
        let mut settle = Settle::new(ms(8), ms(600));
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
        assert_eq!(Settle::new(ms(8), ms(600)).due(), None);
        assert_eq!(Settle::new(ms(8), ms(600)).take(Instant::now()), None);
    }

    #[test]
    fn the_steps_of_a_save_are_one_hint() {
        assert_eq!(play([ms(0), ms(5), ms(10), ms(15)]), [ms(23)]);
    }

    #[test]
    fn two_saves_are_two_hints() {
        assert_eq!(play([ms(0), ms(400)]), [ms(8), ms(408)]);
    }

    #[test]
    fn files_saved_one_after_the_other_are_two_hints() {
        let hints = play([ms(0), ms(15), ms(30), ms(45)]);
        assert_eq!(hints[0], ms(8));
        assert!(hints.len() == 2 && hints[1] < ms(200), "{hints:?}");
    }

    #[test]
    fn typing_with_autosave_is_never_held_up() {
        let begin = Instant::now();
        let mut settle = Settle::new(ms(8), ms(600));
        for at in (0..10_000).step_by(25) {
            settle.touch(begin + ms(at), path("content/a.md"));
            assert_eq!(settle.due(), Some(begin + ms(at + 8)));
            assert!(settle.take(begin + ms(at + 8)).is_some());
        }
    }

    #[test]
    fn files_saved_by_hand_one_after_the_other_wait_for_nothing() {
        let hints = play([ms(0), ms(200), ms(400), ms(600), ms(1600)]);
        assert_eq!(hints, [ms(8), ms(208), ms(408), ms(608), ms(1608)]);
    }

    #[test]
    fn a_file_that_is_written_all_the_time_is_told_now_and_then() {
        let begin = Instant::now();
        let mut settle = Settle::new(ms(8), ms(600));
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
        // Stalls of 10 ms at once, of 60 ms later, of 500 ms in the middle.
        let stall = |count: u64| match count {
            0..10 => 0,
            10..200 => 10,
            200..5000 => 70,
            _ => 570,
        };
        let hints =
            play((0..10_000).map(|count| Duration::from_micros(count * 200) + ms(stall(count))));
        assert!(hints.len() <= 3, "{hints:?}");
    }

    #[test]
    fn ten_thousand_files_on_a_slow_machine_are_three_hints() {
        for millis in [1.0, 1.5, 2.0] {
            let hints = play((0..10_000).map(|count| ms(1).mul_f64(millis * f64::from(count))));
            assert!(hints.len() <= 3, "{hints:?}");
        }
    }

    /// Files come ten milliseconds apart, so the first looks like a save.
    #[test]
    fn a_slow_burst_is_three_hints() {
        let hints = play((0..1000).map(|count| ms(count * 10)));
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
        let mut settle = Settle::new(ms(8), ms(600));
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
        let mut settle = Settle::new(ms(8), ms(600));
        settle.touch(now, path("content/a.md"));
        settle.lose(now);
        assert_eq!(settle.take(now + ms(900)), Some(Hint::Rescan));
        settle.touch(now + ms(5000), path("content/a.md"));
        assert_eq!(
            settle.take(now + ms(5008)),
            Some(changed(&["content/a.md"]))
        );
    }
}
