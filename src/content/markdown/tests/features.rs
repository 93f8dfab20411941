//! Headings, alerts, footnotes, summaries and the rest, with their exact HTML.

use super::*;
use crate::content::markdown::{AnchorLinks, render_block, render_inline};

#[test]
fn headings_get_unique_ids() {
    let text =
        "# Apa itu *Backend*?\n\n## Isi\n\n## Isi\n\n### `kode` & [t](https://x.id)\n\n## !!!";
    let expected = "<h1 id=\"apa-itu-backend\">Apa itu <em>Backend</em>?</h1>\n\
        <h2 id=\"isi\">Isi</h2>\n<h2 id=\"isi-1\">Isi</h2>\n\
        <h3 id=\"kode-t\"><code>kode</code> &amp; <a href=\"https://x.id\">t</a></h3>\n\
        <h2 id=\"section\">!!!</h2>\n";
    let body = parsed(text).value;
    assert_eq!(show(&body), expected);
    let headings: Vec<_> = body
        .headings
        .iter()
        .map(|h| (h.level, &*h.id, &*h.title))
        .collect();
    assert_eq!(headings[0], (1, "apa-itu-backend", "Apa itu Backend?"));
    assert_eq!(headings[3], (3, "kode-t", "kode & t"));
    assert_eq!(&text[body.headings[1].span.range()], "## Isi");
    assert_eq!(body.anchors.len(), 5);
}

#[test]
fn headings_take_an_id_and_classes() {
    let text = "## Isi {#my-id .a .b}\n\n## Isi {#my-id}\n\n## X {onclick=alert(1)}";
    let expected = "<h2 id=\"my-id\" class=\"a b\">Isi</h2>\n<h2 id=\"my-id-1\">Isi</h2>\n<h2 id=\"x\">X</h2>\n";
    assert_eq!(shown(text), expected);
    let faults = faults(text);
    assert_eq!(faults[0], "heading-id: ## Isi {#my-id}");
    assert_eq!(faults[1], "heading-attribute: ## X {onclick=alert(1)}");
}

#[test]
fn headings_with_links_to_themselves() {
    let with = |text: &str, links| shown_with(text, |o| o.insert_anchor_links = links);
    let link = "<a class=\"heading-anchor\" href=\"#a-b\" aria-label=\"A &quot;B\">#</a>";
    let text = "## A \"B";
    assert_eq!(
        with(text, AnchorLinks::Left),
        format!("<h2 id=\"a-b\">{link} A \"B</h2>\n")
    );
    assert_eq!(
        with(text, AnchorLinks::Right),
        format!("<h2 id=\"a-b\">A \"B {link}</h2>\n")
    );
    let around = "<h2 id=\"a-b\"><a class=\"heading-anchor\" href=\"#a-b\">A \"B</a></h2>\n";
    assert_eq!(with(text, AnchorLinks::Heading), around);
    let holding = "<h2 id=\"a\"><a href=\"[[b.md]]\">A</a></h2>\n";
    assert_eq!(with("## [A](b.md)", AnchorLinks::Heading), holding);
}

#[test]
fn slots_in_headings_leave_the_tag_in_front() {
    assert_eq!(
        shown("x\n\n## [A](b.md) c"),
        "<p>x</p>\n<h2 id=\"a-c\"><a href=\"[[b.md]]\">A</a> c</h2>\n"
    );
    assert_eq!(
        shown("![x](a.png)\n\n# ![y](b.png)"),
        "<p>[[img a.png|x|]]</p>\n<h1 id=\"section\">[[img b.png|y|]]</h1>\n"
    );
    assert_eq!(
        shown("# ![y](b.png)"),
        "<h1 id=\"section\">[[img b.png|y|]]</h1>\n"
    );
}

#[test]
fn the_first_title_and_its_pieces() {
    let body = parsed("# Judul\n\nIsi [x](a.md)").value;
    assert_eq!(body.first_title.as_deref(), Some("Judul"));
    assert_eq!(body.title_pieces, Some(1));
    assert_eq!(show_piece(&body.pieces[0]), "<h1 id=\"judul\">Judul</h1>\n");
    let body = parsed("Isi\n\n# Judul").value;
    assert_eq!(body.first_title.as_deref(), Some("Judul"));
    assert_eq!(body.title_pieces, None);
}

#[test]
fn alerts_have_titles_by_setting() {
    let expected = "<blockquote class=\"markdown-alert markdown-alert-note\">\n\
        <p class=\"markdown-alert-title\">Catatan</p>\n<p>isi</p>\n</blockquote>\n";
    let text = "> [!NOTE]\n> isi";
    assert_eq!(
        shown_with(text, |o| o.alert_titles[0] = "Catatan".into()),
        expected
    );
    let off = "<blockquote>\n<p>[!NOTE]\nisi</p>\n</blockquote>\n";
    assert_eq!(shown_with(text, |o| o.github_alerts = false), off);
}

#[test]
fn footnotes_lead_there_and_back() {
    let expected = "<p>a<sup class=\"footnote-reference\" id=\"fnref-x\"><a href=\"#fn-x\">1</a></sup> \
        b<sup class=\"footnote-reference\" id=\"fnref-x-2\"><a href=\"#fn-x\">1</a></sup></p>\n\
        <section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n\
        <li class=\"footnote-definition\" id=\"fn-x\">\n<p>catatan \
        <a class=\"footnote-backref\" href=\"#fnref-x\" role=\"doc-backlink\">↩</a> \
        <a class=\"footnote-backref\" href=\"#fnref-x-2\" role=\"doc-backlink\">↩<sup>2</sup></a></p>\n\
        </li>\n</ol>\n</section>\n";
    assert_eq!(shown("a[^x] b[^x]\n\n[^x]: catatan"), expected);
}

#[test]
fn math_is_mathml_and_prices_are_not_math() {
    let html = shown("$x$ dan $$\\frac{1}{2}$$");
    assert!(html.starts_with("<p><math"), "{html}");
    assert!(html.contains("display=\"block\""), "{html}");
    assert!(html.contains("<mfrac>"), "{html}");
    assert_eq!(shown("$5 and $6"), "<p>$5 and $6</p>\n");
    assert_eq!(shown_with("$x$", |o| o.math = false), "<p>$x$</p>\n");
}

#[test]
fn a_summary_ends_at_more() {
    let body = parsed("satu\n\n<!-- more -->\n\ndua").value;
    assert_eq!(body.summary, Some(1));
    assert_eq!(show_piece(&body.pieces[0]), "<p>satu</p>\n");
    assert_eq!(
        show_piece(&body.pieces[1]),
        "<span id=\"continue-reading\"></span>\n<p>dua</p>\n"
    );
    assert_eq!(parsed("<!--more-->\n\ndua").value.summary, Some(0));
    assert_eq!(parsed("satu\n<!-- more -->\ndua").value.summary, Some(1));
    assert_eq!(parsed("satu").value.summary, None);
}

#[test]
fn misplaced_summary_ends_are_reported() {
    let more = "more-misplaced: <!-- more -->";
    for text in [
        "> a\n>\n> <!-- more -->",
        "a <!-- more --> b",
        "- a\n\n  <!-- more -->",
    ] {
        assert_eq!(faults(text), [more], "{text}");
        assert_eq!(parsed(text).value.summary, None);
    }
    assert_eq!(faults("<!-- more -->\n\n<!-- more -->"), [more]);
}

#[test]
fn words_and_the_first_paragraph_are_plain() {
    let text = "# Judul\n\n> kutipan di sini\n\nIni *para*graf `satu`\ndengan [tautan](a.md) & ![alt](b.png).\n\nDua.\n\n```\nkode tidak dihitung\n```";
    let body = parsed(text).value;
    assert_eq!(
        &*body.first_paragraph,
        "Ini paragraf satu dengan tautan & ."
    );
    assert_eq!(body.words, 1 + 3 + 5 + 1);
}

#[test]
fn a_first_paragraph_with_a_component_is_none() {
    let first = |text: &str| parsed(text).value.first_paragraph;
    let call = "Harga {{<price of=\"x\" />}}.";
    assert_eq!(
        &*first(&format!("{call}\n\nDua \\{{{{<price />}}}}.")),
        "Dua {{<price />}}."
    );
    assert_eq!(&*first(&format!("Satu.\n\n{call}")), "Satu.");
    assert_eq!(&*first(call), "");
    assert_eq!(&*first(&format!("{call}\n\n- Butir {call}")), "");
}

#[test]
fn a_first_paragraph_is_bounded() {
    let body = parsed(&"é".repeat(2000)).value;
    assert_eq!(body.first_paragraph.len(), 500);
}

#[test]
fn definition_lists_by_setting() {
    let expected = "<dl>\n<dt>T</dt>\n<dd>d</dd>\n</dl>\n";
    assert_eq!(shown_with("T\n: d", |o| o.definition_list = true), expected);
    assert_eq!(shown("T\n: d"), "<p>T\n: d</p>\n");
}

#[test]
fn code_says_its_language() {
    let plain = "<pre data-lang=\"text\"><code class=\"language-text\">a &lt; b\n</code></pre>\n";
    assert_eq!(shown("```text\na < b\n```"), plain);
    let off = "<pre data-lang=\"python\"><code class=\"language-python\">x\n</code></pre>\n";
    assert_eq!(
        shown_with("```python,linenos\nx\n```", |o| o.highlight = false),
        off
    );
}

#[test]
fn image_texts_are_plain() {
    let text = "![a *b* <i>c</i> `d` ![e](f.png) [g](h.md)](i.png \"j \\\" k\")";
    assert_eq!(shown(text), "<p>[[img i.png|a b c d e g|j \" k]]</p>\n");
}

#[test]
fn untrusted_html_is_text() {
    let untrusted = |text| shown_with(text, |o| o.trusted = false);
    assert_eq!(untrusted("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    assert_eq!(
        untrusted("<script>\nx\n</script>"),
        "&lt;script&gt;\nx\n&lt;/script&gt;\n"
    );
    assert_eq!(
        untrusted("<!-- x\ny -->\n\na <!-- b --> c"),
        "<p>a  c</p>\n"
    );
    assert_eq!(untrusted("[x](javascript:alert(1))"), "<p><a>x</a></p>\n");
    assert_eq!(untrusted("![x](data:y)"), "<p>[[img |x|]]</p>\n");
    assert_eq!(
        untrusted("[x](tel:1) <a@b.id>"),
        "<p><a href=\"tel:1\">x</a> <a href=\"mailto:a@b.id\">a@b.id</a></p>\n"
    );
}

#[test]
fn fragments_for_templates() {
    let options = MarkdownOptions {
        lazy_async_image: true,
        ..MarkdownOptions::default()
    };
    assert_eq!(
        render_inline("*a* {{<b/>}}", &options, &mut |_, _| None),
        "<em>a</em> {{&lt;b/&gt;}}".replace("&lt;b/&gt;", "<b/>")
    );
    assert_eq!(
        render_inline("a\n\nb", &options, &mut |_, _| None),
        "<p>a</p>\n<p>b</p>\n"
    );
    let image = "<p><a href=\"@/x.md#y\">l</a> <img src=\"i.png\" alt=\"x\" title=\"t\" loading=\"lazy\" decoding=\"async\" /></p>\n";
    assert_eq!(
        render_block("[l](@/x.md#y) ![x](i.png \"t\")", &options, &mut |_, _| {
            None
        }),
        image
    );
}

#[test]
fn line_endings_and_byte_order_marks_make_no_difference() {
    let text = "# J\n\npar\nx  \ny\n\n```python\na = 1\n\nb\n```\n\n<div>\na\n</div>\n\n{% <note kind=\"a\"> %}\n- x\n\n  y\n{% </note> %}\n\n$a\nb$ `c\nd`\n";
    let expected = parsed(text).value;
    for other in [
        text.replace('\n', "\r\n"),
        text.replace('\n', "\r"),
        format!("\u{FEFF}{text}"),
    ] {
        let body = parsed(&other).value;
        assert_eq!(show(&body), show(&expected));
        assert_eq!(body.words, expected.words);
        assert_eq!(body.headings[0].title, expected.headings[0].title);
    }
}
