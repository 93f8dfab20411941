//! Web addresses and phone numbers.

use crate::data::syntax::{quote, shorten};
use crate::data::{Node, Raw, Type, Value};

use super::{Scope, Single, shape};

/// An address that a browser outside the site can open.
pub(super) fn url(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    let Raw::Text(text) = &node.raw else {
        return Err(shape::wrong_type(scope, ty, node).into());
    };
    let text = text.trim();
    if is_url(text) {
        return Ok(Value::Text(text.into()));
    }
    let guess = format!("https://{}", text.trim_start_matches('/'));
    let fix = if is_url(&guess) && text.contains('.') && !text.contains(':') {
        format!("write {}", scope.line(&quote(&guess)))
    } else {
        "write it whole, with https:// in front".to_owned()
    };
    let message = format!("`{}` is not a web address", shorten(text));
    Err(scope.error("bad-url", message, node, fix).into())
}

fn is_url(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let rest = if lower.starts_with("https://") {
        &text[8..]
    } else if lower.starts_with("http://") {
        &text[7..]
    } else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// A phone number in one form: digits, with `+` in front where the country is known.
pub(super) fn phone(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    let text: Box<str> = match &node.raw {
        // YAML reads +62812… as a number, and the tree has lost its sign.
        Raw::Int(number) => format!("+{number}").into(),
        Raw::Text(text) => text.clone(),
        _ => return Err(shape::wrong_type(scope, ty, node).into()),
    };
    match normal_phone(&text, scope.cx.language) {
        Some(phone) => Ok(Value::Text(phone.into())),
        None => {
            let message = format!("`{}` is not a phone number", shorten(&text));
            let fix = format!("write {}", scope.line("\"+6281234567890\""));
            Err(scope.error("bad-phone", message, node, fix).into())
        }
    }
}

/// Eight to fifteen digits (E.164 allows no more), written with spaces, hyphens, dots or
/// brackets. In Indonesian text a leading 0 stands for +62.
fn normal_phone(text: &str, language: &str) -> Option<String> {
    let text = text.trim();
    let (plus, rest) = match text.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if !rest
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')'))
    {
        return None;
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    if !(8..=15).contains(&digits.len()) || plus && digits.starts_with('0') {
        return None;
    }
    Some(match digits.strip_prefix('0') {
        Some(local) if language == "id" => format!("+62{local}"),
        Some(_) => digits,
        None if plus || language == "id" && digits.starts_with("62") => format!("+{digits}"),
        None => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_take_one_form() {
        for written in [
            "0812-3456-7890",
            "+62 812 3456 7890",
            "6281234567890",
            "+6281234567890",
        ] {
            assert_eq!(
                normal_phone(written, "id").as_deref(),
                Some("+6281234567890"),
                "{written}"
            );
        }
        assert_eq!(
            normal_phone("(020) 7946-0000", "en").as_deref(),
            Some("02079460000")
        );
        for wrong in [
            "",
            "12",
            "0812x",
            "+0812345678",
            "81234567890",
            "1234567890123456",
        ] {
            assert_eq!(normal_phone(wrong, "id"), None, "{wrong}");
        }
    }

    #[test]
    fn addresses_are_whole() {
        for right in ["https://a.id", "HTTP://a.id/x?y#z", "https://localhost:80"] {
            assert!(is_url(right), "{right}");
        }
        for wrong in [
            "",
            "a.id",
            "//a.id",
            "https://",
            "https:///x",
            "javascript:alert(1)",
            "https://a b",
            "ftp://a",
        ] {
            assert!(!is_url(wrong), "{wrong}");
        }
    }
}
