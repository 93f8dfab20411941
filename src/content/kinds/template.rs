//! The front matter of a new file: required fields to fill in, the others as comments.

use crate::data::syntax::quote;
use crate::data::{Field, Syntax};

use super::Kind;
use super::registry::is_common;

/// The common fields that a new file shows; the rest would bury what matters.
const SHOWN: [&str; 6] = ["title", "description", "date", "draft", "image", "tags"];

/// Front matter for a new file of this kind with its fences: the title, then what is required,
/// then the rest as comments with one sentence each.
pub fn template(kind: &Kind, syntax: Syntax, title: &str) -> String {
    let fence = syntax.fence();
    let mut text = format!("{fence}\n{}\n", syntax.assign("title", &quote(title)));
    let others = || {
        shown(kind)
            .into_iter()
            .filter(|field| field.name != "title")
    };
    for field in others().filter(|field| field.required) {
        text.push_str(&line(field, syntax));
    }
    for field in others().filter(|field| !field.required) {
        let line = line(field, syntax);
        text.push_str(&format!("\n# {}\n# {line}", field.doc));
    }
    text.push_str(fence);
    text.push('\n');
    text
}

fn line(field: &Field, syntax: Syntax) -> String {
    format!(
        "{}\n",
        syntax.assign(&field.name, &field.example_in(syntax))
    )
}

/// The kind's own fields behind the few common ones.
fn shown(kind: &Kind) -> Vec<&Field> {
    let (common, own): (Vec<&Field>, Vec<&Field>) =
        kind.fields.iter().partition(|field| is_common(field));
    let few = common
        .into_iter()
        .filter(|field| SHOWN.contains(&&*field.name));
    few.chain(own).collect()
}
