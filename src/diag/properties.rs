//! What holds for any text and any spans, also such as no caller should ever give.

use proptest::prelude::*;
use serde_json::Value;

use super::tests::{Files, path};
use super::*;
use crate::base::span::line_column;

/// Text with what layouts stumble over: breaks, tabs, wide, combining and dangerous characters.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        5 => "[a-z \"=]{1,8}",
        2 => Just("\n".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => "[\r\t\u{0}\u{1b}\u{9b}\u{202e}\u{feff}\u{fdd0}\u{200d}]",
        2 => "[üé価格👩🏫\u{301}]{1,3}",
        1 => Just("long ".repeat(120)),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn span() -> impl Strategy<Value = Option<Span>> {
    let near = (0..140_usize, 0..90_usize);
    let far = (0..4000_usize, 0..4000_usize);
    let given = prop_oneof![3 => near, 1 => far].prop_map(|(start, n)| Span::new(start, start + n));
    prop_oneof![6 => given.prop_map(Some), 1 => Just(None), 1 => Just(Some(Span::new(7, u32::MAX as usize)))]
}

fn label() -> impl Strategy<Value = Label> {
    let file = prop_oneof![4 => Just("a.md"), 2 => Just("b, c:%.html"), 1 => Just("gone.md")];
    (file, span(), text()).prop_map(|(file, span, text)| Label {
        path: path(file),
        span,
        text,
    })
}

fn diagnostic() -> impl Strategy<Value = Diagnostic> {
    let labels = prop::collection::vec(label(), 0..5);
    let hints = prop::collection::vec(text(), 0..3);
    let code = prop_oneof![Just("broken-link"), Just("missing-alt")];
    (code, any::<bool>(), text(), labels, hints).prop_map(
        |(code, error, message, labels, hints)| {
            let new = if error {
                Diagnostic::error
            } else {
                Diagnostic::warning
            };
            let mut diagnostic = new(code, message);
            diagnostic.labels = labels;
            diagnostic.hints = hints;
            diagnostic
        },
    )
}

fn run() -> impl Strategy<Value = (Report, Files)> {
    let diagnostics = prop::collection::vec(diagnostic(), 0..4).prop_map(Report::new);
    (diagnostics, text(), text()).prop_map(|(report, a, b)| {
        let files = [("a.md", a), ("b, c:%.html", b)];
        let files = files.map(|(name, text)| (path(name), text.into()));
        (report, Files(files.into()))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_format_panics_and_readers_get_no_controls((report, files) in run(), width in 0..200_usize) {
        let options = Options { width, ..Options::default() };
        for format in Format::ALL {
            let shown = format.render(&report, &files, options);
            if format.stream() == Stream::Err {
                let raw = |c: char| (c.is_control() && c != '\n')
                    || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fdd0}');
                prop_assert!(!shown.contains(raw), "{:?}", shown);
            }
        }
    }

    #[test]
    fn human_names_the_place_of_every_label((report, files) in run()) {
        let shown = Format::Human.render(&report, &files, Options { width: 5000, ..Options::default() });
        for label in report.diagnostics().iter().filter_map(Diagnostic::primary) {
            let place = label.span.zip(files.text(&label.path)).map(|(span, text)| {
                let (line, column) = line_column(&text, span.range().start);
                format!("{}:{line}:{column}\n", label.path)
            });
            let expected = place.unwrap_or_else(|| format!("{}\n", label.path));
            prop_assert!(shown.contains(&expected), "{} in {}", expected, shown);
        }
    }

    #[test]
    fn documents_parse_back((report, files) in run()) {
        let json = Format::Json.render(&report, &files, Options::default());
        let json: Value = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(json["diagnostics"].as_array().map(Vec::len), Some(report.diagnostics().len()));
        for (shown, given) in json["diagnostics"].as_array().unwrap().iter().zip(report.diagnostics()) {
            prop_assert_eq!(shown["message"].as_str(), Some(given.message.as_str()));
            prop_assert_eq!(shown["labels"].as_array().map(Vec::len), Some(given.labels.len()));
        }
        let sarif = Format::Sarif.render(&report, &files, Options::default());
        let sarif: Value = serde_json::from_str(&sarif).unwrap();
        prop_assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(report.diagnostics().len()));
    }

    #[test]
    fn github_and_short_have_one_line_each((report, files) in run()) {
        for format in [Format::Github, Format::Short] {
            let shown = format.render(&report, &files, Options::default());
            prop_assert_eq!(shown.split('\n').count(), report.diagnostics().len() + 1);
        }
    }

    #[test]
    fn the_order_given_does_not_matter(mut given in prop::collection::vec(diagnostic(), 0..6)) {
        let report = Report::new(given.clone());
        given.reverse();
        prop_assert_eq!(report, Report::new(given));
    }
}
