//! How long things take.

use crate::base::parse_minutes;
use crate::data::{Record, Value};

/// How long a course takes in all: as written, or sessions times their length.
pub(super) fn minutes(record: &Record) -> Option<u32> {
    match &record.get("duration")?.value {
        Value::Text(text) => parse_minutes(text).ok(),
        Value::Table(table) => hours(table).or_else(|| sessions(table)),
        _ => None,
    }
}

/// Hours may have decimals: the text is exact, and so are minutes.
fn hours(table: &Record) -> Option<u32> {
    let text = table.text("hours")?;
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let whole: u32 = whole.parse().ok()?;
    let part = part.get(..part.len().min(4))?;
    let scale = 10_u32.checked_pow(u32::try_from(part.len()).ok()?)?;
    let part: u32 = if part.is_empty() {
        0
    } else {
        part.parse().ok()?
    };
    whole.checked_mul(60)?.checked_add(part * 60 / scale)
}

fn sessions(table: &Record) -> Option<u32> {
    let count = u32::try_from(table.int("sessions")?).ok()?;
    let each = u32::try_from(table.int("session_minutes")?).ok()?;
    count.checked_mul(each)
}

/// How long a module takes: as written, else all its lessons.
pub(super) fn of_module(module: &Record) -> Option<u32> {
    let own = |table: &Record| u32::try_from(table.int("minutes")?).ok();
    own(module).or_else(|| {
        let lessons: Option<Vec<u32>> = module.tables("lessons").map(|(one, _)| own(one)).collect();
        lessons.map(|all| all.iter().sum()).filter(|sum| *sum > 0)
    })
}

/// `PT20H`, `PT1H30M`.
pub(super) fn iso(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("PT{rest}M"),
        (hours, 0) => format!("PT{hours}H"),
        (hours, rest) => format!("PT{hours}H{rest}M"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_shown_as_hours_and_what_is_left() {
        assert_eq!(iso(1200), "PT20H");
        assert_eq!(iso(90), "PT1H30M");
        assert_eq!(iso(45), "PT45M");
    }
}
