//! The judge: does a site step by step and holds what is rebuilt against a clean build.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tempfile::TempDir;

use super::choose;
use super::edit::{Edit, What};
use super::engine::Made;
use super::files::{self, Files};
use super::legs::{Flaw, Leg, Moment, Warm, cold};
use super::live::Live;
use super::rng::Rng;
use super::site;

/// A site and what is done to it: all that a failure needs to happen again.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The site's files.
    pub(crate) files: Files,
    /// The edits in order.
    pub(crate) edits: Vec<Edit>,
    /// Whether a running program is held against a clean build, too.
    pub(crate) live: bool,
}

/// Where rebuilding is not equal to building.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// After how many edits.
    pub(crate) step: usize,
    /// Whether the site had errors then.
    pub(crate) broken: bool,
    /// Which leg it was.
    pub(crate) leg: &'static str,
    /// What differs.
    pub(crate) differences: Vec<Difference>,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    /// The published file, `diagnostics`, or `problems`, as a preview shows them.
    pub(crate) place: String,
    /// What a clean build gives; none where there should be nothing.
    pub(crate) expected: Option<String>,
    /// What came.
    pub(crate) came: Option<String>,
}

/// What a sequence went through.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// Edits by kind.
    pub(crate) edits: BTreeMap<What, usize>,
    /// Edits after which the site could not be published.
    pub(crate) broken: usize,
    /// Pairs of trees that were compared.
    pub(crate) compared: usize,
    /// Files in these trees.
    pub(crate) files: usize,
}

impl Tally {
    /// Adds what another sequence went through.
    pub(crate) fn add(&mut self, other: &Self) {
        for (what, count) in &other.edits {
            *self.edits.entry(*what).or_default() += count;
        }
        self.broken += other.broken;
        self.compared += other.compared;
        self.files += other.files;
    }
}

/// A site that is being worked on.
struct Session {
    folder: TempDir,
    files: Files,
    now: String,
    warm: Warm,
    live: Option<Live>,
    tally: Tally,
    broken: bool,
}

impl Session {
    fn new(case: &Case, flaw: &Flaw) -> Self {
        let files = &case.files;
        let folder = tempfile::tempdir().unwrap();
        files::write_all(files, folder.path());
        Self {
            warm: Warm::new(folder.path(), flaw),
            live: case.live.then(|| Live::start(folder.path(), site::NOW)),
            files: files.clone(),
            now: site::NOW.to_owned(),
            tally: Tally::default(),
            broken: false,
            folder,
        }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn edit(&mut self, edit: &Edit) {
        let root = self.folder.path();
        edit.apply(&mut self.files, root, &mut self.now);
        *self.tally.edits.entry(edit.what).or_default() += 1;
    }

    /// Makes the site in every way and compares.
    fn compare(&mut self, step: usize) -> Result<Made, Failure> {
        let address = self.live.as_mut().map(|live| live.at(&self.now));
        let moment = Moment {
            root: self.folder.path(),
            now: &self.now,
            base_url: address.as_deref(),
        };
        let clean = cold(&moment);
        self.broken = clean.tree.is_none();
        let live = self.live.as_mut().map(|live| live as &mut dyn Leg);
        for leg in [Some(&mut self.warm as &mut dyn Leg), live]
            .into_iter()
            .flatten()
        {
            let differences = differences(&clean, &leg.made(&moment, &clean));
            if !differences.is_empty() {
                return Err(Failure {
                    step,
                    broken: self.broken,
                    leg: leg.name(),
                    differences,
                });
            }
        }
        self.tally.broken += usize::from(self.broken);
        self.tally.compared += usize::from(!self.broken);
        self.tally.files += clean.tree.as_ref().map_or(0, BTreeMap::len);
        Ok(clean)
    }
}

/// Everything that differs from a clean build.
pub(crate) fn differences(clean: &Made, made: &Made) -> Vec<Difference> {
    let mut found = Vec::new();
    for (place, said, came) in [
        ("diagnostics", &clean.said, &made.said),
        ("problems", &clean.shown, &made.shown),
    ] {
        if said != came {
            found.push(Difference {
                place: place.to_owned(),
                expected: Some(said.join("\n")),
                came: Some(came.join("\n")),
            });
        }
    }
    let (Some(expected), Some(came)) = (&clean.tree, &made.tree) else {
        return found;
    };
    let paths: BTreeSet<&String> = expected.keys().chain(came.keys()).collect();
    for path in paths {
        if expected.get(path) != came.get(path) {
            let shown = |tree: &super::engine::Tree| {
                tree.get(path)
                    .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            };
            found.push(Difference {
                place: path.clone(),
                expected: shown(expected),
                came: shown(came),
            });
        }
    }
    found
}

/// Does the edits of a case one by one; the first failure.
pub(crate) fn run(case: &Case, flaw: &Flaw) -> Option<Failure> {
    let mut session = Session::new(case, flaw);
    if let Err(failure) = session.compare(0) {
        return Some(failure);
    }
    for (at, edit) in case.edits.iter().enumerate() {
        session.edit(edit);
        if let Err(failure) = session.compare(at + 1) {
            return Some(failure);
        }
    }
    None
}

/// A sequence of a seed: makes up a site and edits, and does them until something differs.
pub(crate) fn sequence(
    seed: u64,
    edits: usize,
    flaw: &Flaw,
    live: bool,
) -> (Case, Tally, Option<Failure>) {
    let mut rng = Rng::new(seed);
    let mut case = Case {
        files: site::generate(&mut rng),
        edits: Vec::new(),
        live,
    };
    let mut session = Session::new(&case, flaw);
    let first = session.compare(0);
    if let Ok(made) = &first {
        assert!(made.tree.is_some(), "seed {seed}: {:#?}", made.said);
    }
    let mut failure = first.err();
    let mut good = session.files.clone();
    while failure.is_none() && case.edits.len() < edits {
        let edit = match session.broken && rng.chance(75) {
            true => choose::repair(&session.files, &good),
            false => choose::edit(&mut rng, &session.files, &session.now),
        };
        session.edit(&edit);
        case.edits.push(edit);
        failure = session.compare(case.edits.len()).err();
        if !session.broken {
            good = session.files.clone();
        }
    }
    debug_assert!(session.root().exists());
    (case, session.tally, failure)
}

/// What clean builds make of a case before its edits and after them.
pub(crate) fn before_and_after(case: &Case) -> (Made, Made) {
    let folder = tempfile::tempdir().unwrap();
    let (mut files, mut now) = (case.files.clone(), site::NOW.to_owned());
    files::write_all(&files, folder.path());
    let made = |now: &str| {
        cold(&Moment {
            root: folder.path(),
            now,
            base_url: None,
        })
    };
    let before = made(&now);
    for edit in &case.edits {
        edit.apply(&mut files, folder.path(), &mut now);
    }
    (before, made(&now))
}
