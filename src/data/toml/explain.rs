//! What the `toml` crate complains about, in the words of an author.
//!
//! The crate speaks of tokens. Most faults in front matter are of a few kinds, though: a text or
//! a price without quotes, a `:` for a `=`, a bracket left open. Those are told with the line to
//! write instead.

use std::ops::Range;

use ::toml::de::{DeTable, DeValue, Error};

use crate::base::{SitePath, Span};
use crate::data::syntax::{Syntax, quote, shorten};
use crate::diag::Diagnostic;

/// More complaints than this about one file help nobody, and looking each up would take long.
const MOST: usize = 20;

/// A complaint worth telling: where, and the crate's own words.
pub(super) struct Fault {
    at: Range<usize>,
    message: String,
}

/// The complaints worth telling: the first of each line, nothing after a bracket that is never
/// closed, nothing about dates.
pub(super) fn faults(errors: &[Error], table: &DeTable<'_>, source: &str) -> Vec<Fault> {
    let mut faults: Vec<Fault> = errors
        .iter()
        .map(|error| Fault {
            at: error.span().unwrap_or(0..0),
            message: error.message().to_owned(),
        })
        .filter(|fault| !super::is_about_date(source, &fault.at))
        .collect();
    close_open_bracket(&mut faults, table, source);
    faults.sort_by_key(|fault| fault.at.start);
    let mut next_line = 0;
    faults.retain(|fault| {
        let first = fault.at.start >= next_line;
        if first {
            let rest = source.get(fault.at.start..).unwrap_or_default();
            let line = rest.find('\n').unwrap_or(rest.len());
            next_line = fault.at.start + line + 1;
        }
        first
    });
    faults.truncate(MOST);
    faults
}

/// An open bracket swallows the lines below it: only its beginning is worth a word.
fn close_open_bracket(faults: &mut Vec<Fault>, table: &DeTable<'_>, source: &str) {
    let is_open = |fault: &Fault| {
        fault.message.starts_with("unclosed array")
            || fault.message.starts_with("unclosed inline table")
    };
    let deep = |fault: &Fault| fault.message.starts_with("cannot recurse");
    if faults.iter().any(deep) {
        faults.retain(deep);
    } else if faults.iter().any(is_open)
        && let Some(start) = first_open(table, source)
    {
        faults.retain(|fault| fault.at.start < start);
        faults.push(Fault {
            at: start..start + 1,
            message: "unclosed".to_owned(),
        });
    }
}

/// Where the first list or inline table begins that does not end with its bracket.
fn first_open(table: &DeTable<'_>, source: &str) -> Option<usize> {
    let mut first: Option<usize> = None;
    let mut rest: Vec<_> = table.iter().map(|(_, value)| value).collect();
    while let Some(value) = rest.pop() {
        let written = source.get(value.span()).unwrap_or_default();
        let open = match value.get_ref() {
            DeValue::Array(items) => {
                rest.extend(items.iter());
                written.starts_with('[') && !written.ends_with(']')
            }
            DeValue::Table(table) => {
                rest.extend(table.iter().map(|(_, value)| value));
                written.starts_with('{') && !written.ends_with('}')
            }
            _ => false,
        };
        if open {
            first = Some(first.map_or(value.span().start, |at| at.min(value.span().start)));
        }
    }
    first
}

/// Each complaint as a diagnostic with a fix.
pub(super) fn explain(
    path: &SitePath,
    source: &str,
    base: usize,
    faults: Vec<Fault>,
) -> Vec<Diagnostic> {
    faults
        .into_iter()
        .map(|fault| Told::of(source, &fault).diagnostic(path, base))
        .collect()
}

/// What is said about one complaint.
struct Told {
    code: &'static str,
    message: String,
    at: Range<usize>,
    fix: String,
    other: Option<(Range<usize>, &'static str)>,
}

impl Told {
    fn of(source: &str, fault: &Fault) -> Self {
        let line = Line::around(source, fault.at.start);
        let message = fault.message.as_str();
        if message == "unclosed" {
            Self::new(
                "this bracket is never closed",
                fault.at.clone(),
                "close it before the next key",
            )
        } else if message.starts_with("duplicate key") {
            Self::duplicate(source, fault)
        } else if message.contains("recurs") {
            Self::new("too deep", fault.at.clone(), "write it flatter").coded("too-deep")
        } else if message.starts_with("key with no value") || message.contains("unquoted key") {
            Self::not_a_pair(&line, fault)
        } else {
            Self::bad_value(&line, fault)
        }
    }

    fn new(message: impl Into<String>, at: Range<usize>, fix: impl Into<String>) -> Self {
        Self {
            code: "toml-syntax",
            message: message.into(),
            at,
            fix: fix.into(),
            other: None,
        }
    }

    fn coded(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    fn duplicate(source: &str, fault: &Fault) -> Self {
        let name = source.get(fault.at.clone()).unwrap_or_default();
        let mut told = Self::new(
            format!("`{}` is written twice", shorten(name)),
            fault.at.clone(),
            "keep one of the two",
        )
        .coded("duplicate-key");
        told.other = first_writing(source, fault.at.start, name).map(|at| (at, "first here"));
        told
    }

    fn not_a_pair(line: &Line<'_>, fault: &Fault) -> Self {
        let text = line.text.trim();
        let fix = match text.split_once(':') {
            Some((key, value)) if !text.contains('=') => {
                format!(
                    "this is TOML: write {}",
                    Syntax::Toml.assign(key.trim(), value_of(value))
                )
            }
            _ => match text.split_once('=') {
                Some((key, value)) => {
                    let key = quote(key.trim().trim_matches('"'));
                    format!(
                        "a key with other signs than A-Z, 0-9, - and _ needs quotes: {key} = {}",
                        value.trim()
                    )
                }
                None => "each line is `key = value`".to_owned(),
            },
        };
        Self::new(
            format!("`{}` is not a `key = value` line", shorten(text)),
            line.trimmed_at(fault),
            fix,
        )
    }

    fn bad_value(line: &Line<'_>, fault: &Fault) -> Self {
        let Some((key, value, at)) = line.pair().filter(|(_, _, at)| at.start <= fault.at.start)
        else {
            return Self::plain(fault);
        };
        if value.is_empty() {
            return Self::new(
                format!("`{key}` has no value"),
                fault.at.clone(),
                "give it a value, or take the line out",
            );
        }
        if value.starts_with(['"', '\'']) {
            return Self::bad_quotes(value, at, fault);
        }
        if value.starts_with(['[', '{']) {
            return Self::plain(fault);
        }
        if let Some(told) = Self::number(key, value, at.clone()) {
            return told;
        }
        let fix = match value.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "ya" => Syntax::Toml.assign(key, "true"),
            "false" | "no" | "off" | "tidak" => Syntax::Toml.assign(key, "false"),
            "null" | "nil" | "none" | "~" => "take the line out".to_owned(),
            _ => format!(
                "a text needs quotes: {}",
                Syntax::Toml.assign(key, &quote(value))
            ),
        };
        Self::new(format!("TOML cannot read `{}`", shorten(value)), at, fix)
    }

    /// A number with separators, or an amount with its currency: the fix is its digits.
    fn number(key: &str, value: &str, at: Range<usize>) -> Option<Self> {
        let bare = value.trim_start_matches(|c: char| c.is_alphabetic() || c == '.' || c == ' ');
        let groups: Vec<&str> = bare.split(['.', ',', ' ']).collect();
        let digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
        let money = bare.len() < value.len();
        if groups.len() < 2 && !money || value.starts_with('0') || !groups.iter().all(digits) {
            return None;
        }
        let joined = groups.concat();
        let mut fix = format!("write digits only: {}", Syntax::Toml.assign(key, &joined));
        if groups.len() == 2 && joined.len() <= 6 {
            fix.push_str(&format!(", or {joined}000 if thousands were meant"));
        }
        let told = Self::new(format!("`{value}` is not a number"), at, fix);
        Some(told.coded("number-separators"))
    }

    fn bad_quotes(value: &str, at: Range<usize>, fault: &Fault) -> Self {
        if fault.message.contains("escape") {
            return Self::new(
                "this text has a backslash that means nothing",
                at,
                "use 'single quotes', in which a backslash is just one",
            );
        }
        if fault.at.start < at.end {
            return Self::new(
                "text goes on after the closing quote",
                fault.at.start..at.end,
                "put all of it in one pair of quotes",
            );
        }
        let message = format!("the quote of `{}` is never closed", shorten(value));
        Self::new(message, at, "close it at the end of the text")
    }

    fn plain(fault: &Fault) -> Self {
        let fix = match fault.message.as_str() {
            message if message.starts_with("unclosed table") => "close it with `]`",
            _ => "each line is `key = value`, each table `[name]`",
        };
        Self::new(fault.message.clone(), fault.at.clone(), fix)
    }

    fn diagnostic(self, path: &SitePath, base: usize) -> Diagnostic {
        let span = |range: Range<usize>| Span::new(range.start, range.end).shift(base);
        let mut told = if self.code == "too-deep" {
            crate::data::node::too_deep()
        } else {
            Diagnostic::error(self.code, self.message)
        };
        told = told.at(path, span(self.at), self.fix);
        match self.other {
            Some((range, text)) => told.at(path, span(range), text),
            None => told,
        }
    }
}

/// One line of the source.
struct Line<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Line<'a> {
    fn around(source: &'a str, at: usize) -> Self {
        let start = line_start(source, at);
        let text = source[start..].lines().next().unwrap_or_default();
        Self { text, start }
    }

    /// Key, value without comment, and where the value stands.
    fn pair(&self) -> Option<(&'a str, &'a str, Range<usize>)> {
        let (key, rest) = self.text.split_once('=')?;
        let value = value_of(rest);
        let from = self.start + key.len() + 1 + (rest.len() - rest.trim_start().len());
        Some((key.trim(), value, from..from + value.len()))
    }

    fn trimmed_at(&self, fault: &Fault) -> Range<usize> {
        let trimmed = self.text.trim();
        if trimmed.is_empty() {
            return fault.at.clone();
        }
        let from = self.start + (self.text.len() - self.text.trim_start().len());
        from..from + trimmed.len()
    }
}

/// What follows the sign, without a comment.
fn value_of(rest: &str) -> &str {
    rest.split(" #").next().unwrap_or_default().trim()
}

fn line_start(source: &str, at: usize) -> usize {
    let before = source.get(..at).unwrap_or(source);
    before.rfind('\n').map_or(0, |i| i + 1)
}

/// Where the same key, or the same table header, stands above. The crate does not say; a look
/// at the lines since the last other header is enough for a second label.
fn first_writing(source: &str, before: usize, name: &str) -> Option<Range<usize>> {
    let own_line = line_start(source, before);
    let is_header = source[own_line..].trim_start().starts_with('[');
    let mut found = None;
    let mut start = 0;
    for line in source[..own_line].split_inclusive('\n') {
        let trimmed = line.trim_start();
        let at = start + line.len() - trimmed.len();
        let header = trimmed.starts_with('[');
        if header && !is_header {
            found = None;
        }
        let inner = at + if header { 1 } else { 0 };
        let key = source[inner..]
            .split(['=', ']', '\n'])
            .next()
            .unwrap_or_default();
        if header == is_header && key.trim_end() == name {
            found = found.or(Some(inner..inner + name.len()));
        }
        start += line.len();
    }
    found
}
