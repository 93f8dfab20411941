//! Making what has to be made, and only that.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::gather::Gathered;
use super::inputs::{Inputs, Look};
use super::memo::{Made, Memo, Said, Verifier};
use super::next::{Tally, Ticks};
use super::pictures::{self, Known, Wishes};
use super::quotes::Quotes;
use super::report::Reason;
use super::{BuildOptions, Outlet};
use crate::base::{Fingerprint, Hasher, Map, SitePath};
use crate::diag::Diagnostic;
use crate::output::{self, Artifact, Recipe, Target, Turn};
use crate::site::question::QuestionKind;
use crate::site::{PageId, Question};
use crate::world::World;

/// What settling came to.
#[derive(Default)]
pub(super) struct Settled {
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Paths of files whose bytes are others than before, that are new or gone.
    pub(super) changed: Vec<Arc<str>>,
    pub(super) made: Vec<(Arc<str>, Reason)>,
    /// What they asked the clock.
    pub(super) ticks: Ticks,
    /// Courses that lead on to others, and whose price they show all the same.
    pub(super) quoted: BTreeSet<PageId>,
}

/// With what targets are settled.
pub(super) struct Work<'a> {
    pub(super) gathered: &'a Gathered,
    pub(super) world: &'a dyn World,
    pub(super) options: &'a BuildOptions,
    pub(super) outlet: Option<&'a dyn Outlet>,
    pub(super) look: &'a Look,
    pub(super) overlooked: Option<QuestionKind>,
    /// Paths that somebody waits for, and whom to tell once they are settled.
    pub(super) first: &'a [Arc<str>],
    pub(super) tell: &'a (dyn Fn(&[Arc<str>]) + Sync),
}

/// What became of one target.
struct One {
    made: Arc<Made>,
    /// Why it was made; none where it is as it was.
    reason: Option<Reason>,
    changed: bool,
    diagnostics: Vec<Diagnostic>,
}

/// Makes all targets that are not as they were, and keeps them in `memo`.
pub(super) fn settle(memo: &mut Memo, inputs: &mut Inputs, work: &Work<'_>) -> Settled {
    let gathered = work.gathered;
    let targets = &gathered.targets;
    let old = memo.old(targets);
    let copies = copies(inputs, work);
    let shared = gathered.renderer.shared();
    let verifier = memo.verifier(shared, work.overlooked);
    let done = AtomicUsize::new(0);
    let tally = Tally::default();
    let settle_at = |at: usize| {
        let one = one(
            memo,
            &verifier,
            work,
            &targets[at],
            old[at].as_ref(),
            &copies,
        );
        tally.add(one.made.ticks);
        if let Some(progress) = &work.options.progress {
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, targets.len());
        }
        one
    };
    let mut found: Vec<Option<One>> = targets.iter().map(|_| None).collect();
    early(work, targets, &settle_at, &mut found);
    let rest = (0..targets.len()).filter(|at| found[*at].is_none());
    for (at, one) in long_ones_first(targets, rest, &settle_at) {
        found[at] = Some(one);
    }
    let mut settled = Settled::default();
    let mut made = Vec::with_capacity(found.len());
    for (target, one) in targets.iter().zip(found) {
        let Some(one) = one else {
            made.push(None);
            continue;
        };
        settled.diagnostics.extend(one.diagnostics);
        if one.changed {
            settled.changed.push(target.path.clone());
        }
        if let Some(reason) = one.reason {
            settled.made.push((target.path.clone(), reason));
        }
        made.push(Some(one.made));
    }
    settled.ticks = tally.into_ticks();
    settled.changed.extend(memo.gone(targets));
    memo.keep(targets.clone(), made, gathered.renderer.clone());
    settle_pictures(memo, work, &mut settled);
    let quotes = Quotes::of(gathered.site());
    if !quotes.is_idle() {
        let asked = memo.asked_now(|_| true);
        quotes.look(shared, asked.iter().map(|question| &**question));
    }
    settled.quoted = quotes.into_quoted();
    settled
}

/// The pictures that all traces together ask for, those of renders that were reused among them.
fn settle_pictures(memo: &mut Memo, work: &Work<'_>, settled: &mut Settled) {
    let shared = work.gathered.renderer.shared();
    let wishes = Wishes::default();
    let of_pictures = memo.asked_now(|asked| matches!(asked, Question::Picture { .. }));
    wishes.take(shared, of_pictures.iter().map(|question| &**question));
    let pictured = pictures::make_all(work, wishes.into_map(), &memo.pictures);
    let (old, new) = (&memo.pictures, &pictured.known);
    let is_whole = !settled.diagnostics.iter().any(Diagnostic::is_error);
    if is_whole {
        // Else what stands in for a page that fails may show others.
        shared.pictures.keep_wishes(|path| new.contains_key(path));
    }
    let differs = old
        .keys()
        .filter(|path| !new.contains_key(*path))
        .chain(new.keys().filter(|path| !old.contains_key(*path)));
    settled
        .changed
        .extend(differs.map(|path| Arc::from(&**path)));
    let is_new = |path: &str| !old.contains_key(path);
    settled.made.extend(
        pictured
            .made
            .into_iter()
            .filter(|path| is_new(path))
            .map(|path| (path.into(), Reason::New)),
    );
    settled.diagnostics.extend(pictured.diagnostics);
    memo.pictures = pictured.known;
}

/// What somebody looks at comes first.
fn early(
    work: &Work<'_>,
    targets: &[Target],
    settle_at: &(dyn Fn(usize) -> One + Sync),
    found: &mut [Option<One>],
) {
    if work.first.is_empty() {
        return;
    }
    let mut changed = Vec::new();
    for (at, target) in targets.iter().enumerate() {
        if !work.first.iter().any(|path| **path == *target.path) {
            continue;
        }
        let one = settle_at(at);
        if one.changed {
            changed.push(target.path.clone());
        }
        found[at] = Some(one);
    }
    (work.tell)(&changed);
}

/// Does these targets on all cores. What lists the whole site is one piece of work and takes longer
/// than hundreds of pages, so it is begun first: begun last, all other cores would wait for it.
fn long_ones_first<T: Send>(
    targets: &[Target],
    places: impl Iterator<Item = usize>,
    work: &(impl Fn(usize) -> T + Sync),
) -> Vec<(usize, T)> {
    let is_long = |at: &usize| targets[*at].turn == Turn::Index;
    let (long, rest): (Vec<usize>, Vec<usize>) = places.partition(is_long);
    let all = |places: &[usize]| -> Vec<(usize, T)> {
        let places = places.par_iter();
        places.map(|at| (*at, work(*at))).collect()
    };
    let (mut done, rest) = rayon::join(|| all(&long), || all(&rest));
    done.extend(rest);
    done
}

/// Prints of the files that are copied as they are.
fn copies(inputs: &mut Inputs, work: &Work<'_>) -> Map<SitePath, Fingerprint> {
    let mut prints = Map::default();
    for target in work.gathered.targets.iter() {
        if let Recipe::Copy(source) = &target.recipe {
            let print = inputs.file_at(work.world, source, work.look);
            prints.insert(source.clone(), print);
        }
    }
    prints
}

fn one(
    memo: &Memo,
    verifier: &Verifier<'_>,
    work: &Work<'_>,
    target: &Target,
    old: Option<&Arc<Made>>,
    copies: &Map<SitePath, Fingerprint>,
) -> One {
    let own = own_print(work.gathered, target, copies);
    let reason = verifier.check(old.map(|made| &**made), own);
    if let (None, Some(old)) = (&reason, old) {
        let mut diagnostics = Vec::new();
        if let Some(outlet) = work.outlet
            && !outlet.keep(target, old.bytes)
        {
            // The bytes are not held anywhere; made again, they are the same.
            let artifact = make(work, target, &mut diagnostics);
            put(work, target, &artifact, &mut diagnostics);
        }
        return One {
            made: old.clone(),
            reason,
            changed: false,
            diagnostics,
        };
    }
    if work.outlet.is_none() && target.recipe.is_deferred() {
        return deferred(memo, old, own);
    }
    let mut diagnostics = Vec::new();
    let artifact = make(work, target, &mut diagnostics);
    let said = Said {
        nothing: diagnostics.is_empty(),
        error: diagnostics.iter().any(Diagnostic::is_error),
    };
    put(work, target, &artifact, &mut diagnostics);
    let bytes = match old {
        Some(old) if said.error && stays(memo, old) => old.bytes,
        _ => Fingerprint::of(&artifact.bytes),
    };
    One {
        changed: old.is_none_or(|old| old.bytes != bytes),
        made: Arc::new(memo.record(own, &artifact.trace, bytes, said)),
        reason,
        diagnostics,
    }
}

/// Whether what was made of a target before goes on standing in its place when it cannot be made.
/// What is shown then is the last state without an error: only if that is the state before is it
/// sure to have these very bytes.
fn stays(memo: &Memo, old: &Made) -> bool {
    memo.whole || old.failed
}

/// A file that nobody asked for yet: what stands for its making stands for its bytes.
fn deferred(memo: &Memo, old: Option<&Arc<Made>>, own: Fingerprint) -> One {
    let said = Said {
        nothing: true,
        error: false,
    };
    One {
        changed: old.is_none_or(|old| old.bytes != own),
        made: Arc::new(memo.record(own, &Vec::new(), own, said)),
        reason: None,
        diagnostics: Vec::new(),
    }
}

fn own_print(
    gathered: &Gathered,
    target: &Target,
    copies: &Map<SitePath, Fingerprint>,
) -> Fingerprint {
    match &target.recipe {
        Recipe::Render { template, subject } | Recipe::Card { template, subject } => {
            gathered.renderer.fingerprint(template, subject)
        }
        Recipe::Export(export) => output::exports::print(&gathered.renderer, export),
        Recipe::Twin(id) => output::twins::print(&gathered.renderer, *id),
        Recipe::Copy(source) => copies.get(source).copied().unwrap_or_default(),
        Recipe::Ready(bytes) => Fingerprint::of(bytes),
        Recipe::Search(lang, part) => {
            let site = gathered.site();
            let mut hasher = Hasher::new();
            hasher
                .print(gathered.search.print(site, *lang))
                .text(&part.name());
            hasher.finish()
        }
    }
}

fn make(work: &Work<'_>, target: &Target, sink: &mut Vec<Diagnostic>) -> Artifact {
    let made = output::make(&work.gathered.means(work.world), target).unload(sink);
    match work.outlet {
        Some(outlet) if outlet.draws() => {
            pictures::finish(&work.gathered.renderer, target, made, sink)
        }
        // A drawing stands for its card: nobody sees it before a browser asks.
        _ => made,
    }
}

fn put(work: &Work<'_>, target: &Target, artifact: &Artifact, sink: &mut Vec<Diagnostic>) {
    if let Some(outlet) = work.outlet
        && let Err(diagnostic) = outlet.put(target, artifact)
    {
        sink.push(*diagnostic);
    }
}

/// Makes all targets, and keeps nothing.
pub(super) fn make_all(work: &Work<'_>) -> Settled {
    let shared = work.gathered.renderer.shared();
    let wishes = Wishes::default();
    let targets = &work.gathered.targets;
    let done = AtomicUsize::new(0);
    let tally = Tally::default();
    let quotes = Quotes::of(work.gathered.site());
    let one = |at: usize| {
        let target = &targets[at];
        let mut diagnostics = Vec::new();
        let artifact = make(work, target, &mut diagnostics);
        tally.add(Ticks::of(&artifact.trace));
        quotes.look(shared, artifact.trace.iter().map(|(question, _)| question));
        wishes.take_in(shared, &artifact.trace);
        put(work, target, &artifact, &mut diagnostics);
        if let Some(progress) = &work.options.progress {
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, targets.len());
        }
        diagnostics
    };
    let found = long_ones_first(targets, 0..targets.len(), &one);
    let pictured = pictures::make_all(work, wishes.into_map(), &Known::new());
    let found = found.into_iter().flat_map(|(_, said)| said);
    let said = found.chain(pictured.diagnostics);
    Settled {
        diagnostics: said.collect(),
        ticks: tally.into_ticks(),
        quoted: quotes.into_quoted(),
        ..Settled::default()
    }
}
