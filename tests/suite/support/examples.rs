//! An example for each code: the shortest of the suite that shows a line and its fix.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::case::Case;
use super::markers::Marker;

/// Longer lines are cut: what matters stands at their front.
const LINE: usize = 100;

/// All examples of the suite, by code.
pub(crate) fn all(cases: &[PathBuf]) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in cases {
        let case = Case::parse(&fs::read_to_string(path).unwrap()).unwrap();
        let examples = case.first.markers.iter();
        for (code, block) in examples.filter_map(|marker| example(&case, marker)) {
            all.entry(code).or_default().push(block);
        }
    }
    all
}

/// The file of examples: a block for each code, its name on the first line.
pub(crate) fn text(all: &BTreeMap<String, Vec<String>>) -> String {
    let rank = |block: &&String| {
        (
            block.matches('\n').count() < 3,
            block.len(),
            (*block).clone(),
        )
    };
    let blocks = all.iter().map(|(code, blocks)| {
        let best = blocks.iter().min_by_key(rank);
        format!("{code}\n{}", best.map_or("", |best| best))
    });
    blocks.collect::<Vec<_>>().join("\n")
}

/// The code, and the line with what is said of it, each indented.
fn example(case: &Case, marker: &Marker) -> Option<(String, String)> {
    let (head, message) = marker.words.split_once("]: ")?;
    let code = head.split_once('[')?.1.to_owned();
    let path = marker.path.as_ref()?;
    let text = String::from_utf8_lossy(case.first.files.get(path)?).into_owned();
    let line: String = text
        .lines()
        .nth(marker.line.checked_sub(1)?)?
        .chars()
        .take(LINE)
        .collect();
    let mut words = message.split(" | ");
    let mut block = format!("  {path}:{}\n", marker.line);
    // What is missing is told where the front matter opens.
    if !matches!(line.trim(), "---" | "+++") {
        block.push_str(&format!("  {}\n", line.trim_end()));
    }
    block.push_str(&format!("  = {}\n", words.next()?));
    // The label says the fix; places and pages do not.
    let fix = words
        .next()
        .filter(|fix| !fix.contains(".md:") && !fix.starts_with("while "));
    if let Some(fix) = fix {
        block.push_str(&format!("  = {fix}\n"));
    }
    (!line.trim().is_empty()).then_some((code, block))
}
