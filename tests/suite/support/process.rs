//! Building a case with the real program, on a disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::case::Case;
use super::diff;
use super::run::{Built, Files};

/// What differs between the build in memory and the program's, published into a folder.
pub(crate) fn check(case: &Case, built: &Built) -> Vec<String> {
    let site = tempfile::tempdir().unwrap();
    write_tree(site.path(), &case.first.files);
    let mut command = Command::new(env!("CARGO_BIN_EXE_silabus"));
    command
        .args([
            "build",
            "--format",
            "short",
            "--now",
            &case.args.now,
            "--root",
        ])
        .arg(site.path());
    command.args(case.args.drafts.then_some("--drafts"));
    command.args(case.args.deny_warnings.then_some("--deny-warnings"));
    if let Some(url) = &case.args.base_url {
        command.args(["--base-url", url]);
    }
    let output = command.output().unwrap();
    let mut wrong = Vec::new();
    let code = output.status.code();
    if code != Some(i32::from(built.failed)) {
        wrong.push(format!("the program ends with {code:?}"));
    }
    let said: String = built.said.iter().map(|said| said.short() + "\n").collect();
    let printed = String::from_utf8_lossy(&output.stderr);
    if said != printed {
        wrong.push(format!(
            "the program says something else:\n{}",
            diff::lines(&said, &printed)
        ));
    }
    wrong.extend(compare(
        &built.files,
        &read_tree(&site.path().join("public")),
    ));
    wrong
}

/// Writes files below a folder.
pub(crate) fn write_tree(root: &Path, files: &Files) {
    for (path, bytes) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The files of a published site, with `public/` in front, the program's own dotfiles left out.
fn read_tree(folder: &Path) -> Files {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
    {
        let inside = entry.path().strip_prefix(folder).unwrap().to_str().unwrap();
        if !inside.starts_with(".silabus") {
            files.insert(format!("public/{inside}"), fs::read(entry.path()).unwrap());
        }
    }
    files
}

fn compare(expected: &Files, actual: &Files) -> Vec<String> {
    let mut wrong = Vec::new();
    let (names, found) = (super::check::list(expected), super::check::list(actual));
    if names != found {
        wrong.push(format!(
            "the program publishes other files:\n{}",
            diff::lines(&names, &found)
        ));
    }
    let odd = expected
        .iter()
        .filter(|(path, bytes)| actual.get(*path).is_some_and(|other| other != *bytes));
    wrong.extend(odd.map(|(path, _)| format!("the program publishes other bytes at {path}")));
    wrong
}
