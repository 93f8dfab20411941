//! Tags that are never closed: what is read behind them is no part of them, so the fault belongs
//! to the tag, not to where reading stumbled at last.

use super::fault::{Fault, syntax};
use super::lexer::{Lexer, Token};
use std::ops::Range;

/// What is wrong with the tag that begins at `start`, with its `<` at `angle`, if something in
/// it is not closed; and how far it was read to know.
pub(super) fn find(text: &str, start: usize, angle: usize) -> (Option<Box<Fault>>, usize) {
    let end = match text[start..].starts_with("{{") {
        true => "}}",
        false => "%}",
    };
    let mut lexer = Lexer::new(text, angle + 1, end);
    let mut done = angle + 1;
    let mut last = Token::Char('<');
    let mut brackets: Vec<(char, usize)> = Vec::new();
    loop {
        let (token, range) = lexer.next();
        let parted = text[done..range.start].matches('\n').count() > 1;
        if parted || is_opener(text, range.start) || token == Token::Eof {
            return (Some(open_tag(text, start, end, &last)), range.start);
        }
        if let Some((bracket, at)) = brackets.last()
            && ends_tag(&text[range.start..], end)
        {
            return (Some(open_bracket(*bracket, *at)), range.end);
        }
        match &token {
            Token::Char(bracket @ ('{' | '[')) => brackets.push((*bracket, range.start)),
            Token::Char('}' | ']') => drop(brackets.pop()),
            Token::End => return (None, range.end),
            Token::OpenText(quote) => {
                return (Some(open_text(text, start, end, *quote, &range)), range.end);
            }
            Token::Text(_) | Token::BadEscape(_) if runs_on(text, &range) => {
                let quote = text[range.start..].chars().next().unwrap_or('"');
                return (Some(open_text(text, start, end, quote, &range)), range.end);
            }
            _ => {}
        }
        (done, last) = (range.end, token);
    }
}

fn is_opener(text: &str, at: usize) -> bool {
    ["{{<", "{%"].iter().any(|tag| text[at..].starts_with(tag))
}

/// Whether a text was ended by the quote that begins another one: it holds a line's end or a tag,
/// and what follows it can follow no text.
fn runs_on(text: &str, range: &Range<usize>) -> bool {
    let within = &text[range.clone()];
    let follows = text[range.end..].chars().next();
    let fits = |c: char| c.is_whitespace() || "/>}],:-%".contains(c);
    (within.contains('\n') || within.contains("{{<") || within.contains("{% <"))
        && !follows.is_none_or(fits)
}

fn ends_tag(rest: &str, end: &str) -> bool {
    let bare = rest.strip_prefix('/').unwrap_or(rest).strip_prefix('>');
    bare.is_some_and(|rest| rest.trim_start().starts_with(end))
}

fn open_bracket(bracket: char, at: usize) -> Box<Fault> {
    let label = match bracket {
        '{' => "its `}` is missing",
        _ => "its `]` is missing",
    };
    syntax("a bracket is not closed", label, at..at + 1)
}

fn open_tag(text: &str, start: usize, end: &str, last: &Token<'_>) -> Box<Fault> {
    let missing = match (last, end) {
        (Token::Char('>'), _) => end,
        (_, "}}") => "/>}}",
        _ => "> %}",
    };
    let label = format!("`{missing}` is missing");
    syntax("a component's tag is not closed", &label, line(text, start))
}

/// The text is to blame where the tag is closed on its line, else the tag.
fn open_text(text: &str, start: usize, end: &str, quote: char, at: &Range<usize>) -> Box<Fault> {
    if text[line(text, at.start)].contains(end) {
        let label = format!("no closing `{quote}` follows");
        return syntax("a text is not closed", &label, at.start..at.start + 1);
    }
    let close = if end == "}}" { "/>}}" } else { "> %}" };
    let label = format!("`{quote}` and `{close}` are missing");
    syntax("a component's tag is not closed", &label, line(text, start))
}

/// What stands on the line from `start` on.
fn line(text: &str, start: usize) -> Range<usize> {
    let line = text[start..].lines().next().unwrap_or_default();
    start..start + line.trim_end().len()
}
