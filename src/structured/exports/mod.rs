//! Files for programs: what each holds, and what it stands for.

mod calendar;
mod careers;
mod catalog;
mod courses;
mod llms;
mod skills;
mod zone;

use std::sync::Arc;

use crate::base::Hasher;
use crate::site::{PageId, Site, View, prints};
use catalog::Catalog;

/// A file that the program makes of the whole site.
#[derive(Clone, Debug)]
pub struct Export {
    /// Which one.
    pub kind: ExportKind,
    /// Its language.
    pub lang: u8,
    /// The pages that it is about, for those that are about pages.
    pub pages: Arc<[PageId]>,
}

/// What files there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportKind {
    /// `courses.json`.
    Courses,
    /// `careers.json`.
    Careers,
    /// `skills.json`.
    Skills,
    /// `jadwal.ics`: all batches.
    Calendar,
    /// `llms.txt`: what the site is, and where its texts are.
    Llms,
}

impl Export {
    /// Its text.
    pub fn text(&self, view: &View) -> String {
        let site = view.site();
        let catalog = Catalog {
            site,
            lang: self.lang,
        };
        let pages = || self.pages.iter().map(|id| (*id, site.entity(*id)));
        match self.kind {
            ExportKind::Courses => {
                let entries = pages().map(|(_, page)| (&*page.id, courses::entry(catalog, page)));
                catalog.file("courses", entries.collect())
            }
            ExportKind::Careers => {
                let entries =
                    pages().map(|(_, page)| (&*page.id, careers::entry(catalog, view, page)));
                catalog.file("careers", entries.collect())
            }
            ExportKind::Skills => {
                let named = skills::Use::of(site, self.lang);
                let entries =
                    pages().map(|(id, page)| (&*page.id, skills::entry(catalog, page, id, &named)));
                catalog.file("skills", entries.collect())
            }
            ExportKind::Calendar => calendar::text(site, self.lang, &self.pages),
            ExportKind::Llms => llms::text(site, self.lang),
        }
    }

    /// Adds all that it shows without asking, beside the settings.
    pub fn hash_into(&self, hasher: &mut Hasher, site: &Site) {
        hasher.number(self.kind as u64).number(u64::from(self.lang));
        match self.kind {
            ExportKind::Courses | ExportKind::Careers => prints::cards(hasher, site, &self.pages),
            ExportKind::Skills => {
                prints::cards(hasher, site, &self.pages);
                let named = skills::Use::of(site, self.lang);
                for id in self.pages.iter() {
                    named.hash_into(hasher, site, *id);
                }
            }
            ExportKind::Calendar => {
                // Short, seldom asked for, and shows little of what a card shows: a price, say.
                hasher.text(&calendar::text(site, self.lang, &self.pages));
            }
            ExportKind::Llms => llms::hash_into(hasher, site, self.lang),
        }
    }
}
