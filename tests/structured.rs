//! What machines read is held against the vocabulary of schema.org: types and properties exist,
//! properties stand on types that have them, values are of the types that they may have. Then the
//! rules that search engines add.
//!
//! It looks at the whole example site, and at what the cases of `tests/suite/structured` expect.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read files"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up shall fail"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use silabus::base::SitePath;
use silabus::config::Config;
use silabus::diag::Diagnostic;
use silabus::engine::{BuildOptions, Engine, Outlet};
use silabus::output::{Artifact, Target};
use silabus::world::MemoryWorld;

/// The types above a type, and its properties with what they may hold.
type Class = (Vec<String>, BTreeMap<String, Vec<String>>);

/// All types by name.
struct Vocabulary(BTreeMap<String, Class>);

impl Vocabulary {
    fn read() -> Self {
        let text = include_str!("structured/vocabulary.txt");
        let mut types = BTreeMap::new();
        let mut current = String::new();
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, above)) = line.split_once(" <") {
                current = name.to_owned();
                types.insert(current.clone(), (words(above), BTreeMap::new()));
            } else if let Some((name, range)) = line.trim().split_once(':') {
                let entry: &mut Class = types.get_mut(&current).unwrap();
                entry.1.insert(name.to_owned(), words(range));
            }
        }
        Self(types)
    }

    /// Whether a type is another or below it.
    fn is(&self, class: &str, wanted: &str) -> bool {
        class == wanted
            || self
                .0
                .get(class)
                .is_some_and(|(above, _)| above.iter().any(|above| self.is(above, wanted)))
    }

    /// What a property of a type may hold, inherited properties among them.
    fn range(&self, class: &str, property: &str) -> Option<&[String]> {
        let (above, own) = self.0.get(class)?;
        let inherited = || above.iter().find_map(|above| self.range(above, property));
        own.get(property).map(Vec::as_slice).or_else(inherited)
    }

    fn check(&self, value: &Value, faults: &mut Vec<String>) {
        let Some(class) = value["@type"].as_str() else {
            return;
        };
        if !self.0.contains_key(class) {
            faults.push(format!("there is no type {class}"));
            return;
        }
        for (name, value) in value.as_object().unwrap() {
            if name.starts_with('@') {
                continue;
            }
            let Some(range) = self.range(class, name) else {
                faults.push(format!("{class} has no property {name}"));
                continue;
            };
            let values = value
                .as_array()
                .map_or(std::slice::from_ref(value), Vec::as_slice);
            for value in values {
                if !range.iter().any(|wanted| self.fits(value, wanted)) {
                    faults.push(format!("{class}.{name} is no {range:?}: {value}"));
                }
                self.check(value, faults);
            }
        }
    }

    fn fits(&self, value: &Value, wanted: &str) -> bool {
        if let Some(text) = value.as_str() {
            let day = text.len() >= 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
            return match wanted {
                "Text" => true,
                "URL" => text.contains("://"),
                // An instant says more than a day.
                "Date" | "DateTime" => day,
                "Time" => text.len() == 8,
                "Duration" => text.starts_with('P'),
                "Integer" => text.parse::<i64>().is_ok(),
                "Number" | "Float" => text.parse::<f64>().is_ok(),
                // Members of an enumeration are addresses; a thing may be named by its address.
                _ => text.starts_with("https://"),
            };
        }
        match value {
            Value::Number(number) => match wanted {
                "Integer" => number.is_i64(),
                "Number" => true,
                _ => false,
            },
            Value::Bool(_) => wanted == "Boolean",
            Value::Object(map) => match map.get("@type").and_then(Value::as_str) {
                Some(class) => self.is(class, wanted),
                None => map.contains_key("@id") && !is_plain(wanted),
            },
            _ => false,
        }
    }
}

fn is_plain(wanted: &str) -> bool {
    matches!(
        wanted,
        "Text" | "URL" | "Date" | "DateTime" | "Integer" | "Number" | "Boolean"
    )
}

/// The graphs in a text.
fn graphs(text: &str) -> Vec<Value> {
    let blocks = text.split("<script type=\"application/ld+json\">").skip(1);
    blocks
        .map(|block| serde_json::from_str(block.split("</script>").next().unwrap()).unwrap())
        .collect()
}

/// The rules beyond the vocabulary.
fn rules(graph: &Value, faults: &mut Vec<String>) {
    let nodes = graph["@graph"].as_array().unwrap();
    let mut ids: Vec<&str> = nodes
        .iter()
        .filter_map(|node| node["@id"].as_str())
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    let mut want = |yes: bool, rule: &str| {
        if !yes {
            faults.push(rule.to_owned());
        }
    };
    want(
        ids.len() == count && count == nodes.len(),
        "each node has a name of its own",
    );
    for node in nodes {
        let has = |name: &str| !node[name].is_null();
        match node["@type"].as_str().unwrap() {
            "ItemList" => {
                let items = node["itemListElement"].as_array().unwrap();
                want(items.len() >= 3, "a list of courses has three or more");
                for (at, item) in items.iter().enumerate() {
                    want(item["position"] == at + 1, "positions count from one");
                    let course = &item["item"];
                    let named = ["name", "url", "provider"].iter();
                    want(
                        named.clone().all(|name| !course[name].is_null()),
                        "a listed course",
                    );
                }
            }
            "BreadcrumbList" => {
                let items = node["itemListElement"].as_array().unwrap();
                want(items.len() >= 2, "a way has two steps or more");
                let whole = |item: &Value| item["name"].is_string() && item["item"].is_string();
                want(items.iter().all(whole), "steps have names and addresses");
            }
            "BlogPosting" => {
                let all = ["headline", "author", "publisher"];
                want(
                    all.iter().all(|name| has(name)),
                    "an article has headline and author",
                );
            }
            "Organization" => want(has("name") && has("url"), "an organisation has a name"),
            "Course" => {
                want(
                    has("name") && has("provider"),
                    "a course has a name and a provider",
                );
                let offers = &node["offers"];
                let offers = offers
                    .as_array()
                    .map_or(std::slice::from_ref(offers), Vec::as_slice);
                for offer in offers.iter().filter(|offer| !offer.is_null()) {
                    let all = ["price", "priceCurrency", "category", "availability"];
                    want(
                        all.iter().all(|name| !offer[name].is_null()),
                        "an offer is whole",
                    );
                    want(
                        offer["price"].is_i64() || offer["price"].is_string(),
                        "no float",
                    );
                }
            }
            _ => {}
        }
    }
}

/// Everything wrong in the graphs of some texts.
fn faults<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>) -> (usize, Vec<String>) {
    let vocabulary = Vocabulary::read();
    let (mut count, mut all) = (0, Vec::new());
    for (name, text) in texts {
        for graph in graphs(text) {
            count += 1;
            let mut found = Vec::new();
            for node in graph["@graph"].as_array().unwrap() {
                vocabulary.check(node, &mut found);
            }
            rules(&graph, &mut found);
            all.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
        }
    }
    (count, all)
}

#[derive(Default)]
struct Files(Mutex<BTreeMap<String, String>>);

impl Outlet for Files {
    /// Only texts are looked at.
    fn draws(&self) -> bool {
        false
    }

    fn open(&self, _: &Config) -> Result<(), Box<Diagnostic>> {
        Ok(())
    }

    fn put(&self, target: &Target, artifact: &Artifact) -> Result<(), Box<Diagnostic>> {
        let text = String::from_utf8_lossy(&artifact.bytes).into_owned();
        self.0.lock().unwrap().insert(target.path.to_string(), text);
        Ok(())
    }
}

/// The example site, built at an instant.
fn example() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut world = MemoryWorld::new();
    for folder in [
        "content",
        "static",
        "themes",
        "templates",
        "data",
        "i18n",
        "silabus.toml",
    ] {
        for entry in walkdir::WalkDir::new(root.join(folder))
            .into_iter()
            .flatten()
        {
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(root).unwrap();
                let path = SitePath::new(path.to_str().unwrap()).unwrap();
                world.insert(path, fs::read(entry.path()).unwrap());
            }
        }
    }
    let files = Files::default();
    let options = BuildOptions::at("2026-11-22T08:00:00+07:00".parse().unwrap());
    let build = Engine::forgetful().build(&(Arc::new(world) as _), &options, &files);
    assert!(!build.failed(), "{:?}", build.diagnostics);
    files.0.into_inner().unwrap()
}

#[test]
fn the_example_site_keeps_to_the_vocabulary() {
    let built = example();
    let pages = built.iter().filter(|(path, _)| path.ends_with(".html"));
    let (count, faults) = faults(pages.map(|(path, text)| (&**path, &**text)));
    assert!(count > 40, "only {count} graphs were found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_schedule_has_a_graph_too() {
    let pages = example();
    let graph = graphs(&pages["jadwal/index.html"]);
    let text = graph.iter().map(Value::to_string).collect::<String>();
    for part in ["CollectionPage", "BreadcrumbList", "\"Jadwal\"", "/jadwal/"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn the_cases_keep_to_the_vocabulary() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/structured");
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        texts.push((
            path.display().to_string(),
            fs::read_to_string(&path).unwrap(),
        ));
    }
    let (count, faults) = faults(texts.iter().map(|(path, text)| (&**path, &**text)));
    assert!(count >= 10, "only {count} graphs were found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_not_of_the_vocabulary_is_found() {
    let text = "<script type=\"application/ld+json\">{\"@graph\":[\
        {\"@type\":\"Course\",\"@id\":\"a\",\"harga\":1,\"url\":3},\
        {\"@type\":\"Kursus\",\"@id\":\"b\"},\
        {\"@type\":\"ItemList\",\"@id\":\"c\",\"itemListElement\":[]}]}</script>";
    let (_, faults) = faults([("x", text)].into_iter());
    for fault in [
        "x: Course has no property harga",
        "x: Course.url is no [\"URL\"]: 3",
        "x: there is no type Kursus",
        "x: a list of courses has three or more",
        "x: a course has a name and a provider",
    ] {
        assert!(
            faults.iter().any(|found| found == fault),
            "{fault}: {faults:?}"
        );
    }
}
