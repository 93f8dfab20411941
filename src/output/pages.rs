//! Pages of entities, and redirects to them.

use rayon::prelude::*;

use super::Turn;
use super::claims::{Claims, Owner, Way, Wish};
use super::plan::rendered;
use crate::base::{SitePath, Span};
use crate::content::kinds::common;
use crate::data::Record;
use crate::diag::Diagnostic;
use crate::site::{Entity, PageId, Site, graph, routes};
use crate::theme::{Subject, Theme};

/// One target for each entity.
pub(super) fn plan(site: &Site, theme: &Theme, claims: &mut Claims) {
    let one = |at: usize| wish(site, theme, PageId(at as u32));
    let wishes: Vec<Option<Result<Wish, String>>> = (0..site.entities.len())
        .into_par_iter()
        .with_min_len(256)
        .map(one)
        .collect();
    for (wish, entity) in wishes.into_iter().zip(&site.entities) {
        match wish {
            None => {}
            Some(Ok(wish)) => claims.grant(wish),
            Some(Err(missing)) => claims
                .diagnostics
                .push(no_template(&missing, site, theme, entity)),
        }
    }
}

/// The file of a page, or the template that it misses; none for a page with faults of its own.
fn wish(site: &Site, theme: &Theme, id: PageId) -> Option<Result<Wish, String>> {
    let entity = site.entity(id);
    if entity.page.faulty {
        return None;
    }
    let path = routes::output_path(&entity.url);
    let owner = || owner(entity.path(), &entity.record);
    if let Some(next) = graph::successor(site, id) {
        let to = site.permalink(&site.entity(next).url).into();
        let target = rendered(path, "alias.html", Subject::Redirect { to }, Turn::Page);
        return Some(Ok(Wish::new(target, owner())));
    }
    Some(template(site, theme, entity).map(|template| {
        let target = rendered(path, &template, Subject::Page(id), Turn::Page);
        Wish::new(target, owner())
    }))
}

/// A page that wants an address: by the line of its front matter that gives it one, where there is
/// such a line.
fn owner(file: &SitePath, record: &Record) -> Owner {
    // A path decides alone, be it inherited.
    let typed = record.get("path").or_else(|| record.get("slug"));
    let span = typed.map(|typed| typed.span).filter(|span| span.is_own());
    Owner::made("the page").at(Some((file, span)), Way::Page)
}

/// The template of a page: its own choice, its section's, its kind's, else `page.html`.
fn template(site: &Site, theme: &Theme, entity: &Entity) -> Result<String, String> {
    let kind = &site.kinds[entity.kind as usize];
    let section = site.section(entity.section);
    let chosen = entity.template().or(section.record.text("page_template"));
    if let Some(name) = chosen {
        return if theme.has(name) {
            Ok(name.to_owned())
        } else {
            Err(name.to_owned())
        };
    }
    [&*kind.template, "page.html"]
        .into_iter()
        .find(|name| theme.has(name))
        .map(str::to_owned)
        .ok_or_else(|| "page.html".to_owned())
}

/// Says that a template is missing. A site without a theme is told how to get one.
pub(super) fn template_missing(name: &str, theme: &Theme) -> Diagnostic {
    let told = Diagnostic::error("template-missing", format!("there is no template {name}"));
    if ["index.html", "section.html", "page.html"]
        .iter()
        .any(|usual| theme.has(usual))
    {
        return told.hint(format!(
            "write templates/{name}, or choose a theme that has it"
        ));
    }
    told.hint(format!(
        "this site has no theme: `silabus init DIR` makes a site that has one; copy its themes/akademi/ \
         and write `theme = \"akademi\"` into silabus.toml, or write templates/{name}"
    ))
}

/// One diagnostic for all pages that miss the same template: merged by the report.
fn no_template(name: &str, site: &Site, theme: &Theme, entity: &Entity) -> Diagnostic {
    let diagnostic = template_missing(name, theme).on_page(entity.path());
    if let Some(typed) = entity.record.get("template")
        && let (file, Some(span)) = site.origin(entity.path(), typed.span)
    {
        return diagnostic.at(file, span, "asked for here");
    }
    let section = site.section(entity.section);
    match (section.record.get("page_template"), &section.page) {
        (Some(typed), Some(page)) => diagnostic.at(&page.path, typed.span, "asked for here"),
        _ => diagnostic,
    }
}

/// Redirects from old addresses, and of sections that lead elsewhere.
pub(super) fn redirects(site: &Site, claims: &mut Claims) {
    for entity in &site.entities {
        // Its own only: a translation does not inherit the old addresses of the original.
        for (alias, span) in aliases(&entity.page.record) {
            let to = site.permalink(&entity.url);
            redirect(alias, to, alias_owner(entity.path(), span), claims);
        }
    }
    for section in site.sections.iter() {
        let (Some(page), to) = (&section.page, site.permalink(&section.url)) else {
            continue;
        };
        for (alias, span) in aliases(&page.record) {
            redirect(alias, to.clone(), alias_owner(&page.path, span), claims);
        }
    }
}

/// The aliases that are ours; misshapen ones were reported where they stand.
fn aliases(record: &Record) -> impl Iterator<Item = (&str, Span)> {
    common::aliases(record).filter(|(alias, _)| common::is_path(alias))
}

fn alias_owner(file: &SitePath, span: Span) -> Owner {
    Owner::made("the alias").at(Some((file, Some(span))), Way::Alias)
}

/// A page at `from` that leads to the address `to`.
pub(super) fn redirect(from: &str, to: String, owner: Owner, claims: &mut Claims) {
    let from = from.trim_start_matches('/');
    let is_file = from
        .rsplit('/')
        .next()
        .is_some_and(|last| last.contains('.'));
    let path = match from {
        "" => "index.html".to_owned(),
        from if is_file && from.ends_with(".html") => from.to_owned(),
        from => format!("{}/index.html", from.trim_end_matches('/')),
    };
    let subject = Subject::Redirect { to: to.into() };
    claims.claim(rendered(path, "alias.html", subject, Turn::Page), owner);
}
