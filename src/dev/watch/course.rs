//! The thread of the watcher: takes what the kernel tells, or looks for itself, and gives hints.

#![expect(
    clippy::disallowed_methods,
    reason = "waits for quiet, so it needs a clock"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::kernel::{Open, Watches};
use super::limits::{Refusal, note};
use super::seen::Seen;
use super::settle::Settle;
use super::stamp::difference;
use super::survey::{Survey, Targets};
use super::{Hint, WatchOptions};
use crate::base::SitePath;

/// How often the root and the ends of links are looked at while the kernel tells the rest.
const CHECK: Duration = Duration::from_millis(500);
/// Looking takes at most one part in so many of the time, however large the site is.
const SHARE: u32 = 5;
/// When polling, the quiet is long enough for the file system's clock to go on.
const POLL_QUIET: Duration = Duration::from_millis(25);
/// Looks at a large site are seconds apart, and so are the parts of a burst.
const POLL_CALM: Duration = Duration::from_secs(10);
/// So often the folders are listed again at once because there were new ones.
const PASSES: usize = 8;
/// So many messages are taken before hints are looked after again.
const BATCH: usize = 4096;

/// What the thread is told.
#[derive(Debug)]
pub(super) enum Message {
    /// By the kernel.
    Seen(Seen),
    /// Another theme, and other files.
    Retarget(Option<String>, BTreeSet<SitePath>),
    /// To end.
    Stop,
}

/// Where hints go.
pub(super) type Sink = Box<dyn Fn(Hint) + Send>;

/// The watcher's thread.
pub(super) struct Course {
    root: PathBuf,
    targets: Targets,
    survey: Survey,
    settle: Settle,
    /// The kernel's watches; none when polling.
    watches: Option<Watches>,
    /// New folders came all the time while they were listed.
    unfinished: bool,
    poll_interval: Duration,
    next_look: Instant,
    sink: Sink,
    /// Whether a burst waits to be told, for others to see.
    gathers: Arc<AtomicBool>,
}

impl Course {
    /// Watches everything before it returns; what was there before is no news.
    pub(super) fn begin(
        root: PathBuf,
        options: &WatchOptions,
        open: Open,
        outbox: Sender<Message>,
        sink: Sink,
        gathers: Arc<AtomicBool>,
    ) -> Self {
        let mut course = Self {
            targets: Targets::new(options.theme.as_deref(), &options.extra),
            root,
            survey: Survey::default(),
            settle: Settle::new(options.settle, options.burst_settle),
            watches: None,
            unfinished: false,
            poll_interval: options.poll_interval,
            next_look: Instant::now(),
            sink,
            gathers,
        };
        if options.poll {
            course.poll_from_now();
        } else {
            match open(outbox) {
                Ok(kernel) => course.watches = Some(Watches::new(kernel)),
                Err(refusal) => course.give_up(&refusal),
            }
            if course.watches.is_some() {
                course.follow();
            }
        }
        course.settle.forget();
        course
    }

    /// Until it is told to stop.
    pub(super) fn run(mut self, inbox: &Receiver<Message>) {
        loop {
            let first = match inbox.recv_timeout(self.wait()) {
                Ok(message) => Some(message),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let more = inbox.try_iter().take(BATCH);
            if !self.listen(first.into_iter().chain(more)) {
                return;
            }
            self.look();
            let hint = self.settle.take(Instant::now());
            self.gathers
                .store(self.settle.is_burst(), Ordering::Relaxed);
            if let Some(hint) = hint {
                (self.sink)(hint);
            }
        }
    }

    /// How long there is nothing to do, if no message comes.
    fn wait(&self) -> Duration {
        if self.unfinished {
            return Duration::ZERO;
        }
        let due = self.settle.due().into_iter();
        due.fold(self.next_look, Instant::min)
            .saturating_duration_since(Instant::now())
    }

    /// Takes messages; false when one says to stop.
    fn listen(&mut self, messages: impl Iterator<Item = Message>) -> bool {
        let mut other_folders = self.unfinished;
        for message in messages {
            match message {
                Message::Stop => return false,
                Message::Seen(seen) => other_folders |= self.take(&seen),
                Message::Retarget(theme, extra) => {
                    let targets = Targets::new(theme.as_deref(), &extra);
                    self.touch(targets.without(&self.targets));
                    self.targets = targets;
                    other_folders = true;
                }
            }
        }
        if other_folders && self.watches.is_some() {
            self.follow();
        }
        true
    }

    /// Takes one event, and says whether the folders to watch may be other ones now.
    fn take(&mut self, seen: &Seen) -> bool {
        let Some(watches) = &mut self.watches else {
            return false;
        };
        let now = Instant::now();
        match seen {
            Seen::Lost => {
                watches.doubt_all();
                self.settle.lose(now);
                true
            }
            Seen::Written(path) => {
                let sites = self.survey.seen_as(path);
                self.touch(sites);
                false
            }
            Seen::Came(path) => {
                let sites = self.survey.seen_as(path);
                let matters = !sites.is_empty() && self.survey.is_structure(path);
                self.touch(sites);
                matters
            }
            Seen::Left(path) => {
                let doubted = watches.doubt(path);
                let sites = self.survey.seen_as(path);
                let matters = doubted || !sites.is_empty() && self.survey.is_structure(path);
                self.touch(sites);
                matters
            }
        }
    }

    /// Lists the folders anew and watches them. A folder may get another one while it is listed
    /// and not yet watched, so this goes on until there is no new one.
    fn follow(&mut self) {
        let root = self.survey.root;
        let links = std::mem::take(&mut self.survey.links);
        self.unfinished = true;
        for _ in 0..PASSES {
            match self.follow_once() {
                Ok(true) => {}
                Ok(false) => {
                    self.unfinished = false;
                    break;
                }
                Err(refusal) => return self.give_up(&refusal),
            }
        }
        self.touch(self.survey.led_elsewhere(&links));
        if self.survey.root != root {
            self.settle.lose(Instant::now());
        }
    }

    /// Whether there were folders that were not watched before.
    fn follow_once(&mut self) -> Result<bool, Refusal> {
        let Some(watches) = &mut self.watches else {
            return Ok(false);
        };
        self.survey = Survey::take(&self.root, &self.targets, false);
        let news = watches.follow(&self.survey)?;
        // What was put into them before they were watched, nobody told.
        let folders = news.iter().filter_map(|path| self.survey.folders.get(path));
        let sites = folders.flat_map(|folder| folder.sites().cloned()).collect();
        self.touch(sites);
        Ok(!news.is_empty())
    }

    /// Looks for what nobody tells: when polling, at everything, else at what lies outside of
    /// the watched folders. When polling, a hint waits until a look finds nothing new.
    fn look(&mut self) {
        let begun = Instant::now();
        let polling = self.watches.is_none();
        let due = polling && self.settle.due().is_some_and(|due| due <= begun);
        if begun < self.next_look && !due {
            return;
        }
        if polling {
            self.compare();
        } else if !self.survey.still_stands(&self.root) {
            self.follow();
        }
        let pause = if polling { self.poll_interval } else { CHECK };
        self.next_look = Instant::now() + pause.max(begun.elapsed() * SHARE);
    }

    /// Polls: tells what differs from the last time.
    fn compare(&mut self) {
        let survey = Survey::take(&self.root, &self.targets, true);
        let sites = difference(&self.survey.stamps, &survey.stamps)
            .cloned()
            .collect();
        self.touch(sites);
        if survey.root != self.survey.root {
            self.settle.lose(Instant::now());
        }
        self.survey = survey;
    }

    fn touch(&mut self, sites: BTreeSet<SitePath>) {
        let now = Instant::now();
        for site in sites {
            self.settle.touch(now, site);
        }
    }

    /// The kernel watches no more: says so, and looks by itself from now on.
    fn give_up(&mut self, refusal: &Refusal) {
        (self.sink)(Hint::Note(note(refusal, self.poll_interval)));
        self.poll_from_now();
    }

    /// What happened until now may have gone unseen, so anything may have changed.
    fn poll_from_now(&mut self) {
        self.watches = None;
        self.unfinished = false;
        self.survey = Survey::take(&self.root, &self.targets, true);
        self.settle.ask_for(POLL_QUIET, POLL_CALM);
        self.settle.lose(Instant::now());
        self.next_look = Instant::now() + self.poll_interval;
    }
}

#[cfg(test)]
#[path = "course/tests.rs"]
mod tests;
