//! Which course an amount is said to be the price of, and how it is meant.
//!
//! Read outwards from the amount: only words that are known to belong there may stand between it
//! and the course, or between it and the beginning of its clause.

use std::ops::Range;

use super::counts::{self, Count};
use super::sentence::{Element, Kind};
use super::words::{self, Class, Manner, Unit};
use crate::site::PageId;

/// What stands around a sentence.
pub(super) struct Around<'a> {
    /// The elements of the passage.
    pub(super) elements: &'a [Element],
    /// Its sentences.
    pub(super) sentences: &'a [Range<usize>],
    /// The course that the passage stands below: the only one that its heading names.
    pub(super) above: Option<PageId>,
    /// Whether what it stands below speaks of prices.
    pub(super) priced_above: bool,
    /// Whether nothing but the course is named right above it: by a term, a heading, a card.
    pub(super) only_above: bool,
    /// The course whose page it is.
    pub(super) own: Option<PageId>,
}

/// An amount that is said to be a course's price.
#[derive(Debug)]
pub(super) struct Claim {
    /// The courses that may be meant, the likeliest first.
    pub(super) courses: Vec<PageId>,
    /// Whether that is certain; else only a likely amount is taken for the price.
    pub(super) certain: bool,
    /// How exactly it is meant.
    pub(super) manner: Manner,
    /// What it is for.
    pub(super) unit: Unit,
    /// For how many, as far as the sentence says so.
    pub(super) counts: Vec<Count>,
}

/// What lies before an amount, up to where the words are no longer known.
struct Path {
    end: End,
    /// Whether a word made it a price.
    price: bool,
    /// Whether it begins with a word such as `untuk` or `for`.
    opened: bool,
    unit: Unit,
}

/// Where a path ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// At a course.
    Course(usize, PageId),
    /// At the beginning of the sentence.
    Start,
    /// At an unknown word, but with the beginning of the clause between.
    Clause(usize),
    /// At an unknown word.
    Stopped(usize),
}

/// The claim of the amount at the element `at`.
pub(super) fn of(around: &Around<'_>, at: usize) -> Option<Claim> {
    let number = around
        .sentences
        .iter()
        .position(|sentence| sentence.contains(&at))?;
    let sentence = around.sentences[number].clone();
    let scene = Scene {
        around,
        number,
        sentence,
        at,
    };
    if scene.is_past() || scene.is_about_something_else_behind() || scene.is_sum() {
        return None;
    }
    let path = scene.path()?;
    let (courses, certain) = scene.courses(&path)?;
    Some(Claim {
        courses,
        certain,
        manner: scene.manner(),
        unit: scene.unit_behind().unwrap_or(path.unit),
        counts: counts::of(&around.elements[scene.sentence.clone()]),
    })
}

/// An amount in its sentence.
pub(super) struct Scene<'a> {
    pub(super) around: &'a Around<'a>,
    number: usize,
    pub(super) sentence: Range<usize>,
    pub(super) at: usize,
}

impl Scene<'_> {
    pub(super) fn element(&self, at: usize) -> &Element {
        &self.around.elements[at]
    }

    /// The words of a stretch.
    pub(super) fn words(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = &str> {
        self.around.elements[range].iter().filter_map(Element::word)
    }

    fn courses(&self, path: &Path) -> Option<(Vec<PageId>, bool)> {
        match path.end {
            End::Course(at, course) => self.of_course(at, course),
            End::Start | End::Clause(_) if path.price || path.opened => self.of_clause(path),
            End::Start => match self.ahead(path) {
                Some(course) => Some((vec![course], true)),
                None => self.under_heading(path),
            },
            End::Stopped(at) if path.price => self.weakly_before(at, 4),
            _ => None,
        }
    }

    /// The path leads to a course; what is said before it must not be about something else.
    fn of_course(&self, at: usize, course: PageId) -> Option<(Vec<PageId>, bool)> {
        let clause = (self.sentence.start..at)
            .rev()
            .find(|at| self.ends_clause(*at));
        let from = clause.map_or(self.sentence.start, |at| at + 1);
        if self.words(from..at).any(words::is_other) {
            return None;
        }
        // `Mobile data for [Basic Python] comes to …`: what is priced may stand before.
        let class = |word| words::class(word);
        let strange = self
            .words(from..self.at)
            .any(|word| class(word) == Class::Unknown);
        let priced = self
            .words(from..self.at)
            .any(|word| class(word) == Class::Price);
        Some((vec![course], priced || !strange))
    }

    fn of_clause(&self, path: &Path) -> Option<(Vec<PageId>, bool)> {
        if let Some(course) = self.ahead(path) {
            return Some((vec![course], true));
        }
        if let End::Clause(at) = path.end {
            return match path.price {
                true => self.weakly_before(at, 12),
                false => None,
            };
        }
        if !path.price {
            return self.under_heading(path);
        }
        self.of_context()
    }

    /// The course that the sentence before is about, that the heading names, whose page it is.
    fn of_context(&self) -> Option<(Vec<PageId>, bool)> {
        let before = self
            .number
            .checked_sub(1)
            .map(|number| &self.around.sentences[number]);
        let told = before.and_then(|sentence| {
            let course = self.only_course(sentence.clone())?;
            let other = self.words(sentence.clone()).any(words::is_other);
            (!other).then_some(course)
        });
        let fixed = self.around.above.or(self.around.own);
        let certain = told.is_none() || told == fixed;
        let mut courses: Vec<PageId> = told.into_iter().chain(fixed).collect();
        courses.dedup();
        (!courses.is_empty()).then_some((courses, certain))
    }

    /// An amount at the beginning of what stands below "What it costs".
    fn under_heading(&self, path: &Path) -> Option<(Vec<PageId>, bool)> {
        let question = self.question();
        let known = |word: &str| words::asks(word) || words::class(word) != Class::Unknown;
        let plain = question.clone();
        let plain = plain.filter(|question| self.words(question.clone()).all(known));
        let asked = plain.and_then(|question| self.only_course(question));
        let priced = path.end == End::Start && (self.around.priced_above || question.is_some());
        let course = asked.or(self.around.above).or(self.around.own)?;
        (priced || self.follows_name(path)).then(|| (vec![course], priced))
    }

    /// The sentence before, where it asks for a price.
    fn question(&self) -> Option<Range<usize>> {
        let before = self.around.sentences[self.number.checked_sub(1)?].clone();
        let asks = matches!(self.element(before.end - 1).kind, Kind::Mark('?'));
        let mut words = self.words(before.clone());
        let priced = words.any(|word| words::class(word) == Class::Price);
        (asks && priced).then_some(before)
    }

    /// An amount that stands first below nothing but the name of a course.
    fn follows_name(&self, path: &Path) -> bool {
        let first = path.end == End::Start && self.number == 0 && self.around.only_above;
        let mut behind = self
            .words(self.at + 1..self.sentence.end)
            .take_while(|word| !words::includes(word));
        let next = self.around.elements.get(self.at + 1);
        first
            && !behind.any(words::is_other)
            && next.is_none_or(|next| match &next.kind {
                Kind::Word(word) => words::class(word) != Class::Unknown,
                Kind::Mark(_) => true,
                _ => false,
            })
    }

    /// The last course before, with few words between and none about something else.
    fn weakly_before(&self, stop: usize, most: usize) -> Option<(Vec<PageId>, bool)> {
        let before = (self.sentence.start..=stop).rev();
        let (at, course) = before
            .clone()
            .find_map(|at| Some((at, self.element(at).mention()?)))?;
        let between = at + 1..self.at;
        let other = self
            .words(between.clone())
            .any(|word| words::is_other(word) || words::ties(word));
        let strange = self
            .words(between)
            .filter(|word| words::class(word) == Class::Unknown);
        let amounts = (at..stop).any(|at| matches!(self.element(at).kind, Kind::Amount(_)));
        let fits = !other && !amounts && strange.count() <= most;
        fits.then_some(())?;
        self.of_course(at, course)
            .map(|(courses, _)| (courses, false))
    }

    /// The course that follows: `Rp2.500.000 untuk [Basic Python]`.
    fn ahead(&self, path: &Path) -> Option<PageId> {
        let mut linked = false;
        for at in self.at + 1..self.sentence.end {
            let element = self.element(at);
            match &element.kind {
                Kind::Mention(course) => {
                    return (linked || path.opened || path.price).then_some(*course);
                }
                Kind::Word(word)
                    if words::class(word) == Class::Neutral
                        || words::class(word) == Class::Price =>
                {
                    linked = true
                }
                Kind::Mark(',') if path.opened => {}
                _ => return None,
            }
        }
        None
    }

    /// What stands before the amount.
    fn path(&self) -> Option<Path> {
        let mut path = Path {
            end: End::Start,
            price: false,
            opened: false,
            unit: Unit::Whole,
        };
        let mut clause = None;
        for at in (self.sentence.start..self.at).rev() {
            match &self.element(at).kind {
                Kind::Mention(course) => {
                    path.end = End::Course(at, *course);
                    return Some(path);
                }
                Kind::Word(word) => match self.class(at, word) {
                    Class::Not if matches!(self.manner(), Manner::Below) => {}
                    Class::Not => return None,
                    Class::Unknown => {
                        let stopped = || clause.map_or(End::Stopped(at), End::Clause);
                        path.end = self.link_around(at).unwrap_or_else(stopped);
                        return Some(path);
                    }
                    class => {
                        path.price |= class == Class::Price;
                        path.opened = opens(word);
                        self.note_unit(at, word, &mut path);
                    }
                },
                Kind::Amount(_) | Kind::Number(_) => path.opened = false,
                Kind::Mark(',' | ';' | '(' | '–' | '—') => clause = clause.or(Some(at)),
                Kind::Mark(
                    ':' | ')' | '=' | '-' | '/' | '*' | '×' | '~' | '±' | '≈' | '"' | '!' | '&'
                    | '+',
                ) => {}
                Kind::Mark(_) => {
                    path.end = clause.map_or(End::Stopped(at), End::Clause);
                    return Some(path);
                }
            }
        }
        Some(path)
    }

    /// The link that holds the amount and a word before it: `[Basic Python Rp2.500.000](…)`.
    fn link_around(&self, word: usize) -> Option<End> {
        let behind = self.element(self.at).range.end;
        let mut before = (self.sentence.start..word).rev();
        let (at, course) = before.find_map(|at| Some((at, self.element(at).mention()?)))?;
        let mut inside = (at + 1..word).filter_map(|at| Some((at, self.element(at).word()?)));
        let other =
            |(at, word): (usize, &str)| words::is_other(word) || self.class(at, word) == Class::Not;
        let is_around = self.element(at).range.end >= behind;
        (is_around && !inside.any(other)).then_some(End::Course(at, course))
    }

    /// A word's class here: `harga diskon` is a price, `diskon` alone is none.
    fn class(&self, at: usize, word: &str) -> Class {
        let before = at.checked_sub(1).and_then(|at| self.element(at).word());
        let of_price = before.is_some_and(|word| words::class(word) == Class::Price);
        match word {
            "diskon" | "discount" | "discounted" if of_price => Class::Price,
            "x" => Class::Neutral,
            _ => words::class(word),
        }
    }

    fn note_unit(&self, at: usize, word: &str, path: &mut Path) {
        let before = at.checked_sub(1).and_then(|at| self.element(at).word());
        if let Some(unit) = words::unit(word).filter(|_| before.is_some_and(words::begins_unit)) {
            path.unit = unit;
        }
    }

    fn ends_clause(&self, at: usize) -> bool {
        matches!(
            self.element(at).kind,
            Kind::Mark(',' | ';' | '(' | ':' | '\n')
        )
    }

    /// The only course that a stretch names.
    fn only_course(&self, range: Range<usize>) -> Option<PageId> {
        only(
            self.around.elements[range]
                .iter()
                .filter_map(Element::mention),
        )
    }
}

/// Whether a sentence that begins with the word speaks of what an amount buys.
fn opens(word: &str) -> bool {
    matches!(
        word,
        "at" | "for" | "with" | "dengan" | "untuk" | "cukup" | "cuma" | "hanya" | "only" | "just"
    )
}

/// The one value that all are.
pub(super) fn only(mut all: impl Iterator<Item = PageId>) -> Option<PageId> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}
