//! The rules. Each gives its faults as `file:line: what is wrong`.

use crate::code::{Code, File, Mention, module_of};
use crate::tables::{Module, Tables};

/// The longest file, in lines.
pub(crate) const FILE_LINES: usize = 400;
/// The longest function, in lines.
pub(crate) const FUNCTION_LINES: usize = 80;

/// Names that say nothing.
const DRAWERS: [&str; 8] = [
    "util", "utils", "helper", "helpers", "common", "manager", "managers", "misc",
];
/// The one file that may have such a name: it holds the fields that all kinds have in common.
const COMMON_FIELDS: &str = "src/content/kinds/common.rs";

/// A file with what was read of it.
pub(crate) struct Source {
    pub(crate) file: File,
    pub(crate) code: Code,
    pub(crate) module: Module,
    /// Whether the whole file is test code.
    pub(crate) test: bool,
}

impl Source {
    /// Reads all files; those that only tests have are told by who declares them.
    pub(crate) fn all(files: Vec<File>) -> Vec<Self> {
        let read: Vec<(File, Code)> = files
            .into_iter()
            .map(|file| {
                let code = crate::code::read(&file);
                (file, code)
            })
            .collect();
        let tests: Vec<Module> = read
            .iter()
            .flat_map(|(_, code)| code.test_modules.clone())
            .collect();
        read.into_iter()
            .map(|(file, code)| {
                let module = module_of(&file.path);
                let test = tests.iter().any(|test| module.starts_with(test));
                Self {
                    file,
                    code,
                    module,
                    test,
                }
            })
            .collect()
    }

    fn room(&self) -> &str {
        &self.module[0]
    }

    fn fault(&self, line: usize, what: impl std::fmt::Display) -> String {
        format!("{}:{line}: {what}", self.file.path)
    }

    /// Paths of code that is no test.
    fn own_mentions(&self) -> impl Iterator<Item = &Mention> {
        let tested = self.test;
        self.code
            .mentions
            .iter()
            .filter(move |mention| !tested && !mention.test)
    }
}

/// All faults of all files.
pub(crate) fn check(sources: &[Source], tables: &Tables) -> Vec<String> {
    let rules = [rooms, parts, crates, rim, sizes, names, opening];
    let mut found: Vec<String> = sources
        .iter()
        .flat_map(|source| rules.iter().flat_map(move |rule| rule(source, tables)))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// A room imports only rows below its own.
fn rooms(source: &Source, tables: &Tables) -> Vec<String> {
    let room = source.room();
    let Some(row) = tables.row(room) else {
        let what =
            format!("the room `{room}` has no row in the table \"Rooms\" of docs/architecture.md");
        return vec![source.fault(1, what)];
    };
    let imported = source
        .code
        .mentions
        .iter()
        .filter_map(|mention| Some((mention, room_of(mention)?)));
    imported
        .filter(|(_, other)| *other != room)
        .filter_map(|(mention, other)| {
            let below = tables.row(other)?;
            (below >= row).then(|| {
                let what = format!("`{room}` (row {row}) uses `{other}` (row {below}): a room imports only rows below it");
                source.fault(mention.line, what)
            })
        })
        .collect()
}

fn room_of(mention: &Mention) -> Option<&str> {
    match mention.path.as_slice() {
        [root, room, ..] if root == "crate" => Some(room),
        _ => None,
    }
}

/// Some parts of rooms import less than their room may.
fn parts(source: &Source, tables: &Tables) -> Vec<String> {
    let Some((part, allowed)) = tables
        .parts
        .iter()
        .find(|(part, _)| source.module.starts_with(part))
    else {
        return Vec::new();
    };
    let inner = source
        .own_mentions()
        .filter(|mention| room_of(mention).is_some());
    inner
        .filter(|mention| {
            let path = &mention.path[1..];
            !path.starts_with(part) && !allowed.iter().any(|allowed| path.starts_with(allowed))
        })
        .map(|mention| {
            let (part, path) = (part.join("/"), mention.path.join("::"));
            let what = format!("`{part}` uses `{path}`, which the table \"Parts of rooms\" of docs/architecture.md does not give it");
            source.fault(mention.line, what)
        })
        .collect()
}

/// Each crate has its modules.
fn crates(source: &Source, tables: &Tables) -> Vec<String> {
    let named = source
        .own_mentions()
        .filter(|mention| mention.path.len() > 1);
    named
        .filter_map(|mention| {
            let name = &mention.path[0];
            let (_, allowed) = tables.crates.iter().find(|(known, _)| known.replace('-', "_") == *name)?;
            (!is_in(&source.module, allowed)).then(|| {
                let what = format!("`{name}` may only be used in {}: see the table \"Crates\" of docs/architecture.md", listed(allowed));
                source.fault(mention.line, what)
            })
        })
        .collect()
}

/// The outside is reached at the rim only.
fn rim(source: &Source, tables: &Tables) -> Vec<String> {
    let mut found = Vec::new();
    for mention in source.own_mentions() {
        for (name, allowed) in &tables.rim {
            if holds(&mention.path, name) && !is_in(&source.module, allowed) {
                let name = name.join("::");
                let what = format!(
                    "`{name}` may be used {}: see the table \"The rim\" of docs/architecture.md",
                    place(allowed)
                );
                found.push(source.fault(mention.line, what));
            }
        }
    }
    found
}

/// Whether `part` stands anywhere in `path`.
fn holds(path: &[String], part: &[String]) -> bool {
    path.windows(part.len()).any(|window| window == part)
}

fn is_in(module: &[String], allowed: &[Module]) -> bool {
    allowed.iter().any(|allowed| module.starts_with(allowed))
}

fn place(allowed: &[Module]) -> String {
    if allowed.is_empty() {
        "nowhere".to_owned()
    } else {
        format!("only in {}", listed(allowed))
    }
}

fn listed(modules: &[Module]) -> String {
    let names: Vec<String> = modules
        .iter()
        .map(|module| format!("`{}`", module.join("/")))
        .collect();
    names.join(", ")
}

/// Files and functions stay short.
fn sizes(source: &Source, _: &Tables) -> Vec<String> {
    let mut found = Vec::new();
    let lines = source.file.text.lines().count();
    if lines > FILE_LINES {
        let what = format!("the file has {lines} lines: split it, {FILE_LINES} are the most");
        found.push(source.fault(FILE_LINES + 1, what));
    }
    for function in source
        .code
        .functions
        .iter()
        .filter(|function| function.length > FUNCTION_LINES)
    {
        let (name, length) = (&function.name, function.length);
        let what = format!(
            "the function `{name}` has {length} lines: split it, {FUNCTION_LINES} are the most"
        );
        found.push(source.fault(function.line, what));
    }
    found
}

/// A module is named for what it holds.
fn names(source: &Source, _: &Tables) -> Vec<String> {
    let name = source.module.last().map_or("", String::as_str);
    if !DRAWERS.contains(&name) || source.file.path == COMMON_FIELDS {
        return Vec::new();
    }
    vec![source.fault(
        1,
        format!("a module named `{name}` is a drawer: name it for what it holds"),
    )]
}

/// A module begins by saying what it is.
fn opening(source: &Source, _: &Tables) -> Vec<String> {
    if source.file.text.starts_with("//!") {
        return Vec::new();
    }
    vec![source.fault(
        1,
        "the file does not begin with `//!`: say what it is and what it may not know",
    )]
}
