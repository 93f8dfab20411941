//! Menus: named lists of links, with content paths resolved.

use super::Site;
use super::links::{Dead, address, at_path, has_anchor};
use crate::base::SitePath;
use crate::config::{Config, MenuItem};
use crate::diag::Diagnostic;

/// A menu.
#[derive(Clone, Debug)]
pub struct Menu {
    /// Its name.
    pub name: Box<str>,
    /// Its entries: the words shown, and a full address.
    pub items: Vec<(Box<str>, Box<str>)>,
}

/// Resolves all menus of the settings, for each language.
pub fn resolve(site: &Site, sink: &mut Vec<Diagnostic>) -> Vec<Vec<Menu>> {
    let mut all = Vec::with_capacity(site.config.languages.len());
    for lang in 0..site.config.languages.len() as u8 {
        let mut said = Vec::new();
        let menus = site.config.menus.iter();
        all.push(menus.map(|menu| one(site, menu, lang, &mut said)).collect());
        // Where a page is missing, it is missing in every language.
        if lang == 0 {
            sink.append(&mut said);
        }
    }
    all
}

fn one(
    site: &Site,
    (name, items): &(Box<str>, Vec<MenuItem>),
    lang: u8,
    sink: &mut Vec<Diagnostic>,
) -> Menu {
    let items = items
        .iter()
        .filter_map(|item| Some((item.name.clone(), target(site, item, lang, sink)?)))
        .collect();
    Menu {
        name: name.clone(),
        items,
    }
}

fn target(site: &Site, item: &MenuItem, lang: u8, sink: &mut Vec<Diagnostic>) -> Option<Box<str>> {
    let Some(inside) = item.target.strip_prefix("@/") else {
        return Some(match &*item.target {
            path if path.starts_with('/') && !path.starts_with("//") => site.permalink(path).into(),
            other => other.into(),
        });
    };
    let (inside, anchor) = inside.split_once('#').unwrap_or((inside, ""));
    let found = SitePath::new("content")
        .and_then(|root| root.join(inside))
        .ok_or(Dead::Outside)
        .and_then(|path| at_path(site, path, lang));
    match found {
        Ok(destination) => {
            if !anchor.is_empty() && !has_anchor(site, &destination, anchor) {
                let message = format!(
                    "the menu entry \"{}\" leads to an anchor that is not there: {}",
                    item.name, item.target
                );
                let label = "no heading there has this id";
                sink.push(Diagnostic::error("menu-target", message).at(
                    &Config::path(),
                    item.span,
                    label,
                ));
            }
            let mut url = site.permalink(&address(site, &destination)?);
            if !anchor.is_empty() {
                url.push('#');
                url.push_str(anchor);
            }
            Some(url.into())
        }
        Err(_) => {
            sink.push(
                Diagnostic::error(
                    "menu-target",
                    format!(
                        "the menu entry \"{}\" leads to no page: {}",
                        item.name, item.target
                    ),
                )
                .at(
                    &Config::path(),
                    item.span,
                    "there is no such published page",
                ),
            );
            None
        }
    }
}
