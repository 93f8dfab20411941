//! `UPDATE=1`: writes what came into the case as what is expected.

use super::case::{Case, unescape};
use super::check::{list, written};
use super::markers::{self, Marker};
use super::run::{Built, Said};

/// The case's text with the expectations that `built` meets. Lines of `expect-contains` and
/// `expect-missing` are an author's; markers that fit stay as they are written.
pub(crate) fn updated(case: &Case, built: &Built) -> String {
    let markers = fitting(case, &built.said);
    let mut archive = case.archive.clone();
    for entry in &mut archive.entries {
        if let Some(path) = entry.name.strip_prefix("expect: ") {
            if let Some(bytes) = built.files.get(&unescape(path)) {
                entry.body = written(bytes);
            }
        } else if entry.name == "expect-files" {
            entry.body = list(&built.files) + "\n";
        } else if case.files.contains_key(&unescape(&entry.name)) {
            let path = unescape(&entry.name);
            let mine: Vec<Marker> = of_path(&markers, Some(&path));
            entry.body = markers::write(&markers::strip(&path, &entry.body).0, &mine);
        }
    }
    let written: Vec<&str> = archive
        .entries
        .iter()
        .map(|entry| entry.name.as_str())
        .collect();
    let homeless = markers.iter().filter(|marker| match &marker.path {
        None => true,
        Some(path) => !written.iter().any(|name| unescape(name) == *path),
    });
    let lines: String = homeless.map(|marker| marker.as_listed() + "\n").collect();
    archive.entries.retain(|entry| entry.name != "diagnostics");
    if !lines.is_empty() {
        archive.entries.push(super::archive::Entry {
            name: "diagnostics".to_owned(),
            body: lines,
        });
    }
    archive.print()
}

fn of_path(markers: &[Marker], path: Option<&str>) -> Vec<Marker> {
    markers
        .iter()
        .filter(|marker| marker.path.as_deref() == path)
        .cloned()
        .collect()
}

/// A marker for everything that was said: the one that is there, or a new one.
fn fitting(case: &Case, said: &[Said]) -> Vec<Marker> {
    let mut known = case.markers.clone();
    let one = |said: &Said| match known.iter().position(|marker| marker.fits(said)) {
        Some(at) => known.remove(at),
        None => Marker {
            path: said.marked_path.clone(),
            line: said.line,
            column: Some(said.column),
            words: said.words(),
        },
    };
    said.iter().map(one).collect()
}
