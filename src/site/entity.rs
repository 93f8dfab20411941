//! One published page: its parsed file with everything that the site adds to it.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Asset, Now, PageId, SectionId};
use crate::base::text::{humanise, truncate_chars};
use crate::base::when::When;
use crate::base::{Fingerprint, SitePath};
use crate::content::{Form, Page};
use crate::data::Record;

/// The longest description taken from a text, in characters.
const DESCRIPTION_CHARS: usize = 160;

/// A page of the site.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The parsed file.
    pub page: Arc<Page>,
    /// The front matter with the defaults of its sections, and for a translation with what it
    /// inherits.
    pub record: Arc<Record>,
    /// Its language, a number of [`super::Site::lang`].
    pub lang: u8,
    /// Its kind, a number of [`super::Site::kinds`].
    pub kind: u8,
    /// Unique within its kind and language.
    pub id: Box<str>,
    /// Its title.
    pub title: Box<str>,
    /// Its description; from the first paragraph where none is written, else empty.
    pub description: Box<str>,
    /// The last part of its address.
    pub slug: Box<str>,
    /// Its address below the site: `/kursus/basic-python/`.
    pub url: Box<str>,
    /// Its date, from the front matter or the file name.
    pub date: Option<When>,
    /// When it was last changed, as its author says.
    pub updated: Option<When>,
    /// `date` as an instant, to sort by.
    pub date_key: Option<Timestamp>,
    /// `updated`, else `date`, as an instant, to sort by.
    pub updated_key: Option<Timestamp>,
    /// Its place in lists sorted by weight; the greatest number where it has none.
    pub weight: i64,
    /// Not in lists, feeds and the sitemap.
    pub hidden: bool,
    /// Past its `expiry_date`: it stays at its address, but nothing lists it.
    pub expired: bool,
    /// The section that it belongs to.
    pub section: SectionId,
    /// The next lower neighbour in its section (Zola's `lower`): newer, or lighter.
    pub lower: Option<PageId>,
    /// The next higher neighbour.
    pub higher: Option<PageId>,
    /// Pages whose text links to it.
    pub backlinks: Vec<PageId>,
    /// The same page in other languages.
    pub translations: Vec<PageId>,
    /// Files published beside it.
    pub assets: Vec<Asset>,
    /// Stands for its card when two builds are compared.
    pub card_print: Fingerprint,
}

impl Entity {
    /// The path of its file.
    pub fn path(&self) -> &SitePath {
        &self.page.path
    }

    /// Whether lists show it.
    pub fn listed(&self) -> bool {
        !self.hidden && !self.expired
    }

    /// The template it asks for.
    pub fn template(&self) -> Option<&str> {
        self.record.text("template")
    }

    /// Pieces at the front of its body that are its title already: the heading of level one
    /// that a page without a written title begins with.
    pub fn title_pieces(&self) -> usize {
        match written_title(&self.page.record) {
            Some(_) => 0,
            None => self.page.body.title_pieces.unwrap_or(0),
        }
    }

    /// Minutes a reader needs.
    pub fn reading_time(&self) -> usize {
        crate::base::text::reading_minutes(self.page.body.words as usize)
    }
}

/// The title of a page: written in its file, else its first heading of level one, else that of
/// the page it translates, else its file's name.
pub fn title(page: &Page, record: &Record) -> Box<str> {
    written_title(&page.record)
        .map(Into::into)
        .or_else(|| page.body.first_title.clone())
        .or_else(|| written_title(record).map(Into::into))
        .unwrap_or_else(|| humanised(page).into())
}

fn written_title(record: &Record) -> Option<&str> {
    record
        .text("title")
        .or(record.text("name"))
        .filter(|title| !title.trim().is_empty())
}

fn humanised(page: &Page) -> String {
    let stem = match page.place.form {
        Form::Section => page.place.folder.rsplit('/').next().unwrap_or_default(),
        _ => &page.place.stem,
    };
    humanise(stem)
}

/// The description of a page: written, else the beginning of its first paragraph. A translation
/// takes its own first words before the description in another language.
pub fn description(page: &Page, record: &Record) -> Box<str> {
    let first = truncate_chars(&page.body.first_paragraph, DESCRIPTION_CHARS);
    let translated = page.place.lang.is_some() && !first.is_empty();
    let record = if translated { &page.record } else { record };
    record
        .text("description")
        .map_or_else(|| first.into(), Into::into)
}

/// The start of a day or the instant itself, in the site's zone.
pub fn instant(when: Option<When>, now: &Now) -> Option<Timestamp> {
    when.map(|when| when.to_timestamp_start(&now.zone))
}
