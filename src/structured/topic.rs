//! What a graph is about.

use crate::site::{PageId, SectionId};

/// What the page is that a graph stands on.
#[derive(Clone, Debug)]
pub enum Topic {
    /// A page.
    Page(PageId),
    /// A section, or one pager of it.
    Section(SectionId, Shown),
    /// The terms of a taxonomy.
    Taxonomy(usize),
    /// A term, or one pager of it: number of the taxonomy, number of the term.
    Term(usize, usize, Shown),
    /// A page that a template makes by itself, such as the schedule, by its address below the site.
    Alone(Box<str>),
    /// Nothing that there is something to say about.
    Nothing,
}

/// What one page of a list shows.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its address below the site.
    pub url: Box<str>,
    /// Its pages, in order.
    pub pages: Vec<PageId>,
}
