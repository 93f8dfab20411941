//! Slugs: names in small ASCII letters, digits and hyphens, and ids that are unique on a page.

use super::Map;

/// The text as a slug: `Basic Python!` gives `basic-python`; other scripts are transliterated.
///
/// Empty when nothing of the text can be spelled (`!!!`): the caller decides what to do then.
pub fn slugify(text: &str) -> String {
    ::slug::slugify(text)
}

/// Whether the text is a slug already: small ASCII letters and digits, single hyphens between.
pub fn is_slug(text: &str) -> bool {
    let mut after_hyphen = true;
    let fits = text.bytes().all(|byte| {
        let hyphen = byte == b'-';
        let fits = match hyphen {
            true => !after_hyphen,
            false => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
        };
        after_hyphen = hyphen;
        fits
    });
    fits && !after_hyphen
}

/// Hands out ids that are unique on one page.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    /// Each id that was handed out, with the number to try next behind it.
    taken: Map<String, u32>,
}

impl Ids {
    /// No id is taken.
    pub fn new() -> Self {
        Self::default()
    }

    /// `wanted`, or `wanted-1`, `wanted-2`, … where it is taken. An empty one becomes `section`,
    /// since an empty id is no id.
    pub fn unique(&mut self, wanted: &str) -> String {
        let wanted = if wanted.is_empty() { "section" } else { wanted };
        let Some(mut next) = self.taken.get(wanted).copied() else {
            self.taken.insert(wanted.to_owned(), 0);
            return wanted.to_owned();
        };
        let mut id = wanted.to_owned();
        while self.taken.contains_key(&id) {
            next += 1;
            id = format!("{wanted}-{next}");
        }
        self.taken.insert(wanted.to_owned(), next);
        self.taken.insert(id.clone(), 0);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn titles_become_slugs() {
        assert_eq!(slugify("Basic Python!"), "basic-python");
        assert_eq!(slugify("  Kelas_Dasar -- 2  "), "kelas-dasar-2");
        assert_eq!(slugify("Café Ünïcode"), "cafe-unicode");
        assert!(!slugify("日本語").is_empty());
        assert!(!slugify("العربية").is_empty());
    }

    #[test]
    fn a_title_without_anything_to_spell_is_empty() {
        for text in ["", "!!!", "---", "\u{200b}", "…?"] {
            assert_eq!(slugify(text), "", "{text}");
        }
    }

    #[test]
    fn slugs_are_recognised() {
        for text in ["a", "basic-python-3"] {
            assert!(is_slug(text), "{text}");
        }
        for text in ["", "-a", "a-", "a--b", "A", "a_b", "é", "a b"] {
            assert!(!is_slug(text), "{text}");
        }
    }

    #[test]
    fn ids_get_numbers() {
        let mut ids = Ids::new();
        let handed: Vec<String> = ["a", "a", "a-1", "a", "", ""]
            .map(|id| ids.unique(id))
            .into();
        assert_eq!(handed, ["a", "a-1", "a-1-1", "a-2", "section", "section-1"]);
    }

    proptest! {
        #[test]
        fn a_slug_is_a_slug_and_stays_one(text in "\\PC*") {
            let slug = slugify(&text);
            prop_assert!(slug.is_empty() || is_slug(&slug), "{:?}", slug);
            prop_assert_eq!(slugify(&slug), slug);
        }

        #[test]
        fn ids_are_unique(wanted in prop::collection::vec("[ab](-[12]){0,2}", 0..40)) {
            let mut ids = Ids::new();
            let mut handed: Vec<String> = wanted.iter().map(|id| ids.unique(id)).collect();
            handed.sort();
            handed.dedup();
            prop_assert_eq!(handed.len(), wanted.len());
        }
    }
}
