//! The fields that every kind has, and what can be wrong with them.

use crate::base::Span;
use crate::data::{Field, Record, Type, Value};
use crate::diag::Diagnostic;

use super::CheckContext;

/// Search engines show no more of a description than this.
const DESCRIPTION: usize = 160;

/// The common fields. Taxonomies of the site beside tags and category come by
/// [`with_taxonomies`].
pub fn fields() -> Vec<Field> {
    let mut fields = naming();
    fields.extend(showing());
    fields
}

/// What it is called, where it is and since when.
fn naming() -> Vec<Field> {
    vec![
        Field::new(
            "title",
            Type::Text,
            "The title; without it the first heading, else the file name.",
        ),
        Field::new(
            "description",
            Type::Text,
            "One or two sentences, at most 160 characters.",
        ),
        Field::new(
            "kind",
            Type::Slug,
            "The kind, where the folder does not say it.",
        ),
        Field::new(
            "slug",
            Type::Slug,
            "The last part of the address, where it should differ.",
        ),
        Field::new("path", Type::Text, "The whole path of the address."),
        Field::new("date", Type::Date, "When it was published."),
        Field::new(
            "updated",
            Type::Date,
            "When it was last changed in substance.",
        ),
        Field::new(
            "draft",
            Type::Bool,
            "Whether it is left out until it is ready.",
        ),
        Field::new("publish_date", Type::Date, "From when it is on the site."),
        Field::new("expiry_date", Type::Date, "Until when it is on the site."),
        Field::new(
            "aliases",
            Type::one_or_more(Type::Text),
            "Old addresses that lead here, beginning with /.",
        ),
    ]
}

/// How it is listed and shown.
fn showing() -> Vec<Field> {
    vec![
        Field::new(
            "weight",
            Type::Int(i64::MIN, i64::MAX),
            "Its place in lists sorted by weight.",
        ),
        Field::new("image", image(), "An image for cards and social media."),
        Field::new("tags", Type::one_or_more(Type::Text), "Tags."),
        Field::new("category", Type::Text, "The one category."),
        Field::new(
            "taxonomies",
            Type::Table(vec![taxonomy("tags")]),
            "Terms by taxonomy, as in Zola.",
        ),
        Field::new(
            "template",
            Type::Text,
            "The template, where it should differ.",
        ),
        Field::new("seo", seo(), "What search engines should see instead."),
        Field::new(
            "hidden",
            Type::Bool,
            "Whether lists, feeds and the sitemap leave it out.",
        ),
        Field::new("extra", Type::Free, "Values for the theme alone."),
    ]
}

pub(super) fn image() -> Type {
    Type::OneOf(vec![
        Type::Text,
        Type::Table(vec![
            Field::new("src", Type::Text, "The image's path.").required(),
            Field::new(
                "alt",
                Type::Text,
                "What the image shows, for those who cannot see it.",
            ),
        ]),
    ])
}

fn seo() -> Type {
    Type::Table(vec![
        Field::new(
            "title",
            Type::Text,
            "Title for search engines, where it should differ.",
        ),
        Field::new("description", Type::Text, "Description for search engines."),
        Field::new(
            "noindex",
            Type::Bool,
            "Whether search engines should leave the page out.",
        ),
        Field::new(
            "canonical",
            Type::Url,
            "Address of the original, if this is a copy.",
        ),
    ])
}

fn taxonomy(name: &str) -> Field {
    Field {
        name: name.to_owned().into(),
        ty: Type::one_or_more(Type::Text),
        required: false,
        doc: format!("Terms of the taxonomy {name}.").into(),
        example: None,
    }
}

/// Adds the site's taxonomies, whose terms stand under their own name or under `taxonomies`.
/// A name that is a field already stays that field.
pub fn with_taxonomies<'a>(fields: &mut Vec<Field>, names: impl IntoIterator<Item = &'a str>) {
    for name in names {
        if !fields.iter().any(|field| field.name == name) {
            fields.push(taxonomy(name));
        }
        let table = fields.iter_mut().find(|field| field.name == "taxonomies");
        if let Some(Type::Table(inner)) = table.map(|field| &mut field.ty)
            && !inner.iter().any(|field| field.name == name)
        {
            inner.push(taxonomy(name));
        }
    }
}

/// The aliases that are ours: those of Obsidian, which are names, do not begin with `/`.
pub fn aliases(record: &Record) -> impl Iterator<Item = (&str, Span)> {
    let own = |text: &&str| text.starts_with('/');
    record
        .list("aliases")
        .iter()
        .filter_map(move |item| Some((item.as_text().filter(own)?, item.span)))
}

/// What can be wrong with the common fields.
pub fn check(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(long_description(record, cx));
    found.extend(updated_before_date(record, cx));
    found.extend(expires_before_published(record, cx));
    found.extend(misshapen_path(record, cx));
    for alias in record.list("aliases") {
        found.extend(misshapen_alias(
            alias.as_text().unwrap_or_default(),
            alias.span,
            cx,
        ));
    }
    found.extend(tags_twice(record, cx));
    found
}

fn long_description(record: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let text = record.text("description")?;
    let length = text.chars().count();
    let message = format!("the description has {length} characters");
    let fix = format!("keep it within {DESCRIPTION}: search engines cut the rest");
    (length > DESCRIPTION).then(|| {
        cx.warning(
            "description-long",
            message,
            record.span("description").unwrap_or_default(),
            fix,
        )
    })
}

fn updated_before_date(record: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let (date, updated) = (record.when("date")?, record.when("updated")?);
    let before = updated.to_timestamp_end(cx.zone) < date.to_timestamp_start(cx.zone);
    let at = record.span("updated")?;
    before.then(|| {
        cx.warning(
            "updated-before-date",
            "it was updated before it was published",
            at,
            "correct one of the two",
        )
        .at(cx.path, record.span("date").unwrap_or_default(), "the date")
    })
}

fn expires_before_published(record: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let (from, until) = (record.when("publish_date")?, record.when("expiry_date")?);
    let before = until.to_timestamp_end(cx.zone) <= from.to_timestamp_start(cx.zone);
    let at = record.span("expiry_date")?;
    before.then(|| {
        cx.error(
            "expiry-before-publish",
            "it expires before it is published",
            at,
            "correct one of the two",
        )
        .at(
            cx.path,
            record.span("publish_date").unwrap_or_default(),
            "published from here",
        )
    })
}

fn misshapen_path(record: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let path = record.text("path")?;
    let at = record.span("path")?;
    let fix = cx.line("path", "\"/courses/basic-python/\"");
    (!is_path(path)).then(|| {
        cx.error(
            "path-shape",
            format!("`{path}` is not a path of this site"),
            at,
            fix,
        )
    })
}

/// No addresses of elsewhere, nothing that climbs, nothing that a query or an anchor begins. Names
/// are written as they read: what is encoded may climb too, once a browser has decoded it.
pub fn is_path(path: &str) -> bool {
    let odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '\\' | '?' | '#' | '%');
    let climbs = path.split('/').any(|part| part == ".." || part == ".");
    !path.trim_matches('/').is_empty()
        && !path.contains(odd)
        && !path.contains("//")
        && !climbs
        && !path.contains("://")
}

fn misshapen_alias(alias: &str, at: Span, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let message = || format!("the alias `{alias}` is not a path of this site");
    if alias.starts_with('/') {
        let fix = "an alias looks like /old/path/";
        return (!is_path(alias)).then(|| cx.error("alias-shape", message(), at, fix));
    }
    if cx.ignore_keys.iter().any(|key| key == "aliases") {
        return None;
    }
    let told = cx.error(
        "alias-shape",
        message(),
        at,
        format!("begin with a slash: \"/{alias}\""),
    );
    Some(told.hint("if Obsidian wrote it, put `aliases` into `ignore_keys` below [checks]"))
}

fn tags_twice(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let mut seen = std::collections::BTreeSet::new();
    let twice = |item: &&crate::data::Typed| match &item.value {
        Value::Text(tag) => !seen.insert(tag.to_lowercase()),
        _ => false,
    };
    let tell = |item: &crate::data::Typed| {
        cx.warning(
            "tag-twice",
            "this tag stands twice",
            item.span,
            "take one out",
        )
    };
    record.list("tags").iter().filter(twice).map(tell).collect()
}
