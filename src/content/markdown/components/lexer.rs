//! The tokens inside a component tag, as Tera 2.4 reads them.

use std::borrow::Cow;
use std::ops::Range;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// A name.
    Word(&'t str),
    /// A text without its quotes, escapes resolved.
    Text(Cow<'t, str>),
    /// Digits.
    Int(&'t str),
    /// Digits with a dot.
    Float(&'t str),
    /// `true`, `True`, `false` or `False`.
    Bool(bool),
    /// Three dots.
    Spread,
    /// A character with a meaning, or one without.
    Char(char),
    /// `}}` or `%}`, whichever ends this tag.
    End,
    /// A text whose quote is never closed.
    OpenText(char),
    /// A text with a backslash before this character, which has no such escape.
    BadEscape(char),
    /// The end of the file.
    Eof,
}

/// Reads the tokens of one tag.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// `}}` or `%}`.
    end: &'static str,
    /// Braces that are open: while there are any, `}}` closes two of them. Tera takes it for the
    /// end of the tag; there a blank has to stand between.
    open: usize,
}

impl<'t> Lexer<'t> {
    /// Begins at byte `at`; `end` closes the tag.
    pub(super) fn new(text: &'t str, at: usize, end: &'static str) -> Self {
        Self {
            text,
            at,
            end,
            open: 0,
        }
    }

    /// What closes the tag.
    pub(super) fn end(&self) -> &'static str {
        self.end
    }

    /// The next token without taking it.
    pub(super) fn peek(&self) -> (Token<'t>, Range<usize>) {
        let start = self.skip_blanks();
        let rest = &self.text[start..];
        let (token, length) = match rest.starts_with('}') && self.open > 0 {
            true => (Token::Char('}'), 1),
            false => read(rest, self.end),
        };
        (token, start..start + length)
    }

    /// The next token.
    pub(super) fn next(&mut self) -> (Token<'t>, Range<usize>) {
        let (token, range) = self.peek();
        self.at = range.end;
        match token {
            Token::Char('{') => self.open += 1,
            Token::Char('}') => self.open = self.open.saturating_sub(1),
            _ => {}
        }
        (token, range)
    }

    /// Takes the next token when it is `char`.
    pub(super) fn take(&mut self, char: char) -> bool {
        let fits = self.peek().0 == Token::Char(char);
        if fits {
            self.next();
        }
        fits
    }

    fn skip_blanks(&self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        let blanks = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
        self.at + blanks
    }
}

fn read<'t>(rest: &'t str, end: &str) -> (Token<'t>, usize) {
    if let Some(length) = end_length(rest, end) {
        return (Token::End, length);
    }
    match rest.chars().next() {
        None => (Token::Eof, 0),
        Some('.') if rest.starts_with("...") => (Token::Spread, 3),
        Some(quote @ ('"' | '\'' | '`')) => text(rest, quote),
        Some(c) if c.is_ascii_digit() => number(rest),
        Some(c) if c.is_ascii_alphabetic() || c == '_' => word(rest),
        Some(c) => (Token::Char(c), c.len_utf8()),
    }
}

/// The length of the tag's end with its optional `-`, which in a template eats blanks and here
/// means nothing.
fn end_length(rest: &str, end: &str) -> Option<usize> {
    let bare = rest.strip_prefix('-').unwrap_or(rest);
    bare.starts_with(end)
        .then(|| rest.len() - bare.len() + end.len())
}

fn word(rest: &str) -> (Token<'_>, usize) {
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let length = rest.bytes().take_while(is_part).count();
    let token = match &rest[..length] {
        "true" | "True" => Token::Bool(true),
        "false" | "False" => Token::Bool(false),
        word => Token::Word(word),
    };
    (token, length)
}

fn number(rest: &str) -> (Token<'_>, usize) {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(rest);
    if rest.as_bytes().get(whole) != Some(&b'.') {
        return (Token::Int(&rest[..whole]), whole);
    }
    let length = whole + 1 + digits(&rest[whole + 1..]);
    (Token::Float(&rest[..length]), length)
}

fn text(rest: &str, quote: char) -> (Token<'_>, usize) {
    let mut escaped = false;
    let mut has_escapes = false;
    let close = rest.bytes().skip(1).position(|byte| {
        if escaped {
            escaped = false;
            return false;
        }
        escaped = byte == b'\\';
        has_escapes |= escaped;
        byte == quote as u8
    });
    let Some(length) = close else {
        return (Token::OpenText(quote), rest.len());
    };
    let inner = &rest[1..=length];
    let token = if has_escapes {
        unescape(inner)
    } else {
        Token::Text(Cow::Borrowed(inner))
    };
    (token, length + 2)
}

fn unescape(inner: &str) -> Token<'_> {
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some(c @ ('"' | '\'' | '/' | '\\')) => out.push(c),
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            other => return Token::BadEscape(other.unwrap_or('\\')),
        }
    }
    Token::Text(Cow::Owned(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens<'t>(text: &'t str, end: &'static str) -> Vec<Token<'t>> {
        let mut lexer = Lexer::new(text, 0, end);
        let mut all = Vec::new();
        loop {
            let (token, _) = lexer.next();
            all.push(token.clone());
            if matches!(token, Token::End | Token::Eof | Token::OpenText(_)) {
                return all;
            }
        }
    }

    #[test]
    fn reads_what_tera_reads() {
        use Token::*;
        let text = "a.b_1 n={-3} f={1.5} s='it\\'s' t=`x` true {...m} /> -}}";
        let expected = vec![
            Word("a"),
            Char('.'),
            Word("b_1"),
            Word("n"),
            Char('='),
            Char('{'),
            Char('-'),
            Int("3"),
            Char('}'),
            Word("f"),
            Char('='),
            Char('{'),
            Float("1.5"),
            Char('}'),
            Word("s"),
            Char('='),
            Text("it's".into()),
            Word("t"),
            Char('='),
            Text("x".into()),
            Bool(true),
            Char('{'),
            Spread,
            Word("m"),
            Char('}'),
            Char('/'),
            Char('>'),
            End,
        ];
        assert_eq!(tokens(text, "}}"), expected);
    }

    #[test]
    fn the_end_is_the_tags_own() {
        assert_eq!(tokens("%}}", "}}"), vec![Token::Char('%'), Token::End]);
        assert_eq!(tokens("}}%}", "%}")[2], Token::End);
    }

    #[test]
    fn faults_in_texts_are_tokens() {
        assert_eq!(tokens("\"ab", "}}"), vec![Token::OpenText('"')]);
        assert_eq!(tokens("'\\d'", "}}")[0], Token::BadEscape('d'));
        assert_eq!(tokens("", "}}"), vec![Token::Eof]);
    }
}
