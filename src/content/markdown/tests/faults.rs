//! What is reported, and where.

use super::*;

#[test]
fn outlines_are_checked() {
    assert_eq!(faults("## a\n\n### b\n\n## c"), [""; 0]);
    assert_eq!(faults("## a\n\n#### b"), ["heading-skip: #### b"]);
    assert_eq!(faults("### a"), ["heading-skip: ### a"]);
    assert_eq!(faults("# a\n\n# b"), ["heading-h1: # b"]);
    let body = "# a\n\n{% <n> %}\n# b\n{% </n> %}\n\n#### c";
    assert_eq!(faults(body), ["heading-h1: # b", "heading-skip: #### c"]);
}

#[test]
fn empty_links_and_images_without_text_are_reported() {
    assert_eq!(faults("![](a.png)"), ["image-alt: ![](a.png)"]);
    assert_eq!(faults("[](a.md)"), ["link-empty: [](a.md)"]);
    assert_eq!(faults("[a]()"), ["link-empty: [a]()"]);
    assert_eq!(faults("[![a](b.png)](c.md) [`x`](d.md)"), [""; 0]);
}

#[test]
fn unknown_languages_are_reported() {
    assert_eq!(faults("- ```pyhton\n  x\n  ```"), ["code-language: pyhton"]);
    let checked = parsed("```pyhton\n```");
    assert_eq!(
        checked.diagnostics[0].labels[0].text,
        "did you mean `python`?"
    );
    assert!(!checked.failed());
    assert_eq!(faults("```\n```\n\n```text\n```\n\n    a"), [""; 0]);
}

#[test]
fn faulty_formulas_are_reported() {
    assert_eq!(faults("a $\\nope<b$ c"), ["math-syntax: $\\nope<b$"]);
    assert_eq!(
        shown("$\\nope<b$"),
        "<p><code class=\"math-error\">\\nope&lt;b</code></p>\n"
    );
}

#[test]
fn too_many_faults_are_counted() {
    let checked = parsed(&"![](a.png) ".repeat(150));
    assert_eq!(checked.diagnostics.len(), 101);
    assert!(
        checked
            .diagnostics
            .iter()
            .any(|d| d.message.starts_with("50 more"))
    );
    assert!(!checked.failed());
    let text = format!("{}{{{{<a", "![](a.png) ".repeat(150));
    assert!(parsed(&text).failed());
}

#[test]
fn a_definition_that_is_missing_leaves_text() {
    assert_eq!(shown("[x][y]"), "<p>[x][y]</p>\n");
    assert_eq!(faults("[x][y]"), [""; 0]);
}
