//! One case: a site, how it is built, what is expected of it, and what follows after edits.

use super::archive::Archive;
use super::defaults;
use super::markers::{self, Marker};
use super::picture;
use super::run::Files;

/// The instant of a case that names none.
const NOW: &str = "2026-11-22T08:00:00+07:00";

/// What a section `font: path` stands for.
const FONT: &[u8] = include_bytes!("../../../themes/akademi/fonts/plus-jakarta-sans-800.ttf");

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

/// A site at one moment, and what is expected of it: as it is written, or after an edit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stage {
    /// The edit's name; empty for the site as it is written.
    pub(crate) name: String,
    /// The site's files, markers taken out.
    pub(crate) files: Files,
    /// The expected diagnostics.
    pub(crate) markers: Vec<Marker>,
    /// The expected output.
    pub(crate) expected: Vec<Expectation>,
    /// The expected work, line by line; none where nothing is said.
    pub(crate) work: Option<Vec<String>>,
    /// The build's instant, where it is another one.
    pub(crate) now: Option<String>,
    /// Files that the stage's own sections bring.
    written: Vec<String>,
}

/// A case.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The text file as it is.
    pub(crate) archive: Archive,
    /// How to build.
    pub(crate) args: Args,
    /// The site as it is written.
    pub(crate) first: Stage,
    /// What becomes of it, edit by edit.
    pub(crate) edits: Vec<Stage>,
}

impl Case {
    /// Reads a case, or says what is wrong with the text file.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let archive = Archive::parse(text);
        if archive.comment.trim().is_empty() {
            return Err("a case begins with a comment that says what it shows".to_owned());
        }
        let mut args = Args::default();
        let (own, edits) = archive.stages();
        let mut first = Stage::default();
        for entry in own {
            first.take(&entry.name, &entry.body, Some(&mut args))?;
        }
        first.add_defaults(&args);
        let mut stages: Vec<Stage> = Vec::new();
        for entries in edits {
            let mut stage = stages.last().unwrap_or(&first).edited();
            for entry in entries {
                stage.take(&entry.name, &entry.body, None)?;
            }
            if stage.work.is_none() {
                return Err(format!("`edit: {}` has no `work` section", stage.name));
            }
            stages.push(stage);
        }
        let edits = stages;
        Ok(Self {
            archive,
            args,
            first,
            edits,
        })
    }

    /// Whether it would pass whatever is built.
    pub(crate) fn expects_nothing(&self) -> bool {
        let first = &self.first;
        let nothing = first.expected.is_empty() && first.markers.is_empty();
        nothing && self.edits.is_empty() && !self.args.payloads
    }
}

impl Stage {
    /// What the next edit begins with: the files, and what is still wrong with them.
    fn edited(&self) -> Self {
        let stays = |marker: &&Marker| marker.is_marked();
        Self {
            files: self.files.clone(),
            markers: self.markers.iter().filter(stays).cloned().collect(),
            now: self.now.clone(),
            ..Self::default()
        }
    }

    fn take(&mut self, name: &str, body: &str, args: Option<&mut Args>) -> Result<(), String> {
        let lines = || {
            body.lines()
                .filter(|line| !line.trim().is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (verb, path) = name.split_once(": ").unwrap_or((name, ""));
        let path = path.to_owned();
        match (verb, args) {
            ("args", Some(args)) => lines().iter().try_for_each(|line| args.set(line.trim()))?,
            ("edit", _) => return self.begin(path, &lines()),
            ("remove", None) => self.remove(&unescape(&path))?,
            ("work", None) => self.work = Some(lines()),
            ("args" | "remove" | "work", _) => {
                return Err(format!("-- {name} -- stands in the wrong place"));
            }
            ("diagnostics", _) => self
                .markers
                .extend(lines().iter().map(|line| Marker::listed(line))),
            ("expect", _) => self
                .expected
                .push(Expectation::Exact(path, body.to_owned())),
            ("expect-contains", _) => self.expected.push(Expectation::Contains(path, lines())),
            ("expect-lacks", _) => self.expected.push(Expectation::Lacks(path, lines())),
            ("expect-missing", _) => self.expected.push(Expectation::Missing(lines())),
            ("expect-files", _) => self.expected.push(Expectation::Files(lines())),
            ("picture", _) => self.add_bytes(&unescape(&path), picture::made(body)?)?,
            ("font", _) => self.add_bytes(&unescape(&path), FONT.to_vec())?,
            _ if path.is_empty() => self.add_file(name, body)?,
            _ => return Err(format!("no section is called `{verb}:`")),
        }
        Ok(())
    }

    /// The section that begins an edit may say from when on builds are.
    fn begin(&mut self, name: String, lines: &[String]) -> Result<(), String> {
        self.name = name;
        for line in lines {
            let Some(now) = line.trim().strip_prefix("now = ") else {
                return Err(format!("an edit knows no `{line}`"));
            };
            self.now = Some(now.trim().to_owned());
        }
        Ok(())
    }

    fn remove(&mut self, path: &str) -> Result<(), String> {
        self.forget(path);
        let known = self.files.remove(path);
        known
            .map(drop)
            .ok_or_else(|| format!("remove: there is no {path}"))
    }

    /// What was wrong with a file that is another one now.
    fn forget(&mut self, path: &str) {
        self.markers
            .retain(|marker| marker.path.as_deref() != Some(path));
    }

    fn add_file(&mut self, name: &str, body: &str) -> Result<(), String> {
        let path = unescape(name);
        if self.written.contains(&path) {
            return Err(format!("two files {name}"));
        }
        self.forget(&path);
        let (clean, mut markers) = markers::strip(&path, body);
        self.markers.append(&mut markers);
        self.files.insert(path.clone(), clean.into_bytes());
        self.written.push(path);
        Ok(())
    }

    fn add_bytes(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), String> {
        if self.written.iter().any(|known| known == path) {
            return Err(format!("two files {path}"));
        }
        self.forget(path);
        self.files.insert(path.to_owned(), bytes);
        self.written.push(path.to_owned());
        Ok(())
    }

    fn add_defaults(&mut self, args: &Args) {
        if args.no_defaults {
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
