//! Which fields of pages the templates of a site can see at all.
//!
//! A card has some forty fields, and a theme names a dozen of them. What no template names is not
//! put into the values of pages, which saves a sixth of a build's work. Tera does not tell what a
//! template reads, so the sources are read: a field counts as named where its name stands in any
//! tag, as a word or inside a text. Where a template may look at a page as a whole, by printing
//! it, going through its fields, or by a name that is not written out, all fields are kept.

mod reading;
mod tokens;

use reading::{Tag, holders, tags_of};
use tokens::{Token, words_of};

use crate::base::{Fingerprint, Hasher, Map};

/// The fields that templates can see.
#[derive(Default)]
pub(super) struct Named {
    /// None where all are kept.
    words: Option<Map<Box<str>, ()>>,
}

/// Kept whatever is named, so that values differ wherever whole ones would: addresses tell pages
/// from each other, and the others cards, whole pages and bare links.
const ALWAYS: [&str; 5] = ["path", "permalink", "kind", "reading_time", "word_count"];

impl Named {
    /// Of the texts of all templates.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let tags: Vec<Tag<'a>> = texts.flat_map(tags_of).collect();
        let holders = holders(&tags);
        if tags.iter().any(|tag| tag.read(&holders).sees_all()) {
            return Self::default();
        }
        let mut words: Map<Box<str>, ()> =
            ALWAYS.map(|word| (word.into(), ())).into_iter().collect();
        let mut add = |word: &str| {
            words.insert(word.into(), ());
        };
        for token in tags.iter().flat_map(|tag| &tag.tokens) {
            match token {
                Token::Word(word) => add(word),
                Token::Text(text) => words_of(text).for_each(&mut add),
                Token::Number | Token::Sign(_) => {}
            }
        }
        Self { words: Some(words) }
    }

    /// Whether a field can be seen.
    pub(super) fn has(&self, field: &str) -> bool {
        self.words
            .as_ref()
            .is_none_or(|words| words.contains_key(field))
    }

    /// Whether fields may be missing.
    pub(super) fn is_part(&self) -> bool {
        self.words.is_some()
    }

    /// Stands for the ones of some fields that can be seen.
    pub(super) fn print<'f>(&self, fields: impl Iterator<Item = &'f str>) -> Fingerprint {
        let mut hasher = Hasher::new();
        for field in fields.filter(|field| self.has(field)) {
            hasher.text(field);
        }
        hasher.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(texts: &[&str]) -> Named {
        Named::of(texts.iter().copied())
    }

    #[test]
    fn what_stands_in_tags_and_their_texts_is_named() {
        let named = named(&[
            "toc <b>summary</b> {# assets #} {{ page.title | get(key=\"extra.hue\") }}{% raw %}{{ draft }}{% endraw %}",
        ]);
        for field in ["title", "extra", "hue", "permalink"] {
            assert!(named.has(field), "{field}");
        }
        for field in ["toc", "summary", "assets", "draft"] {
            assert!(!named.has(field), "{field}");
        }
    }

    #[test]
    fn what_sees_a_page_whole_keeps_all_fields() {
        for text in [
            "{{ page }}",
            "{{- page | safe }}",
            "{{ 1 if x else page }}",
            "{{ \"\" ~ page }}",
            "{{ page[field] }}",
            "{{ pages(limit=1)[0] }}",
            "{{ page.lower | json_encode }}",
            "{% for key, value in page %}{% endfor %}",
            "{% for key, value in page.course %}{% endfor %}",
            "{% set x = page %}{{ x[key] }}",
            "{% set x = section.pages | first %}{% for a, b in x %}{% endfor %}",
            "{{ <card of={page} /> }}{% component card(of) %}{{ of | keys }}{% endcomponent card %}",
            "{{ <card {...page} /> }}",
            "{% set x = {\"title\": page} %}",
            "{{ pages | sort(attribute=by) }}",
            "{{ __tera_context }}",
            "{{ get_page(path=\"a.md\") }}",
        ] {
            assert!(!named(&[text]).is_part(), "{text}");
        }
    }

    #[test]
    fn what_sees_other_values_whole_does_not() {
        for text in [
            "{{ page.title }}{{ page.tags | join(sep=\", \") }}",
            "{% for name, terms in page.taxonomies %}{{ name }}{% endfor %}",
            "{% for name, menu in config.menus %}{% endfor %}",
            "{% set zones = {\"a\": \"b\"} %}{{ zones[batch.zone] }}",
            "{% for year, group in pages | group_by(attribute=\"year\") %}{{ year }}{% endfor %}",
            "{{ page.extra | json_encode }}",
            "{{ section.pages | length }}",
            "{% if page == other %}{% endif %}",
            "{{ <card of={page} /> }}{% component lang(of) %}{{ of }}{% endcomponent lang %}",
            "{{ page[\"title\"] }}{{ page.ancestors[0] }}",
            "{% for p in pages(limit=3) %}{{ p.title }}{% endfor %}",
        ] {
            assert!(named(&[text]).is_part(), "{text}");
        }
    }
}
