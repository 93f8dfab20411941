//! Edits of a case: the same engine builds the site again after each, and what it did is
//! compared, so that too much work fails as well as too little.

use super::case::{Args, Case, Stage};
use super::check;
use super::diff;
use super::invariants::{Pools, differs};
use super::run::{Bench, Built, build};

/// What a build gave and what it did for it.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// What it gave.
    pub(crate) built: Built,
    /// `parsed: …` for each file that was parsed, `made: …` for each file that was made, in order.
    pub(crate) work: Vec<String>,
}

/// Builds the site as it is written and after each edit, with one engine.
pub(crate) fn outcomes(case: &Case, pools: &Pools) -> Vec<Outcome> {
    let mut bench = Bench::default();
    let stages = std::iter::once(&case.first).chain(&case.edits);
    let one = |stage: &Stage| bench.build(&stage.files, &args(case, stage));
    pools.one.install(|| stages.map(one).collect())
}

fn args(case: &Case, stage: &Stage) -> Args {
    let mut args = case.args.clone();
    if let Some(now) = &stage.now {
        args.now.clone_from(now);
    }
    args
}

/// What is wrong after the edits.
pub(crate) fn check(case: &Case, outcomes: &[Outcome], pools: &Pools) -> Vec<String> {
    let mut wrong = Vec::new();
    for (stage, outcome) in case.edits.iter().zip(outcomes.iter().skip(1)) {
        let clean = pools
            .one
            .install(|| build(&stage.files, &args(case, stage)));
        let mut found = check::check(stage, &outcome.built);
        found.extend(differs(
            "built again by the same engine",
            &clean,
            &outcome.built,
        ));
        found.extend(work(stage, outcome));
        wrong.extend(
            found
                .iter()
                .map(|words| format!("after the edit \"{}\": {words}", stage.name)),
        );
    }
    wrong
}

/// A build with errors publishes nothing, so that only what it parsed is compared.
fn work(stage: &Stage, outcome: &Outcome) -> Option<String> {
    let compared = |line: &&String| !outcome.built.failed || line.starts_with("parsed: ");
    let sorted = |lines: &[String]| {
        let mut lines: Vec<&str> = lines
            .iter()
            .filter(compared)
            .map(|line| line.trim())
            .collect();
        lines.sort_unstable();
        lines.join("\n")
    };
    let expected = sorted(stage.work.as_deref().unwrap_or_default());
    let actual = sorted(&outcome.work);
    (expected != actual).then(|| format!("the work differs:\n{}", diff::lines(&expected, &actual)))
}
