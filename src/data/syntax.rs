//! The two syntaxes, and how each writes the line that a fix shows.

/// A syntax of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines, and `silabus.toml`.
    Toml,
}

impl Syntax {
    /// The line that opens and closes front matter of this syntax.
    pub fn fence(self) -> &'static str {
        match self {
            Self::Yaml => "---",
            Self::Toml => "+++",
        }
    }

    /// `YAML` or `TOML`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Toml => "TOML",
        }
    }

    /// What stands between a key and its value.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Yaml => ": ",
            Self::Toml => " = ",
        }
    }

    /// A text as a value: YAML needs no quotes around simple words.
    pub fn word(self, text: &str) -> String {
        let simple = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
        let bare = text.starts_with(char::is_alphabetic) && text.chars().all(simple);
        match self {
            Self::Yaml if bare && text.trim() == text => text.to_owned(),
            _ => quote(text),
        }
    }

    /// `key: value` or `key = value`, with the value as given.
    pub fn assign(self, key: &str, value: &str) -> String {
        format!("{key}{}{value}", self.sign())
    }

    /// `{a: 1, b: 2}` or `{a = 1, b = 2}`, with the values as given.
    pub fn table(self, entries: &[(&str, &str)]) -> String {
        let inner: Vec<String> = entries
            .iter()
            .map(|(key, value)| self.assign(key, value))
            .collect();
        format!("{{{}}}", inner.join(", "))
    }
}

/// A text in double quotes, which both syntaxes read alike.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `text` for a message: on one line, and cut after some forty characters.
pub fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let cut: String = line.chars().take(40).collect();
    if cut.len() < text.len() {
        format!("{cut}…")
    } else {
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_each_syntax_its_own_way() {
        assert_eq!(Syntax::Yaml.assign("a", "1"), "a: 1");
        assert_eq!(Syntax::Toml.assign("a", "1"), "a = 1");
        assert_eq!(
            Syntax::Toml.table(&[("a", "1"), ("b", "2")]),
            "{a = 1, b = 2}"
        );
    }

    #[test]
    fn quotes_so_that_both_read_it_back() {
        assert_eq!(quote("a\"b\\c\nd"), r#""a\"b\\c\nd""#);
    }

    #[test]
    fn shortens_long_and_many_lined_texts() {
        assert_eq!(shorten("satu"), "satu");
        assert_eq!(shorten("satu\ndua"), "satu…");
        assert_eq!(shorten(&"x".repeat(50)).chars().count(), 41);
    }
}
