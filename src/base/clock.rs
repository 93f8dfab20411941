//! Times of a day as text: `19:00`, `19.00`, `7.30`. Shared by dates and hours.

use jiff::civil::Time;

/// Why a text is no time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClockFault {
    /// It has not the shape of one.
    Shape,
    /// It has, but no day has such a time; the words say what is impossible.
    Hour(u8),
    /// Likewise.
    Minute(u8),
    /// Likewise.
    Second(u8),
}

impl ClockFault {
    /// What is impossible, in words.
    pub(crate) fn words(self) -> String {
        match self {
            Self::Shape => "is no time of day".to_owned(),
            Self::Hour(24) => "has hour 24: a day ends at 23:59".to_owned(),
            Self::Hour(hour) => format!("has hour {hour}: hours are 0 to 23"),
            Self::Minute(minute) => format!("has minute {minute}: minutes are 0 to 59"),
            Self::Second(second) => format!("has second {second}: seconds are 0 to 59"),
        }
    }
}

/// Reads `H:MM`, `HH.MM`, `HH:MM:SS` or `HH:MM:SS.fraction`.
pub(crate) fn read(text: &str) -> Result<Time, ClockFault> {
    let (hour, rest) = text.split_once([':', '.']).ok_or(ClockFault::Shape)?;
    let (minute, rest) = rest.split_once(':').unwrap_or((rest, "00"));
    let (second, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
    let hour = number(hour, 1..=2)?;
    let minute = number(minute, 2..=2)?;
    let second = number(second, 2..=2)?;
    let nanosecond = nanoseconds(fraction)?;
    match (hour, minute, second) {
        (24.., ..) => Err(ClockFault::Hour(hour)),
        (_, 60.., _) => Err(ClockFault::Minute(minute)),
        (.., 60..) => Err(ClockFault::Second(second)),
        // All are below 60 here, so the casts keep their values.
        _ => Time::new(hour as i8, minute as i8, second as i8, nanosecond)
            .map_err(|_| ClockFault::Shape),
    }
}

fn number(text: &str, width: std::ops::RangeInclusive<usize>) -> Result<u8, ClockFault> {
    let plain = width.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let number = plain.then(|| text.parse().ok()).flatten();
    number.ok_or(ClockFault::Shape)
}

fn nanoseconds(fraction: &str) -> Result<i32, ClockFault> {
    let plain = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
    let number = plain
        .then(|| format!("{fraction:0<9}").parse().ok())
        .flatten();
    number.ok_or(ClockFault::Shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_points_and_colons() {
        for text in ["19:00", "19.00", "19:00:00", "19:00:00.000"] {
            assert_eq!(read(text), Ok(Time::constant(19, 0, 0, 0)), "{text}");
        }
        assert_eq!(read("7.05"), Ok(Time::constant(7, 5, 0, 0)));
        assert_eq!(
            read("19:00:01.5"),
            Ok(Time::constant(19, 0, 1, 500_000_000))
        );
    }

    #[test]
    fn says_what_is_impossible() {
        assert_eq!(read("24:00"), Err(ClockFault::Hour(24)));
        assert_eq!(read("19:60"), Err(ClockFault::Minute(60)));
        assert_eq!(read("19:00:60"), Err(ClockFault::Second(60)));
        for text in [
            "",
            "19",
            "19:0",
            "1900",
            "019:00",
            "+9:00",
            "19:00:",
            "19:00:00.",
            "１９:00",
        ] {
            assert_eq!(read(text), Err(ClockFault::Shape), "{text}");
        }
    }
}
