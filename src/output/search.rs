//! The files of the search index, for sites that search.

use super::claims::{Claims, Owner};
use super::{Recipe, Target, Turn};
use crate::search;
use crate::site::{Site, routes};
use crate::theme::Theme;

/// Plans the index of each language; by setting, else where the theme has a page that reads it.
pub(super) fn plan(site: &Site, theme: &Theme, claims: &mut Claims) {
    let wanted = site.config.build_search_index;
    if !wanted.unwrap_or_else(|| theme.has("search.html")) {
        return;
    }
    for lang in 0..site.config.languages.len() as u8 {
        let folder = routes::in_language(&site.config, lang, &site.config.search_path);
        let folder = folder.trim_matches('/');
        for part in search::parts(site, lang) {
            let target = Target {
                path: format!("{folder}/{}", part.name()).into(),
                recipe: Recipe::Search(lang, part),
                turn: Turn::Index,
            };
            claims.claim(target, Owner::made("the search index"));
        }
    }
}
