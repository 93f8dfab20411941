//! Records: what they hand out, defaults, size, and what is not complained about.

use crate::base::{SitePath, Span};
use crate::data::{Context, Field, Record, Syntax, Type, Typed, Value, check, missing};
use crate::diag::Severity;

use super::{context, told, tree};

fn fields() -> Vec<Field> {
    vec![
        Field::new("title", Type::Text, "").required(),
        Field::new("tags", Type::one_or_more(Type::Text), ""),
        Field::new("weight", Type::Int(0, 9), ""),
    ]
}

fn with(text: &str, cx: &Context<'_>) -> (Record, Vec<String>) {
    let mut read = check(&tree(cx.syntax, text).value, &fields(), cx);
    let absent = missing(&read.value, &fields(), Span::new(0, 0), cx);
    read.diagnostics.extend(absent);
    (read.value, told(text, &read.diagnostics))
}

fn yaml(text: &str) -> Record {
    with(text, &context(&SitePath::root(), Syntax::Yaml)).0
}

#[test]
fn are_small() {
    assert!(size_of::<Value>() <= 24);
    assert!(size_of::<Typed>() <= 32);
    assert!(size_of::<Record>() <= 16);
}

#[test]
fn own_values_win_over_defaults() {
    let defaults = yaml("title: D\ntags: [d]\nweight: 5");
    let own = yaml("title: ~\ntags: [own]\nweight: x");
    let both = own.with_defaults(&defaults);
    assert_eq!(both.text("title"), Some("D"), "an empty field is filled in");
    assert_eq!(both.list("tags")[0].as_text(), Some("own"));
    assert_eq!(both.int("weight"), None, "a wrong value stays wrong");
    assert_eq!(
        both.span("title"),
        Some(Span::default()),
        "it stands in another file"
    );
    let plain = yaml("weight: 1").with_defaults(&Record::default());
    assert_eq!(plain.fingerprint(), yaml("weight: 1").fingerprint());
}

#[test]
fn what_was_refused_is_not_handed_out_nor_missing() {
    let path = SitePath::root();
    let cx = context(&path, Syntax::Yaml);
    let (record, told) = with("title: [a, b]", &cx);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(record.is_empty() && record.written("title"));
    let (_, told) = with("titel: x", &cx);
    assert_eq!(told, ["1:1 unknown-key \"titel\" did you mean `title`?"]);
}

#[test]
fn unknown_keys_can_be_warnings_or_ignored() {
    let path = SitePath::root();
    let ignored = ["cssclass".to_owned()];
    let cx = Context {
        unknown_keys: Severity::Warning,
        ignore_keys: &ignored,
        ..context(&path, Syntax::Yaml)
    };
    let tree = tree(Syntax::Yaml, "cssclass: x\ntitle: x\nweigth: 1");
    let read = check(&tree.value, &fields(), &cx);
    assert!(!read.failed());
    assert_eq!(read.diagnostics.len(), 1);
    let (_, told) = with("titel: x", &cx);
    assert_eq!(
        told.len(),
        2,
        "a warning does not stand for the missing field: {told:?}"
    );
}

#[test]
fn fingerprints_tell_values_not_places() {
    assert_eq!(
        yaml("title: a\nweight: 1").fingerprint(),
        yaml("weight: 1\n\ntitle: 'a'").fingerprint()
    );
    assert_ne!(
        yaml("title: a").fingerprint(),
        yaml("title: b").fingerprint()
    );
    assert_ne!(
        yaml("tags: [a, b]").fingerprint(),
        yaml("tags: [b, a]").fingerprint()
    );
    assert_eq!(
        yaml("tags: a").fingerprint(),
        yaml("tags: [a]").fingerprint()
    );
}
