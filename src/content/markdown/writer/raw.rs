//! Raw HTML: passed through when content is trusted, with slots for the addresses and components
//! in it; shown as text when it is not.

use super::{Place, Writer};
use crate::content::markdown::components::Part;
use crate::diag::Diagnostic;
use std::ops::Range;

/// The id of the place where a page goes on behind its summary, as in Zola.
const CONTINUE: &str = "continue-reading";

/// Where in a block of raw HTML the writer is.
#[derive(Default)]
pub(super) struct State {
    within: Within,
    /// Whether the block is a comment.
    comment: bool,
    begun: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Within {
    #[default]
    Text,
    Tag,
    Quotes(u8),
    Comment,
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
        self.out.fresh_line();
        self.words.end_word();
    }

    /// A line of a block.
    pub(super) fn raw_line(&mut self, html: &str, range: Range<usize>) {
        if !self.raw.begun {
            self.raw.begun = true;
            self.raw.comment = html.trim_start().starts_with("<!--");
        }
        if is_more(html) {
            return self.more(range);
        }
        if self.page.options.trusted {
            self.markup(html, &range);
        } else if !self.raw.comment {
            self.shown(html);
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
                Part::Text(html) => {
                    self.raw.within = self.raw.within.after(html);
                    self.markup_without_calls(html, range);
                }
                Part::Call(number) => match self.raw.within {
                    Within::Text if !self.raw.comment => self.call(number),
                    Within::Text | Within::Comment => self.write_literally(number),
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
        if self.raw.comment {
            return self.out.push(html);
        }
        self.note_ids(html);
        let mut rest = 0;
        while let Some((start, end)) = next_address(html, rest) {
            self.out.push(&html[rest..start]);
            let span = if self.text.text.get(range.clone()) == Some(html) {
                self.span(range.start + start..range.start + end)
            } else {
                self.span(range.clone())
            };
            self.link_slot(&html[start..end], span);
            rest = end;
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

/// The next attribute's value that names a content file: one that begins with `@/`, or the
/// relative path of a `.md` file in `href`.
fn next_address(html: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    while let Some(found) = html[at..].find('=') {
        let start = at + found + 2;
        let quote = html.as_bytes().get(start - 1);
        if let Some(quote @ (b'"' | b'\'')) = quote
            && let Some(length) = html[start..].find(char::from(*quote))
        {
            let value = &html[start..start + length];
            let href = html[..start - 2].to_ascii_lowercase().ends_with("href");
            if value.starts_with("@/") || (href && is_content_file(value)) {
                return Some((start, start + length));
            }
            at = start + length + 1;
        } else {
            at = start - 1;
        }
    }
    None
}

/// Whether an address is a relative path of a Markdown file, perhaps with an anchor.
fn is_content_file(address: &str) -> bool {
    let path = address.split(['#', '?']).next().unwrap_or(address);
    path.ends_with(".md") && !path.starts_with('/') && !path.contains(':')
}

/// Whether a piece of HTML is the mark that ends a summary.
fn is_more(html: &str) -> bool {
    html.trim()
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"))
        .is_some_and(|inside| inside.trim() == "more")
}

impl Within {
    /// Where one is behind `html`.
    fn after(self, html: &str) -> Self {
        let mut within = self;
        for (at, byte) in html.bytes().enumerate() {
            within = match (within, byte) {
                (Self::Text, b'<') if html[at..].starts_with("<!--") => Self::Comment,
                (Self::Text, b'<') => Self::Tag,
                (Self::Tag, b'>') => Self::Text,
                (Self::Tag, b'"' | b'\'') => Self::Quotes(byte),
                (Self::Quotes(quote), _) if quote == byte => Self::Tag,
                (Self::Comment, b'>') if html[..at].ends_with("--") => Self::Text,
                (within, _) => within,
            };
        }
        within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_text_from_tags() {
        let after = |html| Within::Text.after(html);
        assert_eq!(after("<div class='a>b'> x"), Within::Text);
        assert_eq!(after("<div"), Within::Tag);
        assert_eq!(after("<div class=\""), Within::Quotes(b'"'));
        assert_eq!(after("a <!-- x > y"), Within::Comment);
        assert_eq!(after("a <!-- x --> y"), Within::Text);
    }

    #[test]
    fn finds_addresses_of_content() {
        let html = "<a href=\"@/a.md#x\">@/no</a> <img src='@/b.svg'>";
        let first = next_address(html, 0).unwrap();
        assert_eq!(&html[first.0..first.1], "@/a.md#x");
        let second = next_address(html, first.1).unwrap();
        assert_eq!(&html[second.0..second.1], "@/b.svg");
        assert_eq!(next_address(html, second.1), None);
    }
}
