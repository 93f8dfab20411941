//! People: who teaches and who writes.

use crate::data::{Field, Record, Type};

use super::{Kind, common};

/// The kind `person`.
pub fn kind() -> Kind {
    let mut fields = common::fields();
    fields.extend(own_fields());
    Kind {
        name: "person".into(),
        folder: "people".into(),
        path: "/{path}/".into(),
        template: "person.html".into(),
        fields,
        defaults: Record::default(),
        check: common::check,
    }
}

fn own_fields() -> Vec<Field> {
    vec![
        Field::new(
            "name",
            Type::Text,
            "The name; the title if nothing is said.",
        ),
        Field::new(
            "roles",
            Type::one_or_more(role()),
            "What they do here: instructor, author, or a word of your own.",
        )
        .example("[\"instructor\"]"),
        Field::new("photo", common::image(), "A portrait."),
        Field::new(
            "skills",
            Type::one_or_more(Type::Ref("skill".into())),
            "What they know well.",
        ),
        Field::new("links", Type::one_or_more(link()), "Their pages elsewhere."),
    ]
}

/// The roles that themes have words for, else any text.
fn role() -> Type {
    let known = Type::choice(&[
        ("instructor", &["pengajar", "instruktur", "guru"]),
        ("author", &["penulis"]),
        ("editor", &["penyunting"]),
        ("mentor", &["pembimbing"]),
    ]);
    Type::OneOf(vec![known, Type::Text])
}

fn link() -> Type {
    let named = Type::Table(vec![
        Field::new("name", Type::Text, "What the page is called."),
        Field::new("url", Type::Url, "Its address.").required(),
    ]);
    Type::OneOf(vec![Type::Url, named])
}
