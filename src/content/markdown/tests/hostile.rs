//! Texts that attack: payloads that want to become markup, and texts that want time or memory.

#![expect(
    clippy::disallowed_methods,
    reason = "this test holds the time that hostile text takes"
)]

use super::*;
use std::time::{Duration, Instant};

const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" onmouseover=\"alert(1)",
    "&quot;&gt;&lt;svg onload=alert(1)&gt;",
    "</pre></code><b>",
    "--><b>",
    "`<b>`",
];

/// Slots of a text that a payload reaches, in untrusted content.
const SLOTS: &[&str] = &[
    "X",
    "# X",
    "## a {#X}",
    "## a {.X}",
    "## a {X}",
    "[a](https://b.id \"X\")",
    "[a](https://b.id/X)",
    "[a](<X>)",
    "[a](javascript:X)",
    "![X](a.png)",
    "![a](<X> 'X')",
    "```X\na\n```",
    "```python\nX\n```",
    "`X`",
    "a[^X]\n\n[^X]: X",
    "$X$",
    "$\\text{X}$",
    "$\\operatorname{X}$",
    "| a |\n|---|\n| X |",
    "> [!NOTE]\n> X",
    "<X>",
    "<https://X>",
    "[X][Y]\n\n[Y]: X 'X'",
    "{{<a b='X' />}}",
    "{% <a> %}X{% </a> %}",
    "[a](b \"{{<c d=`X` />}}\")",
    "{{<X />}}",
];

/// The names of elements and attributes, in order.
fn shape(html: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find(['>', ' ', '\n']).unwrap_or(rest.len());
        names.push(rest[..end].to_owned());
        rest = &rest[end..];
        while let Some(attribute) = rest.strip_prefix(' ') {
            let equals = attribute.find(['=', '>']).unwrap_or(attribute.len());
            names.push(attribute[..equals].to_owned());
            rest = match attribute[equals..].strip_prefix("=\"") {
                Some(value) => value.split_once('"').map_or("", |(_, rest)| rest),
                None => &attribute[equals..],
            };
        }
    }
    names
}

/// Elements and attributes that harmless text in these slots has too.
const KNOWN: &[&str] = &[
    "p",
    "/p",
    "h1",
    "/h1",
    "h2",
    "/h2",
    "a",
    "/a",
    "pre",
    "/pre",
    "code",
    "/code",
    "sup",
    "/sup",
    "div",
    "/div",
    "table",
    "/table",
    "thead",
    "/thead",
    "tbody",
    "/tbody",
    "tr",
    "/tr",
    "th",
    "/th",
    "td",
    "/td",
    "blockquote",
    "/blockquote",
    "span",
    "/span",
    "math",
    "/math",
    "mtext",
    "/mtext",
    "mi",
    "/mi",
    "mo",
    "/mo",
    "mrow",
    "/mrow",
    "mn",
    "/mn",
    "mspace",
    "/",
    "em",
    "/em",
    "section",
    "ol",
    "/ol",
    "li",
    "/li",
    "/section",
    "role",
    "id",
    "class",
    "href",
    "title",
    "aria-label",
    "data-lang",
    "display",
    "width",
    "mathvariant",
    "stretchy",
    "symmetric",
    "msup",
    "/msup",
    "form",
];

#[test]
fn payloads_leave_no_elements_or_attributes() {
    let options = MarkdownOptions {
        trusted: false,
        insert_anchor_links: crate::content::markdown::AnchorLinks::Left,
        ..MarkdownOptions::default()
    };
    for slot in SLOTS {
        for payload in PAYLOADS {
            let text = slot.replace('X', payload);
            let body = parsed_with(&text, &options).value;
            let html = only_html(&body);
            for name in shape(&html) {
                assert!(KNOWN.contains(&&*name), "{name} in {html} of {text}");
            }
            assert!(!html.contains("href=\"javascript"), "{html}");
        }
    }
}

fn only_html(body: &Body) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Html(html) => html.to_string(),
        Piece::Component(component) => component.body.as_ref().map(only_html).unwrap_or_default(),
        _ => String::new(),
    };
    body.pieces.iter().map(piece).collect()
}

fn took(text: &str) -> Duration {
    let start = Instant::now();
    parsed(text);
    start.elapsed()
}

/// Four times the text may take twelve times as long, since machines are busy; one quiet moment
/// of five is enough.
fn assert_linear(name: &str, text: impl Fn(usize) -> String) {
    let (small, large) = (text(2_000), text(8_000));
    let fine = (0..5).any(|_| took(&large) < took(&small) * 12 + Duration::from_millis(20));
    assert!(fine, "{name}: {:?}, then {:?}", took(&small), took(&large));
}

#[test]
fn time_grows_with_the_text() {
    for part in [
        "[",
        "![",
        "[a](",
        "*",
        "**a ",
        "_a_",
        "`",
        "`a``",
        "> ",
        "- ",
        "<",
        "<!--",
        "</",
        "&",
        "\\",
        "$",
        "$a",
        "#\n",
        "~~",
        "[^a]",
        "[a]: b\n",
        "|a",
        "{{<",
        "{{<a ",
        "{{<a/>}}",
        "{{<a b=\"",
        "{{<a b='{{<a b=\"' ",
        "{% <a> %}",
        "{% </a> %}",
        "{% <a> %}\n",
        "\\{{<a",
        "{{ <a",
        "{{ ",
        "{{<a b=[",
        "{{<a b={1,",
        "- {{<a/>}}\n",
        "> {% <a> %}",
        "![a](b \"{{<c/>}}\")",
        "<b c=\"@/",
        "id=",
        "<i id=a>",
        "x\n\n",
        "{{<a/>}}\n",
        "\u{E000}",
    ] {
        assert_linear(part, |count| part.repeat(count));
    }
    assert_linear("nested", |count| {
        format!(
            "{}{}",
            "{% <a> %}".repeat(count),
            "{% </a> %}".repeat(count)
        )
    });
    assert_linear("crossed", |count| {
        format!(
            "{}{}",
            "{% <a> %}".repeat(count),
            "{% </b> %}".repeat(count)
        )
    });
    assert_linear("names", |count| {
        (0..count).map(|n| format!("{{% <a{n}> %}}")).collect()
    });
    assert_linear("headings", |count| "# a\n\n".repeat(count));
    assert_linear("lines", |count| "a\r\n".repeat(count));
    assert_linear("indents", |count| {
        format!("{{% <a> %}}\n{}{{% </a> %}}", "  x\n".repeat(count))
    });
}

#[test]
fn output_is_bounded() {
    let wide = format!(
        "|{}\n|{}\n{}",
        "a|".repeat(2_000),
        "-|".repeat(2_000),
        "|x\n".repeat(200)
    );
    let checked = parsed(&wide);
    assert!(show(&checked.value).len() < wide.len() * 24 + 300_000);
    assert_eq!(checked.diagnostics[0].code, "markdown-too-large");
    assert!(show(&checked.value).ends_with("</tbody></table>\n"));
}

#[test]
fn highlighting_is_bounded() {
    let code = |lines: usize| format!("```python\n{}```\n\n", "return 1\n".repeat(lines));
    let plain = shown(&code(20_000));
    assert!(!plain.contains("hl-"));
    let both = shown(&format!("{}{}", code(1), code(20_000)));
    assert_eq!(both.matches("hl-keyword").count(), 1);
}
