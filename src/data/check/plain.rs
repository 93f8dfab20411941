//! Texts, truth values, numbers, and tables that are passed on unread.

use crate::data::{Node, Raw, Type, Value};

use super::{Scope, Single, shape};

/// A text. Numbers and dates without quotes are taken as written where the tree still knows how
/// they were written; `0x10` and `1_000` it does not, and they are refused.
pub(super) fn text(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    match as_written(node) {
        Some(text) => Ok(Value::Text(text)),
        None => Err(shape::wrong_type(scope, ty, node).into()),
    }
}

/// What stands there, for values that are texts to an author.
pub(super) fn as_written(node: &Node) -> Option<Box<str>> {
    match &node.raw {
        Raw::Text(text) | Raw::Float(text) | Raw::When(text) => Some(text.clone()),
        Raw::Int(number) => {
            let text = number.to_string();
            let length = (node.span.end - node.span.start) as usize;
            (length == text.len()).then(|| text.into())
        }
        _ => None,
    }
}

pub(super) fn boolean(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    match node.raw {
        Raw::Bool(yes) => Ok(Value::Bool(yes)),
        _ => Err(shape::wrong_type(scope, ty, node).into()),
    }
}

pub(super) fn int(scope: &Scope<'_>, ty: &Type, node: &Node, low: i64, high: i64) -> Single {
    let Raw::Int(number) = node.raw else {
        return Err(shape::wrong_type(scope, ty, node).into());
    };
    match i64::try_from(number) {
        Ok(number) if (low..=high).contains(&number) => Ok(Value::Int(number)),
        _ => {
            let message = format!("`{}` should be {}, found {number}", scope.key, ty.expects());
            let nearest = if number < i128::from(low) { low } else { high };
            let fix = format!("nearest is {}", scope.line(&nearest.to_string()));
            Err(scope.error("out-of-range", message, node, fix).into())
        }
    }
}

/// A number as exact decimal text: a float in between would turn 4.1 into 4.0999….
pub(super) fn number(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    let text = match &node.raw {
        Raw::Int(number) => Some(number.to_string()),
        Raw::Float(text) => decimal(text),
        _ => None,
    };
    match text {
        Some(text) => Ok(Value::Number(text.into())),
        None => Err(shape::wrong_type(scope, ty, node).into()),
    }
}

/// Digits with at most one point, as both syntaxes may write it; none for infinities,
/// exponents and what is no number.
pub(super) fn decimal(text: &str) -> Option<String> {
    let plain = text.replace('_', "");
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    let sign = if plain.starts_with('-') { "-" } else { "" };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

pub(super) fn free(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    match node.raw {
        Raw::Table(_) => Ok(Value::Free(Box::new(node.clone()))),
        _ => Err(shape::wrong_type(scope, ty, node).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn numbers_are_exact_and_in_one_form() {
        for (written, read) in [
            ("4.10", Some("4.1")),
            ("04.0", Some("4")),
            (".5", Some("0.5")),
            ("1_000.5", Some("1000.5")),
            ("-0.25", Some("-0.25")),
            ("+3.", Some("3")),
            ("1e3", None),
            ("inf", None),
            (".nan", None),
            (".", None),
        ] {
            assert_eq!(decimal(written).as_deref(), read, "{written}");
        }
    }
}
