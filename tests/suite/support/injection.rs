//! Hostile texts in every slot that content reaches: the page keeps its shape.

use rayon::prelude::*;

use super::case::Args;
use super::invariants::Pools;
use super::run::{Built, Files, build};
use super::{diff, shape};

/// The text that a page is measured with.
const HARMLESS: &str = "baik";

/// Texts that break out of somewhere, each in its own way.
const HOSTILE: [&str; 18] = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "{{ config.title }}{% raw %}",
    "{{<foto src=\"x\" />}}",
    "javascript:alert(1)",
    "&lt;script&gt;&quot;&#39;&amp;",
    "`<b>`",
    "[x](javascript:alert(1))",
    "a\\\" b \\' c \\\\",
    "<svg/onload=alert(1)>",
    "%3Cscript%3E",
    "\u{2028}</ScRiPt\t><b>\u{202e}",
];

/// What changes its shape with a hostile text.
pub(crate) fn check(files: &Files, args: &Args, pools: &Pools) -> Vec<String> {
    let with = |text: &str| pools.one.install(|| build(&filled(files, text), args));
    let harmless = with(HARMLESS);
    if harmless.failed {
        return vec![format!("the harmless site fails: {:#?}", harmless.said)];
    }
    let expected = shapes(&harmless);
    let results: Vec<Option<String>> = HOSTILE
        .par_iter()
        .map(|hostile| {
            let built = build(&filled(files, hostile), args);
            let actual = shapes(&built);
            let words = built
                .said
                .iter()
                .map(|said| said.full() + "\n")
                .collect::<String>();
            // A text that is refused reaches no page.
            (!built.failed && expected != actual).then(|| {
                let changed = diff::lines(&expected.join("\n"), &actual.join("\n"));
                format!("{hostile:?} changes a page:\n{changed}{words}")
            })
        })
        .collect();
    results.into_iter().flatten().collect()
}

/// The shapes of all pages, in an order that does not depend on their addresses.
fn shapes(built: &Built) -> Vec<String> {
    let marked = |path: &str| path.ends_with(".html") || path.ends_with(".xml");
    let mut all: Vec<Vec<String>> = built
        .files
        .iter()
        .filter(|(path, _)| marked(path))
        .map(|(_, bytes)| shape::of(&String::from_utf8_lossy(bytes)))
        .collect();
    all.sort();
    all.into_iter().flatten().collect()
}

/// The site with a text in the places made for it.
fn filled(files: &Files, text: &str) -> Files {
    let fill = |bytes: &Vec<u8>| match std::str::from_utf8(bytes) {
        Ok(source) => source
            .replace("%toml%", &toml(text))
            .replace("%md%", &markdown(text))
            .replace("%arg%", &argument(text))
            .into_bytes(),
        Err(_) => bytes.clone(),
    };
    files
        .iter()
        .map(|(path, bytes)| (path.clone(), fill(bytes)))
        .collect()
}

/// A basic string of TOML, which is a double-quoted one of YAML too.
fn toml(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            c if c.is_control() => format!("\\u{:04X}", c as u32),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

/// Text of Markdown: every sign that could mean something is escaped.
fn markdown(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_punctuation() {
                format!("\\{c}")
            } else {
                c.to_string()
            }
        })
        .collect()
}

/// A text of a component's argument.
fn argument(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\t', "\\t");
    format!("\"{escaped}\"")
}
