//! Addresses of courses, and of other pages that declare amounts.

use crate::base::Map;
use crate::data::{Record, Typed, Value};
use crate::site::{PageId, Site};

/// The pages that amounts may belong to, by their address below the site.
pub(super) struct Courses {
    by_url: Map<Box<str>, PageId>,
    base_url: Box<str>,
    base_path: Box<str>,
}

impl Courses {
    pub(super) fn of(site: &Site) -> Self {
        let own = site.page_ids().filter(|id| {
            let entity = site.entity(*id);
            entity.sale.is_some() || holds_money(&entity.record)
        });
        Self {
            by_url: own.map(|id| (site.entity(id).url.clone(), id)).collect(),
            base_url: site.config.base_url.clone(),
            base_path: site.config.base_path.clone(),
        }
    }

    /// The page that an address leads to, if amounts may belong to it.
    pub(super) fn at(&self, address: &str) -> Option<PageId> {
        let address = address.split(['#', '?']).next()?.trim();
        let below = match address.strip_prefix(&*self.base_url) {
            Some(rest) => rest,
            None if address.starts_with("//") => return None,
            None => address.strip_prefix(&*self.base_path)?,
        };
        self.by_url.get(below).copied()
    }
}

fn holds_money(record: &Record) -> bool {
    record.iter().any(|(_, typed)| is_money(typed))
}

fn is_money(typed: &Typed) -> bool {
    match &typed.value {
        Value::Money(_) => true,
        Value::List(items) => items.iter().any(is_money),
        Value::Table(record) => holds_money(record),
        _ => false,
    }
}
