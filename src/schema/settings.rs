//! `silabus.toml`. Where a table has names that the site chooses (menus, kinds, fields of kinds),
//! the declared fields are those of each entry.

use serde_json::{Value, json};

use super::shape::{Form, of, table};
use crate::config::{fields, kinds};
use crate::data::Field;

/// TOML has no empty values.
const FORM: Form<'static> = Form {
    empty: false,
    ignored: &[],
};

/// The settings.
pub(super) fn table_of_settings() -> Value {
    let mut whole = table(&fields::all(), FORM);
    let menu = json!({ "type": "array", "items": table(&fields::menu_item(), FORM) });
    fill(&mut whole, "menus", menu);
    fill(&mut whole, "kinds", kind());
    whole["definitions"] = json!({ "field": field() });
    whole
}

/// Says what each entry of a table holds.
fn fill(whole: &mut Value, name: &str, entry: Value) {
    whole["properties"][name]["additionalProperties"] = entry;
}

/// `[kinds.event]`.
fn kind() -> Value {
    let mut kind = table(&kinds::kind_fields(), FORM);
    fill(&mut kind, "fields", any_field());
    kind
}

/// What defines a field: a word for its type, or a table.
fn field() -> Value {
    let definition = kinds::definition();
    let mut whole = table(&definition, FORM);
    fill(&mut whole, "fields", any_field());
    let word = definition.iter().find(|field| field.name == "type");
    let word = word.map(|field: &Field| of(&field.ty, FORM));
    json!({ "anyOf": word.into_iter().chain([whole]).collect::<Vec<_>>() })
}

fn any_field() -> Value {
    json!({ "$ref": "#/definitions/field" })
}
