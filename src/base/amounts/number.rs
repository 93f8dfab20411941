//! One number of a text with its mark, its word and its currency.

use std::ops::Range;

use super::{Amount, Literal};
use crate::base::currency::Currency;

/// Words that multiply, in lower case.
pub(super) const SCALES: [(&str, i128); 18] = [
    ("juta", 1_000_000),
    ("jt", 1_000_000),
    ("jutaan", 1_000_000),
    ("ribu", 1_000),
    ("rb", 1_000),
    ("ribuan", 1_000),
    ("k", 1_000),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("mio", 1_000_000),
    ("mn", 1_000_000),
    ("m", 1_000_000),
    ("miliar", 1_000_000_000),
    ("milyar", 1_000_000_000),
    ("billion", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("triliun", 1_000_000_000_000),
    ("trillion", 1_000_000_000_000),
];

/// Words behind an amount that name its currency, in lower case.
pub(super) const NAMES: [(&str, &str); 8] = [
    ("rupiah", "IDR"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("dolar", "USD"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("ringgit", "MYR"),
    ("yen", "JPY"),
];

/// A number with all that was written around it.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) range: Range<usize>,
    /// In hundredths, before the word that multiplies.
    pub(super) value: i128,
    /// What its last digit counts, in hundredths.
    step: i128,
    pub(super) scale: Option<i128>,
    /// `jutaan`: somewhere within that million.
    loose: bool,
    pub(super) currency: Option<Currency>,
    /// Whether its digits are grouped at least twice, as only amounts are.
    grouped: bool,
}

/// The number whose digits begin at `start`, and where to look on; no number where the digits
/// belong to something else.
pub(super) fn number_at(text: &str, start: usize, indonesian: bool) -> (Option<Number>, usize) {
    let digits = digits_at(&text[start..]);
    let end = start + digits.len();
    let Some((before, currency)) = mark_before(text, start) else {
        return (None, end);
    };
    let mut tail = Tail::of(&text[end..], indonesian);
    let scaled = tail.scale.is_some();
    let Some((value, step, groups)) = value_of(digits, scaled).filter(|_| !tail.stuck) else {
        return (None, end);
    };
    if currency.is_some() && tail.currency.is_some() && currency != tail.currency {
        tail.length = tail.bare_length;
    }
    let number = Number {
        range: before..end + tail.length,
        value,
        step,
        scale: tail.scale,
        loose: tail.loose,
        currency: currency.or(tail.currency),
        grouped: groups > 1,
    };
    (Some(number), end + tail.length)
}

/// Digits with separators between them.
fn digits_at(text: &str) -> &str {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while digit(end) || (matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1)) {
        end += 1;
    }
    &text[..end]
}

/// Where the mark before digits begins, and its currency; the digits themselves where there is
/// none. None where the digits are part of a word, a code, a date.
fn mark_before(text: &str, start: usize) -> Option<(usize, Option<Currency>)> {
    let before = &text[..start];
    let bare = before.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let gap = before.len() - bare.len();
    let bare = bare.strip_suffix('.').unwrap_or(bare);
    let is_part = |c: char| c.is_alphabetic() || is_sign(c);
    let mark = &bare[bare.trim_end_matches(is_part).len()..];
    let outside = bare[..bare.len() - mark.len()].chars().next_back();
    let own = !outside.is_some_and(char::is_numeric);
    if own && let Some(currency) = currency_of(mark) {
        return Some((bare.len() - mark.len(), Some(currency)));
    }
    if let Some(sign) = mark.chars().next_back().filter(|c| is_sign(*c))
        && let Some(currency) = currency_of(sign.encode_utf8(&mut [0; 4]))
    {
        return Some((bare.len() - sign.len_utf8(), Some(currency)));
    }
    let last = before.chars().next_back();
    let part = gap == 0
        && last.is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, '-' | '/' | ':' | '_' | '.' | ',' | '#' | '+')
        });
    // A dash after an amount or a word may make a range: `Rp5–8 juta`.
    let dashed = last == Some('-') && before[..start - 1].ends_with(|c: char| c.is_ascii_digit());
    (!part || dashed).then_some((start, None))
}

fn is_sign(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₩' | '₹' | '฿' | '₱' | '₫')
}

/// The currency of a mark in prose: codes in capitals, signs, `Rp`.
fn currency_of(mark: &str) -> Option<Currency> {
    let code = mark.len() == 3 && mark.bytes().all(|byte| byte.is_ascii_uppercase());
    let sign = mark.chars().next_back().is_some_and(is_sign);
    if mark.eq_ignore_ascii_case("rp") {
        return Currency::from_code("IDR");
    }
    match (code, sign) {
        (true, _) => Currency::from_code(mark),
        (_, true) => Currency::from_mark(mark),
        _ => None,
    }
}

/// What stands behind digits.
struct Tail {
    /// How much of the text belongs to the amount.
    length: usize,
    /// The same without the currency.
    bare_length: usize,
    scale: Option<i128>,
    loose: bool,
    currency: Option<Currency>,
    /// Whether letters follow at once that mean nothing: then the digits are part of a word.
    stuck: bool,
}

impl Tail {
    fn of(text: &str, indonesian: bool) -> Self {
        let mut tail = Self {
            length: dash_length(text),
            bare_length: 0,
            scale: None,
            loose: false,
            currency: None,
            stuck: false,
        };
        let (word, end) = next_word(text, tail.length);
        match scale_of(word, indonesian) {
            Some(scale) => {
                tail.length = end;
                tail.scale = Some(scale);
                tail.loose = word.ends_with("an");
            }
            None => {
                let close = word.len() == end - tail.length;
                tail.stuck = close && !word.is_empty() && behind(word).is_none();
            }
        }
        tail.bare_length = tail.length;
        let (word, end) = next_word(text, tail.length);
        // A mark before digits is the next amount's.
        let next = text[end..].trim_start_matches([' ', '.', '\u{a0}', '\u{202f}']);
        if let Some(currency) =
            behind(word).filter(|_| !next.starts_with(|c: char| c.is_ascii_digit()))
        {
            tail.currency = Some(currency);
            tail.length = end;
        }
        tail
    }
}

/// The `,-` that Indonesian prices end with.
fn dash_length(text: &str) -> usize {
    let rest = text.strip_prefix([',', '.']).unwrap_or(text);
    match rest.strip_prefix(['-', '–', '—']) {
        Some(after) if rest.len() < text.len() => {
            let after = after.strip_prefix('-').unwrap_or(after);
            text.len() - after.len()
        }
        _ => 0,
    }
}

/// The word behind at most one space from `from` on, and where it ends.
fn next_word(text: &str, from: usize) -> (&str, usize) {
    let rest = &text[from..];
    let bare = rest
        .strip_prefix([' ', '\u{a0}', '\u{202f}'])
        .unwrap_or(rest);
    let length = bare
        .find(|c: char| !c.is_alphabetic() && !is_sign(c))
        .unwrap_or(bare.len());
    let end = text.len() - bare.len() + length;
    (&bare[..length], end)
}

fn scale_of(word: &str, indonesian: bool) -> Option<i128> {
    if indonesian && word == "M" {
        return Some(1_000_000_000);
    }
    if word == "m" {
        // Metres.
        return None;
    }
    let word = word.to_lowercase();
    let found = SCALES.iter().find(|(scale, _)| *scale == word);
    found.map(|(_, factor)| *factor)
}

/// The currency that a word behind an amount names.
fn behind(word: &str) -> Option<Currency> {
    let lower = word.to_lowercase();
    let named = NAMES.iter().find(|(name, _)| *name == lower);
    match named {
        Some((_, code)) => Currency::from_code(code),
        None => currency_of(word),
    }
}

/// Digits as hundredths, what their last digit counts, and how many separators group them.
fn value_of(digits: &str, scaled: bool) -> Option<(i128, i128, usize)> {
    let last = digits.rfind(['.', ',']);
    let (whole, rest) = match last {
        None => (digits, ""),
        Some(at) => {
            let sign = &digits[at..=at];
            let many = digits.matches(sign).count() > 1;
            let mixed = digits.contains(if sign == "." { ',' } else { '.' });
            let three = digits.len() - at == 4;
            match many || (three && !scaled && !mixed) {
                true => (digits, ""),
                false => (&digits[..at], &digits[at + 1..]),
            }
        }
    };
    let groups = whole.matches(['.', ',']).count();
    let plain = whole.replace(['.', ','], "");
    if !grouped_well(whole) || plain.len() > 18 || rest.len() > 3 || (!scaled && rest.len() > 2) {
        return None;
    }
    let whole: i128 = plain.parse().ok()?;
    let thousandths: i128 = format!("{rest:0<3}").parse().ok()?;
    let step = 10i128.pow(3 - rest.len() as u32);
    // Thousandths for now: `2,425 juta` has three decimals.
    Some((whole * 1000 + thousandths, step, groups))
}

/// Groups of three, by one sign.
fn grouped_well(whole: &str) -> bool {
    let mut groups = whole.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let signs = whole.contains('.') && whole.contains(',');
    let mut several = false;
    let three = groups.all(|group| {
        several = true;
        group.len() == 3
    });
    !signs && three && (!several || ((1..=3).contains(&first.len()) && !first.starts_with('0')))
}

impl Number {
    /// What it amounts to; none where it is a number of something else.
    pub(super) fn amount(&self) -> Option<Amount> {
        let told = self.currency.is_some() || self.scale.is_some() || self.grouped;
        let scale = self.scale.unwrap_or(1);
        Some(Amount {
            hundredths: self.value.checked_mul(scale)? / 10,
            step: self
                .scale
                .and_then(|scale| Some(self.step.checked_mul(scale)? / 10)),
            currency: self.currency,
        })
        .filter(|_| told)
    }

    pub(super) fn alone(&self) -> Option<Literal> {
        let low = self.amount()?;
        let high = match (self.loose, low.step) {
            (true, Some(step)) => Some(Amount {
                hundredths: low.hundredths + step - 1,
                ..low
            }),
            _ => None,
        };
        Some(Literal {
            range: self.range.clone(),
            low,
            high,
        })
    }
}
