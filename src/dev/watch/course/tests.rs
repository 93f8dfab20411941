//! The races between a new folder and its watch, played by a kernel that takes its time.

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use super::super::Watcher;
use super::super::kernel::{Kernel, Unwatched};
use super::*;

/// How deep the folders become.
const DEPTH: usize = 20;

/// What was watched and what was told, in order.
type Log = Arc<Mutex<Vec<Entry>>>;

#[derive(Clone, Debug)]
enum Entry {
    Watched(PathBuf),
    Told(Hint),
}

/// Whenever it is asked to watch a folder `deep…`, somebody has just made another one in it.
struct Late(Log);

impl Kernel for Late {
    fn watch(&mut self, folder: &Path, _: bool) -> Result<(), Unwatched> {
        let depth = folder
            .components()
            .filter(|part| part.as_os_str() == "deep");
        let depth = depth.count();
        if (1..DEPTH).contains(&depth) {
            fs::create_dir(folder.join("deep")).unwrap();
        }
        let entry = Entry::Watched(folder.to_owned());
        self.0.lock().unwrap().push(entry);
        Ok(())
    }

    fn unwatch(&mut self, _: &Path) {}

    fn prefers_deep(&self) -> bool {
        false
    }
}

/// Whether the folder was told after it was watched: what was put into it before is seen by
/// whoever looks then.
fn told_since(log: &[Entry], root: &Path, folder: &Path) -> bool {
    let watched = log
        .iter()
        .position(|entry| matches!(entry, Entry::Watched(path) if path == folder));
    let since = watched.map_or(&[][..], |at| &log[at..]);
    since.iter().any(|entry| match entry {
        Entry::Told(Hint::Changed(paths)) => paths
            .iter()
            .any(|path| folder.starts_with(root.join(path.as_str()))),
        Entry::Told(Hint::Rescan) => true,
        _ => false,
    })
}

#[test]
fn a_folder_is_told_after_it_is_watched_however_fast_it_came() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    fs::create_dir(root.join("content")).unwrap();
    let (log, kernels) = (Log::default(), mpsc::channel());
    let (kernel_log, sink_log) = (Arc::clone(&log), Arc::clone(&log));
    let open: Open = Box::new(move |outbox| {
        kernels.0.send(outbox).unwrap();
        Ok(Box::new(Late(kernel_log)))
    });
    let (told, hints) = mpsc::channel();
    let sink = move |hint| {
        sink_log.lock().unwrap().push(Entry::Told(hint));
        let _ = told.send(());
    };
    let mut options = WatchOptions::new(&root);
    // Hints are given as soon as they can be, between one listing of folders and the next.
    (options.settle, options.burst_settle) = (Duration::ZERO, Duration::ZERO);
    let watcher = Watcher::start_with(options, open, sink).unwrap();
    let first = root.join("content/deep");
    fs::create_dir(&first).unwrap();
    let outbox = kernels.1.recv().unwrap();
    outbox.send(Message::Seen(Seen::Came(first))).unwrap();
    let all: Vec<PathBuf> = (1..=DEPTH)
        .map(|depth| root.join("content").join(vec!["deep"; depth].join("/")))
        .collect();
    let done = || {
        let log = log.lock().unwrap();
        all.iter().all(|folder| told_since(&log, &root, folder))
    };
    while !done() {
        let next = hints.recv_timeout(Duration::from_secs(10));
        assert!(next.is_ok(), "{:?}", log.lock().unwrap());
    }
    watcher.stop();
}
