//! Which values a type takes at all, and what to say about one that it does not.

use crate::data::syntax::{quote, shorten};
use crate::data::{Field, Node, Raw, Type};
use crate::diag::Diagnostic;

use super::{SHOWN, Scope};

/// Whether a value has the shape of a type; it may still be wrong.
pub(super) fn fits(ty: &Type, node: &Node) -> bool {
    use Raw as R;
    match ty {
        Type::Text
        | Type::Choice(_)
        | Type::Ref(_)
        | Type::Slug
        | Type::Url
        | Type::Phone
        | Type::Currency => {
            matches!(node.raw, R::Text(_) | R::Int(_) | R::Float(_) | R::When(_))
        }
        Type::Bool => matches!(node.raw, R::Bool(_)),
        Type::Int(..) | Type::Minutes => matches!(node.raw, R::Int(_)),
        Type::Number => matches!(node.raw, R::Int(_) | R::Float(_)),
        Type::Percent => matches!(node.raw, R::Int(_) | R::Float(_) | R::Text(_)),
        Type::Money => matches!(node.raw, R::Int(_) | R::Float(_) | R::Text(_) | R::Table(_)),
        Type::Date => matches!(node.raw, R::When(_) | R::Text(_) | R::Int(_)),
        Type::Hours => matches!(node.raw, R::When(_) | R::Text(_) | R::Float(_)),
        Type::List(of, single) => matches!(node.raw, R::List(_)) || *single && fits(of, node),
        Type::Table(_) | Type::Free => matches!(node.raw, R::Table(_)),
        Type::OneOf(types) => types.iter().any(|ty| fits(ty, node)),
    }
}

/// `found` instead of what the type takes, and how to write it.
pub(super) fn wrong_type(scope: &Scope<'_>, ty: &Type, node: &Node) -> Diagnostic {
    let message = format!(
        "`{}` should be {}, found {}",
        scope.key,
        ty.expects(),
        found(node)
    );
    let value = guess(ty, node).unwrap_or_else(|| ty.example_in(scope.cx.syntax));
    let fix = format!("write {}", scope.line(&value));
    let told = scope.error("wrong-type", message, node, fix);
    match parts(ty) {
        Some(parts) => told.hint(parts),
        None => told,
    }
}

/// What a value of the type consists of, where its name does not say it.
fn parts(ty: &Type) -> Option<String> {
    match ty {
        Type::Table(fields) => Some(format!("its fields are {}", names(fields)?)),
        Type::List(of, _) => match &**of {
            Type::Table(fields) => Some(format!("each entry has the fields {}", names(fields)?)),
            of => parts(of),
        },
        Type::Choice(choices) => {
            let all: Vec<&str> = choices.iter().map(|choice| &*choice.value).collect();
            Some(format!("it can be {}", all.join(", ")))
        }
        Type::OneOf(types) => types.iter().find_map(parts),
        _ => None,
    }
}

/// The names of a few fields, those in brackets that may be left out.
fn names(fields: &[Field]) -> Option<String> {
    let some_required = fields.iter().any(|field| field.required);
    let named = |field: &Field| match field.required || !some_required {
        true => field.name.to_string(),
        false => format!("({})", field.name),
    };
    let all: Vec<String> = fields.iter().map(named).collect();
    (all.len() <= SHOWN).then(|| all.join(", "))
}

fn found(node: &Node) -> String {
    match &node.raw {
        Raw::Bool(yes) => format!("{yes}"),
        Raw::Int(number) => format!("the number {number}"),
        Raw::Float(number) => format!("the number {number}"),
        Raw::Text(text) => format!("the text {}", quote(&shorten(text))),
        Raw::When(text) => format!("the date or time {text}"),
        Raw::Null | Raw::List(_) | Raw::Table(_) => node.type_name().to_owned(),
    }
}

/// What the author most likely meant, written as the type wants it.
fn guess(ty: &Type, node: &Node) -> Option<String> {
    match (ty, &node.raw) {
        (Type::Bool, Raw::Text(text)) => yes_or_no(text).map(str::to_owned),
        (Type::Bool, Raw::Int(number @ (0 | 1))) => Some((*number == 1).to_string()),
        (Type::Int(..) | Type::Minutes | Type::Number, Raw::Text(text)) => {
            let digits = text.trim();
            let fits = !digits.is_empty()
                && digits.len() < 19
                && digits.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| digits.trim_start_matches('0').to_owned())
                .filter(|d| !d.is_empty())
        }
        (Type::Int(..) | Type::Minutes, Raw::Float(number)) => {
            let (whole, fraction) = number.split_once('.')?;
            let fits = fraction.bytes().all(|b| b == b'0');
            fits.then(|| whole.to_owned())
        }
        (Type::Text, Raw::Bool(yes)) => Some(quote(&yes.to_string())),
        (Type::List(of, _), _) => match &node.raw {
            Raw::Text(text) if fits(of, node) => Some(format!("[{}]", items_of(text))),
            Raw::Int(number) if fits(of, node) => Some(format!("[{number}]")),
            _ => None,
        },
        (Type::OneOf(types), _) => types.iter().find_map(|ty| guess(ty, node)),
        (ty, Raw::List(items)) if items.len() == 1 => written(ty, &items[0]),
        _ => None,
    }
}

/// `satu, dua` was meant as two items.
fn items_of(text: &str) -> String {
    let items: Vec<String> = text.split(',').map(|item| quote(item.trim())).collect();
    items.join(", ")
}

fn written(ty: &Type, node: &Node) -> Option<String> {
    match &node.raw {
        Raw::Text(text) if fits(ty, node) => Some(quote(text)),
        Raw::Int(number) if fits(ty, node) => Some(number.to_string()),
        _ => None,
    }
}

/// What a word for yes or no means; YAML 1.1 and Indonesian have several.
fn yes_or_no(text: &str) -> Option<&'static str> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "on" | "y" | "ya" | "1" => Some("true"),
        "false" | "no" | "off" | "n" | "tidak" | "0" => Some("false"),
        _ => None,
    }
}
