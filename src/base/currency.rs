//! Currencies: a small frozen table, so that no dependency bump changes a page.
//!
//! Knows codes, digits and symbols, but no amounts. Currencies with three decimals (KWD, BHD,
//! OMR, …) are left out on purpose: `1.234` could not be told from one thousand and more.

use std::fmt;

/// A currency of the frozen table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(pub(crate) u8);

/// What is known about one currency.
struct Row {
    code: &'static str,
    storage: u8,
    display: u8,
    /// Symbol in English text; empty where people write the code.
    en: &'static str,
    /// Symbol in Indonesian text.
    id: &'static str,
    /// Other marks that authors write.
    also: &'static [&'static str],
}

const fn row(
    code: &'static str,
    (storage, display): (u8, u8),
    (en, id): (&'static str, &'static str),
    also: &'static [&'static str],
) -> Row {
    Row {
        code,
        storage,
        display,
        en,
        id,
        also,
    }
}

/// The order decides whose a shared symbol is: `$` is USD's and `¥` is JPY's, except on a site
/// whose own currency has that symbol too. New rows go to the end.
const TABLE: &[Row] = &[
    row("IDR", (2, 0), ("", "Rp"), &[]),
    row("USD", (2, 2), ("$", "US$"), &[]),
    row("EUR", (2, 2), ("€", "€"), &[]),
    row("GBP", (2, 2), ("£", "£"), &[]),
    row("JPY", (0, 0), ("¥", "¥"), &["¥", "円"]),
    row("SGD", (2, 2), ("S$", "S$"), &["$"]),
    row("MYR", (2, 2), ("RM", "RM"), &[]),
    row("AUD", (2, 2), ("A$", "A$"), &["$", "AU$"]),
    row("NZD", (2, 2), ("NZ$", "NZ$"), &["$"]),
    row("CAD", (2, 2), ("CA$", "CA$"), &["$", "C$"]),
    row("HKD", (2, 2), ("HK$", "HK$"), &["$"]),
    row("TWD", (2, 0), ("NT$", "NT$"), &["$"]),
    row("CNY", (2, 2), ("CN¥", "CN¥"), &["¥", "¥", "元", "RMB"]),
    row("KRW", (0, 0), ("₩", "₩"), &[]),
    row("INR", (2, 2), ("₹", "₹"), &["Rs"]),
    row("THB", (2, 2), ("฿", "฿"), &[]),
    row("PHP", (2, 2), ("₱", "₱"), &[]),
    row("VND", (0, 0), ("₫", "₫"), &["đ"]),
    row("BND", (2, 2), ("B$", "B$"), &["$"]),
    row("LAK", (2, 0), ("₭", "₭"), &[]),
    row("KHR", (2, 0), ("៛", "៛"), &[]),
    row("MMK", (2, 0), ("", ""), &[]),
    row("PKR", (2, 0), ("", ""), &["Rs"]),
    row("BDT", (2, 2), ("৳", "৳"), &[]),
    row("LKR", (2, 2), ("", ""), &["Rs"]),
    row("SAR", (2, 2), ("", ""), &["SR"]),
    row("AED", (2, 2), ("", ""), &["Dh"]),
    row("QAR", (2, 2), ("", ""), &["QR"]),
    row("EGP", (2, 2), ("E£", "E£"), &["£"]),
    row("TRY", (2, 2), ("₺", "₺"), &["TL"]),
    row("CHF", (2, 2), ("", ""), &["Fr"]),
    row("SEK", (2, 2), ("", ""), &["kr"]),
    row("NOK", (2, 2), ("", ""), &["kr"]),
    row("DKK", (2, 2), ("", ""), &["kr"]),
    row("PLN", (2, 2), ("", ""), &["zł"]),
    row("CZK", (2, 2), ("", ""), &["Kč"]),
    row("HUF", (2, 0), ("", ""), &["Ft"]),
    row("BRL", (2, 2), ("R$", "R$"), &[]),
    row("MXN", (2, 2), ("MX$", "MX$"), &["$"]),
    row("ZAR", (2, 2), ("R", "R"), &[]),
    row("NGN", (2, 2), ("₦", "₦"), &[]),
    row("KES", (2, 2), ("", ""), &["KSh"]),
];

impl Currency {
    /// The currency with this ISO 4217 code, in capital or small letters.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|currency| currency.code().eq_ignore_ascii_case(code.trim()))
    }

    /// All currencies of the table, in its order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0u8..).take(TABLE.len()).map(Self)
    }

    /// The ISO 4217 code: `IDR`.
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// Decimals of one minor unit by ISO 4217: 2 for IDR and USD, 0 for JPY.
    pub fn storage_digits(self) -> u32 {
        self.row().storage.into()
    }

    /// Decimals that people write: 0 for IDR and JPY, 2 for USD.
    pub fn display_digits(self) -> u32 {
        self.row().display.into()
    }

    /// The symbol to show in text of this language (`id` or `en`, or a tag that begins with
    /// one); none where the code is shown.
    pub fn symbol(self, language: &str) -> Option<&'static str> {
        let symbol = match super::words::primary(language) {
            "id" => self.row().id,
            "en" => self.row().en,
            _ => "",
        };
        (!symbol.is_empty()).then_some(symbol)
    }

    /// Whether authors may write this mark for the currency: its code or one of its symbols,
    /// without regard to case.
    pub fn reads(self, mark: &str) -> bool {
        let row = self.row();
        let marks = [row.code, row.en, row.id];
        let mut marks = marks.iter().chain(row.also).filter(|own| !own.is_empty());
        marks.any(|own| own.to_lowercase() == mark.to_lowercase())
    }

    /// The first currency of the table that reads this mark.
    pub fn from_mark(mark: &str) -> Option<Self> {
        Self::all().find(|currency| currency.reads(mark))
    }

    fn row(self) -> &'static Row {
        // The number inside is only made by `all`, so the fallback is never taken.
        TABLE.get(usize::from(self.0)).unwrap_or(&TABLE[0])
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Default for Currency {
    /// The rupiah: the first users write Indonesian.
    fn default() -> Self {
        Self::from_code("IDR").unwrap_or(Self(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_three_capitals_and_unique() {
        for currency in Currency::all() {
            let code = currency.code();
            assert!(code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()));
            assert_eq!(Currency::from_code(code), Some(currency));
        }
        assert_eq!(Currency::from_code("idr").map(Currency::code), Some("IDR"));
        assert_eq!(Currency::from_code("XXX"), None);
    }

    #[test]
    fn people_write_no_more_digits_than_iso_has_and_never_three() {
        for currency in Currency::all() {
            assert!(currency.display_digits() <= currency.storage_digits());
            assert!(matches!(currency.display_digits(), 0 | 2), "{currency}");
        }
    }

    #[test]
    fn a_shared_symbol_belongs_to_the_first_row() {
        assert_eq!(Currency::from_mark("$").map(Currency::code), Some("USD"));
        assert_eq!(Currency::from_mark("¥").map(Currency::code), Some("JPY"));
        assert!(Currency::from_code("SGD").unwrap().reads("$"));
        assert_eq!(Currency::from_mark(""), None);
    }

    #[test]
    fn symbols_follow_the_language() {
        let rupiah = Currency::from_code("IDR").unwrap();
        assert_eq!(rupiah.symbol("id-ID"), Some("Rp"));
        assert_eq!(rupiah.symbol("en"), None);
        assert_eq!(rupiah.symbol("fr"), None);
    }
}
