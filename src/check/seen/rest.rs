//! Where in a file its tags and texts stand.

/// What of the file is still to come: the tokenizer tells lines, not bytes.
#[derive(Default)]
pub(super) struct Rest<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Rest<'a> {
    pub(super) fn of(html: &'a str) -> Self {
        Self { html, at: 0 }
    }

    /// Goes behind a tag; stays where there is none.
    pub(super) fn pass_tag(&mut self, opening: &str, name: &str) {
        let begins = |at: &usize| {
            let tag = &self.html.as_bytes()[self.at + at + opening.len()..];
            tag.get(..name.len())
                .is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()))
        };
        let all = self.html[self.at..].match_indices(opening);
        let Some(start) = all.map(|(at, _)| at).find(begins) else {
            return;
        };
        let mut quote = None;
        let end = self.html.as_bytes()[self.at + start..]
            .iter()
            .position(|byte| {
                match (quote, byte) {
                    (None, b'>') => return true,
                    (None, b'"' | b'\'') => quote = Some(*byte),
                    (Some(open), byte) if open == *byte => quote = None,
                    _ => {}
                }
                false
            });
        self.at = end.map_or(self.html.len(), |end| self.at + start + end + 1);
    }

    pub(super) fn pass_comment(&mut self) {
        let rest = &self.html[self.at..];
        let start = rest.find("<!--").unwrap_or_default();
        self.at += rest[start..].find("-->").map_or(0, |end| start + end + 3);
    }

    /// Where a text begins; goes behind it.
    pub(super) fn pass_text(&mut self, text: &str) -> usize {
        let rest = &self.html[self.at..];
        if rest.starts_with(text) {
            self.at += text.len();
            return self.at - text.len();
        }
        let at = self.at;
        let reference = rest.starts_with('&').then(|| rest.find(';')).flatten();
        match (reference, rest.find(text)) {
            (Some(end), _) => self.at += end + 1,
            (None, Some(found)) => self.at += found + text.len(),
            (None, None) => {}
        }
        at
    }
}
