//! References by id: every `→Kind` of a front matter leads to an entity of that kind.
//!
//! Kinds that the site does not have yet are passed over: their ids are only names.

use super::link_check::SUGGESTED;
use super::translations::is_inherited;
use super::{Entity, PageId, Site};
use crate::base::text::nearest;
use crate::base::{Map, SitePath, Span};
use crate::data::{Record, Ref, Typed, Value};
use crate::diag::{Diagnostic, Severity};

/// Where the references of all pages lead: looked up once for all that follows from them.
pub(super) struct Targets {
    /// Where the targets of each page begin, and where the last ones end.
    starts: Vec<u32>,
    all: Vec<Option<PageId>>,
}

impl Targets {
    /// The targets of a site whose entities have their ids.
    pub(super) fn of_all(site: &Site) -> Self {
        let mut all = Vec::new();
        let mut starts = Vec::with_capacity(site.entities.len() + 1);
        for entity in &site.entities {
            starts.push(all.len() as u32);
            add_targets(site, entity, &mut all);
        }
        starts.push(all.len() as u32);
        Self { starts, all }
    }

    /// Those of one page, in the order of its references; none for each that leads nowhere.
    pub(super) fn of(&self, id: PageId) -> &[Option<PageId>] {
        let at = id.0 as usize;
        &self.all[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// Where the references of one page lead, as [`Targets::of`] gives it.
pub(super) fn targets(site: &Site, entity: &Entity) -> Vec<Option<PageId>> {
    let mut found = Vec::new();
    add_targets(site, entity, &mut found);
    found
}

fn add_targets(site: &Site, entity: &Entity, all: &mut Vec<Option<PageId>>) {
    if entity.shows_others {
        visit(&entity.record, &mut |reference, _| {
            all.push(target(site, entity.lang, reference));
        });
    }
}

/// Checks the references of all pages; only the pages with something to say. `unpublished` is how
/// grave a reference to a page is that is not published.
pub(super) fn check(
    site: &Site,
    targets: &Targets,
    unpublished: Severity,
) -> Map<PageId, Vec<Diagnostic>> {
    let mut found = Map::default();
    let doubtful = |id: &PageId| targets.of(*id).contains(&None);
    for id in site.page_ids().filter(doubtful) {
        let suggest = found.len() < SUGGESTED;
        let said = check_page(site, id, suggest, unpublished);
        if !said.is_empty() {
            found.insert(id, said);
        }
    }
    found
}

/// Checks the references of one page.
pub fn check_one_page(site: &Site, id: PageId, unpublished: Severity) -> Vec<Diagnostic> {
    check_page(site, id, true, unpublished)
}

/// Checks an id that stands outside of pages, in the settings.
pub(super) fn check_named(
    site: &Site,
    path: &SitePath,
    kind: &str,
    id: &str,
    span: Span,
) -> Option<Diagnostic> {
    let wanted = Wanted {
        site,
        path,
        lang: 0,
        suggest: true,
        unpublished: Severity::Error,
    };
    wanted.check(kind, id, span)
}

fn check_page(site: &Site, id: PageId, suggest: bool, unpublished: Severity) -> Vec<Diagnostic> {
    let entity = site.entity(id);
    let mut found = Vec::new();
    if !entity.shows_others {
        return found;
    }
    let mut visit = |reference: &Ref, span: Span| {
        let wanted = Wanted {
            site,
            path: entity.path(),
            lang: entity.lang,
            suggest,
            unpublished,
        };
        found.extend(wanted.check(&reference.kind, &reference.id, span));
    };
    self::visit(&entity.record, &mut visit);
    if entity.lang != 0 && !found.is_empty() {
        drop_inherited(site, entity, &mut found, unpublished);
    }
    found
}

/// Leaves out what a translation inherits, where it is said of its original.
fn drop_inherited(
    site: &Site,
    entity: &Entity,
    found: &mut Vec<Diagnostic>,
    unpublished: Severity,
) {
    let ids = site.by_id.get(&(entity.kind, 0));
    if let Some(original) = ids.and_then(|ids| ids.get(&*entity.id)) {
        let said = check_page(site, *original, false, unpublished);
        found.retain(|told| !is_inherited(told, entity.page.front, &said));
    }
}

/// Calls `visit` with every reference in a front matter and its place.
pub(super) fn visit(record: &Record, visit: &mut dyn FnMut(&Ref, Span)) {
    for (_, typed) in record.iter() {
        visit_value(typed, visit);
    }
}

pub(super) fn visit_value(typed: &Typed, visit: &mut dyn FnMut(&Ref, Span)) {
    match &typed.value {
        Value::Ref(reference) => visit(reference, typed.span),
        Value::List(items) => items.iter().for_each(|item| visit_value(item, visit)),
        Value::Table(record) => self::visit(record, visit),
        _ => {}
    }
}

/// A reference that is checked: who makes it, and whether near ids are looked for.
struct Wanted<'a> {
    site: &'a Site,
    path: &'a SitePath,
    lang: u8,
    suggest: bool,
    unpublished: Severity,
}

impl Wanted<'_> {
    fn check(&self, kind: &str, id: &str, span: Span) -> Option<Diagnostic> {
        let site = self.site;
        let wanted = site.kinds.iter().position(|known| known.name == kind)?;
        if find(site, wanted as u8, self.lang, id).is_some() {
            return None;
        }
        if let Some(diagnostic) = self.not_published(wanted, id, span) {
            return Some(diagnostic);
        }
        if let Some(other) = other_kind(site, self.lang, id) {
            return Some(
                Diagnostic::error("wrong-kind", format!("\"{id}\" is no {kind}")).at(
                    self.path,
                    span,
                    format!("it is of the kind {other}"),
                ),
            );
        }
        let label = match self.near(wanted, id) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("there is no {kind} of this id"),
        };
        Some(
            Diagnostic::error("unknown-id", format!("no {kind} has the id \"{id}\""))
                .at(self.path, span, label),
        )
    }

    fn not_published(&self, kind: usize, id: &str, span: Span) -> Option<Diagnostic> {
        let site = self.site;
        let folder = crate::content::options::kind_folder(&site.config, &site.kinds[kind]);
        let hidden = site
            .absent
            .keys()
            .filter(|file| {
                file.below("content")
                    .is_some_and(|rest| rest.starts_with(folder))
            })
            .filter(|file| file.stem() == id || file.parent().name() == id)
            .min()?;
        let mut told =
            Diagnostic::error("reference-to-draft", format!("\"{id}\" is not published"))
                .at(self.path, span, "publish it, or take it out here")
                .in_file(hidden, "a draft, or not due yet");
        told.severity = self.unpublished;
        Some(told)
    }

    fn near(&self, wanted: usize, id: &str) -> Option<&str> {
        let known = self.site.ids_of(wanted as u8);
        nearest(id, known.filter(|_| self.suggest))
    }
}

fn other_kind<'a>(site: &'a Site, lang: u8, id: &str) -> Option<&'a str> {
    (0..site.kinds.len() as u8)
        .find(|kind| find(site, *kind, lang, id).is_some())
        .map(|kind| &*site.kinds[kind as usize].name)
}

/// The entity that a reference names, for a page of this language.
pub fn target(site: &Site, lang: u8, reference: &Ref) -> Option<PageId> {
    named(site, &reference.kind, lang, &reference.id)
}

/// The entity of a kind, by its name, and id, in the language wanted, else in the default one.
pub fn named(site: &Site, kind: &str, lang: u8, id: &str) -> Option<PageId> {
    let kind = site.kinds.iter().position(|known| known.name == kind)?;
    find(site, kind as u8, lang, id)
}

/// The entity of a kind and id, in the language wanted, else in the default one.
pub fn find(site: &Site, kind: u8, lang: u8, id: &str) -> Option<PageId> {
    let find = |lang: u8| site.by_id.get(&(kind, lang))?.get(id).copied();
    find(lang).or_else(|| find(0).filter(|_| lang != 0))
}
