//! The kernel's place taken by one that refuses, or that says what it was asked.

#![expect(
    clippy::disallowed_methods,
    reason = "tests make the folders that are watched"
)]

use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::super::survey::Targets;
use super::super::{Hint, WatchOptions, Watcher};
use super::*;
use crate::base::SitePath;

/// Watches so many folders, then refuses as the kernel does.
struct Small {
    left: usize,
    deep: bool,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Kernel for Small {
    fn watch(&mut self, folder: &Path, deep: bool) -> Result<(), Unwatched> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let sign = if deep { "++" } else { "+" };
        self.asked.lock().unwrap().push(format!("{sign}{name}"));
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None => return Err(unwatched(&notify::Error::new(ErrorKind::MaxFilesWatch))),
        }
        Ok(())
    }

    fn unwatch(&mut self, folder: &Path) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        self.asked.lock().unwrap().push(format!("-{name}"));
    }

    fn prefers_deep(&self) -> bool {
        self.deep
    }
}

struct Site {
    _folder: tempfile::TempDir,
    root: PathBuf,
    asked: Arc<Mutex<Vec<String>>>,
    watches: Watches,
}

impl Site {
    fn new(deep: bool) -> Self {
        let asked = Arc::default();
        let small = Small {
            left: 100,
            deep,
            asked: Arc::clone(&asked),
        };
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        fs::create_dir_all(root.join("content/a/b")).unwrap();
        fs::create_dir_all(root.join("content/c")).unwrap();
        Self {
            _folder: folder,
            root,
            asked,
            watches: Watches::new(Box::new(small)),
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// What the kernel is asked for when the folders are listed again.
    fn follow(&mut self) -> Vec<String> {
        let targets = Targets::new(None, &BTreeSet::new());
        let survey = Survey::take(&self.root, &targets, false);
        self.watches.follow(&survey).unwrap();
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

#[test]
fn every_folder_is_watched_once() {
    let mut site = Site::new(false);
    assert_eq!(site.follow(), ["+root", "+content", "+a", "+b", "+c"]);
    assert_eq!(site.follow(), [""; 0]);
}

#[test]
fn where_the_kernel_can_one_watch_serves_all_below() {
    let mut site = Site::new(true);
    assert_eq!(site.follow(), ["+root", "++content"]);
}

#[test]
fn a_renamed_folder_ends_under_its_old_name_first() {
    let mut site = Site::new(false);
    site.follow();
    fs::rename(site.path("content/a"), site.path("content/d")).unwrap();
    assert_eq!(site.follow(), ["-a", "-b", "+d", "+b"]);
}

#[test]
fn another_folder_of_the_same_name_is_watched_afresh() {
    let mut site = Site::new(false);
    site.follow();
    fs::rename(site.path("content/c"), site.path("old")).unwrap();
    fs::create_dir(site.path("content/c")).unwrap();
    assert_eq!(site.follow(), ["-c", "+c"]);
}

#[test]
fn what_is_doubtful_is_watched_afresh_with_all_below() {
    let mut site = Site::new(false);
    site.follow();
    let (a, file) = (site.path("content/a"), site.path("content/a.md"));
    assert!(!site.watches.doubt(&file));
    assert!(site.watches.doubt(&a));
    assert_eq!(site.follow(), ["-a", "-b", "+a", "+b"]);
    site.watches.doubt_all();
    assert_eq!(site.follow().len(), 10);
}

/// A folder that was renamed while it was listed stands under both names.
#[test]
fn both_names_of_one_folder_are_doubtful_together() {
    let mut site = Site::new(false);
    site.follow();
    let c = site.path("content/c");
    let identity = site.watches.armed[&c];
    let d = site.path("content/d");
    fs::rename(&c, &d).unwrap();
    site.watches.armed.insert(d.clone(), identity);
    site.watches.doubt(&c);
    assert_eq!(site.follow(), ["-c", "-d", "+d"]);
}

#[test]
fn at_the_limit_it_says_so_and_polls() {
    let site = Site::new(false);
    let asked = Arc::clone(&site.asked);
    let open: Open = Box::new(move |_| {
        Ok(Box::new(Small {
            left: 3,
            deep: false,
            asked,
        }))
    });
    polls_after(&site, open, "fs.inotify.max_user_watches");
}

#[test]
fn without_a_queue_it_says_so_and_polls() {
    for (error, setting) in [
        (24, "fs.inotify.max_user_instances"),
        (38, "not implemented"),
    ] {
        let site = Site::new(false);
        let open: Open = Box::new(move |_| {
            let error = notify::Error::io(io::Error::from_raw_os_error(error));
            Err(refusal(&error, Limit::Instances))
        });
        polls_after(&site, open, setting);
    }
}

/// The limit may also be reached later, by a new folder.
#[test]
fn at_the_limit_amidst_watching_it_polls() {
    let site = Site::new(false);
    let asked = Arc::clone(&site.asked);
    let (sender, outbox) = std::sync::mpsc::channel();
    let open: Open = Box::new(move |messages| {
        sender.send(messages).unwrap();
        Ok(Box::new(Small {
            left: 6,
            deep: false,
            asked,
        }))
    });
    let (sender, hints) = std::sync::mpsc::channel();
    let sink = move |hint| drop(sender.send(hint));
    let watcher = Watcher::start_with(options(&site), open, sink).unwrap();
    let messages: Sender<Message> = outbox.recv().unwrap();
    let next = || hints.recv_timeout(Duration::from_secs(30)).unwrap();
    fs::create_dir_all(site.path("content/new/new")).unwrap();
    let came = super::super::seen::Seen::Came(site.path("content/new"));
    messages.send(Message::Seen(came)).unwrap();
    assert!(matches!(next(), Hint::Note(note) if note.contains("max_user_watches")));
    assert_eq!(next(), Hint::Rescan);
    fs::write(site.path("content/new/new/x.md"), "x").unwrap();
    assert!(told(next(), "content/new/new/x.md"));
    watcher.stop();
}

fn options(site: &Site) -> WatchOptions {
    WatchOptions {
        poll_interval: Duration::from_millis(20),
        ..WatchOptions::new(&site.root)
    }
}

fn told(hint: Hint, path: &str) -> bool {
    matches!(hint, Hint::Changed(paths) if paths.contains(&SitePath::new(path).unwrap()))
}

fn polls_after(site: &Site, open: Open, setting: &str) {
    let (sender, hints) = std::sync::mpsc::channel();
    let sink = move |hint| drop(sender.send(hint));
    let watcher = Watcher::start_with(options(site), open, sink).unwrap();
    let next = || hints.recv_timeout(Duration::from_secs(30)).unwrap();
    let note = next();
    assert!(
        matches!(&note, Hint::Note(note) if note.contains(setting)),
        "{note:?}"
    );
    fs::write(site.path("content/a/b/x.md"), "x").unwrap();
    assert!(told(next(), "content/a/b/x.md"));
    watcher.stop();
}
