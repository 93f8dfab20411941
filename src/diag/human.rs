//! For people: the message, the source underlined, and the way to mend it.
//!
//! `annotate-snippets` does the layout. It is handed small, escaped excerpts only, since it reads
//! what it is given several times over and expects spans at character boundaries.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::source::{Place, Text, Texts};
use super::{Diagnostic, Label, Options, Report, Severity, Sources, escape, excerpt};
use crate::base::Span;

/// Narrower terminals get lines of this width, and wrap them.
const NARROWEST: usize = 40;

/// Stands for the path in the renderer's `path:line:column`, until [`name_places`] puts in the
/// true one: the renderer counts columns in what it is given, which is cut and escaped. Escaped
/// text never holds it.
const MARK: char = '\u{fdd0}';

/// Each diagnostic with its excerpts, a blank line after each, then what was left out.
pub(super) fn render(report: &Report, sources: &dyn Sources, options: Options) -> String {
    let renderer = renderer(options);
    let mut texts = Texts::new(sources);
    let shown = report.shown(options.verbose);
    let diagnostics = shown.diagnostics.iter();
    diagnostics
        .map(|d| paragraph(d, &mut texts, &renderer))
        .chain(shown.more_lines())
        .map(|paragraph| paragraph + "\n\n")
        .collect()
}

fn renderer(options: Options) -> Renderer {
    let renderer = if options.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer
        .decor_style(DecorStyle::Unicode)
        .term_width(options.width.max(NARROWEST))
}

fn paragraph(diagnostic: &Diagnostic, texts: &mut Texts<'_>, renderer: &Renderer) -> String {
    let parts = parts(&diagnostic.labels, texts);
    let places: Vec<_> = parts.iter().filter_map(Part::place).collect();
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(escape::line(&diagnostic.message))
        .id(diagnostic.code);
    let group = Group::with_title(title)
        .elements(parts.iter().flat_map(Part::elements))
        .elements(notes(diagnostic));
    name_places(&renderer.render(&[group]), &places)
}

/// Something below the title that has a file.
enum Part<'a> {
    /// A file's name alone.
    File(&'a Label),
    /// Labels so near to each other that one excerpt shows them.
    Quote(Quote<'a>),
}

struct Quote<'a> {
    text: Arc<Text>,
    labels: Vec<(&'a Label, Span)>,
    /// Whether the first label is the diagnostic's primary one.
    primary: bool,
}

fn parts<'a>(labels: &'a [Label], texts: &mut Texts<'_>) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for label in labels {
        let Some((span, text)) = label.span.zip(texts.get(&label.path)) else {
            parts.push(Part::File(label));
            continue;
        };
        if let Some(quote) = parts.iter_mut().find_map(|part| part.room_for(label, span)) {
            quote.labels.push((label, span));
            continue;
        }
        parts.push(Part::Quote(Quote {
            text,
            labels: vec![(label, span)],
            primary: parts.is_empty(),
        }));
    }
    parts
}

impl<'a> Part<'a> {
    /// The quote itself, if its excerpt can show `label` as well.
    fn room_for(&mut self, label: &Label, span: Span) -> Option<&mut Quote<'a>> {
        let Self::Quote(quote) = self else {
            return None;
        };
        let (first, first_span) = *quote.labels.first()?;
        let fits = first.path == label.path && excerpt::fit_together(first_span, span);
        fits.then_some(quote)
    }

    /// What stands in place of the renderer's own `path:line:column`, where it prints one.
    fn place(&self) -> Option<String> {
        let Self::Quote(quote) = self else {
            return None;
        };
        let (label, span) = *quote.labels.first()?;
        let Place { line, column, .. } = quote.text.place(span);
        Some(format!(
            "{}:{line}:{column}",
            escape::line(label.path.as_str())
        ))
    }

    fn elements(&self) -> Vec<Element<'static>> {
        match self {
            Self::File(label) => {
                let origin = Origin::path(escape::line(label.path.as_str()));
                let text = escape::lines(&label.text);
                let note = Some(text).filter(|text| !text.is_empty());
                let note = note.map(|text| Level::NOTE.message(text).into());
                std::iter::once(origin.into()).chain(note).collect()
            }
            Self::Quote(quote) => vec![quote.snippet()],
        }
    }
}

impl Quote<'_> {
    fn snippet(&self) -> Element<'static> {
        let spans: Vec<_> = self.labels.iter().map(|(_, span)| *span).collect();
        let excerpt = excerpt::cut(&self.text, &spans);
        let marks = excerpt.marks.into_iter().zip(&self.labels).enumerate();
        let annotations = marks.map(|(index, (mark, (label, _)))| {
            let is_primary = self.primary && index == 0;
            let kind = if is_primary {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let text = Some(escape::line(&label.text));
            kind.span(mark).label(text.filter(|text| !text.is_empty()))
        });
        Snippet::source(excerpt.source)
            .path(MARK.to_string())
            .line_start(excerpt.first_line)
            .annotations(annotations)
            .into()
    }
}

fn notes(diagnostic: &Diagnostic) -> Vec<Element<'static>> {
    let pages = diagnostic
        .pages_note()
        .map(|note| Level::NOTE.message(escape::line(&note)));
    let hints = diagnostic
        .hints
        .iter()
        .map(|hint| Level::HELP.message(escape::lines(hint)));
    pages.into_iter().chain(hints).map(Element::from).collect()
}

/// Puts the true places where the renderer wrote [`MARK`] and its own line and column.
fn name_places(rendered: &str, places: &[String]) -> String {
    let mut pieces = rendered.split(MARK);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for (piece, place) in pieces.zip(places) {
        out.push_str(place);
        out.push_str(piece.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    out
}
