//! What can be wrong with a written amount, why, and the exact text to write instead.
//!
//! The guesses here are only shown, never taken: a price is read or refused.

use super::currency::Currency;
use super::money::{MAX_MAJOR, Money, MoneyStyle, scale};
use super::money_reading::Reading;
use super::remedy::{Remedy, quoted};

/// What is wrong with a written amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MoneyFault {
    /// `3,800` can mean two amounts.
    Ambiguous,
    /// YAML or TOML read a number with a fraction.
    Float,
    /// Words such as `juta` or `k`.
    Words,
    /// Below zero.
    Negative,
    /// No digit at all.
    Empty,
    /// Another currency than the site's, or one that is not known.
    Currency(Option<Currency>),
    /// Decimals that the currency does not have.
    Fraction,
    /// Groups of other than three digits.
    Grouping,
    /// More than [`MAX_MAJOR`].
    TooLarge,
    /// Anything else.
    Syntax,
}

/// A written amount that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoneyError {
    fault: MoneyFault,
    written: Box<str>,
    site: Currency,
    remedy: Remedy,
}

impl MoneyFault {
    /// The stable code of the diagnostic: `price-ambiguous`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ambiguous => "price-ambiguous",
            Self::Float => "price-float",
            Self::Words => "price-words",
            Self::Negative => "price-negative",
            Self::Empty => "price-empty",
            Self::Currency(_) => "price-currency",
            Self::Fraction => "price-fraction",
            Self::Grouping => "price-grouping",
            Self::TooLarge => "price-too-large",
            Self::Syntax => "price-syntax",
        }
    }
}

impl MoneyError {
    /// A number with a fraction, as it stands in the file (`3.800`), where an amount was
    /// expected. YAML and TOML read such numbers as floats: always an error.
    pub fn float(raw: &str, reading: &Reading) -> Self {
        let guesses = Decimal::of_float(raw).map_or_else(Vec::new, |d| d.guesses(reading));
        Self::new(MoneyFault::Float, raw, &guesses, reading)
    }

    /// Refuses `written`; `guesses` are what its author may have meant.
    pub(crate) fn new(
        fault: MoneyFault,
        written: &str,
        guesses: &[Money],
        reading: &Reading,
    ) -> Self {
        Self {
            fault,
            written: written.trim().into(),
            site: reading.currency,
            remedy: remedy(fault, guesses, reading),
        }
    }

    /// What is wrong.
    pub fn fault(&self) -> MoneyFault {
        self.fault
    }

    /// Whether a word for nothing to pay was written.
    pub fn is_for_nothing(&self) -> bool {
        self.fault == MoneyFault::Words && is_free(&self.written)
    }

    /// The stable code of the diagnostic: `price-ambiguous`.
    pub fn code(&self) -> &'static str {
        self.fault.code()
    }

    /// What is wrong, in words.
    pub fn message(&self) -> String {
        let written = quoted(&self.written);
        let site = self.site;
        match self.fault {
            MoneyFault::Ambiguous => ambiguity(&self.written),
            MoneyFault::Float => {
                let raw = &self.written;
                let read = trim_zeros(raw);
                format!("the number {raw} is read as {read}; an amount is never such a number")
            }
            MoneyFault::Words => format!("{written} has words; an amount is read from digits only"),
            MoneyFault::Negative => format!("{written} is below zero"),
            MoneyFault::Empty => "there is no amount".to_owned(),
            MoneyFault::Currency(Some(other)) => {
                format!("{written} is in {other}, but prices of this site are in {site}")
            }
            MoneyFault::Currency(None) => {
                format!("{written} names a currency that is not known; the site's is {site}")
            }
            MoneyFault::Fraction if site.display_digits() == 0 => {
                format!("{written} has decimals, and {site} is written without")
            }
            MoneyFault::Fraction => {
                let digits = site.display_digits();
                format!("{written} has not {digits} decimals, as {site} has")
            }
            MoneyFault::Grouping => {
                format!("the digits of {written} are not grouped by three")
            }
            MoneyFault::TooLarge => format!("{written} is more than {MAX_MAJOR}"),
            MoneyFault::Syntax => format!("{written} is no amount"),
        }
    }

    /// What to write instead, for a field of this name: `write digits only: price = 3800, or
    /// 3800000 for Rp3.800.000`. `separator` is `" = "` (TOML) or `": "` (YAML).
    pub fn fix(&self, field: &str, separator: &str) -> String {
        self.remedy.text(field, separator)
    }
}

/// Whether a word means that nothing is to be paid.
pub(crate) fn is_free(word: &str) -> bool {
    matches!(&*word.to_lowercase(), "gratis" | "free" | "cuma-cuma")
}

fn ambiguity(written: &str) -> String {
    let is_part = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let number: String = written.chars().filter(is_part).collect();
    let number = number.trim_matches(['.', ',']);
    let joined: String = number.chars().filter(char::is_ascii_digit).collect();
    let point = trim_zeros(&number.replace(',', "."));
    format!("{} can mean {joined} or {point}", quoted(written))
}

/// `3.800` as `3.8`, and `3.000` as `3`.
fn trim_zeros(number: &str) -> String {
    if !number.contains('.') || number.contains(['e', 'E']) {
        return number.to_owned();
    }
    number
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

fn remedy(fault: MoneyFault, guesses: &[Money], reading: &Reading) -> Remedy {
    if let (MoneyFault::Currency(Some(other)), [guess, ..]) = (fault, guesses) {
        let lead = "write the amount in the site's currency, or name the other one";
        let amount = literal(*guess);
        let code = other.code();
        let value = format!("{{ amount{{=}}{amount}, currency{{=}}\"{code}\" }}");
        return Remedy::new(lead).or(value, "");
    }
    let Some(first) = guesses.first() else {
        let zeros = if reading.currency.display_digits() == 0 {
            "3800000"
        } else {
            "100"
        };
        return Remedy::new("write digits only, for example").or(zeros, "");
    };
    let whole = !literal(*first).starts_with('"');
    let lead = if whole {
        "write digits only"
    } else {
        "write the exact amount in quotes"
    };
    // A single guess at badly grouped digits says what it would mean, so that it is checked.
    let unsure = fault == MoneyFault::Grouping;
    let language = if reading.grouping == '.' { "id" } else { "en" };
    guesses
        .iter()
        .enumerate()
        .fold(Remedy::new(lead), |remedy, (i, guess)| {
            let shown = guess.display(MoneyStyle::Orthography, language);
            remedy.or(
                literal(*guess),
                if i > 0 || unsure {
                    shown
                } else {
                    String::new()
                },
            )
        })
}

fn literal(money: Money) -> String {
    let text = money.major_text();
    if text.contains('.') {
        format!("\"{text}\"")
    } else {
        text
    }
}

/// An exact decimal number, for guesses: `digits / 10^places`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    digits: i128,
    places: u32,
}

impl Decimal {
    /// The longest that is guessed at, so that no product below can overflow.
    const LONGEST: usize = 20;

    /// A number as written, digits with `.`, `,` and `_`: a last separator that stands once is
    /// the decimal one, the others are ignored.
    pub(crate) fn of_written(number: &str) -> Option<Self> {
        let last = number.rfind(['.', ',']);
        let once = |at: &usize| number.matches(&number[*at..=*at]).count() == 1;
        let places = last.filter(once).map_or(0, |at| number.len() - at - 1);
        Self::of_digits(number, places)
    }

    /// A float as it stands in YAML or TOML, exponents included.
    fn of_float(raw: &str) -> Option<Self> {
        let raw = raw.trim().trim_start_matches(['+', '-']).replace('_', "");
        let (number, power) = raw.split_once(['e', 'E']).unwrap_or((&raw, "0"));
        let places = number.split_once('.').map_or(0, |(_, rest)| rest.len());
        let power: i32 = power
            .parse()
            .ok()
            .filter(|power| (-9..=15).contains(power))?;
        let decimal = Self::of_digits(number, places)?;
        let places = i32::try_from(decimal.places).ok()? - power;
        let digits = decimal.digits * scale(places.min(0).unsigned_abs());
        let places = places.max(0).unsigned_abs();
        Some(Self { digits, places })
    }

    fn of_digits(number: &str, places: usize) -> Option<Self> {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let odd = |c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '_');
        if digits.len() > Self::LONGEST || number.contains(odd) {
            return None;
        }
        let digits = digits.parse().ok()?;
        let places = u32::try_from(places).ok()?;
        Some(Self { digits, places })
    }

    /// This number times `factor` as an amount, when the currency has enough decimals for it.
    pub(crate) fn times(self, factor: i128, currency: Currency) -> Option<Money> {
        let unit = scale(currency.display_digits());
        let product = self.digits.checked_mul(factor)?.checked_mul(unit)?;
        let below = scale(self.places);
        if product % below != 0 {
            return None;
        }
        let finer = scale(currency.storage_digits() - currency.display_digits());
        let minor = (product / below).checked_mul(finer)?;
        let most = Money::from_major_int(MAX_MAJOR, currency)?.minor;
        (minor <= most).then_some(Money { minor, currency })
    }

    /// What someone who wrote this number may have meant, the likeliest first.
    pub(crate) fn guesses(self, reading: &Reading) -> Vec<Money> {
        let currency = reading.currency;
        let whole = Self {
            digits: self.digits / scale(self.places),
            places: 0,
        };
        let joined = Self { places: 0, ..self };
        let grouped = (self.places == 3).then_some(joined);
        let guesses = if self.places == 0 {
            vec![self.times(1, currency)]
        } else if currency.display_digits() > 0 {
            vec![
                grouped.and_then(|d| d.times(1, currency)),
                self.times(1, currency),
            ]
        } else if whole.digits < 1000 {
            vec![self.times(1000, currency), self.times(1_000_000, currency)]
        } else {
            vec![
                whole.times(1, currency),
                grouped.and_then(|d| d.times(1, currency)),
            ]
        };
        let mut guesses: Vec<Money> = guesses.into_iter().flatten().collect();
        guesses.dedup();
        guesses
    }
}
