//! Amounts in tables: the column says whether they are prices, the row of what.

use std::ops::Range;

use super::claim::{self, Around, Claim, only};
use super::sentence::{self, Element, Kind};
use super::{Text, counts, words};
use crate::content::Prose;
use crate::site::PageId;

impl Text<'_> {
    /// The claim of an amount in a table: the column must hold prices, the row name a course.
    pub(super) fn of_cell(&self, head: &Prose, around: &Around<'_>, at: usize) -> Option<Claim> {
        let column = around
            .sentences
            .iter()
            .position(|cell| cell.contains(&at))?;
        let (start, end) = column_of(&head.text, column)?;
        let heading = sentence::elements(&head.text[start..end], &[], &[]);
        let words: Vec<&str> = heading.iter().filter_map(Element::word).collect();
        let row: Vec<PageId> = around
            .elements
            .iter()
            .filter_map(Element::mention)
            .collect();
        let in_head = self
            .mentions(head, &[])
            .into_iter()
            .filter(|(range, _)| (start..=end).contains(&range.start));
        let first = around
            .sentences
            .first()
            .map(|cell| &around.elements[cell.clone()]);
        let first: Vec<&str> = first
            .into_iter()
            .flatten()
            .filter_map(Element::word)
            .collect();
        let prices = |words: &[&str]| {
            words.iter().any(|word| words::heads(word))
                && !words.iter().any(|word| words::is_other(word))
        };
        let course = match only(row.iter().copied()) {
            Some(course) => Some(course).filter(|_| prices(&words)),
            None if row.is_empty() && prices(&first) => only(in_head.map(|(_, course)| course)),
            None if row.is_empty() && prices(&words) => self.own.or(around.above),
            None => None,
        }?;
        let own = claim::of(
            &Around {
                own: Some(course),
                priced_above: true,
                above: None,
                ..*around
            },
            at,
        )?;
        // `Harga untuk 2 orang` at the head, `2 orang` in the row.
        let counts = [&*heading, around.elements].map(counts::of).concat();
        Some(Claim {
            courses: vec![course],
            certain: true,
            counts,
            ..own
        })
    }
}

/// The cells of a row as ranges of its elements.
pub(super) fn cells(elements: &[Element]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, element) in elements.iter().enumerate() {
        if element.kind == Kind::Mark('\n') {
            found.push(start..at);
            start = at + 1;
        }
    }
    found
}

/// Where a column's head stands in the head of its table.
fn column_of(head: &str, column: usize) -> Option<(usize, usize)> {
    let mut start = 0;
    for (at, cell) in head.split('\n').enumerate() {
        if at == column {
            return Some((start, start + cell.len()));
        }
        start += cell.len() + 1;
    }
    None
}
