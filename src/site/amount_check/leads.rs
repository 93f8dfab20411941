//! Where links in prose lead: to files of courses, or to their addresses.

use crate::base::Map;
use crate::base::SitePath;
use crate::site::address::is_external;
use crate::site::links::{Destination, resolve};
use crate::site::{Node, PageId, Site};

/// Courses by their address below the site.
pub(super) struct Leads(Map<Box<str>, PageId>);

impl Leads {
    pub(super) fn of(site: &Site) -> Self {
        let courses = site.page_ids().filter(|id| site.entity(*id).sale.is_some());
        Self(
            courses
                .map(|id| (site.entity(id).url.clone(), id))
                .collect(),
        )
    }

    /// The course that a link in a file leads to.
    pub(super) fn course(
        &self,
        site: &Site,
        file: &SitePath,
        lang: u8,
        target: &str,
    ) -> Option<PageId> {
        let target = target.split(['#', '?']).next().unwrap_or(target);
        if target.is_empty() {
            return None;
        }
        if let Some(course) = self.at(site, target) {
            return Some(course);
        }
        if is_external(target) {
            return None;
        }
        match resolve(site, file, lang, target).ok()? {
            Destination::Content(Node::Page(id)) => {
                Some(id).filter(|id| site.entity(*id).sale.is_some())
            }
            _ => None,
        }
    }

    /// The course at an address, with the site's own before it or without.
    fn at(&self, site: &Site, address: &str) -> Option<PageId> {
        let config = &site.config;
        let below = address
            .strip_prefix(&*config.base_url)
            .or_else(|| address.strip_prefix(&*config.base_path))?;
        let known = |url: &str| self.0.get(url).copied();
        known(below).or_else(|| known(&format!("{below}/")))
    }
}
