//! JSON Schemas of what authors write, for editors: front matter of each kind, of sections, and
//! `silabus.toml`.
//!
//! They follow from the declared fields, those that the reader itself goes by, so that a field that
//! is declared is in its schema too. A schema is wider than the reader: what the reader takes a
//! schema takes, but what needs more than one value to be judged only the program can judge.

mod front;
mod settings;
mod shape;
mod snippets;
mod word;

use serde_json::{Value, json};

use crate::config::Config;
use crate::content::kinds;

pub use snippets::snippets;

/// Editors have no newer draft in common: the language server for YAML knows drafts up to this
/// one, and so does the one for TOML.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// The schema of one form.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The name: of a kind, `section`, or `silabus.toml`.
    pub name: Box<str>,
    /// The schema itself.
    pub json: Value,
}

/// The name of the schema of the settings. A kind cannot be called so.
pub const SETTINGS: &str = "silabus.toml";
/// The name of the schema of sections. A kind cannot be called so.
pub const SECTION: &str = "section";

/// All schemas of a site: one for each kind, its own among them, one for sections, one for the
/// settings.
pub fn all(config: &Config) -> Vec<Schema> {
    let kinds = kinds::of_site(config);
    let of_kinds = kinds.iter().map(|kind| {
        let what = format!("Front matter of the kind {}", kind.name);
        schema(&kind.name, &what, front::kind(kind, config))
    });
    let mut all: Vec<Schema> = of_kinds.collect();
    let section = front::section(&kinds, config);
    all.push(schema(
        SECTION,
        "Front matter of a section, in _index.md",
        section,
    ));
    all.push(schema(
        SETTINGS,
        "Settings of a silabus site",
        settings::table_of_settings(),
    ));
    all
}

fn schema(name: &str, title: &str, table: Value) -> Schema {
    let mut json = json!({ "$schema": DRAFT, "title": title });
    if let (Value::Object(whole), Value::Object(table)) = (&mut json, table) {
        whole.extend(table);
    }
    Schema {
        name: name.into(),
        json,
    }
}
