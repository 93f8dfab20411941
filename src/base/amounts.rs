//! Amounts of money in prose: `Rp2.425.000`, `2,4 juta`, `IDR 5,500,000–8,000,000`.
//!
//! Prose is read with more indulgence than fields (`money_reading`): what is found here is compared
//! with a price, never taken for one.

use std::ops::Range;

use super::currency::Currency;
use super::money::{Money, scale};
use number::{NAMES, Number, SCALES, number_at};

mod number;

/// An amount, or a range of two, as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// Where it stands, currency and words among it.
    pub range: Range<usize>,
    /// The amount, or the lower end.
    pub low: Amount,
    /// The upper end of a range.
    pub high: Option<Amount>,
}

/// An amount as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Hundredths of the currency's unit, whatever its own decimals are.
    pub hundredths: i128,
    /// What the last digit counts, where the amount is written in words: 10,000,000 hundredths in
    /// `2,4 juta`; none for plain digits.
    pub step: Option<i128>,
    /// The currency; none where only digits or words stand.
    pub currency: Option<Currency>,
}

/// An amount of money as those of texts are: in hundredths of its unit.
pub fn hundredths(money: Money) -> i128 {
    money.minor.saturating_mul(100) / scale(money.currency.storage_digits())
}

/// Words between the two ends of a range.
const UP_TO: [&str; 11] = [
    "-",
    "–",
    "—",
    "~",
    "to",
    "sampai",
    "sampai dengan",
    "hingga",
    "s.d.",
    "s/d",
    "sd",
];

/// Whether a text may hold amounts: quick, and wrong only on the side of yes.
pub fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = first_digit(&bytes[at..]) {
        let start = at + found;
        let run = bytes[start..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
            .count();
        at = start + run;
        let before = &bytes[start.saturating_sub(10)..start];
        let after = &bytes[at..bytes.len().min(at + 14)];
        let groups = bytes[start..at]
            .iter()
            .filter(|byte| !byte.is_ascii_digit());
        if marks(before) || marks(after) || scales(after) || groups.count() > 1 {
            return true;
        }
    }
    false
}

/// Where the first digit stands. Most texts have few, so eight bytes are looked at at a time.
fn first_digit(bytes: &[u8]) -> Option<usize> {
    let mut eights = bytes.chunks_exact(8);
    for (at, eight) in eights.by_ref().enumerate() {
        let found = digits(u64::from_le_bytes(eight.try_into().unwrap_or_default()));
        if found != 0 {
            return Some(at * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let rest = eights.remainder();
    let found = rest.iter().position(u8::is_ascii_digit)?;
    Some(bytes.len() - rest.len() + found)
}

/// The high bit of each of eight bytes that is a digit.
const fn digits(eight: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // Digits become 0 to 9; what is more, or had the high bit, has it afterwards.
    let value = eight ^ (ONES * 0x30);
    let more = (value & (ONES * 0x7f)) + ONES * 0x76;
    !(more | value) & (ONES * 0x80)
}

/// Whether bytes hold a mark of a currency, or what may be one.
fn marks(bytes: &[u8]) -> bool {
    let mut capitals = 0;
    bytes.iter().enumerate().any(|(at, byte)| {
        capitals = if byte.is_ascii_uppercase() {
            capitals + 1
        } else {
            0
        };
        *byte == b'$' || *byte >= 0x80 || capitals == 3 || names_currency(&bytes[at..])
    })
}

/// Whether bytes begin with the name of a currency, or as an amount of rupiahs does.
fn names_currency(bytes: &[u8]) -> bool {
    let begins = |name: &str| {
        let start = bytes.get(..name.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
    };
    may_begin_name(bytes) && (begins("rp") || NAMES.iter().any(|(name, _)| begins(name)))
}

/// Whether bytes begin as one of the names does: most do not, and need not be held against each.
fn may_begin_name(bytes: &[u8]) -> bool {
    let lower = |at: usize| bytes.get(at).map(u8::to_ascii_lowercase);
    match (lower(0), lower(1)) {
        (Some(first), Some(second)) => BEGINNINGS[usize::from(first)].contains(&second),
        _ => false,
    }
}

/// The second letters of the names by their first; most first letters have none. No first letter
/// has more than three.
const BEGINNINGS: [[u8; 3]; 256] = {
    let mut seconds = [[0; 3]; 256];
    seconds[b'r' as usize][0] = b'p';
    let mut at = 0;
    while at < NAMES.len() {
        let name = NAMES[at].0.as_bytes();
        let known = &mut seconds[name[0] as usize];
        let mut free = 0;
        while known[free] != 0 && known[free] != name[1] {
            free += 1;
        }
        known[free] = name[1];
        at += 1;
    }
    seconds
};

/// Whether bytes begin with a word that multiplies.
fn scales(after: &[u8]) -> bool {
    let blanks = |byte: &&u8| matches!(byte, b' ' | b'*' | b'_');
    let after = &after[after.iter().take_while(blanks).count()..];
    let letters = after.iter().take_while(|byte| byte.is_ascii_alphabetic());
    let word = &after[..letters.count()];
    SCALES
        .iter()
        .any(|(scale, _)| word.eq_ignore_ascii_case(scale.as_bytes()))
}

/// All amounts of a text, in order. `indonesian` decides what `M` is: a thousand million there,
/// a million elsewhere.
pub fn find(text: &str, indonesian: bool) -> Vec<Literal> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + found;
        let (number, end) = number_at(text, start, indonesian);
        numbers.extend(number);
        at = end;
    }
    join(text, numbers)
}

/// Joins the two ends of ranges, and leaves out numbers that are no amounts.
fn join(text: &str, numbers: Vec<Number>) -> Vec<Literal> {
    let mut found: Vec<Literal> = Vec::new();
    let mut rest = numbers.into_iter().peekable();
    while let Some(mut low) = rest.next() {
        let high = rest.next_if(|high| is_range(text, &low, high));
        if let Some(mut high) = high {
            low.currency = low.currency.or(high.currency);
            high.currency = high.currency.or(low.currency);
            if low.scale.is_none() && low.value < 1_000_000 {
                low.scale = high.scale;
            }
            if let (Some(from), Some(to)) = (low.amount(), high.amount()) {
                let range = low.range.start..high.range.end;
                match from.hundredths < to.hundredths {
                    true => found.push(Literal {
                        range,
                        low: from,
                        high: Some(to),
                    }),
                    false => found.extend([low.alone(), high.alone()].into_iter().flatten()),
                }
                continue;
            }
        }
        found.extend(low.alone());
    }
    found
}

/// Whether two numbers are the ends of one range.
fn is_range(text: &str, low: &Number, high: &Number) -> bool {
    let between = text[low.range.end..high.range.start].trim();
    let word = between.to_lowercase();
    if UP_TO.contains(&word.as_str()) {
        return low.currency.is_some() || high.currency.is_some() || high.scale.is_some();
    }
    let before = text[..low.range.start].trim_end().to_lowercase();
    matches!(word.as_str(), "dan" | "and")
        && (before.ends_with("antara") || before.ends_with("between"))
}

#[cfg(test)]
mod tests;
