//! Words with a closed meaning: choices, slugs, ids of other entities.

use std::borrow::Cow;

use crate::base::slug::{is_slug, slugify};
use crate::base::text::nearest;
use crate::data::record::Ref;
use crate::data::syntax::{quote, shorten};
use crate::data::{Choice, Node, Raw, Type, Value};

use super::plain::as_written;
use super::{Scope, Single, shape};

/// One of several words, compared without case; hyphens, underscores and spaces are alike.
pub(super) fn choice(scope: &Scope<'_>, ty: &Type, choices: &[Choice], node: &Node) -> Single {
    let Raw::Text(text) = &node.raw else {
        return Err(shape::wrong_type(scope, ty, node).into());
    };
    let wanted = folded(text);
    let is_it = |choice: &&Choice| spellings(choice).any(|word| folded(word) == wanted);
    if let Some(choice) = choices.iter().find(is_it) {
        return Ok(Value::Choice(choice.value.as_ref().into()));
    }
    let message = format!("`{}` has no value `{}`", scope.key, shorten(text));
    let fix = match nearest(&wanted, choices.iter().flat_map(spellings)) {
        Some(word) => format!("did you mean {}", scope.word(word)),
        None => format!(
            "write {}",
            scope.word(choices.first().map_or("", |c| &*c.value))
        ),
    };
    let all: Vec<&str> = choices.iter().map(|choice| &*choice.value).collect();
    let error = scope.error("unknown-value", message, node, fix);
    Err(error.hint(format!("it can be {}", all.join(", "))).into())
}

fn spellings(choice: &Choice) -> impl Iterator<Item = &str> {
    std::iter::once(&*choice.value).chain(choice.aliases.iter().map(|alias| &**alias))
}

fn folded(word: &str) -> String {
    word.trim().to_lowercase().replace(['-', '_'], " ")
}

pub(super) fn slug(scope: &Scope<'_>, ty: &Type, node: &Node) -> Single {
    let Some(text) = as_written(node) else {
        return Err(shape::wrong_type(scope, ty, node).into());
    };
    if is_slug(&text) {
        return Ok(Value::Text(text));
    }
    let message = format!("`{}` is not a slug", shorten(&text));
    let fix = match slugify(&text) {
        slug if slug.is_empty() => "use small letters, digits and hyphens".to_owned(),
        slug => format!("write {}", scope.word(&slug)),
    };
    let error = scope.error("bad-slug", message, node, fix);
    Err(error
        .hint("a slug has small letters, digits and single hyphens only")
        .into())
}

/// The id of another entity; whether it exists is asked when the site is assembled.
pub(super) fn reference(
    scope: &Scope<'_>,
    ty: &Type,
    kind: Cow<'static, str>,
    node: &Node,
) -> Single {
    let Some(text) = as_written(node) else {
        return Err(shape::wrong_type(scope, ty, node).into());
    };
    let id = slugify(&text);
    if id.is_empty() {
        let message = format!("{} is not the id of a {kind}", quote(&shorten(&text)));
        let fix = "write its file name without `.md`";
        return Err(scope.error("bad-reference", message, node, fix).into());
    }
    Ok(Value::Ref(Box::new(Ref {
        kind,
        id: id.into(),
    })))
}
