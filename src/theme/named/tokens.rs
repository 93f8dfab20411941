//! The words, texts and signs of a tag.

/// A part of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Word(&'a str),
    /// A text, without its quotes.
    Text(&'a str),
    Number,
    Sign(char),
}

pub(super) fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
}

pub(super) fn tokens(tag: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = tag;
    while let Some(first) = rest.chars().next() {
        let inside = |c: char| c.is_alphanumeric() || c == '_';
        let length;
        if matches!(first, '"' | '\'' | '`') {
            let end = end_of_text(rest, first);
            found.push(Token::Text(&rest[1..end]));
            length = (end + 1).min(rest.len());
        } else if inside(first) {
            length = rest.find(|c| !inside(c)).unwrap_or(rest.len());
            found.push(match first.is_ascii_digit() {
                true => Token::Number,
                false => Token::Word(&rest[..length]),
            });
        } else {
            length = first.len_utf8();
            if !first.is_whitespace() {
                found.push(Token::Sign(first));
            }
        }
        rest = &rest[length..];
    }
    found
}

pub(super) fn end_of_text(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at,
            _ => {}
        }
    }
    rest.len()
}
