//! Raw HTML: passed through when content is trusted, with slots for the addresses and components
//! in it; shown as text when it is not.

use super::{Place, Writer};
use crate::content::markdown::components::Part;
use crate::content::markdown::tags::{self, Address, Within};
use crate::diag::Diagnostic;
use std::ops::Range;

/// The id of the place where a page goes on behind its summary, as in Zola.
const CONTINUE: &str = "continue-reading";

/// Where in raw HTML the writer is.
#[derive(Default)]
pub(super) struct State {
    /// Where what was written ends.
    within: Within,
    /// Whether the block is a comment.
    comment: bool,
    begun: bool,
    /// Lines that wait for the end of their tag, where they stand, and where they end.
    waiting: Option<(String, Range<usize>)>,
    read: Within,
}

/// Whether a link is open behind a tag; none where the tag tells nothing of it.
fn link_is_open(tag: &str) -> Option<bool> {
    let is_link = |rest: &str| {
        let mut rest = rest.chars();
        let named = rest.next().is_some_and(|c| c.eq_ignore_ascii_case(&'a'));
        named && rest.next().is_none_or(|c| c.is_whitespace() || c == '>')
    };
    let tag = tag.strip_prefix('<')?;
    match tag.strip_prefix('/') {
        Some(rest) => is_link(rest).then_some(false),
        None => is_link(tag).then_some(true),
    }
}

impl Writer<'_, '_> {
    pub(super) fn open_raw(&mut self) {
        self.block();
        self.raw = State::default();
    }

    pub(super) fn close_raw(&mut self) {
        if let Some((html, range)) = self.raw.waiting.take() {
            self.markup(&html, &range);
        }
        self.out.fresh_line();
        self.words.end_word();
    }

    /// A line of a block.
    pub(super) fn raw_line(&mut self, html: &str, range: Range<usize>) {
        if !self.raw.begun {
            self.raw.begun = true;
            self.raw.comment = html.trim_start().starts_with("<!--");
        }
        if is_more(html) && self.raw.waiting.is_none() {
            return self.more(range);
        }
        if self.page.options.trusted {
            self.tags(html, range);
        } else if !self.raw.comment {
            self.shown(html);
        }
    }

    /// Tags are read as a whole: one whose attributes stand on many lines is waited for.
    fn tags(&mut self, line: &str, range: Range<usize>) {
        self.raw.read = self.raw.read.read(line, &mut |_| {});
        let waited = self.raw.waiting.take();
        if waited.is_none() && !self.raw.read.is_in_tag() {
            return self.markup(line, &range);
        }
        let (mut html, start) = waited.map_or((String::new(), range.start), |(html, range)| {
            (html, range.start)
        });
        html.push_str(line);
        let range = start..range.end;
        if self.raw.read.is_in_tag() {
            self.raw.waiting = Some((html, range));
        } else {
            self.markup(&html, &range);
        }
    }

    /// A tag or a comment in a paragraph.
    pub(super) fn raw_inline(&mut self, html: &str, range: Range<usize>) {
        if self.image.is_some() {
            return;
        }
        if is_more(html) {
            return self.misplaced_more(range, "it stands inside a paragraph: give it a line of its own, with blank lines around it");
        }
        self.inline();
        self.in_raw_link = link_is_open(html).unwrap_or(self.in_raw_link);
        self.raw = State {
            comment: html.starts_with("<!--"),
            ..State::default()
        };
        if self.page.options.trusted {
            self.markup(html, &range);
        } else if !self.raw.comment {
            self.shown(html);
        }
    }

    fn shown(&mut self, html: &str) {
        let html = self.restored(html, "raw HTML");
        self.out.text(&html);
    }

    fn more(&mut self, range: Range<usize>) {
        if self.depth > 0 || self.place != Place::Page {
            self.misplaced_more(range, "it stands inside another block");
        } else if self.summary.is_some() {
            self.misplaced_more(range, "it is the second one");
        } else {
            self.summary = Some(self.out.flush());
            let id = self.page.id(CONTINUE);
            self.out.push("<span id=\"");
            self.out.attribute(&id);
            self.out.push("\"></span>\n");
        }
    }

    fn misplaced_more(&mut self, range: Range<usize>, label: &str) {
        let what = Diagnostic::warning("more-misplaced", "`<!-- more -->` means nothing here");
        self.report(what, range, label);
    }

    fn markup(&mut self, html: &str, range: &Range<usize>) {
        if !self.text.has_calls() {
            return self.markup_without_calls(html, range);
        }
        for part in self.text.parts(html) {
            match part {
                Part::Text(html) => self.markup_without_calls(html, range),
                Part::Call(number) => match self.raw.within {
                    Within::Text if !self.raw.comment => self.call(number),
                    Within::Text | Within::Comment | Within::Plain(_) => {
                        self.write_literally(number);
                    }
                    Within::Tag | Within::Quotes(_) => {
                        self.report_misplaced(number, "a tag of raw HTML");
                    }
                },
            }
        }
    }

    fn write_literally(&mut self, number: usize) {
        if let Some(call) = self.text.call(number) {
            self.out.push(self.text.written(call));
        }
    }

    fn markup_without_calls(&mut self, html: &str, range: &Range<usize>) {
        let mut found = Vec::new();
        self.raw.within = self
            .raw
            .within
            .read(html, &mut |address| found.push(address));
        if !self.raw.comment {
            self.note_ids(html);
        }
        let in_place = self.text.text.get(range.clone()) == Some(html);
        let mut rest = 0;
        for Address { range: at, raw } in found {
            let Some(address) = tags::unescaped(&html[at.clone()]) else {
                continue;
            };
            self.out.push(&html[rest..at.start]);
            let span = match in_place {
                true => self.span(range.start + at.start..range.start + at.end),
                false => self.span(range.clone()),
            };
            self.link_slot(&address, span, Some(raw));
            rest = at.end;
        }
        self.out.push(&html[rest..]);
    }

    /// Links may name the ids of raw HTML.
    fn note_ids(&mut self, html: &str) {
        let ids = html.match_indices("id=").map(|(at, _)| (at, 3));
        // `<a name="x">` is how anchors were written before, and browsers still follow it.
        let names = html.match_indices("<a name=").map(|(at, _)| (at + 3, 5));
        for (at, length) in ids.chain(names) {
            if !html[..at].ends_with([' ', '\t', '\n']) {
                continue;
            }
            let value = &html[at + length..];
            let id = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
                _ => value.split([' ', '\t', '\n', '>', '/']).next(),
            };
            if let Some(id) = id.filter(|id| !id.is_empty()) {
                self.page.note_id(id);
            }
        }
    }
}

/// Whether a piece of HTML is the mark that ends a summary.
fn is_more(html: &str) -> bool {
    html.trim()
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"))
        .is_some_and(|inside| inside.trim() == "more")
}
