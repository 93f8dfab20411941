//! Durations as authors write them (`20 jam`, `1 jam 30 menit`, `90 minutes`) and as pages show
//! them, in whole minutes.

use super::remedy::{Misread, Remedy, quoted};
use super::words::primary;

/// Why a text was not read as a duration.
pub type DurationError = Misread;

/// The longest duration that is taken, in minutes: ten thousand hours.
const MAX_MINUTES: u32 = 600_000;

/// Reads a duration as minutes: numbers with the words for hours and minutes of either
/// language. Hours may have decimals (`1,5 jam`) where they make whole minutes.
///
/// # Errors
///
/// `duration-syntax`, `duration-unit` (no unit, or one that is no number of minutes, such as
/// weeks), `duration-range` (nothing at all, or more than ten thousand hours).
pub fn parse_minutes(text: &str) -> Result<u32, DurationError> {
    let lower = text.trim().to_lowercase();
    if lower.is_empty() {
        return Err(refused(
            "duration-syntax",
            "there is no duration".to_owned(),
            None,
        ));
    }
    let written = quoted(text.trim());
    let mut total = 0u32;
    let mut rest = lower.as_str();
    while !rest.is_empty() {
        let part = Part::of(rest);
        let minutes = part
            .minutes()
            .map_err(|fault| fault.error(&written, &part))?;
        total = total.saturating_add(minutes);
        rest = part.rest;
    }
    if total == 0 || total > MAX_MINUTES {
        let message = format!("{written} is no duration of 1 minute to 10000 hours");
        return Err(refused("duration-range", message, None));
    }
    Ok(total)
}

/// For people, in this language: `2 jam 30 menit`, `2 hours 30 minutes`, `1 hour`.
pub fn format_minutes(minutes: u32, language: &str) -> String {
    let indonesian = primary(language) == "id";
    let unit = |count: u32, id: &str, en: &str| match (indonesian, count) {
        (true, _) => format!("{count} {id}"),
        (false, 1) => format!("{count} {en}"),
        (false, _) => format!("{count} {en}s"),
    };
    match (minutes / 60, minutes % 60) {
        (0, rest) => unit(rest, "menit", "minute"),
        (hours, 0) => unit(hours, "jam", "hour"),
        (hours, rest) => format!(
            "{} {}",
            unit(hours, "jam", "hour"),
            unit(rest, "menit", "minute")
        ),
    }
}

/// A number with its unit, and the text behind them.
struct Part<'a> {
    number: &'a str,
    unit: &'a str,
    rest: &'a str,
}

enum Fault {
    Syntax,
    NoUnit,
    Unit,
    Decimals,
}

impl<'a> Part<'a> {
    fn of(text: &'a str) -> Self {
        let (number, behind) = take(text, |c| c.is_ascii_digit() || matches!(c, '.' | ','));
        let (unit, rest) = take(behind.trim_start(), char::is_alphabetic);
        let rest = rest.trim_start_matches(['.', ',']).trim_start();
        let joined = ["dan ", "and ", "& ", "+ "]
            .iter()
            .find_map(|word| rest.strip_prefix(word));
        let rest = joined.unwrap_or(rest).trim_start();
        Self { number, unit, rest }
    }

    fn minutes(&self) -> Result<u32, Fault> {
        if self.number.is_empty() {
            return Err(Fault::Syntax);
        }
        let per = match self.unit {
            "jam" | "j" | "h" | "hr" | "hrs" | "hour" | "hours" => 60,
            "menit" | "mnt" | "m" | "min" | "mins" | "minute" | "minutes" => 1,
            "" if self.rest.is_empty() => return Err(Fault::NoUnit),
            "" => return Err(Fault::Syntax),
            _ => return Err(Fault::Unit),
        };
        let (whole, decimals) = self
            .number
            .split_once(['.', ','])
            .unwrap_or((self.number, "0"));
        let whole: u32 = whole.parse().map_err(|_| Fault::Syntax)?;
        let plain = (1..=4).contains(&decimals.len());
        let digits: u32 = decimals
            .parse()
            .ok()
            .filter(|_| plain)
            .ok_or(Fault::Syntax)?;
        let below = 10u32.pow(decimals.len() as u32);
        if !(digits * per).is_multiple_of(below) {
            return Err(Fault::Decimals);
        }
        Ok(whole
            .saturating_mul(per)
            .saturating_add(digits * per / below))
    }
}

impl Fault {
    fn error(&self, written: &str, part: &Part) -> DurationError {
        let unit = quoted(part.unit);
        let (code, why) = match self {
            Self::Syntax => ("duration-syntax", "is no duration"),
            Self::Decimals => ("duration-syntax", "is no whole number of minutes"),
            Self::NoUnit => ("duration-unit", "has a number without unit"),
            Self::Unit => {
                let message = format!("{unit} in {written} is not hours or minutes");
                return refused("duration-unit", message, None);
            }
        };
        // A lone number can be shown with its unit; behind other parts it cannot stand alone.
        let lone = written.trim_matches('"') == part.number;
        let number = part.number.parse().ok().filter(|_| lone);
        refused(code, format!("{written} {why}"), number)
    }
}

fn refused(code: &'static str, message: String, number: Option<u32>) -> DurationError {
    let remedy = match number {
        Some(number) => Remedy::new("name the unit")
            .or(format!("\"{number} jam\""), "hours")
            .or(format!("\"{number} menit\""), "minutes"),
        None => Remedy::new("write hours and minutes like this")
            .or("\"20 jam\"", "")
            .or("\"1 jam 30 menit\"", ""),
    };
    Misread::new(code, message, remedy)
}

/// The longest beginning of these characters, and what follows.
fn take(text: &str, these: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !these(c)).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_authors_write() {
        let table = [
            ("20 jam", 1200),
            ("1 jam 30 menit", 90),
            ("1 jam dan 30 menit", 90),
            ("90 menit", 90),
            ("20 hours", 1200),
            ("1 hour, 30 minutes", 90),
            ("1h30m", 90),
            ("1,5 jam", 90),
            ("1.5 Hours", 90),
            ("45 min.", 45),
        ];
        for (text, minutes) in table {
            assert_eq!(parse_minutes(text), Ok(minutes), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        let table = [
            ("", "duration-syntax"),
            ("jam", "duration-syntax"),
            ("dua jam", "duration-syntax"),
            ("90", "duration-unit"),
            ("8 minggu", "duration-unit"),
            ("12 sesi", "duration-unit"),
            ("0 jam", "duration-range"),
            ("99999 jam", "duration-range"),
            ("99999999999 jam", "duration-syntax"),
            ("1,555 menit", "duration-syntax"),
            ("1 jam 30", "duration-unit"),
            ("1-2 jam", "duration-syntax"),
            ("1. jam", "duration-syntax"),
        ];
        for (text, code) in table {
            assert_eq!(
                parse_minutes(text).map_err(|error| error.code()),
                Err(code),
                "{text}"
            );
        }
        let fix = parse_minutes("90").unwrap_err().fix("duration", ": ");
        let both = "duration: \"90 jam\" for hours, or \"90 menit\" for minutes";
        assert_eq!(fix, format!("name the unit: {both}"));
        let fix = parse_minutes("1 jam 30").unwrap_err().fix("duration", ": ");
        assert!(
            fix.starts_with("write hours and minutes like this"),
            "{fix}"
        );
    }

    #[test]
    fn is_shown_in_words() {
        assert_eq!(format_minutes(150, "id"), "2 jam 30 menit");
        assert_eq!(format_minutes(150, "en"), "2 hours 30 minutes");
        assert_eq!(format_minutes(61, "en"), "1 hour 1 minute");
        assert_eq!(format_minutes(0, "id"), "0 menit");
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(minutes in 1..=MAX_MINUTES, indonesian: bool) {
            let language = if indonesian { "id" } else { "en" };
            prop_assert_eq!(parse_minutes(&format_minutes(minutes, language)), Ok(minutes));
        }

        #[test]
        fn no_text_panics(
            text in "\\PC*",
            near in "[0-9]{0,12}[., ]?[0-9]{0,6} ?(jam|m|dan )?[0-9a-z ]{0,9}",
        ) {
            let _ = parse_minutes(&text);
            let _ = parse_minutes(&near);
        }
    }
}
