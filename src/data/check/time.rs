//! Dates and hours of a day.

use crate::base::{Hours, Misread, When};
use crate::data::{Node, Raw, Type, Value};
use crate::diag::Diagnostic;

use super::{Scope, Single, shape};

/// A date or an instant, with or without quotes.
pub(super) fn date(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    let (Raw::When(text) | Raw::Text(text)) = &node.raw else {
        return Err(shape::wrong_type(scope, ty, node).into());
    };
    match When::parse(text) {
        Ok(when) => Ok(Value::When(Box::new(when))),
        Err(error) => Err(misread(scope, node, &error).into()),
    }
}

/// Hours of a day. A bare `19.00` is a number to YAML and TOML, and `19.30` would be the same
/// number as `19.3`: it is refused with the quotes to put around it.
pub(super) fn hours(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    let text = match &node.raw {
        Raw::When(text) | Raw::Text(text) => text,
        Raw::Float(raw) => return Err(misread(scope, node, &Hours::number(raw)).into()),
        _ => return Err(shape::wrong_type(scope, ty, node).into()),
    };
    match Hours::parse(text) {
        Ok(hours) => Ok(Value::Hours(Box::new(hours))),
        Err(error) => Err(misread(scope, node, &error).into()),
    }
}

fn misread(scope: &Scope<'_>, node: &Node, error: &Misread) -> Diagnostic {
    let fix = error.fix(scope.key, scope.cx.syntax.sign());
    scope.error(error.code(), error.message(), node, fix)
}
