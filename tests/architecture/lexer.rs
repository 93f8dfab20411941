//! Rust source to tokens: enough of the language to see names, without comments and texts.

/// A token: a name, `::`, one sign, or a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// As written; a literal is shown as [`LITERAL`].
    pub(crate) text: &'a str,
    /// The line it begins on, from 1.
    pub(crate) line: usize,
}

/// Stands for every text, character and number.
pub(crate) const LITERAL: &str = "\"";

impl Token<'_> {
    /// Whether it is a name or keyword.
    pub(crate) fn is_name(self) -> bool {
        self.text
            .starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// The tokens of a file.
pub(crate) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer {
        source,
        at: 0,
        line: 1,
    };
    let mut found = Vec::new();
    while let Some(token) = lexer.next() {
        found.push(token);
    }
    found
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    /// Takes `length` bytes and counts their lines.
    fn take(&mut self, length: usize) -> &'a str {
        let taken = &self.rest()[..length.min(self.rest().len())];
        self.at += taken.len();
        self.line += taken.matches('\n').count();
        taken
    }

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_blanks_and_comments();
        let line = self.line;
        let first = self.rest().chars().next()?;
        let text = match first {
            _ if is_name_start(first) => self.name(),
            '0'..='9' => self.literal(while_true(self.rest(), |c| c.is_alphanumeric() || c == '_')),
            '"' => self.literal(quoted(self.rest(), '"')),
            '\'' => self.quote(),
            ':' if self.rest().starts_with("::") => self.take(2),
            other => self.take(other.len_utf8()),
        };
        Some(Token { text, line })
    }

    fn skip_blanks_and_comments(&mut self) {
        loop {
            let rest = self.rest();
            let length = if rest.starts_with("//") {
                while_true(rest, |c| c != '\n')
            } else if rest.starts_with("/*") {
                comment(rest)
            } else {
                while_true(rest, char::is_whitespace)
            };
            if length == 0 {
                return;
            }
            self.take(length);
        }
    }

    fn literal(&mut self, length: usize) -> &'a str {
        self.take(length);
        LITERAL
    }

    /// A name, or a literal that begins with one: `r#"…"#`, `b"…"`, `b'x'`.
    fn name(&mut self) -> &'a str {
        let rest = self.rest();
        let length = while_true(rest, is_name);
        let (name, behind) = rest.split_at(length);
        match name {
            "r" | "br" | "cr" if raw(behind) > 0 => self.literal(length + raw(behind)),
            "r" if behind.starts_with('#') => {
                // A raw identifier: its name counts.
                self.take(2);
                self.name()
            }
            "b" | "c" if behind.starts_with('"') => self.literal(length + quoted(behind, '"')),
            "b" if behind.starts_with('\'') => self.literal(length + quoted(behind, '\'')),
            _ => self.take(length),
        }
    }

    /// A character, or a lifetime, which is handed out as its sign alone.
    fn quote(&mut self) -> &'a str {
        let rest = self.rest();
        let mut chars = rest.chars().skip(1);
        let is_character = match (chars.next(), chars.next()) {
            (Some('\\'), _) => true,
            (Some(_), second) => second == Some('\''),
            _ => false,
        };
        if is_character {
            return self.literal(quoted(rest, '\''));
        }
        let lifetime = 1 + while_true(&rest[1..], is_name);
        self.take(lifetime);
        "'"
    }
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// How many bytes at the front are such characters.
fn while_true(text: &str, such: impl Fn(char) -> bool) -> usize {
    text.find(|c| !such(c)).unwrap_or(text.len())
}

/// The length of a text that begins with a quote; all that is left where it has no end.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of what stands behind the `r` of a raw text; 0 where there is none.
fn raw(text: &str) -> usize {
    let hashes = while_true(text, |c| c == '#');
    if !text[hashes..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let inside = hashes + 1;
    text[inside..]
        .find(&end)
        .map_or(text.len(), |at| inside + at + end.len())
}

/// The length of a block comment, with the ones inside it.
fn comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<&str> {
        tokens(source).iter().map(|token| token.text).collect()
    }

    #[test]
    fn comments_and_texts_are_no_code() {
        assert_eq!(texts("a // b\n/* c /* d */ e */ f"), ["a", "f"]);
        assert_eq!(
            texts(r##"f("x\"y", r#"a"b"#, b"z", 'q', '\'', b'\n')"##).len(),
            14
        );
        assert_eq!(texts("\"tera::Tera\"; 'a'"), [LITERAL, ";", LITERAL]);
    }

    #[test]
    fn lifetimes_are_no_characters() {
        assert_eq!(texts("&'a str, 'static"), ["&", "'", "str", ",", "'"]);
        assert_eq!(texts("r#type::x"), ["type", "::", "x"]);
    }

    #[test]
    fn lines_are_counted_through_texts() {
        let found = tokens("a \"\n\n\" b\n/*\n*/ c");
        let lines: Vec<usize> = found.iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 1, 3, 5]);
    }
}
