//! Footnotes: numbers in the order of their first mention, notes in this order at the end of the
//! text, ids unique within the page.

use super::Writer;
use crate::base::slug::slugify;
use crate::content::markdown::pieces::Pieces;
use std::collections::HashMap;

/// The footnotes of one text.
#[derive(Default)]
pub(super) struct Footnotes {
    by_label: HashMap<Box<str>, Footnote>,
    /// How many were mentioned.
    mentioned: usize,
    /// The labels of the notes being written, each with the output around it.
    open: Vec<(Box<str>, Pieces)>,
    /// The notes that are written, in the order of the text.
    written: Vec<(Box<str>, Pieces)>,
    /// Bytes of HTML in all outputs but the current one.
    pub(super) bytes: usize,
}

#[derive(Clone)]
struct Footnote {
    /// Its number, once it was mentioned.
    number: Option<usize>,
    /// The id of the note.
    id: Box<str>,
    /// The ids of its mentions.
    mentions: Vec<Box<str>>,
}

impl Writer<'_, '_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let mut note = self.footnote(label);
        let number = note.number.unwrap_or_else(|| {
            self.footnotes.mentioned += 1;
            self.footnotes.mentioned
        });
        note.number = Some(number);
        if let Some(image) = &mut self.image {
            image.alt.push_str(&format!("[{number}]"));
        } else {
            let id = self.mention_id(label, note.mentions.len());
            self.inline();
            self.out.push("<sup class=\"footnote-reference\" id=\"");
            self.out.attribute(&id);
            self.out.push("\"><a href=\"#");
            self.out.address(&note.id);
            self.out.push(&format!("\">{number}</a></sup>"));
            note.mentions.push(id);
        }
        self.footnotes.by_label.insert(label.into(), note);
    }

    fn mention_id(&mut self, label: &str, before: usize) -> Box<str> {
        let slug = slugify(label);
        match before {
            0 => self.page.id(&format!("fnref-{slug}")),
            _ => self.page.id(&format!("fnref-{slug}-{}", before + 1)),
        }
    }

    /// What follows is written apart: it has its place at the end.
    pub(super) fn open_footnote(&mut self, label: &str) {
        let note = self.footnote(label);
        self.footnotes.by_label.insert(label.into(), note);
        self.open_block("");
        let around = std::mem::take(&mut self.out);
        self.footnotes.bytes += around.written();
        self.footnotes.open.push((label.into(), around));
    }

    pub(super) fn close_footnote(&mut self) {
        self.close_block("");
        let Some((label, around)) = self.footnotes.open.pop() else {
            return;
        };
        self.footnotes.bytes += self.out.written();
        self.footnotes.bytes -= around.written();
        let note = std::mem::replace(&mut self.out, around);
        self.footnotes.written.push((label, note));
    }

    fn footnote(&mut self, label: &str) -> Footnote {
        if let Some(note) = self.footnotes.by_label.get(label) {
            return note.clone();
        }
        Footnote {
            number: None,
            id: self.page.id(&format!("fn-{}", slugify(label))),
            mentions: Vec::new(),
        }
    }

    /// Writes all notes; those that nothing mentions come last.
    pub(super) fn write_footnotes(&mut self) {
        let Footnotes {
            mut by_label,
            mut written,
            ..
        } = std::mem::take(&mut self.footnotes);
        if written.is_empty() {
            return;
        }
        let number = |label: &str| by_label.get(label).and_then(|note| note.number);
        written.sort_by_key(|(label, _)| number(label).unwrap_or(usize::MAX));
        self.out.fresh_line();
        self.out
            .push("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        for (label, mut text) in written {
            // A second note of the same label is left out, as GitHub does.
            let Some(note) = by_label.remove(&label) else {
                continue;
            };
            self.out.push("<li class=\"footnote-definition\" id=\"");
            self.out.attribute(&note.id);
            self.out.push("\">\n");
            lead_back(&mut text, &note.mentions);
            self.out.append(text);
            self.out.fresh_line();
            self.out.push("</li>\n");
        }
        self.out.push("</ol>\n</section>\n");
    }
}

/// Adds the ways back to where a note is mentioned, in its last paragraph.
fn lead_back(text: &mut Pieces, mentions: &[Box<str>]) {
    if mentions.is_empty() {
        return;
    }
    let in_paragraph = text.reopen_paragraph();
    if !in_paragraph {
        text.fresh_line();
        text.push("<p>");
    }
    for (at, mention) in mentions.iter().enumerate() {
        if in_paragraph || at > 0 {
            text.push(" ");
        }
        text.push("<a class=\"footnote-backref\" href=\"#");
        text.address(mention);
        text.push("\" role=\"doc-backlink\">↩");
        if at > 0 {
            text.push(&format!("<sup>{}</sup>", at + 1));
        }
        text.push("</a>");
    }
    text.push("</p>\n");
}
