//! Everything a render may ask about the rest of the site.
//!
//! A closed list: a template function cannot be written without choosing its variant, and what
//! a render asked is its trace. Absence is an answer too.

use std::sync::Arc;

use super::graph::Route;
use super::pictures::{Found, Wanted};
use super::{PageId, SectionId, Site, prints};
use crate::base::{Fingerprint, Hasher, SitePath};
use crate::config::SortBy;
use crate::data::Node;

/// A question to the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// The card of the page whose file this is.
    Page {
        /// The file below the site's root.
        path: SitePath,
        /// The language wanted.
        lang: u8,
    },
    /// The card of the page with this id.
    PageById {
        /// Number of the kind.
        kind: u8,
        /// Its id.
        id: Box<str>,
        /// The language wanted.
        lang: u8,
    },
    /// The whole page whose file this is, its text included.
    Content {
        /// The file below the site's root.
        path: SitePath,
        /// The language wanted.
        lang: u8,
    },
    /// A section with the cards of its pages.
    Section {
        /// Its `_index.md`.
        path: SitePath,
        /// The language wanted.
        lang: u8,
        /// Whether its pages are left out.
        metadata_only: bool,
    },
    /// A taxonomy with its terms.
    Taxonomy {
        /// Its name.
        name: Box<str>,
        /// Its language.
        lang: u8,
    },
    /// A term with the cards of its pages.
    Term {
        /// The taxonomy's name.
        taxonomy: Box<str>,
        /// The term, as written or as slug.
        term: Box<str>,
        /// Its language.
        lang: u8,
        /// Whether its pages are asked for, and not only their number.
        with_pages: bool,
    },
    /// Pages that fit.
    Pages(PageQuery),
    /// The courses to take before a course.
    Prerequisites {
        /// The course's id.
        id: Box<str>,
        /// The language wanted.
        lang: u8,
    },
    /// The way from nothing to a career.
    Route {
        /// The career's id.
        id: Box<str>,
        /// The language wanted.
        lang: u8,
    },
    /// Pages like this one.
    Related {
        /// File of the page that asks.
        path: SitePath,
        /// How many at most.
        limit: u32,
    },
    /// The address of a content file or asset that a text or template links to.
    Address {
        /// The file.
        path: SitePath,
        /// The language wanted.
        lang: u8,
    },
    /// The fingerprint of a published file.
    Hash(Box<str>),
    /// The parsed contents of a data file.
    Data {
        /// The file.
        path: SitePath,
        /// How it is read, where its name does not tell: `toml`, `json`, `yaml`, `csv`, `plain`.
        format: Option<Box<str>>,
    },
    /// A word of the theme or site.
    Word {
        /// Its key.
        key: Box<str>,
        /// The language.
        lang: u8,
    },
    /// What a component called from a text is made of.
    Component(Box<str>),
    /// The build's date, as exactly as this unit.
    Now(NowUnit),
    /// A picture, and what is to be made of it.
    Picture {
        /// The file, or the address that it is published at, as a text or template names it.
        path: Box<str>,
        /// What is wanted of it.
        wanted: Wanted,
    },
}

macro_rules! kinds {
    ($($kind:ident => $pattern:pat, $words:literal;)*) => {
        /// The kinds of questions, without what they ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum QuestionKind {
            $(#[doc = $words] $kind,)*
        }

        impl QuestionKind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$kind,)*];
        }

        impl Question {
            /// Its kind.
            pub fn kind(&self) -> QuestionKind {
                match self {
                    $($pattern => QuestionKind::$kind,)*
                }
            }
        }
    };
}

kinds! {
    Page => Self::Page { .. }, "[`Question::Page`]";
    PageById => Self::PageById { .. }, "[`Question::PageById`]";
    Content => Self::Content { .. }, "[`Question::Content`]";
    Section => Self::Section { .. }, "[`Question::Section`]";
    Taxonomy => Self::Taxonomy { .. }, "[`Question::Taxonomy`]";
    Term => Self::Term { .. }, "[`Question::Term`]";
    Pages => Self::Pages(_), "[`Question::Pages`]";
    Prerequisites => Self::Prerequisites { .. }, "[`Question::Prerequisites`]";
    Route => Self::Route { .. }, "[`Question::Route`]";
    Related => Self::Related { .. }, "[`Question::Related`]";
    Address => Self::Address { .. }, "[`Question::Address`]";
    Hash => Self::Hash(_), "[`Question::Hash`]";
    Data => Self::Data { .. }, "[`Question::Data`]";
    Word => Self::Word { .. }, "[`Question::Word`]";
    Component => Self::Component(_), "[`Question::Component`]";
    Now => Self::Now(_), "[`Question::Now`]";
    Picture => Self::Picture { .. }, "[`Question::Picture`]";
}

/// How much of the build's instant was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NowUnit {
    /// The year alone.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
    /// The instant.
    Second,
}

/// Which pages, in which order, how many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PageQuery {
    /// Language.
    pub lang: u8,
    /// Only this kind.
    pub kind: Option<u8>,
    /// Only pages of this section and of those below it, by its folder.
    pub section: Option<Box<str>>,
    /// Only pages with these terms: taxonomy and slug of the term.
    pub terms: Vec<(Box<str>, Box<str>)>,
    /// Only pages whose field holds this value: `level` and `beginner`.
    pub fields: Vec<(Box<str>, Box<str>)>,
    /// The order.
    pub sort_by: SortBy,
    /// The other way round.
    pub reverse: bool,
    /// At most so many; 0 for all.
    pub limit: u32,
}

/// What the site answers.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A page or none.
    Page(Option<PageId>),
    /// A section or none.
    Section(Option<SectionId>),
    /// The number of a taxonomy or none.
    Taxonomy(Option<usize>),
    /// The numbers of a taxonomy and of a term in it, or none.
    Term(Option<(usize, usize)>),
    /// Pages in order.
    Pages(Arc<[PageId]>),
    /// The way to a career, or none.
    Route(Option<Arc<Route>>),
    /// A text or none.
    Text(Option<Arc<str>>),
    /// A fingerprint or none.
    Hash(Option<Fingerprint>),
    /// A tree, or why there is none.
    Data(Arc<Result<Node, String>>),
    /// A picture, or why there is none.
    Picture(Arc<Found>),
}

impl Answer {
    /// Stands for everything that the asker can see of the answer.
    pub fn fingerprint(&self, question: &Question, site: &Site) -> Fingerprint {
        if let Self::Text(Some(text)) = self {
            // By far the most frequent answer: the address of a link.
            return Fingerprint::of(text.as_bytes());
        }
        let mut hasher = Hasher::new();
        match self {
            Self::Page(id) => hash_page(&mut hasher, site, *id, question),
            Self::Section(id) => hash_section(&mut hasher, site, *id, question),
            Self::Taxonomy(index) => hash_taxonomy(&mut hasher, site, *index),
            Self::Term(at) => hash_term(&mut hasher, site, *at, question),
            Self::Pages(ids) => prints::cards(&mut hasher, site, ids),
            Self::Route(route) => match route {
                Some(route) => route.hash_into(&mut hasher, site),
                None => {
                    hasher.text("none");
                }
            },
            Self::Text(text) => hash_text(&mut hasher, text.as_deref()),
            Self::Hash(print) => {
                hasher.print(print.unwrap_or_default());
            }
            Self::Data(data) => {
                // The debug form names every value and its place; data files are small.
                hasher.text(&format!("{data:?}"));
            }
            Self::Picture(found) => {
                // Size, format and bytes of a picture, or its fault: a short text.
                hasher.text(&format!("{found:?}"));
            }
        }
        hasher.finish()
    }
}

fn hash_page(hasher: &mut Hasher, site: &Site, id: Option<PageId>, question: &Question) {
    let Some(id) = id else {
        hasher.number(0);
        return;
    };
    hasher.print(if matches!(question, Question::Content { .. }) {
        prints::page(site, id)
    } else {
        site.entity(id).card_print
    });
}

fn hash_section(hasher: &mut Hasher, site: &Site, id: Option<SectionId>, question: &Question) {
    let Some(id) = id else {
        hasher.number(0);
        return;
    };
    let section = site.section(id);
    hasher.print(prints::section(site, id));
    let bare = matches!(
        question,
        Question::Section {
            metadata_only: true,
            ..
        }
    );
    if !bare {
        prints::cards(hasher, site, &section.pages);
    }
}

fn hash_taxonomy(hasher: &mut Hasher, site: &Site, index: Option<usize>) {
    match index {
        Some(index) => prints::taxonomy(hasher, &site.taxonomies[index]),
        None => {
            hasher.number(0);
        }
    }
}

fn hash_term(hasher: &mut Hasher, site: &Site, at: Option<(usize, usize)>, question: &Question) {
    let Some((taxonomy, term)) = at else {
        hasher.number(0);
        return;
    };
    let term = &site.taxonomies[taxonomy].terms[term];
    hasher.text(&term.name).text(&term.url);
    hasher.number(term.pages.len() as u64);
    let bare = matches!(
        question,
        Question::Term {
            with_pages: false,
            ..
        }
    );
    if !bare {
        prints::cards(hasher, site, &term.pages);
    }
}

fn hash_text(hasher: &mut Hasher, text: Option<&str>) {
    match text {
        Some(text) => hasher.number(1).text(text),
        None => hasher.number(0),
    };
}
