//! Expected diagnostics, written at the end of the line they are about.
//!
//! `titel = "x" ⟵ @1 error[unknown-key]: … | did you mean …` expects one diagnostic on that
//! line, at that column. Behind the message may stand what else it says, each after ` | `, in the
//! order of [`Said::words`]; what is left out at the end is not compared. The harness takes the
//! markers out before it builds.

use super::run::Said;

/// What begins a marker.
pub(crate) const SIGN: &str = "⟵";

/// A marker, or a line of `-- diagnostics --`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    /// The file; none in `-- diagnostics --`.
    pub(crate) path: Option<String>,
    /// The line it stands on, from 1; 0 in `-- diagnostics --`.
    pub(crate) line: usize,
    /// The column, where one is given.
    pub(crate) column: Option<usize>,
    /// Severity, code, message and more.
    pub(crate) words: String,
    /// Whether it stands in the file itself.
    pub(crate) marked: bool,
}

impl Marker {
    /// Reads what stands behind the sign.
    fn read(path: &str, line: usize, written: &str) -> Self {
        let written = written.trim();
        let (column, words) = match written
            .strip_prefix('@')
            .and_then(|rest| rest.split_once(' '))
        {
            Some((digits, words)) => (digits.parse().ok(), words.trim()),
            None => (None, written),
        };
        Self {
            path: Some(path.to_owned()),
            line,
            column,
            words: words.to_owned(),
            marked: true,
        }
    }

    /// A line of `-- diagnostics --`: `path:line:column: ` in front where the file is one that
    /// the case does not show.
    pub(crate) fn listed(line: &str) -> Self {
        let words = line.trim();
        placed(words).unwrap_or_else(|| Self {
            path: None,
            line: 0,
            column: None,
            words: words.to_owned(),
            marked: false,
        })
    }

    /// Whether it stands in a file of the case, and goes on standing there after an edit of
    /// another one.
    pub(crate) fn is_marked(&self) -> bool {
        self.marked
    }

    /// Whether both expect the same, wherever they are written.
    pub(crate) fn same(&self, other: &Self) -> bool {
        let place = (&self.path, self.line, self.column);
        place == (&other.path, other.line, other.column) && self.words == other.words
    }

    /// As a line of `-- diagnostics --`.
    pub(crate) fn as_listed(&self) -> String {
        let column = self.column.unwrap_or(1);
        match &self.path {
            Some(path) => format!("{path}:{}:{column}: {}", self.line, self.words),
            None => self.words.clone(),
        }
    }

    /// Whether `said` is what this marker expects.
    pub(crate) fn fits(&self, said: &Said) -> bool {
        let place = self.path == said.marked_path
            && (self.path.is_none() || self.line == said.line)
            && self.column.is_none_or(|column| column == said.column);
        let full = said.words();
        let words = full
            .strip_prefix(&self.words)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(" | "));
        place && words
    }
}

fn placed(line: &str) -> Option<Marker> {
    let (place, words) = line.split_once(": ")?;
    let (rest, column) = place.rsplit_once(':')?;
    let (path, line) = rest.rsplit_once(':')?;
    Some(Marker {
        path: Some(path.to_owned()),
        line: line.parse().ok()?,
        column: Some(column.parse().ok()?),
        words: words.to_owned(),
        marked: false,
    })
}

/// A text without its markers, and the markers.
pub(crate) fn strip(path: &str, text: &str) -> (String, Vec<Marker>) {
    let mut clean = String::with_capacity(text.len());
    let mut markers = Vec::new();
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let mut parts = line.split(SIGN);
        let own = parts.next().unwrap_or_default();
        let found: Vec<&str> = parts.collect();
        if found.is_empty() {
            clean.push_str(line);
            continue;
        }
        clean.push_str(own.strip_suffix(' ').unwrap_or(own));
        clean.push('\n');
        markers.extend(
            found
                .iter()
                .map(|written| Marker::read(path, at + 1, written)),
        );
    }
    (clean, markers)
}

/// The text with exactly these markers: `clean` is without any.
pub(crate) fn write(clean: &str, markers: &[Marker]) -> String {
    let mut text = String::with_capacity(clean.len());
    // An empty file has one empty line for what is said about it.
    let clean = if clean.is_empty() && !markers.is_empty() {
        "\n"
    } else {
        clean
    };
    let count = clean.lines().count();
    for (at, line) in clean.lines().enumerate() {
        text.push_str(line);
        let last = at + 1 == count;
        let mine = markers
            .iter()
            .filter(|m| m.line == at + 1 || (last && m.line > count));
        for marker in mine {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            text.push_str(SIGN);
            if let Some(column) = marker.column {
                text.push_str(&format!(" @{column}"));
            }
            text.push_str(&format!(" {}", marker.words));
        }
        text.push('\n');
    }
    text
}

#[test]
fn markers_are_taken_out_and_put_back() {
    let text = "a: 1\ntitel: x ⟵ @1 error[unknown-key]: no such key ⟵ warning[x]: y\n⟵ error[z]: empty line\n";
    let (clean, markers) = strip("content/a.md", text);
    assert_eq!(clean, "a: 1\ntitel: x\n\n");
    let lines: Vec<_> = markers
        .iter()
        .map(|m| (m.line, m.column, m.words.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (2, Some(1), "error[unknown-key]: no such key"),
            (2, None, "warning[x]: y"),
            (3, None, "error[z]: empty line")
        ]
    );
    assert_eq!(write(&clean, &markers), text);
}
