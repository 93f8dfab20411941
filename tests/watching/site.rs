//! A site that is watched, and what is told of it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use silabus::base::SitePath;
use silabus::dev::watch::{Hint, WatchOptions, Watcher};
use tempfile::TempDir;

/// Within this, everything is told, on the slowest machine.
const DEADLINE: Duration = Duration::from_secs(30);
/// Long enough for the steps of a save to be one hint on a busy machine.
const SETTLE: Duration = Duration::from_millis(100);

/// A site in a folder of its own, and a watcher.
pub(crate) struct Site {
    folder: TempDir,
    watcher: RefCell<Option<Watcher>>,
    hints: RefCell<Receiver<Hint>>,
    marks: Cell<u32>,
    /// Whether this watcher polls.
    pub(crate) polls: bool,
}

/// What was told from the beginning of an action to its end mark.
#[derive(Debug)]
pub(crate) struct Told {
    /// The hints, without the end mark.
    pub(crate) hints: Vec<Hint>,
    /// How long the action took.
    took: Duration,
}

impl Site {
    /// A site that is watched.
    pub(crate) fn watched(polls: bool) -> Self {
        let site = Self::unwatched(polls);
        site.watch(site.options());
        site
    }

    /// A site with a page, two templates, a theme that is a link, and folders of what is made.
    pub(crate) fn unwatched(polls: bool) -> Self {
        let site = Self {
            folder: tempfile::tempdir().unwrap(),
            watcher: RefCell::new(None),
            hints: RefCell::new(mpsc::channel().1),
            marks: Cell::new(0),
            polls,
        };
        site.fill();
        for output in ["public/index.html", "target/x", ".git/HEAD", ".silabus/x"] {
            site.put(output, "x");
        }
        fs::create_dir_all(site.beside("themes/akademi/templates")).unwrap();
        fs::write(site.beside("themes/akademi/templates/page.html"), "x").unwrap();
        fs::create_dir_all(site.path("themes")).unwrap();
        symlink(site.beside("themes/akademi"), site.path("themes/akademi")).unwrap();
        site
    }

    /// Writes the inputs.
    pub(crate) fn fill(&self) {
        self.put("silabus.toml", "title = \"x\"");
        self.put("i18n/id.toml", "");
        self.put("content/a.md", "isi");
        self.put("content/kursus/b.md", "isi");
        self.put("templates/page.html", "x");
        self.put("static/logo.svg", "x");
    }

    /// Options for quick tests.
    pub(crate) fn options(&self) -> WatchOptions {
        WatchOptions {
            theme: Some("akademi".to_owned()),
            poll: self.polls,
            poll_interval: Duration::from_millis(20),
            settle: SETTLE,
            burst_settle: SETTLE,
            ..WatchOptions::new(self.root())
        }
    }

    /// Begins to watch.
    pub(crate) fn watch(&self, options: WatchOptions) {
        let (sender, hints) = mpsc::channel();
        let sink = move |hint| {
            // The test may have ended.
            let _ = sender.send(hint);
        };
        *self.hints.borrow_mut() = hints;
        *self.watcher.borrow_mut() = Some(Watcher::start(options, sink).unwrap());
        // When polling, files that were just written are told of once.
        self.end();
    }

    /// Watches another theme and other files.
    pub(crate) fn retarget(&self, theme: &str, extra: &[&str]) {
        let extra = extra.iter().filter_map(|path| SitePath::new(path));
        let watcher = self.watcher.borrow();
        let watcher = watcher.as_ref().unwrap();
        watcher.retarget(Some(theme.to_owned()), extra.collect());
    }

    /// Ends the watcher; what it told until then.
    pub(crate) fn stop(&self) -> Vec<Hint> {
        self.watcher.borrow_mut().take().unwrap().stop();
        self.hints.borrow().iter().collect()
    }

    /// The site's folder.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("above/site")
    }

    /// A path below the site's folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// A path outside of the site.
    pub(crate) fn beside(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file and the folders above it.
    pub(crate) fn put(&self, path: &str, text: &str) {
        write(&self.path(path), text);
    }

    /// Renames within the site.
    pub(crate) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    /// Removes a file.
    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// Does something and waits until all of `paths` are told.
    pub(crate) fn told(&self, paths: &[&str], action: impl FnOnce()) -> Told {
        let begun = Instant::now();
        action();
        let took = begun.elapsed();
        let mut hints = Vec::new();
        while !paths.iter().all(|path| covers(&hints, path)) {
            let hint = self.next();
            let hint = hint.unwrap_or_else(|| panic!("{paths:?} not told, only {hints:?}"));
            hints.push(hint);
        }
        hints.extend(self.end());
        Told { hints, took }
    }

    /// Does something that is told in one hint, which covers all of `paths`.
    pub(crate) fn told_at_once(&self, paths: &[&str], action: impl FnOnce()) -> Told {
        let told = self.told(paths, action);
        // When the machine stalls amidst the steps, they are several for everyone.
        assert!(
            told.hints.len() == 1 || told.took > SETTLE / 2,
            "{paths:?} in {told:?}"
        );
        told
    }

    /// Does something that nobody is told of.
    pub(crate) fn untold(&self, action: impl FnOnce()) {
        let told = self.told(&[], action);
        assert!(told.hints.is_empty(), "{told:?}");
    }

    /// A file at `path` is watched: a change of it is told, and nothing else.
    pub(crate) fn is_watched(&self, path: &str) {
        let text = format!("{} {path}", self.marks.get());
        let told = self.told(&[path], || self.put(path, &text));
        assert!(told.names_only(&[path]), "{path}: {told:?}");
    }

    fn next(&self) -> Option<Hint> {
        self.hints.borrow().recv_timeout(DEADLINE).ok()
    }

    /// What is told until the end mark.
    fn end(&self) -> Vec<Hint> {
        let mut before = Vec::new();
        let mut mark = self.mark();
        loop {
            let hint = self.next();
            let hint = hint.unwrap_or_else(|| panic!("no end mark after {before:?}"));
            let Hint::Changed(mut paths) = hint else {
                // It may have swallowed the mark.
                before.push(hint);
                mark = self.mark();
                continue;
            };
            let found = paths.remove(&mark);
            if !paths.iter().all(is_mark) {
                before.push(Hint::Changed(paths.clone()));
            }
            if found {
                return before;
            }
            if named(&paths, mark.as_str()) {
                // The folder of the mark is new.
                mark = self.mark();
            }
        }
    }

    fn mark(&self) -> SitePath {
        self.marks.set(self.marks.get() + 1);
        let path = format!("i18n/zz{}.toml", self.marks.get());
        self.put(&path, "");
        SitePath::new(&path).unwrap()
    }
}

impl Told {
    /// It was told in few hints: `most`, and as many more as the action left the watcher time for
    /// on a machine that stalls.
    pub(crate) fn is_brief(&self, most: usize) {
        let stalled = self.took.as_millis() / SETTLE.as_millis();
        let told = self.hints.len();
        assert!(told <= most + stalled as usize, "{told} in {:?}", self.took);
    }

    /// Whether nothing beside `paths` was named.
    pub(crate) fn names_only(&self, paths: &[&str]) -> bool {
        self.hints.iter().all(|hint| match hint {
            Hint::Changed(named) => named.iter().all(|path| paths.contains(&path.as_str())),
            _ => false,
        })
    }
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Whether the hints say that something may have happened at `path`.
pub(crate) fn covers(hints: &[Hint], path: &str) -> bool {
    hints.iter().any(|hint| match hint {
        Hint::Changed(paths) => named(paths, path),
        Hint::Rescan => true,
        Hint::Note(_) => false,
    })
}

fn named(paths: &BTreeSet<SitePath>, path: &str) -> bool {
    let mut above = SitePath::new(path).unwrap();
    while !above.as_str().is_empty() {
        if paths.contains(&above) {
            return true;
        }
        above = above.parent();
    }
    false
}

fn is_mark(path: &SitePath) -> bool {
    path.as_str().starts_with("i18n/zz")
}
