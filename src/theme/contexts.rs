//! The context of each target: what a template finds without asking.

use std::rc::Rc;

use tera::{Context, Value};

use super::ambient::Scope;
use super::body;
use super::cards;
use super::folders;
use super::subject::{Pager, Subject};
use super::values::{Table, text};
use crate::diag::Diagnostic;
use crate::site::{PageId, SectionId};

/// Every name that [`make`] may give a value.
pub(super) const NAMES: [&str; 18] = [
    "config",
    "lang",
    "current_url",
    "current_path",
    "page",
    "section",
    "paginator",
    "taxonomy",
    "terms",
    "term",
    "host",
    "feed_url",
    "feed_title",
    "last_updated",
    "pages",
    "entries",
    "sitemaps",
    "url",
];

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
        folders::section(scope, id, &content, pager.is_none()),
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
    let facet = taxonomy.config.facet.as_ref();
    let mut table = Table::with_capacity(11);
    table.set("name", &*taxonomy.config.name);
    table.set("kind", text(facet.map(|facet| &*facet.kind)));
    table.set("field", text(facet.map(|facet| &*facet.field)));
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
    table.set("paginate_path", &*site.config.paginate_path);
    table.set("feed", taxonomy.config.feed);
    table.set("render", taxonomy.config.render);
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
    // Addresses in summaries begin below the host.
    context.insert_value("host", Value::from(site.config.host()));
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
