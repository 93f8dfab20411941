//! Articles: texts about careers and skills, with their sources.

use crate::data::{Field, Record, Type};
use crate::diag::Diagnostic;

use super::{CheckContext, Kind, common};

/// The kind `article`.
pub fn kind() -> Kind {
    let mut fields = common::fields();
    fields.extend(own_fields());
    Kind {
        name: "article".into(),
        folder: "articles".into(),
        path: "/{path}/".into(),
        template: "article.html".into(),
        fields,
        defaults: Record::default(),
        check,
    }
}

fn own_fields() -> Vec<Field> {
    let refs = |kind: &'static str| Type::one_or_more(Type::Ref(kind.into()));
    let source = Type::Table(vec![
        Field::new("title", Type::Text, "The source's title.").required(),
        Field::new("url", Type::Url, "Its address.").required(),
    ]);
    vec![
        Field::new("authors", refs("person"), "Who wrote it."),
        Field::new("careers", refs("career"), "The careers that it is about."),
        Field::new("skills", refs("skill"), "The skills that it is about."),
        Field::new("related", refs("article"), "Articles to read next."),
        Field::new("courses", refs("course"), "Courses that go with it."),
        Field::new("sources", Type::list(source), "What it rests on."),
        Field::new("faq", faq(), "Questions and answers."),
    ]
}

/// Questions and answers, which courses have too.
pub(super) fn faq() -> Type {
    Type::list(Type::Table(vec![
        Field::new("q", Type::Text, "The question.").required(),
        Field::new("a", Type::Text, "The answer.").required(),
    ]))
}

fn check(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    common::check(record, cx)
}
