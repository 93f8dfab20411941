//! Pages that someone who asked for a missing one may have meant.

use std::sync::Arc;

use super::media::is_page;
use crate::base::text::nearest;
use crate::base::{OutputPath, UrlPath};

/// How many are shown.
const SHOWN: usize = 5;

/// Addresses of pages near to one that is missing: first those with the same name elsewhere,
/// then by how little is written differently.
pub(super) fn near_pages(asked: &UrlPath, pages: &[Arc<str>]) -> Vec<UrlPath> {
    let mut pages: Vec<UrlPath> = pages
        .iter()
        .filter(|path| is_page(path) && &***path != "404.html")
        .filter_map(|path| OutputPath::new(path).ok())
        .map(|path| path.to_url())
        .collect();
    let wanted = last_name(asked.as_str());
    let same = |page: &UrlPath| !wanted.is_empty() && last_name(page.as_str()) == wanted;
    let mut found: Vec<UrlPath> = pages.iter().filter(|page| same(page)).cloned().collect();
    found.truncate(SHOWN);
    while found.len() < SHOWN {
        pages.retain(|page| !found.contains(page));
        let texts = pages.iter().map(|page| bare(page.as_str()));
        let Some(next) = nearest(bare(asked.as_str()), texts) else {
            break;
        };
        let page = pages.iter().find(|page| bare(page.as_str()) == next);
        found.extend(page.cloned());
    }
    found
}

/// Without the slashes around it and the ending of a page, which are no matter of spelling.
fn bare(address: &str) -> &str {
    let address = address.trim_matches('/');
    address.strip_suffix(".html").unwrap_or(address)
}

fn last_name(address: &str) -> &str {
    let bare = bare(address);
    bare.rsplit('/').next().unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(asked: &str) -> Vec<String> {
        let paths = [
            "404.html",
            "artikel/python-dasar/index.html",
            "index.html",
            "kursus/index.html",
            "kursus/python-dasar/gambar.png",
            "kursus/python-dasar/index.html",
            "kursus/python-lanjut/index.html",
            "tentang.html",
        ];
        let asked = UrlPath::new(asked).expect("an address");
        let found = near_pages(&asked, &paths.map(Arc::from));
        found.iter().map(UrlPath::encoded).collect()
    }

    #[test]
    fn misspelt_moved_and_without_its_ending() {
        assert_eq!(near("/kursus/pyton-dasar/")[0], "/kursus/python-dasar/");
        let same = ["/artikel/python-dasar/", "/kursus/python-dasar/"];
        assert_eq!(near("/baru/python-dasar")[..2], same);
        assert_eq!(near("/tentang/"), ["/tentang.html"]);
        assert_eq!(near("/Kursus"), ["/kursus/"]);
        assert!(near("/zzzzzzzzzz/").is_empty());
        assert!(near("/404.html").is_empty());
    }
}
