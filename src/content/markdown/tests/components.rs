//! Components in content.

use super::*;

/// A text in which `call` stands alone, as a slot.
fn slot(call: &str) -> String {
    let checked = parsed(call);
    assert_eq!(checked.diagnostics, [], "{call}");
    show(&checked.value)
}

#[test]
fn calls_are_those_of_tera() {
    for (call, expected) in [
        ("{{<price of=\"x\" />}}", "[[price of=\"x\"]]"),
        ("{{<course_card id='x'/>}}", "[[course_card id=\"x\"]]"),
        (
            "{{ <ui.button.big label=`x` /> }}",
            "[[ui.button.big label=\"x\"]]",
        ),
        ("{{- <a /> -}}", "[[a]]"),
        (
            "{{<a n={3} m={-3} f={1.5} g={-2.50} />}}",
            "[[a n=3 m=-3 f=1.5 g=-2.50]]",
        ),
        (
            "{{<a b={true} c={False} d={none} />}}",
            "[[a b=true c=false d=none]]",
        ),
        (
            "{{<a l={[1, \"b\", [true,],]} />}}",
            "[[a l=[1, \"b\", [true]]]]",
        ),
        (
            "{{<a m={ {\"k\": 1, 'l': [2]} } />}}",
            "[[a m={k: 1, l: [2]}]]",
        ),
        (
            "{{<a s=\"x \\\" \\\\ \\n é\" />}}",
            "[[a s=\"x \\\" \\\\ \\n é\"]]",
        ),
        (
            "{{<a\n  x=\"1\"\n    y=\"}}\"\n/>}}",
            "[[a x=\"1\" y=\"}}\"]]",
        ),
        (
            "{% <note kind=\"tip\"> %}x{% </note> %}",
            "[[note kind=\"tip\": <p>x</p>\n]]",
        ),
        ("{%<a>%}{%</a>%}", "[[a: ]]"),
    ] {
        assert_eq!(slot(call), expected, "{call}");
    }
}

#[test]
fn braces_around_literals_may_be_left_out() {
    let call = "{{<a n=3 m=-1 flag=true list=[\"a\"] map={\"k\": {\"l\": 1}} empty={} />}}";
    assert_eq!(
        slot(call),
        "[[a n=3 m=-1 flag=true list=[\"a\"] map={k: {l: 1}} empty={}]]"
    );
}

#[test]
fn what_is_no_call_stays_text() {
    for text in [
        "{{ x }}",
        "{% raw %}",
        "{{ < 3 }}",
        "{{ x < y }}",
        "{ {<a />} }",
        "{%< 3",
    ] {
        let checked = parsed(text);
        assert_eq!(checked.diagnostics, [], "{text}");
        let escaped = text.replace('<', "&lt;");
        let shown = show(&checked.value);
        assert!(
            shown == format!("<p>{escaped}</p>\n") || shown == format!("<p>{text}</p>\n"),
            "{shown}"
        );
    }
}

#[test]
fn code_and_formulas_hold_no_components() {
    for text in [
        "`{{<a />}}`",
        "``{% <a> %}``",
        "    {{<a />}}",
        "```\n{% <a> %}\n```",
        "~~~md\n{{<\n~~~",
        "<!-- {{<a />}} -->",
        "<pre>\n{{<a />}}\n</pre>",
        "<script>\n{{<a />}}\n</script>",
        "a <!-- {{<a />}} --> b",
    ] {
        let checked = parsed(text);
        assert_eq!(checked.diagnostics, [], "{text}");
        assert!(!show(&checked.value).contains("[["), "{text}");
    }
    assert_eq!(
        shown("`{{<a />}}` {{<b x=\"`\" />}} `c`"),
        "<p><code>{{&lt;a /&gt;}}</code> [[b x=\"`\"]] <code>c</code></p>\n"
    );
}

#[test]
fn alone_on_its_line_a_call_is_a_block() {
    assert_eq!(shown("a\n\n{{<b />}}\n\nc"), "<p>a</p>\n[[b]]\n<p>c</p>\n");
    assert_eq!(shown("a\n{{<b />}}\nc"), "<p>a</p>\n[[b]]\n<p>c</p>\n");
    assert_eq!(shown("{{<a />}}\n{{<b />}}"), "[[a]][[b]]");
    assert_eq!(
        shown("   {{<a\n      b=\"c\" />}}  \nd"),
        "[[a b=\"c\"]]\n<p>d</p>\n"
    );
    assert_eq!(
        shown("> {{<a />}}\n> b"),
        "<blockquote>\n[[a]]\n<p>b</p>\n</blockquote>\n"
    );
    assert_eq!(
        shown("- {{<a />}}\n- b"),
        "<ul>\n<li>[[a]]</li>\n<li>b</li>\n</ul>\n"
    );
    assert_eq!(
        shown("1. a\n\n   {{<b />}}"),
        "<ol>\n<li>\n<p>a</p>\n[[b]]</li>\n</ol>\n"
    );
}

#[test]
fn among_text_a_call_is_inline() {
    assert_eq!(shown("a {{<b />}}, c"), "<p>a [[b]], c</p>\n");
    assert_eq!(shown("**{{<b />}}**"), "<p><strong>[[b]]</strong></p>\n");
    assert_eq!(
        shown("**a\n{{<b />}}\nc**"),
        "<p><strong>a\n[[b]]\nc</strong></p>\n"
    );
    assert_eq!(
        shown("[{{<b />}}](c.md)"),
        "<p><a href=\"[[c.md]]\">[[b]]</a></p>\n"
    );
    assert_eq!(shown("{{<a />}} {{<b />}}"), "<p>[[a]] [[b]]</p>\n");
    assert_eq!(
        shown("a {% <b> %}c *d*{% </b> %} e"),
        "<p>a [[b: c <em>d</em>]] e</p>\n"
    );
    assert_eq!(
        shown("a {% <b> %}c\n\nd{% </b> %} e"),
        "<p>a [[b: <p>c</p>\n<p>d</p>\n]] e</p>\n"
    );
}

#[test]
fn table_cells_hold_calls_with_bars() {
    let cell = shown("| a | b |\n|---|---|\n| {{<c d=\"e|f\" />}} | g |");
    assert!(
        cell.contains("<td>[[c d=\"e|f\"]]</td><td>g</td>"),
        "{cell}"
    );
}

#[test]
fn bodies_are_markdown_of_their_own() {
    let text = "- a\n{% <note> %}\n- b\n{% </note> %}\n\nc";
    assert_eq!(
        shown(text),
        "<ul>\n<li>a\n[[note: <ul>\n<li>b</li>\n</ul>\n]]</li>\n</ul>\n<p>c</p>\n"
    );
    let nested = "{% <a> %}\n{% <b> %}\n# x\n{% </b> %}\n\n# x\n{% </a> %}\n\n# x";
    assert_eq!(
        shown(nested),
        "[[a: [[b: <h1 id=\"x\">x</h1>\n]]\n<h1 id=\"x-1\">x</h1>\n]]\n<h1 id=\"x-2\">x</h1>\n"
    );
    let body = parsed(nested).value;
    assert_eq!(body.headings.len(), 3);
    assert_eq!(body.anchors.len(), 3);
    assert_eq!(body.words, 3);
    assert_eq!(
        shown("{% <a> %}[^1]\n\n[^1]: b\n{% </a> %}[^1]")
            .matches("[^1]")
            .count(),
        1
    );
}

#[test]
fn the_margin_of_a_body_is_no_code() {
    for text in [
        "{% <a> %}\n\n    b\n\n    {{<c />}}\n\n{% </a> %}",
        "{% <a> %}\n\tb\n\n\t{{<c />}}\n{% </a> %}",
        "{% <a> %}\nb\n\n{{<c />}}\n{% </a> %}",
    ] {
        assert_eq!(shown(text), "[[a: <p>b</p>\n[[c]]]]", "{text}");
    }
    let quoted = "> {% <a> %}\n> b\n>\n> c\n> {% </a> %}";
    assert_eq!(
        shown(quoted),
        "<blockquote>\n[[a: <p>b</p>\n<p>c</p>\n]]</blockquote>\n"
    );
    let listed = "1. x\n\n   {% <a> %}\n   - b\n     - c\n   {% </a> %}\n2. y";
    assert!(
        shown(listed).contains("[[a: <ul>\n<li>b\n<ul>\n<li>c</li>"),
        "{}",
        shown(listed)
    );
    let code = "{% <a> %}\nb\n\n    c\n{% </a> %}";
    assert_eq!(
        shown(code),
        "[[a: <p>b</p>\n<pre><code>c\n</code></pre>\n]]"
    );
}

#[test]
fn a_backslash_prints_the_braces() {
    assert_eq!(shown("\\{{<a />}}"), "<p>{{&lt;a /&gt;}}</p>\n");
    assert_eq!(shown("a \\{% <b> %} c"), "<p>a {% &lt;b&gt; %} c</p>\n");
    assert_eq!(shown("\\\\{{<a />}}"), "<p>\\[[a]]</p>\n");
    assert_eq!(shown("# \\{{<a"), "<h1 id=\"a\">{{&lt;a</h1>\n");
    assert_eq!(shown("![\\{{<a](b.png)"), "<p>[[img b.png|{{<a|]]</p>\n");
    assert_eq!(faults("# \\{{<a\n\n![\\{{<a](b.png) `\\{{<a`"), [""; 0]);
    assert_eq!(shown("`\\{{<a`"), "<p><code>\\{{&lt;a</code></p>\n");
}

#[test]
fn raw_blocks_hold_components_between_their_tags() {
    assert_eq!(shown("<div>\n{{<a />}}\n</div>"), "<div>\n[[a]]\n</div>\n");
    assert_eq!(shown("<b>{{<a />}}</b>"), "<p><b>[[a]]</b></p>\n");
    assert_eq!(
        faults("<div class=\"{{<a />}}\">\n</div>"),
        ["component-misplaced: {{<a />}}"]
    );
    assert_eq!(
        faults("x <b c='{{<a />}}'>"),
        ["component-misplaced: {{<a />}}"]
    );
    assert_eq!(
        shown("<div>\n<!-- {{<a />}} -->\n</div>"),
        "<div>\n<!-- {{<a />}} -->\n</div>\n"
    );
}

#[test]
fn places_without_components_are_errors() {
    assert_eq!(faults("# a {{<b />}}"), ["component-in-heading: {{<b />}}"]);
    assert_eq!(
        faults("{{<b />}}\n---"),
        ["component-in-heading: {{<b />}}"]
    );
    assert_eq!(faults("[a]({{<b/>}})"), ["component-misplaced: {{<b/>}}"]);
    assert_eq!(
        faults("[a](b \"{{<b/>}}\")"),
        ["component-misplaced: {{<b/>}}"]
    );
    assert_eq!(
        faults("![{{<b/>}}](c.png)"),
        ["component-misplaced: {{<b/>}}"]
    );
    assert_eq!(
        shown("# a {{<b />}}"),
        "<h1 id=\"a-b\">a {{&lt;b /&gt;}}</h1>\n"
    );
    assert_eq!(
        shown("[a](b \"{{<b/>}}\")"),
        "<p><a href=\"[[b]]\" title=\"{{&lt;b/&gt;}}\">a</a></p>\n"
    );
}

#[test]
fn faulty_tags_are_errors_at_their_place() {
    for (text, expected) in [
        ("{{<a", "component-syntax: {{<a"),
        ("{{<a />", "component-syntax: {{<a />"),
        ("{{<a>}}", "component-syntax: >"),
        ("{{<a}}", "component-syntax: }}"),
        ("{{< figure src=\"x\" >}}", "component-syntax: >"),
        ("{{<3 />}}", "component-syntax: 3"),
        ("{{</a>}}", "component-syntax: {{</"),
        ("{% <a /> %}", "component-syntax: >"),
        ("{{<a b=\"c />}}", "component-syntax: \""),
        ("{{<a b=\"\\d\" />}}", "component-syntax: \"\\d\""),
        ("{{<a b={1 />}}", "component-syntax: {"),
        ("{{<a b />}}", "component-argument: b"),
        ("{{<a b=page.title />}}", "component-argument: page"),
        ("{{<a b={1 + 2} />}}", "component-argument: +"),
        ("{{<a b={[x]} />}}", "component-argument: x"),
        ("{{<a {...m} />}}", "component-argument: {"),
        ("{{<a b=\"1\" b=\"2\" />}}", "component-argument: b"),
        (
            "{{<a b=99999999999999999999 />}}",
            "component-argument: 99999999999999999999",
        ),
        ("{% <a> %} b", "component-unclosed: {% <a> %}"),
        ("b {% </a> %}", "component-stray-close: {% </a> %}"),
    ] {
        assert_eq!(faults(text), [expected], "{text}");
        assert!(
            parsed(text).diagnostics.iter().all(|d| !d.hints.is_empty()),
            "{text}"
        );
        assert!(parsed(text).failed());
    }
}

#[test]
fn one_fault_does_not_hide_the_next() {
    let text = "{{<a b=\"oops />}}\n\n{{<c d=x />}} {{<e />}}\n\n{% <f> %}\n{% <g> %}\n{% </h> %}\n{% </f> %}";
    let expected = [
        "component-syntax: ",
        "component-argument: x",
        "component-unclosed: {% <g> %}",
        "component-stray-close: {% </h> %}",
    ];
    let found = faults(text);
    assert_eq!(found.len(), 4, "{found:?}");
    assert_eq!(found[1..], expected[1..]);
    assert!(shown(text).contains("[[e]]"));
}

#[test]
fn bodies_nest_to_a_limit() {
    let nested = |depth: usize| {
        format!(
            "{}x{}",
            "{% <a> %}".repeat(depth),
            "{% </a> %}".repeat(depth)
        )
    };
    assert_eq!(faults(&nested(32)), [""; 0]);
    let found = faults(&nested(33));
    assert_eq!(found, ["component-nesting: {% <a> %}"]);
    assert_eq!(shown(&nested(32)).matches("[[a").count(), 32);
    assert_eq!(shown(&nested(33)), "[[a: ]]");
}

#[test]
fn placeholders_and_private_characters_live_together() {
    let text = "\u{E000}0\u{E000} &#xE000;0&#xE000; {{<a />}} \u{E001}";
    assert_eq!(
        shown(text),
        "<p>\u{E000}0\u{E000} \u{E000}0\u{E000} [[a]] \u{E001}</p>\n"
    );
    let all: String = ('\u{E000}'..='\u{F8FF}').collect();
    assert!(shown(&format!("{all} {{{{<a />}}}}")).ends_with(" [[a]]</p>\n"));
    let forged = "{{<a />}} [x](&#xE000;0&#xE000;)";
    assert_eq!(
        shown(forged),
        "<p>[[a]] <a href=\"[[{{<a />}}]]\">x</a></p>\n"
    );
}

#[test]
fn spans_of_calls_are_of_the_file() {
    let file = "+++\n+++\r\né {{<card id=\"x\"\r\n n=3 />}}\r\n";
    let body = parse(&path(), file, 9..file.len(), &MarkdownOptions::default()).value;
    let Piece::Component(call) = &body.pieces[1] else {
        panic!("{body:?}");
    };
    assert_eq!(&file[call.name_span.range()], "card");
    assert_eq!(&file[call.span.range()], "{{<card id=\"x\"\r\n n=3 />}}");
    assert_eq!(&file[call.args[0].1.span.range()], "\"x\"");
    assert_eq!(&file[call.args[1].1.span.range()], "3");
}

#[test]
fn a_video_alone_in_a_paragraph_is_a_call() {
    let video = "https://youtu.be/abc_DEF-123";
    let call = "[[youtube id=\"abc_DEF-123\"]]";
    assert_eq!(slot(video), call);
    assert_eq!(slot(&format!("<{video}>\n")), call);
    assert_eq!(
        slot(&format!("a\n\n{video}\n\nb")),
        format!("<p>a</p>\n{call}\n<p>b</p>\n")
    );
    // In a sentence, beside another line and in code it is what it was.
    for text in [
        format!("lihat {video}"),
        format!("{video}\nlihat"),
        format!("```text\n\n{video}\n\n```"),
        format!("    {video}"),
    ] {
        assert!(!slot(&text).contains("[["), "{text}");
    }
    // A tag may hold an address in its lines.
    let inside = format!("{{{{<a\n\n  x=\"1\"\n\n/>}}}}\n\n{{{{<b x=\"\n\n{video}\n\n\" />}}}}");
    assert!(!slot(&inside).contains("youtube"), "{}", slot(&inside));
}
