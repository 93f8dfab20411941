//! Headings: their ids, their links to themselves, and the outline of the page.

use super::{Place as TextPlace, Writer};
use crate::base::Span;
use crate::base::slug::slugify;
use crate::base::text::{collapse, escape_attribute};
use crate::content::body;
use crate::content::markdown::AnchorLinks;
use crate::content::markdown::escape;
use crate::content::markdown::pieces::Place;
use crate::diag::Diagnostic;
use pulldown_cmark::CowStr;
use std::ops::Range;

/// A heading being written.
pub(super) struct Heading {
    level: u8,
    id: Option<Box<str>>,
    classes: String,
    /// Where its opening tag belongs, which has to wait for the title.
    place: Place,
    /// Its text so far, plain.
    pub(super) title: String,
    /// Whether a link stands in it: then it cannot be a link itself.
    pub(super) has_link: bool,
    /// Whether nothing was written before it.
    opens: bool,
}

impl Writer<'_, '_> {
    pub(super) fn open_heading(
        &mut self,
        level: u8,
        id: Option<&str>,
        classes: &[CowStr<'_>],
        only_known: bool,
        range: Range<usize>,
    ) {
        if !only_known {
            let what = Diagnostic::warning("heading-attribute", "a heading has unknown attributes")
                .hint("only `{#id .class}` has a meaning here");
            self.report(what, range, "left out");
        }
        let opens = self.out.is_empty() && self.depth == 0;
        self.block();
        let classes: Vec<_> = classes
            .iter()
            .map(|c| self.text.restore(c, |_| ()))
            .collect();
        self.heading = Some(Heading {
            level,
            id: id.map(|id| self.text.restore(id, |_| ()).into()),
            classes: classes.join(" "),
            place: self.out.place(),
            title: String::new(),
            has_link: false,
            opens,
        });
    }

    pub(super) fn close_heading(&mut self, range: Range<usize>) {
        let Some(heading) = self.heading.take() else {
            return;
        };
        self.words.end_word();
        let span = self.span(range);
        let title = collapse(&heading.title);
        let id = self.heading_id(&heading, &title, span);
        self.write_tags(&heading, &title, &id);
        self.check_outline(heading.level, span);
        self.note_title(&heading, &title);
        self.page.headings.push(body::Heading {
            level: heading.level,
            id,
            title: title.into(),
            span,
        });
    }

    fn heading_id(&mut self, heading: &Heading, title: &str, span: Span) -> Box<str> {
        let slug;
        let wanted = match &heading.id {
            Some(id) => id,
            None => {
                slug = slugify(title);
                if slug.is_empty() { "section" } else { &slug }
            }
        };
        let id = self.page.id(wanted);
        if heading.id.is_some() && *id != *wanted {
            let message = format!("the id `{wanted}` is taken on this page");
            let what = Diagnostic::warning("heading-id", message).hint("choose another id");
            self.page
                .report(what, span, format!("this heading is called `{id}` instead"));
        }
        id
    }

    fn write_tags(&mut self, heading: &Heading, title: &str, id: &str) {
        let level = heading.level;
        let mut open = format!("<h{level} id=\"");
        escape_attribute(id, &mut open);
        if !heading.classes.is_empty() {
            open.push_str("\" class=\"");
            escape_attribute(&heading.classes, &mut open);
        }
        open.push_str("\">");
        let mut link = String::from("<a class=\"heading-anchor\" href=\"#");
        escape::push_address(&mut link, id);
        let mut close = format!("</h{level}>\n");
        match self.page.options.insert_anchor_links {
            AnchorLinks::None => {}
            AnchorLinks::Left => open.push_str(&format!("{} ", with_label(link, title))),
            AnchorLinks::Right => close.insert_str(0, &format!(" {}", with_label(link, title))),
            AnchorLinks::Heading if heading.has_link => {}
            AnchorLinks::Heading => {
                open.push_str(&link);
                open.push_str("\">");
                close.insert_str(0, "</a>");
            }
        }
        self.out.insert(heading.place, &open);
        self.out.push(&close);
    }

    fn check_outline(&mut self, level: u8, span: Span) {
        let before = std::mem::replace(&mut self.page.level, level);
        if level == 1 {
            if let Some(first) = self.page.first_h1 {
                let what = Diagnostic::warning("heading-h1", "a page has two level-one headings")
                    .hint("write `##` here: a page has one title");
                let what = what.at(self.page.path, span, "the second one");
                self.page.report(what, first, "the first one");
            }
            self.page.first_h1.get_or_insert(span);
        }
        if level > before + 1 {
            let message = format!("a heading of level {level} follows one of level {before}");
            let hashes = "#".repeat(usize::from(before) + 1);
            let what = Diagnostic::warning("heading-skip", message).hint(format!(
                "write `{hashes}`, so that readers can follow the outline"
            ));
            self.page.report(what, span, "a level is skipped");
        }
    }

    fn note_title(&mut self, heading: &Heading, title: &str) {
        if heading.level != 1 || self.first_title.is_some() {
            return;
        }
        self.first_title = Some(title.into());
        if heading.opens && self.place == TextPlace::Page {
            self.title_pieces = Some(self.out.flush());
        }
    }
}

fn with_label(mut link: String, title: &str) -> String {
    link.push_str("\" aria-label=\"");
    escape_attribute(title, &mut link);
    link.push_str("\">#</a>");
    link
}
