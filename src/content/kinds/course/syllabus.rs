//! Modules, lessons and durations whose sums do not agree.

use crate::base::duration::parse_minutes;
use crate::content::kinds::CheckContext;
use crate::data::{Record, Value};
use crate::diag::Diagnostic;

pub(super) fn check(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let modules = record.tables("modules");
    let mut found: Vec<Diagnostic> = modules
        .filter_map(|(module, _)| lessons(module, cx))
        .collect();
    found.extend(parts(record, cx));
    found.extend(whole(record, cx));
    found
}

/// The minutes of all tables of a list, where each has some.
fn sum(table: &Record, list: &str) -> Option<i64> {
    let each: Option<Vec<i64>> = table
        .tables(list)
        .map(|(item, _)| item.int("minutes"))
        .collect();
    each.filter(|each| !each.is_empty())
        .map(|each| each.iter().sum())
}

fn lessons(module: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let (minutes, lessons) = (module.int("minutes")?, sum(module, "lessons")?);
    let at = module.span("minutes")?;
    (minutes != lessons).then(|| {
        let message = format!("this module takes {minutes} minutes, its lessons {lessons}");
        let fix = format!("write {}", cx.line("minutes", &lessons.to_string()));
        cx.warning("module-minutes", message, at, fix)
    })
}

/// Hours as minutes; a part of a minute does not count.
fn minutes_of(hours: &str) -> Option<i64> {
    let (whole, fraction) = hours.split_once('.').unwrap_or((hours, ""));
    let hundredths: String = fraction.chars().chain("00".chars()).take(2).collect();
    let whole: i64 = whole.parse().ok()?;
    whole
        .checked_mul(60)?
        .checked_add(hundredths.parse::<i64>().ok()? * 60 / 100)
}

/// Sessions × minutes against hours.
fn parts(record: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let duration = record.table("duration")?;
    let sessions = duration.int("sessions")? * duration.int("session_minutes")?;
    let hours = minutes_of(duration.text("hours")?)?;
    let at = duration.span("hours")?;
    (sessions != hours).then(|| {
        let message = format!("the sessions make {sessions} minutes, the hours {hours}");
        cx.warning("duration-sum", message, at, "correct one of them")
    })
}

/// The modules against the duration.
fn whole(record: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let modules = sum(record, "modules")?;
    let duration = record.get("duration")?;
    let declared = match &duration.value {
        Value::Text(text) => i64::from(parse_minutes(text).ok()?),
        Value::Table(table) => in_table(table)?,
        _ => return None,
    };
    (modules != declared).then(|| {
        let message = format!("the modules make {modules} minutes, the duration {declared}");
        cx.warning("modules-sum", message, duration.span, "correct one of them")
    })
}

fn in_table(duration: &Record) -> Option<i64> {
    match duration.text("hours") {
        Some(hours) => minutes_of(hours),
        None => Some(duration.int("sessions")? * duration.int("session_minutes")?),
    }
}

#[cfg(test)]
mod tests {
    use super::minutes_of;

    #[test]
    fn hours_are_minutes() {
        assert_eq!(minutes_of("20"), Some(1200));
        assert_eq!(minutes_of("1.5"), Some(90));
        assert_eq!(minutes_of("0.25"), Some(15));
        assert_eq!(minutes_of("-"), None);
        assert_eq!(minutes_of("9999999999999999999"), None);
    }
}
