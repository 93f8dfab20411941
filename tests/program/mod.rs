//! A site on a disk and the real program beside it, for tests of what only a process can show.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The instant of all builds.
const NOW: &str = "2026-11-22T08:00:00+07:00";

/// Files by path.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// A site in a folder of its own.
pub(crate) struct Site {
    folder: TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit code; none when a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
    /// How long it took.
    pub(crate) took: Duration,
}

impl Run {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command) -> Self {
        let begun = Instant::now();
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().unwrap();
        Self {
            code: status.code(),
            out: String::from_utf8_lossy(&stdout).into_owned(),
            err: String::from_utf8_lossy(&stderr).into_owned(),
            took: begun.elapsed(),
        }
    }
}

impl Site {
    /// A site with settings and two small templates, without pages.
    pub(crate) fn new() -> Self {
        let site = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let settings = "base_url = \"https://a.example\"\ntitle = \"Situs\"\n[markdown.highlighting]\nenabled = false\n";
        site.put("silabus.toml", settings);
        site.put(
            "templates/index.html",
            "home {% for page in section.pages %}{{ page.title }} {% endfor %}",
        );
        site.put("templates/section.html", "section");
        site.put(
            "templates/page.html",
            "{{ page.title }}: {{ page.content }}",
        );
        site
    }

    /// Its folder.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A path below its folder.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root().join(inside)
    }

    /// Writes a file.
    pub(crate) fn put(&self, inside: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// `silabus build` of this site, in one line a problem.
    pub(crate) fn command(&self) -> Command {
        let mut command = program();
        command
            .args(["build", "--format", "short", "--now", NOW, "--root"])
            .arg(self.root());
        command
    }

    /// Builds it.
    pub(crate) fn build(&self) -> Run {
        Run::of(&mut self.command())
    }

    /// Builds it with further arguments.
    pub(crate) fn build_with(&self, args: &[&str]) -> Run {
        Run::of(self.command().args(args))
    }

    /// The published site, the program's own dotfiles left out.
    pub(crate) fn public(&self) -> Tree {
        let mut tree = tree(&self.path("public"));
        tree.retain(|path, _| !path.starts_with(".silabus"));
        tree
    }

    /// What lies in its folder, by name.
    pub(crate) fn names(&self) -> Vec<String> {
        let found = fs::read_dir(self.root()).unwrap();
        let mut names: Vec<String> = found
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// The program, free of what the environment says.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_silabus"));
    command.env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1");
    command
}

/// All files below a folder; none where there is no such folder.
pub(crate) fn tree(folder: &Path) -> Tree {
    let found = walkdir::WalkDir::new(folder).into_iter().flatten();
    let files = found.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let inside = entry.path().strip_prefix(folder).unwrap();
            (
                inside.to_string_lossy().into_owned(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

/// Whether a tool of the system is there; tests that need one say so when they pass it over.
pub(crate) fn has(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok()
}
