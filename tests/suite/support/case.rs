//! One case: a site, how it is built, and what is expected of it.

use std::collections::BTreeMap;

use super::archive::Archive;
use super::defaults;
use super::markers::{self, Marker};

/// The instant of a case that names none.
const NOW: &str = "2026-11-22T08:00:00+07:00";

/// How a case is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Args {
    /// `now = …`, RFC 3339.
    pub(crate) now: String,
    /// `drafts`.
    pub(crate) drafts: bool,
    /// `base_url = …`.
    pub(crate) base_url: Option<String>,
    /// `deny_warnings`.
    pub(crate) deny_warnings: bool,
    /// `no_defaults`: no settings and templates of the harness.
    pub(crate) no_defaults: bool,
    /// `process`: built by the real program too, on a disk.
    pub(crate) process: bool,
    /// `known_bug = …`: the program does not do this yet; the case fails once it does.
    pub(crate) known_bug: Option<String>,
    /// `payloads`: built with every hostile text in the places of `%toml%` and its kin.
    pub(crate) payloads: bool,
}

impl Default for Args {
    fn default() -> Self {
        Self {
            now: NOW.to_owned(),
            drafts: false,
            base_url: None,
            deny_warnings: false,
            no_defaults: false,
            process: false,
            known_bug: None,
            payloads: false,
        }
    }
}

impl Args {
    fn set(&mut self, line: &str) -> Result<(), String> {
        let (key, value) = line
            .split_once('=')
            .map_or((line, ""), |(key, value)| (key.trim(), value.trim()));
        match key {
            "now" => value.clone_into(&mut self.now),
            "base_url" => self.base_url = Some(value.to_owned()),
            "known_bug" => self.known_bug = Some(value.to_owned()),
            "drafts" => self.drafts = true,
            "deny_warnings" => self.deny_warnings = true,
            "no_defaults" => self.no_defaults = true,
            "process" => self.process = true,
            "payloads" => self.payloads = true,
            other => return Err(format!("-- args -- knows no `{other}`")),
        }
        Ok(())
    }
}

/// What is expected of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expectation {
    /// `expect: path`: exactly these bytes.
    Exact(String, String),
    /// `expect-contains: path`: these lines, in this order, each somewhere in a line.
    Contains(String, Vec<String>),
    /// `expect-lacks: path`: none of these texts.
    Lacks(String, Vec<String>),
    /// `expect-missing`: no such file.
    Missing(Vec<String>),
    /// `expect-files`: exactly these files.
    Files(Vec<String>),
}

/// A case.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The text file as it is.
    pub(crate) archive: Archive,
    /// How to build.
    pub(crate) args: Args,
    /// The site's files, markers taken out.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// The expected diagnostics.
    pub(crate) markers: Vec<Marker>,
    /// The expected output.
    pub(crate) expected: Vec<Expectation>,
}

impl Case {
    /// Reads a case, or says what is wrong with the text file.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut case = Self {
            archive: Archive::parse(text),
            args: Args::default(),
            files: BTreeMap::new(),
            markers: Vec::new(),
            expected: Vec::new(),
        };
        if case.archive.comment.trim().is_empty() {
            return Err("a case begins with a comment that says what it shows".to_owned());
        }
        for entry in case.archive.entries.clone() {
            case.take(&entry.name, &entry.body)?;
        }
        case.add_defaults();
        Ok(case)
    }

    /// Whether it would pass whatever is built.
    pub(crate) fn expects_nothing(&self) -> bool {
        self.expected.is_empty() && self.markers.is_empty() && !self.args.payloads
    }

    fn take(&mut self, name: &str, body: &str) -> Result<(), String> {
        let lines = || {
            body.lines()
                .filter(|line| !line.trim().is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (verb, path) = name.split_once(": ").unwrap_or((name, ""));
        let path = path.to_owned();
        match verb {
            "args" => lines()
                .iter()
                .try_for_each(|line| self.args.set(line.trim()))?,
            "diagnostics" => self
                .markers
                .extend(lines().iter().map(|line| Marker::listed(line))),
            "expect" => self
                .expected
                .push(Expectation::Exact(path, body.to_owned())),
            "expect-contains" => self.expected.push(Expectation::Contains(path, lines())),
            "expect-lacks" => self.expected.push(Expectation::Lacks(path, lines())),
            "expect-missing" => self.expected.push(Expectation::Missing(lines())),
            "expect-files" => self.expected.push(Expectation::Files(lines())),
            "edit" | "remove" | "work" => {
                return Err(format!("-- {name} --: edits are for a later day"));
            }
            _ if path.is_empty() => self.add_file(name, body)?,
            _ => return Err(format!("no section is called `{verb}:`")),
        }
        Ok(())
    }

    fn add_file(&mut self, name: &str, body: &str) -> Result<(), String> {
        let path = unescape(name);
        let (clean, mut markers) = markers::strip(&path, body);
        self.markers.append(&mut markers);
        let known = self.files.insert(path, clean.into_bytes());
        if known.is_some() {
            Err(format!("two files {name}"))
        } else {
            Ok(())
        }
    }

    fn add_defaults(&mut self) {
        if self.args.no_defaults {
            return;
        }
        let themed = self.files.keys().any(|path| path.starts_with("themes/"));
        let templates = defaults::TEMPLATES.iter().filter(|_| !themed);
        let settings = ("silabus.toml", defaults::SETTINGS);
        for (path, text) in templates.chain([&settings]) {
            self.files
                .entry((*path).to_owned())
                .or_insert_with(|| text.as_bytes().to_vec());
        }
    }
}

/// `\u{301}` in a path stands for that character, so that one sees which form is meant.
pub(crate) fn unescape(name: &str) -> String {
    let mut parts = name.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap_or(("", part));
        out.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
        out.push_str(rest);
    }
    out
}
