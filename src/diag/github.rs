//! Workflow commands: GitHub shows each beside the line it speaks of.

use super::source::{Place, Texts};
use super::{Diagnostic, Label, Report, Sources, escape};

/// One command, hence one line, for each diagnostic.
pub(super) fn render(report: &Report, sources: &dyn Sources) -> String {
    let mut texts = Texts::new(sources);
    let diagnostics = report.diagnostics().iter();
    diagnostics.map(|d| command(d, &mut texts) + "\n").collect()
}

fn command(diagnostic: &Diagnostic, texts: &mut Texts<'_>) -> String {
    let mut properties = Vec::new();
    if let Some(label) = diagnostic.primary() {
        properties.extend(location(label, texts.place(label)));
    }
    properties.push(format!("title={}", property(diagnostic.code)));
    let severity = diagnostic.severity.as_str();
    let message = data(&diagnostic.long_message());
    format!("::{severity} {}::{message}", properties.join(","))
}

fn location(label: &Label, place: Option<Place>) -> Vec<String> {
    let mut properties = vec![format!("file={}", property(label.path.as_str()))];
    if let Some(place) = place {
        properties.push(format!("line={}", place.line));
        properties.extend(extent(place));
    }
    properties
}

/// Columns have a meaning within one line only: GitHub refuses them with an end on another line.
fn extent(place: Place) -> Vec<String> {
    let Place {
        line,
        column,
        end_line,
        end_column,
    } = place;
    if line == end_line {
        vec![format!("col={column}"), format!("endColumn={end_column}")]
    } else {
        vec![format!("endLine={end_line}")]
    }
}

/// Text after `::`. Logs of a run are read in terminals too, so it is made harmless first; what
/// breaks a command is percent-encoded as GitHub's toolkit does.
fn data(text: &str) -> String {
    escape::lines(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, where `:` and `,` separate.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_would_break_the_command() {
        assert_eq!(data("100% a:b,c\r\nd\re"), "100%25 a:b,c%0Ad\\re");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
