//! Tiny whole sites, one text file each: `tests/suite/README.md` describes the format.
//!
//! `SUITE=links cargo test --test suite` runs the cases with `links` in their path;
//! `UPDATE=1` writes what came as what is expected.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests write files and start the program"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up shall fail"
)]

#[path = "suite/support/mod.rs"]
mod support;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

#[test]
fn every_case_of_the_suite() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let wanted = env::var("SUITE").unwrap_or_default();
    let update = env::var_os("UPDATE").is_some_and(|value| value == "1");
    let cases = support::cases(&folder);
    let pools = support::pools();
    let chosen: Vec<_> = cases
        .iter()
        .filter(|path| path.to_string_lossy().contains(&wanted))
        .collect();
    assert!(!chosen.is_empty(), "no case has {wanted:?} in its path");
    let failures = each(&chosen, |path| {
        let wrong = support::run(path, &pools, update);
        let name = path.strip_prefix(&folder).unwrap_or(path).display();
        (!wrong.is_empty()).then(|| format!("== {name}\n{}", wrong.join("\n")))
    });
    let (bad, all) = (failures.len(), chosen.len());
    assert!(
        failures.is_empty(),
        "{bad} of {all} cases fail\n\n{}\n",
        failures.join("\n\n")
    );
}

/// Looks at all cases side by side, on threads of their own: a worker of a pool that waits for a
/// case would take the next one meanwhile, on top of it, until its stack is full.
fn each(cases: &[&PathBuf], look: impl Fn(&PathBuf) -> Option<String> + Sync) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let work = || {
        let taken = || cases.get(next.fetch_add(1, Ordering::Relaxed));
        std::iter::from_fn(taken)
            .filter_map(|path| look(path))
            .collect::<Vec<_>>()
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut failures: Vec<String> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let done = running.into_iter().map(|thread| thread.join().unwrap());
        done.flatten().collect()
    });
    failures.sort();
    failures
}

/// The file from which `silabus explain` takes its examples.
const EXAMPLES: &str = "src/cli/meaning/examples.txt";

#[test]
fn examples_of_codes_are_cases_of_the_suite() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = support::examples::all(&support::cases(&root.join("tests/suite")));
    let path = root.join(EXAMPLES);
    if env::var_os("UPDATE").is_some_and(|value| value == "1") {
        fs::write(&path, support::examples::text(&all)).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    let blocks = known
        .split("\n\n")
        .filter_map(|block| block.split_once('\n'));
    let mut told = Vec::new();
    for (code, block) in blocks {
        let real = all
            .get(code)
            .is_some_and(|all| all.iter().any(|one| one.trim_end() == block.trim_end()));
        assert!(
            real,
            "{code} has no such case: UPDATE=1 writes {EXAMPLES} anew\n{block}"
        );
        told.push(code);
    }
    let lacks: Vec<&String> = all
        .keys()
        .filter(|code| !told.contains(&&***code))
        .collect();
    assert!(
        lacks.is_empty(),
        "{EXAMPLES} lacks {lacks:?}: UPDATE=1 writes it anew"
    );
}

/// Chapters of the guide whose codes are about what authors write.
const CHAPTERS: [&str; 7] = [
    "Front matter: syntax",
    "Front matter: values",
    "Prices",
    "Courses",
    "Careers",
    "The site",
    "Markdown",
];

/// Codes of these chapters without a case: too large for a text that people read, or words of the
/// filter `duration`, which is tested beside its code.
const ELSEWHERE: [&str; 6] = [
    "too-large",
    "markdown-more",
    "markdown-too-large",
    "duration-range",
    "duration-syntax",
    "duration-unit",
];

#[test]
fn every_code_about_content_has_a_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = support::cases(&root.join("tests/suite"));
    let texts: Vec<String> = cases
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let guide = fs::read_to_string(root.join("docs/guide/errors.md")).unwrap();
    let mut chapter = "";
    let mut codes = Vec::new();
    for line in guide.lines() {
        chapter = line.strip_prefix("### ").unwrap_or(chapter);
        let row = line.strip_prefix("| `").and_then(|row| row.split_once('|'));
        if let Some((named, _)) = row.filter(|_| CHAPTERS.contains(&chapter)) {
            codes.extend(named.split(", ").map(|code| code.trim_matches(['`', ' '])));
        }
    }
    assert!(codes.len() > 120, "{} codes", codes.len());
    codes.retain(|code| !ELSEWHERE.contains(code));
    codes.retain(|code| {
        !texts
            .iter()
            .any(|text| text.contains(&format!("[{code}]:")))
    });
    assert!(codes.is_empty(), "codes without a case: {codes:?}");
}
