//! What templates are rendered for.

use crate::base::{Hasher, SitePath};
use crate::site::{PageId, SectionId, Site, prints};
use crate::structured::{Shown, Topic};

/// What a template is rendered for.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A page.
    Page(PageId),
    /// A section, or one pager of it.
    Section {
        /// Which one.
        id: SectionId,
        /// The pager, where the section has pagers.
        pager: Option<Pager>,
    },
    /// The list of a taxonomy's terms.
    Taxonomy(usize),
    /// A term, or one pager of it.
    Term {
        /// Number of the taxonomy.
        taxonomy: usize,
        /// Number of the term in it.
        term: usize,
        /// The pager, where the taxonomy has pagers.
        pager: Option<Pager>,
    },
    /// A feed of pages.
    Feed {
        /// Its language.
        lang: u8,
        /// Its own address below the site.
        path: Box<str>,
        /// The address of what it is a feed of.
        of: Box<str>,
        /// The title of what it is a feed of.
        title: Box<str>,
        /// Its entries.
        pages: Vec<PageId>,
    },
    /// A sitemap or one part of it.
    Sitemap {
        /// Addresses below the site with the day each was last changed.
        entries: Vec<(Box<str>, Option<Box<str>>)>,
    },
    /// The list of a sitemap's parts.
    SitemapIndex {
        /// Their addresses below the site.
        parts: Vec<Box<str>>,
    },
    /// A page that sends its readers elsewhere.
    Redirect {
        /// A full address.
        to: Box<str>,
    },
    /// A template that stands alone: `404.html`, `robots.txt`.
    Alone {
        /// Its address below the site.
        path: Box<str>,
        /// Its language.
        lang: u8,
        /// Whether search engines may list it.
        listed: bool,
    },
}

/// One page of a paginated list.
#[derive(Clone, Debug)]
pub struct Pager {
    /// The address of the list below the site.
    pub base: Box<str>,
    /// The path component of pagers.
    pub component: Box<str>,
    /// This pager's number, from 1.
    pub index: usize,
    /// How many pagers there are.
    pub count: usize,
    /// Pages on a pager.
    pub by: usize,
    /// Pages in all.
    pub total: usize,
    /// Its pages.
    pub pages: Vec<PageId>,
}

impl Pager {
    fn hash_into(&self, hasher: &mut Hasher, site: &Site) {
        hasher.text(&self.base).text(&self.component);
        for number in [self.index, self.count, self.by, self.total] {
            hasher.number(number as u64);
        }
        prints::cards(hasher, site, &self.pages);
    }

    /// The address of the pager with this number.
    pub fn url(&self, index: usize) -> String {
        if index <= 1 {
            self.base.to_string()
        } else {
            format!("{}{}/{index}/", self.base, self.component)
        }
    }
}

impl Subject {
    pub(super) fn lang(&self, site: &Site) -> u8 {
        match self {
            Self::Page(id) => site.entity(*id).lang,
            Self::Section { id, .. } => site.section(*id).lang,
            Self::Taxonomy(at) | Self::Term { taxonomy: at, .. } => site.taxonomies[*at].lang,
            Self::Feed { lang, .. } | Self::Alone { lang, .. } => *lang,
            _ => 0,
        }
    }

    pub(super) fn page(&self) -> Option<PageId> {
        match self {
            Self::Page(id) => Some(*id),
            _ => None,
        }
    }

    /// The content file behind it, else its address.
    pub(super) fn file(&self, site: &Site) -> Option<SitePath> {
        match self {
            Self::Page(id) => Some(site.entity(*id).path().clone()),
            Self::Section { id, .. } => Some(site.section(*id).path()),
            _ => SitePath::new(self.path(site).trim_start_matches('/')),
        }
    }

    /// What it is for machines.
    pub(super) fn topic(&self, site: &Site) -> Topic {
        let shown = |pager: &Option<Pager>, all: &[PageId]| Shown {
            url: self.path(site).into(),
            pages: match pager {
                Some(pager) => pager.pages.clone(),
                None => all.to_vec(),
            },
        };
        match self {
            Self::Page(id) => Topic::Page(*id),
            Self::Section { id, pager } => {
                Topic::Section(*id, shown(pager, &site.section(*id).pages))
            }
            Self::Taxonomy(at) => Topic::Taxonomy(*at),
            Self::Term {
                taxonomy,
                term,
                pager,
            } => {
                let pages = &site.taxonomies[*taxonomy].terms[*term].pages;
                Topic::Term(*taxonomy, *term, shown(pager, pages))
            }
            Self::Alone {
                path, listed: true, ..
            } => Topic::Alone(path.clone()),
            _ => Topic::Nothing,
        }
    }

    /// Adds all that its context holds.
    pub(super) fn hash_into(&self, hasher: &mut Hasher, site: &Site) {
        if let Self::Page(id) = self {
            // Its address and language are in its print.
            hasher.print(prints::page(site, *id));
            return;
        }
        hasher
            .text(&self.path(site))
            .number(u64::from(self.lang(site)));
        match self {
            Self::Page(_) => {}
            Self::Section { id, pager } => {
                hasher.print(prints::section(site, *id));
                match pager {
                    Some(pager) => pager.hash_into(hasher, site),
                    None => prints::cards(hasher, site, &site.section(*id).pages),
                }
            }
            Self::Taxonomy(at) => prints::taxonomy(hasher, &site.taxonomies[*at]),
            Self::Term {
                taxonomy,
                term,
                pager,
            } => {
                let taxonomy = &site.taxonomies[*taxonomy];
                let term = &taxonomy.terms[*term];
                hasher.text(&taxonomy.url).text(&term.name).text(&term.url);
                hasher.number(term.pages.len() as u64);
                match pager {
                    Some(pager) => pager.hash_into(hasher, site),
                    None => prints::cards(hasher, site, &term.pages),
                }
            }
            Self::Feed {
                of, title, pages, ..
            } => {
                hasher.text(of).text(title);
                prints::cards(hasher, site, pages);
            }
            Self::Sitemap { entries } => entries.iter().for_each(|(path, updated)| {
                hasher
                    .text(path)
                    .text(updated.as_deref().unwrap_or_default());
            }),
            Self::SitemapIndex { parts } => parts.iter().for_each(|part| {
                hasher.text(part);
            }),
            Self::Redirect { to } => {
                hasher.text(to);
            }
            Self::Alone { .. } => {}
        }
    }

    /// Its address below the site.
    pub(super) fn path(&self, site: &Site) -> String {
        match self {
            Self::Page(id) => site.entity(*id).url.to_string(),
            Self::Section {
                pager: Some(pager), ..
            }
            | Self::Term {
                pager: Some(pager), ..
            } => pager.url(pager.index),
            Self::Section { id, .. } => site.section(*id).url.to_string(),
            Self::Taxonomy(at) => site.taxonomies[*at].url.to_string(),
            Self::Term { taxonomy, term, .. } => {
                site.taxonomies[*taxonomy].terms[*term].url.to_string()
            }
            Self::Feed { path, .. } | Self::Alone { path, .. } => path.to_string(),
            Self::Sitemap { .. } | Self::SitemapIndex { .. } => "/sitemap.xml".to_owned(),
            Self::Redirect { .. } => String::new(),
        }
    }
}
