//! The languages of a site: codes, each once, the default one first.

use super::Config;
use crate::base::Span;
use crate::data::{Record, Value};
use crate::diag::Diagnostic;

/// What people write in the place of a code.
const NAMES: [(&str, &str); 8] = [
    ("english", "en"),
    ("inggris", "en"),
    ("indonesia", "id"),
    ("indonesian", "id"),
    ("bahasa indonesia", "id"),
    ("malay", "ms"),
    ("melayu", "ms"),
    ("japanese", "ja"),
];

/// The codes of a site; what is no code is reported and left out.
pub(super) fn read(record: &Record, sink: &mut Vec<Diagnostic>) -> Vec<Box<str>> {
    let default = record.text("default_language").unwrap_or("id");
    let span = record.span("default_language").unwrap_or_default();
    let default = check(default, span, sink).unwrap_or("id");
    let mut all: Vec<Box<str>> = vec![default.into()];
    for (at, (code, span)) in further(record).into_iter().enumerate() {
        let earlier = further(record).into_iter().take(at);
        if let Some((_, first)) = earlier.into_iter().find(|(other, _)| *other == code) {
            let message = format!("the language \"{code}\" is listed twice");
            sink.push(
                Diagnostic::error("duplicate-language", message)
                    .at(&Config::path(), span, "take one of them away")
                    .at(&Config::path(), first, "first here"),
            );
        } else if check(code, span, sink).is_some() && *code != *default {
            all.push(code.into());
        }
    }
    all
}

/// The further languages as written: a list, or the keys of a table as Zola has it.
fn further(record: &Record) -> Vec<(&str, Span)> {
    if let Some(table) = record.free("languages") {
        let keys = table.entries().iter();
        return keys.map(|(key, _)| (&*key.name, key.span)).collect();
    }
    let items = record.list("languages").iter();
    items
        .filter_map(|item| match &item.value {
            Value::Text(code) => Some((&**code, item.span)),
            _ => None,
        })
        .collect()
}

fn check<'a>(code: &'a str, span: Span, sink: &mut Vec<Diagnostic>) -> Option<&'a str> {
    if is_code(code) {
        return Some(code);
    }
    let lower = code.trim().to_lowercase();
    let known = NAMES.iter().find(|(name, _)| *name == lower);
    let label = match known.map(|(_, code)| *code) {
        Some(code) => format!("write \"{code}\""),
        None if is_code(&lower) => format!("write \"{lower}\""),
        None => "write a code such as \"id\", \"en\" or \"pt-BR\"".to_owned(),
    };
    let message = format!("\"{code}\" is no language code");
    sink.push(Diagnostic::error("language-code", message).at(&Config::path(), span, label));
    None
}

/// Two or three small letters, and perhaps a script, a region or a variant behind hyphens.
fn is_code(code: &str) -> bool {
    let mut parts = code.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::is_code;

    #[test]
    fn codes_and_what_is_none() {
        for code in ["id", "en", "jv", "ban", "pt-BR", "zh-Hant-TW", "es-419"] {
            assert!(is_code(code), "{code}");
        }
        for text in [
            "", "English", "xx-", "EN", "i", "en_US", "en-", "-en", "en--us", "é",
        ] {
            assert!(!is_code(text), "{text}");
        }
    }
}
