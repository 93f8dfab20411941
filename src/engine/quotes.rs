//! Courses of which nothing is left but the way to the one that took their place, and which a page
//! quotes all the same: what they cost goes on changing that page.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use crate::site::changes::is_redirect;
use crate::site::view::{self, Shared};
use crate::site::{Answer, PageId, Question, Site};

/// The courses that time alone will change, and those among them that were quoted.
pub(super) struct Quotes {
    courses: BTreeSet<PageId>,
    quoted: Mutex<BTreeSet<PageId>>,
}

impl Quotes {
    /// Of a site that nobody has asked anything yet.
    pub(super) fn of(site: &Site) -> Self {
        let changes = |id: &PageId| {
            let sale = site.entity(*id).sale.as_ref();
            sale.is_some_and(|sale| sale.next.is_some()) && is_redirect(site, *id)
        };
        Self {
            courses: site.page_ids().filter(changes).collect(),
            quoted: Mutex::default(),
        }
    }

    /// Whether there is nothing to look for, as in most sites.
    pub(super) fn is_idle(&self) -> bool {
        self.courses.is_empty()
    }

    /// Notes what questions of a render were answered with.
    pub(super) fn look<'q>(&self, shared: &Shared, asked: impl Iterator<Item = &'q Question>) {
        if self.is_idle() {
            return;
        }
        for question in asked.filter(|question| may_show(question)) {
            let shown: Vec<PageId> = match view::find(shared, question) {
                Answer::Page(Some(id)) => vec![id],
                Answer::Pages(ids) => ids.to_vec(),
                _ => continue,
            };
            let shown = shown.into_iter().filter(|id| self.courses.contains(id));
            let mut quoted = self.quoted.lock().unwrap_or_else(PoisonError::into_inner);
            quoted.extend(shown);
        }
    }

    /// Those that were quoted.
    pub(super) fn into_quoted(self) -> BTreeSet<PageId> {
        let quoted = self.quoted.into_inner();
        quoted.unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the answer may hold a course that has expired.
fn may_show(question: &Question) -> bool {
    matches!(
        question,
        Question::Page { .. }
            | Question::PageById { .. }
            | Question::Content { .. }
            | Question::Pages(_)
            | Question::Prerequisites { .. }
            | Question::Related { .. }
    )
}

/// The first instant at which time alone changes what one of these courses costs.
pub(super) fn next(site: &Site, quoted: &BTreeSet<PageId>) -> Option<Timestamp> {
    let sales = quoted
        .iter()
        .filter_map(|id| site.entity(*id).sale.as_ref());
    sales.filter_map(|sale| sale.next).min()
}
