//! Amounts in prose that stand beside a course and are none of its prices.
//!
//! Prices have one place, the course's front matter; what is written by hand elsewhere grows old.
//! This check is an error by default, so it would rather miss an amount than accuse a right one.

mod claim;
mod judge;
mod names;
mod sense;
mod sentence;
mod table;
mod words;

use std::ops::Range;

use rayon::prelude::*;

use super::address::is_external;
use super::links::{Destination, resolve};
use super::sale::{self, Campaigns, Declared};
use super::{Entity, Node, PageId, Site};
use crate::base::Map;
use crate::base::amounts::{self, Literal};
use crate::base::words::primary;
use crate::config::Level;
use crate::content::kinds::course;
use crate::content::{Passage, Prose};
use crate::diag::{Diagnostic, Severity};
use claim::{Around, Claim, only};
use names::Names;
use sentence::{Element, Kind};
use words::{Class, Unit};

/// The amounts of all pages; only the pages with something to say.
pub(super) fn check_all(site: &Site) -> Map<PageId, Vec<Diagnostic>> {
    check_some(site, site.page_ids())
}

/// The amounts of some pages; only the pages with something to say.
pub(super) fn check_some(
    site: &Site,
    ids: impl Iterator<Item = PageId>,
) -> Map<PageId, Vec<Diagnostic>> {
    let pages: Vec<PageId> = ids.filter(|id| names_amounts(site.entity(*id))).collect();
    if pages.is_empty() || site.config.checks.price_in_text == Level::Off {
        return Map::default();
    }
    let check = Check {
        names: Names::of(site),
        campaigns: Campaigns::of_site(&site.config),
        site,
    };
    let said = pages.par_iter().map(|id| (*id, check.page(*id)));
    said.filter(|(_, said)| !said.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
        .collect()
}

/// Whether a page may have something to say here.
pub(super) fn names_amounts(entity: &Entity) -> bool {
    !entity.page.body.passages.is_empty()
}

struct Check<'a> {
    site: &'a Site,
    names: Names,
    campaigns: Campaigns<'a>,
}

/// A page whose prose is checked.
struct Text<'a> {
    check: &'a Check<'a>,
    id: PageId,
    lang: u8,
    /// The page itself, if it is a course.
    own: Option<PageId>,
}

impl Check<'_> {
    fn page(&self, id: PageId) -> Vec<Diagnostic> {
        let entity = self.site.entity(id);
        let text = Text {
            check: self,
            id,
            lang: entity.lang,
            own: entity.sale.is_some().then_some(id),
        };
        let passages = entity.page.body.passages.iter();
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
        let mut mentions = self.mentions(prose);
        if mentions.first().is_none_or(|(range, _)| range.start > 0) {
            mentions.splice(..0, self.variant(&prose.text));
        }
        let elements = sentence::elements(&prose.text, &literals, &mentions);
        let sentences = match passage.head {
            Some(_) => table::cells(&elements),
            None => sentence::sentences(&prose.text, &elements),
        };
        let (above, priced_above) = self.above(passage);
        let around = Around {
            elements: &elements,
            sentences: &sentences,
            above,
            priced_above,
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

    /// Links to courses and their names, in order, without overlaps.
    fn mentions(&self, prose: &Prose) -> Vec<(Range<usize>, PageId)> {
        let links = prose.links.iter().filter_map(|(range, target)| {
            Some((
                range.start as usize..range.end as usize,
                self.linked(target)?,
            ))
        });
        let mut found: Vec<_> = links.collect();
        let named = self.check.names.find(self.lang, &prose.text);
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

    /// The course that a link leads to.
    fn linked(&self, target: &str) -> Option<PageId> {
        let site = self.check.site;
        let target = target.split(['#', '?']).next().unwrap_or(target);
        if target.is_empty() || is_external(target) {
            return None;
        }
        let path = site.entity(self.id).path();
        match resolve(site, path, self.lang, target).ok()? {
            Destination::Content(Node::Page(id)) => {
                Some(id).filter(|id| site.entity(*id).sale.is_some())
            }
            _ => None,
        }
    }

    /// The course that a passage stands below, and whether that speaks of prices.
    fn above(&self, passage: &Passage) -> (Option<PageId>, bool) {
        let mut priced = false;
        for prose in passage.above.iter().rev() {
            let words = sentence::elements(&prose.text, &[], &[]);
            let mut words = words.iter().filter_map(Element::word);
            let about_other = words.clone().any(words::is_other);
            if about_other {
                return (None, false);
            }
            priced |= words.any(|word| words::class(word) == Class::Price);
            let mentions = self.mentions(prose);
            if !mentions.is_empty() {
                return (only(mentions.into_iter().map(|(_, course)| course)), priced);
            }
        }
        (None, priced)
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
                same.find(|declared| judge::fits(literal, claim.manner, declared.amount))
            };
            if fits(false).is_some() {
                return None;
            }
            first = first.or_else(|| Some((*course, fits(true).cloned())));
        }
        let (course, over) = first?;
        Some(self.told(passage, literal, course, over))
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
        let per = record.choice("price_per").unwrap_or("course");
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

    fn told(
        &self,
        passage: &Passage,
        literal: &Literal,
        course: PageId,
        over: Option<Declared>,
    ) -> Diagnostic {
        let site = self.check.site;
        let entity = site.entity(course);
        let written = &passage.prose.text[literal.range.clone()];
        let span = passage.span(&literal.range);
        let label = format!("write {{{{<price of=\"{}\" />}}}}", entity.id);
        let promo = over.and_then(|over| over.over);
        let message = match &promo {
            Some(promo) => {
                let name = promo
                    .label
                    .as_ref()
                    .map_or(String::new(), |label| format!(" \"{label}\""));
                format!(
                    "\"{written}\" was the price of the promo{name} of \"{}\" until {}",
                    entity.title,
                    promo.end.date_in(&site.now.zone)
                )
            }
            None => format!("\"{written}\" is no price of \"{}\"", entity.title),
        };
        let mut told = Diagnostic::error("price-in-text", message).at(
            site.entity(self.id).path(),
            span,
            label,
        );
        // Time alone never fails a build.
        if promo.is_some() || site.config.checks.price_in_text == Level::Warning {
            told.severity = Severity::Warning;
        }
        let costs = self.costs(course);
        match entity
            .page
            .record
            .span("price")
            .filter(|_| entity.page.record.money("price").is_some())
        {
            Some(at) => told.at(entity.path(), at, costs),
            None => told.hint(costs),
        }
    }

    /// What a course costs now, in words.
    fn costs(&self, course: PageId) -> String {
        let site = self.check.site;
        let sale = site.entity(course).sale.as_deref();
        let offers = sale.into_iter().flat_map(|sale| {
            let variants = sale
                .variants
                .iter()
                .filter_map(|variant| variant.price.as_ref());
            sale.price.iter().chain(variants)
        });
        let style = site.config.currency.style;
        let mut shown: Vec<String> = offers
            .map(|offer| offer.amount.display(style, site.lang(self.lang)))
            .collect();
        shown.dedup();
        match shown.as_slice() {
            [] => "the course is free".to_owned(),
            shown => format!("the course costs {}", shown.join(", ")),
        }
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
