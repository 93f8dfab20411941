//! Building a case in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use silabus::base::{SitePath, Span};
use silabus::diag::{Diagnostic, Label, Report};
use silabus::engine::{Build, BuildOptions, Engine};
use silabus::world::{MemoryWorld, World, read_text};

use super::case::Args;
use super::edits::Outcome;
use super::outlet::MemoryOutlet;

/// Files by path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What a build gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Built {
    /// The published files, with `public/` in front; none when it failed.
    pub(crate) files: Files,
    /// What it said.
    pub(crate) said: Vec<Said>,
    /// Whether it failed.
    pub(crate) failed: bool,
}

/// One diagnostic, with its place in lines and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// The file that a marker can stand in; none for problems without a file of the case.
    pub(crate) marked_path: Option<String>,
    /// Line, from 1; a whole file is meant by its first.
    pub(crate) line: usize,
    /// Column in characters, from 1.
    pub(crate) column: usize,
    head: String,
    more: Vec<String>,
}

impl Said {
    /// `severity[code]: message`, then its label, its other places, its pages and its hints,
    /// each after ` | `.
    pub(crate) fn words(&self) -> String {
        let parts = std::iter::once(&self.head).chain(&self.more);
        parts
            .map(|part| part.replace('\n', "\\n"))
            .collect::<Vec<_>>()
            .join(" | ")
    }

    /// Everything on one line, with its place in front.
    pub(crate) fn full(&self) -> String {
        format!("{}{}", self.place(), self.words())
    }

    /// The line of the format `short`.
    pub(crate) fn short(&self) -> String {
        format!("{}{}", self.place(), self.head)
    }

    fn place(&self) -> String {
        match &self.marked_path {
            Some(path) => format!("{path}:{}:{}: ", self.line, self.column),
            None => String::new(),
        }
    }
}

/// An engine and an outlet that are kept from build to build.
#[derive(Default)]
pub(crate) struct Bench {
    engine: Engine,
    outlet: MemoryOutlet,
}

impl Bench {
    /// Builds a site on this thread's pool.
    pub(crate) fn build(&mut self, files: &Files, args: &Args) -> Outcome {
        let world = world(files);
        let options = BuildOptions {
            drafts: args.drafts,
            base_url: args.base_url.clone(),
            deny_warnings: args.deny_warnings,
            ..BuildOptions::at(args.now.parse().unwrap())
        };
        self.outlet.begin();
        let build = self.engine.build(&world, &options, &self.outlet);
        let work = work(&build);
        let failed = build.failed() || (args.deny_warnings && !build.diagnostics.is_empty());
        let report = Report::new(build.diagnostics);
        let said = report.diagnostics().iter();
        let said = said
            .map(|diagnostic| said_of(diagnostic, &*world))
            .collect();
        let tree = self.outlet.end(failed).unwrap_or_default();
        let published =
            |(path, bytes): (&String, &Arc<[u8]>)| (format!("public/{path}"), bytes.to_vec());
        let files = tree.iter().map(published).collect();
        let built = Built {
            files,
            said,
            failed,
        };
        Outcome { built, work }
    }
}

/// What a build did, line by line.
fn work(build: &Build) -> Vec<String> {
    let parsed = build.report.parsed.iter();
    let mut work: Vec<String> = parsed.map(|path| format!("parsed: {path}")).collect();
    let made = build.report.made().map(|(path, _)| format!("made: {path}"));
    work.extend(made);
    // The order is that of threads.
    work.sort_unstable_by(|a, b| b[..1].cmp(&a[..1]).then(a.cmp(b)));
    work
}

/// Builds a site with a new engine.
pub(crate) fn build(files: &Files, args: &Args) -> Built {
    Bench::default().build(files, args).built
}

fn world(files: &Files) -> Arc<dyn World + Send> {
    let mut world = MemoryWorld::new();
    for (path, bytes) in files {
        let path = SitePath::new(path).unwrap_or_else(|| panic!("no path of a site: {path}"));
        world.insert(path, bytes.clone());
    }
    Arc::new(world)
}

fn said_of(diagnostic: &Diagnostic, world: &dyn World) -> Said {
    let severity = diagnostic.severity.as_str();
    let head = format!("{severity}[{}]: {}", diagnostic.code, diagnostic.message);
    let mut more = Vec::new();
    let mut place = (None, 1, 1);
    for (at, label) in diagnostic.labels.iter().enumerate() {
        let (path, line, column) = located(label, world);
        if at > 0 {
            more.push(
                format!("{}:{line}: {}", label.path, label.text)
                    .trim_end_matches([':', ' '])
                    .to_owned(),
            );
            continue;
        }
        if path.is_none() {
            more.push(format!("in {}", label.path));
        }
        place = (path, line, column);
        more.extend(Some(label.text.clone()).filter(|text| !text.is_empty()));
    }
    more.extend(diagnostic.pages_note());
    more.extend(diagnostic.hints.iter().map(|hint| format!("help: {hint}")));
    Said {
        marked_path: place.0,
        line: place.1,
        column: place.2,
        head,
        more,
    }
}

/// The place of a label; no path where the world has no such text.
fn located(label: &Label, world: &dyn World) -> (Option<String>, usize, usize) {
    let Ok(text) = read_text(world, &label.path) else {
        return (None, 1, 1);
    };
    let (line, column) = label.span.map_or((1, 1), |span| line_column(&text, span));
    (Some(label.path.to_string()), line, column)
}

fn line_column(text: &str, span: Span) -> (usize, usize) {
    let before = &text[..(span.start as usize).min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    (line, column)
}
