//! One published page: its parsed file with everything that the site adds to it.

use std::ops::Deref;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Asset, Now, PageId, Sale, SectionId};
use crate::base::text::{humanise, truncate_chars};
use crate::base::when::When;
use crate::base::{Fingerprint, SitePath};
use crate::content::{Form, Heading, Page};
use crate::data::Record;

/// The longest description taken from a text, in characters.
const DESCRIPTION_CHARS: usize = 160;

/// What a page is by itself: all that follows from its own file, the settings and the defaults
/// of its sections, and from no other page. Kept from build to build.
#[derive(Debug)]
pub struct Core {
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
    pub id: Arc<str>,
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
    /// When it expires.
    pub expiry: Option<Timestamp>,
    /// When it is published.
    pub due: Option<Timestamp>,
    /// Whether it says `draft: true`.
    pub draft: bool,
    /// Its terms: the number of the taxonomy in the settings, the name, the slug.
    pub terms: Vec<Tagged>,
    /// Whether its front matter names pictures.
    pub has_pictures: bool,
    /// Whether its card shows other pages or files: references, a picture.
    pub shows_others: bool,
    /// Pieces at the front of its body that are its title already: the heading of level one
    /// that a page without a written title begins with.
    pub title_pieces: usize,
    /// Stands for what its card shows of itself.
    pub print: Fingerprint,
    /// Stands for a bare link to it: title, address, language.
    pub link_print: Fingerprint,
    /// Stands for all that decides where the site puts it and what leads to it, but its terms.
    pub shape: Fingerprint,
}

/// A term as a page gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Number of the taxonomy in the settings.
    pub taxonomy: u8,
    /// As written.
    pub name: Box<str>,
    /// The last part of its address.
    pub slug: Box<str>,
}

/// A page of the site: itself, and its place among the others.
#[derive(Clone, Debug)]
pub struct Entity {
    /// What it is by itself.
    pub core: Arc<Core>,
    /// The section that it belongs to.
    pub section: SectionId,
    /// The next lower neighbour in its section (Zola's `lower`): newer, or lighter.
    pub lower: Option<PageId>,
    /// The next higher neighbour.
    pub higher: Option<PageId>,
    /// Pages whose text links to it.
    pub backlinks: Arc<[PageId]>,
    /// The same page in other languages.
    pub translations: Arc<[PageId]>,
    /// Files published beside it.
    pub assets: Vec<Asset>,
    /// What it costs and whether one can enrol, where it is a course.
    pub sale: Option<Arc<Sale>>,
    /// Stands for its card when two builds are compared.
    pub card_print: Fingerprint,
}

impl Deref for Entity {
    type Target = Core;

    fn deref(&self) -> &Core {
        &self.core
    }
}

impl Entity {
    /// A page whose place among the others is not known yet.
    pub fn new(core: Arc<Core>, section: SectionId) -> Self {
        Self {
            core,
            section,
            lower: None,
            higher: None,
            backlinks: Arc::default(),
            translations: Arc::default(),
            assets: Vec::new(),
            sale: None,
            card_print: Fingerprint::default(),
        }
    }
}

impl Core {
    /// The path of its file.
    pub fn path(&self) -> &SitePath {
        &self.page.path
    }

    /// Whether lists show it. What was read only half would say there what its author does not.
    pub fn listed(&self) -> bool {
        self.gives_terms() && !self.page.faulty
    }

    /// Whether its terms are terms of the site. Those of a page with faults are: whatever asks
    /// for them would tell a second fault.
    pub fn gives_terms(&self) -> bool {
        !self.hidden && !self.expired
    }

    /// Whether search engines may list it.
    pub fn listed_by_search(&self) -> bool {
        let noindex = self.record.table("seo").and_then(|seo| seo.bool("noindex"));
        self.listed() && !noindex.unwrap_or(false)
    }

    /// The template it asks for.
    pub fn template(&self) -> Option<&str> {
        self.record.text("template")
    }

    /// The id of the heading that is the title already.
    pub fn title_heading(&self) -> Option<&str> {
        let first = self.page.body.headings.first()?;
        (self.title_pieces > 0).then_some(&*first.id)
    }

    /// The headings of its text, without the one that is its title.
    pub fn headings(&self) -> &[Heading] {
        let skipped = usize::from(self.title_heading().is_some());
        &self.page.body.headings[skipped..]
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

pub(super) fn title_pieces(page: &Page) -> usize {
    match written_title(&page.record) {
        Some(_) => 0,
        None => page.body.title_pieces.unwrap_or(0),
    }
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
    let translated = page.place.lang.is_some() && !page.body.first_paragraph.trim().is_empty();
    let record = if translated { &page.record } else { record };
    let first = || truncate_chars(&page.body.first_paragraph, DESCRIPTION_CHARS).into();
    record.text("description").map_or_else(first, Into::into)
}

/// The start of a day or the instant itself, in the site's zone.
pub fn instant(when: Option<When>, now: &Now) -> Option<Timestamp> {
    when.map(|when| when.to_timestamp_start(&now.zone))
}
