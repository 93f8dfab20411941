//! A failing case made small: fewer edits, fewer files, fewer lines, as long as it still fails.

use std::time::{Duration, Instant};

use super::edit::Edit;
use super::judge::{Case, Failure, run};
use super::legs::Flaw;

/// How much is spent on one failure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    /// So long at most.
    pub(crate) time: Duration,
    /// So many cases at most.
    pub(crate) tries: usize,
}

impl Budget {
    /// For a failure that a person will read.
    pub(crate) const FULL: Self = Self {
        time: Duration::from_secs(120),
        tries: 2_000,
    };

    /// For a failure that only has to be small enough.
    pub(crate) const SMALL: Self = Self {
        time: Duration::from_secs(240),
        tries: 200,
    };
}

struct Shrinker<'a> {
    flaw: &'a Flaw,
    case: Case,
    failure: Failure,
    until: Instant,
    tries: usize,
}

/// The smallest case found, and how it fails.
pub(crate) fn shrink(case: Case, failure: Failure, flaw: &Flaw, budget: Budget) -> (Case, Failure) {
    let mut shrinker = Shrinker {
        flaw,
        case,
        failure,
        until: Instant::now() + budget.time,
        tries: budget.tries,
    };
    shrinker.case.live = shrinker.failure.leg == "live";
    shrinker.cut();
    loop {
        let before = shrinker.case.clone();
        shrinker.edits();
        shrinker.ops();
        shrinker.files();
        shrinker.lines();
        if size(&before) == size(&shrinker.case) || shrinker.spent() {
            return (shrinker.case, shrinker.failure);
        }
    }
}

fn size(case: &Case) -> (usize, usize, usize) {
    let ops = case.edits.iter().map(|edit| edit.ops.len()).sum();
    let bytes = case.files.values().map(Vec::len).sum();
    (ops, case.files.len(), bytes)
}

impl Shrinker<'_> {
    fn spent(&self) -> bool {
        self.tries == 0 || Instant::now() > self.until
    }

    /// Takes a smaller case if it fails too, in the same leg, and is not a site with errors where
    /// it was none.
    fn takes(&mut self, case: Case) -> bool {
        if self.spent() {
            return false;
        }
        self.tries -= 1;
        let kind = |failure: &Failure| (failure.leg, failure.broken);
        match run(&case, self.flaw) {
            Some(failure) if kind(&failure) == kind(&self.failure) => {
                (self.case, self.failure) = (case, failure);
                self.cut();
                true
            }
            _ => false,
        }
    }

    /// What comes after the failure is not needed.
    fn cut(&mut self) {
        self.case.edits.truncate(self.failure.step);
    }

    fn edits(&mut self) {
        let count = |case: &Case| case.edits.len();
        self.without(count, |case, from, to| {
            case.edits.drain(from..to);
        });
    }

    fn ops(&mut self) {
        for at in 0..self.case.edits.len() {
            let count = |case: &Case| case.edits.get(at).map_or(0, |edit| edit.ops.len());
            self.without(count, |case, from, to| {
                case.edits[at].ops.drain(from..to);
                case.edits.retain(|edit: &Edit| !edit.ops.is_empty());
            });
        }
    }

    fn files(&mut self) {
        let count = |case: &Case| case.files.len();
        self.without(count, |case, from, to| {
            let gone: Vec<String> = case
                .files
                .keys()
                .skip(from)
                .take(to - from)
                .cloned()
                .collect();
            case.files.retain(|path, _| !gone.contains(path));
        });
    }

    fn lines(&mut self) {
        let paths: Vec<String> = self.case.files.keys().cloned().collect();
        for path in paths {
            let lines = |case: &Case| -> Vec<Vec<u8>> {
                let bytes = case.files.get(&path);
                bytes.map_or_else(Vec::new, |bytes| {
                    bytes
                        .split_inclusive(|b| *b == b'\n')
                        .map(<[u8]>::to_vec)
                        .collect()
                })
            };
            self.without(
                |case| lines(case).len(),
                |case, from, to| {
                    let mut left = lines(case);
                    left.drain(from..to);
                    case.files.insert(path.clone(), left.concat());
                },
            );
        }
    }

    /// Takes out ever smaller parts of a list, from its end, while the case goes on failing.
    fn without(
        &mut self,
        count: impl Fn(&Case) -> usize,
        remove: impl Fn(&mut Case, usize, usize),
    ) {
        let mut part = count(&self.case);
        while part > 0 && !self.spent() {
            let mut end = count(&self.case);
            while end > 0 {
                let from = end.saturating_sub(part);
                let mut smaller = self.case.clone();
                remove(&mut smaller, from, end);
                self.takes(smaller);
                end = from.min(count(&self.case));
            }
            part /= 2;
        }
    }
}
