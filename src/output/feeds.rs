//! Feeds, Atom and JSON: of the site, of sections and of terms.

use super::Turn;
use super::claims::{Claims, Owner, Way};
use super::lists::{term_place, term_way};
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
            let owner = Owner::made("");
            feed(
                site,
                lang,
                (&home, &site.config.title),
                pages,
                &owner,
                claims,
            );
        }
    }
    for section in site
        .sections
        .iter()
        .filter(|section| section.has_feed() && !section.folder.is_empty())
    {
        let place = section.page.as_ref().map(|page| (&page.path, None));
        feed(
            site,
            section.lang,
            (&section.url, &title(site, &section.title)),
            section.pages.clone(),
            &Owner::made("").at(place, Way::Section),
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
    let owner = Owner::made("").at(term_place(site, taxonomy, term), term_way(taxonomy));
    feed(
        site,
        taxonomy.lang,
        (&term.url, &title),
        pages,
        &owner,
        claims,
    );
}

fn title(site: &Site, of: &str) -> String {
    format!("{of} · {}", site.config.title)
}

/// The newest pages with a date, of the list with this address and title.
fn feed(
    site: &Site,
    lang: u8,
    list: (&str, &str),
    mut pages: Vec<PageId>,
    owner: &Owner,
    claims: &mut Claims,
) {
    pages.retain(|id| site.entity(*id).date.is_some() && site.entity(*id).listed());
    pages.sort_unstable();
    sections::sort(&mut pages, &site.entities, SortBy::Date, false);
    pages.truncate(site.config.feed_limit);
    one(lang, list, ATOM, pages.clone(), owner, claims);
    if site.config.exports.json_feed {
        one(lang, list, JSON, pages, owner, claims);
    }
}

/// One file of a feed.
fn one(
    lang: u8,
    (of, title): (&str, &str),
    file: &str,
    pages: Vec<PageId>,
    owner: &Owner,
    claims: &mut Claims,
) {
    let path = format!("{of}{file}");
    let subject = Subject::Feed {
        lang,
        path: path.as_str().into(),
        of: of.into(),
        title: title.into(),
        pages,
    };
    let output = path.trim_start_matches('/').to_owned();
    let mut owner = owner.clone();
    owner.what = format!("the feed of {of}").into();
    claims.claim(rendered(output, file, subject, Turn::Index), owner);
}
