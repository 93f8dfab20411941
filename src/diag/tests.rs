//! The example of the content model in each format, and what the formats have in common.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;

/// Files in memory.
#[derive(Debug)]
pub(super) struct Files(pub(super) BTreeMap<SitePath, Arc<str>>);

impl Sources for Files {
    fn text(&self, path: &SitePath) -> Option<Arc<str>> {
        self.0.get(path).cloned()
    }
}

pub(super) fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap()
}

pub(super) fn files(given: &[(&str, &str)]) -> Files {
    Files(
        given
            .iter()
            .map(|(p, text)| (path(p), (*text).into()))
            .collect(),
    )
}

const COURSE: &str = "content/courses/basic-reactjs.md";
const COURSE_TEXT: &str = "+++\ntitle = \"Basic ReactJS\"\nskills = []\nlevel = \"basic\"\n\
    mode = \"online\"\nweeks = 8\nprice = \"3,800\"\n+++\n";

fn price() -> Diagnostic {
    let start = COURSE_TEXT.find("\"3,800\"").unwrap();
    let fix = "write digits only: price = 3800, or 3800000 for Rp3.800.000";
    Diagnostic::error("price-ambiguous", "\"3,800\" can mean 3800 or 3.8").at(
        &path(COURSE),
        Span::new(start, start + 7),
        fix,
    )
}

/// The example, with a hint and a second file.
fn promo() -> Report {
    let config = path("silabus.toml");
    let price = price()
        .at(&config, Span::new(0, 8), "IDR has no minor units")
        .hint("`silabus explain price-ambiguous` tells more");
    let title = Diagnostic::warning("no-title", "no title").in_file(&path("content/a b.md"), "");
    Report::new(vec![price, title])
}

fn show(format: Format, report: &Report) -> String {
    let sources = files(&[
        (COURSE, COURSE_TEXT),
        ("silabus.toml", "currency = \"IDR\"\n"),
    ]);
    format.render(report, &sources, Options::default())
}

pub(super) fn spot(start: usize, end: usize) -> Diagnostic {
    Diagnostic::error("code", "wrong").at(&path("a.md"), Span::new(start, end), "here")
}

#[test]
fn human_shows_the_example() {
    let expected = "\
error[price-ambiguous]: \"3,800\" can mean 3800 or 3.8
  ╭▸ content/courses/basic-reactjs.md:7:9
  │
7 │ price = \"3,800\"
  ╰╴        ━━━━━━━ write digits only: price = 3800, or 3800000 for Rp3.800.000

";
    assert_eq!(show(Format::Human, &Report::new(vec![price()])), expected);
}

#[test]
fn human_shows_other_files_hints_and_whole_files() {
    let expected = "\
warning[no-title]: no title
 ─▸ content/a b.md

error[price-ambiguous]: \"3,800\" can mean 3800 or 3.8
  ╭▸ content/courses/basic-reactjs.md:7:9
  │
7 │ price = \"3,800\"
  │         ━━━━━━━ write digits only: price = 3800, or 3800000 for Rp3.800.000
  │
  ⸬  silabus.toml:1:1
  │
1 │ currency = \"IDR\"
  │ ──────── IDR has no minor units
  │
  ╰ help: `silabus explain price-ambiguous` tells more

";
    assert_eq!(show(Format::Human, &promo()), expected);
}

#[test]
fn short_shows_the_example() {
    let expected = "\
content/a b.md:1:1: warning[no-title]: no title
content/courses/basic-reactjs.md:7:9: error[price-ambiguous]: \"3,800\" can mean 3800 or 3.8
";
    assert_eq!(show(Format::Short, &promo()), expected);
    let nowhere = Report::new(vec![Diagnostic::error("no-config", "no silabus.toml here")]);
    assert_eq!(
        show(Format::Short, &nowhere),
        "error[no-config]: no silabus.toml here\n"
    );
}

#[test]
fn github_shows_the_example() {
    let expected = "\
::warning file=content/a b.md,title=no-title::no title
::error file=content/courses/basic-reactjs.md,line=7,col=9,endColumn=16,title=price-ambiguous::\
\"3,800\" can mean 3800 or 3.8%0Awrite digits only: price = 3800, or 3800000 for Rp3.800.000\
%0Ahelp: `silabus explain price-ambiguous` tells more
";
    assert_eq!(show(Format::Github, &promo()), expected);
}

#[test]
fn json_shows_the_example() {
    let expected = r#"{
  "version": 1,
  "diagnostics": [
    {
      "code": "no-title",
      "severity": "warning",
      "message": "no title",
      "path": "content/a b.md",
      "line": null,
      "column": null,
      "end_line": null,
      "end_column": null,
      "offset": null,
      "length": null,
      "labels": [
        {
          "path": "content/a b.md",
          "line": null,
          "column": null,
          "end_line": null,
          "end_column": null,
          "offset": null,
          "length": null,
          "text": ""
        }
      ],
      "hints": [],
      "pages": []
    },
    {
      "code": "price-ambiguous",
      "severity": "error",
      "message": "\"3,800\" can mean 3800 or 3.8",
      "path": "content/courses/basic-reactjs.md",
      "line": 7,
      "column": 9,
      "end_line": 7,
      "end_column": 16,
      "offset": 90,
      "length": 7,
      "labels": [
        {
          "path": "content/courses/basic-reactjs.md",
          "line": 7,
          "column": 9,
          "end_line": 7,
          "end_column": 16,
          "offset": 90,
          "length": 7,
          "text": "write digits only: price = 3800, or 3800000 for Rp3.800.000"
        },
        {
          "path": "silabus.toml",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 9,
          "offset": 0,
          "length": 8,
          "text": "IDR has no minor units"
        }
      ],
      "hints": [
        "`silabus explain price-ambiguous` tells more"
      ],
      "pages": []
    }
  ],
  "errors": 1,
  "warnings": 1
}
"#;
    assert_eq!(show(Format::Json, &promo()), expected);
}

const SARIF: &str = r#"{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "silabus",
          "version": "0.1.0",
          "rules": [
            {
              "id": "no-title"
            },
            {
              "id": "price-ambiguous"
            }
          ]
        }
      },
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "no-title",
          "level": "warning",
          "message": {
            "text": "no title"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "content/a%20b.md"
                }
              }
            }
          ]
        },
        {
          "ruleId": "price-ambiguous",
          "level": "error",
          "message": {
            "text": "\"3,800\" can mean 3800 or 3.8\nwrite digits only: price = 3800, or 3800000 for Rp3.800.000\nhelp: `silabus explain price-ambiguous` tells more"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "content/courses/basic-reactjs.md"
                },
                "region": {
                  "startLine": 7,
                  "startColumn": 9,
                  "endLine": 7,
                  "endColumn": 16
                }
              },
              "message": {
                "text": "write digits only: price = 3800, or 3800000 for Rp3.800.000"
              }
            }
          ],
          "relatedLocations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "silabus.toml"
                },
                "region": {
                  "startLine": 1,
                  "startColumn": 1,
                  "endLine": 1,
                  "endColumn": 9
                }
              },
              "message": {
                "text": "IDR has no minor units"
              }
            }
          ]
        }
      ]
    }
  ]
}
"#;

#[test]
fn sarif_shows_the_example() {
    assert_eq!(show(Format::Sarif, &promo()), SARIF);
}

#[test]
fn nothing_to_report_is_an_empty_text_or_an_empty_document() {
    let nothing = Report::new(Vec::new());
    for format in [Format::Human, Format::Short, Format::Github] {
        assert_eq!(show(format, &nothing), "");
    }
    for format in [Format::Json, Format::Sarif] {
        let document: serde_json::Value = serde_json::from_str(&show(format, &nothing)).unwrap();
        assert!(
            document["version"] == 1 || document["runs"][0]["results"] == serde_json::json!([])
        );
    }
}

#[test]
fn documents_go_to_standard_output() {
    let out = Format::ALL.map(|format| format.stream() == Stream::Out);
    assert_eq!(out, [false, false, true, false, true]);
    for format in Format::ALL {
        assert_eq!(format.as_str().parse(), Ok(format));
    }
}

#[test]
fn a_fault_on_many_pages_says_so() {
    let fault = |page| spot(0, 3).on_page(&path(page));
    let report = Report::new(vec![fault("content/b.md"), fault("content/a.md")]);
    let text = Format::Human.render(&report, &files(&[("a.md", "abc")]), Options::default());
    assert_eq!(text.matches("error[").count(), 1);
    assert!(
        text.contains("note: on 2 pages, the first: content/a.md"),
        "{text}"
    );
}

#[test]
fn warnings_beyond_twenty_become_one_line_for_readers_only() {
    let file = path("a.md");
    let alt = |n| Diagnostic::warning("missing-alt", "no alt").at(&file, Span::new(n, n), "");
    let report = Report::new((0..57).map(alt).collect());
    let text = "x".repeat(60);
    let sources = files(&[("a.md", &text)]);
    let lines = |format: Format, verbose| {
        let options = Options {
            verbose,
            ..Options::default()
        };
        format.render(&report, &sources, options)
    };
    let last = "… and 37 more `missing-alt` warnings (-v shows all)\n";
    assert!(lines(Format::Short, false).ends_with(last));
    assert!(
        lines(Format::Human, false)
            .trim_end()
            .ends_with(last.trim_end())
    );
    assert_eq!(lines(Format::Short, true).lines().count(), 57);
    assert_eq!(lines(Format::Github, false).lines().count(), 57);
    let document: serde_json::Value = serde_json::from_str(&lines(Format::Json, false)).unwrap();
    assert_eq!(document["diagnostics"].as_array().unwrap().len(), 57);
}

#[test]
fn readers_never_get_raw_control_characters() {
    let text = "x\u{1b}]0;evil\u{7}\u{9b}2J\u{202e}";
    let file = path(text);
    let evil = Diagnostic::error("evil", text)
        .at(&file, Span::new(1, 5), text)
        .hint(text);
    let evil = evil
        .on_page(&file)
        .in_file(&path(&format!("{text}2")), text);
    let report = Report::new(vec![evil]);
    for format in [Format::Human, Format::Short, Format::Github] {
        let shown = format.render(&report, &files(&[(text, text)]), Options::default());
        let raw = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!shown.contains(raw), "{shown:?}");
        assert!(
            shown.contains(r"\u{1b}]0;evil\u{7}\u{9b}2J\u{202e}"),
            "{shown}"
        );
    }
}
