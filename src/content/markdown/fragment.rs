//! Markdown in templates: short texts from front matter and data, straight to HTML.

use super::MarkdownOptions;
use super::components::Placed;
use super::escape;
use super::page::Page;
use super::source::Source;
use super::writer::{Place, Writer};
use crate::base::SitePath;
use crate::base::text::escape_attribute;
use crate::content::body::{Body, Image, Link, Piece};

/// Where an address with its anchor leads; none for one that stays as it is written.
pub type Resolve<'a> = dyn FnMut(&str, Option<&str>) -> Option<String> + 'a;

/// The HTML of a text with blocks. There are no components in it, addresses that the site
/// resolves are asked for, and its problems have no file to point to: what cannot be read stays
/// text.
pub fn render_block(text: &str, options: &MarkdownOptions, resolve: &mut Resolve<'_>) -> String {
    render(text, options, Place::Page, resolve)
}

/// The HTML of a text that stands in a line: like [`render_block`], but a single paragraph has
/// no `<p>` around it.
pub fn render_inline(text: &str, options: &MarkdownOptions, resolve: &mut Resolve<'_>) -> String {
    render(text, options, Place::Inline(0), resolve)
}

fn render(
    text: &str,
    options: &MarkdownOptions,
    place: Place,
    resolve: &mut Resolve<'_>,
) -> String {
    let path = SitePath::root();
    let source = Source::of_file(text, 0..text.len());
    let mut page = Page::new(&path, options, text);
    // Nobody compares with prices what a template passes on.
    page.names_amounts = false;
    let placed = Placed::new(&source, Vec::new());
    let body = Writer::new(&mut page, &placed, place).write();
    html(&body, options, resolve)
}

fn html(body: &Body, options: &MarkdownOptions, resolve: &mut Resolve<'_>) -> String {
    let mut out = String::new();
    for piece in &body.pieces {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Link(link) => push_address(&mut out, link, resolve),
            Piece::Image(image) => push_image(&mut out, image, options, resolve),
            Piece::Component(_) => {}
        }
    }
    out
}

fn push_address(out: &mut String, link: &Link, resolve: &mut Resolve<'_>) {
    if let Some(address) = resolve(&link.target, link.anchor.as_deref()) {
        escape::push_address(out, &address);
        return;
    }
    escape::push_address(out, &link.target);
    if let Some(anchor) = &link.anchor {
        out.push('#');
        escape::push_address(out, anchor);
    }
}

fn push_image(
    out: &mut String,
    image: &Image,
    options: &MarkdownOptions,
    resolve: &mut Resolve<'_>,
) {
    out.push_str("<img src=\"");
    let address = resolve(&image.src, None);
    escape::push_address(out, address.as_deref().unwrap_or(&image.src));
    out.push_str("\" alt=\"");
    escape_attribute(&image.alt, out);
    if !image.title.is_empty() {
        out.push_str("\" title=\"");
        escape_attribute(&image.title, out);
    }
    out.push('"');
    if options.lazy_async_image {
        out.push_str(" loading=\"lazy\" decoding=\"async\"");
    }
    out.push_str(" />");
}
