//! Which components call themselves: Tera only says that a render went too deep, not where.

use std::collections::{BTreeMap, BTreeSet};

use super::sources::Sources;
use super::tags::{calls, definitions};
use crate::base::{SitePath, Span};

/// The components of a site, and what each one calls.
#[derive(Default)]
pub(super) struct Calls(BTreeMap<String, Component>);

struct Component {
    file: SitePath,
    name_span: Span,
    calls: BTreeSet<String>,
}

impl Calls {
    /// Of all templates; a component of the site stands over the theme's.
    pub(super) fn of(sources: &Sources) -> Self {
        let theme = sources.theme_prefix.as_deref().unwrap_or_default();
        let mut found = BTreeMap::new();
        let mut templates: Vec<&String> = sources.texts.keys().collect();
        templates.sort_by_key(|name| !name.starts_with(theme));
        for name in templates {
            let Some(file) = sources.files.get(name) else {
                continue;
            };
            for definition in definitions(&sources.texts[name]) {
                let end = definition.start + definition.name.len();
                let component = Component {
                    file: file.path.clone(),
                    name_span: file.span(definition.start..end),
                    calls: calls(definition.body).map(str::to_owned).collect(),
                };
                found.insert(definition.name.to_owned(), component);
            }
        }
        Self(found)
    }

    /// Components that call themselves, perhaps through others: those that `from` comes to, or
    /// all, with their places.
    pub(super) fn endless(&self, from: Option<&str>) -> Vec<(&str, &SitePath, Span)> {
        let reached = from.map(|name| {
            let mut reached = self.reached(name);
            reached.insert(name.to_owned());
            reached
        });
        self.0
            .iter()
            .filter(|(name, _)| reached.as_ref().is_none_or(|all| all.contains(*name)))
            .filter(|(name, _)| self.reached(name).contains(*name))
            .map(|(name, component)| (&**name, &component.file, component.name_span))
            .collect()
    }

    /// All that a component calls, and what that calls.
    fn reached(&self, from: &str) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut open = vec![from.to_owned()];
        while let Some(component) = open.pop().and_then(|name| self.0.get(&name)) {
            for name in &component.calls {
                if self.0.contains_key(name) && reached.insert(name.clone()) {
                    open.push(name.clone());
                }
            }
        }
        reached
    }
}
