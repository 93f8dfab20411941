//! Snippets for VS Code, which completes front matter of Markdown by nothing else.

use serde_json::{Map, Value, json};

use crate::config::Config;
use crate::content::kinds;
use crate::data::{Field, Syntax, Type};

/// A field as a snippet, and whose it is.
struct Snippet {
    field: Field,
    body: String,
    owners: Vec<String>,
}

/// A file of snippets: one for each field of each kind and of sections; fields that are alike in
/// several kinds are one.
pub fn snippets(config: &Config) -> Value {
    let kinds = kinds::of_site(config);
    let mut all: Vec<Snippet> = Vec::new();
    for kind in &kinds {
        add(&mut all, &kind.name, &kind.fields);
    }
    add(&mut all, super::SECTION, kinds::section_fields());
    let entries = all.into_iter().map(|snippet| {
        let Snippet {
            field,
            body,
            owners,
        } = snippet;
        let name = format!("{} ({})", field.name, owners.join(", "));
        let entry = json!({
            "scope": "markdown",
            "prefix": field.name,
            "body": body,
            "description": field.doc,
        });
        (name, entry)
    });
    entries.collect::<Map<_, _>>().into()
}

fn add(all: &mut Vec<Snippet>, owner: &str, fields: &[Field]) {
    for field in fields {
        let body = format!("{}: {}", escaped(&field.name), value(field));
        let same = |known: &&mut Snippet| {
            known.field.name == field.name && known.field.doc == field.doc && known.body == body
        };
        match all.iter_mut().find(same) {
            Some(known) => known.owners.push(owner.to_owned()),
            None => all.push(Snippet {
                field: field.clone(),
                body,
                owners: vec![owner.to_owned()],
            }),
        }
    }
}

/// A place to fill in: words to choose from, else an example.
fn value(field: &Field) -> String {
    match words(&field.ty) {
        Some((words, true)) => format!("[${{1|{words}|}}]"),
        Some((words, false)) => format!("${{1|{words}|}}"),
        None => format!("${{1:{}}}", escaped(&field.example_in(Syntax::Yaml))),
    }
}

/// The words of a choice, and whether several may be given.
fn words(ty: &Type) -> Option<(String, bool)> {
    match ty {
        Type::Choice(choices) => {
            let spellings = choices
                .iter()
                .flat_map(|choice| std::iter::once(&choice.value).chain(&choice.aliases));
            let words: Vec<String> = spellings
                .map(|word| escaped(word).replace(',', "\\,").replace('|', "\\|"))
                .collect();
            Some((words.join(","), false))
        }
        Type::Bool => Some(("true,false".to_owned(), false)),
        Type::List(of, _) => words(of).map(|(words, _)| (words, true)),
        _ => None,
    }
}

/// A text without meaning for the editor.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('$', "\\$")
        .replace('}', "\\}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_offered_and_examples_are_escaped() {
        let choice = Type::choice(&[("a,b", &["c"])]);
        assert_eq!(value(&Field::new("x", choice.clone(), "")), "${1|a\\,b,c|}");
        assert_eq!(
            value(&Field::new("x", Type::list(choice), "")),
            "[${1|a\\,b,c|}]"
        );
        let table = Type::Table(vec![Field::new("y", Type::Bool, "").required()]);
        assert_eq!(value(&Field::new("x", table, "")), "${1:{y: true\\}}");
        assert_eq!(value(&Field::new("x", Type::Money, "")), "${1:3800000}");
    }
}
