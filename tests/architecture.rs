//! Holds the source tree against the tables of docs/architecture.md: which room may import which,
//! which crate is used where, where the outside is reached, how long files and functions may be.
//!
//! The rules are in `rules`, what they look at in `code`; the tables are the document's own, so
//! that it cannot say one thing and the code do another. The tests at the end break every rule
//! once, so that the guard is known to bark.

#![expect(
    clippy::disallowed_methods,
    reason = "a test that reads the source tree"
)]

#[path = "architecture/code.rs"]
mod code;
#[path = "architecture/lexer.rs"]
mod lexer;
#[path = "architecture/rules.rs"]
mod rules;
#[path = "architecture/tables.rs"]
mod tables;

use std::fs;
use std::path::{Path, PathBuf};

use code::File;
use rules::Source;
use tables::{Tables, spans};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All Rust files below a folder.
fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn source_tree() -> Vec<File> {
    let mut paths = Vec::new();
    rust_files(&root().join("src"), &mut paths);
    paths.sort();
    let file = |path: &PathBuf| {
        let path = path
            .strip_prefix(root())
            .expect("below the root")
            .to_string_lossy();
        File {
            text: text(&path),
            path: path.into_owned(),
        }
    };
    paths.iter().map(file).collect()
}

/// Names of the dependencies that Cargo.toml declares, in one of its tables.
fn dependencies(manifest: &toml::Table, table: &str) -> Vec<String> {
    let declared = manifest.get(table).and_then(toml::Value::as_table);
    declared
        .map(|table| table.keys().cloned().collect())
        .unwrap_or_default()
}

fn manifest() -> toml::Table {
    text("Cargo.toml").parse().expect("Cargo.toml is TOML")
}

fn assert_none(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn the_tree_keeps_its_rules() {
    let tables = Tables::of(&text("docs/architecture.md"));
    let sources = Source::all(source_tree());
    assert!(
        sources.len() > 50,
        "only {} source files were found",
        sources.len()
    );
    assert_none(&rules::check(&sources, &tables));
}

#[test]
fn every_room_of_the_table_is_there() {
    let tables = Tables::of(&text("docs/architecture.md"));
    assert!(tables.rooms.len() > 10, "{:?}", tables.rooms);
    let there = |name: &str| {
        let src = root().join("src");
        src.join(name).is_dir() || src.join(format!("{name}.rs")).is_file()
    };
    let missing: Vec<String> = tables
        .rooms
        .iter()
        .filter(|(_, name)| !there(name))
        .map(|(_, name)| format!("docs/architecture.md: there is no room `{name}` in src/"))
        .collect();
    assert_none(&missing);
}

#[test]
fn every_dependency_is_placed_and_explained() {
    let tables = Tables::of(&text("docs/architecture.md"));
    let page = text("docs/dependencies.md");
    let explained = spans(&page);
    let manifest = manifest();
    let normal = dependencies(&manifest, "dependencies");
    let all = ["dependencies", "dev-dependencies", "build-dependencies"]
        .into_iter()
        .flat_map(|table| dependencies(&manifest, table));
    let unexplained = all
        .filter(|name| !explained.contains(&&**name))
        .map(|name| format!("docs/dependencies.md: `{name}` of Cargo.toml is not explained"));
    let placed = |name: &String| tables.crates.iter().any(|(known, _)| known == name);
    let unplaced = normal.iter().filter(|name| !placed(name)).map(|name| {
        format!("docs/architecture.md: `{name}` of Cargo.toml has no row in the table \"Crates\"")
    });
    let gone = tables
        .crates
        .iter()
        .filter(|(name, _)| !normal.contains(name))
        .map(|(name, _)| {
            format!("docs/architecture.md: `{name}` is no dependency of Cargo.toml any more")
        });
    let faults: Vec<String> = unexplained.chain(unplaced).chain(gone).collect();
    assert_none(&faults);
}

/// A small house with the same tables.
const HOUSE: &str = "\
## Rooms

| Row | Room |
|---|---|
| 0 | `base` |
| 1 | `site`, `config` |
| 2 | `engine` |
| 3 | `main`, `lib` |

## Parts of rooms

| Part | May import |
|---|---|
| `engine/publish` | `base` |

## Crates

| Crate | Where |
|---|---|
| `tera` | `site/theme` |
| `two-face` | `base` |

## The rim

| What | Where |
|---|---|
| `std::fs`, `Instant::now` | `engine/publish` |
| `unsafe`, `println!` | nowhere |
";

/// The faults of files in the small house, each with a fitting first line.
fn faults(files: &[(&str, &str)]) -> Vec<String> {
    let file = |(path, text): &(&str, &str)| File {
        path: (*path).to_owned(),
        text: format!("//! What it is.\n{text}"),
    };
    let sources = Source::all(files.iter().map(file).collect());
    rules::check(&sources, &Tables::of(HOUSE))
}

/// The one fault of a file.
fn fault(path: &str, text: &str) -> String {
    let found = faults(&[(path, text)]);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

#[test]
fn what_is_allowed_is_no_fault() {
    let files = [
        (
            "src/engine/mod.rs",
            "use crate::{base, site::View};\n#[cfg(test)]\nmod tests;\n",
        ),
        ("src/engine/tests.rs", "use std::fs;\nuse tera::Tera;\n"),
        (
            "src/site/theme/load.rs",
            "use tera::Tera;\nuse super::x;\nuse crate::base::Span;\n",
        ),
        (
            "src/engine/publish/stage.rs",
            "use std::fs::File;\nuse crate::base::Span;\nuse super::lock;\n",
        ),
        (
            "src/base/mod.rs",
            "// crate::engine, unsafe\nconst S: &str = \"println!(crate::engine::x)\";\n",
        ),
        ("src/main.rs", "fn main() { silabus::engine::run() }\n"),
    ];
    assert_eq!(faults(&files), [""; 0]);
}

#[test]
fn an_import_upwards_is_a_fault() {
    let expected =
        "src/base/x.rs:3: `base` (row 0) uses `site` (row 1): a room imports only rows below it";
    assert_eq!(
        fault("src/base/x.rs", "\nuse crate::site::View;\n"),
        expected
    );
    assert!(
        fault("src/base/x.rs", "fn f() { crate::engine::go() }").contains("uses `engine` (row 2)")
    );
    assert!(fault("src/base/x.rs", "use super::super::site::View;").contains("uses `site`"));
    assert!(
        fault("src/base/x.rs", "#[cfg(test)] mod t { use crate::site; }").contains("uses `site`")
    );
    assert!(fault("src/base/x.rs", "use crate::{base::Span, site};").contains("uses `site`"));
}

#[test]
fn an_import_within_a_row_is_a_fault() {
    assert!(
        fault("src/site/mod.rs", "use crate::config::Config;").contains("uses `config` (row 1)")
    );
}

#[test]
fn a_room_without_a_row_is_a_fault() {
    assert!(fault("src/attic/mod.rs", "").contains("the room `attic` has no row"));
}

#[test]
fn a_part_that_imports_more_than_it_may_is_a_fault() {
    let found = fault("src/engine/publish/stage.rs", "use crate::site::View;");
    assert!(
        found.contains("`engine/publish` uses `crate::site::View`"),
        "{found}"
    );
    let found = fault(
        "src/engine/publish/stage.rs",
        "use super::super::build::Build;",
    );
    assert!(
        found.contains("uses `crate::engine::build::Build`"),
        "{found}"
    );
}

#[test]
fn a_crate_out_of_its_place_is_a_fault() {
    assert!(
        fault("src/site/mod.rs", "use tera::Tera;")
            .contains("`tera` may only be used in `site/theme`")
    );
    assert!(fault("src/site/mod.rs", "type T = tera::Tera;").contains("`tera` may only"));
    assert!(
        fault("src/site/mod.rs", "fn f() { ::two_face::syntax::x() }")
            .contains("`two_face` may only")
    );
}

#[test]
fn the_outside_reached_elsewhere_is_a_fault() {
    assert!(
        fault("src/base/x.rs", "use std::{fs, io};")
            .contains("`std::fs` may be used only in `engine/publish`")
    );
    assert!(fault("src/base/x.rs", "fn f() { Instant::now(); }").contains("`Instant::now`"));
    assert!(
        fault("src/base/x.rs", "fn f() { println!(); }").contains("`println!` may be used nowhere")
    );
    assert!(fault("src/base/x.rs", "unsafe fn f() {}").contains("`unsafe` may be used nowhere"));
}

#[test]
fn long_files_and_functions_are_faults() {
    let long = "\n".repeat(rules::FILE_LINES);
    assert!(fault("src/base/x.rs", &long).contains("the file has 401 lines"));
    let body = "    let _ = 1;\n".repeat(rules::FUNCTION_LINES);
    let found = fault("src/base/x.rs", &format!("fn long() {{\n{body}}}\n"));
    assert_eq!(
        found,
        "src/base/x.rs:2: the function `long` has 82 lines: split it, 80 are the most"
    );
}

#[test]
fn drawers_and_silent_files_are_faults() {
    assert!(fault("src/base/utils.rs", "").contains("a module named `utils` is a drawer"));
    assert!(fault("src/site/common/mod.rs", "").contains("a drawer"));
    let silent = File {
        path: "src/base/x.rs".to_owned(),
        text: "use std::io;\n".to_owned(),
    };
    let found = rules::check(&Source::all(vec![silent]), &Tables::of(HOUSE));
    assert!(found[0].contains("does not begin with `//!`"), "{found:?}");
}
