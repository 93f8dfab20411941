//! New files that would lie where something foreign lies.
//!
//! A foreign file with the same bytes is taken over. One with other bytes is an error that names
//! it; with `force` the new file replaces it. A foreign folder in place of a file, and a foreign
//! file in place of a folder, are always an error: both cannot be there, and nothing foreign is
//! deleted.

use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use super::commit::Staged;
use super::error::PublishError;
use super::folder::{self, folders_of};
use super::survey::Foreign;
use crate::base::Fingerprint;

/// Holds the new files, sorted by path, against what is foreign in the live folder.
pub(super) fn check(
    new: &[Staged],
    foreign: &Foreign,
    live: &OwnedFd,
    force: bool,
    output: &Path,
) -> Result<(), PublishError> {
    let ground = Ground { new, live, force };
    for path in foreign.files.iter().chain(&foreign.others) {
        match ground.clash(path) {
            Ok(None) => {}
            Ok(Some(place)) => return Err(refused(&output.join(path), place)),
            Err(error) => return Err(PublishError::machine("read", &output.join(path), error)),
        }
    }
    Ok(())
}

fn refused(path: &Path, place: &str) -> PublishError {
    let shown = path.display();
    let cause = format!("`{shown}` was not written by silabus, and the site needs `{place}`");
    let fix = "move it away, or publish elsewhere with --output-dir (--force replaces files)";
    PublishError::refused(path, cause, fix)
}

struct Ground<'a> {
    new: &'a [Staged],
    live: &'a OwnedFd,
    force: bool,
}

impl<'a> Ground<'a> {
    /// The new file that a foreign entry is in the way of.
    fn clash(&self, foreign: &str) -> io::Result<Option<&'a str>> {
        if let Some(new) = folders_of(foreign).find_map(|folder| self.find(folder)) {
            return Ok(Some(&new.path));
        }
        if let Some(new) = self.find(foreign)
            && self.bars_file(new)?
        {
            return Ok(Some(&new.path));
        }
        for new in self.below(&format!("{foreign}/")) {
            if self.bars(new, foreign.len())? {
                return Ok(Some(&new.path));
            }
        }
        Ok(None)
    }

    fn find(&self, path: &str) -> Option<&'a Staged> {
        let found = self.new.binary_search_by(|new| new.path.as_str().cmp(path));
        found.ok().map(|at| &self.new[at])
    }

    fn below(&self, prefix: &str) -> impl Iterator<Item = &'a Staged> {
        let first = self.new.partition_point(|new| new.path.as_str() < prefix);
        self.new[first..]
            .iter()
            .take_while(move |new| new.path.starts_with(prefix))
    }

    /// Whether a new file finds no way through a foreign folder, whose path has `length` bytes.
    fn bars(&self, new: &Staged, length: usize) -> io::Result<bool> {
        for folder in folders_of(&new.path).take_while(|folder| folder.len() >= length) {
            let there = folder::look(self.live, folder)?;
            if there.is_some_and(|stat| !folder::is_folder(&stat)) {
                return Ok(true);
            }
        }
        self.bars_file(new)
    }

    fn bars_file(&self, new: &Staged) -> io::Result<bool> {
        match folder::look(self.live, new.path.as_str())? {
            None => Ok(false),
            Some(stat) if !folder::is_file(&stat) => Ok(true),
            Some(_) if self.force => Ok(false),
            Some(_) => {
                let bytes = folder::read(self.live, new.path.as_str())?;
                Ok(bytes.is_some_and(|bytes| Fingerprint::of(bytes) != new.entry.print))
            }
        }
    }
}
