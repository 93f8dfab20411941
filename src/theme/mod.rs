//! Tera, and nothing else knows Tera: templates, functions, filters, and what they may see.
//!
//! Little goes into a context: what is rendered itself, and cards for a list. All else is a
//! function that asks through [`View`].

mod addresses;
mod ambient;
mod body;
mod builtin;
mod cards;
mod components;
mod contexts;
mod errors;
mod excerpt;
mod filters;
mod functions;
mod group;
mod implicits;
mod kinds;
mod load;
mod manifest;
mod queries;
mod recursion;
mod sources;
mod tags;
mod toc;
mod values;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use tera::{Context, Tera, Value};

use crate::content::kinds::own_fields;
use crate::data::Field;
use crate::diag::{Checked, Diagnostic};
use crate::site::view::{Shared, Trace};
use crate::site::{PageId, View};

pub use contexts::{Pager, Subject};
pub use load::load;
pub use manifest::Manifest;

/// The loaded templates of a site and its theme.
pub struct Theme {
    tera: Tera,
    /// The file of each template, by the name that Tera knows it by.
    files: HashMap<String, sources::File>,
    /// Which component calls which, for errors about endless calls.
    calls: recursion::Calls,
    /// How the `markdown` filter reads.
    markdown: Arc<crate::content::markdown::MarkdownOptions>,
    /// What `theme.toml` says.
    pub manifest: Manifest,
}

impl Theme {
    /// Whether there is a template of this name, built-in ones among them.
    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }
}

/// Renders pages of one build: the theme, the site, and the cards made so far.
pub struct Renderer {
    theme: Arc<Theme>,
    shared: Arc<Shared>,
    config: Value,
    /// The fields of each kind that not every kind has.
    own_fields: Vec<Vec<Field>>,
    cards: Vec<OnceLock<Value>>,
    full_cards: Vec<OnceLock<Value>>,
}

/// What a render gave.
pub struct Rendered {
    /// The text.
    pub text: String,
    /// What it asked.
    pub trace: Trace,
}

impl Renderer {
    /// For one build.
    pub fn new(theme: Arc<Theme>, shared: Arc<Shared>) -> Self {
        let count = shared.site.entities.len();
        Self {
            own_fields: shared
                .site
                .kinds
                .iter()
                .map(|kind| own_fields(kind).cloned().collect())
                .collect(),
            config: values::config(&shared.site, &theme.manifest),
            cards: (0..count).map(|_| OnceLock::new()).collect(),
            full_cards: (0..count).map(|_| OnceLock::new()).collect(),
            theme,
            shared,
        }
    }

    /// The build's site and answers.
    pub fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// The templates.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Renders `template` for `subject`.
    pub fn render(self: &Arc<Self>, template: &str, subject: &Subject) -> Checked<Rendered> {
        let site = &self.shared.site;
        let view = View::new(&self.shared, subject.lang(site), subject.page());
        let scope = ambient::Scope::new(self.clone(), view);
        let mut diagnostics = Vec::new();
        let text = ambient::enter(&scope, || {
            let context = contexts::make(&scope, subject, &mut diagnostics);
            self.text(template, &context, subject, &mut diagnostics)
        });
        diagnostics.append(&mut scope.take_diagnostics());
        let trace = scope.into_trace();
        Checked::new(Rendered { text, trace }, diagnostics)
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

/// An entity's number as an index.
fn index(id: PageId) -> usize {
    id.0 as usize
}
