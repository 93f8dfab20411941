//! The HTML writer: one pass over the parser's events.
//!
//! Close to `pulldown_cmark::html`, but with slots, heading ids, plain image texts, and
//! diagnostics. This file holds its state and the text of paragraphs; blocks, headings, links,
//! code, raw HTML, footnotes and components have files of their own.

mod blanks;
mod blocks;
mod calls;
mod code;
mod footnotes;
mod headings;
mod links;
mod raw;
mod running;

pub(super) use links::is_for_site;

use super::autolinks;
use super::components::Placed;
use super::dollars;
use super::page::Page;
use super::pieces::Pieces;
use super::prose::Listener;
use super::words::Words;
use crate::base::Span;
use crate::content::body::Body;
use crate::diag::Diagnostic;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The text of a page.
    Page,
    /// The body of a component, in the bodies of this many others.
    Block(usize),
    /// The same, of a component inside a paragraph: a single paragraph gets no `<p>`.
    Inline(usize),
}

impl Place {
    /// In how many component bodies the text lies.
    pub(super) fn depth(self) -> usize {
        match self {
            Self::Page => 0,
            Self::Block(depth) | Self::Inline(depth) => depth,
        }
    }
}

/// Whether `<p>` is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paragraph {
    /// No paragraph.
    Outside,
    /// `<p>` is written.
    Open,
    /// A paragraph of the parser, but a block component closed it in HTML.
    Closed,
}

/// Writes the HTML of one text.
pub(super) struct Writer<'w, 'a> {
    page: &'w mut Page<'a>,
    text: &'w Placed<'w>,
    place: Place,
    out: Pieces,
    words: Words,
    /// Open containers: quotes, lists, tables, footnotes.
    depth: usize,
    /// Open inline elements.
    inlines: usize,
    paragraph: Paragraph,
    /// Blocks at the top level, and how many of them are paragraphs.
    blocks: (usize, usize),
    /// Elements that are left out because the output is full.
    skipping: usize,
    /// Whether the output is full.
    full: bool,
    /// The first paragraph, while it is read and after.
    first: running::FirstParagraph,
    table: blocks::Table,
    heading: Option<headings::Heading>,
    link: Option<links::Link>,
    image: Option<links::Image>,
    code: Option<code::Code>,
    raw: raw::State,
    footnotes: footnotes::Footnotes,
    /// Where the text may hold addresses that are no links yet.
    autolinks: autolinks::Marks,
    /// Text that is not written yet.
    running: Option<running::Running>,
    /// Whether a link of raw HTML is open.
    in_raw_link: bool,
    summary: Option<usize>,
    first_title: Option<Box<str>>,
    title_pieces: Option<usize>,
}

impl<'w, 'a> Writer<'w, 'a> {
    /// For a text of a page.
    pub(super) fn new(page: &'w mut Page<'a>, text: &'w Placed<'w>, place: Place) -> Self {
        Self {
            page,
            text,
            place,
            out: Pieces::for_text(text.text.len()),
            words: Words::default(),
            depth: 0,
            inlines: 0,
            paragraph: Paragraph::Outside,
            blocks: (0, 0),
            skipping: 0,
            full: false,
            first: running::FirstParagraph::default(),
            table: blocks::Table::default(),
            heading: None,
            link: None,
            image: None,
            code: None,
            raw: raw::State::default(),
            footnotes: footnotes::Footnotes::default(),
            autolinks: autolinks::Marks::of(&text.text),
            running: None,
            in_raw_link: false,
            summary: None,
            first_title: None,
            title_pieces: None,
        }
    }

    /// Parses the text and writes all of it.
    pub(super) fn write(mut self) -> Body {
        let text = self.text;
        let options = self.page.options.parser();
        let read = dollars::hidden(&text.text, options);
        let outside = RefCell::new(Vec::new());
        let parser = Parser::new_with_broken_link_callback(&read, options, self.outside(&outside));
        if text.has_calls() {
            let labels = parser
                .reference_definitions()
                .iter()
                .map(|(label, _)| label);
            self.page.note_definitions(labels);
        }
        let mut listener = self.page.names_amounts.then(|| Listener::new(text));
        for (mut event, range) in parser.into_offset_iter() {
            if matches!(read, Cow::Owned(_)) {
                event = dollars::shown(event, &range, &read, &text.text);
            }
            if let Some(listener) = &mut listener {
                listener.hear(&event, &range);
            }
            self.event(event, range);
        }
        self.flush_text();
        self.write_footnotes();
        self.report_outside(outside.take());
        self.page
            .passages
            .extend(listener.map(Listener::finish).unwrap_or_default());
        self.finish()
    }

    fn finish(mut self) -> Body {
        self.page.room = self.page.room.saturating_sub(self.out.written());
        if matches!(self.place, Place::Inline(_)) && self.blocks == (1, 1) {
            self.out.unwrap_paragraph();
        }
        let first = self.first.text.trim_end();
        Body {
            pieces: self.out.finish(),
            summary: self.summary,
            headings: Vec::new(),
            words: self.words.count,
            first_paragraph: first.into(),
            first_title: self.first_title,
            title_pieces: self.title_pieces,
            anchors: Vec::new(),
            passages: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let written = self.out.written() + self.footnotes.bytes;
        let full = written > self.page.room || self.skipping > 0;
        if let Event::Text(text) = &event
            && !full
        {
            self.check_blanks(&range);
            if self.gather(text, &range) {
                return;
            }
        }
        self.flush_text();
        if full {
            return self.skip(&event, range);
        }
        match event {
            Event::Text(text) => self.text(&text),
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br />\n"),
            Event::Code(code) => self.inline_code(&code),
            Event::InlineMath(tex) => self.math(&tex, false, range),
            Event::DisplayMath(tex) => self.math(&tex, true, range),
            Event::Html(html) => self.raw_line(&html, range),
            Event::InlineHtml(html) => self.raw_inline(&html, range),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::Rule => {
                self.block();
                self.out.push("<hr />\n");
            }
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    /// Leaves out everything but the ends of what is open.
    fn skip(&mut self, event: &Event<'_>, range: Range<usize>) {
        if !self.full {
            self.full = true;
            let hint = "make the table narrower, or divide the text among several pages";
            let what =
                Diagnostic::error("markdown-too-large", "the HTML of this text gets too large")
                    .hint(hint);
            self.report(what, range.clone(), "the rest is left out from here on");
        }
        match event {
            Event::Start(_) => self.skipping += 1,
            Event::End(tag) if self.skipping == 0 => self.end(*tag, range),
            Event::End(_) => self.skipping -= 1,
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.open_paragraph(),
            Tag::Emphasis => self.open_inline("<em>"),
            Tag::Strong => self.open_inline("<strong>"),
            Tag::Strikethrough => self.open_inline("<del>"),
            Tag::Subscript => self.open_inline("<sub>"),
            Tag::Superscript => self.open_inline("<sup>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.open_link(link_type, &dest_url, &title, range);
            }
            Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.open_image(link_type, &dest_url, &title, range);
            }
            Tag::Heading {
                level,
                id,
                classes,
                attrs,
            } => {
                self.open_heading(
                    level as u8,
                    id.as_deref(),
                    &classes,
                    attrs.is_empty(),
                    range,
                );
            }
            Tag::CodeBlock(kind) => self.open_code(&kind, range),
            Tag::HtmlBlock => self.open_raw(),
            Tag::FootnoteDefinition(label) => self.open_footnote(&label),
            tag => self.open_container(tag),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.close_paragraph(),
            TagEnd::Emphasis => self.close_inline("</em>"),
            TagEnd::Strong => self.close_inline("</strong>"),
            TagEnd::Strikethrough => self.close_inline("</del>"),
            TagEnd::Subscript => self.close_inline("</sub>"),
            TagEnd::Superscript => self.close_inline("</sup>"),
            TagEnd::Link => self.close_link(),
            TagEnd::Image => self.close_image(),
            TagEnd::Heading(_) => self.close_heading(range),
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::HtmlBlock => self.close_raw(),
            tag => self.close_container(tag),
        }
    }

    /// A new block begins.
    fn block(&mut self) {
        self.words.end_word();
        self.out.fresh_line();
        if self.depth == 0 {
            self.blocks.0 += 1;
        }
    }

    fn open_paragraph(&mut self) {
        self.block();
        self.out.push("<p>");
        self.paragraph = Paragraph::Open;
        if self.depth == 0 {
            self.blocks.1 += 1;
            self.first.open = !self.first.done;
        }
    }

    fn close_paragraph(&mut self) {
        if self.paragraph == Paragraph::Open {
            self.out.push("</p>\n");
        }
        self.paragraph = Paragraph::Outside;
        self.words.end_word();
        if self.first.open {
            self.first.close();
        }
    }

    /// What comes next stands in the line: goes on with a paragraph that a block component
    /// parted.
    fn inline(&mut self) {
        if self.paragraph == Paragraph::Closed {
            self.out.fresh_line();
            self.out.push("<p>");
            self.paragraph = Paragraph::Open;
        }
    }

    fn open_inline(&mut self, tag: &str) {
        if let Some(image) = &mut self.image {
            image.depth += 1;
            return;
        }
        self.inline();
        self.inlines += 1;
        self.out.push(tag);
    }

    fn close_inline(&mut self, tag: &str) {
        if let Some(image) = &mut self.image {
            image.depth = image.depth.saturating_sub(1);
            return;
        }
        self.inlines = self.inlines.saturating_sub(1);
        self.out.push(tag);
    }

    fn task(&mut self, done: bool) {
        self.inline();
        self.out.push(if done {
            "<input disabled=\"\" type=\"checkbox\" checked=\"\"/>\n"
        } else {
            "<input disabled=\"\" type=\"checkbox\"/>\n"
        });
    }

    /// The place in the file of a range of the parsed text.
    fn span(&self, range: Range<usize>) -> Span {
        let text = &self.text.text;
        let trimmed = text.get(range.clone()).map_or(0, |t| t.trim_end().len());
        self.text.span(range.start..range.start + trimmed)
    }

    fn report(&mut self, what: Diagnostic, range: Range<usize>, label: &str) {
        let span = self.span(range);
        self.page.report(what, span, label);
    }
}
