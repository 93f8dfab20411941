//! What lies in an output folder that silabus did not write.

use std::collections::HashSet;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use rustix::fs::FileType;
use rustix::io::Result;

use super::folder;
use super::manifest::Manifest;
use super::place::RESERVED;

/// Foreign entries of an output folder, sorted.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Foreign {
    /// Regular files in its root: they can move along when the folders are exchanged.
    pub(super) files: Vec<String>,
    /// All else: folders, files in folders of ours, symlinks. They cannot. The path is for
    /// messages where it is no Unicode.
    pub(super) others: Vec<String>,
}

/// A survey that goes on while the site is rendered: reading ten thousand folders takes a while.
#[derive(Default)]
pub(super) enum Survey {
    /// There is nothing to look at.
    #[default]
    Empty,
    Running(JoinHandle<Result<Foreign>>),
    /// No thread was to be had, so it was done at once.
    Done(Result<Foreign>),
}

impl Survey {
    /// Begins to look at a live folder, if there is one.
    pub(super) fn begin(live: Option<&OwnedFd>, manifest: &Arc<Manifest>) -> Result<Self> {
        let Some(live) = live else {
            return Ok(Self::Empty);
        };
        // Opened anew, for a thread of its own to read from the beginning.
        let folder = folder::open_in(live, ".")?;
        let list = Arc::clone(manifest);
        let thread = thread::Builder::new().name("survey".to_owned());
        match thread.spawn(move || survey(folder, &list)) {
            Ok(thread) => Ok(Self::Running(thread)),
            Err(_) => Ok(Self::Done(survey(folder::open_in(live, ".")?, manifest))),
        }
    }

    /// Waits for its result.
    pub(super) fn finish(self) -> Result<Foreign> {
        match self {
            Self::Empty => Ok(Foreign::default()),
            Self::Done(found) => found,
            Self::Running(thread) => match thread.join() {
                Ok(found) => found,
                Err(panic) => std::panic::resume_unwind(panic),
            },
        }
    }
}

/// Looks through all folders of ours; foreign folders are not entered.
pub(super) fn survey(live: OwnedFd, manifest: &Manifest) -> Result<Foreign> {
    let mut foreign = Foreign::default();
    visit(live, "", manifest, &manifest.folders(), &mut foreign)?;
    foreign.files.sort_unstable();
    foreign.others.sort_unstable();
    Ok(foreign)
}

fn visit(
    here: OwnedFd,
    prefix: &str,
    manifest: &Manifest,
    folders: &HashSet<&str>,
    foreign: &mut Foreign,
) -> Result<()> {
    let (here, names) = folder::list(here)?;
    for (name, kind) in names {
        let unicode = name.to_str().is_some();
        let path = format!("{prefix}{}", name.to_string_lossy());
        let is_folder = kind == FileType::Directory;
        if prefix.is_empty() && path.starts_with(RESERVED) {
            continue;
        }
        if unicode && is_folder && folders.contains(path.as_str()) {
            let next = folder::open_in(here.fd()?.as_fd(), name.as_os_str())?;
            visit(next, &format!("{path}/"), manifest, folders, foreign)?;
        } else if unicode && !is_folder && manifest.files.contains_key(&path) {
            // Ours by its path, whatever was made of it since.
        } else if unicode && prefix.is_empty() && kind == FileType::RegularFile {
            foreign.files.push(path);
        } else {
            foreign.others.push(path);
        }
    }
    Ok(())
}
