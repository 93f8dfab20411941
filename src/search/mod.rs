//! What visitors can search: an index in small files that a page reads without a server.
//!
//! A word that a visitor types leads to a *bucket*, one file with all words that begin alike and
//! the stems that they belong to; a stem leads to the pages that have it, with a weight each. So
//! a search costs two or three small files however large the site is, and the page needs no
//! stemmer: which words belong together was decided here, at build time.
//!
//! An index is made at most once a build, and only when one of its files is asked for: what
//! stands for it is the prints of its pages, which cost nothing.

mod documents;
mod files;
mod index;
mod text;
mod words;

use std::sync::{Arc, OnceLock};

pub use files::Part;

use crate::base::{Fingerprint, Hasher};
use crate::site::{PageId, Site};

/// The index of a site in all its languages; made when it is first asked for.
#[derive(Default)]
pub struct Search {
    languages: OnceLock<Vec<Language>>,
}

/// One language: what stands for its index, and the index once it was needed.
struct Language {
    pages: Vec<PageId>,
    print: Fingerprint,
    index: OnceLock<Arc<index::Index>>,
}

impl Search {
    /// What stands for the index of a language: equal prints, equal files.
    pub fn print(&self, site: &Site, lang: u8) -> Fingerprint {
        self.language(site, lang)
            .map(|language| language.print)
            .unwrap_or_default()
    }

    /// The bytes of one of its files.
    pub fn file(&self, site: &Site, lang: u8, part: Part) -> Vec<u8> {
        let Some(language) = self.language(site, lang) else {
            return Vec::new();
        };
        let index = language
            .index
            .get_or_init(|| Arc::new(index::build(site, lang, &language.pages)));
        files::bytes(index, site.lang(lang), language.print, part)
    }

    fn language(&self, site: &Site, lang: u8) -> Option<&Language> {
        let languages = self.languages.get_or_init(|| {
            let count = site.config.languages.len() as u8;
            (0..count).map(|lang| Language::new(site, lang)).collect()
        });
        languages.get(lang as usize)
    }
}

impl Language {
    fn new(site: &Site, lang: u8) -> Self {
        let pages = pages(site, lang);
        let mut hasher = Hasher::new();
        // Settings decide what is a term, and how prices are written.
        hasher
            .text(words::VERSION)
            .print(site.config.fingerprint)
            .number(pages.len() as u64);
        for id in &pages {
            let entity = site.entity(*id);
            hasher
                .print(entity.card_print)
                .print(entity.page.body_print);
        }
        Self {
            pages,
            print: hasher.finish(),
            index: OnceLock::new(),
        }
    }
}

/// The parts of a language's index: how many files there are follows from the number of pages
/// alone, so that they can be planned before anything is read.
pub fn parts(site: &Site, lang: u8) -> Vec<Part> {
    files::parts(pages(site, lang).len())
}

/// Pages that may be found: listed ones that search engines may list too.
fn pages(site: &Site, lang: u8) -> Vec<PageId> {
    let findable = |id: &PageId| {
        let entity = site.entity(*id);
        entity.lang == lang && entity.listed_by_search()
    };
    site.page_ids().filter(findable).collect()
}
