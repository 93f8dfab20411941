//! Amounts in prose that stand beside a course and are none of its prices.
//!
//! Prices have one place, the course's front matter; what is written by hand elsewhere grows old.
//! This check is an error by default, so it would rather miss an amount than accuse a right one.

mod claim;
mod counts;
mod judge;
mod leads;
mod names;
mod sense;
mod sentence;
mod table;
mod told;
mod words;

use std::ops::Range;

use rayon::prelude::*;

use super::sale::{self, Campaigns, Declared};
use super::{Node, PageId, SectionId, Site, references};
use crate::base::amounts::{self, Literal};
use crate::base::words::primary;
use crate::base::{Map, SitePath};
use crate::config::Level;
use crate::content::kinds::course;
use crate::content::{Page, Passage, Prose};
use crate::diag::Diagnostic;
use claim::{Around, Claim, only};
use leads::Leads;
use names::Names;
use sentence::{Element, Kind};
use words::{Class, Unit};

/// What there is to say of the amounts in pages and in the texts of sections; only of those with
/// something to say.
pub(super) type Said = Map<Node, Vec<Diagnostic>>;

/// The amounts of all pages and sections.
pub(super) fn check_all(site: &Site) -> Said {
    let sections = 0..site.sections.len() as u32;
    let sections = sections.map(|at| Node::Section(SectionId(at)));
    check_some(site, site.page_ids().map(Node::Page).chain(sections))
}

/// The amounts of some pages and sections.
pub(super) fn check_some(site: &Site, nodes: impl Iterator<Item = Node>) -> Said {
    let pages: Vec<Node> = nodes.filter(|node| names_amounts(site, *node)).collect();
    if pages.is_empty() || site.config.checks.price_in_text == Level::Off {
        return Map::default();
    }
    let check = Check {
        names: Names::of(site),
        leads: Leads::of(site),
        campaigns: Campaigns::of_site(&site.config),
        site,
    };
    let said = pages.par_iter().map(|node| (*node, check.page(*node)));
    said.filter(|(_, said)| !said.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
        .collect()
}

/// Whether there may be something to say of it here.
fn names_amounts(site: &Site, node: Node) -> bool {
    page_of(site, node).is_some_and(|page| !page.body.passages.is_empty())
}

/// The file of a page or section; none for a section that no file describes.
fn page_of(site: &Site, node: Node) -> Option<&Page> {
    match node {
        Node::Page(id) => Some(&site.entity(id).page),
        Node::Section(id) => site.section(id).page.as_deref(),
    }
}

struct Check<'a> {
    site: &'a Site,
    names: Names,
    leads: Leads,
    campaigns: Campaigns<'a>,
}

/// A page or section whose prose is checked.
struct Text<'a> {
    check: &'a Check<'a>,
    path: &'a SitePath,
    lang: u8,
    /// The page itself, if it is a course.
    own: Option<PageId>,
}

/// What a passage stands below.
#[derive(Default)]
struct Above {
    /// The course that is named there.
    course: Option<PageId>,
    /// Whether prices are spoken of there.
    priced: bool,
    /// Whether nothing but the course is named there, right above.
    only: bool,
}

impl Check<'_> {
    fn page(&self, node: Node) -> Vec<Diagnostic> {
        let Some(page) = page_of(self.site, node) else {
            return Vec::new();
        };
        let (lang, own) = match node {
            Node::Page(id) => {
                let entity = self.site.entity(id);
                (entity.lang, entity.sale.is_some().then_some(id))
            }
            Node::Section(id) => (self.site.section(id).lang, None),
        };
        let text = Text {
            check: self,
            path: &page.path,
            lang,
            own,
        };
        let passages = page.body.passages.iter();
        passages.flat_map(|passage| text.passage(passage)).collect()
    }

    /// All that a course declares; none where it says nothing of a price.
    fn declared(&self, course: PageId) -> Option<Vec<Declared>> {
        let entity = self.site.entity(course);
        let terms = sale::terms(self.site, entity, &self.campaigns)?;
        let declared = terms.declared(self.site.now.instant);
        let told = !declared.is_empty() || course::offer(&entity.record) == "free";
        told.then_some(declared)
    }
}

impl Text<'_> {
    fn passage(&self, passage: &Passage) -> Vec<Diagnostic> {
        let prose = &passage.prose;
        let indonesian = primary(self.check.site.lang(self.lang)) == "id";
        let literals = amounts::find(&prose.text, indonesian);
        if literals.is_empty() {
            return Vec::new();
        }
        let mut mentions = self.mentions(prose, &literals);
        if mentions.first().is_none_or(|(range, _)| range.start > 0) {
            mentions.splice(..0, self.variant(&prose.text));
        }
        let elements = sentence::elements(&prose.text, &literals, &mentions);
        let sentences = match passage.head {
            Some(_) => table::cells(&elements),
            None => sentence::sentences(&prose.text, &elements),
        };
        let above = self.above(passage);
        let around = Around {
            elements: &elements,
            sentences: &sentences,
            above: above.course,
            priced_above: above.priced,
            only_above: above.only,
            own: self.own,
        };
        let amounts = elements
            .iter()
            .enumerate()
            .filter_map(|(at, element)| match element.kind {
                Kind::Amount(number) => Some((at, &literals[number])),
                _ => None,
            });
        amounts
            .filter_map(|(at, literal)| {
                let claim = match &passage.head {
                    Some(head) => self.of_cell(head, &around, at),
                    None => claim::of(&around, at),
                };
                let claim =
                    claim.filter(|_| literal.low.currency.is_some() || ends_well(&elements, at))?;
                self.judge(passage, literal, &claim, &literals)
            })
            .collect()
    }

    /// Links to courses, components for them and their names, in order, without overlaps. A link
    /// with an amount in its words is read by these words.
    fn mentions(&self, prose: &Prose, amounts: &[Literal]) -> Vec<(Range<usize>, PageId)> {
        let site = self.check.site;
        let whole = |range: &Range<u32>| range.start as usize..range.end as usize;
        let linked = |target: &str| self.check.leads.course(site, self.path, self.lang, target);
        let links = prose.links.iter();
        let links = links.filter_map(|(range, target)| Some((whole(range), linked(target)?)));
        let called = |id: &str| references::named(site, "course", self.lang, id);
        let calls = prose.calls.iter();
        let calls = calls.filter_map(|(range, id)| Some((whole(range), called(id)?)));
        let mut found: Vec<_> = links.chain(calls).collect();
        let named = self.check.names.find(self.lang, &prose.text);
        let inside = |inner: &Range<usize>, link: &Range<usize>| {
            link.start <= inner.start && inner.end <= link.end
        };
        found.retain(|(link, course)| {
            let is_priced = amounts.iter().any(|amount| inside(&amount.range, link));
            let is_named =
                |(name, named): &(Range<usize>, PageId)| named == course && inside(name, link);
            !is_priced || !named.iter().any(is_named)
        });
        let apart = |range: &Range<usize>| {
            found
                .iter()
                .all(|(link, _)| link.end <= range.start || range.end <= link.start)
        };
        let named: Vec<_> = named
            .into_iter()
            .filter(|(range, _)| apart(range))
            .collect();
        found.extend(named);
        found.sort_by_key(|(range, _)| range.start);
        found
    }

    /// A variant of the course whose page it is, at the beginning of a text: `Daring: Rp…`.
    fn variant(&self, text: &str) -> Option<(Range<usize>, PageId)> {
        let own = self.own?;
        let record = &self.check.site.entity(own).record;
        let lower = text.to_lowercase();
        let names = record
            .tables("variants")
            .filter_map(|(variant, _)| variant.text("name"));
        let name = names
            .filter(|name| lower.starts_with(&name.to_lowercase()))
            .max_by_key(|name| name.len())?;
        let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        text.get(name.len()..)
            .is_some_and(ends)
            .then_some((0..name.len(), own))
    }

    /// What a passage stands below.
    fn above(&self, passage: &Passage) -> Above {
        let mut above = Above::default();
        for (at, prose) in passage.above.iter().rev().enumerate() {
            let mentions = self.mentions(prose, &[]);
            let elements = sentence::elements(&prose.text, &[], &mentions);
            let bare = sentence::elements(&prose.text, &[], &[]);
            let words = || bare.iter().filter_map(Element::word);
            if words().any(words::is_other) {
                return Above::default();
            }
            above.priced |= words().any(|word| words::class(word) == Class::Price);
            if !mentions.is_empty() {
                let known = |word: &str| {
                    words::is_course_word(word) || words::class(word) != Class::Unknown
                };
                above.only = at == 0 && elements.iter().filter_map(Element::word).all(known);
                above.course = only(mentions.into_iter().map(|(_, course)| course));
                return above;
            }
        }
        above
    }

    fn judge(
        &self,
        passage: &Passage,
        literal: &Literal,
        claim: &Claim,
        all: &[Literal],
    ) -> Option<Diagnostic> {
        let mut first = None;
        for course in &claim.courses {
            let declared = self.check.declared(*course)?;
            if !self.is_comparable(*course, claim, &declared, literal, all) {
                return None;
            }
            let fits = |over: bool| {
                let mut same = declared
                    .iter()
                    .filter(move |declared| declared.over.is_some() == over);
                same.find(|declared| {
                    let mut sums = counts::sums(&claim.counts, self.per(*course), declared.amount);
                    sums.any(|sum| judge::fits(literal, claim.manner, sum))
                })
            };
            if fits(false).is_some() {
                return None;
            }
            first = first.or_else(|| Some((*course, fits(true).cloned())));
        }
        let (course, over) = first?;
        Some(self.told(passage, literal, course, over))
    }

    /// What a course is paid by.
    fn per(&self, course: PageId) -> &str {
        let record = &self.check.site.entity(course).record;
        record.choice("price_per").unwrap_or("course")
    }

    /// Whether the amount is of a kind that can be held against what the course declares.
    fn is_comparable(
        &self,
        course: PageId,
        claim: &Claim,
        declared: &[Declared],
        literal: &Literal,
        all: &[Literal],
    ) -> bool {
        let record = &self.check.site.entity(course).record;
        let per = self.per(course);
        let unit = match claim.unit {
            Unit::Whole => true,
            Unit::Month => per == "month" || record.table("installment").is_some(),
            Unit::Session => per == "session",
            Unit::Else => false,
        };
        // A figure in another currency beside one in the course's own is only a help for readers.
        let foreign = |literal: &Literal| {
            let own = declared.first().map(|declared| declared.amount.currency);
            literal.low.currency.is_some() && own.is_some() && literal.low.currency != own
        };
        let converted =
            foreign(literal) && (claim.manner != words::Manner::Exact || !all.iter().all(foreign));
        let likely = || {
            declared
                .iter()
                .any(|declared| judge::is_near(literal, declared.amount))
        };
        unit && !converted && (claim.certain || likely())
    }
}

/// Whether an amount without a currency is followed by what follows a price, not by what is
/// counted: `2,5 juta per orang`, but not `2,5 juta orang`.
fn ends_well(elements: &[Element], at: usize) -> bool {
    elements.get(at + 1).is_none_or(|next| match &next.kind {
        Kind::Word(word) => words::follows_bare(word),
        Kind::Mark(_) => true,
        _ => false,
    })
}
