//! The words of theme and site: `i18n/<language>.toml`, the site's over the theme's.

use crate::base::Map;
use crate::data::{Node, Raw};

/// Words by language number and key.
#[derive(Clone, Debug, Default)]
pub struct Words {
    by_lang: Vec<Map<Box<str>, Box<str>>>,
}

impl Words {
    /// For so many languages.
    pub fn new(languages: usize) -> Self {
        Self {
            by_lang: vec![Map::default(); languages],
        }
    }

    /// Adds the words of a file; words that are there already are replaced. Gives the keys
    /// whose values are no texts.
    pub fn add(&mut self, lang: u8, table: &Node) -> Vec<Node> {
        let Raw::Table(entries) = &table.raw else {
            return vec![table.clone()];
        };
        let mut wrong = Vec::new();
        for (key, value) in entries {
            match &value.raw {
                Raw::Text(text) => {
                    self.by_lang[lang as usize].insert(key.name.clone(), text.clone());
                }
                _ => wrong.push(value.clone()),
            }
        }
        wrong
    }

    /// A word in a language, else in the site's default language.
    pub fn get(&self, lang: u8, key: &str) -> Option<&str> {
        let own = self
            .by_lang
            .get(lang as usize)
            .and_then(|words| words.get(key));
        own.or_else(|| self.by_lang.first()?.get(key))
            .map(|word| &**word)
    }

    /// All keys of a language, in order.
    pub fn keys(&self, lang: u8) -> Vec<&str> {
        let mut keys: Vec<&str> = self
            .by_lang
            .get(lang as usize)
            .map(|words| words.keys().map(|key| &**key).collect())
            .unwrap_or_default();
        keys.sort_unstable();
        keys
    }
}
