//! What was made of each target, and whether it would be made the same again.
//!
//! A target is reused exactly when all that it found without asking is the same (its own print)
//! and every question that it asked has an equal answer in the new site (its trace).

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::next::Ticks;
use super::pictures::Known;
use super::report::Reason;
use super::why::Past;
use crate::base::{Fingerprint, Map, SitePath};
use crate::output::Target;
use crate::site::Question;
use crate::site::describe;
use crate::site::question::QuestionKind;
use crate::site::view::{Shared, Trace, print_of};
use crate::theme::Renderer;

/// What the last build made.
#[derive(Default)]
pub(super) struct Memo {
    questions: Mutex<Questions>,
    targets: Arc<Vec<Target>>,
    made: Vec<Option<Arc<Made>>>,
    /// The pictures that they asked for, with what was published of each.
    pub(super) pictures: Known,
    /// What they were made with: the site, to say what an answer was.
    renderer: Option<Arc<Renderer>>,
    /// Whether the last build had no error anywhere.
    pub(super) whole: bool,
}

/// What there was to say about a target.
#[derive(Clone, Copy)]
pub(super) struct Said {
    /// Nothing at all.
    pub(super) nothing: bool,
    /// An error.
    pub(super) error: bool,
}

/// What was made of one target.
pub(super) struct Made {
    /// Stands for all that it found without asking.
    pub(super) own: Fingerprint,
    /// What it asked, by number, and what the answers stood for.
    trace: Box<[(u32, Packed)]>,
    /// Stands for its bytes.
    pub(super) bytes: Fingerprint,
    /// Whether there was nothing to say about it. What has something to say is made again each
    /// time, so that its words are never old.
    clean: bool,
    /// Whether it could not be made. Then its bytes are those that stand in its place, as far as
    /// they are known.
    pub(super) failed: bool,
    /// What it asked the clock.
    pub(super) ticks: Ticks,
}

/// A fingerprint that lies anywhere: beside a number it would take twelve bytes more, and a large
/// site has a million of these.
type Packed = [u8; 16];

fn packed(print: Fingerprint) -> Packed {
    print.0.to_le_bytes()
}

/// Every question asked so far, once: traces hold numbers. A few are asked no more after an edit;
/// they stay, since numbers do.
#[derive(Default)]
struct Questions {
    numbers: Map<Arc<Question>, u32>,
    list: Vec<Arc<Question>>,
}

impl Questions {
    fn number(&mut self, question: Question) -> u32 {
        if let Some(number) = self.numbers.get(&question) {
            return *number;
        }
        let number = self.list.len() as u32;
        let question = Arc::new(question);
        self.list.push(question.clone());
        self.numbers.insert(question, number);
        number
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // Questions are added whole; a panic elsewhere leaves none half-made.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memo {
    /// Keeps what a render gave.
    pub(super) fn record(
        &self,
        own: Fingerprint,
        trace: &Trace,
        bytes: Fingerprint,
        said: Said,
    ) -> Made {
        let mut questions = lock(&self.questions);
        let mut numbered: Vec<(u32, Packed)> = trace
            .iter()
            .map(|(question, print)| (questions.number(question.clone()), packed(*print)))
            .collect();
        drop(questions);
        numbered.sort_unstable();
        numbered.dedup();
        Made {
            own,
            trace: numbered.into(),
            bytes,
            clean: said.nothing,
            failed: said.error,
            ticks: Ticks::of(trace),
        }
    }

    /// What was made of each of these targets the last time.
    pub(super) fn old(&self, targets: &Arc<Vec<Target>>) -> Vec<Option<Arc<Made>>> {
        if Arc::ptr_eq(targets, &self.targets) {
            return self.made.clone();
        }
        let mut before = Before::new(self);
        let paths = targets.iter().map(|target| &target.path);
        paths.map(|path| before.find(path).cloned()).collect()
    }

    /// The paths of the last time that are not among these.
    pub(super) fn gone(&self, targets: &Arc<Vec<Target>>) -> Vec<Arc<str>> {
        if Arc::ptr_eq(targets, &self.targets) {
            return Vec::new();
        }
        let known: std::collections::HashSet<&str> =
            targets.iter().map(|target| &*target.path).collect();
        let old = self.targets.iter().zip(&self.made);
        old.filter(|(target, made)| made.is_some() && !known.contains(&*target.path))
            .map(|(target, _)| Arc::from(&*target.path))
            .collect()
    }

    /// Asks every question again of a new site, each once.
    pub(super) fn verifier<'a>(
        &'a self,
        shared: &'a Arc<Shared>,
        overlooked: Option<QuestionKind>,
    ) -> Verifier<'a> {
        let questions = lock(&self.questions).list.clone();
        let before = self.renderer.as_ref().map(|renderer| renderer.shared());
        let same = before.map_or_else(Vec::new, |before| unchanged(before, shared));
        let trusted = |question: &Arc<Question>| {
            let kind = question.kind();
            same.contains(&kind) || overlooked == Some(kind)
        };
        Verifier {
            answers: questions.iter().map(|_| OnceLock::new()).collect(),
            trusted: questions.iter().map(trusted).collect(),
            questions,
            shared,
        }
    }

    /// Files that templates load data from.
    pub(super) fn data_files(&self) -> Vec<SitePath> {
        let questions = lock(&self.questions);
        let data = questions
            .list
            .iter()
            .filter_map(|question| match &**question {
                Question::Data { path, .. } => Some(path.clone()),
                Question::Picture { path, .. } => elsewhere(path),
                _ => None,
            });
        data.collect()
    }

    /// What all targets ask of what is `wanted`, each question once.
    pub(super) fn asked_now(&self, wanted: impl Fn(&Question) -> bool) -> Vec<Arc<Question>> {
        let questions = lock(&self.questions);
        if !questions.list.iter().any(|question| wanted(question)) {
            return Vec::new();
        }
        let mut asked = vec![false; questions.list.len()];
        let traces = self
            .made
            .iter()
            .flatten()
            .flat_map(|made| made.trace.iter());
        traces.for_each(|(number, _)| asked[*number as usize] = true);
        let asked = questions.list.iter().zip(asked);
        let asked = asked.filter(|(question, asked)| *asked && wanted(question));
        asked.map(|(question, _)| question.clone()).collect()
    }

    /// What a target asked when it was made, in words.
    pub(super) fn asked(&self, path: &str) -> Vec<String> {
        let Some(renderer) = &self.renderer else {
            return Vec::new();
        };
        let shared = renderer.shared();
        let at = self.targets.iter().position(|target| *target.path == *path);
        let made = at.and_then(|at| self.made.get(at)?.as_ref());
        let questions = lock(&self.questions);
        let numbers = made.into_iter().flat_map(|made| made.trace.iter());
        numbers
            .map(|(number, _)| {
                let question = &questions.list[*number as usize];
                let asked = describe::question(&shared.site, question);
                format!("{asked}: {}", describe::answer(shared, question))
            })
            .collect()
    }

    /// Takes the place of the last time.
    pub(super) fn keep(
        &mut self,
        targets: Arc<Vec<Target>>,
        made: Vec<Option<Arc<Made>>>,
        renderer: Arc<Renderer>,
    ) {
        self.targets = targets;
        self.made = made;
        self.renderer = Some(renderer);
    }

    /// What was made the last time, where something was.
    pub(super) fn past(&self) -> Option<Past> {
        Some(Past {
            renderer: self.renderer.clone()?,
            targets: self.targets.clone(),
        })
    }
}

/// The targets of the last time, looked for by path. A renewed plan has most of them in their old
/// order, and paths that it shares.
struct Before<'m> {
    memo: &'m Memo,
    next: usize,
    by_path: OnceLock<Map<&'m str, usize>>,
}

impl<'m> Before<'m> {
    fn new(memo: &'m Memo) -> Self {
        Self {
            memo,
            next: 0,
            by_path: OnceLock::new(),
        }
    }

    fn find(&mut self, path: &Arc<str>) -> Option<&'m Arc<Made>> {
        let targets = &self.memo.targets;
        let ahead = targets[self.next.min(targets.len())..].iter().take(8);
        let here = |target: &Target| Arc::ptr_eq(&target.path, path);
        let at = match ahead.map(here).position(|is_here| is_here) {
            Some(ahead) => self.next + ahead,
            None => self.anywhere(path)?,
        };
        self.next = at + 1;
        self.memo.made.get(at)?.as_ref()
    }

    fn anywhere(&self, path: &str) -> Option<usize> {
        let targets = self.memo.targets.iter().enumerate();
        let all = || targets.map(|(at, target)| (&*target.path, at)).collect();
        self.by_path.get_or_init(all).get(path).copied()
    }
}

/// The file of a picture that lies in none of the folders that are watched anyway.
fn elsewhere(path: &str) -> Option<SitePath> {
    const WATCHED: [&str; 6] = ["@/", "/", "content/", "static/", "themes/", "http"];
    let watched = WATCHED.iter().any(|start| path.starts_with(start));
    SitePath::new(path).filter(|_| !watched)
}

/// Answers of a new site to the questions of old traces.
pub(super) struct Verifier<'a> {
    questions: Vec<Arc<Question>>,
    answers: Vec<OnceLock<Fingerprint>>,
    /// Questions, by number, whose answers cannot be others.
    trusted: Vec<bool>,
    shared: &'a Arc<Shared>,
}

/// Kinds of questions that one and the same table answers before and after.
fn unchanged(before: &Shared, after: &Shared) -> Vec<QuestionKind> {
    let (old, new) = (&before.site, &after.site);
    let mut same = Vec::new();
    // The table of paths is the very same only where every page kept its place and address.
    if Arc::ptr_eq(&old.by_path, &new.by_path) {
        same.push(QuestionKind::Address);
    }
    if Arc::ptr_eq(&before.words, &after.words) {
        same.push(QuestionKind::Word);
    }
    if before.has_components_of(after) {
        same.push(QuestionKind::Component);
    }
    same
}

impl Verifier<'_> {
    /// Why `made` would not be made the same again; none where it would.
    pub(super) fn check(&self, made: Option<&Made>, own: Fingerprint) -> Option<Reason> {
        let Some(made) = made else {
            return Some(Reason::New);
        };
        if !made.clean {
            return Some(Reason::Said);
        }
        if made.own != own {
            return Some(Reason::Itself);
        }
        let changed = made
            .trace
            .iter()
            .find(|(number, print)| !self.is_answered(*number as usize, *print));
        changed.map(|(number, _)| Reason::Asked(self.questions[*number as usize].clone()))
    }

    fn is_answered(&self, number: usize, print: Packed) -> bool {
        if self.trusted[number] {
            return true;
        }
        let answer = || print_of(self.shared, &self.questions[number]);
        packed(*self.answers[number].get_or_init(answer)) == print
    }
}
