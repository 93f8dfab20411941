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
    let fix = match meant(&wanted, choices) {
        Some(word) => format!("did you mean {}", scope.word(word)),
        None => format!(
            "write {}",
            scope.word(choices.first().map_or("", |c| &*c.value))
        ),
    };
    let all: Vec<String> = choices.iter().map(in_words).collect();
    let error = scope.error("unknown-value", message, node, fix);
    Err(error.hint(format!("it can be {}", all.join(", "))).into())
}

/// What people say for a word, where that is not spelled nearly alike.
const SAID: [(&str, &str); 6] = [
    ("rebo", "rabu"),
    ("senen", "senin"),
    ("kemis", "kamis"),
    ("jemuah", "jumat"),
    ("setu", "sabtu"),
    ("ngahad", "ahad"),
];

/// The spelling that someone who wrote this most likely meant.
fn meant<'a>(wanted: &str, choices: &'a [Choice]) -> Option<&'a str> {
    let said = SAID.iter().find(|(word, _)| *word == wanted);
    let mut all = choices.iter().flat_map(spellings);
    let found = said.and_then(|(_, meant)| all.find(|word| word == meant));
    found.or_else(|| nearest(wanted, choices.iter().flat_map(spellings)))
}

/// A choice as templates see it, with its first other word: `monday (senin)`.
fn in_words(choice: &Choice) -> String {
    let value = &*choice.value;
    let is_other = |alias: &&Cow<'static, str>| !folded(value).starts_with(&folded(alias));
    match choice.aliases.iter().find(is_other) {
        Some(other) => format!("{value} ({other})"),
        None => value.to_owned(),
    }
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
