//! Hours of a day as authors write them: `19.00-21.00`, `19:00–21:00`, `19:00`.

use super::clock;
use super::remedy::{Misread, Remedy, quoted};
use super::words::primary;
use jiff::civil::Time;

/// Hours of a day: a start, and an end where one was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hours {
    /// When it begins.
    pub from: Time,
    /// When it ends; later than `from`.
    pub to: Option<Time>,
}

/// Why a text was not read as [`Hours`].
pub type HoursError = Misread;

impl Hours {
    /// Reads hours, with `:` or `.` between hour and minute, and any dash between the two times.
    ///
    /// # Errors
    ///
    /// `hours-syntax`, `hours-impossible` (hour 25), `hours-order` (an end that is not later
    /// than its start; hours do not run over midnight).
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        let bare = text.trim();
        let (from, to) = match bare.split_once(['-', '–', '—']) {
            Some((from, to)) => (from.trim(), Some(to.trim())),
            None => (bare, None),
        };
        let read = |part: &str| clock::read(part).map_err(|fault| refused(bare, part, fault));
        let from = read(from)?;
        let to = to.map(read).transpose()?;
        match to {
            Some(to) if to <= from => Err(disordered(bare, from, to)),
            to => Ok(Self { from, to }),
        }
    }

    /// A bare number such as `19.00`, which YAML and TOML read as 19, where hours were expected;
    /// `raw` is the number as it stands in the file.
    pub fn number(raw: &str) -> HoursError {
        let time = clock::read(raw.trim()).or_else(|_| clock::read(&format!("{}0", raw.trim())));
        let shown = time.map_or_else(|_| "19:00".to_owned(), short);
        let message = format!("{} is read as a number, not as a time of day", raw.trim());
        let remedy = Remedy::new("put it in quotes").or(format!("\"{shown}\""), "");
        Misread::new("hours-number", message, remedy)
    }

    /// For people, in text of this language: `19.00–21.00` in Indonesian, else `19:00–21:00`.
    pub fn text(self, language: &str) -> String {
        let text = self.to.map_or_else(
            || short(self.from),
            |to| format!("{}–{}", short(self.from), short(to)),
        );
        match primary(language) {
            "id" => text.replace(':', "."),
            _ => text,
        }
    }
}

fn short(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn refused(text: &str, part: &str, fault: clock::ClockFault) -> HoursError {
    let written = quoted(text);
    if fault == clock::ClockFault::Shape {
        let message = format!("{written} is no time of day");
        return Misread::new("hours-syntax", message, example(text));
    }
    let part = if part == text {
        written
    } else {
        format!("{} in {written}", quoted(part))
    };
    let message = format!("{part} {}", fault.words());
    Misread::new("hours-impossible", message, example(""))
}

/// Suggests the times that stand in the text, else an example.
fn example(text: &str) -> Remedy {
    let odd = |c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.');
    let parts = text.split(odd).map(|part| part.trim_matches(['.', ':']));
    let times: Vec<String> = parts
        .filter_map(|part| {
            let whole = format!("{part}:00");
            clock::read(part).or_else(|_| clock::read(&whole)).ok()
        })
        .map(short)
        .collect();
    match times.as_slice() {
        [from] => Remedy::new("write").or(format!("\"{from}\""), ""),
        [from, to] if from < to => Remedy::new("write").or(format!("\"{from}-{to}\""), ""),
        _ => Remedy::new("write hours like these")
            .or("\"19:00-21:00\"", "")
            .or("\"19:00\"", ""),
    }
}

fn disordered(text: &str, from: Time, to: Time) -> HoursError {
    let message = format!("{} ends before it begins, or at once", quoted(text));
    let remedy = Remedy::new("write the earlier time first");
    let remedy = match to < from {
        true => remedy.or(format!("\"{}-{}\"", short(to), short(from)), ""),
        false => remedy.or(format!("\"{}\"", short(from)), ""),
    };
    Misread::new("hours-order", message, remedy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(text: &str) -> (&'static str, String) {
        let error = Hours::parse(text).unwrap_err();
        (error.code(), error.fix("time", ": "))
    }

    #[test]
    fn reads_what_authors_write() {
        let evening = Hours {
            from: Time::constant(19, 0, 0, 0),
            to: Some(Time::constant(21, 0, 0, 0)),
        };
        for text in [
            "19.00-21.00",
            "19:00–21:00",
            "19.00 - 21.00",
            "19:00—21.00",
            " 19:00-21:00 ",
        ] {
            assert_eq!(Hours::parse(text), Ok(evening), "{text}");
        }
        let open = Hours {
            to: None,
            ..evening
        };
        assert_eq!(Hours::parse("19:00"), Ok(open));
        assert_eq!(Hours::parse("19.00"), Ok(open));
    }

    #[test]
    fn says_what_to_write() {
        let table = [
            (
                "",
                "hours-syntax",
                "write hours like these: time: \"19:00-21:00\", or \"19:00\"",
            ),
            ("19-21", "hours-syntax", "write: time: \"19:00-21:00\""),
            (
                "19.00-21.00 WIB",
                "hours-syntax",
                "write: time: \"19:00-21:00\"",
            ),
            (
                "19.00 s.d. 21.00",
                "hours-syntax",
                "write: time: \"19:00-21:00\"",
            ),
            ("jam 19", "hours-syntax", "write: time: \"19:00\""),
            (
                "25:00",
                "hours-impossible",
                "write hours like these: time: \"19:00-21:00\", or \"19:00\"",
            ),
            (
                "21.00-19.00",
                "hours-order",
                "write the earlier time first: time: \"19:00-21:00\"",
            ),
            (
                "19.00-19.00",
                "hours-order",
                "write the earlier time first: time: \"19:00\"",
            ),
        ];
        for (text, code, fix) in table {
            assert_eq!(refused(text), (code, fix.to_owned()), "{text}");
        }
        let error = Hours::parse("19.00-24.00").unwrap_err();
        assert_eq!(
            error.message(),
            "\"24.00\" in \"19.00-24.00\" has hour 24: a day ends at 23:59"
        );
    }

    #[test]
    fn a_bare_number_is_told_with_the_fix() {
        assert_eq!(
            Hours::number("19.00").fix("time", ": "),
            "put it in quotes: time: \"19:00\""
        );
        assert_eq!(
            Hours::number("19.3").fix("time", ": "),
            "put it in quotes: time: \"19:30\""
        );
        assert_eq!(Hours::number("19").code(), "hours-number");
    }

    proptest! {
        #[test]
        fn shown_hours_read_back(from in 0..1439i32, length in 0..600i32, indonesian: bool) {
            let at = |minutes: i32| Time::constant((minutes / 60) as i8, (minutes % 60) as i8, 0, 0);
            let to = (length > 0).then(|| at((from + length).min(1439)));
            let hours = Hours { from: at(from), to };
            let language = if indonesian { "id" } else { "en" };
            prop_assert_eq!(Hours::parse(&hours.text(language)), Ok(hours));
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            if let Err(error) = Hours::parse(&text) {
                prop_assert!(error.fix("time", " = ").contains("time = "));
            }
            prop_assert!(!Hours::number(&text).message().is_empty());
        }
    }
}
