//! Links between pages: where an address written in a text leads, and whether it leads anywhere.

use super::address::decode;
pub use super::address::is_external;
use super::{Absence, Node, Site};
use crate::base::SitePath;

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

/// A target without its query, and the query with its `?`: no part of a file's name, it stays in
/// the address.
pub fn split_query(target: &str) -> (&str, &str) {
    target.split_at(target.find('?').unwrap_or(target.len()))
}

/// The file below `content/` that a target names: from the content's root with `@/`, else from
/// the folder of the file `from`. None where it climbs out.
pub fn target_path(from: &SitePath, target: &str) -> Option<SitePath> {
    let target = decode(target);
    let path = match target.strip_prefix("@/") {
        Some(inside) if inside.starts_with('/') => None,
        Some(inside) => SitePath::new(&["content/", inside].concat()),
        None => from.beside(&target),
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
                .then(|| site.by_id.get(&(entity.kind, lang))?.get(&*entity.id))
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

/// Whether the page or section of a destination has an anchor; files are taken to have any.
pub fn has_anchor(site: &Site, destination: &Destination, anchor: &str) -> bool {
    let body = match destination {
        Destination::Content(Node::Page(id)) => {
            let entity = site.entity(*id);
            if entity.title_heading() == Some(anchor) {
                return false;
            }
            Some(&entity.page.body)
        }
        Destination::Content(Node::Section(id)) => {
            site.section(*id).page.as_ref().map(|page| &page.body)
        }
        _ => return true,
    };
    body.is_some_and(|body| body.anchors.iter().any(|known| **known == *anchor))
}
