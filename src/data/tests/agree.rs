//! TOML and YAML of the same data are the same tree and the same record.

use proptest::prelude::*;

use crate::base::Span;
use crate::data::Syntax::{Toml, Yaml};
use crate::data::syntax::quote;
use crate::data::{Key, Node, Raw};

use super::tree;

fn bare(raw: Raw) -> Node {
    Node {
        raw,
        span: Span::default(),
    }
}

fn scalar() -> impl Strategy<Value = Raw> {
    prop_oneof![
        any::<bool>().prop_map(Raw::Bool),
        any::<i64>().prop_map(|number| Raw::Int(number.into())),
        (0..1_000_000u32, 0..1000u32).prop_map(|(a, b)| Raw::Float(format!("{a}.{b:03}").into())),
        any::<String>().prop_map(|text| Raw::Text(text.into())),
        "[a-z0-9:,.\\-]{0,12}".prop_map(|text| Raw::Text(text.into())),
        (1900..2100u16, 1..13u8, 1..29u8)
            .prop_map(|(y, m, d)| Raw::When(format!("{y}-{m:02}-{d:02}").into())),
        (0..24u8, 0..60u8).prop_map(|(h, m)| Raw::When(format!("{h:02}:{m:02}").into())),
    ]
}

fn value() -> impl Strategy<Value = Raw> {
    scalar().prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5)
                .prop_map(|items| Raw::List(items.into_iter().map(bare).collect())),
            table(inner),
        ]
    })
}

fn table(of: impl Strategy<Value = Raw>) -> impl Strategy<Value = Raw> {
    let key = prop_oneof!["[a-z_]{1,6}", "[ -~é]{1,5}"];
    prop::collection::vec((key, of), 0..5).prop_map(|mut entries| {
        let mut seen = std::collections::BTreeSet::new();
        entries.retain(|(name, _)| seen.insert(name.clone()));
        let entry = |(name, raw): (String, Raw)| {
            let span = Span::default();
            (
                Key {
                    name: name.into(),
                    span,
                },
                bare(raw),
            )
        };
        Raw::Table(entries.into_iter().map(entry).collect())
    })
}

/// The value in the syntax with this sign; flow style, which both have.
fn inline(raw: &Raw, sign: &str) -> String {
    match raw {
        Raw::Null => "~".to_owned(),
        Raw::Bool(yes) => yes.to_string(),
        Raw::Int(number) => number.to_string(),
        Raw::Float(text) | Raw::When(text) => text.to_string(),
        Raw::Text(text) => quote(text),
        Raw::List(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(&item.raw, sign)).collect();
            format!("[{}]", items.join(", "))
        }
        Raw::Table(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, node)| format!("{}{sign}{}", quote(&key.name), inline(&node.raw, sign)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn lines(raw: &Raw, sign: &str) -> String {
    let Raw::Table(entries) = raw else {
        return String::new();
    };
    entries
        .iter()
        .map(|(key, node)| format!("{}{sign}{}\n", quote(&key.name), inline(&node.raw, sign)))
        .collect()
}

/// Block style, as people write YAML.
fn block(raw: &Raw, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match raw {
        Raw::Table(entries) if !entries.is_empty() => {
            for (key, node) in entries {
                out.push_str(&format!("\n{pad}{}:", quote(&key.name)));
                block(&node.raw, indent + 2, out);
            }
        }
        Raw::List(items) if !items.is_empty() => {
            for item in items {
                out.push_str(&format!("\n{pad}-"));
                block(&item.raw, indent + 2, out);
            }
        }
        raw => out.push_str(&format!(" {}", inline(raw, ": "))),
    }
}

fn without_places(node: &Node) -> Node {
    bare(match &node.raw {
        Raw::List(items) => Raw::List(items.iter().map(without_places).collect()),
        Raw::Table(entries) => Raw::Table(
            entries
                .iter()
                .map(|(key, node)| {
                    let span = Span::default();
                    (
                        Key {
                            name: key.name.clone(),
                            span,
                        },
                        without_places(node),
                    )
                })
                .collect(),
        ),
        raw => raw.clone(),
    })
}

fn every_place(node: &Node, text: &str) -> bool {
    let inside = text
        .get(node.span.range())
        .is_some_and(|under| !under.is_empty());
    inside
        && match &node.raw {
            Raw::List(items) => items.iter().all(|item| every_place(item, text)),
            Raw::Table(entries) => entries.iter().all(|(key, node)| {
                let under = text.get(key.span.range()).unwrap_or_default();
                (under == &*key.name || under == quote(&key.name)) && every_place(node, text)
            }),
            Raw::Int(number) => text[node.span.range()] == number.to_string(),
            Raw::Text(value) => text[node.span.range()] == quote(value),
            _ => true,
        }
}

proptest! {
    #[test]
    fn both_syntaxes_give_the_tree_that_was_written(raw in table(value())) {
        let whole = bare(raw.clone());
        let toml = lines(&raw, " = ");
        let yaml = lines(&raw, ": ");
        let mut blocks = String::new();
        block(&raw, 0, &mut blocks);
        let blocks = blocks.trim_start().to_owned();
        for (syntax, text) in [(Toml, toml), (Yaml, yaml), (Yaml, blocks.clone()), (Yaml, blocks.replace('\n', "\r\n"))] {
            let read = tree(syntax, &text);
            prop_assert!(read.diagnostics.is_empty(), "{:?} {:?}", read.diagnostics, text);
            prop_assert_eq!(&without_places(&read.value), &whole, "{:?}", text);
            for (_, node) in read.value.entries() {
                prop_assert!(every_place(node, &text), "{:?} {:?}", node, text);
            }
        }
    }
}

#[test]
fn toml_tables_in_all_their_forms_are_one_tree() {
    let yaml = tree(
        Yaml,
        "a: {b: 1, c: 2}\nx:\n- k: 1\n- {k: 2, y: {z: 1}}\ne: {t: q}\n",
    )
    .value;
    let toml = "a.b = 1\na.c = 2\n[[x]]\nk = 1\n[[x]]\nk = 2\n[x.y]\nz = 1\n[e]\nt = 'q'\n";
    let toml = tree(Toml, toml).value;
    assert_eq!(without_places(&yaml), without_places(&toml));
}

#[test]
fn keys_stand_in_the_order_written() {
    for (syntax, text) in [
        (Toml, "b = 1\na = 2\n[z]\n[c]\n"),
        (Yaml, "b: 1\na: 2\nz: {}\nc: {}\n"),
    ] {
        let read = tree(syntax, text).value;
        let names: Vec<&str> = read.entries().iter().map(|(key, _)| &*key.name).collect();
        assert_eq!(names, ["b", "a", "z", "c"]);
    }
}

#[test]
fn a_line_break_in_a_text_is_one_sign() {
    let toml = tree(Toml, "a = \"\"\"x\r\ny\"\"\"\r\nb = \"x\\r\\ny\"\r\n").value;
    let yaml = tree(Yaml, "a: |-\r\n  x\r\n  y\r\nb: \"x\\r\\ny\"\r\n").value;
    for read in [toml, yaml] {
        assert_eq!(read.get("a").unwrap().as_text(), Some("x\ny"));
        assert_eq!(read.get("b").unwrap().as_text(), Some("x\r\ny"));
    }
}
