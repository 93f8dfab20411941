//! Lists: sections, taxonomies and terms, in one page or in pagers.

use super::Turn;
use super::claims::{Claims, Owner, Way};
use super::pages::{redirect, template_missing};
use super::plan::rendered;
use crate::base::{SitePath, Span};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::site::{PageId, Section, SectionId, Site, Taxonomy, Term, links, routes};
use crate::theme::{Pager, Subject, Theme};

/// All lists.
pub(super) fn plan(site: &Site, theme: &Theme, claims: &mut Claims) {
    for (at, section) in site.sections.iter().enumerate() {
        plan_section(site, theme, SectionId(at as u32), section, claims);
    }
    for (at, taxonomy) in site.taxonomies.iter().enumerate() {
        if taxonomy.config.render && !taxonomy.terms.is_empty() {
            plan_taxonomy(site, theme, at, taxonomy, claims);
        }
    }
}

fn plan_section(site: &Site, theme: &Theme, id: SectionId, section: &Section, claims: &mut Claims) {
    if !section.rendered() {
        return;
    }
    let owner = match &section.page {
        Some(page) => Owner::file(&page.path, "the section", Way::Section),
        None => {
            Owner::made(format!("the section of content/{}", section.folder)).at(None, Way::Section)
        }
    };
    if let Some(to) = section.redirect_to() {
        match redirect_address(site, section, to) {
            Ok(to) => redirect(&section.url, to, owner, claims),
            Err(diagnostic) => claims.diagnostics.push(*diagnostic),
        }
        return;
    }
    let Some(template) = section_template(theme, section) else {
        let wanted = section.record.text("template").unwrap_or("section.html");
        let diagnostic = template_missing(wanted, theme);
        let diagnostic = match (section.record.get("template"), &section.page) {
            (Some(typed), Some(page)) => diagnostic.at(&page.path, typed.span, "asked for here"),
            _ => diagnostic,
        };
        claims.diagnostics.push(diagnostic.on_page(&section.path()));
        return;
    };
    let component = section
        .record
        .text("paginate_path")
        .unwrap_or(&site.config.paginate_path);
    for pager in pagers(&section.url, component, section.paginate_by, &section.pages) {
        let path = routes::output_path(
            &pager
                .as_ref()
                .map_or_else(|| section.url.to_string(), |pager| pager.url(pager.index)),
        );
        let subject = Subject::Section { id, pager };
        claims.claim(
            rendered(path, &template, subject, Turn::Page),
            owner.clone(),
        );
    }
}

/// The full address that a section leads to instead of its list.
fn redirect_address(site: &Site, section: &Section, to: &str) -> Result<String, Box<Diagnostic>> {
    if to.starts_with('/') && !to.starts_with("//") {
        return Ok(site.permalink(to));
    }
    if links::is_external(to) || to.starts_with("//") {
        return Ok(to.to_owned());
    }
    let found = links::resolve(site, &section.path(), section.lang, to);
    let address = found.ok().and_then(|found| links::address(site, &found));
    address.map(|path| site.permalink(&path)).ok_or_else(|| {
        let message = format!("redirect_to leads to no published page: {to}");
        let diagnostic = Diagnostic::error("broken-link", message);
        let label = "name a file, @/folder/page.md, or a full address";
        Box::new(match section.record.get("redirect_to") {
            Some(typed) => diagnostic.at(&section.path(), typed.span, label),
            None => diagnostic.in_file(&section.path(), label),
        })
    })
}

/// The template of a section: its own choice, `index.html` for the home, the one of its folder,
/// else `section.html`.
fn section_template(theme: &Theme, section: &Section) -> Option<String> {
    if let Some(chosen) = section.record.text("template") {
        return theme.has(chosen).then(|| chosen.to_owned());
    }
    let own = format!("{}/section.html", section.folder);
    let candidates = if section.folder.is_empty() {
        ["index.html", "section.html"]
    } else {
        [&*own, "section.html"]
    };
    candidates
        .into_iter()
        .find(|name| theme.has(name))
        .map(str::to_owned)
}

fn plan_taxonomy(site: &Site, theme: &Theme, at: usize, taxonomy: &Taxonomy, claims: &mut Claims) {
    let name = &taxonomy.config.name;
    let is_facet = taxonomy.config.facet.is_some();
    let list = taxonomy_template(theme, name, "list.html", "taxonomy_list.html");
    if let Some(template) = list.filter(|_| !is_facet) {
        let path = routes::output_path(&taxonomy.url);
        let target = rendered(path, &template, Subject::Taxonomy(at), Turn::Page);
        let owner = Owner::made(format!("the list of {name}"));
        let settings = Config::path();
        let owner = owner.at(Some((&settings, None)), Way::Taxonomy);
        claims.claim(target, owner);
    }
    for number in 0..taxonomy.terms.len() {
        plan_term(site, theme, (at, number), claims);
    }
}

/// The pages of a term, by the numbers of its taxonomy and of itself.
pub(super) fn plan_term(site: &Site, theme: &Theme, numbers: (usize, usize), claims: &mut Claims) {
    let taxonomy = &site.taxonomies[numbers.0];
    let (name, term) = (&taxonomy.config.name, &taxonomy.terms[numbers.1]);
    let (own, general) = match taxonomy.config.facet.is_some() {
        true => ("facet.html", "facet.html"),
        false => ("single.html", "taxonomy_single.html"),
    };
    let Some(template) = taxonomy_template(theme, name, own, general) else {
        return;
    };
    let owner = term_owner(site, taxonomy, term);
    for pager in pagers(
        &term.url,
        &site.config.paginate_path,
        taxonomy.config.paginate_by,
        &term.pages,
    ) {
        let path = routes::output_path(
            &pager
                .as_ref()
                .map_or_else(|| term.url.to_string(), |pager| pager.url(pager.index)),
        );
        let subject = Subject::Term {
            taxonomy: numbers.0,
            term: numbers.1,
            pager,
        };
        let target = rendered(path, &template, subject, Turn::Page);
        claims.claim(target, owner.clone());
    }
}

/// Who wants the address of a term: the first page that gives it.
fn term_owner(site: &Site, taxonomy: &Taxonomy, term: &Term) -> Owner {
    let what = format!("the {} page of \"{}\"", taxonomy.config.name, term.name);
    Owner::made(what).at(term_place(site, taxonomy, term), term_way(taxonomy))
}

/// Where the first page that gives a term does so.
pub(super) fn term_place<'s>(
    site: &'s Site,
    taxonomy: &Taxonomy,
    term: &Term,
) -> Option<(&'s SitePath, Option<Span>)> {
    let entity = site.entity(term.first()?);
    match taxonomy.span_of(term, &entity.record) {
        Some(span) => Some(site.origin(entity.path(), span)),
        None => Some((entity.path(), None)),
    }
}

/// How a term gives way.
pub(super) fn term_way(taxonomy: &Taxonomy) -> Way {
    match taxonomy.config.facet {
        Some(_) => Way::Facet,
        None => Way::Term,
    }
}

/// A taxonomy's own template, else the one of all.
fn taxonomy_template(theme: &Theme, name: &str, own: &str, general: &str) -> Option<String> {
    let own = format!("{name}/{own}");
    let mut candidates = [&*own, general].into_iter();
    candidates.find(|known| theme.has(known)).map(str::to_owned)
}

/// The pagers of a list; one none for a list that is not split.
fn pagers(base: &str, component: &str, by: usize, pages: &[PageId]) -> Vec<Option<Pager>> {
    if by == 0 {
        return vec![None];
    }
    let count = pages.len().div_ceil(by).max(1);
    (1..=count)
        .map(|index| {
            Some(Pager {
                base: base.into(),
                component: component.into(),
                index,
                count,
                by,
                total: pages.len(),
                pages: pages
                    .iter()
                    .skip((index - 1) * by)
                    .take(by)
                    .copied()
                    .collect(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_split_evenly_and_an_empty_one_has_a_page() {
        let pages: Vec<PageId> = (0..5).map(PageId).collect();
        let made = pagers("/tags/a/", "page", 2, &pages);
        let sizes: Vec<usize> = made
            .iter()
            .flatten()
            .map(|pager| pager.pages.len())
            .collect();
        assert_eq!(sizes, [2, 2, 1]);
        let urls: Vec<String> = made
            .iter()
            .flatten()
            .map(|pager| pager.url(pager.index))
            .collect();
        assert_eq!(urls, ["/tags/a/", "/tags/a/page/2/", "/tags/a/page/3/"]);
        assert_eq!(pagers("/", "page", 2, &[]).len(), 1);
        assert!(pagers("/", "page", 0, &pages)[0].is_none());
    }
}
