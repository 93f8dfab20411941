//! Publication file by file, for folders that cannot be exchanged: what is to be done is noted
//! in a journal, then done.

use std::collections::HashSet;
use std::os::fd::OwnedFd;

use super::commit::{Result, Staged, is_as_noted, manifest_of};
use super::error::PublishError;
use super::folder::folders_of;
use super::journal::{self, Journal};
use super::manifest::Manifest;
use super::{Phase, Publisher, incoming};

impl Publisher {
    /// Publishes the stage file by file; `why` says what forbids one step.
    pub(super) fn go_file_by_file(
        &mut self,
        new: &[Staged],
        phase: impl Fn(&str) -> Phase,
        why: &str,
    ) -> Result<()> {
        let output = self.output.clone();
        let Some(live) = self.live.take() else {
            return Ok(());
        };
        if self.require_atomic {
            let shown = output.display();
            let cause = format!("`{shown}` cannot be published in one step: {why}");
            let fix = "publish without --require-atomic, or to another folder";
            return Err(PublishError::refused(&output, cause, fix));
        }
        let incoming = incoming::is_needed(&self.stage, &live)
            .map_err(|error| self.failed("write in the folder", error))?;
        let puts = self.puts(new, &live, phase);
        if incoming {
            incoming::bring(&self.stage, &live, &puts, &output)?;
        }
        let journal = self.journal(new, &puts, incoming);
        self.play(&journal, &live)
    }

    /// The files that differ from the live ones, in the order in which they are put in place.
    pub(super) fn puts<'a>(
        &self,
        new: &'a [Staged],
        live: &OwnedFd,
        phase: impl Fn(&str) -> Phase,
    ) -> Vec<&'a Staged> {
        // Looked at again: it may be a while since a file was found the same.
        let same = |file: &Staged| file.same && is_as_noted(live, &file.path, &file.entry);
        let mut puts: Vec<&Staged> = new.iter().filter(|file| !same(file)).collect();
        puts.sort_by_key(|file| phase(&file.path));
        puts
    }

    pub(super) fn journal(&self, new: &[Staged], puts: &[&Staged], incoming: bool) -> Journal {
        let (clear, delete) = gone(&self.old, new);
        Journal {
            stage: self.stage.what.clone(),
            incoming,
            clear,
            put: puts.iter().map(|file| file.path.clone()).collect(),
            delete,
            manifest: manifest_of(new),
        }
    }

    pub(super) fn play(&mut self, journal: &Journal, live: &OwnedFd) -> Result<()> {
        let place = &self.remains.place;
        if let Err(error) = journal.write(place) {
            let _ = incoming::clear(live);
            return Err(self.failed("write the journal of", error));
        }
        self.remains.needed = true;
        let half = |mut error: PublishError| {
            error
                .cause
                .push_str("; the live site is half old, half new");
            error.fix.push_str("; the next build finishes it");
            error
        };
        journal.apply(place, live, &self.output).map_err(half)?;
        // The site is live. What goes wrong now is mended by the next run, which finds a journal
        // whose steps have all been taken, or numbered files.
        let _ = journal::remove(place).and_then(|()| incoming::clear(live));
        self.remains.needed = false;
        Ok(())
    }
}

/// The old files that the new site does not have: those in the way of a new one, and the rest.
///
/// In the way is a file where a folder must be, a file in a folder where a file must be, and a
/// name that differs only in case, which some file systems hold for the same.
fn gone(old: &Manifest, new: &[Staged]) -> (Vec<String>, Vec<String>) {
    let paths: HashSet<&str> = new.iter().map(|file| file.path.as_str()).collect();
    let folders: HashSet<&str> = paths.iter().flat_map(|path| folders_of(path)).collect();
    let folded: HashSet<String> = paths.iter().map(|path| path.to_lowercase()).collect();
    let in_the_way = |path: &String| {
        folders.contains(path.as_str())
            || folders_of(path).any(|folder| paths.contains(folder))
            || folded.contains(&path.to_lowercase())
    };
    let mut gone: Vec<String> = old.files.keys().cloned().collect();
    gone.retain(|path| !paths.contains(path.as_str()));
    gone.sort_unstable();
    gone.into_iter().partition(in_the_way)
}

#[cfg(test)]
mod tests {
    use super::super::manifest::Entry;
    use super::*;
    use crate::base::Fingerprint;

    #[test]
    fn what_is_in_the_way_goes_first() {
        let entry = Entry {
            size: 0,
            print: Fingerprint::default(),
            mtime: 0,
        };
        let old = ["a", "b/c", "D.html", "e", "same"].map(|path| (path.to_owned(), entry));
        let files = old.into_iter().collect();
        let staged = |path: &str| Staged {
            path: path.to_owned(),
            entry,
            same: false,
        };
        let new = ["a/x", "b", "d.html", "same"].map(staged);
        let (clear, delete) = gone(&Manifest { files }, &new);
        assert_eq!(clear, ["D.html", "a", "b/c"]);
        assert_eq!(delete, ["e"]);
    }
}
