//! What a build gave against what the case expects.

use super::case::{Expectation, Stage};
use super::diff;
use super::run::{Built, Files, Said};

/// Ends an expectation whose file has no line break at its end.
pub(crate) const NO_NEWLINE: &str = "\\ no line break at the end\n";

/// Everything that differs, in words.
pub(crate) fn check(case: &Stage, built: &Built) -> Vec<String> {
    let mut wrong = diagnostics(case, &built.said);
    if built.failed && wrong.is_empty() && !only_about_failure(case) {
        wrong.push("the build failed, so nothing was published".to_owned());
    }
    if !built.failed || !wrong.is_empty() {
        wrong.extend(
            case.expected
                .iter()
                .filter_map(|one| output(one, &built.files)),
        );
    }
    wrong
}

/// A case that fails on purpose expects no output.
fn only_about_failure(case: &Stage) -> bool {
    case.expected
        .iter()
        .all(|one| matches!(one, Expectation::Missing(_)))
}

fn diagnostics(case: &Stage, said: &[Said]) -> Vec<String> {
    let mut left: Vec<&Said> = said.iter().collect();
    let mut wrong = Vec::new();
    for marker in &case.markers {
        match left.iter().position(|said| marker.fits(said)) {
            Some(at) => {
                left.remove(at);
            }
            None => {
                let place = marker.path.as_deref().map_or_else(String::new, |path| {
                    let column = marker
                        .column
                        .map_or_else(String::new, |column| format!(":{column}"));
                    format!("{path}:{}{column}: ", marker.line)
                });
                wrong.push(format!(
                    "expected, but not said:\n    - {place}{}",
                    marker.words
                ));
            }
        }
    }
    wrong.extend(
        left.iter()
            .map(|said| format!("said, but not expected:\n    + {}", said.full())),
    );
    wrong
}

fn output(expectation: &Expectation, files: &Files) -> Option<String> {
    match expectation {
        Expectation::Exact(path, expected) => exact(path, expected, files),
        Expectation::Contains(path, lines) => contains(path, lines, files),
        Expectation::Lacks(path, texts) => lacks(path, texts, files),
        Expectation::Missing(paths) => {
            let found: Vec<&String> = paths
                .iter()
                .filter(|path| files.contains_key(*path))
                .collect();
            (!found.is_empty()).then(|| format!("published, but should not be: {found:?}"))
        }
        Expectation::Files(expected) => {
            let (expected, actual) = (expected.join("\n"), list(files));
            (expected != actual)
                .then(|| format!("the files differ:\n{}", diff::lines(&expected, &actual)))
        }
    }
}

/// The paths of all files, one a line.
pub(crate) fn list(files: &Files) -> String {
    files.keys().cloned().collect::<Vec<_>>().join("\n")
}

/// A file as an expectation writes it.
pub(crate) fn written(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
        text.push_str(NO_NEWLINE);
    }
    text
}

fn find<'a>(path: &str, files: &'a Files) -> Result<&'a Vec<u8>, String> {
    let path = super::case::unescape(path);
    files
        .get(&path)
        .ok_or_else(|| format!("{path} is not published; these are:\n{}", list(files)))
}

fn exact(path: &str, expected: &str, files: &Files) -> Option<String> {
    match find(path, files) {
        Err(words) => Some(words),
        Ok(bytes) => {
            let actual = written(bytes);
            (actual != expected)
                .then(|| format!("{path} differs:\n{}", diff::lines(expected, &actual)))
        }
    }
}

fn contains(path: &str, lines: &[String], files: &Files) -> Option<String> {
    let bytes = match find(path, files) {
        Ok(bytes) => bytes,
        Err(words) => return Some(words),
    };
    let text = String::from_utf8_lossy(bytes);
    let mut rest = &*text;
    for line in lines {
        match rest.find(line.trim()) {
            Some(at) => rest = &rest[at + line.trim().len()..],
            None => {
                return Some(format!(
                    "{path} lacks (in this order)\n    - {}\nin\n{text}",
                    line.trim()
                ));
            }
        }
    }
    None
}

fn lacks(path: &str, texts: &[String], files: &Files) -> Option<String> {
    let bytes = match find(path, files) {
        Ok(bytes) => bytes,
        Err(words) => return Some(words),
    };
    let text = String::from_utf8_lossy(bytes);
    let found: Vec<&String> = texts
        .iter()
        .filter(|wrong| text.contains(wrong.trim()))
        .collect();
    (!found.is_empty()).then(|| format!("{path} should not hold {found:?}:\n{text}"))
}
