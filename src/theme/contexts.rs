//! The context of each target: what a template finds without asking.

use std::rc::Rc;

use tera::{Context, Value};

use super::ambient::Scope;
use super::body;
use super::cards;
use super::values::Table;
use crate::base::SitePath;
use crate::diag::Diagnostic;
use crate::site::{PageId, SectionId, Site};

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
            Self::Feed { lang, .. } => *lang,
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

    /// Its address below the site.
    fn path(&self, site: &Site) -> String {
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
            Self::Feed { path, .. } | Self::Alone { path } => path.to_string(),
            Self::Sitemap { .. } | Self::SitemapIndex { .. } => "/sitemap.xml".to_owned(),
            Self::Redirect { .. } => String::new(),
        }
    }
}

/// The context of a subject.
pub(super) fn make(scope: &Rc<Scope>, subject: &Subject, sink: &mut Vec<Diagnostic>) -> Context {
    let site = scope.view.site();
    let mut context = Context::new();
    let path = subject.path(site);
    let config = &scope.renderer.configs[scope.view.lang as usize];
    context.insert_value("config", config.clone());
    context.insert_value("lang", Value::from(site.lang(scope.view.lang)));
    context.insert_value("current_url", Value::from(site.permalink(&path)));
    context.insert_value("current_path", Value::from(path));
    match subject {
        Subject::Page(id) => {
            let content = body::page(scope, *id, sink);
            context.insert_value("page", cards::page(scope, *id, &content));
        }
        Subject::Section { id, pager } => section(scope, &mut context, *id, pager.as_ref(), sink),
        Subject::Taxonomy(at) => taxonomy(scope, &mut context, *at),
        Subject::Term {
            taxonomy,
            term,
            pager,
        } => {
            context.insert_value("taxonomy", taxonomy_value(scope, *taxonomy));
            context.insert_value("term", term_value(scope, *taxonomy, *term, pager.is_none()));
            context.insert_value("paginator", paginator(scope, pager.as_ref()));
        }
        Subject::Feed {
            of, title, pages, ..
        } => feed(scope, &mut context, of, title, pages),
        Subject::Sitemap { entries } => sitemap(scope, &mut context, entries),
        Subject::SitemapIndex { parts } => {
            let parts = parts.iter().map(|path| Value::from(site.permalink(path)));
            context.insert_value("sitemaps", Value::from(parts.collect::<Vec<_>>()));
        }
        Subject::Redirect { to } => context.insert_value("url", Value::from(&**to)),
        Subject::Alone { .. } => {}
    }
    context
}

fn section(
    scope: &Rc<Scope>,
    context: &mut Context,
    id: SectionId,
    pager: Option<&Pager>,
    sink: &mut Vec<Diagnostic>,
) {
    let content = body::section(scope, id, sink);
    context.insert_value(
        "section",
        cards::section(scope, id, &content, pager.is_none()),
    );
    context.insert_value("paginator", paginator(scope, pager));
}

fn taxonomy(scope: &Rc<Scope>, context: &mut Context, at: usize) {
    let count = scope.view.site().taxonomies[at].terms.len();
    let terms = (0..count).map(|term| term_value(scope, at, term, false));
    context.insert_value("taxonomy", taxonomy_value(scope, at));
    context.insert_value("terms", Value::from(terms.collect::<Vec<_>>()));
}

/// A taxonomy without its terms.
pub(super) fn taxonomy_value(scope: &Rc<Scope>, at: usize) -> Value {
    let site = scope.view.site();
    let taxonomy = &site.taxonomies[at];
    let mut table = Table::with_capacity(7);
    table.set("name", &*taxonomy.config.name);
    table.set(
        "slug",
        taxonomy
            .url
            .trim_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default(),
    );
    table.set("lang", site.lang(taxonomy.lang));
    table.set("path", &*taxonomy.url);
    table.set("permalink", site.permalink(&taxonomy.url));
    table.set("paginate_by", taxonomy.config.paginate_by);
    table.set("feed", taxonomy.config.feed);
    table.value()
}

/// A term, with the cards of its pages where asked for.
pub(super) fn term_value(
    scope: &Rc<Scope>,
    taxonomy: usize,
    term: usize,
    with_pages: bool,
) -> Value {
    let site = scope.view.site();
    let term = &site.taxonomies[taxonomy].terms[term];
    let mut table = Table::with_capacity(6);
    table.set("name", &*term.name);
    table.set("slug", &*term.slug);
    table.set("path", &*term.url);
    table.set("permalink", site.permalink(&term.url));
    table.set("page_count", term.pages.len());
    let pages = if with_pages {
        cards::cards(scope, &term.pages)
    } else {
        Value::from(Vec::<Value>::new())
    };
    table.set("pages", pages);
    table.value()
}

/// `paginator`, none for a list without pagers.
fn paginator(scope: &Rc<Scope>, pager: Option<&Pager>) -> Value {
    let Some(pager) = pager else {
        return Value::none();
    };
    let site = scope.view.site();
    let url = |index: usize| Value::from(site.permalink(&pager.url(index)));
    let mut table = Table::with_capacity(11);
    table.set("paginate_by", pager.by);
    table.set("first", url(1));
    table.set("last", url(pager.count));
    table.set(
        "previous",
        if pager.index > 1 {
            url(pager.index - 1)
        } else {
            Value::none()
        },
    );
    table.set(
        "next",
        if pager.index < pager.count {
            url(pager.index + 1)
        } else {
            Value::none()
        },
    );
    table.set("number_pagers", pager.count);
    table.set(
        "base_url",
        format!("{}{}/", site.permalink(&pager.base), pager.component),
    );
    table.set("pages", cards::cards(scope, &pager.pages));
    table.set("current_index", pager.index);
    table.set("total_pages", pager.total);
    table.value()
}

fn feed(scope: &Rc<Scope>, context: &mut Context, of: &str, title: &str, pages: &[PageId]) {
    let site = scope.view.site();
    let newest = pages
        .iter()
        .filter_map(|id| site.entity(*id).updated_key)
        .max()
        .map(|instant| crate::base::when::When::Instant(instant, 0).rfc3339(&site.now.zone));
    context.insert_value("feed_url", Value::from(site.permalink(of)));
    context.insert_value("feed_title", Value::from(title));
    context.insert_value("last_updated", newest.map_or_else(Value::none, Value::from));
    context.insert_value("pages", cards::cards(scope, pages));
}

fn sitemap(scope: &Rc<Scope>, context: &mut Context, entries: &[(Box<str>, Option<Box<str>>)]) {
    let site = scope.view.site();
    let entries = entries.iter().map(|(path, updated)| {
        let mut table = Table::with_capacity(2);
        table.set("permalink", site.permalink(path));
        table.set("updated", updated.as_deref());
        table.value()
    });
    context.insert_value("entries", Value::from(entries.collect::<Vec<_>>()));
}
