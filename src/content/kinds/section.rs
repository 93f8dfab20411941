//! The front matter of `_index.md`. Names and meanings are Zola's.

use crate::data::{Field, Record, Type};
use crate::diag::Diagnostic;

use super::{CheckContext, common};

/// What the front matter of a section may hold.
pub fn fields() -> Vec<Field> {
    let sort_by = Type::choice(&[
        ("date", &["tanggal"]),
        ("update_date", &[]),
        ("title", &["judul"]),
        ("title_bytes", &[]),
        ("weight", &["bobot"]),
        ("slug", &[]),
        ("none", &[]),
    ]);
    vec![
        Field::new("title", Type::Text, "The section's title."),
        Field::new(
            "description",
            Type::Text,
            "One or two sentences, at most 160 characters.",
        ),
        Field::new("sort_by", sort_by, "How its pages are sorted."),
        Field::new(
            "paginate_by",
            Type::Int(0, 10_000),
            "How many pages a list shows; 0 for all.",
        ),
        Field::new(
            "paginate_path",
            Type::Text,
            "What stands in the address before the number of a list's page.",
        ),
        Field::new(
            "paginate_reversed",
            Type::Bool,
            "Whether the order is turned round before it is cut into pages.",
        ),
        Field::new(
            "transparent",
            Type::Bool,
            "Whether its pages count as those of the section above.",
        ),
        Field::new("template", Type::Text, "The template of the section."),
        Field::new("page_template", Type::Text, "The template of its pages."),
        Field::new(
            "redirect_to",
            Type::Text,
            "Where its address leads instead.",
        ),
        Field::new(
            "generate_feeds",
            Type::Bool,
            "Whether it has a feed of its own.",
        ),
        Field::new("render", Type::Bool, "Whether it has a page of its own."),
        Field::new(
            "weight",
            Type::Int(i64::MIN, i64::MAX),
            "Its place among its neighbours.",
        ),
        Field::new(
            "draft",
            Type::Bool,
            "Whether it and its pages are left out.",
        ),
        Field::new(
            "aliases",
            Type::one_or_more(Type::Text),
            "Old addresses that lead here, beginning with /.",
        ),
        Field::new("extra", Type::Free, "Values for the theme alone."),
        Field::new(
            "defaults",
            Type::Free,
            "Front matter for the pages below, where they do not say otherwise.",
        ),
    ]
}

/// What can be wrong in it beyond the types.
pub fn check(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    common::check(record, cx)
}
