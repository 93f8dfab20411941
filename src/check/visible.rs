//! Amounts that a reader sees, on a course's page and on cards.

use std::collections::BTreeMap;

use super::courses::Courses;
use super::due::Due;
use super::seen::Seen;
use super::tell::File;
use crate::base::amounts::{self, Literal};
use crate::base::words::primary;
use crate::diag::Diagnostic;
use crate::site::PageId;

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
    own: Option<PageId>,
) -> Vec<Diagnostic> {
    let own = own.filter(|id| file.site.entity(*id).sale.is_some());
    let lang = seen.lang.as_deref().unwrap_or(file.site.lang(0));
    let literals = amounts::find(&seen.text, primary(lang) == "id");
    let mut groups: BTreeMap<Owner, Vec<&Literal>> = BTreeMap::new();
    for literal in &literals {
        if let Some(owner) = owner(courses, seen, literal, own, file) {
            groups.entry(owner).or_default().push(literal);
        }
    }
    let mut found: Vec<Diagnostic> = groups
        .iter()
        .flat_map(|(owner, literals)| group(file, seen, *owner, literals))
        .collect();
    let silent = own.filter(|id| !groups.contains_key(&Owner::Page(*id)));
    found.extend(silent.and_then(|id| nothing_shown(file, seen, id)));
    found
}

/// Whose amount it is: of the one course that the card around it leads to, else of the course whose
/// page it is.
fn owner(
    courses: &Courses,
    seen: &Seen,
    literal: &Literal,
    own: Option<PageId>,
    file: &File<'_>,
) -> Option<Owner> {
    for element in seen.around(literal.range.start) {
        let around = &seen.elements[element];
        if around.end - around.start > CARD {
            break;
        }
        let mut pages: Vec<PageId> = seen
            .links_in(element)
            .filter_map(|target| courses.at(target))
            .collect();
        pages.sort_unstable();
        pages.dedup();
        match pages[..] {
            [] => {}
            [one] if Some(one) == own => break,
            [one] if file.site.entity(one).sale.is_some() => {
                return Some(Owner::Card(element, one));
            }
            _ => return None,
        }
    }
    own.map(Owner::Page)
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
    let instead = |money| {
        let one = Due::only(money);
        literals.iter().any(|other| one.is_now(other))
    };
    let mut pairs = due
        .struck
        .iter()
        .filter(|(struck, _)| Due::only(*struck).is_now(literal));
    let first = pairs.next();
    first.is_some_and(|(_, paid)| !instead(*paid)) && pairs.all(|(_, paid)| !instead(*paid))
}

/// A course with a price, on whose page no amount stands at all.
fn nothing_shown(file: &File<'_>, seen: &Seen, id: PageId) -> Option<Diagnostic> {
    let due = Due::of(file.site.entity(id));
    (!due.now.is_empty() && !seen.text.trim().is_empty()).then(|| file.not_shown(id, &due))
}
