//! Properties that hold for every text.

use super::*;
use crate::base::Span;
use proptest::prelude::*;

/// What Markdown, components and HTML are made of.
const FRAGMENTS: &[&str] = &[
    "a",
    "b ",
    "é",
    "日本",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "    ",
    "\t",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "| ",
    "|---|",
    "*",
    "**",
    "_",
    "`",
    "```",
    "```python\n",
    "~~~\n",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "[^1]",
    "[^1]: ",
    "<",
    ">",
    "<b>",
    "</b>",
    "<div>",
    "<!--",
    "-->",
    "<!-- more -->",
    "<a href=\"@/x.md\">",
    "id=\"x\"",
    "$",
    "$$",
    "\\",
    "\\frac",
    "&amp;",
    "&#xE000;",
    "\u{E000}",
    "0",
    "{{<",
    "{{ <",
    "{{<a",
    "{{<a />}}",
    "{{<a b=\"c\" />}}",
    "{{<a b={[1, {\"x\": 2}]} />}}",
    "/>}}",
    "{% <n> %}",
    "{% <m x='y'> %}",
    "{% </n> %}",
    "{% </m> %}",
    "{%",
    "%}",
    "}}",
    "\"",
    "'",
    "=",
    "{#id}",
    ": ",
    "---",
    "===",
    "@/a.md#b",
    "./c.md",
    "https://x.id",
    "\u{FEFF}",
    "\0",
    "\u{2028}",
    "> [!NOTE]\n",
    "- [ ] ",
    "~~",
    "...",
    "x.md \"t\")",
];

/// Fragments that Markdown, components and HTML are made of.
fn fragments() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(FRAGMENTS);
    prop::collection::vec(parts, 0..40).prop_map(|parts| parts.concat())
}

fn spans_of(body: &Body, spans: &mut Vec<Span>) {
    spans.extend(body.headings.iter().map(|heading| heading.span));
    for piece in &body.pieces {
        match piece {
            Piece::Html(_) => {}
            Piece::Link(link) => spans.push(link.span),
            Piece::Image(image) => spans.push(image.span),
            Piece::Component(component) => {
                spans.extend([component.span, component.name_span]);
                spans.extend(component.args.iter().map(|(_, value)| value.span));
                if let Some(body) = &component.body {
                    spans_of(body, spans);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_text_parses_and_every_span_fits(text in fragments(), before in "[a-zé\n]{0,9}", trusted: bool) {
        let file = format!("{before}{text}");
        let options = MarkdownOptions { trusted, smart_punctuation: true, definition_list: true, ..MarkdownOptions::default() };
        let checked = parse(&path(), &file, before.len()..file.len(), &options);
        let mut spans = Vec::new();
        spans_of(&checked.value, &mut spans);
        spans.extend(checked.diagnostics.iter().flat_map(|d| &d.labels).filter_map(|l| l.span));
        for span in spans {
            prop_assert!(span.start as usize >= before.len());
            prop_assert!(file.get(span.range()).is_some(), "{:?} of {}", span, file.len());
        }
        prop_assert!(checked.value.summary.is_none_or(|n| n <= checked.value.pieces.len()));
        let twins = checked.value.pieces.windows(2).any(|two| matches!(two, [Piece::Html(_), Piece::Html(_)]));
        prop_assert!(!twins || checked.value.summary.is_some() || checked.value.title_pieces.is_some());
        prop_assert_eq!(parse(&path(), &file, before.len()..file.len(), &options), checked);
    }

    #[test]
    fn line_endings_make_no_difference(text in fragments()) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let other = text.replace('\n', "\r\n");
        prop_assert_eq!(shown(&text), shown(&other));
    }

    #[test]
    fn a_call_far_away_changes_nothing(text in fragments()) {
        // A call below the text takes the way with placeholders; all above must stay as it is.
        // What may reach down to the call is taken out.
        let mut text = text;
        for open in ["{{", "{%", "```", "~~~", "<", "[^1]", "{"] {
            text = text.replace(open, "");
        }
        let alone = shown(&format!("{text}\n\n***\n\nz"));
        let with = shown(&format!("{text}\n\n***\n\nz {{{{<far />}}}}"));
        prop_assert_eq!(alone.replace("<p>z</p>", ""), with.replace("<p>z [[far]]</p>", ""));
    }

    #[test]
    fn no_placeholder_comes_out(text in fragments()) {
        let has_some = text.contains('\u{E000}') || text.contains("E000");
        prop_assume!(!has_some);
        let found = shown(&text).contains('\u{E000}');
        prop_assert!(!found);
    }
}
