//! Skills: what can be learnt, what it is part of and what it builds on.

use crate::data::{Field, Record, Type};

use super::{Kind, common};

/// The kind `skill`.
pub fn kind() -> Kind {
    let mut fields = common::fields();
    fields.extend(own_fields());
    Kind {
        name: "skill".into(),
        folder: "skills".into(),
        path: "/{path}/".into(),
        template: "skill.html".into(),
        fields,
        defaults: Record::default(),
        check: common::check,
    }
}

fn own_fields() -> Vec<Field> {
    vec![
        Field::new(
            "parent",
            Type::Ref("skill".into()),
            "The skill that it is a part of.",
        ),
        Field::new(
            "requires",
            Type::one_or_more(Type::Ref("skill".into())),
            "Skills to have before.",
        ),
        Field::new("aka", Type::one_or_more(Type::Text), "Other names of it."),
        Field::new("url", Type::Url, "Where it is at home."),
    ]
}
