//! A failure in words: the site, the edits, what differs, how to see it again.

use std::fmt::Write;

use super::diff;
use super::judge::{Case, Difference, Failure};

/// How a line of a clean build begins that did not come.
const GONE: &str = "    - ";

/// How a line begins that came in its place.
const CAME: &str = "    + ";

/// Lines of a file that are shown before the rest is only counted.
const LINES: usize = 60;

/// Everything that one needs to look for the cause.
pub(crate) fn report(seed: u64, edits: usize, case: &Case, failure: &Failure) -> String {
    let mut out = format!(
        "rebuilding is not equal to building\n\nseed {seed}; to see it again:\n    \
         EQUALITY_SEED={seed} EQUALITY_SEQUENCES=1 EQUALITY_EDITS={edits} EQUALITY_LIVE={} \
         cargo test --locked --test equality\n\nthe site, made small:\n",
        u8::from(case.live)
    );
    for (path, bytes) in &case.files {
        let _ = writeln!(out, "  -- {path} --");
        lines(&mut out, "  ", &String::from_utf8_lossy(bytes));
    }
    out.push_str("\nthe edits; the site is built before the first and after each:\n");
    for (at, edit) in case.edits.iter().enumerate() {
        let _ = writeln!(out, "  {}. {edit}", at + 1);
    }
    let _ = writeln!(
        out,
        "\nafter edit {} the {} build differs from a clean one:",
        failure.step, failure.leg
    );
    for difference in &failure.differences {
        differs(&mut out, difference);
    }
    out
}

fn lines(out: &mut String, before: &str, text: &str) {
    let count = text.lines().count();
    for line in text.lines().take(LINES) {
        let _ = writeln!(out, "{before}{line}");
    }
    if count > LINES {
        let _ = writeln!(out, "{before}… and {} lines more", count - LINES);
    }
}

fn differs(out: &mut String, difference: &Difference) {
    let place = &difference.place;
    let (expected, came) = match (&difference.expected, &difference.came) {
        (Some(expected), Some(came)) => (expected, came),
        (Some(_), None) => {
            let _ = writeln!(out, "  {place} is missing");
            return;
        }
        (None, _) => {
            let _ = writeln!(out, "  {place} should be gone");
            return;
        }
    };
    let _ = writeln!(out, "  {place}: - clean, + came");
    lines(out, "", &cut(&diff::lines(expected, came)));
}

/// A changed line beside the one that takes its place.
fn cut(changes: &str) -> String {
    let mut shown = String::new();
    let mut rows = changes.lines().peekable();
    while let Some(row) = rows.next() {
        match rows.next_if(|next| row.starts_with(GONE) && next.starts_with(CAME)) {
            Some(next) => {
                let (old, new) = around(&row[GONE.len()..], &next[CAME.len()..]);
                let _ = writeln!(shown, "{GONE}{old}\n{CAME}{new}");
            }
            None => {
                let _ = writeln!(shown, "{}", around(row, row).0);
            }
        }
    }
    shown
}

/// Long lines, of JSON above all, are cut down to where they part.
fn around(old: &str, new: &str) -> (String, String) {
    const BEFORE: usize = 60;
    const SHOWN: usize = 200;
    let same = old
        .chars()
        .zip(new.chars())
        .take_while(|(a, b)| a == b && old != new)
        .count();
    let cut = |line: &str| {
        let skip = same.saturating_sub(BEFORE);
        let dots = if skip > 0 { "…" } else { "" };
        let shown: String = line.chars().skip(skip).take(SHOWN).collect();
        format!("{dots}{shown}")
    };
    (cut(old), cut(new))
}
