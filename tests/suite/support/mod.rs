//! The harness of the suite: reads cases, builds them, and says what differs.

mod archive;
mod case;
mod check;
mod defaults;
mod diff;
mod edits;
pub(crate) mod examples;
mod injection;
mod invariants;
mod markers;
#[path = "../../equality/outlet.rs"]
pub(crate) mod outlet;
mod picture;
mod process;
mod run;
mod shape;
mod update;

use std::fs;
use std::path::{Path, PathBuf};

use case::Case;
use invariants::Pools;

/// The text files of all cases below `folder`, by path.
pub(crate) fn cases(folder: &Path) -> Vec<PathBuf> {
    let found = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .flatten();
    found
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|ending| ending == "txt")
        })
        .map(walkdir::DirEntry::into_path)
        .collect()
}

/// Runs one case; what is wrong with it, in words.
pub(crate) fn run(path: &Path, pools: &Pools, update: bool) -> Vec<String> {
    run_text(path, pools, update).unwrap_or_else(|words| vec![words])
}

fn run_text(path: &Path, pools: &Pools, update: bool) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let mut case = Case::parse(&text)?;
    let known_bug = case.args.known_bug.clone();
    if update && known_bug.is_none() && !case.args.payloads {
        let updated = update::updated(&case, &edits::outcomes(&case, pools));
        if updated != text {
            fs::write(path, &updated).map_err(|error| error.to_string())?;
        }
        case = Case::parse(&updated)?;
    }
    let wrong = run_case(&case, pools)?;
    Ok(match known_bug {
        Some(bug) if wrong.is_empty() => vec![format!("mended: take `known_bug = {bug}` out")],
        Some(_) => Vec::new(),
        None => wrong,
    })
}

fn run_case(case: &Case, pools: &Pools) -> Result<Vec<String>, String> {
    if case.args.payloads {
        return Ok(injection::check(&case.first.files, &case.args, pools));
    }
    if case.expects_nothing() {
        return Err("the case expects nothing".to_owned());
    }
    let outcomes = edits::outcomes(case, pools);
    let built = &outcomes[0].built;
    let (first, args) = (&case.first, &case.args);
    let mut wrong = check::check(first, built);
    wrong.extend(invariants::check(&first.files, args, built, pools));
    if args.process {
        wrong.extend(process::check(case, built));
    }
    wrong.extend(edits::check(case, &outcomes, pools));
    Ok(wrong)
}

/// The threads of a run.
pub(crate) fn pools() -> Pools {
    Pools::new()
}

/// The files of a case as it is written, and after each of its edits.
#[allow(dead_code, reason = "what a test of its own goes over all sites with")]
pub(crate) fn sites(path: &Path) -> Vec<run::Files> {
    let text = fs::read_to_string(path).unwrap();
    let case = Case::parse(&text).unwrap();
    let edits = case.edits.into_iter().map(|edit| edit.files);
    std::iter::once(case.first.files).chain(edits).collect()
}
