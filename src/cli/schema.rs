//! `silabus schema`: JSON Schemas of front matter and settings, for editors.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::Outcome;
use super::args::{Global, Schema as Args};
use super::console::Console;
use super::init::machine;
use super::new::settings;
use crate::base::text::nearest;
use crate::schema::{self, Schema};

/// Where they lie unless another folder is named; below the folder of all that is made.
const FOLDER: &str = ".silabus/schema";

/// Where VS Code looks for snippets of a folder.
const SNIPPETS: &str = ".vscode/silabus.code-snippets";

pub(super) fn run(global: &Global, args: &Args, console: &Console) -> Outcome {
    let config = match settings(global, console) {
        Ok(config) => config,
        Err(outcome) => return outcome,
    };
    let schemas = schema::all(&config);
    if let Some(name) = &args.name {
        return print(name, &schemas, console);
    }
    let folder = match &args.output_dir {
        Some(folder) => folder.clone(),
        None => global.root.join(FOLDER),
    };
    if let Err(error) = fs::create_dir_all(&folder) {
        return machine(console, &folder, &error);
    }
    for schema in &schemas {
        let path = folder.join(format!("{}.json", schema.name));
        if let Err(error) = fs::write(&path, text(&schema.json)) {
            return machine(console, &path, &error);
        }
    }
    if args.snippets {
        let path = global.root.join(SNIPPETS);
        let snippets = text(&schema::snippets(&config));
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        if let Err(error) = folder.and_then(|()| fs::write(&path, snippets)) {
            return machine(console, &path, &error);
        }
    }
    let shown = args.output_dir.as_deref().unwrap_or(Path::new(FOLDER));
    let count = schemas.len();
    console.say(&format!("{count} schemas are in {}", shown.display()));
    if args.snippets {
        console.say(&format!("snippets are in {SNIPPETS}"));
    }
    Outcome::Fine
}

fn print(name: &str, schemas: &[Schema], console: &Console) -> Outcome {
    let names = schemas.iter().map(|schema| &*schema.name);
    if let Some(schema) = schemas.iter().find(|schema| *schema.name == *name) {
        console.give(&text(&schema.json));
        return Outcome::Fine;
    }
    let hint = match nearest(name, names.clone()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("there are: {}", names.collect::<Vec<_>>().join(", ")),
    };
    console.fail(&format!("there is no schema \"{name}\""), Some(&hint));
    Outcome::Usage
}

fn text(json: &Value) -> String {
    format!("{json:#}\n")
}
