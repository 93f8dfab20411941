//! The names of courses, found in prose.

use std::ops::Range;

use crate::base::Map;
use crate::site::{PageId, Site};

use super::words::is_course_word;

/// What courses are called, by language and first word.
pub(super) struct Names {
    by_word: Map<(u8, String), Vec<Name>>,
}

struct Name {
    /// In small letters.
    words: Vec<String>,
    /// None where two courses have this name.
    course: Option<PageId>,
    /// Whether it is taken for the course in any company; else a word such as `kursus` must stand
    /// beside it.
    plain: bool,
    /// Whether it begins with a capital.
    capital: bool,
}

impl Names {
    /// The names of all courses: title and code, and the id where it is more than one word.
    pub(super) fn of(site: &Site) -> Self {
        let mut names = Self {
            by_word: Map::default(),
        };
        for id in site.page_ids() {
            let entity = site.entity(id);
            if entity.sale.is_none() {
                continue;
            }
            names.add(entity.lang, &entity.title, id, false);
            if let Some(code) = entity.record.text("code") {
                names.add(
                    entity.lang,
                    code,
                    id,
                    code.contains(|c: char| c.is_ascii_digit()),
                );
            }
            if entity.id.contains('-') {
                let words = crate::base::text::humanise(&entity.id);
                names.add(entity.lang, &words, id, false);
            }
        }
        names
    }

    fn add(&mut self, lang: u8, name: &str, course: PageId, code: bool) {
        let words: Vec<String> = words_of(name)
            .map(|word| name[word].to_lowercase())
            .collect();
        let Some(first) = words.first() else {
            return;
        };
        let known = self.by_word.entry((lang, first.clone())).or_default();
        if let Some(same) = known.iter_mut().find(|known| known.words == words) {
            if same.course != Some(course) {
                same.course = None;
            }
            return;
        }
        known.push(Name {
            plain: words.len() > 1 || code,
            capital: name.starts_with(char::is_uppercase),
            course: Some(course),
            words,
        });
    }

    /// The names in a text, in order and without overlaps: of several the longest.
    pub(super) fn find(&self, lang: u8, text: &str) -> Vec<(Range<usize>, PageId)> {
        let words: Vec<Range<usize>> = words_of(text).collect();
        let lower: Vec<String> = words
            .iter()
            .map(|word| text[word.clone()].to_lowercase())
            .collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let known = self.by_word.get(&(lang, lower[at].clone()));
            let here = known
                .into_iter()
                .flatten()
                .filter(|name| name.fits(text, &words, &lower, at));
            let Some(name) = here.max_by_key(|name| name.words.len()) else {
                at += 1;
                continue;
            };
            let end = at + name.words.len();
            if let Some(course) = name.course {
                found.push((words[at].start..words[end - 1].end, course));
            }
            at = end;
        }
        found
    }
}

impl Name {
    fn fits(&self, text: &str, words: &[Range<usize>], lower: &[String], at: usize) -> bool {
        let end = at + self.words.len();
        if lower.get(at..end) != Some(&self.words[..]) {
            return false;
        }
        let beside = |at: Option<usize>| {
            let word = at.and_then(|at| lower.get(at));
            word.is_some_and(|word| is_course_word(word))
        };
        let (start, end_at) = (words[at].start, words[end - 1].end);
        // All of a heading, an item or a cell.
        let line = |text: &str| {
            text.split('\n')
                .next_back()
                .is_none_or(|rest| rest.trim().is_empty())
        };
        let before = line(&text[..start]);
        let after = text[end_at..]
            .split('\n')
            .next()
            .is_none_or(|rest| rest.trim().is_empty());
        let alone = before && after;
        if alone || beside(at.checked_sub(1)) || beside(Some(end)) {
            return true;
        }
        self.plain
            && (!self.capital
                || text[words[at].clone()]
                    .starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
    }
}

/// Runs of letters and digits.
fn words_of(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        let length = text[start..].find(|c: char| !c.is_alphanumeric());
        at = length.map_or(text.len(), |length| start + length);
        Some(start..at)
    })
}
