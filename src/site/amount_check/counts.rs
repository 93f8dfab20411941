//! Counts that a sentence states: the price for two persons is twice the price.

use super::sentence::{Element, Kind};
use crate::base::Money;

/// A count of what is paid for one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) number: u32,
    pub(super) of: Counted,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// Who takes the course.
    People,
    /// Months, of a course that is paid by the month.
    Months,
    /// Sessions, of a course that is paid by the session.
    Sessions,
}

/// All counts above one in a row of elements.
pub(super) fn of(elements: &[Element]) -> Vec<Count> {
    let words = elements.iter().enumerate();
    let words = words.filter_map(|(at, element)| Some((at, element.word()?)));
    let counts = words.filter_map(|(at, word)| match together(word) {
        Some(number) => Some(Count {
            number,
            of: Counted::People,
        }),
        None => Some(Count {
            of: counted(word)?,
            number: number_before(&elements[..at])?,
        }),
    });
    counts.filter(|count| count.number > 1).collect()
}

/// A declared amount, once and as often as what is paid for one by one is counted.
pub(super) fn sums<'a>(
    counts: &'a [Count],
    per: &'a str,
    amount: Money,
) -> impl Iterator<Item = Money> + 'a {
    let multiplies = move |count: &&Count| match count.of {
        Counted::People => true,
        Counted::Months => per == "month",
        Counted::Sessions => per == "session",
    };
    let often = counts.iter().filter(multiplies).filter_map(move |count| {
        let minor = amount.minor.checked_mul(i128::from(count.number))?;
        Some(Money { minor, ..amount })
    });
    std::iter::once(amount).chain(often)
}

/// The number right before: `2 orang`, `dua orang`, `2 (dua) orang`.
fn number_before(before: &[Element]) -> Option<u32> {
    let close = |element: &&Element| matches!(element.kind, Kind::Mark('(' | ')'));
    match &before.iter().rev().find(|element| !close(element))?.kind {
        Kind::Number(number) => *number,
        Kind::Word(word) => number(word),
        _ => None,
    }
}

fn counted(word: &str) -> Option<Counted> {
    Some(match word {
        "orang" | "peserta" | "siswa" | "mahasiswa" | "karyawan" | "anak" | "kursi" | "people"
        | "persons" | "participants" | "students" | "employees" | "colleagues" | "seats" => {
            Counted::People
        }
        "bulan" | "months" => Counted::Months,
        "sesi" | "pertemuan" | "sessions" | "meetings" | "lessons" => Counted::Sessions,
        _ => return None,
    })
}

/// `berdua`: two persons in one word.
fn together(word: &str) -> Option<u32> {
    number(word.strip_prefix("ber")?)
}

fn number(word: &str) -> Option<u32> {
    const NUMBERS: [[&str; 2]; 9] = [
        ["dua", "two"],
        ["tiga", "three"],
        ["empat", "four"],
        ["lima", "five"],
        ["enam", "six"],
        ["tujuh", "seven"],
        ["delapan", "eight"],
        ["sembilan", "nine"],
        ["sepuluh", "ten"],
    ];
    let at = NUMBERS.iter().position(|names| names.contains(&word))?;
    u32::try_from(at + 2).ok()
}

#[cfg(test)]
mod tests {
    use super::super::sentence::elements;
    use super::*;

    fn found(text: &str) -> Vec<(u32, Counted)> {
        let counts = of(&elements(text, &[], &[])).into_iter();
        counts.map(|count| (count.number, count.of)).collect()
    }

    #[test]
    fn counts_are_digits_or_words_before_what_is_counted() {
        use Counted::{Months, People, Sessions};
        assert_eq!(found("untuk dua orang"), [(2, People)]);
        assert_eq!(
            found("3 (tiga) peserta, 12 sesi"),
            [(3, People), (12, Sessions)]
        );
        assert_eq!(
            found("for four people and six months"),
            [(4, People), (6, Months)]
        );
        assert_eq!(found("kalau berdua"), [(2, People)]);
        assert_eq!(found("per orang, 1 orang, orang dua, beberapa orang"), []);
    }
}
