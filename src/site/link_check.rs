//! The check of all links: does each lead somewhere, and which page links to which.

use rayon::prelude::*;

use super::address::{decode, is_external};
use super::links::{Dead, Destination, resolve, split_query};
use super::prints::PICTURES;
use super::{Absence, Node, PageId, Site};
use crate::base::text::nearest;
use crate::base::{SitePath, Span};
use crate::config::Config;
use crate::content::{Body, Link, Piece, Raw};
use crate::data::Record;
use crate::diag::Diagnostic;

/// So many pages with broken links or references are told what was probably meant. Looking for a
/// near name is looking at all names: for thousands of broken links that would take minutes.
pub const SUGGESTED: usize = 100;

/// What the check of all links found.
#[derive(Default)]
pub struct Found {
    /// Broken links and doubtful ones of pages.
    pub of_pages: Vec<(PageId, Vec<Diagnostic>)>,
    /// The same of sections.
    pub of_sections: Vec<Diagnostic>,
    /// `(from, to)` for every link between two pages.
    pub edges: Vec<(PageId, PageId)>,
}

/// What the check of one text found.
#[derive(Default)]
struct Said {
    diagnostics: Vec<Diagnostic>,
    edges: Vec<(PageId, PageId)>,
    /// Whether a name was missing that a near one could be suggested for.
    missing: bool,
}

/// Checks every link and picture of every page.
pub fn check_all(site: &Site) -> Found {
    let pages: Vec<Said> = (0..site.entities.len())
        .into_par_iter()
        .with_min_len(64)
        .map(|at| of_page(site, PageId(at as u32), false).check())
        .collect();
    let mut found = Found::default();
    let mut suggested = 0;
    for (at, mut said) in pages.into_iter().enumerate() {
        let id = PageId(at as u32);
        found.edges.append(&mut said.edges);
        if said.missing && suggested < SUGGESTED {
            suggested += 1;
            said = of_page(site, id, true).check();
        }
        if !said.diagnostics.is_empty() {
            found.of_pages.push((id, said.diagnostics));
        }
    }
    for section in site.sections.iter() {
        let Some(page) = &section.page else {
            continue;
        };
        let origin = Origin {
            site,
            path: &page.path,
            url: &section.url,
            lang: section.lang,
            record: &page.record,
            body: &page.body,
            page: None,
            suggest: true,
        };
        found.of_sections.append(&mut origin.check().diagnostics);
    }
    found
}

/// Checks that the logo that the settings name is a file of the site.
pub fn check_logo(site: &Site) -> Option<Diagnostic> {
    let typed = site.config.organization.get("logo")?;
    let logo = typed.as_text()?;
    if is_external(logo) || is_published(site, logo) {
        return None;
    }
    let message = format!("no file for this image: {logo}");
    let label = "the path of a logo is looked for in static/";
    let told = Diagnostic::error("broken-image", message);
    Some(told.at(&Config::path(), typed.span, label))
}

/// Whether a file is published at an address below the site.
fn is_published(site: &Site, address: &str) -> bool {
    let path = decode(address.split(['?', '#']).next().unwrap_or(address));
    let output = path.trim_start_matches('/');
    let statics = &site.statics;
    let found = statics.binary_search_by(|asset| (*asset.output).cmp(output));
    found.is_ok() || site.assets.iter().any(|asset| *asset.output == *output)
}

/// Checks the links and pictures of one page.
pub fn check_page(site: &Site, id: PageId) -> Vec<Diagnostic> {
    of_page(site, id, true).check().diagnostics
}

fn of_page(site: &Site, id: PageId, suggest: bool) -> Origin<'_> {
    let entity = site.entity(id);
    Origin {
        site,
        path: entity.path(),
        url: &entity.url,
        lang: entity.lang,
        record: &entity.record,
        body: &entity.page.body,
        page: Some(id),
        suggest,
    }
}

/// The file whose links are checked.
struct Origin<'a> {
    site: &'a Site,
    path: &'a SitePath,
    /// Where it is published.
    url: &'a str,
    lang: u8,
    /// Its front matter, with what it inherits.
    record: &'a Record,
    body: &'a Body,
    page: Option<PageId>,
    /// Whether near names are looked for.
    suggest: bool,
}

impl Origin<'_> {
    fn check(&self) -> Said {
        let mut found = Said::default();
        self.check_record(&mut found);
        self.check_body(self.body, &mut found);
        found
    }

    /// The pictures that the front matter names.
    fn check_record(&self, found: &mut Said) {
        let page = self.page.map(|id| self.site.entity(id));
        if page.is_some_and(|page| !page.has_pictures) {
            return;
        }
        for field in PICTURES {
            // What a translation inherits is told of its original.
            if let Some(typed) = self.record.get(field).filter(|one| !one.span.is_nowhere())
                && let Some((src, _)) = self.record.image(field)
            {
                self.check_file(src, typed.span, "image", found);
            }
        }
    }

    fn check_body(&self, body: &Body, found: &mut Said) {
        for piece in &body.pieces {
            match piece {
                Piece::Html(_) => {}
                Piece::Link(link) if link.raw.is_none() => self.check_link(link, found),
                Piece::Link(link) => self.check_raw(link, found),
                Piece::Image(image) => self.check_file(&image.src, image.span, "image", found),
                Piece::Component(component) => {
                    if let Some(inner) = &component.body {
                        self.check_body(inner, found);
                    }
                }
            }
        }
    }

    fn check_link(&self, link: &Link, found: &mut Said) {
        let (target, _) = split_query(&link.target);
        let destination = match resolve(self.site, self.path, self.lang, target) {
            Ok(destination) => destination,
            Err(dead) => {
                found.missing |= matches!(dead, Dead::Missing(_));
                found
                    .diagnostics
                    .push(self.dead(&dead, target, link.span, "link"));
                return;
            }
        };
        if let (Some(from), Destination::Content(Node::Page(to))) = (self.page, &destination) {
            if from != *to {
                found.edges.push((from, *to));
            }
            found.diagnostics.extend(self.expired(*to, link.span));
        }
        if let Some(anchor) = &link.anchor {
            found
                .diagnostics
                .extend(self.anchor(&destination, anchor, link));
        }
    }

    /// An address in raw HTML, which browsers read from the page's address where no file beside
    /// the text has that name.
    fn check_raw(&self, link: &Link, found: &mut Said) {
        let (target, span) = (&*link.target, link.span);
        if !target.starts_with(['@', '/'])
            && resolve(self.site, self.path, self.lang, target).is_err()
            && self.is_below(target)
        {
            return;
        }
        match link.raw {
            Some(Raw::Picture) => self.check_file(target, span, "image", found),
            Some(Raw::File) => self.check_file(target, span, "file", found),
            Some(Raw::Link) | None => self.check_link(link, found),
        }
    }

    /// Whether something is published at an address that is read from the page's own.
    fn is_below(&self, target: &str) -> bool {
        let folder = self.url.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some(path) = SitePath::new(
            [folder, "/", &decode(target)]
                .concat()
                .trim_start_matches('/'),
        ) else {
            return false;
        };
        let path = path.as_str().trim_end_matches("index.html");
        let is_it = |url: &str| url.trim_matches('/') == path.trim_end_matches('/');
        let site = self.site;
        // Terms come and go with the tags of others, whose links are not looked at again then.
        let is_term = |url: &str| path.starts_with(url.trim_start_matches('/'));
        is_published(site, path)
            || site.entities.iter().any(|entity| is_it(&entity.url))
            || site.sections.iter().any(|section| is_it(&section.url))
            || site.taxonomies.iter().any(|one| is_term(&one.url))
    }

    /// A file that is shown or played.
    fn check_file(&self, src: &str, span: Span, what: &'static str, found: &mut Said) {
        if is_external(src) {
            return;
        }
        if src.starts_with('/') && !is_published(self.site, src) {
            let message = missing_message(what, src);
            let label = "a path that begins with / is looked for in static/";
            let told = Diagnostic::error(code(what), message);
            found.diagnostics.push(told.at(self.path, span, label));
            return;
        }
        if let Err(dead) = resolve(self.site, self.path, self.lang, src) {
            found.missing |= matches!(dead, Dead::Missing(_));
            found.diagnostics.push(self.dead(&dead, src, span, what));
        }
    }

    fn dead(&self, dead: &Dead, target: &str, span: Span, what: &'static str) -> Diagnostic {
        let code = code(what);
        match dead {
            Dead::Outside => Diagnostic::error(code, format!("\"{target}\" leads out of content/"))
                .at(self.path, span, "there is nothing above content/"),
            Dead::Absent(path, Absence::Draft) => Diagnostic::error(
                "link-to-draft",
                format!("{path} is a draft and is not published"),
            )
            .at(self.path, span, "publish it, or take the link away")
            .in_file(path, "this page, or a section above it, is a draft"),
            Dead::Absent(path, Absence::Scheduled(_)) => Diagnostic::error(
                "link-to-scheduled",
                format!("{path} is not published yet: its publish_date is still to come"),
            )
            .at(self.path, span, "take the link away until then")
            .in_file(path, ""),
            Dead::Missing(path) => self.missing(code, path, target, span, what),
        }
    }

    fn missing(
        &self,
        code: &'static str,
        path: &SitePath,
        target: &str,
        span: Span,
        what: &str,
    ) -> Diagnostic {
        let diagnostic = Diagnostic::error(code, missing_message(what, path.as_str()));
        let near = self.suggest.then(|| self.near(path)).flatten();
        let label = match near {
            Some(near) => format!(
                "did you mean \"@/{}\"?",
                near.trim_start_matches("content/")
            ),
            None if !target.ends_with(".md") && what == "link" => {
                "a link to a page names its file: @/folder/page.md".to_owned()
            }
            None => "there is no such file".to_owned(),
        };
        diagnostic.at(self.path, span, label)
    }

    /// The file that was most likely meant: one of this name elsewhere, else one of a similar
    /// name, in the same folder before others.
    fn near(&self, wanted: &SitePath) -> Option<&str> {
        let known = || {
            let pages = self.site.by_path.keys();
            pages.chain(self.site.asset_by_path.keys())
        };
        let named = |path: &&SitePath| [path.name(), path.stem()].contains(&wanted.name());
        let mut same: Vec<&SitePath> = known().filter(named).collect();
        if same.is_empty() {
            let name = nearest(wanted.name(), known().map(SitePath::name))?;
            same = known().filter(|path| path.name() == name).collect();
        }
        same.sort_by_key(|path| (path.parent() != wanted.parent(), *path));
        same.first().map(|path| path.as_str())
    }

    fn expired(&self, to: PageId, span: Span) -> Option<Diagnostic> {
        let entity = self.site.entity(to);
        entity.expired.then(|| {
            Diagnostic::warning(
                "link-to-expired",
                format!("\"{}\" is past its expiry_date", entity.title),
            )
            .at(self.path, span, "readers find it marked as expired")
        })
    }

    /// The id that the title of a page would have: the heading is taken out of its text.
    fn title_id(&self, id: PageId) -> Option<&str> {
        self.site.entity(id).title_heading()
    }

    fn anchor(&self, destination: &Destination, anchor: &str, link: &Link) -> Option<Diagnostic> {
        let (body, title) = match destination {
            Destination::Itself => (self.body, self.page.and_then(|id| self.title_id(id))),
            Destination::Content(Node::Page(id)) => {
                (&self.site.entity(*id).page.body, self.title_id(*id))
            }
            Destination::Content(Node::Section(id)) => {
                (&self.site.section(*id).page.as_ref()?.body, None)
            }
            Destination::Asset(_) | Destination::Rooted(_) => return None,
        };
        let wanted = decode(anchor);
        let is_title = title == Some(&*wanted);
        if !is_title && body.anchors.iter().any(|known| **known == *wanted) {
            return None;
        }
        let where_to = if link.target.is_empty() {
            "this page"
        } else {
            split_query(&link.target).0
        };
        let known = body.anchors.iter().map(|known| &**known);
        let label = match nearest(&wanted, known.filter(|known| Some(*known) != title)) {
            _ if is_title => "that heading is the page's title: link to the page".to_owned(),
            Some(near) => format!("did you mean \"#{near}\"?"),
            None => "no heading there has this id".to_owned(),
        };
        Some(
            Diagnostic::error(
                "broken-anchor",
                format!("{where_to} has no anchor \"{wanted}\""),
            )
            .at(self.path, link.span, label),
        )
    }
}

/// The code of what is said about a link, an image or another file.
fn code(what: &str) -> &'static str {
    match what {
        "image" => "broken-image",
        _ => "broken-link",
    }
}

fn missing_message(what: &str, name: &str) -> String {
    match what {
        "file" => format!("no such file: {name}"),
        _ => format!("no file for this {what}: {name}"),
    }
}
