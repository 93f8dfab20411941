//! The corners of layout: ends of files, wide characters, many places, long lines.

use crate::base::Span;
use crate::diag::tests::{files, path, spot};
use crate::diag::{Diagnostic, Format, Options, Report};

fn human(text: &str, diagnostic: Diagnostic) -> String {
    let report = Report::new(vec![diagnostic]);
    Format::Human.render(&report, &files(&[("a.md", text)]), Options::default())
}

#[test]
fn colour_is_a_choice() {
    let report = Report::new(vec![spot(0, 1)]);
    let options = Options {
        color: true,
        ..Options::default()
    };
    let sources = files(&[("a.md", "x")]);
    assert!(
        Format::Human
            .render(&report, &sources, options)
            .contains("\u{1b}[")
    );
    let plain = Format::Human.render(&report, &sources, Options::default());
    assert!(!plain.contains('\u{1b}'));
}

#[test]
fn human_shows_a_span_at_the_end_of_the_file() {
    let expected = "\
error[code]: wrong
  ╭▸ a.md:2:1
  │
2 │
  ╰╴━ here

";
    assert_eq!(human("abc\n", spot(4, 4)), expected);
}

#[test]
fn human_shows_a_span_past_the_end_of_the_file() {
    let expected = "\
error[code]: wrong
  ╭▸ a.md:1:4
  │
1 │ abc
  ╰╴   ━ here

";
    assert_eq!(human("abc", spot(90, 99)), expected);
}

#[test]
fn human_aligns_tabs_and_wide_characters_and_heeds_crlf() {
    let expected = "\
error[code]: wrong
  ╭▸ a.md:2:7
  │
2 │     価格 = x
  ╰╴           ━ here

";
    assert_eq!(human("a\r\n\t価格 = x\r\n", spot(13, 14)), expected);
}

#[test]
fn human_shows_spans_over_several_lines() {
    let expected = "\
error[code]: wrong
  ╭▸ a.md:2:1
  │
2 │ ┏ two
3 │ ┃ three
  ╰╴┗━━━━━┛ here

";
    assert_eq!(human("one\ntwo\nthree\n", spot(4, 13)), expected);
}

#[test]
fn human_shows_two_places_of_one_file() {
    let text = format!("first\n{}second\n", "\n".repeat(9));
    let two = spot(0, 5).at(&path("a.md"), Span::new(15, 21), "and here");
    let expected = "\
error[code]: wrong
   ╭▸ a.md:1:1
   │
 1 │ first
   │ ━━━━━ here
   ┆
11 │ second
   ╰╴────── and here

";
    assert_eq!(human(&text, two), expected);
}

#[test]
fn human_shows_places_far_apart_in_excerpts_of_their_own() {
    let text = format!("first\n{}second\n", "filler\n".repeat(1000));
    let two = spot(0, 5).at(&path("a.md"), Span::new(7006, 7012), "and here");
    let expected = "\
error[code]: wrong
     ╭▸ a.md:1:1
     │
   1 │ first
     │ ━━━━━ here
     │
     ⸬  a.md:1002:1
     │
1002 │ second
     ╰╴────── and here

";
    assert_eq!(human(&text, two), expected);
}

#[test]
fn human_gives_the_name_of_a_file_that_is_not_available() {
    let gone = Diagnostic::error("gone", "gone").at(&path("b.md"), Span::new(5, 9), "was here");
    let expected = "\
error[gone]: gone
 ╭▸ b.md
 ╰ note: was here

";
    assert_eq!(human("", gone), expected);
}

#[test]
fn human_cuts_a_line_of_ten_megabytes_and_keeps_its_column() {
    let text = format!("{}here{}", "x".repeat(5_000_000), "y".repeat(5_000_000));
    let shown = human(&text, spot(5_000_000, 5_000_004));
    assert!(shown.len() < 1500, "{} bytes", shown.len());
    assert!(shown.contains("a.md:1:5000001\n"), "{shown}");
}
