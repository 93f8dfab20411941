//! Rebuilding is equal to building: sites at random, edits at random, and after each edit what a
//! kept engine gives must be, byte for byte, what a clean build gives.
//!
//! `EQUALITY_SEED=17 cargo test --test equality` begins with that seed; `EQUALITY_SEQUENCES` and
//! `EQUALITY_EDITS` say how much is done. A failure is made small and printed with its seed.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "tests write files, start the program and say how far they are"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up shall fail"
)]

#[path = "equality/mod.rs"]
mod equality;

use std::env;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use equality::edit::What;
use equality::engine::KINDS;
use equality::judge::{Tally, before_and_after, run, sequence};
use equality::legs::Flaw;
use equality::live;
use equality::questions;
use equality::report::report;
use equality::shrink::{Budget, shrink};

fn number(name: &str, default: u64) -> u64 {
    let Ok(text) = env::var(name) else {
        return default;
    };
    text.parse()
        .unwrap_or_else(|_| panic!("{name} is a number, not {text:?}"))
}

/// Another seed on every run: what one run does not find, the next may.
fn fresh_seed() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    since.as_millis() as u64
}

#[test]
fn rebuilding_is_equal_to_building() {
    let first = number("EQUALITY_SEED", fresh_seed());
    let count = number("EQUALITY_SEQUENCES", 50);
    let edits = number("EQUALITY_EDITS", 10) as usize;
    let begun = Instant::now();
    let (next, tally, failed) = (
        AtomicU64::new(0),
        Mutex::new(Tally::default()),
        Mutex::new(Vec::new()),
    );
    let go_on = number("EQUALITY_GO_ON", 0) == 1;
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count || !(go_on || failed.lock().unwrap().is_empty()) {
                return;
            }
            let seed = first.wrapping_add(at);
            let (case, own, failure) = sequence(seed, edits, &Flaw::None, live::wanted(at));
            tally.lock().unwrap().add(&own);
            if let Some(failure) = failure {
                failed.lock().unwrap().push((seed, case, failure));
            }
        }
    };
    std::thread::scope(|scope| {
        (0..2).for_each(|_| drop(scope.spawn(work)));
    });
    let budget = if go_on { Budget::SMALL } else { Budget::FULL };
    let failed = failed.into_inner().unwrap();
    let shown = failed.into_iter().map(|(seed, case, failure)| {
        let (case, failure) = shrink(case, failure, &Flaw::None, budget);
        report(seed, edits, &case, &failure)
    });
    let shown: Vec<String> = shown.collect();
    assert!(shown.is_empty(), "{}", shown.join("\n\n"));
    tell(first, count, &tally.into_inner().unwrap(), begun);
}

/// One line for people and for `script/soak`.
fn tell(first: u64, count: u64, tally: &Tally, begun: Instant) {
    let edits: usize = tally.edits.values().sum();
    eprintln!(
        "equality: seed {first}, {count} sequences, {edits} edits of {} kinds, {} comparisons of \
         {} files, {} times with errors, {} s",
        tally.edits.len(),
        tally.compared,
        tally.files,
        tally.broken,
        begun.elapsed().as_secs()
    );
    let missing: Vec<&What> = What::ALL
        .iter()
        .filter(|what| !tally.edits.contains_key(what))
        .collect();
    if !missing.is_empty() {
        eprintln!("equality: no edit was {missing:?}");
    }
}

/// The judge must be able to fail: an engine that passes over one kind of question shows what is
/// old where that question was asked, and only there is it found out.
#[test]
fn each_kind_of_question_counts() {
    for asked in questions::all() {
        let (kind, shown) = (asked.kind, asked.shown);
        let (before, after) = before_and_after(&asked.case);
        let said = [before.said, after.said];
        let (before, after) = (before.tree, after.tree);
        let (Some(before), Some(after)) = (before, after) else {
            panic!("{kind}: the site is not built: {said:#?}");
        };
        let edit = &asked.case.edits[0];
        assert_ne!(before.get(shown), after.get(shown), "{kind}: {edit}");
        let right = run(&asked.case, &Flaw::None);
        assert!(right.is_none(), "{kind}: {edit}: {right:?}");
        let failure = run(&asked.case, &Flaw::Overlooks(kind));
        let places = failure.map(|failure| failure.differences);
        let found = places.is_some_and(|all| all.iter().any(|one| one.place == shown));
        assert!(found, "{kind} may be switched off: {edit}");
    }
}

/// The same with the sites and edits of the main test: are they varied enough to find each loss?
#[test]
#[ignore = "some minutes; script/soak runs it"]
fn each_kind_of_question_counts_at_random() {
    let first = number("EQUALITY_SEED", fresh_seed());
    for kind in KINDS {
        let found = (0..200).find(|at| {
            let flaw = Flaw::Overlooks(kind);
            sequence(first.wrapping_add(*at), 20, &flaw, false)
                .2
                .is_some()
        });
        let found = found.unwrap_or_else(|| panic!("{kind} is never missed; seed {first}"));
        eprintln!(
            "equality: {kind} switched off is found in sequence {}",
            found + 1
        );
    }
}

/// A file that is never read again must be found, made small and printed so that it can be seen
/// again: this is what the judge does for a living.
#[test]
fn a_stale_file_is_found() {
    let flaw = Flaw::Stale("content/artikel/satu.md".to_owned());
    let found = (1..40).find_map(|seed| {
        let (case, _, failure) = sequence(seed, 10, &flaw, false);
        // What is wrong without the flaw too is another fault, and another test's.
        let failure = failure.filter(|_| run(&case, &Flaw::None).is_none());
        failure.map(|failure| (seed, case, failure))
    });
    let (seed, case, failure) = found.unwrap();
    let (case, failure) = shrink(case, failure, &flaw, Budget::SMALL);
    let printed = report(seed, 10, &case, &failure);
    let ops: usize = case.edits.iter().map(|edit| edit.ops.len()).sum();
    // With a small budget of tries it need not become the smallest.
    assert!(ops <= 2 && case.files.len() <= 20, "{printed}");
    let again = run(&case, &flaw).map(|failure| failure.differences);
    assert_eq!(again, Some(failure.differences), "{printed}");
    assert!(run(&case, &Flaw::None).is_none(), "{printed}");
    assert!(
        printed.contains(&format!("EQUALITY_SEED={seed} ")),
        "{printed}"
    );
    assert!(printed.contains("content/artikel/satu.md"), "{printed}");
}
