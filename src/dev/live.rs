//! The loop that joins watcher, engine and preview.
//!
//! A hint of the watcher is built at once from the files it names, and shown; a full pass follows
//! when nothing else is waiting, and corrects it. So correctness never rests on hints.

#![expect(
    clippy::disallowed_methods,
    reason = "a preview lives in time: the clock and how long a turn takes"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::moves::moves;
use super::preview::{Preview, Update};
use super::server::{ServeError, ServeOptions, Server, Waiting};
use super::state::{State, problems};
use super::trial::Trial;
use super::watch::{Hint, WatchError, WatchOptions, Watcher};
use crate::base::SitePath;
use crate::diag::Diagnostic;
use crate::engine::{Audience, Build, BuildOptions, Engine, Gathered, Look, PictureCache};
use crate::world::World;

/// How long after a build from hints the full pass waits for more of them.
const BREATH: Duration = Duration::from_millis(40);

/// More paths than a few saves name: looking everywhere costs no more, and needs no second look.
const MANY: usize = 16;

/// The longest sleep: clocks are set back and forth, and machines sleep.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// What set a build off that no file did.
pub(super) const TIME: &str = "the time has come";

/// How to serve.
pub struct LiveOptions {
    /// The site's folder.
    pub root: PathBuf,
    /// The instant of every build; none for the clock's.
    pub now: Option<Timestamp>,
    /// Whether drafts and scheduled pages are shown.
    pub drafts: bool,
    /// Look at files every now and then instead of asking the system.
    pub poll: bool,
    /// Whether browsers are shown warnings as errors are.
    pub deny_warnings: bool,
    /// Where and for whom to listen.
    pub serve: ServeOptions,
}

/// What the loop has to tell.
pub enum Event<'a> {
    /// It listens here; the port that was busy, if one was.
    Listening(std::net::SocketAddr, Option<u16>),
    /// A word about watching.
    Note(&'a str),
    /// The site was brought up to date.
    Turn(&'a Turn),
}

/// One round of the loop.
pub struct Turn {
    /// Whether it is the first.
    pub first: bool,
    /// What set it off, in words.
    pub cause: String,
    /// What it came to.
    pub build: Build,
    /// Whether it found anything that is worth a word.
    pub news: bool,
    /// How long it took until the new state was shown.
    pub shown: Duration,
    /// How long it took in all.
    pub taken: Duration,
}

/// Why serving could not begin.
#[derive(Debug)]
pub enum LiveError {
    /// The preview could not listen.
    Serve(ServeError),
    /// The folder could not be watched.
    Watch(WatchError),
    /// The system gave no thread for the loop.
    Thread(std::io::Error),
}

/// What wakes the loop.
pub(super) enum Wake {
    Hint(Hint),
    Sync(Waiting),
}

/// How long until an instant, or until the clock is looked at again.
pub(super) fn until(due: Option<Timestamp>) -> Duration {
    let Some(due) = due else {
        return LONGEST_SLEEP;
    };
    let left = due.duration_since(Timestamp::now());
    // A moment late is right, a moment early is for nothing.
    let left = Duration::try_from(left).unwrap_or_default() + Duration::from_millis(1);
    left.min(LONGEST_SLEEP)
}

/// Serves until the process ends.
pub fn run(
    options: &LiveOptions,
    world: &Arc<dyn World + Send>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<(), LiveError> {
    let server = Server::start(options.serve.clone()).map_err(LiveError::Serve)?;
    tell(Event::Listening(server.address(), server.port_taken()));
    let (wake, woken) = mpsc::channel();
    // Before the first build: what changes while it runs is heard of.
    let watcher = watch(&options.root, options.poll, wake.clone()).map_err(LiveError::Watch)?;
    let engine = Engine::new().with_store(PictureCache::new(&options.root));
    let trial = Trial::start(engine.pictures().clone(), world.clone(), wake.clone());
    server.on_sync(move |waiting| {
        // The loop ends with the process only.
        let _ = wake.send(Wake::Sync(waiting));
    });
    let mut live = Live {
        base_url: server.base_url(),
        engine,
        trial: trial.map_err(LiveError::Thread)?,
        options,
        world,
        server,
        watcher,
        state: None,
        good: None,
        next_change: None,
        unsure: false,
        watched: (None, BTreeSet::new()),
    };
    let turn = live.turn(&Look::Everywhere, "start".to_owned(), true);
    tell(Event::Turn(&turn));
    loop {
        live.round(&woken, tell);
    }
}

/// Watches a site's folder.
pub(super) fn watch(root: &Path, poll: bool, wake: Sender<Wake>) -> Result<Watcher, WatchError> {
    let mut options = WatchOptions::new(root);
    options.poll = poll;
    Watcher::start(options, move |hint| {
        // The loop ends with the process only.
        let _ = wake.send(Wake::Hint(hint));
    })
}

/// The loop's state.
struct Live<'a> {
    options: &'a LiveOptions,
    world: &'a Arc<dyn World + Send>,
    base_url: String,
    engine: Engine,
    trial: Trial,
    server: Server,
    watcher: Watcher,
    state: Option<Arc<State>>,
    good: Option<Arc<State>>,
    next_change: Option<Timestamp>,
    /// Whether the last build was made from hints, and no full pass followed yet.
    unsure: bool,
    /// Theme and other files that the watcher knows of.
    watched: (Option<String>, BTreeSet<SitePath>),
}

/// What a round has to do.
#[derive(Default)]
pub(super) struct Call {
    pub(super) paths: BTreeSet<SitePath>,
    pub(super) everything: bool,
    waiting: Vec<Waiting>,
    pub(super) notes: Vec<String>,
}

impl Call {
    pub(super) fn add(&mut self, wake: Wake) {
        match wake {
            Wake::Hint(Hint::Changed(paths)) => self.paths.extend(paths),
            Wake::Hint(Hint::Rescan) => self.everything = true,
            Wake::Hint(Hint::Note(note)) => self.notes.push(note),
            Wake::Sync(waiting) => {
                self.everything = true;
                self.waiting.push(waiting);
            }
        }
    }

    /// What set it off, in words.
    pub(super) fn cause(&self) -> String {
        let mut paths = self.paths.iter();
        match (paths.next(), paths.len()) {
            (None, _) => "rescan".to_owned(),
            (Some(one), 0) => one.to_string(),
            (Some(one), more) => format!("{one} and {more} more"),
        }
    }
}

impl Live<'_> {
    /// Waits for something to do, and does it.
    fn round(&mut self, woken: &Receiver<Wake>, tell: &mut dyn FnMut(Event<'_>)) {
        let mut call = Call::default();
        match woken.recv_timeout(self.patience()) {
            Ok(wake) => call.add(wake),
            Err(RecvTimeoutError::Timeout) => {
                self.idle(tell);
                return;
            }
            Err(RecvTimeoutError::Disconnected) => {
                // Nobody can wake us any more; time still can.
                std::thread::sleep(LONGEST_SLEEP);
                return;
            }
        }
        woken.try_iter().for_each(|wake| call.add(wake));
        for note in &call.notes {
            tell(Event::Note(note));
        }
        let look = if call.everything || call.paths.len() > MANY {
            Look::Everywhere
        } else if call.paths.is_empty() {
            return;
        } else {
            Look::At(call.paths.iter().cloned().collect())
        };
        let turn = self.turn(&look, call.cause(), false);
        report(&turn, tell);
        call.waiting.into_iter().for_each(Waiting::done);
    }

    /// How long to wait for the next hint.
    fn patience(&self) -> Duration {
        if self.unsure {
            return BREATH;
        }
        until(self.next_change.filter(|_| self.options.now.is_none()))
    }

    /// Nothing came: the full pass that is owed, or what time has changed.
    fn idle(&mut self, tell: &mut dyn FnMut(Event<'_>)) {
        let due = self.next_change.is_some_and(|due| due <= self.now());
        // In a burst the watcher is about to tell more: one look after that is enough.
        if due || self.unsure && !self.watcher.gathers() {
            let cause = if due { TIME } else { "second look" };
            let turn = self.turn(&Look::Everywhere, cause.to_owned(), false);
            report(&turn, tell);
        }
    }

    fn now(&self) -> Timestamp {
        self.options.now.unwrap_or_else(Timestamp::now)
    }

    /// Brings the site up to date, and shows it.
    fn turn(&mut self, look: &Look, cause: String, first: bool) -> Turn {
        let begun = Instant::now();
        let options = BuildOptions {
            drafts: self.options.drafts,
            base_url: Some(self.base_url.clone()),
            unknown_keys: crate::diag::Severity::Warning,
            stand_in: true,
            ..BuildOptions::at(self.now())
        };
        let open = self.server.open_pages();
        let (server, world) = (&self.server, &**self.world);
        let strict = self.options.deny_warnings;
        let (before, good) = (self.state.clone(), self.good.clone());
        let mut shown = None;
        let mut show = |gathered: Option<&Arc<Gathered>>, said: &[Diagnostic]| {
            let problems = problems(said, world, strict);
            let state = Arc::new(State::new(
                gathered,
                before.as_deref(),
                good.clone(),
                problems,
            ));
            server.show(state.clone());
            shown = Some((state, begun.elapsed()));
        };
        let told = Mutex::new(Vec::new());
        let mut audience = Audience {
            first: &open,
            tell: &|changed| {
                if !changed.is_empty() {
                    if let Ok(mut told) = told.lock() {
                        told.extend_from_slice(changed);
                    }
                    server.tell(&Update {
                        changed: changed.to_vec(),
                        moved: Vec::new(),
                    });
                }
            },
            show: &mut show,
        };
        let build = self
            .engine
            .refresh(self.world, &options, look, &mut audience);
        let shown_after = shown
            .as_ref()
            .map_or_else(|| begun.elapsed(), |(_, taken)| *taken);
        let mut news = first || !build.changed.is_empty() || build.report.made().next().is_some();
        if let Some((state, _)) = shown {
            let told = told.into_inner().unwrap_or_default();
            news |= self.settle(state, &build, &told);
        }
        self.unsure = matches!(look, Look::At(_));
        self.next_change = build.next_change;
        self.retarget(&build);
        self.trial.go_on();
        Turn {
            first,
            cause,
            news,
            shown: shown_after,
            taken: begun.elapsed(),
            build,
        }
    }

    /// All is said about a state: browsers are told. Gives whether there is something else to
    /// say than before.
    fn settle(&mut self, state: Arc<State>, build: &Build, told: &[Arc<str>]) -> bool {
        let said = problems(
            &build.diagnostics,
            &**self.world,
            self.options.deny_warnings,
        );
        let before = self.state.as_deref().map_or(&[][..], Preview::problems);
        let other = *before != said;
        let state = if *state.problems() == said {
            state
        } else {
            let state = Arc::new(state.with_problems(said));
            self.server.show(state.clone());
            state
        };
        let site = |state: &State| state.gathered().map(|gathered| gathered.site().clone());
        let before = self.state.as_deref().and_then(site);
        let moved = match (before, site(&state)) {
            (Some(before), Some(after)) => moves(&before, &after),
            _ => Vec::new(),
        };
        let changed = build.changed.iter().filter(|path| !told.contains(path));
        let update = Update {
            changed: changed.cloned().collect(),
            moved,
        };
        if !update.changed.is_empty() || !update.moved.is_empty() {
            self.server.tell(&update);
        }
        if !build.failed() {
            self.good = Some(Arc::new(state.as_good()));
        }
        self.state = Some(state);
        other
    }

    /// The watcher hears of another theme, and of files that templates load.
    fn retarget(&mut self, build: &Build) {
        let Some(config) = &build.config else {
            return;
        };
        let theme = config.theme.as_deref().map(str::to_owned);
        let wanted = (theme, self.engine.data_files().into_iter().collect());
        if wanted != self.watched {
            self.watcher.retarget(wanted.0.clone(), wanted.1.clone());
            self.watched = wanted;
            // What changed there before it was watched is seen by the next full pass.
            self.unsure = true;
        }
    }
}

/// A round that found nothing is not worth a word.
fn report(turn: &Turn, tell: &mut dyn FnMut(Event<'_>)) {
    if turn.news {
        tell(Event::Turn(turn));
    }
}
