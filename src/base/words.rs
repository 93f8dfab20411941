//! Words of dates in the languages that the program speaks: Indonesian and English.
//!
//! A frozen table of our own, so that no dependency bump changes a page; other languages get
//! English words until a site brings its own.

use jiff::civil::Weekday;

/// Names of months and days in one language.
struct Names {
    months: [&'static str; 12],
    short_months: [&'static str; 12],
    /// From Monday.
    days: [&'static str; 7],
    short_days: [&'static str; 7],
}

#[rustfmt::skip]
const ID: Names = Names {
    months: [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
        "Oktober", "November", "Desember",
    ],
    short_months: ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    days: ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    short_days: ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"],
};

#[rustfmt::skip]
const EN: Names = Names {
    months: [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ],
    short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    short_days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
};

/// The first part of a language tag: `en` of `en-GB`.
pub fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or(language)
}

fn names(language: &str) -> &'static Names {
    if primary(language) == "id" { &ID } else { &EN }
}

/// The name of a month, counted from 1; empty when there is no such month.
pub fn month_name(month: i8, language: &str) -> &'static str {
    pick(&names(language).months, month)
}

/// The short name of a month, counted from 1; empty when there is no such month.
pub fn month_short(month: i8, language: &str) -> &'static str {
    pick(&names(language).short_months, month)
}

/// The name of a weekday.
pub fn weekday_name(day: Weekday, language: &str) -> &'static str {
    pick(&names(language).days, day.to_monday_one_offset())
}

/// The short name of a weekday.
pub fn weekday_short(day: Weekday, language: &str) -> &'static str {
    pick(&names(language).short_days, day.to_monday_one_offset())
}

fn pick(names: &[&'static str], from_one: i8) -> &'static str {
    let index = usize::try_from(from_one)
        .ok()
        .and_then(|n| n.checked_sub(1));
    index
        .and_then(|n| names.get(n))
        .copied()
        .unwrap_or_default()
}

/// The number of a month, from 1, by its long or short name in either language.
pub fn parse_month(word: &str) -> Option<i8> {
    let word = plain(word);
    if matches!(word.as_str(), "agt" | "agust") {
        return Some(8);
    }
    let lists = [&ID.months, &ID.short_months, &EN.months, &EN.short_months];
    let index = lists.iter().find_map(|list| position(*list, &word))?;
    i8::try_from(index + 1).ok()
}

/// A weekday by its long or short name in either language: `selasa`, `Tuesday`, `Jum'at`.
pub fn parse_weekday(word: &str) -> Option<Weekday> {
    let word = plain(word);
    let other = match word.as_str() {
        "ahad" => Some(6),
        "tues" => Some(1),
        "thur" | "thurs" => Some(3),
        _ => None,
    };
    let lists = [&ID.days, &ID.short_days, &EN.days, &EN.short_days];
    let index = other.or_else(|| lists.iter().find_map(|list| position(*list, &word)))?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}

fn position(names: &[&str], word: &str) -> Option<usize> {
    names
        .iter()
        .position(|name| name.eq_ignore_ascii_case(word))
}

/// Small letters, without apostrophes of any kind and without a final point.
fn plain(word: &str) -> String {
    let word = word.trim().trim_end_matches('.');
    let is_apostrophe = |c: char| matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`');
    word.replace(is_apostrophe, "").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_read_in_both_languages() {
        for word in [
            "jumat", "Jum'at", "Jum’at", "JUMAT", "jum", "Friday", "fri", "Fri.",
        ] {
            assert_eq!(parse_weekday(word), Some(Weekday::Friday), "{word}");
        }
        assert_eq!(parse_weekday("selasa"), Some(Weekday::Tuesday));
        assert_eq!(parse_weekday("tuesday"), Some(Weekday::Tuesday));
        assert_eq!(parse_weekday("ahad"), Some(Weekday::Sunday));
        assert_eq!(parse_weekday("minggu"), Some(Weekday::Sunday));
        assert_eq!(parse_weekday("thurs"), Some(Weekday::Thursday));
        assert_eq!(parse_weekday("hari"), None);
        assert_eq!(parse_weekday(""), None);
    }

    #[test]
    fn every_name_reads_back() {
        for language in ["id", "en"] {
            for month in 1..=12 {
                assert_eq!(parse_month(month_name(month, language)), Some(month));
                assert_eq!(parse_month(month_short(month, language)), Some(month));
            }
            for day in Weekday::Monday.cycle_forward().take(7) {
                assert_eq!(parse_weekday(weekday_name(day, language)), Some(day));
                assert_eq!(parse_weekday(weekday_short(day, language)), Some(day));
            }
        }
    }

    #[test]
    fn languages_are_told_by_their_first_part() {
        assert_eq!(month_name(5, "id-ID"), "Mei");
        assert_eq!(month_name(5, "fr"), "May");
        assert_eq!(month_name(0, "id"), "");
        assert_eq!(month_name(13, "id"), "");
    }
}
