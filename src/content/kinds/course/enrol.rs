//! How one enrols: whether the target is what its kind says.

use std::ops::Range;

use crate::base::Span;
use crate::base::text::nearest;
use crate::content::kinds::CheckContext;
use crate::data::Record;
use crate::data::syntax::shorten;
use crate::diag::Diagnostic;

/// What a message may stand for.
const PLACEHOLDERS: [&str; 3] = ["title", "batch", "url"];

pub(super) fn check(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let Some(enrol) = record.table("enrol") else {
        return Vec::new();
    };
    let mut found = unknown_placeholders(enrol, cx);
    found.extend(wrong_target(enrol, cx));
    found.extend(placeholder_in_target(enrol, cx));
    found
}

/// Only a message has placeholders: in an address they would be published as they are.
fn placeholder_in_target(enrol: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let target = enrol.text("target")?;
    let (start, name) = placeholders(target).next()?;
    let told = format!("`{{{name}}}` stands for nothing in a target");
    let at = within(enrol.span("target")?, target, start..start + name.len() + 2);
    Some(cx.error("enrol-placeholder", told, at, "write out the whole address"))
}

fn unknown_placeholders(enrol: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let (Some(message), Some(at)) = (enrol.text("message"), enrol.span("message")) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (start, name) in placeholders(message) {
        if PLACEHOLDERS.contains(&name) {
            continue;
        }
        let fix = match nearest(name, PLACEHOLDERS) {
            Some(near) => format!("did you mean {{{near}}}?"),
            None => "write {title}, {batch} or {url}".to_owned(),
        };
        let told = format!("`{{{name}}}` stands for nothing in a message");
        let at = within(at, message, start..start + name.len() + 2);
        found.push(cx.error("enrol-placeholder", told, at, fix));
    }
    found
}

/// Names in braces, each with the byte of its brace.
fn placeholders(message: &str) -> impl Iterator<Item = (usize, &str)> {
    message.match_indices('{').filter_map(|(at, _)| {
        let name = message[at + 1..].split_once('}')?.0;
        let named = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        (!name.is_empty() && name.trim().chars().all(named)).then_some((at, name))
    })
}

/// Where a part of a value stands in the file; the whole value where it was written with escapes.
fn within(whole: Span, text: &str, part: Range<usize>) -> Span {
    let length = (whole.end - whole.start) as usize;
    let quotes = match length.checked_sub(text.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return whole,
    };
    let start = whole.start as usize + quotes;
    Span::new(start + part.start, start + part.end)
}

fn wrong_target(enrol: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let target = enrol.text("target")?;
    let at = enrol.span("target")?;
    let wanted = enrol.choice("kind");
    if wanted.map_or(kind_of(target).is_some(), |kind| is_of(kind, target)) {
        return None;
    }
    let what = match wanted {
        Some("whatsapp") => "a phone number: \"0812-3456-7890\"",
        Some("url") => "an address with https://",
        Some("email") => "an email address",
        _ => "a phone number, an address with https:// or an email address",
    };
    let message = format!("one cannot enrol at `{}`", shorten(target));
    Some(cx.error("enrol-target", message, at, format!("write {what}")))
}

/// The kind of a target (`url`, `email`, `whatsapp`), where its form shows it.
pub fn kind_of(target: &str) -> Option<&'static str> {
    ["url", "email", "whatsapp"]
        .into_iter()
        .find(|kind| is_of(kind, target))
}

fn is_of(kind: &str, target: &str) -> bool {
    let target = target.trim();
    match kind {
        "url" => is_web(target),
        "email" => is_email(target),
        _ => is_phone(target),
    }
}

fn is_web(target: &str) -> bool {
    let rest = target
        .strip_prefix("https://")
        .or(target.strip_prefix("http://"));
    let host = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
    host && !target.contains(char::is_whitespace)
}

fn is_email(target: &str) -> bool {
    let Some((name, host)) = target.split_once('@') else {
        return false;
    };
    let dotted = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    !name.is_empty()
        && !name.contains(':')
        && dotted
        && !host.contains('@')
        && !target.contains(char::is_whitespace)
}

fn is_phone(target: &str) -> bool {
    let digits = target.chars().filter(char::is_ascii_digit).count();
    let rest = target.strip_prefix('+').unwrap_or(target);
    let plain = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')');
    rest.chars().all(plain) && (8..=15).contains(&digits)
}
