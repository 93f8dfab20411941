//! Schemas: those for editors are held against the reader, those of exports against the exports.
//!
//! What the reader takes, a schema takes: over the example site and every site of the suite. What
//! it refuses for its shape, a schema refuses too.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read files"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up shall fail"
)]

#[path = "suite/support/mod.rs"]
#[allow(dead_code, reason = "the suite takes more of it")]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use jsonschema::Validator;
use serde_json::{Map, Value};
use silabus::base::{SitePath, Span};
use silabus::config::{self, Config};
use silabus::content::{self, Form, ParseOptions};
use silabus::data::{self, Field, Node, Raw, Syntax, Type, front};
use silabus::diag::Severity;
use silabus::engine::{BuildOptions, Engine};
use silabus::schema;
use silabus::world::{MemoryWorld, World};

use support::outlet::MemoryOutlet;

/// Faults of shape: a schema can say them.
const SHAPE: [&str; 8] = [
    "unknown-key",
    "wrong-type",
    "unknown-value",
    "out-of-range",
    "bad-percent",
    "bad-url",
    "bad-slug",
    "price-float",
];

/// All schemas of a site.
struct Schemas {
    config: Config,
    options: ParseOptions,
    by_name: BTreeMap<String, Validator>,
}

impl Schemas {
    fn of(settings: &str) -> Option<Self> {
        let config = config::read(settings, Severity::Error);
        if config.failed() {
            return None;
        }
        let config = config.value;
        let by_name = schema::all(&config)
            .into_iter()
            .map(|schema| (schema.name.to_string(), validator(&schema.json)))
            .collect();
        Some(Self {
            options: ParseOptions::new(&config, Severity::Error),
            config,
            by_name,
        })
    }

    fn faults(&self, name: &str, value: &Value) -> Vec<String> {
        faults(&self.by_name[name], value)
    }
}

fn validator(schema: &Value) -> Validator {
    if let Err(error) = jsonschema::meta::validate(schema) {
        panic!("{error}: {schema:#}");
    }
    jsonschema::validator_for(schema).unwrap()
}

fn faults(validator: &Validator, value: &Value) -> Vec<String> {
    let told = validator.iter_errors(value);
    told.map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// A tree as a validator sees it: dates are texts.
fn json(node: &Node) -> Value {
    match &node.raw {
        Raw::Null => Value::Null,
        Raw::Bool(yes) => (*yes).into(),
        Raw::Int(number) => i64::try_from(*number).map_or(Value::Null, Value::from),
        Raw::Float(text) => text
            .replace('_', "")
            .parse::<f64>()
            .unwrap_or(f64::NAN)
            .into(),
        Raw::Text(text) | Raw::When(text) => text.to_string().into(),
        Raw::List(items) => items.iter().map(json).collect(),
        Raw::Table(entries) => entries
            .iter()
            .map(|(key, node)| (key.name.to_string(), json(node)))
            .collect::<Map<_, _>>()
            .into(),
    }
}

/// A content file: the schema it belongs to, its front matter, and what the reader said of it.
struct Front {
    schema: String,
    value: Value,
    codes: Vec<&'static str>,
}

fn front(path: &str, text: &str, schemas: &Schemas) -> Option<Front> {
    let path = SitePath::new(path)?;
    let options = &schemas.options;
    let parts = front::split(&path, text);
    let syntax = parts.value.syntax?;
    let parsed = data::parse(&path, text, syntax, parts.value.front.clone());
    if parsed.failed() {
        return None;
    }
    let page = content::parse(&path, text, options).value;
    let kind = &options.kinds[page.kind as usize];
    let (schema, fields): (&str, &[Field]) = match page.place.form {
        Form::Section => (schema::SECTION, content::kinds::section_fields()),
        _ => (&kind.name, &kind.fields),
    };
    let context = options.reader.context(&path, syntax);
    let read = data::check(&parsed.value, fields, &context);
    let mut found = read.diagnostics;
    let record = read.value.with_defaults(&kind.defaults);
    found.extend(data::missing(&record, fields, Span::default(), &context));
    if let Some(defaults) = parsed
        .value
        .get("defaults")
        .filter(|_| schema == schema::SECTION)
    {
        let read = content::kinds::read_defaults(defaults, &options.kinds, &context);
        found.extend(read.diagnostics);
    }
    let errors = found.iter().filter(|found| found.is_error());
    Some(Front {
        schema: schema.to_owned(),
        value: json(&parsed.value),
        codes: errors.map(|found| found.code).collect(),
    })
}

fn settings_tree(text: &str) -> Value {
    let path = Config::path();
    json(&data::parse(&path, text, Syntax::Toml, 0..text.len()).value)
}

fn example() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![(
        "silabus.toml".to_owned(),
        fs::read(root.join("silabus.toml")).unwrap(),
    )];
    for folder in ["content", "data", "i18n", "static", "templates", "themes"] {
        for entry in walkdir::WalkDir::new(root.join(folder))
            .into_iter()
            .flatten()
        {
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(root).unwrap();
                files.push((
                    path.to_string_lossy().into_owned(),
                    fs::read(entry.path()).unwrap(),
                ));
            }
        }
    }
    files
}

#[test]
fn the_example_site_is_valid() {
    let files = example();
    let settings = String::from_utf8(files[0].1.clone()).unwrap();
    let schemas = Schemas::of(&settings).unwrap();
    assert_eq!(
        schemas.faults(schema::SETTINGS, &settings_tree(&settings)),
        Vec::<String>::new()
    );
    let mut seen = BTreeMap::<String, usize>::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".md")) {
        let text = String::from_utf8_lossy(bytes);
        let Some(front) = front(path, &text, &schemas) else {
            continue;
        };
        assert_eq!(
            schemas.faults(&front.schema, &front.value),
            Vec::<String>::new(),
            "{path}"
        );
        *seen.entry(front.schema).or_default() += 1;
    }
    for kind in [
        "article", "career", "course", "page", "person", "section", "skill",
    ] {
        assert!(
            seen.get(kind).is_some_and(|count| *count > 0),
            "{kind}: {seen:?}"
        );
    }
}

#[test]
fn a_schema_takes_what_the_reader_takes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let (mut right, mut wrong) = (0, 0);
    let mut known: BTreeMap<String, Option<Schemas>> = BTreeMap::new();
    let mut faulty = Vec::new();
    for case in support::cases(&folder) {
        for files in support::sites(&case) {
            let settings = files.get("silabus.toml").map_or_else(
                || "base_url = \"https://a.example\"\ntitle = \"Situs\"\n".to_owned(),
                |bytes| String::from_utf8_lossy(bytes).into_owned(),
            );
            let schemas = known
                .entry(settings.clone())
                .or_insert_with(|| Schemas::of(&settings));
            let Some(schemas) = schemas else {
                continue;
            };
            let told = schemas.faults(schema::SETTINGS, &settings_tree(&settings));
            if !told.is_empty() {
                faulty.push(format!("{}: silabus.toml: {told:?}", case.display()));
            }
            for (path, bytes) in &files {
                let text = String::from_utf8_lossy(bytes);
                let content = path.starts_with("content/") && path.ends_with(".md");
                let Some(front) = content.then(|| front(path, &text, schemas)).flatten() else {
                    continue;
                };
                let mut told = schemas.faults(&front.schema, &front.value);
                // What a default lacks is told once a page inherits it.
                told.retain(|fault| {
                    !fault.starts_with("/defaults/") || !fault.ends_with("is a required property")
                });
                let shape = front.codes.iter().any(|code| SHAPE.contains(code));
                if front.codes.is_empty() {
                    right += 1;
                    if !told.is_empty() {
                        faulty.push(format!("{}: {path}: {told:?}", case.display()));
                    }
                } else if shape {
                    wrong += 1;
                    if told.is_empty() {
                        faulty.push(format!(
                            "{}: {path}: takes {:?}",
                            case.display(),
                            front.codes
                        ));
                    }
                }
            }
        }
    }
    assert!(faulty.is_empty(), "{}", faulty.join("\n"));
    assert!(right > 500 && wrong > 8, "{right} right, {wrong} wrong");
}

/// What no editor should let pass: the schema, the text, and where it is wrong.
const WRONG: [(&str, &str, &str); 22] = [
    ("course", "titel: A", ""),
    ("course", "price: 3.8", "/price"),
    ("course", "price:", "/price"),
    ("course", "price: -1", "/price"),
    ("course", "level: mudah", "/level"),
    ("course", "mode: [daring]", "/mode"),
    ("course", "draft: ya", "/draft"),
    ("course", "date: besok", "/date"),
    ("course", "modules: [{minutes: 20}]", "/modules/0"),
    (
        "course",
        "modules: [{title: A, minutes: -1}]",
        "/modules/0/minutes",
    ),
    (
        "course",
        "promos: [{percent: 120, until: 2026-12-01}]",
        "/promos/0/percent",
    ),
    ("course", "promos: [{percent: 20}]", "/promos/0"),
    (
        "course",
        "variants: [{id: Kelas A, name: A, price: 1}]",
        "/variants/0/id",
    ),
    ("course", "enrol: {targets: x}", "/enrol"),
    ("course", "price: {amount: 1, currency: rupiah}", "/price"),
    (
        "article",
        "sources: [{title: A, url: contoh.id}]",
        "/sources/0/url",
    ),
    (
        "career",
        "salary: [{region: A, currency: IDR, unit: hari, source: B, as_of: 2026-01-01}]",
        "/salary/0/unit",
    ),
    ("career", "skill_groups: [{skills: [a]}]", "/skill_groups/0"),
    ("person", "links: [{name: A}]", "/links"),
    ("skill", "weight: 1.5", "/weight"),
    ("section", "sort_by: acak", "/sort_by"),
    ("section", "defaults: {level: mudah}", "/defaults/level"),
];

#[test]
fn a_schema_refuses_what_is_wrong() {
    let schemas = Schemas::of("base_url = \"https://a.example\"\ntitle = \"A\"\n").unwrap();
    for (name, text, place) in WRONG {
        let path = SitePath::new("content/a.md").unwrap();
        let tree = data::parse(&path, text, Syntax::Yaml, 0..text.len());
        assert!(!tree.failed(), "{text}");
        let told = schemas.faults(name, &json(&tree.value));
        let there = told
            .iter()
            .any(|fault| fault.starts_with(&format!("{place}:")));
        assert!(there, "{name}: {text}: {told:?}");
    }
    for (text, place) in [
        ("title = \"A\"", ""),
        ("base_url = \"a.example\"\ntitle = \"A\"", "/base_url"),
        (
            "base_url = \"https://a\"\ntitle = \"A\"\npaginate_by = -1",
            "/paginate_by",
        ),
        (
            "base_url = \"https://a\"\ntitle = \"A\"\n[menus]\nmain = [{ nama = \"A\" }]",
            "/menus/main/0",
        ),
        (
            "base_url = \"https://a\"\ntitle = \"A\"\n[kinds.event]\nfolders = \"a\"",
            "/kinds/event",
        ),
        (
            "base_url = \"https://a\"\ntitle = \"A\"\n[kinds.event.fields]\nplace = \"texts\"",
            "/kinds/event/fields/place",
        ),
        (
            "base_url = \"https://a\"\ntitle = \"A\"\n[kinds.event.fields.place]\nfields = { a = { typ = \"text\" } }",
            "/kinds/event/fields/place",
        ),
    ] {
        let told = schemas.faults(schema::SETTINGS, &settings_tree(text));
        let there = told
            .iter()
            .any(|fault| fault.starts_with(&format!("{place}:")));
        assert!(there, "{text}: {told:?}");
    }
}

#[test]
fn kinds_of_a_site_have_schemas() {
    let settings = "base_url = \"https://a.example\"\ntitle = \"A\"\ntaxonomies = [{ name = \"topics\" }]\n\
        [checks]\nignore_keys = [\"cssclass\"]\n\
        [kinds.event.fields]\nplace = { type = \"text\", required = true, doc = \"Where it is held.\" }\n\
        size = { choices = { small = [\"kecil\"], large = [\"besar\"] }, required = true, default = \"small\" }\n\
        host = { ref = \"person\", list = true }\n";
    let schemas = Schemas::of(settings).unwrap();
    let event = |text: &str| {
        let path = SitePath::new("content/event/a.md").unwrap();
        let tree = data::parse(&path, text, Syntax::Yaml, 0..text.len()).value;
        schemas.faults("event", &json(&tree))
    };
    assert_eq!(
        event("place: A\nsize: Besar\nhost: rani\ntopics: [a]\ncssclass: wide"),
        Vec::<String>::new()
    );
    assert_eq!(
        event("size: small").len(),
        1,
        "a place is required, a size is not"
    );
    assert_eq!(event("place: A\nsize: sedang").len(), 1);
    let all = schema::all(&schemas.config);
    let event = all.iter().find(|schema| &*schema.name == "event").unwrap();
    assert_eq!(
        event.json["properties"]["place"]["description"],
        "Where it is held."
    );
    assert_eq!(event.json["required"], serde_json::json!(["place"]));
}

#[test]
fn every_field_is_described() {
    fn walk(value: &Value, place: &str, bare: &mut Vec<String>) {
        if let Some(Value::Object(fields)) = value.get("properties") {
            for (name, field) in fields {
                let words = field["description"].as_str().unwrap_or_default();
                if !words.ends_with('.') || words.len() < 5 {
                    bare.push(format!("{place}.{name}"));
                }
            }
        }
        match value {
            Value::Object(map) => map
                .iter()
                .for_each(|(key, value)| walk(value, &format!("{place}.{key}"), bare)),
            Value::Array(items) => items.iter().for_each(|value| walk(value, place, bare)),
            _ => {}
        }
    }
    let schemas = Schemas::of("base_url = \"https://a.example\"\ntitle = \"A\"\n").unwrap();
    let mut bare = Vec::new();
    for schema in schema::all(&schemas.config) {
        walk(&schema.json, &schema.name, &mut bare);
    }
    assert_eq!(bare, Vec::<String>::new());
}

/// Every declared field stands in its schema, with what it says of itself.
#[test]
fn schemas_follow_from_declarations() {
    fn hold(fields: &[Field], schema: &Value, place: &str) {
        for field in fields {
            let own = &schema["properties"][&*field.name];
            assert_eq!(own["description"], *field.doc, "{place}.{}", field.name);
            let required = schema["required"].as_array();
            let required =
                required.is_some_and(|names| names.iter().any(|name| *name == *field.name));
            assert_eq!(required, field.required, "{place}.{}", field.name);
            words(&field.ty, own, &format!("{place}.{}", field.name));
        }
    }
    fn words(ty: &Type, schema: &Value, place: &str) {
        match ty {
            Type::Choice(choices) => {
                let text = schema.to_string();
                for choice in choices {
                    assert!(text.contains(&format!("\"{}\"", choice.value)), "{place}");
                }
            }
            Type::List(of, false) => words(of, &schema["items"], place),
            Type::Table(fields) => hold(fields, schema, place),
            _ => {}
        }
    }
    let schemas = Schemas::of("base_url = \"https://a.example\"\ntitle = \"A\"\n").unwrap();
    let all = schema::all(&schemas.config);
    let named = |name: &str| {
        &all.iter()
            .find(|schema| &*schema.name == name)
            .unwrap()
            .json
    };
    for kind in schemas.options.kinds.iter() {
        hold(&kind.fields, named(&kind.name), &kind.name);
    }
    hold(
        &config::fields::all(),
        named(schema::SETTINGS),
        "silabus.toml",
    );
}

#[test]
fn exports_are_as_their_schemas_say() {
    let mut world = MemoryWorld::new();
    for (path, bytes) in example() {
        world.insert(SitePath::new(&path).unwrap(), bytes);
    }
    let world: Arc<dyn World + Send> = Arc::new(world);
    let schemas = ["courses", "careers", "skills"].map(|name| {
        let path = format!("{}/docs/schema/{name}.v1.json", env!("CARGO_MANIFEST_DIR"));
        let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        (name, validator(&schema))
    });
    let mut engine = Engine::new();
    let outlet = MemoryOutlet::default();
    for now in [
        "2026-01-15T08:00:00+07:00",
        "2026-11-22T08:00:00+07:00",
        "2026-12-31T23:59:59+07:00",
        "2027-02-14T12:00:00+07:00",
        "2027-08-01T00:00:00+07:00",
    ] {
        outlet.begin();
        let build = engine.build(&world, &BuildOptions::at(now.parse().unwrap()), &outlet);
        assert!(!build.failed(), "{now}");
        let tree = outlet.end(false).unwrap();
        for (name, validator) in &schemas {
            let value: Value = serde_json::from_slice(&tree[&format!("{name}.json")]).unwrap();
            assert!(
                value[*name].as_array().is_some_and(|all| !all.is_empty()),
                "{name}"
            );
            assert_eq!(
                faults(validator, &value),
                Vec::<String>::new(),
                "{name} at {now}"
            );
            let mut broken = value;
            broken[*name][0].as_object_mut().unwrap().remove("url");
            assert_ne!(faults(validator, &broken), Vec::<String>::new(), "{name}");
        }
    }
}
