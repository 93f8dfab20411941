//! TOML, read into the spanned tree.
//!
//! The `toml` crate goes on after an error, but its errors cascade: the first of each line is
//! kept and told in the words of an author (`explain`). It also lists keys by name, lets whole
//! numbers overflow and reports impossible dates itself; here keys stand in the order written,
//! overflow is an error, and dates are left to the reader, which treats both syntaxes alike.

mod explain;

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use crate::base::{SitePath, Span};
use crate::data::node::is_when;
use crate::data::{Key, MAX_DEPTH, Node, Raw};
use crate::diag::{Checked, Diagnostic};

/// Reads `text[range]`; all spans count from the start of `text`.
pub fn parse(path: &SitePath, text: &str, range: Range<usize>) -> Checked<Node> {
    let source = &text[range.clone()];
    let (table, errors) = DeTable::parse_recoverable(source);
    let faults = explain::faults(&errors, table.get_ref(), source);
    let mut walk = Walk {
        path,
        source,
        base: range.start,
        too_deep: false,
        diagnostics: explain::explain(path, source, range.start, faults),
    };
    let root = Spanned::new(0..source.len(), DeValue::Table(table.into_inner()));
    let root = walk.node(root, 0);
    Checked::new(root, walk.diagnostics)
}

struct Walk<'a> {
    path: &'a SitePath,
    source: &'a str,
    base: usize,
    too_deep: bool,
    diagnostics: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn node(&mut self, spanned: Spanned<DeValue<'_>>, depth: usize) -> Node {
        let range = spanned.span();
        let span = self.span(range.clone());
        let value = spanned.into_inner();
        let raw = if depth > MAX_DEPTH {
            self.refuse_depth(span);
            dismantle(value);
            Raw::Null
        } else {
            self.raw(value, range, depth)
        };
        Node { raw, span }
    }

    fn raw(&mut self, value: DeValue<'_>, range: Range<usize>, depth: usize) -> Raw {
        let written = self.source.get(range.clone()).unwrap_or_default();
        match value {
            DeValue::String(text) => Raw::Text(one_line_break(&text, written).into()),
            DeValue::Integer(number) => {
                let radix = number.radix();
                self.integer(number.as_str(), radix, range)
            }
            DeValue::Float(_) => Raw::Float(written.into()),
            DeValue::Boolean(yes) => Raw::Bool(yes),
            DeValue::Datetime(_) => Raw::When(written.into()),
            DeValue::Array(items) => Raw::List(
                items
                    .into_iter()
                    .map(|item| self.node(item, depth + 1))
                    .collect(),
            ),
            DeValue::Table(table) => Raw::Table(self.entries(table, depth + 1)),
        }
    }

    /// In the order written: the crate hands them out by name.
    fn entries(&mut self, table: DeTable<'_>, depth: usize) -> Vec<(Key, Node)> {
        let mut entries: Vec<(Key, Node)> = table
            .into_iter()
            .map(|(key, value)| {
                let span = self.span(key.span());
                let name = key.into_inner().into();
                (Key { name, span }, self.node(value, depth))
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span);
        entries
    }

    fn integer(&mut self, digits: &str, radix: u32, range: Range<usize>) -> Raw {
        if let Ok(number) = i128::from_str_radix(digits, radix) {
            return Raw::Int(number);
        }
        // Without digits it is what a syntax error left behind, and told already.
        if !digits.is_empty() {
            let error = Diagnostic::error("number-too-large", "this number is too large").at(
                self.path,
                self.span(range),
                "if it is a code, write it in quotes",
            );
            self.diagnostics.push(error);
        }
        Raw::Null
    }

    fn refuse_depth(&mut self, span: Span) {
        if !std::mem::replace(&mut self.too_deep, true) {
            let error = crate::data::node::too_deep().at(self.path, span, "");
            self.diagnostics.push(error);
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(range.start, range.end).shift(self.base)
    }
}

/// Takes a tree apart without recursion: dotted keys in nested inline tables can be thousands
/// of levels deep, and dropping such a tree in one piece would overflow the stack.
fn dismantle(value: DeValue<'_>) {
    let mut rest = vec![value];
    while let Some(value) = rest.pop() {
        match value {
            DeValue::Array(items) => rest.extend(items.into_iter().map(Spanned::into_inner)),
            DeValue::Table(table) => {
                rest.extend(table.into_iter().map(|(_, value)| value.into_inner()));
            }
            _ => {}
        }
    }
}

/// A line break inside a text is `\n`, whatever the file uses. An escaped `\r\n` stays.
fn one_line_break(text: &str, written: &str) -> String {
    if written.contains('\r') {
        text.replace("\r\n", "\n")
    } else {
        text.to_owned()
    }
}

/// Whether an error of the crate is about an impossible date, which the reader reports itself.
fn is_about_date(source: &str, range: &Range<usize>) -> bool {
    source.get(range.clone()).is_some_and(is_when)
}
