//! One graph: nodes with names of their own, each said once.

use serde_json::{Value, json};

use super::address::encoded;
use super::organization;
use super::thing::Thing;
use crate::data::{Record, Ref};
use crate::site::{Answer, Question};
use crate::site::{Entity, PageId, Section, SectionId, Site, View, links, references};

/// A graph while it is put together.
pub(super) struct Graph<'a> {
    pub(super) view: &'a View,
    pub(super) site: &'a Site,
    /// The language of the page that it stands on.
    pub(super) lang: u8,
    nodes: Vec<Thing>,
}

impl<'a> Graph<'a> {
    pub(super) fn new(view: &'a View) -> Self {
        Self {
            view,
            site: view.site(),
            lang: view.lang,
            nodes: Vec::new(),
        }
    }

    /// Adds a node, unless there is one of its name, and gives the reference to it.
    pub(super) fn node(&mut self, node: Thing) -> Value {
        let id = node.id().unwrap_or_default().to_owned();
        if !self.nodes.iter().any(|known| known.id() == Some(&*id)) {
            self.nodes.push(node);
        }
        Thing::reference(&id)
    }

    /// Adds a node in front of all others.
    pub(super) fn first(&mut self, node: Thing) {
        self.nodes.insert(0, node);
    }

    /// The organisation behind the site.
    pub(super) fn organization(&mut self) -> Value {
        self.node(organization::node(self.site))
    }

    /// The site as a whole.
    pub(super) fn website(&mut self) -> Value {
        let publisher = self.organization();
        self.node(organization::website(self.site, publisher))
    }

    /// The whole, none where nothing is in it.
    pub(super) fn finish(self) -> Option<Value> {
        let nodes: Vec<Value> = self.nodes.into_iter().map(Value::from).collect();
        (!nodes.is_empty()).then(|| json!({ "@context": "https://schema.org", "@graph": nodes }))
    }

    /// A full address for a path below the site.
    pub(super) fn address(&self, path: &str) -> String {
        encoded(&self.site.permalink(path))
    }

    /// What the node of a page is called: its address and a name of the kind of thing.
    pub(super) fn page_id(&self, entity: &Entity, name: &str) -> String {
        format!("{}#{name}", self.address(&entity.url))
    }

    /// The code of the graph's language.
    pub(super) fn language(&self) -> &'a str {
        self.site.lang(self.lang)
    }

    /// The full address of a picture or file that a page names.
    pub(super) fn file(&self, entity: &Entity, src: &str) -> String {
        if links::is_external(src) {
            return src.to_owned();
        }
        links::resolve(self.site, entity.path(), entity.lang, src)
            .ok()
            .and_then(|destination| links::address(self.site, &destination))
            .map_or_else(|| src.to_owned(), |path| self.address(&path))
    }

    /// The pages that a field names, in order; what is not published is left out. Their titles
    /// and addresses stand in the card that the field is on; for more of them one has to ask.
    pub(super) fn named(&self, record: &Record, field: &str) -> Vec<PageId> {
        let found = record.refs(field);
        found
            .filter_map(|(reference, _)| find(self.site, self.lang, reference))
            .collect()
    }

    /// A section above the page, asked for; none for the home that no file describes, of which
    /// the settings say all.
    pub(super) fn section(&self, id: SectionId) -> &'a Section {
        let section = self.site.section(id);
        if section.page.is_some() {
            let question = Question::Section {
                path: section.path(),
                lang: section.lang,
                metadata_only: true,
            };
            if let Answer::Section(Some(found)) = self.view.ask(question) {
                return self.site.section(found);
            }
        }
        section
    }
}

/// The page that a reference leads to.
pub(super) fn find(site: &Site, lang: u8, reference: &Ref) -> Option<PageId> {
    let kind = kind_number(site, &reference.kind)?;
    references::find(site, kind, lang, &reference.id)
}

/// The number of a kind that the site has.
pub(super) fn kind_number(site: &Site, name: &str) -> Option<u8> {
    let at = site.kinds.iter().position(|known| known.name == name)?;
    Some(at as u8)
}
