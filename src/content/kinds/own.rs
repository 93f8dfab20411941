//! Kinds that a site defines in its settings: `[kinds.event.fields]`.
//!
//! They have the common fields and their own, and nothing that only the program could know.

use super::{Kind, SETTINGS, all, common, registry};
use crate::base::Span;
use crate::config::kinds::is_name;
use crate::config::{Config, KindConfig};
use crate::data::Field;
use crate::diag::Diagnostic;

/// So many kinds a site may define.
const MANY: usize = 100;

/// Keys that a page has in templates: a kind of the same name would cover them.
const TAKEN: [&str; 44] = [
    "aliases",
    "ancestors",
    "assets",
    "authors",
    "backlinks",
    "category",
    "content",
    "date",
    "day",
    "description",
    "draft",
    "expired",
    "extra",
    "hidden",
    "higher",
    "id",
    "image",
    "kind",
    "lang",
    "lower",
    "month",
    "path",
    "permalink",
    "reading_time",
    "relative_path",
    "section",
    "seo",
    "slug",
    "summary",
    "tags",
    "taxonomies",
    "template",
    "title",
    "toc",
    "translations",
    "updated",
    "weight",
    "word_count",
    "year",
    "term",
    "taxonomy",
    "paginator",
    "config",
    "redirect",
];

/// The kinds of the settings that the program does not have itself.
pub(super) fn kinds(config: &Config) -> Vec<Kind> {
    let known = all();
    let own = config.kinds.iter().filter_map(|setting| {
        let own = setting.own.as_ref()?;
        let free = known.iter().all(|kind| *kind.name != *setting.kind);
        (free && is_kind_name(&setting.kind)).then(|| {
            let mut fields = common::fields();
            fields.extend(
                own.fields
                    .iter()
                    .filter(|(field, _)| clash(field, config).is_none())
                    .map(|(field, _)| field.clone()),
            );
            Kind {
                name: setting.kind.to_string().into(),
                folder: setting.kind.to_string().into(),
                path: "/{path}/".into(),
                template: format!("{}.html", setting.kind).into(),
                fields,
                defaults: own.defaults.elsewhere(SETTINGS),
                check: common::check,
            }
        })
    });
    own.take(MANY).collect()
}

fn is_kind_name(name: &str) -> bool {
    is_name(name) && !TAKEN.contains(&name)
}

/// What a field of an own kind is already.
fn clash(field: &Field, config: &Config) -> Option<&'static str> {
    let common = common::fields();
    if common.iter().any(|known| known.name == field.name) {
        return Some("every page has it");
    }
    let taxonomies = &config.taxonomies;
    taxonomies
        .iter()
        .any(|known| *known.name == *field.name)
        .then_some("it is a taxonomy")
}

/// Definitions that cannot be: of kinds that there are already, with names that templates use,
/// with fields that there are already, or that refer to kinds that there are not.
pub(in crate::content) fn check(config: &Config, kinds: &[Kind]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for setting in &config.kinds {
        let Some(own) = &setting.own else {
            continue;
        };
        found.extend(name_fault(setting));
        for (field, span) in &own.fields {
            if let Some(why) = clash(field, config) {
                let message = format!("`{}` is taken: {why}", field.name);
                found.push(error("kind-field", message, *span, "choose another name"));
            }
        }
        for (kind, span) in &own.refs {
            if kinds.iter().all(|known| *known.name != **kind) {
                let names = kinds.iter().map(|known| &*known.name);
                found.push(registry::unknown_kind(&Config::path(), kind, *span, names));
            }
        }
    }
    let own = config.kinds.iter().filter(|kind| kind.own.is_some());
    if let Some(first) = own.clone().nth(MANY) {
        let message = format!("these are {} kinds", own.count());
        let label = format!("a site may define {MANY}");
        found.push(error("kind-name", message, first.span, &label));
    }
    found
}

fn name_fault(setting: &KindConfig) -> Option<Diagnostic> {
    let name = &setting.kind;
    if all().iter().any(|kind| *kind.name == **name) {
        let message = format!("the kind {name} has its fields already");
        let label = "values for the theme alone go under `extra`; or define a kind of another name";
        return Some(error("kind-name", message, setting.span, label));
    }
    let (message, label) = match (is_name(name), TAKEN.contains(&&**name)) {
        (false, _) => (
            format!("\"{name}\" is no name for a kind"),
            "use small letters, digits and underscores",
        ),
        (true, true) => (
            format!("\"{name}\" cannot be a kind: templates have `page.{name}` already"),
            "choose another name",
        ),
        (true, false) => return None,
    };
    Some(error("kind-name", message, setting.span, label))
}

fn error(code: &'static str, message: String, span: Span, label: &str) -> Diagnostic {
    Diagnostic::error(code, message).at(&Config::path(), span, label)
}
