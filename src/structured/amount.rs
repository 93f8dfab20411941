//! Amounts as machines read them.

use serde_json::Value;

use crate::base::Money;

/// Major units: a bare whole number, else exact decimal text.
pub(super) fn major(money: Money) -> Value {
    let text = money.major_text();
    text.parse::<i64>()
        .map_or_else(|_| text.into(), Value::from)
}
