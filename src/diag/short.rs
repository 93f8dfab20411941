//! One line each, in the form that editors and `grep` understand.

use super::source::Texts;
use super::{Diagnostic, Options, Report, Sources, escape};

/// `path:line:col: severity[code]: message`; a problem of a whole file, or of a file that is not
/// available, stands at 1:1, and one without a file has no place in front.
pub(super) fn render(report: &Report, sources: &dyn Sources, options: Options) -> String {
    let mut texts = Texts::new(sources);
    let shown = report.shown(options.verbose);
    let lines = shown.diagnostics.iter().map(|d| line(d, &mut texts));
    lines
        .chain(shown.more_lines())
        .map(|line| line + "\n")
        .collect()
}

fn line(diagnostic: &Diagnostic, texts: &mut Texts<'_>) -> String {
    let place = diagnostic.primary().map(|label| {
        let place = texts.place(label).map(|place| (place.line, place.column));
        let (line, column) = place.unwrap_or((1, 1));
        format!("{}:{line}:{column}: ", escape::line(label.path.as_str()))
    });
    let Diagnostic {
        severity,
        code,
        message,
        ..
    } = diagnostic;
    let place = place.unwrap_or_default();
    format!(
        "{place}{}[{code}]: {}",
        severity.as_str(),
        escape::line(message)
    )
}
