//! Making the pictures that renders asked for: what they asked stands in their traces, so a wish
//! comes and goes with the page that has it.

mod cache;
mod cards;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

pub use cache::PictureCache;
pub(super) use cards::finish;

use super::settle::Work;
use crate::base::{Fingerprint, SitePath};
use crate::diag::Diagnostic;
use crate::output::{Artifact, Recipe, Target, Turn};
use crate::picture::{self, FOLDER, Facts, Fault, Spec};
use crate::site::Question;
use crate::site::pictures::{Pictures, Wish, read, wishes};
use crate::site::view::{Shared, Trace};
use crate::world::World;

/// What all renders together want, by path: the order of threads does not show.
#[derive(Default)]
pub(super) struct Wishes(Mutex<BTreeMap<Box<str>, Wish>>);

impl Wishes {
    /// Takes in what a render asked for.
    pub(super) fn take_in(&self, shared: &Shared, trace: &Trace) {
        self.take(shared, trace.iter().map(|(question, _)| question));
    }

    /// Takes in what these questions ask for.
    pub(super) fn take<'a>(&self, shared: &Shared, asked: impl Iterator<Item = &'a Question>) {
        for question in asked {
            if !matches!(question, Question::Picture { .. }) {
                continue;
            }
            let mut own = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            for wish in wishes(shared, question) {
                own.entry(wish.path.clone()).or_insert(wish);
            }
        }
    }

    /// All of them, by path.
    pub(super) fn into_map(self) -> BTreeMap<Box<str>, Wish> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was published of pictures the last time: the bytes of each path.
pub(super) type Known = BTreeMap<Box<str>, Option<Fingerprint>>;

/// What making pictures came to.
#[derive(Default)]
pub(super) struct Pictured {
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What is wanted now, with what was published of it.
    pub(super) known: Known,
    /// Paths that were made.
    pub(super) made: Vec<Box<str>>,
}

/// Wishes by the file that they are made from.
type Jobs = BTreeMap<SitePath, Vec<Wish>>;

/// Makes all pictures that are wanted, and puts them where the site goes. Without an outlet
/// nothing is made: whoever wants one later asks for it.
pub(super) fn make_all(work: &Work<'_>, wanted: BTreeMap<Box<str>, Wish>, old: &Known) -> Pictured {
    let mut pictured = Pictured::default();
    pictured.diagnostics.extend(taken(work, &wanted));
    let mut jobs = Jobs::new();
    for (path, wish) in wanted {
        let print = old.get(&path).copied().flatten();
        let Some(outlet) = work.outlet else {
            pictured.known.insert(path, print);
            jobs.entry(wish.source.clone()).or_default().push(wish);
            continue;
        };
        let kept = print.is_some_and(|print| outlet.keep(&target(&path, Arc::default()), print));
        if kept {
            pictured.known.insert(path, print);
        } else {
            jobs.entry(wish.source.clone()).or_default().push(wish);
        }
    }
    if work.outlet.is_none() {
        pictured.diagnostics.extend(tried(work, jobs));
        return pictured;
    }
    let done: Vec<Done> = jobs
        .into_par_iter()
        .map(|(_, wishes)| source(work, wishes))
        .collect();
    for one in done {
        pictured.diagnostics.extend(one.diagnostics);
        for (path, print) in one.made {
            pictured.made.push(path.clone());
            pictured.known.insert(path, Some(print));
        }
    }
    pictured
}

/// What is known to be wrong with the files of these wishes; those that nobody tried yet wait.
fn tried(work: &Work<'_>, jobs: Jobs) -> Vec<Diagnostic> {
    let pictures = &work.gathered.renderer.shared().pictures;
    let wrong = pictures.wait_for_trial(jobs.into_values().collect());
    wrong
        .iter()
        .map(|(source, fault)| diagnostic(source, fault))
        .collect()
}

/// What became of the wishes for one file.
#[derive(Default)]
struct Done {
    made: Vec<(Box<str>, Fingerprint)>,
    diagnostics: Vec<Diagnostic>,
}

fn source(work: &Work<'_>, wishes: Vec<Wish>) -> Done {
    let shared = work.gathered.renderer.shared();
    let mut done = Done::default();
    let made = match results(&shared.pictures, work.world, &wishes) {
        Ok(made) => made,
        Err(fault) => {
            done.diagnostics.push(diagnostic(&wishes[0].source, &fault));
            return done;
        }
    };
    for (wish, bytes) in wishes.iter().zip(made) {
        let artifact = Artifact {
            bytes: bytes.into(),
            trace: Trace::new(),
        };
        if let Some(outlet) = work.outlet
            && let Err(diagnostic) =
                outlet.put(&target(&wish.path, artifact.bytes.clone()), &artifact)
        {
            done.diagnostics.push(*diagnostic);
        }
        let print = Fingerprint::of(&artifact.bytes);
        done.made.push((wish.path.clone(), print));
    }
    done
}

fn target(path: &str, bytes: Arc<[u8]>) -> Target {
    Target {
        path: path.into(),
        recipe: Recipe::Ready(bytes),
        turn: Turn::Asset,
    }
}

/// The bytes of all wishes for one file: what is kept from earlier runs, and what is missing made
/// from one decoding.
fn results(pictures: &Pictures, world: &dyn World, wishes: &[Wish]) -> Result<Vec<Vec<u8>>, Fault> {
    let kept: Vec<Option<Vec<u8>>> = wishes
        .iter()
        .map(|wish| pictures.store.get(picture::key(wish.print, wish.spec)))
        .collect();
    let missing: Vec<&Wish> = wishes
        .iter()
        .zip(&kept)
        .filter(|(_, kept)| kept.is_none())
        .map(|(wish, _)| wish)
        .collect();
    let mut made = make(pictures, world, &missing)?.into_iter();
    let results = kept.into_iter().map(|kept| kept.or_else(|| made.next()));
    Ok(results.map(Option::unwrap_or_default).collect())
}

fn make(pictures: &Pictures, world: &dyn World, wishes: &[&Wish]) -> Result<Vec<Vec<u8>>, Fault> {
    let Some(first) = wishes.first() else {
        return Ok(Vec::new());
    };
    let bytes = read(world, &first.source)?;
    let facts = Facts::read(&bytes)?;
    if facts.print != first.print {
        // Written under the name of what it was, it would be wrong for as long as it is kept.
        return Err(Fault::Changed);
    }
    let specs: Vec<Spec> = wishes.iter().map(|wish| wish.spec).collect();
    let made = picture::render(&bytes, &facts, &specs, &pictures.budget)?;
    for (wish, bytes) in wishes.iter().zip(&made) {
        pictures
            .store
            .put(picture::key(wish.print, wish.spec), bytes);
    }
    Ok(made)
}

/// One picture, for a browser that asks for it; none where no page wants it.
pub(super) fn one(shared: &Shared, path: &str) -> Option<Result<Arc<[u8]>, Diagnostic>> {
    let wish = shared.pictures.wish(path)?;
    let made = results(
        &shared.pictures,
        &*shared.world,
        std::slice::from_ref(&wish),
    );
    Some(
        made.map(|mut made| made.swap_remove(0).into())
            .map_err(|fault| {
                // Whoever looks at it is told first.
                shared.pictures.try_first(&wish);
                diagnostic(&wish.source, &fault)
            }),
    )
}

fn diagnostic(source: &SitePath, fault: &Fault) -> Diagnostic {
    Diagnostic::error(fault.code(), fault.message(source.as_str()))
        .in_file(source, "")
        .hint(fault.hint())
}

/// Pictures are named by their contents, so two of a name are one; but a file of the site may
/// have taken such a name before.
fn taken(work: &Work<'_>, wanted: &BTreeMap<Box<str>, Wish>) -> Vec<Diagnostic> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let below = |path: &str| {
        path.get(..FOLDER.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(FOLDER))
    };
    let targets = work
        .gathered
        .targets
        .iter()
        .filter(|target| below(&target.path));
    let clash = targets.filter(|target| {
        let is_folder = target.path.len() == FOLDER.len();
        is_folder
            || wanted
                .keys()
                .any(|path| path.eq_ignore_ascii_case(&target.path))
    });
    clash
        .map(|target| {
            let message = format!(
                "/{} is where the program puts the pictures that it makes",
                target.path
            );
            let said =
                Diagnostic::error("address-taken", message).hint("give that file another name");
            match &target.recipe {
                Recipe::Copy(source) => said.in_file(source, ""),
                _ => said,
            }
        })
        .collect()
}
