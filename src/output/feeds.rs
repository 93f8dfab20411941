//! Feeds, Atom and JSON: of the site, of sections and of terms.

use super::Turn;
use super::claims::{Claims, Owner};
use super::plan::rendered;
use crate::config::SortBy;
use crate::site::{PageId, Site, Taxonomy, Term, routes, sections};
use crate::theme::Subject;

/// The names of a feed's files, and of the templates that make them.
const ATOM: &str = "atom.xml";
const JSON: &str = "feed.json";

/// All feeds that the settings ask for.
pub(super) fn plan(site: &Site, claims: &mut Claims) {
    if site.config.generate_feeds {
        for lang in 0..site.config.languages.len() as u8 {
            let home = routes::in_language(&site.config, lang, "");
            let pages = site
                .page_ids()
                .filter(|id| site.entity(*id).lang == lang)
                .collect();
            feed(site, lang, &home, &site.config.title, pages, claims);
        }
    }
    for section in site
        .sections
        .iter()
        .filter(|section| section.has_feed() && !section.folder.is_empty())
    {
        feed(
            site,
            section.lang,
            &section.url,
            &title(site, &section.title),
            section.pages.clone(),
            claims,
        );
    }
    for taxonomy in site
        .taxonomies
        .iter()
        .filter(|taxonomy| taxonomy.config.feed)
    {
        for term in &taxonomy.terms {
            of_term(site, taxonomy, term, claims);
        }
    }
}

/// The feeds of a term, where its taxonomy has some.
pub(super) fn of_term(site: &Site, taxonomy: &Taxonomy, term: &Term, claims: &mut Claims) {
    let (title, pages) = (title(site, &term.name), term.pages.clone());
    feed(site, taxonomy.lang, &term.url, &title, pages, claims);
}

fn title(site: &Site, of: &str) -> String {
    format!("{of} · {}", site.config.title)
}

/// The newest pages with a date.
fn feed(site: &Site, lang: u8, of: &str, title: &str, mut pages: Vec<PageId>, claims: &mut Claims) {
    pages.retain(|id| site.entity(*id).date.is_some() && site.entity(*id).listed());
    pages.sort_unstable();
    sections::sort(&mut pages, &site.entities, SortBy::Date, false);
    pages.truncate(site.config.feed_limit);
    one(lang, of, ATOM, title, pages.clone(), claims);
    if site.config.exports.json_feed {
        one(lang, of, JSON, title, pages, claims);
    }
}

/// One file of a feed.
fn one(lang: u8, of: &str, file: &str, title: &str, pages: Vec<PageId>, claims: &mut Claims) {
    let path = format!("{of}{file}");
    let subject = Subject::Feed {
        lang,
        path: path.as_str().into(),
        of: of.into(),
        title: title.into(),
        pages,
    };
    let output = path.trim_start_matches('/').to_owned();
    let owner = Owner::made(format!("the feed of {of}"));
    claims.claim(rendered(output, file, subject, Turn::Index), owner);
}
