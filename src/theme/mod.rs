//! Tera, and nothing else knows Tera: templates, functions, filters, and what they may see.
//!
//! Little goes into a context: what is rendered itself, and cards for a list. All else is a
//! function that asks through [`View`].

mod addresses;
mod ambient;
mod body;
mod builtin;
mod cards;
pub mod compare;
mod components;
mod contexts;
mod errors;
mod excerpt;
mod filters;
mod folders;
mod functions;
mod group;
mod implicits;
mod kinds;
mod load;
mod manifest;
mod named;
mod pictures;
mod places;
mod queries;
mod reach;
mod recursion;
mod social;
mod sold;
mod sources;
mod subject;
mod tags;
mod toc;
mod values;
mod ways;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use tera::{Context, Tera, Value};

use crate::base::{Fingerprint, Hasher, Map};
use crate::content::kinds::own_fields;
use crate::data::Field;
use crate::diag::{Checked, Diagnostic};
use crate::picture::Fonts;
use crate::site::view::{Shared, Trace};
use crate::site::{Node, PageId, Site, View};
use crate::structured::Topic;

pub use load::load;
pub use manifest::Manifest;
pub use social::{CARD_TEMPLATE, own_card};
pub use subject::{Pager, Subject};

/// The loaded templates of a site and its theme.
pub struct Theme {
    tera: Tera,
    /// The file of each template, by the name that Tera knows it by.
    files: HashMap<String, sources::File>,
    /// Which component calls which, for errors about endless calls.
    calls: recursion::Calls,
    /// How the `markdown` filter reads.
    markdown: Arc<crate::content::markdown::MarkdownOptions>,
    /// What each template reaches.
    reach: reach::Reach,
    /// The fields of pages that templates name.
    named: named::Named,
    /// Components, each with what stands for it and all that it reaches.
    components: Arc<Map<Box<str>, Fingerprint>>,
    /// What its cards are written with.
    fonts: Arc<Fonts>,
    /// What `theme.toml` says.
    pub manifest: Manifest,
}

impl Theme {
    /// Whether there is a template of this name, built-in ones among them.
    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    /// What its cards are written with.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Whether another theme has templates of the same names: then the same files are planned.
    pub fn has_names_of(&self, other: &Self) -> bool {
        self.reach.names().eq(other.reach.names())
    }

    /// All components, each with what stands for it and all that it reaches.
    pub fn components(&self) -> Arc<Map<Box<str>, Fingerprint>> {
        self.components.clone()
    }
}

/// Renders pages of one build: the theme, the site, and the cards made so far.
pub struct Renderer {
    theme: Arc<Theme>,
    shared: Arc<Shared>,
    /// `config` in each language: menus differ.
    configs: Vec<Value>,
    /// The fields of each kind that not every kind has.
    own_fields: Vec<Vec<Field>>,
    cards: Vec<OnceLock<Value>>,
    full_cards: Vec<OnceLock<(Value, Trace)>>,
    /// Where pictures are named.
    places: places::Places,
    /// Stands for `config` and what else all templates find.
    basis: Fingerprint,
}

/// What a render gave.
pub struct Rendered {
    /// The text.
    pub text: String,
    /// What it asked.
    pub trace: Trace,
}

impl Renderer {
    /// For one build. `settings` stands for the settings; cards that are still right are taken
    /// over from the renderer of the build `before`.
    pub fn new(
        theme: Arc<Theme>,
        shared: Arc<Shared>,
        settings: Fingerprint,
        before: Option<&Self>,
    ) -> Self {
        let site = &shared.site;
        let count = site.entities.len();
        let basis = basis(site, &theme, settings);
        let before = before.filter(|before| before.basis == basis);
        let same_places =
            before.is_some_and(|before| Arc::ptr_eq(&before.shared.site.by_path, &site.by_path));
        Self {
            own_fields: site
                .kinds
                .iter()
                .map(|kind| own_fields(kind).cloned().collect())
                .collect(),
            configs: (0..site.config.languages.len() as u8)
                .map(|lang| values::config(site, &theme.manifest, lang))
                .collect(),
            cards: (0..count)
                .map(|at| {
                    before.map_or_else(OnceLock::new, |before| {
                        before.card_for(site, at, same_places)
                    })
                })
                .collect(),
            full_cards: (0..count).map(|_| OnceLock::new()).collect(),
            places: places::Places::default(),
            basis,
            theme,
            shared,
        }
    }

    /// The card that an entity of another build had in this one, if it had the same.
    fn card_for(&self, site: &Site, at: usize, same_places: bool) -> OnceLock<Value> {
        let entity = &site.entities[at];
        let own = &self.shared.site;
        // Mostly nothing was added or taken away, so the number is the same.
        let same = |id: usize| {
            let known = own.entities.get(id)?;
            let there = same_places || known.path() == entity.path();
            let same = known.card_print == entity.card_print && there;
            same.then(|| self.cards[id].clone())
        };
        let elsewhere = || match own.by_path.get(entity.path()) {
            Some(Node::Page(id)) => same(index(*id)),
            _ => None,
        };
        same(at).or_else(elsewhere).unwrap_or_default()
    }

    /// The build's site and answers.
    pub fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Stands for the settings and what else everything finds without asking.
    pub fn basis(&self) -> Fingerprint {
        self.basis
    }

    /// Files that the settings name and that are not there.
    pub fn missing_files(&self) -> Vec<Diagnostic> {
        places::missing(&self.shared, &self.theme.manifest)
    }

    /// The templates.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Renders `template` for `subject`.
    pub fn render(self: &Arc<Self>, template: &str, subject: &Subject) -> Checked<Rendered> {
        let rendered = self.attempt(template, subject, false);
        if rendered.diagnostics.is_empty() || !self.theme.named.is_part() {
            return rendered;
        }
        // Words about what is missing tell the fields that there are: then all shall be there.
        self.attempt(template, subject, true)
    }

    /// What a template finds for `subject` without asking, with all fields, as JSON.
    pub fn context(self: &Arc<Self>, subject: &Subject) -> String {
        let site = &self.shared.site;
        let view = View::new(&self.shared, subject.lang(site), subject.page());
        let scope = ambient::Scope::showing(self.clone(), view, subject.topic(site), true);
        let context = ambient::enter(&scope, || contexts::make(&scope, subject, &mut Vec::new()));
        let mut shown = serde_json::Map::new();
        for name in contexts::NAMES {
            if let Some(value) = context.get(name) {
                let value = serde_json::to_value(value).unwrap_or_default();
                shown.insert(name.to_owned(), value);
            }
        }
        serde_json::to_string_pretty(&shown).unwrap_or_default()
    }

    fn attempt(
        self: &Arc<Self>,
        template: &str,
        subject: &Subject,
        all: bool,
    ) -> Checked<Rendered> {
        let site = &self.shared.site;
        let view = View::new(&self.shared, subject.lang(site), subject.page());
        let topic = subject.topic(site);
        let scope = ambient::Scope::showing(self.clone(), view, topic, all);
        let mut diagnostics = Vec::new();
        let text = ambient::enter(&scope, || {
            let context = match template {
                CARD_TEMPLATE => social::context(&scope, subject),
                _ => contexts::make(&scope, subject, &mut diagnostics),
            };
            self.text(template, &context, subject, &mut diagnostics)
        });
        diagnostics.append(&mut scope.take_diagnostics());
        let trace = scope.into_trace();
        Checked::new(Rendered { text, trace }, diagnostics)
    }

    /// The text of a page alone. What is wrong in it is said where the page is rendered.
    pub fn page_text(self: &Arc<Self>, id: PageId) -> Rendered {
        let view = View::new(&self.shared, self.shared.site.entity(id).lang, Some(id));
        let scope = ambient::Scope::new(self.clone(), view, Topic::Page(id));
        let text = ambient::enter(&scope, || body::page(&scope, id, &mut Vec::new()));
        let trace = scope.into_trace();
        Rendered { text, trace }
    }

    /// Stands for all that a render of `template` for `subject` finds without asking.
    pub fn fingerprint(&self, template: &str, subject: &Subject) -> Fingerprint {
        let mut hasher = Hasher::new();
        hasher
            .print(self.basis)
            .text(template)
            .print(self.theme.reach.template(template));
        subject.hash_into(&mut hasher, &self.shared.site);
        hasher.finish()
    }

    /// What is wrong with the components that a page calls, for a page that is not rendered
    /// because its front matter is at fault.
    pub fn check_calls(self: &Arc<Self>, id: PageId) -> Vec<Diagnostic> {
        let view = View::new(&self.shared, self.shared.site.entity(id).lang, Some(id));
        let scope = ambient::Scope::new(self.clone(), view, Topic::Page(id));
        let mut found = Vec::new();
        ambient::enter(&scope, || body::page(&scope, id, &mut found));
        // What a component says of values may be an echo of the fault.
        found.retain(|diagnostic| diagnostic.code != "component-render");
        found
    }

    fn text(
        &self,
        template: &str,
        context: &Context,
        subject: &Subject,
        sink: &mut Vec<Diagnostic>,
    ) -> String {
        let mut out = Vec::with_capacity(16 * 1024);
        match self.theme.tera.render_to(template, context, &mut out) {
            Ok(()) => String::from_utf8(out).unwrap_or_default(),
            Err(error) => {
                let diagnostic = errors::render(&self.theme, &error, template);
                sink.push(match subject.file(&self.shared.site) {
                    Some(file) => diagnostic.on_page(&file),
                    None => diagnostic,
                });
                String::new()
            }
        }
    }
}

/// Stands for what all templates find without asking: settings, menus, the theme's own settings,
/// and which fields values have.
fn basis(site: &Site, theme: &Theme, settings: Fingerprint) -> Fingerprint {
    let own = site.kinds.iter().flat_map(own_fields);
    let fields = cards::FIELDS
        .into_iter()
        .chain(own.map(|field| &*field.name));
    let mut hasher = Hasher::new();
    if theme.has_cards(site) {
        hasher.print(theme.fonts.print());
    }
    hasher
        .print(settings)
        .text(&format!("{:?}", theme.manifest.extra))
        .text(&format!("{:?}", theme.manifest.files))
        .text(&format!("{:?}", site.menus))
        .print(theme.named.print(fields));
    hasher.finish()
}

/// An entity's number as an index.
fn index(id: PageId) -> usize {
    id.0 as usize
}
