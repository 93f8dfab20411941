//! Words of a text, and the stems that bring their forms together.

use std::borrow::Cow;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use crate::base::Map;
use crate::base::text::sort_key;
use crate::base::words::primary;

/// Goes into the print of an index: another way to take texts apart is another index.
pub(super) const VERSION: &str = "2";

/// The longest word that is kept, in characters; longer ones are no words.
const LONGEST: usize = 40;

/// Calls `each` with every word of a text, in lower case and without accents. `c++`, `c#` and
/// `node.js` are words.
pub(super) fn each_word(text: &str, mut each: impl FnMut(&str)) {
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        rest = &rest[start..];
        let length = word_length(rest);
        let (word, behind) = rest.split_at(length);
        rest = behind;
        let folded = folded(word);
        if folded.chars().count() <= LONGEST {
            each(&folded);
        }
    }
}

/// Letters and digits; a dot between them stays, and so do the signs of `c++` and `c#`.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_letter = chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        // A dot in a number groups thousands, one before a letter belongs to a name.
        let inside = c.is_alphanumeric() || (c == '.' && next_is_letter && end > 0);
        let behind = matches!(c, '+' | '#') && end > 0;
        if !(inside || behind) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn folded(word: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if word.bytes().all(plain) {
        return Cow::Borrowed(word);
    }
    // The key that titles are sorted by is folded already; accents stand apart in it.
    let key = sort_key(word);
    Cow::Owned(
        key.chars()
            .filter(|c| c.is_alphanumeric() || !is_mark(*c))
            .collect(),
    )
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}')
}

/// Finds stems; a word is taken apart once.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    indonesian: bool,
    known: Map<Box<str>, Box<str>>,
}

impl Stems {
    pub(super) fn new(language: &str) -> Self {
        Self {
            stemmer: algorithm(language).map(Stemmer::create),
            indonesian: matches!(primary(language), "id" | "ms"),
            known: Map::default(),
        }
    }

    pub(super) fn of(&mut self, word: &str) -> &str {
        let stemmer = &self.stemmer;
        if !self.known.contains_key(word) {
            let stem = match stemmer {
                // Names with digits and signs have no forms.
                Some(stemmer) if word.chars().all(char::is_alphabetic) => {
                    stemmer.stem(&self.whole(word)).into_owned().into()
                }
                _ => Cow::Borrowed(word),
            };
            self.known.insert(word.into(), (*stem).into());
        }
        self.known.get(word).map_or("", |stem| stem)
    }

    /// With the letter that a prefix took from the root, where the stemmer does not give it back:
    /// `pemrogram` is of `program`, as no other root stands behind `pemr-` and `memr-`.
    fn whole<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let prefix = ["pem", "mem"].into_iter().find(|prefix| {
            self.indonesian
                && word
                    .strip_prefix(prefix)
                    .is_some_and(|root| root.starts_with('r'))
        });
        match prefix {
            Some(prefix) => Cow::Owned(format!("{prefix}p{}", &word[prefix.len()..])),
            None => Cow::Borrowed(word),
        }
    }
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match primary(language) {
        "id" | "ms" => Algorithm::Indonesian,
        "en" => Algorithm::English,
        "ar" => Algorithm::Arabic,
        "de" => Algorithm::German,
        "es" => Algorithm::Spanish,
        "fr" => Algorithm::French,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ru" => Algorithm::Russian,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_word(text, |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            words("Café DI Jakarta, 2026!"),
            ["cafe", "di", "jakarta", "2026"]
        );
    }

    #[test]
    fn names_of_languages_stay_whole() {
        assert_eq!(
            words("C++, C# dan Node.js."),
            ["c++", "c#", "dan", "node.js"]
        );
        assert_eq!(words("Rp2.425.000"), ["rp2", "425", "000"]);
    }

    fn stem(language: &str, word: &str) -> String {
        Stems::new(language).of(word).to_owned()
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for form in ["pelajaran", "mengajar", "pengajar"] {
            assert_eq!(stem("id", form), stem("id", "belajar"), "{form}");
        }
        for form in ["pemrograman", "pemrogram", "memprogram", "diprogram"] {
            assert_eq!(stem("id", form), stem("id", "program"), "{form}");
        }
        assert_eq!(stem("id", "memroses"), stem("id", "proses"));
        assert_eq!(stem("id", "kursusnya"), stem("id", "kursus"));
        assert_eq!(stem("en-US", "courses"), stem("en", "course"));
        assert_eq!(stem("ja", "courses"), "courses");
    }

    #[test]
    fn names_with_signs_have_no_forms() {
        assert_eq!(stem("id", "node.js"), "node.js");
    }

    #[test]
    fn overlong_runs_are_no_words() {
        assert!(words(&"a".repeat(500)).is_empty());
    }
}
