//! Bodies to HTML: slots are filled with what the site and the theme say now.

use std::cell::Cell;
use std::rc::Rc;

use super::ambient::Scope;
use super::{components, excerpt, pictures};
use crate::base::text::escape_attribute;
use crate::base::{SitePath, Span};
use crate::content::{Body, Link, Piece};
use crate::diag::Diagnostic;
use crate::site::address::encoded;
use crate::site::{Answer, PageId, Question, SectionId, links};

/// Where a text comes from.
pub(super) struct Origin<'a> {
    pub(super) scope: &'a Rc<Scope>,
    pub(super) path: &'a SitePath,
    pub(super) lang: u8,
    /// The page whose text it is; none for a section's.
    pub(super) page: Option<PageId>,
    /// Whether a picture was shown already: the first one is what a reader waits for.
    pub(super) shown: Cell<bool>,
}

/// The text of a page.
pub(super) fn page(scope: &Rc<Scope>, id: PageId, sink: &mut Vec<Diagnostic>) -> String {
    let entity = scope.view.site().entity(id);
    let origin = Origin {
        scope,
        path: entity.path(),
        lang: entity.lang,
        page: Some(id),
        shown: Cell::new(false),
    };
    origin.fill(&entity.page.body.pieces[entity.title_pieces..], sink)
}

/// The text of a section; empty without `_index.md`.
pub(super) fn section(scope: &Rc<Scope>, id: SectionId, sink: &mut Vec<Diagnostic>) -> String {
    let section = scope.view.site().section(id);
    let Some(page) = &section.page else {
        return String::new();
    };
    let origin = Origin {
        scope,
        path: &page.path,
        lang: section.lang,
        page: None,
        shown: Cell::new(false),
    };
    origin.fill(&page.body.pieces, sink)
}

/// The text before `<!-- more -->`, as lists may show it. What is wrong in it is said where the page itself is made.
pub(super) fn summary(scope: &Rc<Scope>, id: PageId) -> String {
    let entity = scope.view.site().entity(id);
    let body = &entity.page.body;
    let cut = body.summary.unwrap_or(0);
    let start = entity.title_pieces.min(cut);
    let origin = Origin {
        scope,
        path: entity.path(),
        lang: entity.lang,
        page: Some(id),
        shown: Cell::new(false),
    };
    let html = origin.fill(&body.pieces[start..cut], &mut Vec::new());
    let own = encoded(&scope.view.site().config.href(&entity.url));
    excerpt::for_lists(&html, &own)
}

impl Origin<'_> {
    /// HTML of some pieces.
    pub(super) fn fill(&self, pieces: &[Piece], sink: &mut Vec<Diagnostic>) -> String {
        let mut out = String::with_capacity(expected_size(pieces));
        for piece in pieces {
            match piece {
                Piece::Html(html) => out.push_str(html),
                Piece::Link(link) => self.link(link, &mut out),
                Piece::Image(image) => pictures::image(self, image, &mut out, sink),
                Piece::Component(component) => {
                    let body = component
                        .body
                        .as_ref()
                        .map(|body: &Body| self.fill(&body.pieces, sink));
                    out.push_str(&components::render(self, component, body.as_deref(), sink));
                }
            }
        }
        out
    }

    /// Links that lead nowhere were reported when the site was linked; they stay as written.
    fn link(&self, link: &Link, out: &mut String) {
        if !link.target.is_empty() {
            let (target, query) = links::split_query(&link.target);
            match self.address(target) {
                Some(address) => {
                    escape_attribute(&address, out);
                    escape_attribute(&encoded(query), out);
                }
                None => escape_attribute(&link.target, out),
            }
        }
        if let Some(anchor) = &link.anchor {
            out.push('#');
            escape_attribute(anchor, out);
        }
    }

    /// The address for a target of content, asked as a question so that it is traced.
    pub(super) fn address(&self, target: &str) -> Option<String> {
        let site = self.scope.view.site();
        if target.starts_with('/') {
            return Some(encoded(&site.config.href(target)));
        }
        let path = links::target_path(self.path, target)?;
        let question = Question::Address {
            path,
            lang: self.lang,
        };
        match self.scope.view.ask(question) {
            Answer::Text(Some(url)) => Some(encoded(&site.config.href(&url))),
            _ => None,
        }
    }
}

fn expected_size(pieces: &[Piece]) -> usize {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Html(html) => html.len(),
            _ => 64,
        })
        .sum()
}

/// An error at a place of the content.
pub(super) fn fault(
    origin: &Origin<'_>,
    code: &'static str,
    message: String,
    span: Span,
    label: String,
) -> Diagnostic {
    Diagnostic::error(code, message).at(origin.path, span, label)
}
