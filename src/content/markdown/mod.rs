//! Markdown: a text in, a [`Body`] out.
//!
//! The parser is pulldown-cmark, which nothing outside of this folder knows; the HTML is written
//! by the folder's own `writer`, which leaves slots where other files decide. Nothing here
//! looks at another file or knows which components exist.

mod autolinks;
mod code_names;
mod components;
mod dollars;
mod escape;
mod fragment;
mod highlight;
mod math;
mod options;
mod page;
mod pieces;
mod prose;
mod source;
mod stylesheet;
mod tags;
mod words;
mod writer;

#[cfg(test)]
mod tests;

pub use fragment::{Resolve, render_block, render_inline};
pub use options::{AnchorLinks, MarkdownOptions};
pub use stylesheet::{DEFAULT_DARK_THEME, DEFAULT_LIGHT_THEME, stylesheet};

use crate::base::SitePath;
use crate::content::body::Body;
use crate::diag::Checked;
use components::Placed;
use page::Page;
use source::Source;
use std::ops::Range;
use writer::{Place, Writer};

/// Parses the Markdown that stands in the bytes `body` of the file `text`.
///
/// All spans of the result and of its diagnostics are bytes of the file. The headings and anchors
/// of component bodies are listed in the page's body, their words counted there too.
pub fn parse(
    path: &SitePath,
    text: &str,
    body: Range<usize>,
    options: &MarkdownOptions,
) -> Checked<Body> {
    let source = Source::of_file(text, body);
    let mut page = Page::new(path, options, &source.text);
    let mut body = parse_text(&mut page, &source, Place::Page);
    body.headings = std::mem::take(&mut page.headings);
    body.anchors = std::mem::take(&mut page.anchors);
    body.passages = std::mem::take(&mut page.passages);
    body.passages
        .sort_by_key(|passage| passage.places.first().map(|(_, file)| *file));
    Checked::new(body, page.diagnostics())
}

/// Parses one text of a page: its own, or that of a component's body.
fn parse_text(page: &mut Page<'_>, source: &Source<'_>, place: Place) -> Body {
    let calls = if components::may_hold_components(&source.text) {
        components::find(page, source, place.depth())
    } else {
        Vec::new()
    };
    let placed = Placed::new(source, calls);
    Writer::new(page, &placed, place).write()
}
