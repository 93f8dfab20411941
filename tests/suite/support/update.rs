//! `UPDATE=1`: writes what came into the case as what is expected.

use super::archive::{Archive, Entry};
use super::case::{Case, Stage, unescape};
use super::check::{list, written};
use super::edits::Outcome;
use super::markers::{self, Marker};
use super::run::Said;

/// The case's text with the expectations that the builds meet, one for the site as it is written
/// and one for each edit. Lines of `expect-contains` and `expect-missing` are an author's; markers
/// that fit stay as they are written.
pub(crate) fn updated(case: &Case, outcomes: &[Outcome]) -> String {
    let (own, edits) = case.archive.stages();
    let stages = std::iter::once((&case.first, own)).chain(case.edits.iter().zip(edits));
    let mut archive = Archive {
        comment: case.archive.comment.clone(),
        entries: Vec::new(),
    };
    let mut standing = Vec::new();
    for ((stage, entries), outcome) in stages.zip(outcomes) {
        archive
            .entries
            .extend(renewed(stage, entries, outcome, &mut standing));
    }
    archive.print()
}

/// The sections of one stage. `standing` are the markers in files as they are by now: what is
/// still wrong with a file that an edit leaves alone is written there already.
fn renewed(
    stage: &Stage,
    entries: &[Entry],
    outcome: &Outcome,
    standing: &mut Vec<Marker>,
) -> Vec<Entry> {
    let built = &outcome.built;
    let markers = fitting(stage, &built.said);
    let mut entries = entries.to_vec();
    for entry in &mut entries {
        if let Some(path) = entry.name.strip_prefix("expect: ") {
            if let Some(bytes) = built.files.get(&unescape(path)) {
                entry.body = written(bytes);
            }
        } else if entry.name == "expect-files" {
            entry.body = list(&built.files) + "\n";
        } else if entry.name == "work" {
            let told = |line: &&String| !built.failed || line.starts_with("parsed: ");
            let work = outcome.work.iter().filter(told);
            entry.body = work.map(|line| line.clone() + "\n").collect();
        } else if stage.files.contains_key(&unescape(&entry.name)) {
            let path = unescape(&entry.name);
            let mine: Vec<Marker> = of_path(&markers, Some(&path));
            entry.body = markers::write(&markers::strip(&path, &entry.body).0, &mine);
        }
    }
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    let written = |marker: &Marker| {
        let path = marker.path.as_deref();
        names
            .iter()
            .any(|name| Some(unescape(name).as_str()) == path)
    };
    standing.retain(|marker| !written(marker));
    let homeless: Vec<&Marker> = markers
        .iter()
        .filter(|marker| !written(marker) && !standing.iter().any(|one| one.same(marker)))
        .collect();
    standing.extend(markers.iter().filter(|marker| written(marker)).cloned());
    let lines: String = homeless
        .iter()
        .map(|marker| marker.as_listed() + "\n")
        .collect();
    entries.retain(|entry| entry.name != "diagnostics");
    if !lines.is_empty() {
        entries.push(Entry {
            name: "diagnostics".to_owned(),
            body: lines,
        });
    }
    entries
}

fn of_path(markers: &[Marker], path: Option<&str>) -> Vec<Marker> {
    markers
        .iter()
        .filter(|marker| marker.path.as_deref() == path)
        .cloned()
        .collect()
}

/// A marker for everything that was said: the one that is there, or a new one.
fn fitting(stage: &Stage, said: &[Said]) -> Vec<Marker> {
    let mut known = stage.markers.clone();
    let one = |said: &Said| match known.iter().position(|marker| marker.fits(said)) {
        Some(at) => known.remove(at),
        None => Marker {
            path: said.marked_path.clone(),
            line: said.line,
            column: Some(said.column),
            words: said.words(),
            marked: false,
        },
    };
    said.iter().map(one).collect()
}
