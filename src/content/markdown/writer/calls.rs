//! Components among text: slots where they can stand, their source and an error where not.

use super::{Paragraph, Place, Writer};
use crate::content::body::{Component, Piece};
use crate::content::markdown::components::{self, Call, Kind, Part};
use crate::content::markdown::page::alike;
use crate::content::markdown::parse_text;
use crate::diag::Diagnostic;
use pulldown_cmark::{BrokenLink, CowStr};
use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

impl Writer<'_, '_> {
    /// Text with placeholders in it.
    pub(super) fn text_with_calls(&mut self, text: &str) {
        for part in self.text.parts(text) {
            match part {
                Part::Text(text) => self.prose(text),
                Part::Call(number) => self.call(number),
            }
        }
    }

    /// A call in text.
    pub(super) fn call(&mut self, number: usize) {
        let Some(call) = self.text.call(number) else {
            return;
        };
        match &call.kind {
            Kind::Escape => {
                let written = self.text.written(call);
                self.prose(written.strip_prefix('\\').unwrap_or(written));
            }
            _ if self.image.is_some() => {
                self.report_misplaced(number, "the text of an image");
                self.prose(self.text.written(call));
            }
            _ if self.heading.is_some() => self.report_in_heading(call),
            Kind::Inline(component) => self.component(component.clone(), call, None),
            Kind::Block(component, body) => {
                self.component(component.clone(), call, Some(body.clone()));
            }
        }
    }

    fn component(&mut self, mut component: Component, call: &Call, body: Option<Range<usize>>) {
        let is_block = call.alone && self.inlines == 0;
        if is_block && self.paragraph == Paragraph::Open {
            self.out.part_paragraph();
            self.paragraph = Paragraph::Closed;
        } else if !is_block {
            self.inline();
        }
        self.words.end_word();
        self.first.has_call |= self.first.open;
        if let Some(range) = body {
            let depth = self.place.depth() + 1;
            let place = if is_block {
                Place::Block(depth)
            } else {
                Place::Inline(depth)
            };
            let source = components::body_of(self.text.source(), call, range);
            let body = parse_text(self.page, &source, place);
            self.words.count += body.words;
            component.body = Some(body);
        }
        self.out.slot(Piece::Component(Box::new(component)));
    }

    fn report_in_heading(&mut self, call: &Call) {
        let message = "a component cannot stand in a heading";
        let what = Diagnostic::error("component-in-heading", message)
            .hint("headings are read apart from the page, in the table of contents: put it below");
        self.page
            .report(what, self.text.source().span(call.range.clone()), "");
        let written = self.text.written(call);
        self.prose(written);
    }

    pub(super) fn report_misplaced(&mut self, number: usize, place: &str) {
        let Some(call) = self.text.call(number) else {
            return;
        };
        if matches!(call.kind, Kind::Escape) {
            return;
        }
        let message = format!("a component cannot stand in {place}");
        let what =
            Diagnostic::error("component-misplaced", message).hint("`\\{{<` prints the braces");
        self.page
            .report(what, self.text.source().span(call.range.clone()), "");
    }

    /// What the parser asks about links without a definition: in the body of a component it is
    /// noted where one is that only the text around it defines.
    pub(super) fn outside<'n>(
        &self,
        noted: &'n RefCell<Vec<Range<usize>>>,
    ) -> Option<impl FnMut(BrokenLink<'_>) -> Option<(CowStr<'n>, CowStr<'n>)> + use<'n>> {
        let known = self.page.definitions.clone();
        let inside = self.place.depth() > 0 && !known.is_empty();
        let note = move |link: BrokenLink<'_>| {
            if known.contains(&alike(&link.reference)) {
                noted.borrow_mut().push(link.span);
            }
            None
        };
        inside.then_some(note)
    }

    /// Links that use what is defined outside of the component that they stand in.
    pub(super) fn report_outside(&mut self, mut links: Vec<Range<usize>>) {
        links.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut done = 0;
        for range in links {
            // `[text][label]` is looked at a second time as `[label]`.
            if range.start >= done {
                done = range.end;
                let what = Diagnostic::warning("definition-outside", "a link is left as text")
                    .hint("write the definition between the tags of the component, too, or the address behind the text: `[text](address)`");
                let label =
                    "its address is defined outside of the component, whose text is read by itself";
                self.report(what, range, label);
            }
        }
    }

    /// Text for a place where no component can be, with what was written instead.
    pub(super) fn restored<'t>(&mut self, text: &'t str, place: &str) -> Cow<'t, str> {
        let mut found = Vec::new();
        let restored = self.text.restore(text, |number| found.push(number));
        for number in found {
            self.report_misplaced(number, place);
        }
        restored
    }
}
