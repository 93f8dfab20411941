//! Finishing and clearing away what an interrupted run left. It runs under the lock, so that
//! whatever lies there belongs to a dead process.

use std::collections::BTreeSet;
use std::path::Path;

use rustix::io::Errno;

use super::error::PublishError;
use super::journal::{self, Journal};
use super::place::Place;
use super::sweep::sweep;
use super::{folder, incoming, manifest};

/// Rolls an unfinished journal forward and removes dead stages, in either place that they may
/// lie in; what an author should know of it.
pub(super) fn recover(place: &Place, output: &Path) -> Result<Vec<String>, PublishError> {
    let mut notes = recover_in(place, output)?;
    if !place.inside && output.is_dir() {
        notes.extend(recover_in(&Place::inside(output)?, output)?);
    }
    Ok(notes)
}

fn recover_in(place: &Place, output: &Path) -> Result<Vec<String>, PublishError> {
    let failed = |errno: Errno| PublishError::machine("clean up beside", output, errno);
    let mut notes = Vec::new();
    if let Some(journal) = journal::find(place)? {
        finish(&journal, place, output)?;
        notes.push(format!(
            "finished publishing to `{}`, which an earlier build had begun",
            output.display()
        ));
    }
    journal::remove(place).map_err(failed)?;
    clear_inside(output).map_err(failed)?;
    for stage in dead_stages(place).map_err(failed)? {
        // One that cannot be removed is a nuisance, but no reason not to publish.
        match sweep(place, &stage, output) {
            Ok(note) => notes.extend(note),
            Err(error) => notes.push(error.to_string()),
        }
    }
    Ok(notes)
}

fn finish(journal: &Journal, place: &Place, output: &Path) -> Result<(), PublishError> {
    match folder::open(output) {
        Ok(live) => journal.apply(place, &live, output),
        // Someone removed the folder: there is nothing to finish.
        Err(Errno::NOENT) => Ok(()),
        Err(errno) => Err(PublishError::machine("open the folder", output, errno)),
    }
}

/// Removes what lies in the output folder itself while a site is published file by file.
fn clear_inside(output: &Path) -> rustix::io::Result<()> {
    match folder::open(output) {
        Ok(live) => {
            incoming::clear(&live)?;
            folder::unlink(&live, manifest::NEXT).map(drop)
        }
        Err(Errno::NOENT) => Ok(()),
        Err(errno) => Err(errno),
    }
}

/// The stages in a place, by folder or by ledger: `stage-12` of `.public.silabus-stage-12.log`.
fn dead_stages(place: &Place) -> rustix::io::Result<BTreeSet<String>> {
    let (_, names) = folder::list(folder::open_in(&place.folder, ".")?)?;
    let stage = |name| {
        let what: &str = place.what(name)?;
        let stage = what.strip_suffix(".log").unwrap_or(what);
        let number = stage.strip_prefix("stage-")?;
        let ours = number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
        ours.then(|| stage.to_owned())
    };
    Ok(names.iter().filter_map(|(name, _)| stage(name)).collect())
}
