//! Footnotes: numbers in the order of their first mention, ids unique within the page.

use super::Writer;
use crate::base::slug::slugify;
use std::collections::HashMap;

/// The footnotes of one text, by label.
#[derive(Default)]
pub(super) struct Footnotes(HashMap<Box<str>, Footnote>);

#[derive(Clone)]
struct Footnote {
    number: usize,
    /// The id of the note.
    id: Box<str>,
    /// The id of its first mention, once there is one.
    mention: Option<Box<str>>,
}

impl Writer<'_, '_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let mut note = self.footnote(label);
        if let Some(image) = &mut self.image {
            image.alt.push_str(&format!("[{}]", note.number));
            return;
        }
        self.inline();
        self.out.push("<sup class=\"footnote-reference\"");
        if note.mention.is_none() {
            let id = self.page.id(&format!("{}-ref", note.id));
            self.out.push(" id=\"");
            self.out.attribute(&id);
            self.out.push("\"");
            note.mention = Some(id);
        }
        self.out.push("><a href=\"#");
        self.out.address(&note.id);
        self.out.push(&format!("\">{}</a></sup>", note.number));
        self.footnotes.0.insert(label.into(), note);
    }

    pub(super) fn open_footnote(&mut self, label: &str) {
        let note = self.footnote(label);
        self.open_block("<div class=\"footnote-definition\" id=\"");
        self.out.attribute(&note.id);
        self.out
            .push("\"><sup class=\"footnote-definition-label\">");
        match &note.mention {
            Some(mention) => {
                self.out.push("<a href=\"#");
                self.out.address(mention);
                self.out.push(&format!("\">{}</a>", note.number));
            }
            None => self.out.push(&note.number.to_string()),
        }
        self.out.push("</sup>");
        self.footnotes.0.insert(label.into(), note);
    }

    fn footnote(&mut self, label: &str) -> Footnote {
        if let Some(note) = self.footnotes.0.get(label) {
            return note.clone();
        }
        Footnote {
            number: self.footnotes.0.len() + 1,
            id: self.page.id(&format!("fn-{}", slugify(label))),
            mention: None,
        }
    }
}
