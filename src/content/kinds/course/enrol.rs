//! How one enrols: whether the target is what its kind says.

use crate::content::kinds::CheckContext;
use crate::data::Record;
use crate::data::syntax::shorten;
use crate::diag::Diagnostic;

pub(super) fn check(record: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let enrol = record.table("enrol")?;
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
    !name.is_empty() && dotted && !host.contains('@') && !target.contains(char::is_whitespace)
}

fn is_phone(target: &str) -> bool {
    let digits = target.chars().filter(char::is_ascii_digit).count();
    let rest = target.strip_prefix('+').unwrap_or(target);
    let plain = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')');
    rest.chars().all(plain) && (8..=15).contains(&digits)
}
