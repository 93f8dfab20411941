//! Tera's errors as diagnostics: in the theme's file, with the chain of calls that led there.

use std::collections::HashMap;
use std::ops::Range;

use tera::{Error, ErrorKind, ReportError};

use super::Theme;
use super::sources::File;
use crate::base::text::nearest;
use crate::base::{SitePath, Span};
use crate::content::Component;
use crate::diag::Diagnostic;

/// An error of rendering `template`.
pub(super) fn render(theme: &Theme, error: &Error, template: &str) -> Diagnostic {
    if let Some(diagnostic) = endless(theme, error, None) {
        return match theme.files.get(template) {
            Some(file) => diagnostic.in_file(&file.path, "while this template was rendered"),
            None => diagnostic,
        };
    }
    let diagnostic = located(&theme.files, error, "template-render").unwrap_or_else(|| {
        let fallback = theme.files.get(template);
        let diagnostic = Diagnostic::error("template-render", plain(error));
        match fallback {
            Some(file) => diagnostic.in_file(&file.path, ""),
            None => diagnostic.hint(format!("while the template {template} was rendered")),
        }
    });
    call_chain(theme, error)
        .into_iter()
        .fold(diagnostic, Diagnostic::hint)
}

/// An error inside a component that a content file calls. Where a function found nothing for
/// what the text asked, or speaks of an argument, that or the call is the place; else the theme is at fault, on every page that
/// calls the component.
pub(super) fn component(
    theme: &Theme,
    error: &Error,
    path: &SitePath,
    call: &Component,
    in_vain: bool,
) -> Diagnostic {
    if let Some(diagnostic) = endless(theme, error, Some(&call.name)) {
        return diagnostic.at(path, call.span, "called here").on_page(path);
    }
    let report = report(error);
    let message = report.map_or_else(|| plain(error), |report| split_message(report.message()).0);
    let diagnostic = Diagnostic::error(
        "component-render",
        format!("component \"{}\": {message}", call.name),
    );
    let inside = report.and_then(|report| Some((theme.files.get(report.filename())?, report)));
    let given = given(call, &diagnostic.message);
    let place = given.unwrap_or(call.span);
    match inside {
        Some((file, report)) if !in_vain && given.is_none() => diagnostic
            .at(&file.path, file.span(range(report)), "")
            .at(path, call.span, "called here")
            .on_page(path),
        Some((file, report)) => diagnostic.at(path, place, "").at(
            &file.path,
            file.span(range(report)),
            "it stopped here",
        ),
        None => diagnostic.at(path, place, ""),
    }
}

/// The argument of a call that a message speaks of, whole or as the end of a longer name: of
/// several the one that it speaks of last.
fn given(call: &Component, message: &str) -> Option<Span> {
    let spoken = call.args.iter().filter_map(|(_, value)| {
        let text = value.as_text().filter(|text| !text.is_empty())?;
        let forms = [format!("\"{text}\""), format!("_{text}\"")];
        let at = forms.iter().filter_map(|form| message.rfind(form)).max()?;
        Some((at, value.span))
    });
    spoken.max_by_key(|(at, _)| *at).map(|(_, span)| span)
}

/// Components that call themselves without end: Tera says that there are some, the templates say
/// which they may be.
fn endless(theme: &Theme, error: &Error, from: Option<&str>) -> Option<Diagnostic> {
    let too_deep =
        matches!(error.kind(), ErrorKind::Msg(message) if message.contains("recursion depth"));
    let found = if too_deep {
        theme.calls.endless(from)
    } else {
        Vec::new()
    };
    let names: Vec<String> = found
        .iter()
        .map(|(name, ..)| format!("\"{name}\""))
        .collect();
    let message = match names.as_slice() {
        [] => return None,
        [one] => format!("the component {one} calls itself without end"),
        more => format!(
            "a component calls itself without end, one of {}",
            more.join(", ")
        ),
    };
    let diagnostic = Diagnostic::error("component-recursion", message);
    let diagnostic = found
        .into_iter()
        .fold(diagnostic, |diagnostic, (_, file, span)| {
            diagnostic.at(file, span, "it calls itself, perhaps through others")
        });
    Some(diagnostic.hint("put the call into an {% if … %} that becomes false"))
}

/// The diagnostic of an error that knows its place.
pub(super) fn located(
    files: &HashMap<String, File>,
    error: &Error,
    code: &'static str,
) -> Option<Diagnostic> {
    let report = report(error)?;
    let (message, hint) = split_message(report.message());
    let diagnostic = Diagnostic::error(code, message);
    let diagnostic = match hint {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    };
    Some(match files.get(report.filename()) {
        Some(file) => diagnostic.at(&file.path, file.span(range(report)), ""),
        None => diagnostic.hint(format!("in the built-in template {}", report.filename())),
    })
}

fn report(error: &Error) -> Option<&ReportError> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Some(report),
        _ => None,
    }
}

fn range(report: &ReportError) -> Range<usize> {
    report.span().range.clone()
}

/// The message of an error without a place, with what caused it.
pub(super) fn plain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// Tera lists all fields that there are in its message about one that is not. They differ from
/// page to page, so they go into a hint, the nearest one first.
fn split_message(message: &str) -> (String, Option<String>) {
    let Some((what, fields)) = message.split_once(". Available fields: ") else {
        return (message.to_owned(), None);
    };
    let wanted = what.split('`').nth(1).unwrap_or_default();
    let hint = match nearest(wanted, fields.split(", ")) {
        Some(near) => format!("did you mean `{near}`? There are: {fields}"),
        None => format!("there are: {fields}"),
    };
    (what.to_owned(), Some(hint))
}

/// The calls that led to an error, innermost first. Tera keeps them private, but prints them as
/// lines that begin with `note:` and end with the template's name, a line and a column.
fn call_chain(theme: &Theme, error: &Error) -> Vec<String> {
    error
        .to_string()
        .lines()
        .filter_map(|line| line.strip_prefix("note: "))
        .map(|line| with_file(theme, line))
        .collect()
}

/// The same line with the template's file in the place of its name.
fn with_file(theme: &Theme, line: &str) -> String {
    filed(theme, line).unwrap_or_else(|| line.to_owned())
}

fn filed(theme: &Theme, line: &str) -> Option<String> {
    let (words, place) = line.rsplit_once(' ')?;
    let mut parts = place.split(':');
    let file = theme.files.get(parts.next()?)?;
    let (row, column) = (parts.next()?, parts.next()?);
    let column = file.column(row.parse().ok()?, column.parse().ok()?);
    Some(format!("{words} {}:{row}:{column}", file.path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_that_there_are_become_a_hint() {
        let (what, hint) =
            split_message("Field `titel` is not defined. Available fields: slug, title");
        assert_eq!(what, "Field `titel` is not defined");
        assert_eq!(
            hint.unwrap(),
            "did you mean `title`? There are: slug, title"
        );
        assert_eq!(split_message("other").1, None);
    }
}
