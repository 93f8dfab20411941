//! The output while it grows: HTML that merges into one piece until a slot ends it.

use super::escape;
use crate::base::text::escape_attribute;
use crate::content::body::Piece;

/// Pieces that are finished and the HTML that is being written.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    done: Vec<Piece>,
    /// The piece being written.
    pub(super) html: String,
    /// Bytes of HTML in `done`.
    flushed: usize,
    /// Whether the last finished piece ends inside a line.
    in_line: bool,
}

/// A place in the output, to come back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pieces: usize,
    byte: usize,
}

impl Pieces {
    /// Room for the HTML of a text of `length` bytes.
    pub(super) fn for_text(length: usize) -> Self {
        Self {
            html: String::with_capacity(length + length / 4),
            ..Self::default()
        }
    }

    /// Appends HTML.
    pub(super) fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Appends text, escaped.
    pub(super) fn text(&mut self, text: &str) {
        escape::push_text(&mut self.html, text);
    }

    /// Appends the value of an attribute, escaped.
    pub(super) fn attribute(&mut self, text: &str) {
        escape_attribute(text, &mut self.html);
    }

    /// Appends an address, percent-encoded and escaped.
    pub(super) fn address(&mut self, address: &str) {
        escape::push_address(&mut self.html, address);
    }

    /// Appends a slot.
    pub(super) fn slot(&mut self, piece: Piece) {
        self.flush();
        self.done.push(piece);
        self.in_line = true;
    }

    /// Ends the piece being written, so that the next HTML begins a new one; gives the number
    /// of pieces before it.
    pub(super) fn flush(&mut self) -> usize {
        if !self.html.is_empty() {
            self.flushed += self.html.len();
            self.in_line = !self.html.ends_with('\n');
            // Copied, not shrunk: the buffer keeps its room for the next piece.
            self.done.push(Piece::Html(self.html.as_str().into()));
            self.html.clear();
        }
        self.done.len()
    }

    /// A line feed, unless one stands there already or nothing was written yet.
    pub(super) fn fresh_line(&mut self) {
        let in_line = match self.html.as_bytes().last() {
            Some(byte) => *byte != b'\n',
            None => self.in_line,
        };
        if in_line {
            self.html.push('\n');
        }
    }

    /// Bytes of HTML so far.
    pub(super) fn written(&self) -> usize {
        self.flushed + self.html.len()
    }

    /// Whether nothing was written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.done.is_empty() && self.html.is_empty()
    }

    /// The place where the next HTML will stand.
    pub(super) fn place(&self) -> Place {
        Place {
            pieces: self.done.len(),
            byte: self.html.len(),
        }
    }

    /// Puts HTML where `place` is: an opening tag that had to wait for what it holds.
    pub(super) fn insert(&mut self, place: Place, html: &str) {
        if place.pieces == self.done.len() {
            return self.html.insert_str(place.byte, html);
        }
        self.flushed += html.len();
        if let Piece::Html(text) = &mut self.done[place.pieces] {
            let mut longer = String::from(std::mem::take(text));
            longer.insert_str(place.byte, html);
            *text = longer.into_boxed_str();
            return;
        }
        // A slot came first: what was open at `place` had nothing before it.
        self.done.insert(place.pieces, Piece::Html(html.into()));
    }

    /// Takes the `<p>` away from what is one paragraph.
    pub(super) fn unwrap_paragraph(&mut self) {
        if !self.html.ends_with("</p>\n") {
            return;
        }
        let opened = match self.done.first_mut() {
            Some(Piece::Html(first)) => without_start(first),
            Some(_) => false,
            None => self.html.starts_with("<p>"),
        };
        if opened {
            self.html.truncate(self.html.len() - "</p>\n".len());
        }
        if opened && self.done.is_empty() {
            self.html.drain(.."<p>".len());
        }
    }

    /// Ends the paragraph whose `<p>` is open, or takes the `<p>` back when nothing follows it.
    pub(super) fn part_paragraph(&mut self) {
        if self.html.ends_with("<p>") {
            self.html.truncate(self.html.len() - "<p>".len());
        } else {
            self.html.truncate(self.html.trim_end().len());
            self.html.push_str("</p>\n");
        }
    }

    /// Appends what was written apart.
    pub(super) fn append(&mut self, other: Self) {
        for piece in other.done {
            match piece {
                Piece::Html(html) => self.push(&html),
                slot => self.slot(slot),
            }
        }
        self.push(&other.html);
    }

    /// Takes the end of the paragraph back that was written last, if one was.
    pub(super) fn reopen_paragraph(&mut self) -> bool {
        let end = "</p>\n";
        let ends = self.html.ends_with(end);
        if ends {
            self.html.truncate(self.html.len() - end.len());
        }
        ends
    }

    /// All pieces, in as little memory as they need.
    pub(super) fn finish(mut self) -> Vec<Piece> {
        if !self.html.is_empty() {
            self.done.push(Piece::Html(self.html.into_boxed_str()));
        }
        self.done.shrink_to_fit();
        self.done
    }
}

fn without_start(html: &mut Box<str>) -> bool {
    let Some(rest) = html.strip_prefix("<p>") else {
        return false;
    };
    *html = rest.into();
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::content::body::Link;

    fn link() -> Piece {
        Piece::Link(Box::new(Link {
            target: "x".into(),
            anchor: None,
            span: Span::new(0, 1),
            raw: None,
        }))
    }

    #[test]
    fn html_merges_and_slots_part_it() {
        let mut pieces = Pieces::default();
        pieces.push("a");
        pieces.push("b");
        pieces.slot(link());
        pieces.push("c");
        let expected = vec![Piece::Html("ab".into()), link(), Piece::Html("c".into())];
        assert_eq!(pieces.finish(), expected);
    }

    #[test]
    fn html_is_put_in_wherever_the_place_is_by_then() {
        let mut pieces = Pieces::default();
        let start = pieces.place();
        pieces.slot(link());
        let middle = pieces.place();
        pieces.push("b");
        let after = pieces.place();
        pieces.push("c");
        pieces.insert(after, "-");
        pieces.slot(link());
        pieces.insert(middle, "<h>");
        pieces.insert(start, "0");
        let expected = vec![
            Piece::Html("0".into()),
            link(),
            Piece::Html("<h>b-c".into()),
            link(),
        ];
        assert_eq!(pieces.finish(), expected);
    }
}
