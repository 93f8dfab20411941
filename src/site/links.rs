//! Links between pages: where an address written in a text leads, and whether it leads anywhere.

use rayon::prelude::*;

use super::address::decode;
pub use super::address::is_external;
use super::{Absence, Node, PageId, Site};
use crate::base::text::nearest;
use crate::base::{SitePath, Span};
use crate::content::{Body, Image, Link, Piece};
use crate::diag::Diagnostic;

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A page or section of this site.
    Content(Node),
    /// A file beside a page.
    Asset(u32),
    /// An address below the site's root, taken as written.
    Rooted(Box<str>),
    /// The page that links.
    Itself,
}

/// Why an address leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dead {
    /// It climbs out of `content/`.
    Outside,
    /// Its page is not published.
    Absent(SitePath, Absence),
    /// There is no such file.
    Missing(SitePath),
}

/// Where `target`, written in the file `from`, leads for a reader of language `lang`.
pub fn resolve(site: &Site, from: &SitePath, lang: u8, target: &str) -> Result<Destination, Dead> {
    if target.is_empty() {
        return Ok(Destination::Itself);
    }
    if target.starts_with('/') {
        return Ok(Destination::Rooted(target.into()));
    }
    at_path(site, target_path(from, target).ok_or(Dead::Outside)?, lang)
}

/// The file below `content/` that a target names: from the content's root with `@/`, else from
/// the folder of the file `from`. None where it climbs out.
pub fn target_path(from: &SitePath, target: &str) -> Option<SitePath> {
    let target = decode(target);
    let path = match target.strip_prefix("@/") {
        Some(inside) => SitePath::new("content")?.join(inside),
        None => from.parent().join(&target),
    };
    path.filter(|path| path.below("content").is_some())
}

/// What stands at a path below `content/`, in the language wanted where it exists in it.
pub fn at_path(site: &Site, path: SitePath, lang: u8) -> Result<Destination, Dead> {
    if let Some(absence) = site.absent.get(&path) {
        return Err(Dead::Absent(path, *absence));
    }
    if let Some(node) = site.by_path.get(&path) {
        return Ok(Destination::Content(translated(site, *node, lang)));
    }
    if let Some(asset) = site.asset_by_path.get(&path) {
        return Ok(Destination::Asset(*asset));
    }
    Err(Dead::Missing(path))
}

fn translated(site: &Site, node: Node, lang: u8) -> Node {
    match node {
        Node::Page(id) => {
            let entity = site.entity(id);
            let twin = (entity.lang != lang)
                .then(|| site.by_id.get(&(entity.kind, lang, entity.id.clone())))
                .flatten();
            Node::Page(*twin.unwrap_or(&id))
        }
        Node::Section(id) => {
            let section = site.section(id);
            if section.lang == lang {
                return node;
            }
            let twin = site
                .sections
                .iter()
                .position(|other| other.lang == lang && other.folder == section.folder);
            Node::Section(twin.map_or(id, |at| super::SectionId(at as u32)))
        }
    }
}

/// The address of a destination below the site, without an anchor; none for the page itself.
pub fn address(site: &Site, destination: &Destination) -> Option<String> {
    Some(match destination {
        Destination::Content(Node::Page(id)) => site.entity(*id).url.to_string(),
        Destination::Content(Node::Section(id)) => site.section(*id).url.to_string(),
        Destination::Asset(at) => format!("/{}", site.assets[*at as usize].output),
        Destination::Rooted(path) => path.to_string(),
        Destination::Itself => return None,
    })
}

/// What the check of all links found.
#[derive(Default)]
pub struct Found {
    /// Broken links and doubtful ones.
    pub diagnostics: Vec<Diagnostic>,
    /// `(from, to)` for every link between two pages.
    pub edges: Vec<(PageId, PageId)>,
}

/// Checks every link and picture of every page.
pub fn check_all(site: &Site) -> Found {
    let pages = site.entities.par_iter().enumerate().map(|(at, entity)| {
        let origin = Origin {
            site,
            path: entity.path(),
            lang: entity.lang,
            body: &entity.page.body,
            page: Some(PageId(at as u32)),
        };
        origin.check()
    });
    let mut all: Vec<Found> = pages.collect();
    all.extend(site.sections.iter().filter_map(|section| {
        let page = section.page.as_ref()?;
        let origin = Origin {
            site,
            path: &page.path,
            lang: section.lang,
            body: &page.body,
            page: None,
        };
        Some(origin.check())
    }));
    let mut found = Found::default();
    for mut one in all {
        found.diagnostics.append(&mut one.diagnostics);
        found.edges.append(&mut one.edges);
    }
    found
}

/// The file whose links are checked.
struct Origin<'a> {
    site: &'a Site,
    path: &'a SitePath,
    lang: u8,
    body: &'a Body,
    page: Option<PageId>,
}

impl Origin<'_> {
    fn check(&self) -> Found {
        let mut found = Found::default();
        self.check_body(self.body, &mut found);
        found
    }

    fn check_body(&self, body: &Body, found: &mut Found) {
        for piece in &body.pieces {
            match piece {
                Piece::Html(_) => {}
                Piece::Link(link) => self.check_link(link, found),
                Piece::Image(image) => self.check_image(image, found),
                Piece::Component(component) => {
                    if let Some(inner) = &component.body {
                        self.check_body(inner, found);
                    }
                }
            }
        }
    }

    fn check_link(&self, link: &Link, found: &mut Found) {
        let destination = match resolve(self.site, self.path, self.lang, &link.target) {
            Ok(destination) => destination,
            Err(dead) => {
                found
                    .diagnostics
                    .push(self.dead(&dead, &link.target, link.span, "link"));
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

    fn check_image(&self, image: &Image, found: &mut Found) {
        if is_external(&image.src) {
            return;
        }
        if image.src.starts_with('/') && !self.is_published(&image.src) {
            let message = format!("no file for this image: {}", image.src);
            let label = "a path that begins with / is looked for in static/";
            found
                .diagnostics
                .push(Diagnostic::error("broken-image", message).at(self.path, image.span, label));
            return;
        }
        if let Err(dead) = resolve(self.site, self.path, self.lang, &image.src) {
            found
                .diagnostics
                .push(self.dead(&dead, &image.src, image.span, "image"));
        }
    }

    /// Whether a file is published at an address below the site.
    fn is_published(&self, address: &str) -> bool {
        let path = decode(address.split(['?', '#']).next().unwrap_or(address));
        let output = path.trim_start_matches('/');
        let statics = &self.site.statics;
        statics
            .binary_search_by(|asset| (*asset.output).cmp(output))
            .is_ok()
            || self
                .site
                .assets
                .iter()
                .any(|asset| *asset.output == *output)
    }

    fn dead(&self, dead: &Dead, target: &str, span: Span, what: &'static str) -> Diagnostic {
        let code = if what == "image" {
            "broken-image"
        } else {
            "broken-link"
        };
        match dead {
            Dead::Outside => Diagnostic::error(code, format!("\"{target}\" leads out of content/"))
                .at(self.path, span, "there is nothing above content/"),
            Dead::Absent(path, Absence::Draft) => Diagnostic::error(
                "link-to-draft",
                format!("{path} is a draft and is not published"),
            )
            .at(self.path, span, "publish it, or take the link away")
            .in_file(path, "this page, or a section above it, is a draft"),
            Dead::Absent(path, Absence::Scheduled) => Diagnostic::error(
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
        let diagnostic = Diagnostic::error(code, format!("no file for this {what}: {path}"));
        let label = match self.near(path) {
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

    fn anchor(&self, destination: &Destination, anchor: &str, link: &Link) -> Option<Diagnostic> {
        let body = match destination {
            Destination::Itself => self.body,
            Destination::Content(Node::Page(id)) => &self.site.entity(*id).page.body,
            Destination::Content(Node::Section(id)) => &self.site.section(*id).page.as_ref()?.body,
            Destination::Asset(_) | Destination::Rooted(_) => return None,
        };
        let wanted = decode(anchor);
        if body.anchors.iter().any(|known| **known == *wanted) {
            return None;
        }
        let where_to = if link.target.is_empty() {
            "this page"
        } else {
            &link.target
        };
        let label = match nearest(&wanted, body.anchors.iter().map(|known| &**known)) {
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

/// Whether the page or section of a destination has an anchor; files are taken to have any.
pub fn has_anchor(site: &Site, destination: &Destination, anchor: &str) -> bool {
    let body = match destination {
        Destination::Content(Node::Page(id)) => Some(&site.entity(*id).page.body),
        Destination::Content(Node::Section(id)) => {
            site.section(*id).page.as_ref().map(|page| &page.body)
        }
        _ => return true,
    };
    body.is_some_and(|body| body.anchors.iter().any(|known| **known == *anchor))
}
