//! `llms.txt`: the site in one page of Markdown, for language models.

use std::fmt::Write as _;

use crate::base::Hasher;
use crate::base::text::collapse;
use crate::site::{Entity, Section, Site};
use crate::structured::encoded;
use crate::structured::markdown::{escaped, twin_path};

/// The text.
pub(super) fn text(site: &Site, lang: u8) -> String {
    let config = &site.config;
    let twins = config.exports.markdown;
    let mut out = format!("# {}\n", escaped(&collapse(&config.title)));
    if !config.description.is_empty() {
        let _ = write!(out, "\n> {}\n", escaped(&collapse(&config.description)));
    }
    for (section, pages) in groups(site, lang) {
        if !section.folder.is_empty() {
            let _ = write!(out, "\n## {}\n", escaped(&collapse(&section.title)));
        }
        out.push('\n');
        for page in pages {
            let path = if twins {
                twin_path(&page.url)
            } else {
                page.url.to_string()
            };
            let address = encoded(&site.permalink(&path));
            let _ = write!(out, "- [{}]({address})", escaped(&collapse(&page.title)));
            if !page.description.is_empty() {
                let _ = write!(out, ": {}", escaped(&collapse(&page.description)));
            }
            out.push('\n');
        }
    }
    out
}

/// Adds all that the text shows beside the settings.
pub(super) fn hash_into(hasher: &mut Hasher, site: &Site, lang: u8) {
    for (section, pages) in groups(site, lang) {
        hasher.text(&section.title).text(&section.folder);
        hasher.number(pages.len() as u64);
        for page in pages {
            hasher
                .text(&page.title)
                .text(&page.url)
                .text(&page.description);
        }
    }
}

/// The sections with pages of their own, the home first, each with its pages as it lists them.
fn groups(site: &Site, lang: u8) -> Vec<(&Section, Vec<&Entity>)> {
    let sections = site.sections.iter().filter(|section| section.lang == lang);
    let own = |section: &Section| {
        let pages = section.pages.iter().map(|id| site.entity(*id));
        pages
            .filter(|page| page.listed_by_search())
            .filter(|page| std::ptr::eq(site.section(page.section), section))
            .collect::<Vec<_>>()
    };
    sections
        .map(|section| (section, own(section)))
        .filter(|(_, pages)| !pages.is_empty())
        .collect()
}
