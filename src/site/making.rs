//! From parsed pages to entities: defaults and translations filled in, rules held, those that are
//! not due left out.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::assemble::{Parts, lang_of};
use super::cores::{self, Cores, Kept};
use super::defaults::Defaults;
use super::entity::{Core, Entity};
use super::sections::{self, Index};
use super::{Absence, SectionId, translations};
use crate::base::{Map, SitePath};
use crate::content::Page;
use crate::content::kinds::{self, CheckContext, Kind};
use crate::data::Record;
use crate::diag::Diagnostic;

/// Files whose pages are not published.
pub(super) type Absent = Map<SitePath, Absence>;

/// What one page came to: its core, and why it is not published if it is not.
type Made = (Kept, Option<Absence>);

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

    /// All pages that are due, and the files of the others. What was made in the last build from
    /// the same things is taken from `cores`.
    pub(super) fn all(
        &self,
        pages: &[Arc<Page>],
        cores: &mut Cores,
        sink: &mut Vec<Diagnostic>,
    ) -> (Vec<Entity>, Absent) {
        let made: Vec<Made> = pages
            .par_iter()
            .with_min_len(64)
            .map(|page| self.one(page, cores))
            .collect();
        let mut entities = Vec::with_capacity(made.len());
        let mut absent = self.draft_sections.clone();
        let mut near = Nearest::new(self.index);
        for (kept, absence) in &made {
            match absence {
                Some(why) => {
                    absent.insert(kept.page.path.clone(), *why);
                }
                None => {
                    let section = near.section(kept.core.lang, &kept.page.place.folder);
                    entities.push(Entity::new(kept.core.clone(), section));
                }
            }
        }
        if self.parts.remembers {
            cores.keep(made.into_iter().map(|(kept, _)| kept));
        } else {
            let said = made.iter().flat_map(|(kept, _)| kept.diagnostics.iter());
            sink.extend(said.cloned());
        }
        (entities, absent)
    }

    fn one(&self, page: &Arc<Page>, cores: &Cores) -> Made {
        let lang = lang_of(&self.parts.config, page);
        let original = self.original(page, lang);
        let kept = match cores.get(page, original, &self.parts.now) {
            Some(kept) => kept.clone(),
            None => self.make(page, original, lang),
        };
        let absence = self.absence(&kept.core, lang);
        (kept, absence)
    }

    /// Makes a core anew.
    pub(super) fn make(&self, page: &Arc<Page>, original: Option<&Arc<Page>>, lang: u8) -> Kept {
        let record = self.record(page, original, lang);
        let kind = &self.parts.kinds[page.kind as usize];
        let mut diagnostics = Vec::new();
        if !page.broken {
            diagnostics = whole_checks(self.parts, page, &record, kind);
        }
        if let Some(original) = original {
            diagnostics = self.told_once(page, diagnostics, original);
            diagnostics.extend(translations::check(&self.parts.kinds, page, original));
        }
        let mut core = cores::make(
            &self.parts.config,
            kind,
            &self.parts.now,
            page,
            record,
            lang,
        );
        if self.parts.remembers {
            cores::remember(&mut core, kind);
        }
        Kept {
            page: page.clone(),
            original: original.cloned(),
            core: Arc::new(core),
            diagnostics: diagnostics.into(),
        }
    }

    /// Without what is inherited and said of the original already.
    fn told_once(
        &self,
        page: &Page,
        mut found: Vec<Diagnostic>,
        original: &Arc<Page>,
    ) -> Vec<Diagnostic> {
        if found.is_empty() || original.broken {
            return found;
        }
        let kind = &self.parts.kinds[original.kind as usize];
        let record = self.record(original, None, 0);
        let said = whole_checks(self.parts, original, &record, kind);
        found.retain(|told| !translations::is_inherited(told, page.front, &said));
        found
    }

    /// What a translation translates.
    pub(super) fn original(&self, page: &Page, lang: u8) -> Option<&'a Arc<Page>> {
        if lang == 0 {
            return None;
        }
        let key = (&*page.place.folder, &*page.place.stem);
        self.originals.get(&key).copied()
    }

    /// The front matter with the defaults of its sections, and of what it translates.
    fn record(&self, page: &Page, original: Option<&Arc<Page>>, lang: u8) -> Arc<Record> {
        let folder = &*page.place.folder;
        let mut record = self.defaults.apply(&page.record, lang, folder, page.kind);
        if let Some(original) = original {
            let inherited = self
                .defaults
                .apply(&original.record, 0, folder, original.kind);
            record = Arc::new(record.with_defaults(&inherited));
        }
        let of_kind = &self.parts.kinds[page.kind as usize].defaults;
        if of_kind.is_empty() {
            return record;
        }
        Arc::new(record.with_defaults(of_kind))
    }

    fn absence(&self, core: &Core, lang: u8) -> Option<Absence> {
        if self.parts.drafts {
            return None;
        }
        if core.draft || self.is_below_draft(&core.page, lang) {
            return Some(Absence::Draft);
        }
        let due = core.due?;
        (due > self.parts.now.instant).then_some(Absence::Scheduled(due))
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

/// The nearest sections of folders, each looked for once.
struct Nearest<'a> {
    index: &'a Index,
    known: Map<(u8, Box<str>), SectionId>,
    last: Option<(u8, Box<str>, SectionId)>,
}

impl<'a> Nearest<'a> {
    fn new(index: &'a Index) -> Self {
        Self {
            index,
            known: Map::default(),
            last: None,
        }
    }

    /// Pages come by path, so most ask for the folder of the one before.
    fn section(&mut self, lang: u8, folder: &str) -> SectionId {
        if let Some((known_lang, known, id)) = &self.last
            && *known_lang == lang
            && **known == *folder
        {
            return *id;
        }
        let index = self.index;
        let id = *self
            .known
            .entry((lang, folder.into()))
            .or_insert_with(|| sections::nearest(index, lang, folder).unwrap_or(SectionId(0)));
        self.last = Some((lang, folder.into(), id));
        id
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
