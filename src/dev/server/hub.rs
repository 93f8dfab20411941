//! What connections share: the state that is shown, what changed, and who listens.

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tokio::time::timeout;

use super::editor::Editor;
use super::news::News;
use super::options::{Limits, ServeOptions};
use super::pass::Hook;
use crate::dev::preview::{Preview, Update};

/// The state that is shown.
pub(super) struct Shown {
    /// Its number, from 1.
    pub(super) revision: u64,
    /// What it serves.
    pub(super) preview: Arc<dyn Preview>,
    /// Its problems as JSON.
    pub(super) problems: Arc<str>,
}

/// What connections share.
pub(super) struct Hub {
    /// Tells this run of the server from earlier ones, whose numbers mean nothing now.
    run: String,
    /// The address that stands in the pages.
    pub(super) base: String,
    /// For the places of problems.
    pub(super) editor: Editor,
    /// How much it takes.
    pub(super) limits: Limits,
    shown: watch::Sender<Option<Arc<Shown>>>,
    news: Mutex<News>,
    readers: Mutex<Readers>,
    hook: watch::Sender<Option<Arc<Hook>>>,
}

/// Pages that are open in browsers, in the order in which they were opened.
#[derive(Default)]
struct Readers {
    last: u64,
    open: BTreeMap<u64, Arc<str>>,
}

/// A page that is open, until it is dropped.
pub(super) struct Reader {
    hub: Arc<Hub>,
    number: u64,
}

impl Hub {
    /// `authority` is the host and port that stand in the pages.
    pub(super) fn new(options: ServeOptions, authority: &str) -> Self {
        // The standard hasher is seeded anew for each: all that is wanted is a number that no
        // other run has.
        let run = RandomState::new().build_hasher().finish();
        Self {
            run: format!("{run:x}"),
            base: format!("http://{authority}"),
            editor: Editor::new(options.editor, options.root),
            limits: options.limits,
            shown: watch::Sender::new(None),
            news: Mutex::default(),
            readers: Mutex::default(),
            hook: watch::Sender::new(None),
        }
    }

    pub(super) fn show(&self, preview: Arc<dyn Preview>) {
        let problems = self.editor.problems(preview.problems());
        self.shown.send_modify(|shown| {
            let revision = shown.as_ref().map_or(0, |shown| shown.revision) + 1;
            *shown = Some(Arc::new(Shown {
                revision,
                preview,
                problems: problems.into(),
            }));
        });
    }

    pub(super) fn tell(&self, update: &Update) {
        let revision = self.revision();
        self.news().tell(update, revision);
        // The state is the same; those who wait for it look at the news too.
        self.shown.send_modify(|_| {});
    }

    pub(super) fn revision(&self) -> u64 {
        self.now().map_or(0, |shown| shown.revision)
    }

    /// The state that is shown now, when there is one.
    pub(super) fn now(&self) -> Option<Arc<Shown>> {
        self.shown.borrow().clone()
    }

    /// The state that is shown, waiting a while for the first.
    pub(super) async fn first(&self) -> Option<Arc<Shown>> {
        let mut shown = self.shown.subscribe();
        let waiting = shown.wait_for(Option::is_some);
        let found = timeout(self.limits.first_state, waiting).await;
        found.ok()?.ok()?.clone()
    }

    /// Wakes on every new state and all news.
    pub(super) fn watch(&self) -> watch::Receiver<Option<Arc<Shown>>> {
        self.shown.subscribe()
    }

    /// A revision as browsers name it; for a page with its looks.
    pub(super) fn stamp(&self, revision: u64, looks: &str) -> String {
        let dot = if looks.is_empty() { "" } else { "." };
        format!("{}.{revision}{dot}{looks}", self.run)
    }

    /// The revision that a browser names, and the looks of its page, which may be none; nothing
    /// when it is of another run.
    pub(super) fn stamped<'a>(&self, stamp: &'a str) -> Option<(u64, &'a str)> {
        let (run, rest) = stamp.split_once('.')?;
        let (revision, looks) = rest.split_once('.').unwrap_or((rest, ""));
        let revision = revision.parse().ok()?;
        (run == self.run).then_some((revision, looks))
    }

    pub(super) fn news(&self) -> MutexGuard<'_, News> {
        lock(&self.news)
    }

    /// Notes that a page is open.
    pub(super) fn open(self: &Arc<Self>, page: Arc<str>) -> Reader {
        let mut readers = lock(&self.readers);
        readers.last += 1;
        let number = readers.last;
        readers.open.insert(number, page);
        Reader {
            hub: Arc::clone(self),
            number,
        }
    }

    pub(super) fn open_pages(&self) -> Vec<Arc<str>> {
        let mut pages: Vec<Arc<str>> = Vec::new();
        for page in lock(&self.readers).open.values().rev() {
            if !pages.contains(page) {
                pages.push(Arc::clone(page));
            }
        }
        pages
    }

    /// Who makes full passes, waiting for one: there is none yet while the site is being opened.
    pub(super) async fn hook(&self) -> Option<Arc<Hook>> {
        let mut hook = self.hook.subscribe();
        let found = hook.wait_for(Option::is_some).await;
        found.ok()?.clone()
    }

    pub(super) fn on_sync(&self, hook: Arc<Hook>) {
        self.hook.send_replace(Some(hook));
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        lock(&self.hub.readers).open.remove(&self.number);
    }
}

/// What a thread that panicked left is still in order: no change here has two halves.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
