//! From parsed pages to entities: defaults and translations filled in, rules held, those that are
//! not due left out.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::assemble::{Parts, lang_of};
use super::defaults::Defaults;
use super::entity::{self, Entity};
use super::sections::{self, Index};
use super::{Absence, SectionId, routes};
use crate::base::{Fingerprint, Map, SitePath};
use crate::content::Page;
use crate::content::kinds::{self, CheckContext, Kind};
use crate::data::Record;
use crate::diag::{Checked, Diagnostic};

/// Files whose pages are not published.
pub(super) type Absent = Map<SitePath, Absence>;

/// What every page is made with.
pub(super) struct Making<'a> {
    parts: &'a Parts,
    index: &'a Index,
    defaults: Defaults,
    /// Pages of the default language by folder and stem: what translations inherit from.
    originals: Map<(&'a str, &'a str), &'a Arc<Page>>,
    /// Folders whose section is a draft, with what lies below them.
    drafts: HashSet<(u8, &'a str)>,
    /// The files of these sections.
    draft_sections: Absent,
}

impl<'a> Making<'a> {
    pub(super) fn new(
        parts: &'a Parts,
        index: &'a Index,
        section_pages: &'a [Arc<Page>],
        pages: &'a [Arc<Page>],
        sink: &mut Vec<Diagnostic>,
    ) -> Self {
        let draft = |page: &&Arc<Page>| page.record.bool("draft").unwrap_or(false);
        Self {
            defaults: Defaults::collect(parts, section_pages, sink),
            originals: originals(parts, pages),
            drafts: section_pages
                .iter()
                .filter(draft)
                .map(|page| (lang_of(&parts.config, page), &*page.place.folder))
                .collect(),
            draft_sections: section_pages
                .iter()
                .filter(|page| !parts.drafts && draft(page))
                .map(|page| (page.path.clone(), Absence::Draft))
                .collect(),
            parts,
            index,
        }
    }

    /// All pages that are due, and the files of the others.
    pub(super) fn all(
        &self,
        pages: &[Arc<Page>],
        sink: &mut Vec<Diagnostic>,
    ) -> (Vec<Entity>, Absent) {
        let made: Vec<_> = pages.par_iter().map(|page| self.one(page)).collect();
        let mut entities = Vec::with_capacity(made.len());
        let mut absent = self.draft_sections.clone();
        for one in made {
            match one.unload(sink) {
                Ok(entity) => entities.push(entity),
                Err((path, why)) => {
                    absent.insert(path, why);
                }
            }
        }
        (entities, absent)
    }

    fn one(&self, page: &Arc<Page>) -> Checked<Result<Entity, (SitePath, Absence)>> {
        let lang = lang_of(&self.parts.config, page);
        let record = self.record(page, lang);
        let kind = &self.parts.kinds[page.kind as usize];
        let diagnostics = if page.broken {
            Vec::new()
        } else {
            whole_checks(self.parts, page, &record, kind)
        };
        let value = match self.absence(page, &record, lang) {
            Some(why) => Err((page.path.clone(), why)),
            None => Ok(entity_of(self.parts, page, record, lang, self.index)),
        };
        Checked::new(value, diagnostics)
    }

    /// The front matter with the defaults of its sections, and of what it translates.
    fn record(&self, page: &Arc<Page>, lang: u8) -> Arc<Record> {
        let folder = &*page.place.folder;
        let record = self.defaults.apply(&page.record, lang, folder, page.kind);
        let original = self.originals.get(&(folder, &*page.place.stem));
        match original.filter(|_| lang != 0) {
            Some(original) => Arc::new(record.with_defaults(&original.record)),
            None => record,
        }
    }

    fn absence(&self, page: &Page, record: &Record, lang: u8) -> Option<Absence> {
        if self.parts.drafts {
            return None;
        }
        let draft = record.bool("draft").unwrap_or(false) || self.is_below_draft(page, lang);
        if draft {
            return Some(Absence::Draft);
        }
        let now = &self.parts.now;
        let due = entity::instant(record.when("publish_date"), now)?;
        (due > now.instant).then_some(Absence::Scheduled)
    }

    fn is_below_draft(&self, page: &Page, lang: u8) -> bool {
        let mut folder = &*page.place.folder;
        if self.drafts.is_empty() {
            return false;
        }
        loop {
            if self.drafts.contains(&(lang, folder)) {
                return true;
            }
            if folder.is_empty() {
                return false;
            }
            folder = sections::parent(folder);
        }
    }
}

fn originals<'a>(parts: &Parts, pages: &'a [Arc<Page>]) -> Map<(&'a str, &'a str), &'a Arc<Page>> {
    if parts.config.languages.len() < 2 {
        return Map::default();
    }
    pages
        .iter()
        .filter(|page| page.place.lang.is_none())
        .map(|page| ((&*page.place.folder, &*page.place.stem), page))
        .collect()
}

/// What can be said only once defaults are in: missing fields and rules between fields.
fn whole_checks(parts: &Parts, page: &Page, record: &Record, kind: &Kind) -> Vec<Diagnostic> {
    let reading = parts.reader.context(&page.path, page.syntax);
    kinds::check(
        kind,
        record,
        page.front,
        &check_context(parts, page),
        &reading,
    )
}

pub(super) fn check_context<'a>(parts: &'a Parts, page: &'a Page) -> CheckContext<'a> {
    let currency = &parts.config.currency;
    CheckContext {
        path: &page.path,
        syntax: page.syntax,
        ignore_keys: &parts.reader.ignore_keys,
        zone: &parts.config.zone,
        price_min: currency.price_min,
        price_max: currency.price_max,
    }
}

fn entity_of(
    parts: &Parts,
    page: &Arc<Page>,
    record: Arc<Record>,
    lang: u8,
    index: &Index,
) -> Entity {
    let (config, kind, now) = (&parts.config, &parts.kinds[page.kind as usize], &parts.now);
    let date = record.when("date").or(page.place.date);
    let updated = record.when("updated");
    let date_key = entity::instant(date, now);
    let expiry = record
        .when("expiry_date")
        .map(|when| when.to_timestamp_end(&now.zone));
    Entity {
        lang,
        kind: page.kind,
        id: routes::id(page, kind),
        title: entity::title(page, &record),
        description: entity::description(page, &record),
        slug: routes::slug(page, &record),
        url: routes::page_url(config, page, &record, kind, lang),
        date,
        updated,
        date_key,
        updated_key: entity::instant(updated, now).or(date_key),
        weight: record.int("weight").unwrap_or(i64::MAX),
        hidden: record.bool("hidden").unwrap_or(false),
        expired: expiry.is_some_and(|end| end <= now.instant),
        section: sections::nearest(index, lang, &page.place.folder).unwrap_or(SectionId(0)),
        lower: None,
        higher: None,
        backlinks: Vec::new(),
        translations: Vec::new(),
        assets: Vec::new(),
        card_print: Fingerprint::default(),
        page: page.clone(),
        record,
    }
}
