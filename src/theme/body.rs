//! Bodies to HTML: slots are filled with what the site and the theme say now.

use std::rc::Rc;

use super::ambient::Scope;
use super::{components, excerpt};
use crate::base::text::escape_attribute;
use crate::base::{SitePath, Span};
use crate::content::{Body, Image, Link, Piece};
use crate::diag::Diagnostic;
use crate::site::{Answer, PageId, Question, SectionId, links};

/// Where a text comes from.
pub(super) struct Origin<'a> {
    pub(super) scope: &'a Rc<Scope>,
    pub(super) path: &'a SitePath,
    pub(super) lang: u8,
    /// The page whose text it is; none for a section's.
    pub(super) page: Option<PageId>,
}

/// The text of a page.
pub(super) fn page(scope: &Rc<Scope>, id: PageId, sink: &mut Vec<Diagnostic>) -> String {
    let entity = scope.view.site().entity(id);
    let origin = Origin {
        scope,
        path: entity.path(),
        lang: entity.lang,
        page: Some(id),
    };
    origin.fill(&entity.page.body.pieces[entity.title_pieces()..], sink)
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
    };
    origin.fill(&page.body.pieces, sink)
}

/// The text before `<!-- more -->`, as lists may show it. What is wrong in it is said where the page itself is made.
pub(super) fn summary(scope: &Rc<Scope>, id: PageId) -> String {
    let entity = scope.view.site().entity(id);
    let body = &entity.page.body;
    let cut = body.summary.unwrap_or(0);
    let start = entity.title_pieces().min(cut);
    let origin = Origin {
        scope,
        path: entity.path(),
        lang: entity.lang,
        page: Some(id),
    };
    let html = origin.fill(&body.pieces[start..cut], &mut Vec::new());
    let own = encode(&scope.view.site().config.href(&entity.url));
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
                Piece::Image(image) => self.image(image, &mut out),
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
            let address = self.address(&link.target);
            escape_attribute(address.as_deref().unwrap_or(&link.target), out);
        }
        if let Some(anchor) = &link.anchor {
            out.push('#');
            escape_attribute(anchor, out);
        }
    }

    fn image(&self, image: &Image, out: &mut String) {
        out.push_str("<img src=\"");
        let address = (!links::is_external(&image.src))
            .then(|| self.address(&image.src))
            .flatten();
        escape_attribute(address.as_deref().unwrap_or(&image.src), out);
        out.push_str("\" alt=\"");
        escape_attribute(&image.alt, out);
        out.push('"');
        if !image.title.is_empty() {
            out.push_str(" title=\"");
            escape_attribute(&image.title, out);
            out.push('"');
        }
        if self.scope.view.site().config.markdown.lazy_async_image {
            out.push_str(" loading=\"lazy\" decoding=\"async\"");
        }
        out.push('>');
    }

    /// The address for a target of content, asked as a question so that it is traced.
    fn address(&self, target: &str) -> Option<String> {
        let site = self.scope.view.site();
        if target.starts_with('/') {
            return Some(encode(&site.config.href(target)));
        }
        let path = links::target_path(self.path, target)?;
        let question = Question::Address {
            path,
            lang: self.lang,
        };
        match self.scope.view.ask(question) {
            Answer::Text(Some(url)) => Some(encode(&site.config.href(&url))),
            _ => None,
        }
    }
}

/// An address as `href` wants it: spaces and non-ASCII encoded, what is encoded already kept.
fn encode(address: &str) -> String {
    if address.is_ascii() && !address.contains([' ', '"', '<', '>']) {
        return address.to_owned();
    }
    let mut out = String::with_capacity(address.len() * 2);
    for byte in address.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
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
