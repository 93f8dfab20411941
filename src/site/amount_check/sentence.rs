//! A passage as a row of words, amounts and mentions of courses, parted into sentences.

use std::ops::Range;

use crate::base::amounts::Literal;
use crate::site::PageId;

/// A part of a passage.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, in small letters.
    Word(String),
    /// Digits that are no amount; none for more than can be counted.
    Number(Option<u32>),
    /// The amount with this number.
    Amount(usize),
    /// A link to a course, or its name.
    Mention(PageId),
    /// Anything else but space.
    Mark(char),
}

impl Element {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn mention(&self) -> Option<PageId> {
        match self.kind {
            Kind::Mention(course) => Some(course),
            _ => None,
        }
    }
}

/// The elements of a text. `mentions` are in order and do not overlap.
pub(super) fn elements(
    text: &str,
    amounts: &[Literal],
    mentions: &[(Range<usize>, PageId)],
) -> Vec<Element> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut amounts = amounts.iter().enumerate().peekable();
    let mut mentions = mentions.iter().peekable();
    while let Some(c) = text[at..].chars().next() {
        if let Some((range, course)) = mentions.next_if(|(range, _)| range.start <= at) {
            found.push(Element {
                kind: Kind::Mention(*course),
                range: range.clone(),
            });
            // A name that holds an amount is read on behind its beginning.
            let holds = amounts
                .peek()
                .is_some_and(|(_, amount)| amount.range.start < range.end);
            if !holds {
                at = at.max(range.end);
                continue;
            }
        }
        if let Some((number, amount)) = amounts.next_if(|(_, amount)| amount.range.start <= at) {
            let range = amount.range.clone();
            at = at.max(range.end);
            found.push(Element {
                kind: Kind::Amount(number),
                range,
            });
            continue;
        }
        let end = end_of(text, at, c);
        if !c.is_whitespace() || c == '\n' {
            found.push(Element {
                kind: kind_of(&text[at..end], c),
                range: at..end,
            });
        }
        at = end;
    }
    found
}

fn end_of(text: &str, at: usize, first: char) -> usize {
    if !first.is_alphanumeric() {
        return at + first.len_utf8();
    }
    let inner = |(offset, c): &(usize, char)| {
        // `it's`, `doesn’t`
        let apostrophe = matches!(c, '\'' | '’');
        let next = text[at + offset + c.len_utf8()..].chars().next();
        c.is_alphanumeric() || (apostrophe && next.is_some_and(char::is_alphabetic))
    };
    let last = text[at..].char_indices().take_while(inner).last();
    last.map_or(at + first.len_utf8(), |(offset, c)| {
        at + offset + c.len_utf8()
    })
}

fn kind_of(text: &str, first: char) -> Kind {
    if first.is_ascii_digit() {
        Kind::Number(text.parse().ok())
    } else if first.is_alphanumeric() {
        Kind::Word(text.replace('’', "'").to_lowercase())
    } else {
        Kind::Mark(first)
    }
}

/// The sentences of a passage, as ranges of its elements.
pub(super) fn sentences(text: &str, elements: &[Element]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, element) in elements.iter().enumerate() {
        let ends = matches!(element.kind, Kind::Mark('.' | '!' | '?'));
        let next = text[element.range.end..].chars();
        let space = next.clone().next().is_none_or(char::is_whitespace);
        let begins = next
            .clone()
            .find(|c| c.is_alphanumeric())
            .is_none_or(|c| c.is_uppercase() || c.is_numeric());
        if ends && space && begins {
            found.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < elements.len() {
        found.push(start..elements.len());
    }
    found
}
