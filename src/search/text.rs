//! The plain text of a body: what a reader sees, without tags and entities.

use crate::content::{Body, Piece};

/// Elements whose text nobody reads.
const UNREAD: [&str; 4] = ["script", "style", "math", "svg"];

/// Appends the plain text of a body.
pub(super) fn push(body: &Body, out: &mut String) {
    let mut reader = Reader::default();
    reader.body(body, out);
}

/// Reads HTML that comes in pieces: a tag may begin in one and end in another.
#[derive(Default)]
struct Reader {
    /// The part of an open tag that was seen, without `<`.
    tag: Option<String>,
    /// The element whose text is passed over.
    unread: Option<&'static str>,
}

impl Reader {
    fn body(&mut self, body: &Body, out: &mut String) {
        for piece in &body.pieces {
            match piece {
                Piece::Html(html) => self.html(html, out),
                // The value of an attribute: the tag around it is HTML.
                Piece::Link(_) => {}
                Piece::Image(image) => {
                    out.push_str(&image.alt);
                    out.push(' ');
                }
                Piece::Component(component) => {
                    if let Some(inner) = &component.body {
                        self.body(inner, out);
                    }
                }
            }
        }
    }

    fn html(&mut self, html: &str, out: &mut String) {
        let mut rest = html;
        loop {
            if let Some(tag) = &mut self.tag {
                let Some(end) = rest.find('>') else {
                    tag.push_str(rest);
                    return;
                };
                tag.push_str(&rest[..end]);
                rest = &rest[end + 1..];
                let tag = self.tag.take().unwrap_or_default();
                self.close(&tag, out);
            } else {
                let end = rest.find('<').unwrap_or(rest.len());
                if self.unread.is_none() {
                    unescape(&rest[..end], out);
                }
                if end == rest.len() {
                    return;
                }
                rest = &rest[end + 1..];
                self.tag = Some(String::new());
            }
        }
    }

    /// What a whole tag means: elements part words, unless they stand within a line.
    fn close(&mut self, tag: &str, out: &mut String) {
        let (ends, name) = match tag.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, tag),
        };
        let name: String = name
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        match UNREAD.iter().find(|unread| **unread == name) {
            Some(_) if ends => self.unread = None,
            Some(unread) => self.unread = Some(unread),
            None => {}
        }
        let inline = matches!(
            &*name,
            "a" | "b" | "i" | "em" | "strong" | "span" | "code" | "abbr" | "mark"
        );
        if !inline && self.unread.is_none() {
            out.push(' ');
        }
    }
}

/// The entities that our own writer makes, and numbers; what is left reads as it stands.
fn unescape(html: &str, out: &mut String) {
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (sign, length) = entity(rest);
        out.push(sign);
        rest = &rest[length..];
    }
    out.push_str(rest);
}

fn entity(text: &str) -> (char, usize) {
    const KNOWN: [(&str, char); 6] = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&nbsp;", ' '),
    ];
    KNOWN
        .iter()
        .find(|(name, _)| text.starts_with(name))
        .map_or(('&', 1), |(name, sign)| (*sign, name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(pieces: &[&str]) -> String {
        let body = Body {
            pieces: pieces
                .iter()
                .map(|html| Piece::Html((*html).into()))
                .collect(),
            ..Body::default()
        };
        let mut out = String::new();
        push(&body, &mut out);
        crate::base::text::collapse(&out)
    }

    #[test]
    fn tags_and_entities_are_gone() {
        assert_eq!(plain(&["<p>A &amp; <b>b</b>c</p><p>d</p>"]), "A & bc d");
    }

    #[test]
    fn a_tag_may_come_in_pieces() {
        assert_eq!(
            plain(&["<p><a href=\"", "\">tautan</a> ini</p>"]),
            "tautan ini"
        );
    }

    #[test]
    fn scripts_are_not_read() {
        assert_eq!(plain(&["a<script>let x = 1;</script>b"]), "a b");
    }
}
