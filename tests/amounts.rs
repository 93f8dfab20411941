//! Precision and recall of the check of amounts in prose, on labelled sentences of our own: see
//! `tests/amounts/README.md`. `cargo test --test amounts -- --nocapture` prints the figures.

#![expect(clippy::print_stdout, reason = "what it measures is to be read")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;
use silabus::base::SitePath;
use silabus::config;
use silabus::content::{self, ParseOptions};
use silabus::diag::{Diagnostic, Severity};
use silabus::site::assemble::{Memory, Parts};
use silabus::site::{Now, assemble};

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/amounts")
        .join(name);
    #[expect(clippy::disallowed_methods, reason = "a test that reads its sentences")]
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Short name to file stem and front matter.
fn courses() -> BTreeMap<String, (String, String)> {
    let text = text("courses.txt");
    let entry = |block: &str| {
        let (head, rest) = block.trim().split_once('\n').expect("a head and fields");
        let mut parts = head.split(" | ");
        let mut part = || parts.next().expect("short | stem | title").to_owned();
        let (short, stem, title) = (part(), part(), part());
        (short, (stem, format!("title: {title}\n{rest}\n")))
    };
    text.split("\n\n").map(entry).collect()
}

/// A sentence with what must be reported in it.
struct Sentence {
    wrong: Vec<String>,
    place: String,
    text: String,
}

fn sentences(name: &str) -> Vec<Sentence> {
    let text = text(name);
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let read = |line: &str| {
        let mut parts = line.splitn(3, " | ");
        let mut part = || parts.next().expect("label | place | text").to_owned();
        let (label, place, text) = (part(), part(), part());
        let wrong = label
            .split(" ; ")
            .filter_map(|label| Some(label.strip_prefix('!')?.to_owned()));
        Sentence {
            wrong: wrong.collect(),
            place,
            text: text.replace("\\n", "\n"),
        }
    };
    lines.map(read).collect()
}

/// The sentence's site, and the amounts that the check reports.
fn reported(
    sentence: &Sentence,
    language: &str,
    courses: &BTreeMap<String, (String, String)>,
) -> Vec<String> {
    let mut prose = sentence.text.clone();
    for (short, (stem, _)) in courses {
        prose = prose.replace(&format!("]({short})"), &format!("](@/courses/{stem}.md)"));
    }
    let mut files: BTreeMap<String, String> = courses
        .iter()
        .map(|(short, (stem, front))| {
            let body = if *short == sentence.place {
                &*prose
            } else {
                ""
            };
            (
                format!("content/courses/{stem}.md"),
                format!("---\n{front}---\n\n{body}\n"),
            )
        })
        .collect();
    let file = match &*sentence.place {
        "article" => Some(("a.md", format!("---\ntitle: Artikel\n---\n\n{prose}\n"))),
        "section" => Some((
            "_index.md",
            format!("---\ntitle: Artikel\n---\n\n{prose}\n"),
        )),
        "description" => Some((
            "a.md",
            format!("---\ntitle: Artikel\ndescription: >-\n  {prose}\n---\n\nIsi.\n"),
        )),
        "answer" => Some((
            "a.md",
            format!("---\ntitle: Artikel\nfaq:\n  - {{q: Berapa?, a: \"{prose}\"}}\n---\n\nIsi.\n"),
        )),
        _ => None,
    };
    files.extend(file.map(|(name, text)| (format!("content/articles/{name}"), text)));
    let settings = format!(
        "base_url = \"https://a.example\"\ntitle = \"Situs\"\ndefault_language = \"{language}\"\ntimezone = \"Asia/Jakarta\"\n[currency]\ncode = \"IDR\"\n"
    );
    let said = diagnostics(&settings, &files);
    let other: Vec<_> = said
        .iter()
        .filter(|said| said.code != "price-in-text" && said.is_error())
        .collect();
    assert!(other.is_empty(), "{}: {other:?}", sentence.text);
    let amount = |said: &Diagnostic| {
        let label = said.primary().expect("a place");
        let span = label.span.expect("a place in the file");
        files[label.path.as_str()][span.range()].replace("**", "")
    };
    said.iter()
        .filter(|said| said.code == "price-in-text")
        .map(amount)
        .collect()
}

fn diagnostics(settings: &str, files: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    let config = config::read(settings, Severity::Error);
    assert!(config.diagnostics.is_empty(), "{:?}", config.diagnostics);
    let config = Arc::new(config.value);
    let options = ParseOptions::new(&config, Severity::Error);
    let pages = files.iter().map(|(path, text)| {
        let path = SitePath::new(path).expect("a path");
        Arc::new(content::parse(&path, text, &options).value)
    });
    let parts = Parts {
        pages: Arc::new(pages.collect()),
        kinds: options.kinds.clone(),
        assets: Vec::new(),
        statics: Vec::new(),
        now: Now {
            instant: "2026-11-22T08:00:00+07:00".parse().expect("an instant"),
            zone: TimeZone::get("Asia/Jakarta").expect("a zone"),
        },
        drafts: false,
        remembers: false,
        reader: options.reader,
        config,
    };
    assemble(parts, &mut Memory::default()).diagnostics
}

#[derive(Default)]
struct Count {
    sentences: usize,
    right: usize,
    false_alarms: usize,
    missed: usize,
}

impl Count {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.false_alarms).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
}

fn measure(name: &str, language: &str) -> Count {
    let courses = courses();
    let mut count = Count::default();
    for sentence in sentences(name) {
        count.sentences += 1;
        let mut wrong = sentence.wrong.clone();
        for amount in reported(&sentence, language, &courses) {
            match wrong.iter().position(|label| *label == amount) {
                Some(at) => {
                    wrong.remove(at);
                    count.right += 1;
                }
                None => {
                    count.false_alarms += 1;
                    println!("{name}: false alarm {amount}: {}", sentence.text);
                }
            }
        }
        count.missed += wrong.len();
        for amount in wrong {
            println!("{name}: missed {amount}: {}", sentence.text);
        }
    }
    println!(
        "{name}: {} sentences, {} amounts wrong; precision {:.3}, recall {:.3}",
        count.sentences,
        count.right + count.missed,
        count.precision(),
        count.recall()
    );
    count
}

#[test]
fn indonesian() {
    let count = measure("id.txt", "id");
    assert!(count.precision() > 0.99 && count.recall() > 0.9);
}

#[test]
fn english() {
    let count = measure("en.txt", "en");
    assert!(count.precision() > 0.99 && count.recall() > 0.9);
}

#[test]
fn held_out() {
    let indonesian = measure("id-held-out.txt", "id");
    let english = measure("en-held-out.txt", "en");
    assert!(indonesian.precision() > 0.9 && english.precision() > 0.9);
}
