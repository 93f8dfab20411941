//! What an unquoted YAML text means, by the core schema of YAML 1.2.
//!
//! Two departures, both to keep what authors wrote: a number with a leading zero (`0812`) stays
//! a text, and a text in the shape of a date is one.

use crate::data::Raw;
use crate::data::node::is_when;

/// The value of an unquoted text; none for a whole number beyond all bounds.
pub(super) fn resolve(text: &str) -> Option<Raw> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Raw::Null,
        "true" | "True" | "TRUE" => Raw::Bool(true),
        "false" | "False" | "FALSE" => Raw::Bool(false),
        text if is_when(text) => Raw::When(text.into()),
        text if is_number_like(text) => return number(text),
        text => Raw::Text(text.into()),
    })
}

/// A cheap look before the dear one.
fn is_number_like(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
}

fn number(text: &str) -> Option<Raw> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if let Some((digits, radix)) = with_radix(text) {
        return i128::from_str_radix(digits, radix).ok().map(Raw::Int);
    }
    if has_leading_zero(unsigned) {
        return Some(Raw::Text(text.into()));
    }
    if is_digits(unsigned) {
        return text.parse().ok().map(Raw::Int);
    }
    if is_float(unsigned) || is_special(unsigned, text) {
        return Some(Raw::Float(text.into()));
    }
    Some(Raw::Text(text.into()))
}

fn with_radix(text: &str) -> Option<(&str, u32)> {
    let (digits, radix) = if let Some(digits) = text.strip_prefix("0x") {
        (digits, 16)
    } else {
        (text.strip_prefix("0o")?, 8)
    };
    let fits = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    fits.then_some((digits, radix))
}

fn has_leading_zero(unsigned: &str) -> bool {
    matches!(unsigned.as_bytes(), [b'0', second, ..] if second.is_ascii_digit())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `.5`, `1.`, `1.5`, `1e3`, `1.5E-3`.
fn is_float(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let exponent_fits = exponent
        .is_none_or(|exponent| is_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.is_empty() || is_digits(part);
    exponent_fits && digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty())
}

fn is_special(unsigned: &str, text: &str) -> bool {
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn float(text: &str) -> Option<Raw> {
        Some(Raw::Float(text.into()))
    }

    fn text(text: &str) -> Option<Raw> {
        Some(Raw::Text(text.into()))
    }

    #[test]
    fn follows_the_core_schema() {
        assert_eq!(resolve("~"), Some(Raw::Null));
        assert_eq!(resolve("True"), Some(Raw::Bool(true)));
        assert_eq!(resolve("-12"), Some(Raw::Int(-12)));
        assert_eq!(resolve("+12"), Some(Raw::Int(12)));
        assert_eq!(resolve("0x1F"), Some(Raw::Int(31)));
        assert_eq!(resolve("0o17"), Some(Raw::Int(15)));
        assert_eq!(resolve("0"), Some(Raw::Int(0)));
        for number in [
            "19.00", "-.5", "1.", "1e3", "1.5E-3", ".inf", "-.INF", ".nan", "0.5",
        ] {
            assert_eq!(resolve(number), float(number), "{number}");
        }
    }

    #[test]
    fn keeps_as_text_what_is_no_number_to_an_author() {
        for word in [
            "yes",
            "no",
            "on",
            "off",
            "tRUE",
            "0812",
            "-0812",
            "08.00",
            "3.800.000",
            "3,800",
            "1_000",
            "20%",
            "+62812-1",
            ".",
            "-",
            "+",
            "1e",
            "e3",
            "0x",
            "0xZZ",
            "-0x1",
            ".e3",
            "--1",
            "- 1",
        ] {
            assert_eq!(resolve(word), text(word), "{word}");
        }
    }

    #[test]
    fn knows_dates_and_numbers_beyond_bounds() {
        assert_eq!(resolve("2026-02-30"), Some(Raw::When("2026-02-30".into())));
        assert_eq!(resolve("19:00"), Some(Raw::When("19:00".into())));
        assert_eq!(resolve(&"9".repeat(60)), None);
    }
}
