//! TOML and YAML of one data give one page: whatever the values, the built site has the same
//! bytes, and what is said of it is the same but for places and the syntax of fixes.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests write files and start the program"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up shall fail"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use silabus::base::SitePath;
use silabus::config::Config;
use silabus::diag::Diagnostic;
use silabus::engine::{BuildOptions, Engine, Outlet};
use silabus::output::{Artifact, Target};
use silabus::world::MemoryWorld;

/// A value that both syntaxes can hold.
#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Int(i64),
    Fraction(i32, u8),
    Flag(bool),
    Day(u16, u8, u8),
    List(Vec<Value>),
    Table(BTreeMap<String, Value>),
}

impl Value {
    /// As TOML writes it, inline.
    fn toml(&self) -> String {
        match self {
            Self::List(items) => format!("[{}]", joined(items.iter().map(Self::toml))),
            Self::Table(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| format!("{key} = {}", value.toml()));
                format!("{{ {} }}", joined(entries))
            }
            other => other.plain(),
        }
    }

    /// As YAML writes it, inline.
    fn yaml(&self) -> String {
        match self {
            Self::List(items) => format!("[{}]", joined(items.iter().map(Self::yaml))),
            Self::Table(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| format!("{key}: {}", value.yaml()));
                format!("{{ {} }}", joined(entries))
            }
            other => other.plain(),
        }
    }

    /// What both write alike.
    fn plain(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Int(number) => number.to_string(),
            Self::Fraction(whole, part) => format!("{whole}.{part}"),
            Self::Flag(flag) => flag.to_string(),
            Self::Day(year, month, day) => format!("{year:04}-{month:02}-{day:02}"),
            Self::List(_) | Self::Table(_) => String::new(),
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// A double-quoted text with the escapes that both know.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => write!(out, "\\u{:04X}", c as u32).unwrap(),
            c => out.push(c),
        }
    }
    out + "\""
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 .,:;#&<>'\"\\\\{}\\[\\]|!?%@`~^*+=/_-]{0,24}",
        "\\PC{0,12}",
        prop::sample::select(vec![
            "",
            "ya",
            "yes",
            "null",
            "~",
            "1.0",
            "0123",
            "3.800",
            "2026-11-22",
            "- x",
            "{{ x }}",
            "\t\n"
        ])
        .prop_map(str::to_owned),
    ]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        text().prop_map(Value::Text),
        any::<i64>().prop_map(Value::Int),
        (-1000_i32..1000, 0_u8..100).prop_map(|(whole, part)| Value::Fraction(whole, part)),
        any::<bool>().prop_map(Value::Flag),
        day(),
    ]
}

fn day() -> impl Strategy<Value = Value> {
    (1990_u16..2100, 1_u8..=12, 1_u8..=28)
        .prop_map(|(year, month, day)| Value::Day(year, month, day))
}

fn tree() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::btree_map("[a-z_][a-z0-9_]{0,5}", inner, 0..4).prop_map(Value::Table),
        ]
    })
}

fn texts() -> impl Strategy<Value = Value> {
    prop::collection::vec(text().prop_map(Value::Text), 0..4).prop_map(Value::List)
}

/// The front matter of a course: fields with values of their type, of any type now and then, and
/// anything under `extra`.
fn front() -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    let field = |name: &'static str, strategy: BoxedStrategy<Value>| {
        let any = prop_oneof![60 => strategy, 1 => tree().boxed()];
        prop::option::of(any)
            .prop_map(move |value| value.map(|value| (name, value)))
            .boxed()
    };
    let int = |from: i64, to: i64| (from..to).prop_map(Value::Int).boxed();
    let word = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        prop::sample::select(words).prop_map(Value::Text).boxed()
    };
    let fields = vec![
        field("description", text().prop_map(Value::Text).boxed()),
        field("date", day().boxed()),
        field("updated", day().boxed()),
        field(
            "draft",
            prop::bool::weighted(0.1).prop_map(Value::Flag).boxed(),
        ),
        field("weight", int(-5, 100)),
        field("tags", texts().boxed()),
        field("price", int(0, 9_000_000)),
        field("list_price", int(8_000_000, 10_000_000)),
        field(
            "level",
            word(&["pemula", "mahir", "beginner", "Semua Level"]),
        ),
        field("mode", word(&["daring", "onsite"])),
        field("duration", word(&["20 jam", "90 menit", "2 minggu"])),
        field("outcomes", texts().boxed()),
        field(
            "batches",
            prop::collection::vec(day(), 0..3)
                .prop_map(Value::List)
                .boxed(),
        ),
        field(
            "extra",
            prop::collection::btree_map("[a-z][a-z0-9_]{0,5}", tree(), 0..4)
                .prop_map(Value::Table)
                .boxed(),
        ),
    ];
    let title = text().prop_map(|text| ("title", Value::Text(format!("J {text}"))));
    (title, fields).prop_map(|(title, fields)| {
        std::iter::once(title)
            .chain(fields.into_iter().flatten())
            .collect()
    })
}

#[derive(Default)]
struct Files(Mutex<BTreeMap<String, Vec<u8>>>);

impl Outlet for Files {
    fn open(&self, _: &Config) -> Result<(), Box<Diagnostic>> {
        Ok(())
    }

    fn put(&self, target: &Target, artifact: &Artifact) -> Result<(), Box<Diagnostic>> {
        self.0
            .lock()
            .unwrap()
            .insert(target.path.to_string(), artifact.bytes.to_vec());
        Ok(())
    }
}

type Built = (BTreeMap<String, String>, Vec<String>);

/// The site with this one course; its files, and the codes and messages of what was said.
fn build(course: &str) -> Built {
    let mut world = MemoryWorld::new();
    let settings = "base_url = \"https://a.example\"\ntitle = \"Situs\"\ngenerate_feeds = true\ntaxonomies = [{ name = \"tags\" }]\n[markdown.highlighting]\nenabled = false\n";
    let page = "{{ page | json_encode }}";
    for (path, text) in [
        ("silabus.toml", settings),
        ("templates/page.html", page),
        ("templates/index.html", "{{ section.pages | json_encode }}"),
        ("templates/section.html", "{{ section | json_encode }}"),
        ("templates/taxonomy_single.html", "{{ term | json_encode }}"),
        ("content/courses/kursus.md", course),
    ] {
        world.insert(SitePath::new(path).unwrap(), text);
    }
    let files = Files::default();
    let options = BuildOptions::at("2026-11-22T08:00:00Z".parse().unwrap());
    let world: Arc<dyn silabus::world::World + Send> = Arc::new(world);
    let build = Engine::new().build(&world, &options, &files);
    let mut said: Vec<String> = build
        .diagnostics
        .iter()
        .map(|one| format!("{}: {}", one.code, one.message))
        .collect();
    said.sort();
    let files = files.0.into_inner().unwrap();
    (
        files
            .into_iter()
            .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
            .collect(),
        said,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn toml_and_yaml_of_one_data_give_one_page(front in front()) {
        let toml: String = front.iter().map(|(key, value)| format!("{key} = {}\n", value.toml())).collect();
        let yaml: String = front.iter().map(|(key, value)| format!("{key}: {}\n", value.yaml())).collect();
        let from_toml = build(&format!("+++\n{toml}+++\nIsi.\n"));
        let from_yaml = build(&format!("---\n{yaml}---\nIsi.\n"));
        prop_assert_eq!(from_toml, from_yaml, "\n{}\n{}", toml, yaml);
    }
}
