//! What the documents name is there: every code of a diagnostic in `docs/guide/errors.md`, and
//! every test that `docs/reliability.md` promises.

#![expect(
    clippy::disallowed_methods,
    reason = "a test that reads the source tree"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Texts in quotes that look like codes and are none.
const OTHER_WORDS: [&str; 15] = [
    "allow-host",
    "ascii-art",
    "content-type",
    "continue-reading",
    "cross-origin-resource-policy",
    "cuma-cuma",
    "e-mail",
    "missing-alt",
    "no-store",
    "same-origin",
    "sec-fetch-site",
    "server-timing",
    "sh-session",
    "shell-session",
    "silabus-watch",
];

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn document(name: &str) -> String {
    text(&Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
}

/// The Rust files below a folder of the repository.
fn sources(folder: &str) -> Vec<PathBuf> {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).unwrap_or_else(|error| panic!("{error}"));
            open.extend(entries.flatten().map(|entry| entry.path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The program's own text without its tests.
fn program() -> String {
    let is_test = |path: &PathBuf| {
        path.components()
            .any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs")
    };
    let files = sources("src").into_iter().filter(|path| !is_test(path));
    files
        .map(|path| {
            let text = text(&path);
            let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
            text[..end].to_owned()
        })
        .collect()
}

/// What stands between two marks on a line, over and over.
fn between(text: &str, mark: char) -> impl Iterator<Item = &str> {
    text.lines()
        .flat_map(move |line| line.split(mark).skip(1).step_by(2))
}

/// Small words with hyphens between them.
fn is_code(text: &str) -> bool {
    text.contains('-')
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The codes of the first column of the tables.
fn documented() -> BTreeSet<String> {
    let page = document("docs/guide/errors.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split('|').next())
        .flat_map(|cell| {
            let cell = format!("`{cell}");
            between(&cell, '`').map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn every_code_is_documented() {
    let known = documented();
    let program = program();
    let unknown: BTreeSet<&str> = between(&program, '"')
        .filter(|word| is_code(word) && !known.contains(*word) && !OTHER_WORDS.contains(word))
        .collect();
    assert!(
        unknown.is_empty(),
        "not in docs/guide/errors.md, or no codes: {unknown:?}"
    );
}

#[test]
fn every_documented_code_is_used() {
    let program = program();
    let gone: Vec<String> = documented()
        .into_iter()
        .filter(|code| is_code(code) && !program.contains(&format!("\"{code}\"")))
        .collect();
    assert!(gone.is_empty(), "no code of the program: {gone:?}");
}

#[test]
fn every_promised_test_is_there() {
    let page = document("docs/reliability.md");
    let tests: String = ["src", "tests"]
        .into_iter()
        .flat_map(sources)
        .map(|path| text(&path))
        .collect();
    let missing: Vec<&str> = between(&page, '`')
        .filter(|name| name.contains('_') && *name != "unsafe_code")
        .filter(|name| {
            name.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        })
        .filter(|name| !tests.contains(&format!("fn {name}(")))
        .collect();
    assert!(missing.is_empty(), "no such tests: {missing:?}");
}
