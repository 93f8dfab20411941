//! The short way: pages changed, but each can take the place of the one before.
//!
//! Most saves change a text, a title or a price and nothing of what other pages, lists and
//! routes take from a page (its *shape*). Then the site stays as it was but for these pages.
//! Whenever something else may have changed, the long way is taken; both give the same site.

use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::assemble::{Assembled, Parts, Places, basis, lang_of, sections_of};
use super::cores::{Cores, Kept};
use super::entity::Entity;
use super::making::Making;
use super::sections::Index;
use super::taxonomies::{self, Touched};
use super::{
    Node, PageId, Site, amount_check, graph, link_check, origins, prints, references, sale,
    term_check,
};
use crate::base::Map;
use crate::config::SortBy;
use crate::content::{Form, Page};
use crate::diag::Diagnostic;

/// With more changed pages than this, the long way is the shorter one.
const MANY: usize = 64;

/// What assembling leaves for the next time.
#[derive(Default)]
pub struct Memory {
    pub(super) cores: Cores,
    pub(super) last: Option<Last>,
}

/// The last site and what it was made of.
pub(super) struct Last {
    parts: Parts,
    /// The sections among its pages.
    section_pages: Vec<Arc<Page>>,
    site: Arc<Site>,
    /// What there is to say about the site as a whole and about pages by themselves.
    general: Vec<Diagnostic>,
    /// What there is to say about the links and references of single pages.
    by_page: Map<PageId, Vec<Diagnostic>>,
    /// What there is to say about prices and batches.
    sales: sale::Said,
    /// What there is to say about the graph.
    graph: graph::Said,
    /// What there is to say about terms.
    terms: Vec<Diagnostic>,
    /// What there is to say about the amounts in their texts.
    amounts: amount_check::Said,
    /// The next instant at which time alone changes it, be it that nobody sees it.
    until: Option<Timestamp>,
    /// The same, as far as it is seen.
    next_change: Option<Timestamp>,
}

impl Last {
    pub(super) fn new(
        parts: Parts,
        site: Arc<Site>,
        general: Vec<Diagnostic>,
        by_page: Map<PageId, Vec<Diagnostic>>,
        amounts: amount_check::Said,
    ) -> Self {
        Self {
            sales: sale::Said::of(&site),
            graph: graph::Said::of(&site),
            terms: term_check::check(&site),
            until: site.linked_until(),
            next_change: site.next_change(),
            section_pages: sections_of(&parts.pages),
            parts,
            site,
            general,
            by_page,
            amounts,
        }
    }
}

impl Memory {
    /// Everything there is to say about the last site.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let Some(last) = &self.last else {
            return Vec::new();
        };
        let pages = last.by_page.values().chain(last.amounts.values()).flatten();
        let own = self.cores.diagnostics();
        let mut all: Vec<Diagnostic> = last
            .general
            .iter()
            .chain(pages)
            .chain(own)
            .chain(last.sales.all())
            .chain(last.graph.all())
            .chain(&last.terms)
            .cloned()
            .collect();
        origins::settle(&mut all, &last.site.origins);
        all
    }

    /// The next instant at which time alone changes the site.
    pub fn next_change(&self) -> Option<Timestamp> {
        self.last.as_ref()?.next_change
    }
}

/// The site with the changed pages in the places of the old ones; none where that cannot be.
pub(super) fn patch(parts: &Parts, memory: &mut Memory) -> Option<Assembled> {
    let last = memory.last.as_ref()?;
    let changed = changed_pages(parts, last)?;
    // None of them is among the changed pages.
    let section_pages = last.section_pages.clone();
    // Only translations look for other pages.
    let pages = match parts.config.languages.len() {
        1 => &[][..],
        _ => &parts.pages,
    };
    let index = Index::default();
    let making = Making::new(parts, &index, &section_pages, pages, &mut Vec::new());
    let mut fresh = Vec::with_capacity(changed.len());
    for page in changed {
        let Some(Node::Page(id)) = last.site.by_path.get(&page.path) else {
            return None;
        };
        let lang = lang_of(&parts.config, page);
        let kept = making.make(page, making.original(page, lang), lang);
        if is_translated(parts, page) || !takes_place(last, last.site.entity(*id), &kept) {
            return None;
        }
        fresh.push((*id, kept));
    }
    let settled = basis(parts, &section_pages);
    memory.cores.settle(settled);
    put_in_place(parts.clone(), memory, fresh)
}

/// The pages that changed, if nothing else did and they are few.
fn changed_pages<'a>(parts: &'a Parts, last: &Last) -> Option<Vec<&'a Arc<Page>>> {
    let old = &last.parts;
    let same = Arc::ptr_eq(&parts.config, &old.config)
        && Arc::ptr_eq(&parts.kinds, &old.kinds)
        && parts.drafts == old.drafts
        && parts.now.instant >= old.now.instant
        && is_before(parts.now.instant, last.until)
        && is_before(parts.now.instant, last.sales.until)
        && is_before(parts.now.instant, last.graph.until)
        && !last.site.graph.is_troubled()
        && last.by_page.len() < link_check::SUGGESTED
        && parts.pages.len() == old.pages.len()
        && parts.assets == old.assets
        && parts.statics == old.statics;
    if !same {
        return None;
    }
    let mut changed = Vec::new();
    for (new, old) in parts.pages.iter().zip(old.pages.iter()) {
        if Arc::ptr_eq(new, old) {
            continue;
        }
        let fits = new.path == old.path && new.place.form != Form::Section;
        if !fits || changed.len() == MANY {
            return None;
        }
        changed.push(new);
    }
    Some(changed)
}

fn is_before(now: Timestamp, until: Option<Timestamp>) -> bool {
    until.is_none_or(|until| now < until)
}

/// Whether another file translates this one, published or not: it inherits from it.
fn is_translated(parts: &Parts, page: &Page) -> bool {
    let (own, languages) = (&page.place, parts.config.languages.len());
    languages > 1
        && own.lang.is_none()
        && parts.pages.iter().any(|other| {
            let place = &other.place;
            place.lang.is_some() && place.stem == own.stem && place.folder == own.folder
        })
}

/// Whether a list that the page stands in is sorted by titles.
fn is_sorted_by_title(site: &Site, entity: &Entity) -> bool {
    let title = |by: SortBy| matches!(by, SortBy::Title | SortBy::TitleBytes);
    let own = site.section(entity.section);
    // Through transparent sections it also stands in those above.
    let above = own.ancestors.iter().map(|id| site.section(*id));
    let mut sections = above.chain([own]);
    sections.any(|section| title(section.sort_by()))
        || site
            .taxonomies
            .iter()
            .any(|taxonomy| title(taxonomy.config.sort_by))
}

fn takes_place(last: &Last, old: &Entity, new: &Kept) -> bool {
    let title = old.title == new.core.title || !is_sorted_by_title(&last.site, old);
    title && old.shape == new.core.shape
}

fn put_in_place(
    parts: Parts,
    memory: &mut Memory,
    fresh: Vec<(PageId, Kept)>,
) -> Option<Assembled> {
    let Memory { cores, last } = memory;
    let last = last.as_mut()?;
    let mut site = last.site.copy();
    site.now = parts.now.clone();
    let courses = Courses::of(&site, &fresh);
    let touched = touched_terms(&site, &fresh);
    for (id, kept) in &fresh {
        site.entities[id.0 as usize].core = kept.core.clone();
        sale::set_one(&mut site, *id);
    }
    if !touched.is_empty() {
        let mut taxonomies = Vec::clone(&site.taxonomies);
        let changed: Vec<PageId> = fresh.iter().map(|(id, _)| *id).collect();
        let entities = &site.entities;
        let (config, kinds) = (&site.config, &site.kinds);
        taxonomies::renew(config, kinds, &mut taxonomies, entities, &touched, &changed);
        site.taxonomies = taxonomies.into();
    }
    renew_cards(&mut site, &fresh);
    let ids: Vec<PageId> = fresh.iter().map(|(id, _)| *id).collect();
    last.sales.renew(&site, &ids);
    last.graph.renew(&site, &ids);
    if !touched.is_empty() || term_check::names(&last.terms, &ids, &site) {
        last.terms = term_check::check(&site);
    }
    check_amounts(&site, courses, &fresh, &mut last.amounts);
    for (id, kept) in fresh {
        cores.replace(kept);
        let mut said = references::check_one_page(&site, id, parts.reader.unknown_keys);
        said.extend(link_check::check_page(&site, id));
        last.by_page.remove(&id);
        if !said.is_empty() {
            last.by_page.insert(id, said);
        }
    }
    // Time may change a page at another instant than before.
    last.until = site.linked_until();
    last.next_change = site.next_change();
    last.site = Arc::new(site);
    last.parts = parts;
    Some(Assembled {
        site: last.site.clone(),
        diagnostics: memory.diagnostics(),
        // Other terms have other lists.
        places: match touched.is_empty() {
            true => Places::Same,
            false => Places::ButTerms(touched),
        },
    })
}

/// The terms that changed pages had or have, where they are others than before.
fn touched_terms(site: &Site, fresh: &[(PageId, Kept)]) -> Vec<Touched> {
    let mut touched = Vec::new();
    for (id, kept) in fresh {
        let old = site.entity(*id);
        if old.terms == kept.core.terms {
            continue;
        }
        let terms = old.terms.iter().chain(&kept.core.terms);
        touched.extend(terms.map(|term| Touched {
            lang: old.lang,
            taxonomy: term.taxonomy,
            slug: term.slug.clone(),
        }));
    }
    touched.sort_unstable();
    touched.dedup();
    touched
}

/// The cards of the changed pages, and of all that may show them.
fn renew_cards(site: &mut Site, fresh: &[(PageId, Kept)]) {
    let pages = (0..site.entities.len()).into_par_iter().with_min_len(4096);
    let pages = pages.map(|at| PageId(at as u32));
    let showing: Vec<PageId> = pages.filter(|id| site.entity(*id).shows_others).collect();
    for id in fresh.iter().map(|(id, _)| *id).chain(showing) {
        let print = prints::card(site, site.entity(id));
        site.entities[id.0 as usize].card_print = print;
    }
}

/// What happened to courses among changed pages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Courses {
    /// No file of one changed.
    Same,
    /// What is told of them stays, but perhaps not where it stands.
    Moved,
    /// A name or a price may be another one.
    Other,
}

impl Courses {
    /// Before the pages are put in their places.
    fn of(site: &Site, fresh: &[(PageId, Kept)]) -> Self {
        let each = fresh.iter().map(|(id, kept)| {
            let old = site.entity(*id);
            let same = old.print == kept.core.print;
            match old.sale.is_some() {
                false => Self::Same,
                true if same => Self::Moved,
                true => Self::Other,
            }
        });
        each.max().unwrap_or(Self::Same)
    }
}

/// Amounts of the changed pages, and of those whose amounts stand beside a changed course.
fn check_amounts(
    site: &Site,
    courses: Courses,
    fresh: &[(PageId, Kept)],
    said: &mut amount_check::Said,
) {
    if courses == Courses::Other {
        *said = amount_check::check_all(site);
        return;
    }
    let mut again: Vec<Node> = fresh.iter().map(|(id, _)| Node::Page(*id)).collect();
    if courses == Courses::Moved {
        // What was said names places in the files of courses.
        again.extend(said.keys().copied());
    }
    again.sort_unstable();
    again.dedup();
    let anew = amount_check::check_some(site, again.iter().copied());
    said.retain(|id, _| again.binary_search(id).is_err());
    said.extend(anew);
}
