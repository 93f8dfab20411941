//! Patterns of words, for values with a form of their own.

use serde_json::{Value, json};

use crate::data::Choice;

pub(super) const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
pub(super) const URL: &str = r"^\s*[hH][tT][tT][pP][sS]?://[^\s/]\S*\s*$";
pub(super) const PHONE: &str = r"^\s*\+?[0-9 .()-]{8,}\s*$";
pub(super) const DATE: &str = "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].*)?\\s*$";
/// At most two decimals, so that `12,500` is not taken for twelve and a half.
pub(super) const PERCENT: &str = r"^\s*\+?[0-9_]*([.,][0-9_]*)?\s*%*\s*$";

/// One of several words. Editors offer those of the list; the pattern takes them in large letters
/// too, and with spaces, hyphens and underscores alike, as the reader does.
pub(super) fn choice(choices: &[Choice]) -> Value {
    let words: Vec<&str> = choices
        .iter()
        .flat_map(|choice| std::iter::once(&choice.value).chain(&choice.aliases))
        .map(|word| &**word)
        .collect();
    one_of(&words)
}

/// One of these words.
pub(super) fn one_of(words: &[&str]) -> Value {
    let patterns: Vec<String> = words.iter().map(|word| pattern(word)).collect();
    let any = format!(r"^\s*({})\s*$", patterns.join("|"));
    json!({ "anyOf": [{ "enum": words }, { "type": "string", "pattern": any }] })
}

/// Matches a word whatever its case, and however its parts are joined.
fn pattern(word: &str) -> String {
    word.trim().chars().map(letter).collect()
}

fn letter(letter: char) -> String {
    let small: String = letter.to_lowercase().collect();
    let large: String = letter.to_uppercase().collect();
    match letter {
        ' ' | '-' | '_' => "[ _-]".to_owned(),
        _ if small != large => format!("({small}|{large})"),
        _ if r"^$\.*+?()[]{}|/".contains(letter) => format!(r"\{letter}"),
        _ => letter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn words_match_however_they_are_written() {
        assert_eq!(pattern("e-mail"), "(e|E)[ _-](m|M)(a|A)(i|I)(l|L)");
        assert_eq!(pattern("é+1"), "(é|É)\\+1");
    }
}
