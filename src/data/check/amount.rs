//! Amounts of money and percentages.

use crate::base::Currency;
use crate::base::money::{Money, MoneyError, Reading};
use crate::data::syntax::{quote, shorten};
use crate::data::{Context, Field, Key, Node, Raw, Type, Value};
use crate::diag::Diagnostic;

use super::plain::decimal;
use super::{Scope, Single, shape};

/// An amount: a whole number, a text, or a table that names its currency. Each way of getting it
/// wrong has its own code and fix, which [`MoneyError`] knows.
pub(super) fn money(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    let reading = &scope.cx.money;
    let money = match &node.raw {
        Raw::Table(_) => return money_table(scope, ty, node),
        _ => amount(node, reading),
    };
    money
        .ok_or_else(|| shape::wrong_type(scope, ty, node))?
        .map(|money| Value::Money(Box::new(money)))
        .map_err(|error| refused(scope, scope.key, node, &error).into())
}

/// None where the value is nothing that could be an amount.
fn amount(node: &Node, reading: &Reading) -> Option<Result<Money, MoneyError>> {
    Some(match &node.raw {
        Raw::Int(number) => Money::from_int(*number, reading),
        Raw::Null => Money::parse("", reading),
        Raw::Text(text) => Money::parse(text, reading),
        Raw::Float(raw) => Err(MoneyError::float(raw, reading)),
        _ => return None,
    })
}

fn refused(scope: &Scope<'_>, key: &str, node: &Node, error: &MoneyError) -> Diagnostic {
    let syntax = scope.cx.syntax;
    let fix = if error.is_for_nothing() && has_offer(scope, key) {
        format!(
            "write {} instead",
            syntax.assign("offer", &syntax.word("free"))
        )
    } else {
        error.fix(key, syntax.sign())
    };
    scope.error(error.code(), error.message(), node, fix)
}

/// Whether the amount is the price of a file that can say that it is free.
fn has_offer(scope: &Scope<'_>, key: &str) -> bool {
    let top = scope.inside.is_none() && key == "price";
    top && scope.root.iter().any(|field| *field.name == *"offer")
}

/// `{amount = 3800000, currency = "IDR"}`.
fn money_table(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    let (Some(number), Some(code), 2) = (
        node.get("amount"),
        node.get("currency"),
        node.entries().len(),
    ) else {
        let example = [("amount", "3800000"), ("currency", "\"IDR\"")];
        let line = scope.line(&scope.cx.syntax.table(&example));
        let message = format!("`{}` as a table has `amount` and `currency`", scope.key);
        return Err(scope
            .error("wrong-type", message, node, format!("write {line}"))
            .into());
    };
    let currency = code.as_text().and_then(Currency::from_code);
    let Some(currency) = currency else {
        return Err(unknown_currency(scope, code).into());
    };
    let reading = Reading {
        currency,
        ..scope.cx.money
    };
    amount(number, &reading)
        .ok_or_else(|| shape::wrong_type(scope, ty, number))?
        .map(|money| Value::Money(Box::new(money)))
        .map_err(|error| refused(scope, "amount", number, &error).into())
}

/// The code of a currency.
pub(super) fn currency(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    let Raw::Text(code) = &node.raw else {
        return Err(shape::wrong_type(scope, ty, node).into());
    };
    match Currency::from_code(code) {
        Some(currency) => Ok(Value::Text(currency.code().into())),
        None => Err(unknown_currency(scope, node).into()),
    }
}

fn unknown_currency(scope: &Scope<'_>, code: &Node) -> Diagnostic {
    let message = "this is not the code of a currency that is known";
    let fix = "write three letters such as \"IDR\"";
    scope.error("price-currency", message, code, fix)
}

/// How the amounts of a table are read that names a currency in a field made for it.
pub(super) fn context_of<'a>(
    cx: &Context<'a>,
    entries: &[(Key, Node)],
    fields: &[Field],
) -> Option<Context<'a>> {
    let field = fields
        .iter()
        .find(|field| matches!(field.ty, Type::Currency))?;
    let (_, node) = entries.iter().find(|(key, _)| *key.name == *field.name)?;
    let currency = node.as_text().and_then(Currency::from_code)?;
    let money = Reading {
        currency,
        ..cx.money
    };
    Some(Context { money, ..*cx })
}

/// Above 0 and at most 100: `20`, `12.5`, `"20%"`, `"12,5 %"`.
pub(super) fn percent(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    let text = match &node.raw {
        Raw::Int(number) => number.to_string(),
        Raw::Float(text) => text.to_string(),
        Raw::Text(text) => text
            .trim()
            .trim_end_matches('%')
            .trim_end()
            .replace(',', "."),
        _ => return Err(shape::wrong_type(scope, ty, node).into()),
    };
    match decimal(&text) {
        Some(number) if is_percentage(&number) => Ok(Value::Number(number.into())),
        number => Err(bad_percent(scope, ty, node, number.as_deref()).into()),
    }
}

/// At most two decimals, so that `12,500` is not taken for twelve and a half.
fn is_percentage(number: &str) -> bool {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let below = whole.len() <= 2 && number != "0" && !number.starts_with('-');
    fraction.len() <= 2 && (below || number == "100")
}

/// A percentage but for its many decimals, with two of them.
fn with_two_decimals(number: &str) -> Option<&str> {
    let point = number.find('.')?;
    number
        .get(..point + 3)
        .filter(|shorter| is_percentage(shorter))
}

fn bad_percent(scope: &Scope<'_>, ty: &Type, node: &Node, number: Option<&str>) -> Diagnostic {
    let written = match &node.raw {
        Raw::Text(text) => quote(&shorten(text)),
        Raw::Float(text) => text.to_string(),
        Raw::Int(number) => number.to_string(),
        _ => node.type_name().to_owned(),
    };
    let shorter = number.and_then(with_two_decimals);
    let wanted = match shorter {
        Some(_) => "have two decimals at most".to_owned(),
        None => format!("be {}", ty.expects()),
    };
    let message = format!("`{}` should {wanted}, found {written}", scope.key);
    let fix = format!("write {}", scope.line(shorter.unwrap_or("20")));
    scope.error("bad-percent", message, node, fix)
}

#[cfg(test)]
mod tests {
    use super::is_percentage;

    #[test]
    fn percentages_lie_above_nothing_and_up_to_all() {
        for right in ["1", "100", "99.99", "0.5"] {
            assert!(is_percentage(right), "{right}");
        }
        for wrong in ["0", "-1", "100.5", "101", "12.555", "1000"] {
            assert!(!is_percentage(wrong), "{wrong}");
        }
    }
}
