//! Money: exact amounts, their text and their percentages. No float anywhere.
//!
//! How authors write amounts is known to `money_reading`; nothing here knows a field or a site.

use super::Hasher;
pub use super::currency::Currency;
pub use super::money_error::{MoneyError, MoneyFault};
pub use super::money_reading::Reading;
use super::words::primary;

/// The largest amount that is taken, in major units: ten to the fifteenth.
pub const MAX_MAJOR: i128 = 1_000_000_000_000_000;

/// An amount in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units of the currency as ISO 4217 counts them (sen for IDR, cents for USD).
    pub minor: i128,
    /// The currency.
    pub currency: Currency,
}

/// How amounts are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MoneyStyle {
    /// As Indonesian orthography wants it: `Rp3.800.000`.
    #[default]
    Orthography,
    /// As Unicode's CLDR has it, with no-break spaces: `Rp 3.800.000`.
    Cldr,
}

impl MoneyStyle {
    /// The style of a setting's word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "orthography" => Some(Self::Orthography),
            "cldr" => Some(Self::Cldr),
            _ => None,
        }
    }
}

impl Money {
    /// Adds amount and currency.
    pub fn hash_into(self, hasher: &mut Hasher) -> &mut Hasher {
        hasher
            .text(self.currency.code())
            .bytes(&self.minor.to_le_bytes())
    }

    /// The amount that [`Self::major_text`] wrote; none where it has more digits behind the
    /// point than the currency, or is no amount.
    pub fn from_major_text(text: &str, currency: Currency) -> Option<Self> {
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let digits = currency.storage_digits() as usize;
        let all = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || rest.len() > digits || !all(whole) || !all(rest) {
            return None;
        }
        let minor = format!("{whole}{rest:0<digits$}").parse().ok()?;
        Some(Self { minor, currency })
    }

    /// An amount of whole major units; none when it is beyond [`MAX_MAJOR`] either way.
    pub fn from_major_int(major: i128, currency: Currency) -> Option<Self> {
        let minor = major.checked_mul(scale(currency.storage_digits()))?;
        let fits = (-MAX_MAJOR..=MAX_MAJOR).contains(&major);
        fits.then_some(Self { minor, currency })
    }

    /// Exact decimal text in major units, for machines: `3800000`, `12.50`. A whole amount has
    /// no decimals.
    pub fn major_text(self) -> String {
        let (whole, rest) = self.parts();
        match rest {
            0 => format!("{}{whole}", self.sign()),
            rest => format!("{}{whole}.{}", self.sign(), self.decimals(rest)),
        }
    }

    /// For people, in text of this language (`id`, `en`, or a tag that begins with one; other
    /// languages get the code and English signs): `Rp3.800.000`, `IDR 3,800,000`, `$12.50`.
    ///
    /// Decimals are those that people write, but an amount that needs more is shown exactly.
    pub fn display(self, style: MoneyStyle, language: &str) -> String {
        let indonesian = primary(language) == "id";
        let number = self.grouped(indonesian);
        let space = match style {
            MoneyStyle::Orthography => " ",
            MoneyStyle::Cldr => "\u{a0}",
        };
        let sign = self.sign();
        match self.currency.symbol(language) {
            None => format!("{sign}{}{space}{number}", self.currency.code()),
            Some(mark) if style == MoneyStyle::Cldr && (indonesian || ends_in_letter(mark)) => {
                format!("{sign}{mark}{space}{number}")
            }
            Some(mark) => format!("{sign}{mark}{number}"),
        }
    }

    /// This amount less `percent`, rounded half up to the unit that people write (whole rupiah,
    /// cents). `percent` is decimal text such as `20`, `12.5` or `20%`; none when it is not
    /// above 0 and at most 100, or has more than six decimals.
    pub fn percent_off(self, percent: &str) -> Option<Self> {
        let (digits, places) = decimal(percent.trim().trim_end_matches('%').trim_end())?;
        let whole = 100 * scale(places);
        if digits <= 0 || digits > whole {
            return None;
        }
        let unit = self.display_unit();
        let above = self.minor.checked_mul(whole - digits)?;
        let below = whole.checked_mul(unit)?;
        let units = above
            .checked_mul(2)?
            .checked_add(below)?
            .div_euclid(2 * below);
        let minor = units.checked_mul(unit)?;
        Some(Self { minor, ..self })
    }

    /// Minor units of the smallest amount that people write: 100 for IDR, 1 for USD.
    pub fn display_unit(self) -> i128 {
        scale(self.currency.storage_digits() - self.currency.display_digits())
    }

    fn sign(self) -> &'static str {
        if self.minor < 0 { "-" } else { "" }
    }

    /// Whole major units and the minor units beyond them, both without sign.
    fn parts(self) -> (u128, u128) {
        let unit = scale(self.currency.storage_digits()).unsigned_abs();
        let minor = self.minor.unsigned_abs();
        (minor / unit, minor % unit)
    }

    fn decimals(self, rest: u128) -> String {
        let width = self.currency.storage_digits() as usize;
        format!("{rest:0width$}")
    }

    fn grouped(self, indonesian: bool) -> String {
        let (group, point) = if indonesian { ('.', ',') } else { (',', '.') };
        let (whole, rest) = self.parts();
        let text = grouped_digits(&whole.to_string(), group);
        let exact = self.currency.display_digits() == 0 && rest == 0;
        if exact || self.currency.storage_digits() == 0 {
            return text;
        }
        format!("{text}{point}{}", self.decimals(rest))
    }
}

/// Ten to the power of `digits`; `digits` stays small.
pub(crate) fn scale(digits: u32) -> i128 {
    10i128.saturating_pow(digits)
}

/// Decimal text as `digits / 10^places`; at most 15 digits before the sign and six behind it.
fn decimal(text: &str) -> Option<(i128, u32)> {
    let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let pointed = whole.len() < text.len();
    let plain = whole
        .bytes()
        .chain(rest.bytes())
        .all(|b| b.is_ascii_digit());
    if !plain || whole.is_empty() || whole.len() > 15 || rest.len() > 6 {
        return None;
    }
    if pointed && rest.is_empty() {
        return None;
    }
    let digits = format!("{whole}{rest}").parse().ok()?;
    Some((digits, u32::try_from(rest.len()).ok()?))
}

fn grouped_digits(digits: &str, sign: char) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(sign);
        }
        text.push(digit);
    }
    text
}

fn ends_in_letter(mark: &str) -> bool {
    mark.chars().next_back().is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn money(minor: i128, code: &str) -> Money {
        let currency = Currency::from_code(code).unwrap();
        Money { minor, currency }
    }

    #[test]
    fn is_set_as_its_language_wants() {
        use MoneyStyle::{Cldr, Orthography};
        let rupiah = money(380_000_000, "IDR");
        assert_eq!(rupiah.display(Orthography, "id"), "Rp3.800.000");
        assert_eq!(rupiah.display(Cldr, "id"), "Rp\u{a0}3.800.000");
        assert_eq!(rupiah.display(Orthography, "en"), "IDR 3,800,000");
        assert_eq!(rupiah.display(Cldr, "en-GB"), "IDR\u{a0}3,800,000");
        assert_eq!(rupiah.display(Orthography, "fr"), "IDR 3,800,000");
        let dollars = money(10_000, "USD");
        assert_eq!(dollars.display(Orthography, "en"), "$100.00");
        assert_eq!(dollars.display(Cldr, "en"), "$100.00");
        assert_eq!(dollars.display(Orthography, "id"), "US$100,00");
        assert_eq!(dollars.display(Cldr, "id"), "US$\u{a0}100,00");
        assert_eq!(money(3800, "JPY").display(Orthography, "en"), "¥3,800");
        assert_eq!(money(3800, "MYR").display(Cldr, "en"), "RM\u{a0}38.00");
    }

    #[test]
    fn an_amount_finer_than_people_write_is_shown_exactly() {
        assert_eq!(
            money(150, "IDR").display(MoneyStyle::Orthography, "id"),
            "Rp1,50"
        );
        assert_eq!(
            money(-5, "USD").display(MoneyStyle::Orthography, "en"),
            "-$0.05"
        );
    }

    #[test]
    fn major_text_is_exact() {
        assert_eq!(money(380_000_000, "IDR").major_text(), "3800000");
        assert_eq!(money(1250, "USD").major_text(), "12.50");
        assert_eq!(money(10_000, "USD").major_text(), "100");
        assert_eq!(money(-5, "USD").major_text(), "-0.05");
        assert_eq!(money(7, "JPY").major_text(), "7");
    }

    #[test]
    fn percentages_round_half_up_to_what_people_write() {
        let off = |minor, code, percent| money(minor, code).percent_off(percent).map(|m| m.minor);
        assert_eq!(off(380_000_000, "IDR", "20"), Some(304_000_000));
        assert_eq!(off(380_000_000, "IDR", "12.5%"), Some(332_500_000));
        assert_eq!(off(100, "IDR", "50"), Some(100), "half a rupiah goes up");
        assert_eq!(off(100, "IDR", "50.1"), Some(0));
        assert_eq!(off(1, "USD", "50"), Some(1));
        assert_eq!(off(999, "USD", "100"), Some(0));
        for bad in ["0", "-5", "100.1", "", "%", "x", "5.", "1e1", "0.0000001"] {
            assert_eq!(off(1000, "USD", bad), None, "{bad}");
        }
        assert_eq!(off(i128::MAX, "USD", "5"), None);
    }

    #[test]
    fn amounts_beyond_the_largest_are_none() {
        let rupiah = Currency::from_code("IDR").unwrap();
        assert!(Money::from_major_int(MAX_MAJOR, rupiah).is_some());
        assert_eq!(Money::from_major_int(MAX_MAJOR + 1, rupiah), None);
        assert_eq!(Money::from_major_int(i128::MIN, rupiah), None);
    }

    fn currency() -> impl Strategy<Value = Currency> {
        prop::sample::select(Currency::all().collect::<Vec<_>>())
    }

    fn price() -> impl Strategy<Value = Money> {
        let amounts = prop_oneof![0..100_000i128, 0..=MAX_MAJOR];
        (currency(), amounts, 0..100i128).prop_map(|(currency, major, cents)| {
            let mut money = Money::from_major_int(major, currency).unwrap();
            if currency.display_digits() == 2 && major < MAX_MAJOR {
                money.minor += cents;
            }
            money
        })
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(money in price(), cldr: bool, indonesian: bool) {
            let style = if cldr { MoneyStyle::Cldr } else { MoneyStyle::Orthography };
            let (language, grouping) = if indonesian { ("id", '.') } else { ("en", ',') };
            let reading = Reading { currency: money.currency, grouping };
            let shown = money.display(style, language);
            prop_assert_eq!(Money::parse(&shown, &reading), Ok(money), "{}", shown);
        }

        #[test]
        fn major_text_reads_back(money in price(), indonesian: bool) {
            let grouping = if indonesian { '.' } else { ',' };
            let reading = Reading { currency: money.currency, grouping };
            prop_assert_eq!(Money::parse(&money.major_text(), &reading), Ok(money));
        }

        #[test]
        fn a_promo_lies_between_nothing_and_the_price(money in price(), percent in 1..=100u32) {
            let promo = money.percent_off(&percent.to_string()).unwrap();
            prop_assert!(0 <= promo.minor && promo.minor <= money.minor);
            prop_assert_eq!(promo.minor % money.display_unit(), 0);
        }
    }
}
