//! What a declared type looks like as a schema.

use serde_json::{Map, Value, json};

use super::word;
use crate::base::Currency;
use crate::data::{Field, Type};

/// What a syntax and a site allow everywhere.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    /// Whether a value may be left empty: `description:` in YAML.
    pub(super) empty: bool,
    /// Keys of other programs, passed over wherever they stand.
    pub(super) ignored: &'a [String],
}

/// A table with these fields and no others.
pub(super) fn table(fields: &[Field], form: Form<'_>) -> Value {
    let mut properties: Map<String, Value> = fields
        .iter()
        .map(|field| (field.name.to_string(), property(field, form)))
        .collect();
    for key in form.ignored {
        properties
            .entry(key)
            .or_insert_with(|| json!({ "description": "A key of another program, passed over." }));
    }
    let required = fields.iter().filter(|field| field.required);
    let required: Vec<&str> = required.map(|field| &*field.name).collect();
    let mut whole = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    // Draft 4, which older tools read, knows no empty list here.
    if !required.is_empty() {
        whole["required"] = json!(required);
    }
    whole
}

fn property(field: &Field, form: Form<'_>) -> Value {
    let mut shape = of(&field.ty, form);
    // An empty price is an error, an empty text is none.
    if form.empty && !field.required && field.ty != Type::Money {
        shape = or_nothing(shape);
    }
    let mut property = json!({ "description": field.doc });
    if let (Value::Object(whole), Value::Object(shape)) = (&mut property, shape) {
        whole.extend(shape);
    }
    property
}

fn or_nothing(mut shape: Value) -> Value {
    match (shape.get("type").cloned(), shape.get_mut("anyOf")) {
        (Some(Value::String(one)), _) => shape["type"] = json!([one, "null"]),
        (Some(Value::Array(mut types)), _) => {
            types.push(json!("null"));
            shape["type"] = types.into();
        }
        (_, Some(Value::Array(ways))) => ways.push(json!({ "type": "null" })),
        _ => {}
    }
    shape
}

/// What values of a type look like.
pub(super) fn of(ty: &Type, form: Form<'_>) -> Value {
    match ty {
        // Numbers are taken as written.
        Type::Text | Type::Ref(_) => json!({ "type": ["string", "number"] }),
        Type::Slug => json!({ "type": ["string", "number"], "pattern": word::SLUG }),
        Type::Bool => json!({ "type": "boolean" }),
        Type::Int(low, high) => int(*low, *high),
        Type::Minutes => int(0, u32::MAX.into()),
        Type::Number => json!({ "type": "number" }),
        Type::Percent => json!({
            "type": ["number", "string"],
            "exclusiveMinimum": 0,
            "maximum": 100,
            "pattern": word::PERCENT,
        }),
        Type::Money => money(),
        Type::Currency => currency(),
        Type::Date => json!({ "type": "string", "pattern": word::DATE }),
        Type::Hours => json!({ "type": "string", "pattern": "[0-9]" }),
        Type::Url => json!({ "type": "string", "pattern": word::URL }),
        Type::Phone => json!({ "type": ["string", "integer"], "pattern": word::PHONE }),
        Type::Choice(choices) => word::choice(choices),
        Type::List(of_each, single) => list(of_each, *single, form),
        Type::Table(fields) => table(fields, form),
        Type::OneOf(types) => any(types.iter().map(|ty| of(ty, form)).collect()),
        Type::Free => json!({ "type": "object" }),
    }
}

/// Alternatives, those of alternatives among them.
fn any(shapes: Vec<Value>) -> Value {
    let mut ways = Vec::new();
    for mut shape in shapes {
        match shape.get_mut("anyOf").map(Value::take) {
            Some(Value::Array(inner)) => ways.extend(inner),
            _ => ways.push(shape),
        }
    }
    json!({ "anyOf": ways })
}

fn int(low: i64, high: i64) -> Value {
    let mut shape = json!({ "type": "integer" });
    if low != i64::MIN {
        shape["minimum"] = low.into();
    }
    if high != i64::MAX {
        shape["maximum"] = high.into();
    }
    shape
}

fn list(of_each: &Type, single: bool, form: Form<'_>) -> Value {
    let item = of(of_each, form);
    let list = json!({ "type": "array", "items": item });
    if single { any(vec![item, list]) } else { list }
}

/// A whole number, a text with digits, or an amount with its currency; never a fraction, of which
/// nobody could say what it was meant to be.
fn money() -> Value {
    let plain = || {
        [
            json!({ "type": "integer", "minimum": 0 }),
            json!({ "type": "string", "pattern": "[0-9]" }),
        ]
    };
    let table = json!({
        "type": "object",
        "properties": {
            "amount": { "description": "The amount, digits only.", "anyOf": plain() },
            "currency": with_description(currency(), "The code of its currency."),
        },
        "required": ["amount", "currency"],
        "additionalProperties": false,
    });
    any(plain().into_iter().chain([table]).collect())
}

fn currency() -> Value {
    let codes: Vec<&str> = Currency::all().map(Currency::code).collect();
    word::one_of(&codes)
}

fn with_description(mut shape: Value, text: &str) -> Value {
    shape["description"] = text.into();
    shape
}
