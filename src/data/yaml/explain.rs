//! What the YAML parser complains about, in the words of an author, with the line to write.

use granit_parser::{ErrorKind, ScanError};

use super::brackets;
use crate::base::{SitePath, Span};
use crate::data::Node;
use crate::data::syntax::{Syntax, quote, shorten};
use crate::diag::Diagnostic;

/// A syntax error as a diagnostic.
pub(super) fn explain(path: &SitePath, source: &str, base: usize, error: &ScanError) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(0).min(source.len());
    let told = told(source, at, error.kind());
    let span = Span::new(told.start, told.end).shift(base);
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => crate::data::node::too_deep().at(path, span, ""),
        _ => Diagnostic::error(told.code, told.message).at(path, span, told.fix),
    }
}

/// The front matter is one text or one list, not keys with values.
pub(super) fn not_a_table(path: &SitePath, source: &str, base: usize, node: &Node) -> Diagnostic {
    let start = node.span.start as usize;
    let written = source.get(start - base..node.span.end as usize - base);
    let first = written
        .unwrap_or_default()
        .lines()
        .next()
        .unwrap_or_default();
    let fix = match first.split_once('=') {
        Some((key, value)) => format!(
            "this is YAML: write {}, or put TOML between +++ lines",
            Syntax::Yaml.assign(key.trim(), value.trim())
        ),
        None => "each line is `key: value`, with a space after the colon".to_owned(),
    };
    let message = format!("expected `key: value` lines, found {}", node.type_name());
    let span = Span::new(start, start + first.len());
    Diagnostic::error("yaml-syntax", message).at(path, span, fix)
}

/// No underline is longer than this, in bytes.
const LONGEST: usize = 60;

struct Told {
    code: &'static str,
    message: String,
    fix: String,
    start: usize,
    end: usize,
}

fn told(source: &str, at: usize, kind: &ErrorKind) -> Told {
    use ErrorKind as E;
    let say = |message: &str, fix: &str| Told::at_word(source, at, message, fix);
    // What an open bracket swallowed is at fault for nothing.
    let open = brackets::first_open(source).filter(|open| is_swallowed(kind, source, *open, at));
    if let Some(open) = open {
        let (message, fix) = (
            "this bracket is never closed",
            "close it before the next key",
        );
        return Told::new(message, fix, open, open + 1);
    }
    match kind {
        E::MappingValueNotAllowed | E::InvalidColonPlacement => colon(source, at),
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => Told {
            code: "yaml-tab",
            ..say("a tab stands where YAML wants spaces", "indent with spaces")
        },
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => say(
            "this quote is never closed",
            "close it at the end of the text",
        ),
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofImplicitFlowMapping => say(
            "this bracket is never closed",
            "close it, or put the text in quotes",
        ),
        E::UnexpectedCharacter { character } => say(
            &format!("a text cannot begin with `{character}`"),
            "put it in quotes",
        ),
        E::UnknownAnchor | E::MissingAnchorOrAliasName => say(
            "`*` and `&` at the beginning mean an alias or an anchor, and this one is not known",
            "put the text in quotes",
        ),
        E::UnknownQuotedScalarEscape => say(
            "this text has a backslash that means nothing",
            "use 'single quotes', in which a backslash is just one",
        ),
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => say(
            "text goes on after the closing quote",
            "put all of it in one pair of quotes",
        ),
        E::BlockSequenceEntryNotAllowed => say(
            "a list begins on the line below its key",
            "put each `- item` on a line of its own",
        ),
        E::DirectiveDisallowed => say("YAML directives are not used here", "take this line out"),
        E::InvalidIndentation | E::ExpectedBlockMappingKey | E::ExpectedBlockSequenceEntry => say(
            "this line is not in line with its neighbours",
            "give keys of one table the same indentation",
        ),
        kind => say(
            &format!("YAML: {kind}"),
            "if this is a text, put it in quotes",
        ),
    }
}

/// Whether an error is met on a line below an open bracket and can follow from it.
fn is_swallowed(kind: &ErrorKind, source: &str, open: usize, at: usize) -> bool {
    use ErrorKind as E;
    let at = floor(source, at);
    let below = open < at && source[open..at].contains('\n');
    below
        && !matches!(
            kind,
            E::UnclosedQuotedScalar
                | E::DocumentIndicatorInQuotedScalar
                | E::RecursionLimitExceeded
        )
}

/// A colon where there cannot be one: mostly a text with `: ` in it.
fn colon(source: &str, at: usize) -> Told {
    let start = source[..floor(source, at)].rfind('\n').map_or(0, |i| i + 1);
    let line = source[start..].lines().next().unwrap_or_default();
    if let Some((key, rest)) = line.split_once(": ")
        && start + key.len() < at
        && !rest.starts_with(['[', '{', '"', '\''])
    {
        let value = rest.trim();
        let from = start + key.len() + 2 + (rest.len() - rest.trim_start().len());
        let fix = Syntax::Yaml.assign(key.trim(), &quote(value));
        return Told::new(
            "a text with a colon in it needs quotes",
            fix,
            from,
            from + value.len(),
        );
    }
    let above = source[..start].trim_end_matches(['\n', '\r']);
    let from = above.rfind('\n').map_or(0, |i| i + 1);
    let previous = &above[from..];
    if !previous.trim().is_empty()
        && !previous.contains(": ")
        && !previous.trim_end().ends_with(':')
    {
        let trimmed = previous.trim();
        let from = from + (previous.len() - previous.trim_start().len());
        let message = format!("`{}` is not a `key: value` line", shorten(trimmed));
        let fix = match trimmed.split_once([':', '=']) {
            Some((key, value)) => {
                format!("write {}", Syntax::Yaml.assign(key.trim(), value.trim()))
            }
            None => "give it a key, or take it out".to_owned(),
        };
        return Told::new(message, fix, from, from + trimmed.len());
    }
    let key = line.trim();
    let from = start + (line.len() - line.trim_start().len());
    Told::new(
        "this line is indented as if it belonged to the value above",
        "give keys of one table the same indentation, and close brackets and quotes above",
        from,
        from + key.len(),
    )
}

impl Told {
    fn new(message: impl Into<String>, fix: impl Into<String>, start: usize, end: usize) -> Self {
        Self {
            code: "yaml-syntax",
            message: message.into(),
            fix: fix.into(),
            start,
            end,
        }
    }

    /// At the word that begins at `at`, or at nothing where a line ends there.
    fn at_word(source: &str, at: usize, message: &str, fix: &str) -> Self {
        let at = floor(source, at);
        let word = source[at..]
            .split([' ', '\n', '\r'])
            .next()
            .unwrap_or_default();
        let word = word.strip_suffix(':').unwrap_or(word);
        Self::new(
            message,
            fix,
            at,
            floor(source, at + word.len().min(LONGEST)),
        )
    }
}

fn floor(source: &str, at: usize) -> usize {
    source.floor_char_boundary(at)
}
