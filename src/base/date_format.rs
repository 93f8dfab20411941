//! Dates as text by a format such as `%-d %B %Y`, with the words of a language.

use super::words::{month_name, month_short, weekday_name, weekday_short};
use jiff::Zoned;

/// A format that asks for something unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatFault {
    /// The specifier as written: `%Q`, or `%` at the end of the format.
    pub specifier: String,
}

impl FormatFault {
    /// What is wrong, in words, with what can be written.
    pub fn message(&self) -> String {
        let specifier = &self.specifier;
        format!(
            "{specifier} is no part of a date format; there are {KNOWN}, and %% for a percent sign"
        )
    }
}

const KNOWN: &str = "%Y %y %m %B %b %h %d %e %-d %j %A %a %u %w %G %V %H %k %I %l %M %S %p %P %F %R %T %D %Z %z %:z \
     %s %n %t";

/// The date and time as `format` says, with names of months and days in `language`.
///
/// Specifiers are those of `strftime`: `%Y %y %m %B %b %h %d %e %j %A %a %u %w %G %V %H %k %I
/// %l %M %S %p %P %F %R %T %D %Z %z %:z %s %n %t %%`. `-` behind the percent sign leaves out
/// padding, `_` pads with spaces, `0` with zeros.
///
/// # Errors
///
/// [`FormatFault`] for any other specifier.
pub fn format_date(at: &Zoned, format: &str, language: &str) -> Result<String, FormatFault> {
    let mut out = String::with_capacity(format.len() * 2);
    let mut rest = format;
    while let Some(start) = rest.find('%') {
        out.push_str(&rest[..start]);
        let (specifier, behind) = split_specifier(&rest[start..]);
        let text = expand(at, specifier, language).ok_or_else(|| FormatFault {
            specifier: specifier.to_owned(),
        })?;
        out.push_str(&text);
        rest = behind;
    }
    out.push_str(rest);
    Ok(out)
}

/// `%`, a flag where there is one, and one character.
fn split_specifier(text: &str) -> (&str, &str) {
    let flagged = text[1..].starts_with(['-', '_', '0', ':']);
    let mut ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.nth(if flagged { 2 } else { 1 }).unwrap_or(text.len());
    text.split_at(end)
}

fn expand(at: &Zoned, specifier: &str, language: &str) -> Option<String> {
    let body = specifier.strip_prefix('%')?;
    if body == ":z" {
        return Some(offset(at, ":"));
    }
    let (flag, letter) = match body.strip_prefix(['-', '_', '0']) {
        Some(letter) => (body.chars().next(), letter),
        None => (None, body),
    };
    let mut letters = letter.chars();
    let letter = letters.next()?;
    match number(at, letter) {
        Some((value, width, pad)) => Some(padded(value, width, flag, pad)),
        None if flag.is_some() => None,
        None => words(at, letter, language),
    }
}

/// The value of a numeric specifier, its width, and the character it is usually padded with.
fn number(at: &Zoned, letter: char) -> Option<(i64, usize, char)> {
    let hour = i64::from(at.hour());
    let half_day = if hour % 12 == 0 { 12 } else { hour % 12 };
    let week = || at.date().iso_week_date();
    Some(match letter {
        'Y' => (at.year().into(), 4, '0'),
        'y' => ((i64::from(at.year())).rem_euclid(100), 2, '0'),
        'm' => (at.month().into(), 2, '0'),
        'd' => (at.day().into(), 2, '0'),
        'e' => (at.day().into(), 2, ' '),
        'j' => (at.day_of_year().into(), 3, '0'),
        'H' => (hour, 2, '0'),
        'k' => (hour, 2, ' '),
        'I' => (half_day, 2, '0'),
        'l' => (half_day, 2, ' '),
        'M' => (at.minute().into(), 2, '0'),
        'S' => (at.second().into(), 2, '0'),
        'u' => (at.weekday().to_monday_one_offset().into(), 1, '0'),
        'w' => (at.weekday().to_sunday_zero_offset().into(), 1, '0'),
        'G' => (week().year().into(), 4, '0'),
        'V' => (week().week().into(), 2, '0'),
        's' => (at.timestamp().as_second(), 1, '0'),
        _ => return None,
    })
}

fn padded(value: i64, width: usize, flag: Option<char>, usual: char) -> String {
    let pad = match flag {
        Some('-') => return value.to_string(),
        Some('_') => ' ',
        Some(_) => '0',
        None => usual,
    };
    if pad == ' ' {
        format!("{value:width$}")
    } else {
        format!("{value:0width$}")
    }
}

fn words(at: &Zoned, letter: char, language: &str) -> Option<String> {
    let together = |format| format_date(at, format, language).ok();
    Some(match letter {
        'B' => month_name(at.month(), language).to_owned(),
        'b' | 'h' => month_short(at.month(), language).to_owned(),
        'A' => weekday_name(at.weekday(), language).to_owned(),
        'a' => weekday_short(at.weekday(), language).to_owned(),
        'p' => (if at.hour() < 12 { "AM" } else { "PM" }).to_owned(),
        'P' => (if at.hour() < 12 { "am" } else { "pm" }).to_owned(),
        'F' => together("%Y-%m-%d")?,
        'R' => together("%H:%M")?,
        'T' => together("%H:%M:%S")?,
        'D' => together("%m/%d/%y")?,
        'Z' => at
            .time_zone()
            .to_offset_info(at.timestamp())
            .abbreviation()
            .to_owned(),
        'z' => offset(at, ""),
        'n' => "\n".to_owned(),
        't' => "\t".to_owned(),
        '%' => "%".to_owned(),
        _ => return None,
    })
}

fn offset(at: &Zoned, colon: &str) -> String {
    let minutes = at.offset().seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.abs();
    format!("{sign}{:02}{colon}{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::When;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    fn at(text: &str) -> Zoned {
        let zone = TimeZone::get("Asia/Jakarta").unwrap();
        When::parse(text).unwrap().to_zoned(&zone)
    }

    #[test]
    fn dates_are_written_in_their_language() {
        let day = at("2026-08-02 19:05");
        let write = |format, language| format_date(&day, format, language).unwrap();
        assert_eq!(write("%A, %-d %B %Y", "id"), "Minggu, 2 Agustus 2026");
        assert_eq!(write("%A, %-d %B %Y", "en"), "Sunday, 2 August 2026");
        assert_eq!(write("%a %e %b %y", "id"), "Min  2 Agu 26");
        assert_eq!(write("%d.%m.%Y %H:%M:%S", "id"), "02.08.2026 19:05:00");
        assert_eq!(
            write("%F %T %R %D", "id"),
            "2026-08-02 19:05:00 19:05 08/02/26"
        );
        assert_eq!(write("%j %u %w %G-W%V", "id"), "214 7 0 2026-W31");
        assert_eq!(write("%I:%M %p %-l%P %_d %0e", "en"), "07:05 PM 7pm  2 02");
        assert_eq!(
            write("%Z %z %:z %s %%", "id"),
            "WIB +0700 +07:00 1785672300 %"
        );
        assert_eq!(write("tanpa é", "id"), "tanpa é");
    }

    #[test]
    fn an_unknown_specifier_is_an_error_that_names_it() {
        let day = at("2026-08-02");
        for (format, specifier) in [
            ("%Q", "%Q"),
            ("x%", "%"),
            ("%-", "%-"),
            ("%-é", "%-é"),
            ("%:d", "%:d"),
            ("%-B", "%-B"),
        ] {
            let fault = format_date(&day, format, "id").unwrap_err();
            assert_eq!(fault.specifier, specifier);
            assert!(fault.message().starts_with(specifier));
        }
    }

    proptest! {
        #[test]
        fn no_format_panics(format in "(%?[-_0:]?\\PC){0,12}") {
            let _ = format_date(&at("2026-08-02 19:05"), &format, "id");
        }

        #[test]
        fn the_iso_form_reads_back(second in -60_000_000_000i64..200_000_000_000) {
            let zone = TimeZone::get("Asia/Jakarta").unwrap();
            let at = jiff::Timestamp::from_second(second).unwrap().to_zoned(zone);
            let day = format_date(&at, "%F", "id").unwrap();
            prop_assert_eq!(When::parse(&day), Ok(When::Day(at.date())));
        }
    }

    #[test]
    fn what_the_error_lists_is_what_there_is() {
        let at = jiff::civil::date(2026, 11, 22)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .unwrap();
        let listed: Vec<&str> = KNOWN.split_whitespace().collect();
        for specifier in &listed {
            assert!(format_date(&at, specifier, "id").is_ok(), "{specifier}");
        }
        for letter in ('a'..='z').chain('A'..='Z') {
            let specifier = format!("%{letter}");
            let taken = format_date(&at, &specifier, "id").is_ok();
            assert_eq!(taken, listed.contains(&&*specifier), "{specifier}");
        }
    }
}
