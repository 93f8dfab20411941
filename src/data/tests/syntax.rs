//! Syntax errors: one case each, with its place, what is underlined, and the fix.

use crate::data::Syntax::{self, Toml, Yaml};

use super::{told, tree};

const TOML: &[(&str, &[&str])] = &[
    (
        "price = 3,800\nx = 1\n",
        &[
            r#"1:9 number-separators "3,800" write digits only: price = 3800, or 3800000 if thousands were meant"#,
        ],
    ),
    (
        "a = Rp3.800.000\n",
        &[r#"1:5 number-separators "Rp3.800.000" write digits only: a = 3800000"#],
    ),
    (
        "a = 3.800.000\n",
        &[r#"1:5 number-separators "3.800.000" write digits only: a = 3800000"#],
    ),
    (
        "a: 1\n",
        &[r#"1:1 toml-syntax "a: 1" this is TOML: write a = 1"#],
    ),
    (
        "a = [1, 2\nb = 3\nc = 4\n",
        &[r#"1:5 toml-syntax "[" close it before the next key"#],
    ),
    (
        "a = \"x\nb = 1\n",
        &[r#"1:5 toml-syntax "\"x" close it at the end of the text"#],
    ),
    (
        "a = 0812\n",
        &[r#"1:5 toml-syntax "0812" a text needs quotes: a = "0812""#],
    ),
    (
        "a = 0812-333-444 # x\n",
        &[r#"1:5 toml-syntax "0812-333-444" a text needs quotes: a = "0812-333-444""#],
    ),
    ("d = 2026-02-30\ne=25:00:00\n", &[]),
    (
        "i = 99999999999999999999999999999999999999999999\n",
        &[
            r#"1:5 number-too-large "99999999999999999999999999999999999999999999" if it is a code, write it in quotes"#,
        ],
    ),
    (
        "a = 1\na = 2\n",
        &[r#"2:1 duplicate-key "a" keep one of the two"#],
    ),
    (
        "[a]\nb=1\n[a]\nc=1\n",
        &[r#"3:2 duplicate-key "a" keep one of the two"#],
    ),
    ("a = yes\n", &[r#"1:5 toml-syntax "yes" a = true"#]),
    (
        "a = \n",
        &[r#"1:5 toml-syntax "" give it a value, or take the line out"#],
    ),
    (
        "a\n",
        &[r#"1:1 toml-syntax "a" each line is `key = value`"#],
    ),
    (
        "a = 19.00-21.00\n",
        &[r#"1:5 toml-syntax "19.00-21.00" a text needs quotes: a = "19.00-21.00""#],
    ),
    ("[a\nb=1\n", &[r#"1:3 toml-syntax "" close it with `]`"#]),
    (
        "a = 'x' y\n",
        &[r#"1:9 toml-syntax "y" put all of it in one pair of quotes"#],
    ),
    (
        "a = 20%\n",
        &[r#"1:5 toml-syntax "20%" a text needs quotes: a = "20%""#],
    ),
    (
        "a = 1 b = 2\n",
        &[r#"1:5 toml-syntax "1 b = 2" a text needs quotes: a = "1 b = 2""#],
    ),
    (
        "judul saya = 1\n",
        &[
            r#"1:1 toml-syntax "judul saya = 1" a key with other signs than A-Z, 0-9, - and _ needs quotes: "judul saya" = 1"#,
        ],
    ),
    (
        "a = \"\\q\"\n",
        &[r#"1:5 toml-syntax "\"\\q\"" use 'single quotes', in which a backslash is just one"#],
    ),
    (
        "a = null\n",
        &[r#"1:5 toml-syntax "null" take the line out"#],
    ),
    ("a = True\n", &[r#"1:5 toml-syntax "True" a = true"#]),
    (
        "a = [\"x\", \"y\"\n\n[seo]\nb = \"x\"\n",
        &[r#"1:5 toml-syntax "[" close it before the next key"#],
    ),
    (
        "a = [\n\"x\",\n\"y\"\nb = \"x\"\n",
        &[r#"1:5 toml-syntax "[" close it before the next key"#],
    ),
    (
        "a = Dasar Python # x\n",
        &[r#"1:5 toml-syntax "Dasar Python" a text needs quotes: a = "Dasar Python""#],
    ),
    (
        "a = Rp 3.800.000\n",
        &[r#"1:5 number-separators "Rp 3.800.000" write digits only: a = 3800000"#],
    ),
    (
        "a = 3 800 000\n",
        &[r#"1:5 number-separators "3 800 000" write digits only: a = 3800000"#],
    ),
    (
        "a.b = 1\na = 2\n",
        &[r#"2:1 duplicate-key "a" keep one of the two"#],
    ),
];

const YAML: &[(&str, &[&str])] = &[
    (
        "a: Belajar: dasar\n",
        &[r#"1:4 yaml-syntax "Belajar: dasar" a: "Belajar: dasar""#],
    ),
    ("\ta: 1\n", &[]),
    ("a:\n\tb: 1\n", &[r#"2:2 yaml-tab "b" indent with spaces"#]),
    (
        "b: !foo x\n",
        &[r#"1:4 yaml-tag "!foo" take it out; a text that begins with `!` needs quotes"#],
    ),
    (
        "- a\n- b\n",
        &[r#"1:1 yaml-syntax "- a" each line is `key: value`, with a space after the colon"#],
    ),
    (
        "a = 1\nb = 2\n",
        &[r#"1:1 yaml-syntax "a = 1" this is YAML: write a: 1, or put TOML between +++ lines"#],
    ),
    (
        "a: 1\n---\nb: 2\n",
        &[
            r#"2:1 yaml-documents "---" one file is one set of keys: take out the `---` or `...` between"#,
        ],
    ),
    (
        "a: 1\n...\nb: 2\n",
        &[
            r#"3:1 yaml-documents "" one file is one set of keys: take out the `---` or `...` between"#,
        ],
    ),
    (
        "a: [1, 2\nb: 3\n",
        &[r#"1:4 yaml-syntax "[" close it before the next key"#],
    ),
    (
        "a: [x, y\n\nb:\n  c: {d: 1\n",
        &[r#"1:4 yaml-syntax "[" close it before the next key"#],
    ),
    (
        "a: {b: 1\nc: [1, 2]\n",
        &[r#"1:4 yaml-syntax "{" close it before the next key"#],
    ),
    (
        "a: \"x\nb: 1\n",
        &[r#"1:4 yaml-syntax "\"x" close it at the end of the text"#],
    ),
    (
        "a: 1\n  b: 2\n",
        &[
            r#"2:3 yaml-syntax "b: 2" give keys of one table the same indentation, and close brackets and quotes above"#,
        ],
    ),
    ("a: @x\n", &[r#"1:4 yaml-syntax "@x" put it in quotes"#]),
    (
        "? [a]\n: b\n",
        &[r#"1:3 yaml-key "[a]" a value that begins with { or [ needs quotes"#],
    ),
    (
        "<<: {a: 1}\n",
        &[r#"1:1 yaml-merge-key "<<" write the keys out, or give an alias to one value"#],
    ),
    (
        "b: 1\na: 1\na: 2\n",
        &[r#"3:1 duplicate-key "a" keep one of the two"#],
    ),
    (
        "%YAML 1.2\na: 1\n",
        &[r#"1:1 yaml-syntax "%YAML" take this line out"#],
    ),
    (
        "a: *b\n",
        &[r#"1:4 yaml-syntax "*b" put the text in quotes"#],
    ),
    (
        "a: {b\n",
        &[r#"1:4 yaml-syntax "{b" close it, or put the text in quotes"#],
    ),
    (
        "a: 'x' y\n",
        &[r#"1:8 yaml-syntax "y" put all of it in one pair of quotes"#],
    ),
    (
        "a\nb: 1\n",
        &[r#"1:1 yaml-syntax "a" give it a key, or take it out"#],
    ),
    (
        "a: - b\n",
        &[r#"1:4 yaml-syntax "-" put each `- item` on a line of its own"#],
    ),
    ("a:b\nc: 1\n", &[r#"1:1 yaml-syntax "a:b" write a: b"#]),
    (
        "a: &x [*x]\n",
        &[r#"1:8 yaml-alias "*x" write the value out"#],
    ),
    (
        "a: \"\\q\"\n",
        &[r#"1:4 yaml-syntax "\"\\q\"" use 'single quotes', in which a backslash is just one"#],
    ),
    (
        "a: {{ x }}\n",
        &[r#"1:5 yaml-key "{ x }" a value that begins with { or [ needs quotes"#],
    ),
    (
        "hello\n",
        &[r#"1:1 yaml-syntax "hello" each line is `key: value`, with a space after the colon"#],
    ),
    (
        "a: 1\n b: 2\n",
        &[
            r#"2:2 yaml-syntax "b: 2" give keys of one table the same indentation, and close brackets and quotes above"#,
        ],
    ),
    (
        "a:\n  b: 1\n c: 2\n",
        &[r#"3:2 yaml-syntax "c" give keys of one table the same indentation"#],
    ),
    (
        "a: 99999999999999999999999999999999999999999999\n",
        &[
            r#"1:4 number-too-large "99999999999999999999999999999999999999999999" if it is a code, write it in quotes"#,
        ],
    ),
    (
        ": x\n",
        &[r#"1:1 yaml-key "" a value that begins with { or [ needs quotes"#],
    ),
    (
        "a: [1, 2\n",
        &[r#"1:4 yaml-syntax "[1," close it, or put the text in quotes"#],
    ),
    (
        "a:\n - x\n b: 1\n",
        &[r#"3:2 yaml-syntax "b" give keys of one table the same indentation"#],
    ),
    ("a: %x\n", &[r#"1:4 yaml-syntax "%x" put it in quotes"#]),
    (
        "a: 'x\n",
        &[r#"1:4 yaml-syntax "'x" close it at the end of the text"#],
    ),
    (
        "- a\nb: 1\n",
        &[r#"2:1 yaml-syntax "b" give keys of one table the same indentation"#],
    ),
];

fn hold(syntax: Syntax, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        let read = tree(syntax, text);
        assert_eq!(told(text, &read.diagnostics), *expected, "{text}");
        assert_eq!(read.failed(), !expected.is_empty(), "{text}");
    }
}

#[test]
fn toml_faults_are_told_with_the_line_to_write() {
    hold(Toml, TOML);
}

#[test]
fn yaml_faults_are_told_with_the_line_to_write() {
    hold(Yaml, YAML);
}

#[test]
fn a_second_place_is_where_a_key_stood_first() {
    for (syntax, text, first) in [
        (Toml, "[x]\nb = 1\n[y]\nc = 1\nb = 2\nb = 3\n", 20),
        (Toml, "[a]\n[b]\n[a]\n", 1),
        (Yaml, "x: 1\nb: 2\nb: 3\n", 5),
    ] {
        let read = tree(syntax, text);
        let places = &read.diagnostics[0].labels;
        assert_eq!(places[1].text, "first here");
        assert_eq!(places[1].span.unwrap().start, first, "{text}");
    }
}

#[test]
fn only_the_first_twenty_faults_are_told() {
    assert_eq!(tree(Toml, &"a = 1\n".repeat(99)).diagnostics.len(), 20);
    assert_eq!(tree(Yaml, &"a: 1\n".repeat(99)).diagnostics.len(), 20);
}
