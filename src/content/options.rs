//! What parsing depends on besides a file's bytes, made from the settings.

use std::sync::Arc;

use super::kinds::{self, Kind};
use super::markdown::{AnchorLinks, MarkdownOptions};
use crate::base::money::Reading;
use crate::base::text::nearest;
use crate::base::{SitePath, Span};
use crate::config::{Config, TaxonomyConfig};
use crate::data::{Context, Syntax, Type};
use crate::diag::{Diagnostic, Severity};

/// What parsing depends on besides a file's bytes.
#[derive(Clone)]
pub struct ParseOptions {
    /// The kinds of the site.
    pub kinds: Arc<Vec<Kind>>,
    /// The folder below `content/` of each kind, in the order of `kinds`; empty for none.
    pub folders: Vec<Box<str>>,
    /// Codes of languages other than the default one.
    pub languages: Vec<Box<str>>,
    /// How values are read.
    pub reader: ValueReader,
    /// How Markdown is read on pages of the default language.
    pub markdown: MarkdownOptions,
    /// The same for pages of the other languages.
    pub markdown_of: Vec<(Box<str>, MarkdownOptions)>,
}

/// How values of front matter are read.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueReader {
    /// Currency and grouping sign.
    pub money: Reading,
    /// The site's language.
    pub language: Box<str>,
    /// Keys that are passed over.
    pub ignore_keys: Arc<[String]>,
    /// How grave an unknown key is.
    pub unknown_keys: Severity,
}

impl ValueReader {
    /// As the reader of one file wants it.
    pub fn context<'a>(&'a self, path: &'a SitePath, syntax: Syntax) -> Context<'a> {
        Context {
            path,
            syntax,
            money: self.money,
            language: &self.language,
            ignore_keys: &self.ignore_keys,
            unknown_keys: self.unknown_keys,
        }
    }
}

impl ParseOptions {
    /// For a site's settings.
    pub fn new(config: &Config, unknown_keys: Severity) -> Self {
        let kinds = kinds::of_site(config);
        let folders = kinds
            .iter()
            .map(|kind| kind_folder(config, kind).into())
            .collect();
        Self {
            folders,
            kinds: Arc::new(kinds),
            languages: config.languages[1..].to_vec(),
            reader: ValueReader {
                money: Reading::new(config.currency.currency, config.default_language()),
                language: config.default_language().into(),
                ignore_keys: config.ignore_keys.clone().into(),
                unknown_keys,
            },
            markdown: markdown(config, config.default_language()),
            markdown_of: config.languages[1..]
                .iter()
                .map(|code| (code.clone(), markdown(config, code)))
                .collect(),
        }
    }
}

impl ParseOptions {
    /// Whether every file parses the same with these as with others.
    pub fn is_like(&self, other: &Self) -> bool {
        let same = |(one, other): (&Kind, &Kind)| {
            one.name == other.name
                && one.fields == other.fields
                && one.defaults.fingerprint() == other.defaults.fingerprint()
        };
        self.kinds.len() == other.kinds.len()
            && self.kinds.iter().zip(other.kinds.iter()).all(same)
            && self.folders == other.folders
            && self.languages == other.languages
            && self.markdown == other.markdown
            && self.markdown_of == other.markdown_of
            && self.reader == other.reader
    }

    /// How Markdown is read on a page of this language.
    pub fn markdown_for(&self, lang: Option<&str>) -> &MarkdownOptions {
        let own = lang.and_then(|lang| self.markdown_of.iter().find(|(code, _)| **code == *lang));
        own.map_or(&self.markdown, |(_, options)| options)
    }

    /// Settings that do not fit the kinds: of kinds that the site does not have, of two kinds
    /// with one folder, of taxonomies that are fields already.
    pub fn check_kinds(&self, config: &Config) -> Vec<Diagnostic> {
        let names = || self.kinds.iter().map(|kind| &*kind.name);
        let unknown = config
            .kinds
            .iter()
            .filter(|own| own.own.is_none() && names().all(|name| *own.kind != *name))
            .map(|own| unknown_setting(&own.kind, own.span, names()));
        let (facets, taxonomies): (Vec<_>, Vec<_>) = config
            .taxonomies
            .iter()
            .partition(|one| one.facet.is_some());
        let taxonomies = taxonomies.into_iter().filter_map(field_as_taxonomy);
        let facets = facets.into_iter().filter_map(|one| self.facet_fault(one));
        unknown
            .chain(kinds::check_own(config, &self.kinds))
            .chain(self.shared_folders(config))
            .chain(taxonomies)
            .chain(facets)
            .collect()
    }

    /// A facet of a kind or field that there is not, or that has no values to list pages by.
    fn facet_fault(&self, taxonomy: &TaxonomyConfig) -> Option<Diagnostic> {
        let facet = taxonomy.facet.as_ref()?;
        let Some(kind) = self.kinds.iter().find(|kind| *kind.name == *facet.kind) else {
            let names = self.kinds.iter().map(|kind| &*kind.name);
            let path = Config::path();
            return Some(kinds::unknown_kind(
                &path,
                &facet.kind,
                facet.kind_span,
                names,
            ));
        };
        let (name, field) = (&kind.name, &*facet.field);
        if listable(kind).any(|known| known == field) {
            return None;
        }
        let known: Vec<&str> = listable(kind).collect();
        let (message, label) = match kind.fields.iter().any(|known| known.name == *field) {
            true => (
                format!("a {name} cannot be listed by `{field}`"),
                format!("choose one of {}", known.join(", ")),
            ),
            false => (
                format!("a {name} has no field `{field}`"),
                match nearest(field, known.iter().copied()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("choose one of {}", known.join(", ")),
                },
            ),
        };
        let path = Config::path();
        Some(Diagnostic::error("facet-field", message).at(&path, taxonomy.span, label))
    }

    /// Kinds whose files would lie in the folder of another kind.
    fn shared_folders(&self, config: &Config) -> Vec<Diagnostic> {
        let name = |at: usize| &*self.kinds[at].name;
        let setting = |at: usize| config.kinds.iter().find(|own| *own.kind == *name(at));
        let mut found = Vec::new();
        for (at, folder) in self.folders.iter().enumerate() {
            let Some(first) = self.folders[..at].iter().position(|other| other == folder) else {
                continue;
            };
            let Some(own) = setting(at).or(setting(first)) else {
                continue;
            };
            let message = format!(
                "the kinds {} and {} have one folder: content/{folder}",
                name(first),
                name(at)
            );
            let label = "give each a folder of its own";
            found.push(Diagnostic::error("shared-folder", message).at(
                &Config::path(),
                own.span,
                label,
            ));
        }
        found
    }
}

/// The fields of a kind that have values to list pages by: words, ids and texts.
fn listable(kind: &Kind) -> impl Iterator<Item = &str> {
    let own = kinds::own_fields(kind).filter(|field| holds_values(&field.ty));
    let own = own.map(|field| &*field.name);
    own.chain(
        kind.fields
            .iter()
            .map(|field| &*field.name)
            .filter(|name| *name == "category"),
    )
}

fn holds_values(ty: &Type) -> bool {
    match ty {
        Type::Choice(_) | Type::Ref(_) | Type::Text => true,
        Type::List(of, _) => holds_values(of),
        _ => false,
    }
}

/// Settings of a kind that there is not; perhaps one that was to be defined.
fn unknown_setting<'a>(name: &str, span: Span, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let told = kinds::unknown_kind(&Config::path(), name, span, known);
    told.hint(format!(
        "to define a kind of your own, give it fields: [kinds.{name}.fields]"
    ))
}

/// A taxonomy with the name of a field that holds something else than terms.
fn field_as_taxonomy(taxonomy: &TaxonomyConfig) -> Option<Diagnostic> {
    let name = &*taxonomy.name;
    let kinds = kinds::all();
    let kind = kinds
        .iter()
        .find(|kind| kind.fields.iter().any(|field| field.name == name))?;
    let field = kind.fields.iter().find(|field| field.name == name)?;
    let holds_terms = matches!(&field.ty, Type::List(of, _) if matches!(**of, Type::Text));
    if name == "category" || (holds_terms && name != "aliases") {
        return None;
    }
    let message = format!("\"{name}\" cannot be a taxonomy: it is a field of the content");
    let label = format!("choose another name: \"{name}_terms\"");
    Some(
        Diagnostic::error("taxonomy-name", message)
            .at(&Config::path(), taxonomy.span, label)
            .hint(format!("`{name}` of a {}: {}", kind.name, field.doc)),
    )
}

/// The folder of a kind in this site, below `content/`.
pub fn kind_folder<'a>(config: &'a Config, kind: &'a Kind) -> &'a str {
    config
        .kinds
        .iter()
        .find(|own| *own.kind == *kind.name)
        .and_then(|own| own.folder.as_deref())
        .unwrap_or(&kind.folder)
}

fn markdown(config: &Config, language: &str) -> MarkdownOptions {
    let settings = &config.markdown;
    MarkdownOptions {
        smart_punctuation: settings.smart_punctuation,
        definition_list: settings.definition_list,
        github_alerts: settings.github_alerts,
        alert_titles: alert_titles(language),
        external_links_target_blank: settings.external_links_target_blank,
        external_links_no_follow: settings.external_links_no_follow,
        external_links_no_referrer: settings.external_links_no_referrer,
        insert_anchor_links: match &*settings.insert_anchor_links {
            "left" => AnchorLinks::Left,
            "right" => AnchorLinks::Right,
            "heading" => AnchorLinks::Heading,
            _ => AnchorLinks::None,
        },
        lazy_async_image: settings.lazy_async_image,
        highlight: settings.highlight,
        math: settings.math,
        base_url: config.base_url.to_string(),
        trusted: settings.trusted,
    }
}

fn alert_titles(language: &str) -> [String; 5] {
    let titles = match language {
        "id" => ["Catatan", "Tips", "Penting", "Peringatan", "Hati-hati"],
        _ => ["Note", "Tip", "Important", "Warning", "Caution"],
    };
    titles.map(String::from)
}
