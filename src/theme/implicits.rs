//! `page`, `config` and `lang` in components that do not declare them.
//!
//! Tera hides what surrounds a component, unless its definition takes it over with `@name`. So
//! the definition of a component that uses one of these names gets it added while it is loaded,
//! and places that Tera tells are told as they stand in the author's file.

use std::ops::Range;

use super::tags::{Definition, definitions};

/// What every component has at hand.
pub(super) const NAMES: [&str; 3] = ["page", "config", "lang"];

/// A text with names added, and where they stand in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Widened {
    /// The text that Tera reads.
    pub(super) text: String,
    /// What was added, in the order of the text.
    added: Vec<Range<usize>>,
}

impl Widened {
    /// Where a place of the text stands in what the author wrote.
    pub(super) fn written(&self, place: usize) -> usize {
        let before = self
            .added
            .iter()
            .map(|added| place.clamp(added.start, added.end) - added.start);
        place - before.sum::<usize>()
    }
}

/// `text` with the names that its components use and do not declare; none where there are none.
pub(super) fn widen(text: &str) -> Option<Widened> {
    if !text.contains("component") {
        return None;
    }
    let mut widened = Widened {
        text: String::with_capacity(text.len() + 64),
        added: Vec::new(),
    };
    let mut copied = 0;
    for definition in definitions(text) {
        let extra = missing(&definition);
        if extra.is_empty() {
            continue;
        }
        widened.text.push_str(&text[copied..definition.open]);
        copied = definition.open;
        let start = widened.text.len();
        for name in extra {
            widened.text.push_str(&format!("@{name}=none,"));
        }
        widened.added.push(start..widened.text.len());
    }
    widened.text.push_str(&text[copied..]);
    (!widened.added.is_empty()).then_some(widened)
}

fn missing(definition: &Definition<'_>) -> Vec<&'static str> {
    NAMES
        .into_iter()
        .filter(|name| {
            !words(definition.arguments).any(|word| word == *name)
                && words(definition.body).any(|word| word == *name)
        })
        .collect()
}

/// Names in a text that are no fields of others: `page` in `page.title`, but not `title`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    text.split(move |c: char| !is_name(c) && c != '.')
        .filter_map(|path| path.trim_start_matches("...").split('.').next())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widened(text: &str) -> String {
        widen(text).map_or_else(|| text.to_owned(), |widened| widened.text)
    }

    #[test]
    fn names_in_use_are_added() {
        assert_eq!(
            widened("{% component a() %}{{ config.title }}{% endcomponent a %}"),
            "{% component a(@config=none,) %}{{ config.title }}{% endcomponent a %}"
        );
        assert_eq!(
            widened(
                "{%- component x.y(n: integer = 1, ...rest) -%}{% if page %}{{ lang }}{% endif %}{% endcomponent x.y %}"
            ),
            "{%- component x.y(@page=none,@lang=none,n: integer = 1, ...rest) -%}{% if page %}{{ lang }}{% endif %}{% endcomponent x.y %}"
        );
    }

    #[test]
    fn declared_names_fields_comments_and_raw_texts_stay() {
        for text in [
            "{% component a(@config) %}{{ config.title }}{% endcomponent a %}",
            "{% component a(page: map) %}{{ page.lang }}{% endcomponent a %}",
            "{% component a(...config) %}{{ config.x }}{% endcomponent a %}",
            "{# {% component a() %}{{ page }}{% endcomponent a %} #}",
            "{% raw %}{% component a() %}{{ page }}{% endcomponent a %}{% endraw %}",
            "{{ \"}} {% component a() %}\" }}{{ page }}",
            "{% component a() %}{% endcomponent a %}{{ page.title }}",
            "a component of {{ page.title }}",
        ] {
            assert_eq!(widen(text), None, "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_author() {
        let text = "{% component a() %}{{ page }}{% endcomponent a %}\
                    {% component b() %}{{ lang.x }}{% endcomponent b %}";
        let widened = widen(text).unwrap();
        for word in ["component a", "{{ page", "component b", "lang.x"] {
            let place = widened.text.find(word).unwrap();
            assert_eq!(Some(widened.written(place)), text.find(word), "{word}");
        }
        let inside = widened.text.find("@lang").unwrap() + 3;
        assert_eq!(text[..widened.written(inside)].rfind('('), text.rfind('('));
    }
}
