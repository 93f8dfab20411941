//! `[checks]`: which warnings are told, and which are errors.

use super::{Config, Level};
use crate::base::Span;
use crate::base::text::nearest;
use crate::data::{Field, Record, Type};
use crate::diag::{Diagnostic, Severity};

/// What the site wants of the checks.
#[derive(Clone, Debug)]
pub struct Checks {
    /// Amounts in prose that are no price of the course beside them.
    pub price_in_text: Level,
    /// Codes of warnings that are not told.
    off: Vec<Box<str>>,
    /// Codes of warnings that are errors.
    errors: Vec<Box<str>>,
}

impl Default for Checks {
    fn default() -> Self {
        Self {
            price_in_text: Level::Error,
            off: Vec::new(),
            errors: Vec::new(),
        }
    }
}

/// Fields of `[checks]`.
pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::new(
            "ignore_keys",
            Type::list(Type::Text),
            "Front matter keys of other programs.",
        ),
        Field::new(
            "price_in_text",
            Type::choice(&[("error", &[]), ("warning", &[]), ("off", &[])]),
            "How grave an amount in a text is that is no price of the course beside it.",
        ),
        Field::new(
            "off",
            Type::one_or_more(Type::Text),
            "Codes of warnings that are not told.",
        ),
        Field::new(
            "errors",
            Type::one_or_more(Type::Text),
            "Codes of warnings that are errors.",
        ),
    ]
}

/// The checks of the settings; codes of no warning are reported.
pub(super) fn read(record: &Record, sink: &mut Vec<Diagnostic>) -> Checks {
    let Some(table) = record.table("checks") else {
        return Checks::default();
    };
    let mut codes = |name| {
        let items = table.list(name).iter();
        let mut found: Vec<Box<str>> = Vec::new();
        for (code, span) in items.filter_map(|item| Some((item.as_text()?, item.span))) {
            match warnings().any(|known| known == code) {
                true => found.push(code.into()),
                false => sink.push(unknown(code, span)),
            }
        }
        found
    };
    let level = table.choice("price_in_text").and_then(Level::from_word);
    Checks {
        price_in_text: level.unwrap_or(Level::Error),
        off: codes("off"),
        errors: codes("errors"),
    }
}

fn unknown(code: &str, span: Span) -> Diagnostic {
    let label = match nearest(code, warnings()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "warnings are marked with W in the list of all codes".to_owned(),
    };
    let message = format!("no warning has the code \"{code}\"");
    Diagnostic::error("unknown-check", message).at(&Config::path(), span, label)
}

impl Checks {
    /// The diagnostics as the site wants them.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>) {
        if self.off.is_empty() && self.errors.is_empty() {
            return;
        }
        let named = |codes: &[Box<str>], told: &Diagnostic| {
            told.severity == Severity::Warning && codes.iter().any(|code| **code == *told.code)
        };
        diagnostics.retain(|told| !named(&self.off, told));
        for told in diagnostics {
            if named(&self.errors, told) {
                told.severity = Severity::Error;
            }
        }
    }
}

/// The list of all codes, which marks warnings.
const CODES: &str = include_str!("../../docs/guide/errors.md");

/// The codes of all warnings: those of rows with a `W` behind them.
fn warnings() -> impl Iterator<Item = &'static str> {
    let rows = CODES.lines().filter_map(|line| line.split_once(" | W | "));
    rows.flat_map(|(codes, _)| codes.split('`').skip(1).step_by(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_those_of_the_list() {
        let all: Vec<&str> = warnings().collect();
        assert!(all.contains(&"description-long") && all.contains(&"heading-skip"));
        assert!(!all.contains(&"unknown-id") && all.len() > 20);
    }

    #[test]
    fn only_warnings_are_switched() {
        let checks = Checks {
            off: vec!["tag-twice".into(), "unknown-id".into()],
            errors: vec!["image-alt".into()],
            ..Checks::default()
        };
        let mut told = vec![
            Diagnostic::warning("tag-twice", ""),
            Diagnostic::warning("image-alt", ""),
            Diagnostic::error("unknown-id", ""),
        ];
        checks.apply(&mut told);
        let left: Vec<(&str, Severity)> = told.iter().map(|one| (one.code, one.severity)).collect();
        let error = Severity::Error;
        assert_eq!(left, [("image-alt", error), ("unknown-id", error)]);
    }
}
