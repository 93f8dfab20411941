//! Tests over both syntaxes: every error with its place, and that both mean the same.

mod agree;
mod bombs;
mod reader;
mod records;
mod syntax;

use crate::base::money::Reading;
use crate::base::span::line_column;
use crate::base::{Currency, SitePath};
use crate::data::{Context, Field, Node, Record, Syntax, check, missing, parse};
use crate::diag::{Checked, Diagnostic, Severity};

/// `line:column code "underlined" fix` of each diagnostic's first place.
pub(super) fn told(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let line = |diagnostic: &Diagnostic| {
        let label = &diagnostic.labels[0];
        let span = label.span.unwrap_or_default();
        let (line, column) = line_column(text, span.start as usize);
        let under = text.get(span.range()).unwrap_or("<no text>");
        format!(
            "{line}:{column} {} {under:?} {}",
            diagnostic.code, label.text
        )
    };
    diagnostics.iter().map(line).collect()
}

pub(super) fn tree(syntax: Syntax, text: &str) -> Checked<Node> {
    parse(&SitePath::root(), text, syntax, 0..text.len())
}

pub(super) fn context(path: &SitePath, syntax: Syntax) -> Context<'_> {
    Context {
        path,
        syntax,
        money: Reading::new(Currency::from_code("IDR").unwrap(), "id"),
        language: "id",
        ignore_keys: &[],
        unknown_keys: Severity::Error,
    }
}

/// Reads a text without syntax errors, required fields included.
pub(super) fn record(syntax: Syntax, text: &str, fields: &[Field]) -> Checked<Record> {
    let tree = tree(syntax, text);
    assert!(!tree.failed(), "{:?}", told(text, &tree.diagnostics));
    let path = SitePath::root();
    let cx = context(&path, syntax);
    let mut checked = check(&tree.value, fields, &cx);
    let place = crate::base::Span::new(0, 0);
    let absent = missing(&checked.value, fields, place, &cx);
    checked.diagnostics.extend(absent);
    checked
}
