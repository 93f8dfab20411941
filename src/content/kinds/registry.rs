//! The kinds of one site, and what is asked of them all alike.

use std::sync::LazyLock;

use super::{CheckContext, Kind, all, common, own, section};
use crate::base::text::nearest;
use crate::base::{SitePath, Span};
use crate::config::Config;
use crate::data::{self, Context, Field, Node, Raw, Record, Type};
use crate::diag::{Checked, Diagnostic};

static SECTION: LazyLock<Vec<Field>> = LazyLock::new(section::fields);
static COMMON: LazyLock<Vec<Field>> = LazyLock::new(common::fields);

/// The kinds of a site, its own among them; any page may give terms under the names of the
/// site's taxonomies.
pub fn of_site(config: &Config) -> Vec<Kind> {
    let mut kinds = all();
    kinds.extend(own::kinds(config));
    for kind in &mut kinds {
        let own = config.taxonomies.iter().filter(|one| one.facet.is_none());
        let taxonomies = own.map(|taxonomy| &*taxonomy.name);
        common::with_taxonomies(&mut kind.fields, taxonomies);
    }
    kinds
}

/// The fields of `_index.md`.
pub fn section_fields() -> &'static [Field] {
    &SECTION
}

/// The fields of a kind that not every kind has, those among them to which it gives a meaning of
/// its own: the `path` of a career.
pub fn own_fields(kind: &Kind) -> impl Iterator<Item = &Field> {
    kind.fields.iter().filter(|field| !is_common(field))
}

pub(super) fn is_common(field: &Field) -> bool {
    COMMON.iter().any(|common| {
        common.name == field.name && (common.doc == field.doc || field.name == "title")
    })
}

/// The fields of `seo`.
pub fn seo_fields() -> &'static [Field] {
    let seo = COMMON.iter().find(|field| field.name == "seo");
    match seo.map(|field| &field.ty) {
        Some(Type::Table(fields)) => fields,
        _ => &[],
    }
}

/// Everything that can be said of one file once its defaults are in: what is missing, and the
/// rules between fields. `front` is where the front matter opens.
pub fn check(
    kind: &Kind,
    record: &Record,
    front: Span,
    cx: &CheckContext<'_>,
    reading: &Context<'_>,
) -> Vec<Diagnostic> {
    let mut found = data::missing(record, &kind.fields, front, reading);
    found.extend((kind.check)(record, cx));
    found
}

/// A section's `[defaults]`, read for every kind: the number of the kind, and the fields that it
/// has. A key that no kind knows is reported.
pub fn read_defaults(node: &Node, kinds: &[Kind], cx: &Context<'_>) -> Checked<Vec<(u8, Record)>> {
    let mut sink = Vec::new();
    if !matches!(node.raw, Raw::Table(_)) {
        let message = format!("`defaults` is a table, not {}", node.type_name());
        let error = Diagnostic::error("wrong-type", message);
        sink.push(error.at(cx.path, node.span, "write the fields below it"));
    }
    let everything = union(kinds);
    let unknown = data::check(node, &everything, cx).diagnostics;
    sink.extend(
        unknown
            .into_iter()
            .filter(|found| found.code == "unknown-key"),
    );
    let records = kinds
        .iter()
        .enumerate()
        .map(|(at, kind)| {
            let own = known_to(node, kind);
            (
                at as u8,
                data::check(&own, &kind.fields, cx).unload(&mut sink),
            )
        })
        .collect();
    Checked::new(records, sink)
}

/// The fields of all kinds, each name once.
fn union(kinds: &[Kind]) -> Vec<Field> {
    let mut all: Vec<Field> = Vec::new();
    for field in kinds.iter().flat_map(|kind| &kind.fields) {
        if !all.iter().any(|known| known.name == field.name) {
            all.push(field.clone());
        }
    }
    all
}

/// The entries of a table that a kind has fields for.
fn known_to(node: &Node, kind: &Kind) -> Node {
    let entries = node
        .entries()
        .iter()
        .filter(|(key, _)| kind.fields.iter().any(|field| *field.name == *key.name))
        .cloned();
    Node {
        raw: Raw::Table(entries.collect()),
        span: node.span,
    }
}

/// What authors call the kinds in Indonesian, and in other words.
const MEANT: [(&str, &[&str]); 6] = [
    ("page", &["halaman", "laman"]),
    ("article", &["artikel", "tulisan", "berita", "post", "blog"]),
    (
        "course",
        &["kursus", "kelas", "pelatihan", "class", "training"],
    ),
    (
        "career",
        &["karier", "karir", "profesi", "pekerjaan", "job"],
    ),
    (
        "skill",
        &["keahlian", "keterampilan", "kemampuan", "kompetensi"],
    ),
    (
        "person",
        &[
            "orang",
            "pengajar",
            "instruktur",
            "penulis",
            "mentor",
            "teacher",
            "instructor",
            "author",
        ],
    ),
];

/// The kind that someone who wrote this most likely meant.
fn nearest_kind<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let words = || {
        MEANT
            .iter()
            .flat_map(|(kind, words)| words.iter().map(move |word| (*word, *kind)))
    };
    let kind_of = |wanted: &str| {
        let mut words = words();
        let (_, kind) = words.find(|(word, _)| *word == wanted)?;
        known.iter().copied().find(|known| *known == kind)
    };
    let lower = name.to_lowercase();
    kind_of(&lower)
        .or_else(|| nearest(name, known.iter().copied()))
        .or_else(|| kind_of(nearest(&lower, words().map(|(word, _)| word))?))
}

/// A `kind` that the site does not have.
pub fn unknown_kind<'a>(
    path: &SitePath,
    name: &str,
    span: Span,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let label = match nearest_kind(name, &known) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("there are: {}", known.join(", ")),
    };
    Diagnostic::error("unknown-kind", format!("there is no kind \"{name}\"")).at(path, span, label)
}
