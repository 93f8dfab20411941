//! The text of paragraphs, headings and cells. Where it may hold addresses that are to become links
//! it is gathered until something else comes: one address may lie in several events.

use super::{Paragraph, Writer};
use crate::content::markdown::autolinks;
use pulldown_cmark::LinkType;
use std::borrow::Cow;
use std::ops::Range;

/// The most characters that are kept of a first paragraph.
const FIRST_PARAGRAPH: usize = 500;

/// A stretch of text without a gap.
pub(super) struct Running {
    /// Where it stands in the parsed text.
    range: Range<usize>,
    /// What is shown instead of what is written: signs by name, typographic quotes.
    replaced: Vec<(Range<usize>, Box<str>)>,
}

/// The first paragraph as plain text, while it is read and after.
#[derive(Default)]
pub(super) struct FirstParagraph {
    pub(super) text: String,
    pub(super) open: bool,
    pub(super) done: bool,
    /// Whether a component stands in it: without what that shows, the text would be broken.
    pub(super) has_call: bool,
}

impl FirstParagraph {
    pub(super) fn close(&mut self) {
        self.open = false;
        if std::mem::take(&mut self.has_call) {
            self.text.clear();
        }
        self.done = !self.text.trim().is_empty();
    }
}

impl Writer<'_, '_> {
    pub(super) fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.text.push_str(text);
        } else if self.text.holds_calls(text) {
            self.text_with_calls(text);
        } else {
            self.prose(text);
        }
    }

    /// Text that is what it is.
    pub(super) fn prose(&mut self, text: &str) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(text);
            return;
        }
        self.inline();
        self.out.text(text);
        self.words.read(text);
        self.plain(text);
    }

    /// Notes text for the plain text of a heading or of the first paragraph.
    pub(super) fn plain(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.title.push_str(text);
        } else if self.first.open && self.first.text.len() < FIRST_PARAGRAPH {
            let room = FIRST_PARAGRAPH - self.first.text.len();
            let end = (0..=room.min(text.len()))
                .rev()
                .find(|at| text.is_char_boundary(*at));
            self.first.text.push_str(&text[..end.unwrap_or(0)]);
        }
    }

    pub(super) fn line_break(&mut self, html: &str) {
        if let Some(image) = &mut self.image {
            image.alt.push(' ');
            return;
        }
        self.words.end_word();
        self.plain(" ");
        if self.paragraph != Paragraph::Closed {
            self.out.push(html);
        }
    }

    /// Keeps text that may hold addresses; whether it did.
    pub(super) fn gather(&mut self, text: &str, range: &Range<usize>) -> bool {
        if self.code.is_some() || self.link.is_some() || self.in_raw_link {
            return false;
        }
        if self.running.is_none() && !self.autolinks.any_near(range) {
            return false;
        }
        // What is written counts: a sign by name may stand for any character.
        if self.text.holds_calls(&self.text.text[range.clone()]) {
            return false;
        }
        let gap = |running: &Running| running.range.end != range.start;
        if self.running.as_ref().is_some_and(gap) {
            self.flush_text();
        }
        let running = self.running.get_or_insert_with(|| Running {
            range: range.clone(),
            replaced: Vec::new(),
        });
        running.range.end = range.end;
        if self.text.text[range.clone()] != *text {
            running.replaced.push((range.clone(), text.into()));
        }
        true
    }

    /// Writes what was gathered.
    pub(super) fn flush_text(&mut self) {
        let Some(running) = self.running.take() else {
            return;
        };
        let whole = self.text;
        let text = &whole.text[running.range.clone()];
        let links = match self.autolinks.any_in(&running.range) {
            // A cell begins behind a bar.
            true => {
                let before = whole.text[..running.range.start].chars().next_back();
                autolinks::find(text, before.filter(|c| *c != '|'))
            }
            false => Vec::new(),
        };
        let mut done = running.range.start;
        for link in links {
            let range =
                running.range.start + link.range.start..running.range.start + link.range.end;
            self.prose_between(&running, done..range.start);
            let shown = running.unescaped(&whole.text, range.clone());
            let address = format!("{}{shown}", link.before);
            self.open_link(LinkType::Autolink, &address, "", range.clone());
            self.prose(&shown);
            self.close_link();
            done = range.end;
        }
        self.prose_between(&running, done..running.range.end);
    }

    fn prose_between(&mut self, running: &Running, range: Range<usize>) {
        let whole = self.text;
        let shown = running.shown(&whole.text, range);
        if !shown.is_empty() {
            self.prose(&shown);
        }
    }
}

impl Running {
    /// A part of it as it is shown.
    fn shown<'t>(&self, text: &'t str, part: Range<usize>) -> Cow<'t, str> {
        self.with(text, part, |_| true)
    }

    /// A part of it with signs by name resolved, and all else as it is written: two hyphens of an
    /// address are no dash.
    fn unescaped<'t>(&self, text: &'t str, part: Range<usize>) -> Cow<'t, str> {
        self.with(text, part, |written| written.starts_with('&'))
    }

    fn with<'t>(
        &self,
        text: &'t str,
        part: Range<usize>,
        replaces: impl Fn(&str) -> bool,
    ) -> Cow<'t, str> {
        let inside = |range: &Range<usize>| part.start <= range.start && range.end <= part.end;
        let mut replaced = self.replaced.iter();
        let mut out = String::new();
        let mut done = part.start;
        for (range, shown) in replaced.by_ref().filter(|(range, _)| inside(range)) {
            if replaces(&text[range.clone()]) {
                out.push_str(&text[done..range.start]);
                out.push_str(shown);
                done = range.end;
            }
        }
        if done == part.start {
            return Cow::Borrowed(&text[part]);
        }
        out.push_str(&text[done..part.end]);
        Cow::Owned(out)
    }
}
