//! Reading amounts as authors write them: `Rp3.800.000`, `IDR 3,800,000`, `"3800000"`.
//!
//! An amount that could be read in two ways is refused, never guessed: a price that is wrong by
//! a factor of a thousand is worse than an error.

use super::currency::Currency;
use super::money::{MAX_MAJOR, Money, scale};
use super::money_error::{Decimal, MoneyError, MoneyFault, is_free};

/// What a site brings to the reading of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The site's currency, or the one named beside the amount.
    pub currency: Currency,
    /// The sign that groups thousands in the site's language: `.` for `id`, `,` for `en`.
    pub grouping: char,
}

impl Reading {
    /// For a site of this currency and language; languages other than Indonesian group with a
    /// comma.
    pub fn new(currency: Currency, language: &str) -> Self {
        let indonesian = super::words::primary(language) == "id";
        let grouping = if indonesian { '.' } else { ',' };
        Self { currency, grouping }
    }
}

impl Money {
    /// Reads an amount that was written as a text.
    ///
    /// # Errors
    ///
    /// [`MoneyError`] for whatever the content model's table of amounts does not take.
    pub fn parse(text: &str, reading: &Reading) -> Result<Self, MoneyError> {
        let text = text.trim();
        let refuse = |fault, guesses: &[Money]| MoneyError::new(fault, text, guesses, reading);
        let Some(parts) = Parts::of(text) else {
            return Err(refuse(wordless(text), &free(text, reading)));
        };
        let fault = match parts.read(reading) {
            Ok(minor) => {
                let currency = reading.currency;
                return Ok(Self { minor, currency });
            }
            Err(fault) => fault,
        };
        Err(refuse(fault, &parts.guesses(fault, reading)))
    }

    /// Takes an amount that was written as a whole number of major units.
    ///
    /// # Errors
    ///
    /// [`MoneyError`] when it is below zero or too large.
    pub fn from_int(amount: i128, reading: &Reading) -> Result<Self, MoneyError> {
        let money = Self::from_major_int(amount, reading.currency);
        let refuse = |fault, guess: Option<Self>| {
            MoneyError::new(fault, &amount.to_string(), guess.as_slice(), reading)
        };
        if amount < 0 {
            let positive = amount.checked_neg();
            let guess = positive.and_then(|n| Self::from_major_int(n, reading.currency));
            return Err(refuse(MoneyFault::Negative, guess));
        }
        money.ok_or_else(|| refuse(MoneyFault::TooLarge, None))
    }
}

/// A written amount: what stands before its first digit, from that to its last, and behind it.
struct Parts<'a> {
    before: &'a str,
    number: &'a str,
    after: &'a str,
}

impl<'a> Parts<'a> {
    /// None when there is no digit.
    fn of(text: &'a str) -> Option<Self> {
        let is_digit = |c: char| c.is_ascii_digit();
        let start = text.find(is_digit)?;
        let end = text.rfind(is_digit)? + 1;
        Some(Self {
            before: text[..start].trim(),
            number: &text[start..end],
            after: without_dash(&text[end..]),
        })
    }

    /// The amount in minor units.
    fn read(&self, reading: &Reading) -> Result<i128, MoneyFault> {
        let (before, negative) = self.sign();
        check_mark(before, reading.currency)?;
        check_mark(self.after, reading.currency)?;
        if self.number.contains(char::is_alphabetic) {
            return Err(MoneyFault::Words);
        }
        if negative {
            return Err(MoneyFault::Negative);
        }
        read_number(self.number, reading)
    }

    /// What stands before, without a minus sign and with whether there was one.
    fn sign(&self) -> (&'a str, bool) {
        let minus = ['-', '\u{2212}'];
        let bare = self.before.trim_matches(minus).trim();
        (bare, bare.len() != self.before.len())
    }

    fn guesses(&self, fault: MoneyFault, reading: &Reading) -> Vec<Money> {
        let mut reading = *reading;
        if let MoneyFault::Currency(Some(other)) = fault {
            reading.currency = other;
        }
        let currency = reading.currency;
        let Some(decimal) = Decimal::of_written(self.number) else {
            return Vec::new();
        };
        if let (MoneyFault::Words, Some(factor)) = (fault, factor(self.after)) {
            return decimal.times(factor, currency).into_iter().collect();
        }
        match read_number(self.number, &reading) {
            Ok(minor) => vec![Money { minor, currency }],
            Err(_) => decimal.guesses(&reading),
        }
    }
}

/// The `,-` that Indonesian prices end with says "no sen".
fn without_dash(after: &str) -> &str {
    const DASHES: [char; 3] = ['-', '–', '—'];
    let after = after.trim_start();
    let bare = after.trim_start_matches([',', '.']);
    let rest = bare.trim_start_matches(DASHES);
    let dashed = bare.len() + 1 == after.len() && rest.len() < bare.len();
    if dashed { rest.trim() } else { after.trim() }
}

fn check_mark(mark: &str, currency: Currency) -> Result<(), MoneyFault> {
    if mark.is_empty() {
        return Ok(());
    }
    let name = mark.strip_suffix('.').unwrap_or(mark);
    if currency.reads(name) {
        return Ok(());
    }
    let is_code = name.len() == 3 && name.bytes().all(|b| b.is_ascii_uppercase());
    Err(match Currency::from_mark(name) {
        Some(other) => MoneyFault::Currency(Some(other)),
        None if is_code => MoneyFault::Currency(None),
        None if mark.contains(char::is_alphabetic) => MoneyFault::Words,
        None => MoneyFault::Syntax,
    })
}

/// The fault of a text without any digit.
fn wordless(text: &str) -> MoneyFault {
    let name = text.strip_suffix('.').unwrap_or(text).trim();
    if name.is_empty() || Currency::from_mark(name).is_some() {
        MoneyFault::Empty
    } else if name.contains(char::is_alphabetic) {
        MoneyFault::Words
    } else {
        MoneyFault::Syntax
    }
}

/// Words for nothing to pay mean 0.
fn free(text: &str, reading: &Reading) -> Vec<Money> {
    let zero = is_free(text).then(|| Money::from_major_int(0, reading.currency));
    zero.flatten().into_iter().collect()
}

/// What the word behind a number multiplies it with. `M` is a thousand million in Indonesian;
/// the smaller reading is shown.
fn factor(after: &str) -> Option<i128> {
    let word = after.split_whitespace().next()?.trim_end_matches('.');
    Some(match word.to_lowercase().as_str() {
        "rb" | "ribu" | "k" | "thousand" => 1_000,
        "jt" | "juta" | "m" | "mio" | "mn" | "million" => 1_000_000,
        "miliar" | "milyar" | "bn" | "billion" => 1_000_000_000,
        _ => return None,
    })
}

/// Reads digits and separators as minor units.
fn read_number(number: &str, reading: &Reading) -> Result<i128, MoneyFault> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '_');
    if !number.chars().all(is_part) {
        return Err(MoneyFault::Syntax);
    }
    let count = |sign: char| number.matches(sign).count();
    match (count('.'), count(','), count('_')) {
        (0, 0, 0) => minor(number, "", reading),
        (0, 0, _) => minor(&ungrouped(number, '_')?, "", reading),
        (1, 0, 0) => read_single(number, '.', reading),
        (0, 1, 0) => read_single(number, ',', reading),
        (_, 0, 0) => minor(&ungrouped(number, '.')?, "", reading),
        (0, _, 0) => minor(&ungrouped(number, ',')?, "", reading),
        (_, _, 0) => read_both(number, reading),
        _ => Err(MoneyFault::Grouping),
    }
}

/// One separator, once.
fn read_single(number: &str, sign: char, reading: &Reading) -> Result<i128, MoneyFault> {
    let (whole, rest) = number.split_once(sign).unwrap_or((number, ""));
    let groups = sign == reading.grouping;
    if rest.len() == 3 {
        let one_group = groups && !whole.starts_with('0') && whole.len() <= 3;
        return match one_group {
            true => minor(&format!("{whole}{rest}"), "", reading),
            false if groups && whole.len() > 3 => Err(MoneyFault::Grouping),
            false => Err(MoneyFault::Ambiguous),
        };
    }
    // The point is always a decimal sign too: it is what exact decimal text is written with.
    if groups && sign != '.' {
        return Err(MoneyFault::Grouping);
    }
    let bare = reading.currency.display_digits() == 0;
    // `3.00` on a rupiah site is rather three million than three rupiah.
    let short = bare && whole.len() < 3;
    if rest.len() != 2 || short {
        return Err(MoneyFault::Fraction);
    }
    minor(whole, rest, reading)
}

/// Both separators: the last is the decimal one.
fn read_both(number: &str, reading: &Reading) -> Result<i128, MoneyFault> {
    let at = number.rfind(['.', ',']).unwrap_or(number.len());
    let (whole, rest) = number.split_at(at);
    let rest = rest.trim_start_matches(['.', ',']);
    let group = if number[at..].starts_with('.') {
        ','
    } else {
        '.'
    };
    minor(&ungrouped(whole, group)?, rest, reading)
}

/// Digits without their grouping sign, which must make groups of exactly three.
fn ungrouped(number: &str, sign: char) -> Result<String, MoneyFault> {
    let mut groups = number.split(sign);
    let first = groups.next().unwrap_or_default();
    let fits = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let three = |group: &str| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit());
    if fits && first.bytes().all(|b| b.is_ascii_digit()) && groups.all(three) {
        return Ok(number.replace(sign, ""));
    }
    Err(MoneyFault::Grouping)
}

/// Minor units of whole digits and decimals.
fn minor(whole: &str, rest: &str, reading: &Reading) -> Result<i128, MoneyFault> {
    if whole.len() > 1 && whole.starts_with('0') {
        return Err(MoneyFault::Syntax);
    }
    let currency = reading.currency;
    let zeros = rest.bytes().all(|b| b == b'0');
    let digits = currency.display_digits() as usize;
    let fits = if digits == 0 {
        rest.len() <= 2 && zeros
    } else {
        rest.is_empty() || rest.len() == digits
    };
    if !fits {
        return Err(MoneyFault::Fraction);
    }
    let major: i128 = whole.parse().map_err(|_| MoneyFault::TooLarge)?;
    let cents: i128 = if zeros {
        0
    } else {
        rest.parse().map_err(|_| MoneyFault::Syntax)?
    };
    if major > MAX_MAJOR || (major == MAX_MAJOR && cents > 0) {
        return Err(MoneyFault::TooLarge);
    }
    Ok(major * scale(currency.storage_digits()) + cents)
}

#[cfg(test)]
mod tests;
