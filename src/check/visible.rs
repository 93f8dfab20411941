//! Amounts that a reader sees, on a course's page and on cards.

use std::collections::BTreeMap;

use super::courses::Courses;
use super::due::Due;
use super::seen::Seen;
use super::tell::File;
use crate::base::Money;
use crate::base::amounts::{self, Literal};
use crate::base::words::primary;
use crate::content::kinds::course::has_price;
use crate::diag::Diagnostic;
use crate::site::PageId;
use crate::site::sale::{self, Call};

/// So many bytes of text a card has at most: more than that is a section, in which an amount and a
/// link need not have to do with each other.
const CARD: usize = 600;

/// Whose amounts stand in a place: a card, or the course's own page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Card(usize, PageId),
    Page(PageId),
}

pub(super) fn check(
    file: &File<'_>,
    courses: &Courses,
    seen: &Seen,
    page: Option<PageId>,
) -> Vec<Diagnostic> {
    let own = page.filter(|id| file.site.entity(*id).sale.is_some());
    let lang = seen.lang.as_deref().unwrap_or(file.site.lang(0));
    let literals = amounts::find(&seen.text, primary(lang) == "id");
    let view = View {
        file,
        courses,
        seen,
        own,
        article: page.and_then(|_| seen.first_article()),
        literals: &literals,
    };
    let mut groups: BTreeMap<Owner, Vec<&Literal>> = BTreeMap::new();
    for literal in &literals {
        if let Some(owner) = view.owner(literal) {
            groups.entry(owner).or_default().push(literal);
        }
    }
    let mut found: Vec<Diagnostic> = groups
        .iter()
        .flat_map(|(owner, literals)| group(file, seen, *owner, literals))
        .collect();
    let silent = own.filter(|id| !groups.contains_key(&Owner::Page(*id)));
    found.extend(own.and_then(|id| no_way(file, id)));
    found.extend(silent.and_then(|id| nothing_shown(file, seen, id)));
    found
}

/// A page with what is needed to say whose an amount is.
struct View<'a> {
    file: &'a File<'a>,
    courses: &'a Courses,
    seen: &'a Seen,
    /// The course whose page it is.
    own: Option<PageId>,
    /// What is all about the page itself.
    article: Option<usize>,
    literals: &'a [Literal],
}

impl View<'_> {
    /// Whose amount it is: of the one course that the card around it leads to, else of the course
    /// whose page it is.
    fn owner(&self, literal: &Literal) -> Option<Owner> {
        let page = self.own.map(Owner::Page);
        for element in self.seen.around(literal.range.start) {
            if !self.may_be_card(element) {
                break;
            }
            let mut pages: Vec<PageId> = self
                .seen
                .links_in(element)
                .filter_map(|target| self.courses.at(target))
                .collect();
            pages.sort_unstable();
            pages.dedup();
            match pages[..] {
                [] => {}
                [one] if Some(one) == self.own => break,
                [one] if self.file.site.entity(one).sale.is_some() => {
                    return match self.is_card_of(one, element, literal) {
                        true => Some(Owner::Card(element, one)),
                        false => page,
                    };
                }
                _ => return None,
            }
        }
        page
    }

    /// Whether an element is no more than a card: neither the page nor a section of it.
    fn may_be_card(&self, element: usize) -> bool {
        let around = &self.seen.elements[element];
        let heading = |name: &&str| matches!(*name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        let whole = |name: &str| matches!(name, "html" | "body" | "main" | "h1");
        let mut names = self.seen.names_in(element);
        around.end - around.start <= CARD
            && self.article != Some(element)
            && !names.any(whole)
            && self.seen.names_in(element).filter(heading).count() < 2
    }

    /// Whether a place that leads to another course is about that one: not where the amount is one
    /// that the page declares, nor where the page's own price stands.
    fn is_card_of(&self, course: PageId, element: usize, literal: &Literal) -> bool {
        let of_card = Due::of(self.file.site.entity(course));
        if of_card.has(literal) {
            return true;
        }
        let Some(own) = self.own.map(|id| Due::of(self.file.site.entity(id))) else {
            return !self.file.page_declares(literal);
        };
        let around = &self.seen.elements[element];
        let mut inside = self
            .literals
            .iter()
            .filter(|other| (around.start..around.end).contains(&other.range.start));
        let is_offer = inside.any(|other| own.is_now(other) && !of_card.has(other));
        !is_offer && !self.file.page_declares(literal)
    }
}

/// The amounts of one course in one place.
fn group(file: &File<'_>, seen: &Seen, owner: Owner, literals: &[&Literal]) -> Vec<Diagnostic> {
    let (Owner::Card(_, id) | Owner::Page(id)) = owner;
    let due = Due::of(file.site.entity(id));
    let shown = literals.iter().any(|literal| due.is_now(literal));
    let mut found = Vec::new();
    for literal in literals {
        let wrong = match due.has(literal) {
            true => !due.is_now(literal) && is_alone(&due, literal, literals),
            false => (due.is_near(literal) || !shown) && !due.is_foreign(literal),
        };
        // What an author wrote is for the check of prose, which knows what it is about.
        let authors = || match owner {
            Owner::Page(_) => file.author_says(id, literal),
            Owner::Card(..) => file.author_says(id, literal) || file.page_says(literal),
        };
        if wrong && (due.has(literal) || !authors()) {
            found.push(file.shown(seen, literal, id, &due));
        }
    }
    // One wrong price says it: others beside it follow from the same template.
    found.truncate(1);
    found
}

/// Whether an amount is shown that is struck now, without the one that is paid instead.
fn is_alone(due: &Due, literal: &Literal, literals: &[&Literal]) -> bool {
    let instead = |money: Money| {
        // What is nothing is shown as a word.
        let one = Due::only(money);
        money.minor == 0 || literals.iter().any(|other| one.is_now(other))
    };
    let mut pairs = due
        .struck
        .iter()
        .filter(|(struck, _)| Due::only(*struck).is_now(literal));
    let first = pairs.next();
    first.is_some_and(|(_, paid)| !instead(*paid)) && pairs.all(|(_, paid)| !instead(*paid))
}

/// A course that costs something and takes people, with no way to enrol.
fn no_way(file: &File<'_>, id: PageId) -> Option<Diagnostic> {
    let entity = file.site.entity(id);
    let sale = entity.sale.as_ref().filter(|_| entity.lang == 0)?;
    let takes = sale.enrolment.call != Call::Nothing && has_price(&entity.record);
    let asked = takes && sale::address(file.site, entity, None).is_none();
    asked.then(|| file.no_way(id))
}

/// A course with a price, on whose page no amount stands at all.
fn nothing_shown(file: &File<'_>, seen: &Seen, id: PageId) -> Option<Diagnostic> {
    let due = Due::of(file.site.entity(id));
    let asks = due.now.iter().any(|money| money.minor > 0);
    (asks && !seen.text.trim().is_empty()).then(|| file.not_shown(id, &due))
}
