//! Links: slots, spans, attributes.

use super::*;
use crate::content::body::{Image, Link};

fn links(body: &Body) -> Vec<&Link> {
    body.pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Link(link) => Some(&**link),
            _ => None,
        })
        .collect()
}

fn images(body: &Body) -> Vec<&Image> {
    body.pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Image(image) => Some(&**image),
            _ => None,
        })
        .collect()
}

#[test]
fn addresses_of_the_site_are_slots() {
    let text =
        "[a](@/x.md#s) [b](./y.md) [c](../z.md \"t\") [d](#e) [f](/g) [h](i.pdf) [r]\n\n[r]: r.md";
    let body = parsed(text).value;
    let found: Vec<_> = links(&body)
        .iter()
        .map(|l| (&*l.target, l.anchor.as_deref(), &text[l.span.range()]))
        .collect();
    let expected = [
        ("@/x.md", Some("s"), "@/x.md#s"),
        ("./y.md", None, "./y.md"),
        ("../z.md", None, "../z.md"),
        ("", Some("e"), "#e"),
        ("/g", None, "/g"),
        ("i.pdf", None, "i.pdf"),
        ("r.md", None, "[r]"),
    ];
    assert_eq!(found, expected);
    assert!(show(&body).contains("<a href=\"[[../z.md]]\" title=\"t\">c</a>"));
}

#[test]
fn spans_mark_the_address_and_not_the_text() {
    for (text, marked) in [
        ("[a.md](a.md)", 7..11),
        ("é [x](<a b.md> 'a b.md')", 8..14),
        ("[![a.svg](a.svg)](b.md)", 18..22),
        ("[x](\n  a.md )", 7..11),
        ("[x](a\\_b.md)", 0..12),
    ] {
        let body = parsed(text).value;
        assert_eq!(links(&body)[0].span.range(), marked, "{text}");
    }
    let text = "> ![x](a.svg)";
    let body = parsed(text).value;
    assert_eq!(&text[images(&body)[0].span.range()], "a.svg");
}

#[test]
fn spans_are_of_the_whole_file() {
    let file = "---\r\ntitle: x\r\n---\r\n\r\npar\r\n\r\n{{<a/>}} [x](b.md)\r\n{% <n> %}\r\n  - [y](c.md)\r\n{% </n> %}\r\n";
    let start = file.find("\r\npar").unwrap();
    let body = parse(
        &path(),
        file,
        start..file.len(),
        &MarkdownOptions::default(),
    )
    .value;
    assert_eq!(&file[links(&body)[0].span.range()], "b.md");
    let nested = body.pieces.iter().find_map(|piece| match piece {
        Piece::Component(component) => component.body.as_ref(),
        _ => None,
    });
    assert_eq!(&file[links(nested.unwrap())[0].span.range()], "c.md");
}

#[test]
fn raw_links_to_content_are_slots() {
    let text = "<div>\n<a class=\"x\" href=\"@/a.md#b\">c</a> <img src='@/d.svg'>\n</div>\n\ne <a href=\"@/f.md\">g</a>";
    let expected = "<div>\n<a class=\"x\" href=\"[[@/a.md#b]]\">c</a> <img src='[[@/d.svg]]'>\n</div>\n<p>e <a href=\"[[@/f.md]]\">g</a></p>\n";
    let body = parsed(text).value;
    assert_eq!(show(&body), expected);
    assert_eq!(&text[links(&body)[2].span.range()], "@/f.md");
    assert_eq!(
        shown("<!-- <a href=\"@/a.md\"> -->"),
        "<!-- <a href=\"@/a.md\"> -->\n"
    );
}

#[test]
fn ids_of_raw_html_are_anchors() {
    let body = parsed("<div id=\"satu\">\n\n<i id=dua>x</i> <b data-id='no'>\n\n## Satu").value;
    let anchors: Vec<_> = body.anchors.iter().map(|a| &**a).collect();
    assert_eq!(anchors, ["satu", "dua", "satu-1"]);
}

#[test]
fn outside_links_get_attributes() {
    let html = shown_with(
        "[a](https://x.id \"t\") [b](https://own.id/c) <mailto:a@b.id>",
        |o| {
            o.external_links_target_blank = true;
            o.external_links_no_follow = true;
            o.external_links_no_referrer = true;
            o.base_url = "https://own.id".into();
        },
    );
    let expected = "<p><a href=\"https://x.id\" title=\"t\" target=\"_blank\" rel=\"noopener nofollow noreferrer\">a</a> \
        <a href=\"https://own.id/c\">b</a> <a href=\"mailto:a@b.id\">mailto:a@b.id</a></p>\n";
    assert_eq!(html, expected);
}
