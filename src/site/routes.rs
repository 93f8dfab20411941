//! Addresses: where each page and section lies.

use crate::base::slug::{is_slug, slugify};
use crate::config::Config;
use crate::content::kinds::Kind;
use crate::content::kinds::common::is_path;
use crate::content::{Form, Page};
use crate::data::Record;

/// The last part of a page's address: `slug` of the front matter, else the file's stem.
pub fn slug(page: &Page, record: &Record) -> Box<str> {
    let wanted = record.text("slug").unwrap_or(&page.place.stem);
    let slug = slugify(wanted);
    if slug.is_empty() {
        // Nothing of a name like "✨" survives; the name itself is a fine address.
        wanted.trim().replace('/', "-").into()
    } else {
        slug.into()
    }
}

/// The id of a page: its stem made a slug; plain pages are named by their path.
pub fn id(page: &Page, kind: &Kind) -> Box<str> {
    let stem = slugify(&page.place.stem);
    let stem = if stem.is_empty() {
        &*page.place.stem
    } else {
        &stem
    };
    if kind.name != "page" || page.place.folder.is_empty() {
        return stem.into();
    }
    format!("{}/{stem}", page.place.folder).into()
}

/// The address of a page below the site: `path`, else the kind's pattern, else its file's path.
/// `slug` is its last part where nothing else is written.
pub fn page_url(
    config: &Config,
    page: &Page,
    record: &Record,
    kind: &Kind,
    lang: u8,
    slug: &str,
) -> Box<str> {
    if let Some(path) = page.record.text("path").filter(|path| is_path(path)) {
        // Written in this very file, so it is meant for this very language.
        return in_language(config, 0, path);
    }
    let path = match (
        record.text("path").filter(|path| is_path(path)),
        kind_pattern(config, kind),
    ) {
        (Some(path), _) => path.to_owned(),
        (None, Some(pattern)) => pattern.replace("{slug}", slug),
        (None, None) => format!("{}/{slug}", folder_url(&page.place.folder)),
    };
    in_language(config, lang, &path)
}

/// The address of a section below the site.
pub fn section_url(config: &Config, folder: &str, record: &Record, lang: u8) -> Box<str> {
    let path = record
        .text("path")
        .map_or_else(|| folder_url(folder), str::to_owned);
    in_language(config, lang, &path)
}

/// The address pattern of a kind in this site.
fn kind_pattern<'a>(config: &'a Config, kind: &'a Kind) -> Option<&'a str> {
    config
        .kinds
        .iter()
        .find(|own| *own.kind == *kind.name)
        .and_then(|own| own.path.as_deref())
}

fn folder_url(folder: &str) -> String {
    if folder.split('/').all(is_slug) {
        return folder.to_owned();
    }
    let parts: Vec<String> = folder
        .split('/')
        .map(|part| match slugify(part) {
            slug if slug.is_empty() => part.to_owned(),
            slug => slug,
        })
        .collect();
    parts.join("/")
}

/// With the language in front where it is not the default one, and a slash at both ends.
pub fn in_language(config: &Config, lang: u8, path: &str) -> Box<str> {
    let path = path.trim_matches('/');
    let mut url = String::with_capacity(path.len() + 2);
    if lang != 0 {
        url.push('/');
        url.push_str(&config.languages[lang as usize]);
    }
    if !path.is_empty() {
        url.push('/');
        url.push_str(path);
    }
    // An address that names a file keeps its name.
    if !path
        .rsplit('/')
        .next()
        .is_some_and(|last| last.ends_with(".html"))
    {
        url.push('/');
    }
    url.into()
}

/// The output path of an address: `/a/b/` is `a/b/index.html`, `/a.html` is `a.html`.
pub fn output_path(url: &str) -> String {
    let path = url.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

/// The folder of the files that lie beside a page or section, as an address without a leading
/// slash: `artikel/alur/`.
pub fn assets_folder(url: &str) -> &str {
    let path = url.trim_start_matches('/');
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

/// Whether the page's own folder is published with it.
pub fn has_own_folder(page: &Page) -> bool {
    page.place.form != Form::Page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_paths_of_addresses() {
        assert_eq!(output_path("/"), "index.html");
        assert_eq!(
            output_path("/kursus/basic-python/"),
            "kursus/basic-python/index.html"
        );
        assert_eq!(output_path("/404.html"), "404.html");
    }

    #[test]
    fn folders_of_addresses() {
        assert_eq!(assets_folder("/artikel/alur/"), "artikel/alur/");
        assert_eq!(assets_folder("/404.html"), "");
        assert_eq!(folder_url("Kursus Kami/web"), "kursus-kami/web");
    }
}
