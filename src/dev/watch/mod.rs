//! Watching the folders of a site: says where something may have changed, soon after it did.
//!
//! What it says are hints, never the truth: whoever takes them looks for himself, by stat and by
//! content. A hint too many is slow, a hint too few is a bug. It knows which folders belong to a
//! site, and nothing of what the files in them mean.
//!
//! `survey` lists what is to be watched and through which paths the site sees it, `kernel` keeps
//! the kernel's watches in step with that, `stamp` finds changes by looking where the kernel
//! does not tell, `settle` decides when to speak, `course` is the thread that joins them.

mod course;
mod kernel;
mod limits;
mod seen;
mod settle;
mod stamp;
mod survey;

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::base::SitePath;
use course::{Course, Message};
use kernel::Open;

/// What to watch, and how.
#[derive(Clone, Debug)]
pub struct WatchOptions {
    /// The site's folder. Only the files and folders below it that belong to a site are watched.
    pub root: PathBuf,
    /// The theme's name below `themes/`.
    pub theme: Option<String>,
    /// Other files and folders that the site reads: what a template loads from outside of the
    /// usual folders. They need not exist.
    pub extra: BTreeSet<SitePath>,
    /// Look at all files every now and then instead of asking the kernel to tell.
    pub poll: bool,
    /// How often to look when polling. Large sites are looked at less often, so that it never
    /// takes more than a fifth of one core.
    pub poll_interval: Duration,
    /// How long nothing must happen before a hint is given.
    pub settle: Duration,
    /// How long that becomes at most, when much happens at once.
    pub burst_settle: Duration,
}

impl WatchOptions {
    /// Watches the site at `root` with the usual times.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            theme: None,
            extra: BTreeSet::new(),
            poll: false,
            poll_interval: Duration::from_millis(500),
            settle: Duration::from_millis(8),
            burst_settle: Duration::from_millis(600),
        }
    }
}

/// What may have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// These files and folders may have changed, appeared or gone. A folder stands for all that
    /// is below it, and nothing of what is below it is listed beside it.
    Changed(BTreeSet<SitePath>),
    /// Anything may have changed.
    Rescan,
    /// A word for the user, once: watching goes on in another way.
    Note(String),
}

/// Why watching could not begin.
#[derive(Debug)]
pub enum WatchError {
    /// The site's folder cannot be opened.
    Root(PathBuf, io::Error),
    /// The system gives no thread.
    Thread(io::Error),
}

impl fmt::Display for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root(root, error) => write!(f, "cannot watch {}: {error}", root.display()),
            Self::Thread(error) => write!(f, "cannot start a thread to watch files: {error}"),
        }
    }
}

impl std::error::Error for WatchError {}

/// A thread that watches. It ends when this is dropped.
#[derive(Debug)]
pub struct Watcher {
    messages: Sender<Message>,
    gathers: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Watcher {
    /// Begins to watch. What changes after this has returned reaches `sink`, on the watcher's
    /// thread; so read the site after it, not before.
    pub fn start(
        options: WatchOptions,
        sink: impl Fn(Hint) + Send + 'static,
    ) -> Result<Self, WatchError> {
        Self::start_with(options, Box::new(kernel::open), sink)
    }

    /// As [`Self::start`], with the kernel's place taken by what `open` gives.
    fn start_with(
        options: WatchOptions,
        open: Open,
        sink: impl Fn(Hint) + Send + 'static,
    ) -> Result<Self, WatchError> {
        let root = survey::real_folder(&options.root)
            .map_err(|error| WatchError::Root(options.root.clone(), error))?;
        let (messages, inbox) = mpsc::channel();
        let (ready, started) = mpsc::channel();
        let outbox = messages.clone();
        let gathers = Arc::new(AtomicBool::new(false));
        let shown = gathers.clone();
        let course = move || {
            let course = Course::begin(root, &options, open, outbox, Box::new(sink), shown);
            // Nobody waits any more only when the caller has died.
            let _ = ready.send(());
            course.run(&inbox);
        };
        let thread = thread::Builder::new()
            .name("silabus-watch".to_owned())
            .spawn(course)
            .map_err(WatchError::Thread)?;
        wait_for(&started);
        Ok(Self {
            messages,
            gathers,
            thread: Some(thread),
        })
    }

    /// Watches another theme and other files from now on, after the settings or the templates
    /// have changed. What is watched anew comes as a hint.
    pub fn retarget(&self, theme: Option<String>, extra: BTreeSet<SitePath>) {
        let _ = self.messages.send(Message::Retarget(theme, extra));
    }

    /// Whether much happens just now that no hint has told of yet: one will.
    pub fn gathers(&self) -> bool {
        self.gathers.load(Ordering::Relaxed)
    }

    /// Ends the watcher and waits for its thread: no hint comes after this.
    pub fn stop(mut self) {
        let _ = self.messages.send(Message::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.messages.send(Message::Stop);
    }
}

/// Waits for the first word; a thread that dies before it says none.
fn wait_for(started: &Receiver<()>) {
    let _ = started.recv();
}
