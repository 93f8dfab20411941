//! `silabus explain CODE`: what a diagnostic means, with an example and its fix.
//!
//! What it means stands in the guide, the examples are cases of the suite: neither is written twice.

use super::Outcome;
use super::args::Explain as Args;
use super::console::Console;
use crate::base::text::nearest;

/// The page of the guide whose tables name every code.
const PAGE: &str = include_str!("../../docs/guide/errors.md");

/// One example for each code, taken from the suite by one of its tests.
const EXAMPLES: &str = include_str!("meaning/examples.txt");

/// A row of the page's tables.
struct Row<'a> {
    chapter: &'a str,
    codes: Vec<&'a str>,
    warning: bool,
    meaning: &'a str,
}

pub(super) fn run(args: &Args, console: &Console) -> Outcome {
    // As it stands in a message, brackets and all.
    let code = args.code.trim_matches(['[', ']', '`']);
    let rows = rows();
    if let Some(row) = rows.iter().find(|row| row.codes.contains(&code)) {
        console.give(&explained(code, row));
        return Outcome::Fine;
    }
    let known = rows.iter().flat_map(|row| row.codes.iter().copied());
    let hint = match nearest(code, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "all codes stand in docs/guide/errors.md".to_owned(),
    };
    console.fail(&format!("there is no code `{code}`"), Some(&hint));
    Outcome::Usage
}

fn rows() -> Vec<Row<'static>> {
    let mut chapter = "";
    let mut rows = Vec::new();
    for line in PAGE.lines() {
        if let Some(title) = line.strip_prefix("### ") {
            chapter = title;
        }
        // The table above the first chapter explains how to read one.
        rows.extend(row(chapter, line).filter(|_| !chapter.is_empty()));
    }
    rows
}

/// ``| `code`, `code` | W | meaning |``
fn row<'a>(chapter: &'a str, line: &'a str) -> Option<Row<'a>> {
    let mut cells = line.strip_prefix("| `")?.splitn(3, '|');
    let codes = cells.next()?.split(", ");
    let flag = cells.next()?.trim();
    let meaning = cells.next()?.trim_matches(['|', ' ']);
    Some(Row {
        chapter,
        codes: codes.map(|code| code.trim_matches(['`', ' '])).collect(),
        warning: flag.starts_with('W'),
        meaning,
    })
}

fn explained(code: &str, row: &Row<'_>) -> String {
    let severity = if row.warning { "warning" } else { "error" };
    let mut text = format!("{severity}[{code}]: {}\n", without_links(row.meaning));
    let others: Vec<&str> = row
        .codes
        .iter()
        .copied()
        .filter(|one| *one != code)
        .collect();
    if !others.is_empty() {
        text.push_str(&format!("close to it: {}\n", others.join(", ")));
    }
    if let Some(example) = example(code) {
        text.push_str(&format!("\nFor example\n\n{}\n", example.trim_end()));
    }
    let chapter = row.chapter;
    text.push_str(&format!("\nMore: docs/guide/errors.md, {chapter}\n"));
    text
}

/// Its block in the file of examples, without the code at its head.
fn example(code: &str) -> Option<&'static str> {
    let blocks = EXAMPLES.split("\n\n");
    blocks
        .filter_map(|block| block.split_once('\n'))
        .find(|(head, _)| *head == code)
        .map(|(_, rest)| rest)
}

/// `[text](address)` as its text.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let link = after.split_once("](").and_then(|(words, after)| {
            let (_, after) = after.split_once(')')?;
            Some((words, after))
        });
        plain.push_str(before);
        match link {
            Some((words, after)) => {
                plain.push_str(words);
                rest = after;
            }
            None => {
                plain.push('[');
                rest = after;
            }
        }
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let rows = rows();
        let codes: Vec<&str> = rows.iter().flat_map(|row| row.codes.clone()).collect();
        assert!(codes.len() > 150, "{}", codes.len());
        for code in &codes {
            let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(code.chars().all(fine), "{code}");
        }
        assert!(rows.iter().all(|row| !row.meaning.is_empty()));
        let mut once = codes.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), codes.len(), "a code stands twice");
    }

    #[test]
    fn links_become_their_words() {
        assert_eq!(without_links("a [b](c.md) d [e"), "a b d [e");
    }
}
