//! What the words around an amount say of it: when, how exactly, for what, of how many courses.

use super::claim::{Scene, only};
use super::sentence::{Element, Kind};
use super::words::{self, Manner, Tense, Unit};

impl Scene<'_> {
    /// Whether the sentence tells what something cost before.
    pub(super) fn is_past(&self) -> bool {
        let elements = &self.around.elements[self.sentence.start..self.at];
        let words: Vec<&str> = elements.iter().filter_map(Element::word).collect();
        let tense = |at: usize| words::tense(words[at], at.checked_sub(1).map(|at| words[at]));
        let told = (0..words.len()).rev().find_map(tense);
        let behind: Vec<&str> = self.words(self.at + 1..self.clause_end(3)).collect();
        let after = (0..behind.len()).any(|at| {
            words::tense(behind[at], at.checked_sub(1).map(|at| behind[at])) == Some(Tense::Past)
                || behind[at] == "ago"
        });
        told == Some(Tense::Past) || after || (told.is_none() && self.names_a_year())
    }

    /// `pada 2023`, `in 2023`: what was told of a year is history sooner or later.
    fn names_a_year(&self) -> bool {
        (self.sentence.start + 1..self.at).any(|at| {
            let year = self.element(at);
            let before = self.element(at - 1).word();
            matches!(year.kind, Kind::Number(_))
                && year.range.len() == 4
                && before.is_some_and(|word| {
                    matches!(
                        word,
                        "pada" | "tahun" | "in" | "sejak" | "since" | "di" | "of"
                    )
                })
        })
    }

    /// Where the clause behind the amount ends, so many elements away at most.
    fn clause_end(&self, most: usize) -> usize {
        let limit = self.sentence.end.min(self.at + 1 + most);
        (self.at + 1..limit)
            .find(|at| !matches!(self.element(*at).kind, Kind::Word(_) | Kind::Number(_)))
            .unwrap_or(limit)
    }

    /// `Rp150.000 untuk buku`, `IDR 100,000 off`, `Rp500.000 lebih murah`.
    pub(super) fn is_about_something_else_behind(&self) -> bool {
        let mut behind = self
            .words(self.at + 1..self.clause_end(4))
            .take_while(|word| !words::includes(word));
        behind.any(|word| {
            words::is_other(word) || matches!(word, "off" | "murah" | "cheaper" | "hemat")
        })
    }

    /// The price of several courses together.
    pub(super) fn is_sum(&self) -> bool {
        let elements = &self.around.elements[self.sentence.clone()];
        let several = elements.iter().filter_map(Element::mention);
        let sum = elements
            .iter()
            .filter_map(Element::word)
            .any(words::is_together);
        sum && only(several.clone()).is_none() && several.count() > 1
    }

    pub(super) fn manner(&self) -> Manner {
        let from = self.sentence.start.max(self.at.saturating_sub(4));
        let sign =
            self.at > from && matches!(self.element(self.at - 1).kind, Kind::Mark('~' | '±' | '≈'));
        if sign {
            return Manner::About;
        }
        let close = (from..self.at)
            .rev()
            .find(|at| !matches!(self.element(*at).kind, Kind::Word(_) | Kind::Mark('-')));
        let words: Vec<&str> = self
            .words(close.map_or(from, |at| at + 1)..self.at)
            .collect();
        words::manner(&words)
    }

    pub(super) fn unit_behind(&self) -> Option<Unit> {
        let mut behind = self.around.elements[self.at + 1..self.sentence.end].iter();
        let first = behind.next()?;
        if matches!(first.kind, Kind::Mark('/')) {
            return words::unit(behind.next()?.word()?);
        }
        let first = first.word()?;
        if words::is_own_unit(first) {
            return words::unit(first);
        }
        let begins = words::begins_unit(first);
        behind
            .next()?
            .word()
            .filter(|_| begins)
            .and_then(words::unit)
    }
}
