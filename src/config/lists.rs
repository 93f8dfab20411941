//! The taxonomies and kinds of a site, each named once.

use super::read::PAGINATE_BY;
use super::{Config, KindConfig, SortBy, TaxonomyConfig};
use crate::base::Span;
use crate::data::{Key, Node, Record};
use crate::diag::Diagnostic;

/// What may stand in braces in the address pattern of a kind.
const SLUG: &str = "{slug}";

/// The taxonomies in the order written; a name that was there before is reported.
pub(super) fn taxonomies(record: &Record, sink: &mut Vec<Diagnostic>) -> Vec<TaxonomyConfig> {
    let default = record
        .int("paginate_by")
        .map_or(PAGINATE_BY, |n| n as usize);
    let mut all: Vec<TaxonomyConfig> = Vec::new();
    for (table, span) in record.tables("taxonomies") {
        let Some(name) = table.text("name") else {
            continue;
        };
        let span = table.span("name").unwrap_or(span);
        if let Some(first) = all.iter().find(|known| *known.name == *name) {
            let message = format!("the taxonomy \"{name}\" is declared twice");
            sink.push(
                Diagnostic::error("duplicate-taxonomy", message)
                    .at(&Config::path(), span, "take one of them away")
                    .at(&Config::path(), first.span, "first here"),
            );
            continue;
        }
        all.push(TaxonomyConfig {
            name: name.into(),
            span,
            paginate_by: table.int("paginate_by").map_or(default, |n| n as usize),
            sort_by: table
                .choice("sort_by")
                .and_then(SortBy::from_word)
                .unwrap_or_default(),
            feed: table.bool("feed").unwrap_or(false),
            render: table.bool("render").unwrap_or(true),
        });
    }
    all
}

/// Folders and addresses of kinds, in the order written.
pub(super) fn kinds(record: &Record, sink: &mut Vec<Diagnostic>) -> Vec<KindConfig> {
    let Some(tree) = record.free("kinds") else {
        return Vec::new();
    };
    tree.entries()
        .iter()
        .map(|(key, table)| kind(key, table, sink))
        .collect()
}

fn kind(key: &Key, table: &Node, sink: &mut Vec<Diagnostic>) -> KindConfig {
    let name = &key.name;
    for (key, _) in table.entries() {
        if !matches!(&*key.name, "folder" | "path") {
            let message = format!("a kind has no setting \"{}\"", key.name);
            sink.push(error(
                "unknown-key",
                message,
                key.span,
                "it has folder and path",
            ));
        }
    }
    let text = |key| table.get(key).and_then(Node::as_text);
    let wrong = table
        .get("path")
        .and_then(|path| pattern_fault(name, path.as_text(), path.span));
    let path = text("path").filter(|_| wrong.is_none()).map(Into::into);
    sink.extend(wrong);
    KindConfig {
        kind: name.clone(),
        span: key.span,
        folder: text("folder").map(|folder| folder.trim_matches('/').into()),
        path,
    }
}

/// What is wrong with an address pattern: `{slug}` stands in it, and nothing else in braces.
fn pattern_fault(kind: &str, pattern: Option<&str>, span: Span) -> Option<Diagnostic> {
    let Some(pattern) = pattern.filter(|pattern| pattern.contains(SLUG)) else {
        let message = format!("the address pattern of the kind {kind} has no {SLUG}");
        let label = "write it as \"/kursus/{slug}/\"";
        return Some(error("kind-path", message, span, label));
    };
    let rest = pattern.replace(SLUG, "");
    let at = rest.find(['{', '}'])?;
    let end = rest[at..].find('}').map_or(rest.len(), |end| at + end + 1);
    let message = format!(
        "the address pattern of the kind {kind} has \"{}\", which stands for nothing",
        &rest[at..end]
    );
    let fixed = format!("{}{}", &rest[..at], &rest[end..]);
    let hint = match pattern.replace(&rest[at..end], "") {
        clean if clean.contains(SLUG) && !fixed.contains(['{', '}']) => {
            format!(
                "only {SLUG} is filled: write \"{}\"",
                clean.replace("//", "/")
            )
        }
        _ => format!("only {SLUG} is filled"),
    };
    Some(error("kind-path", message, span, &hint))
}

fn error(code: &'static str, message: String, span: Span, label: &str) -> Diagnostic {
    Diagnostic::error(code, message).at(&Config::path(), span, label)
}
