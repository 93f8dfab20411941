//! Templates that every site has: a theme or site replaces each by one of the same name.

/// The folder that Tera knows them below.
pub(super) const PREFIX: &str = "__silabus/templates/";

/// Names and sources.
pub(super) const TEMPLATES: [(&str, &str); 7] = [
    ("404.html", include_str!("builtin/404.html")),
    ("alias.html", include_str!("builtin/alias.html")),
    ("atom.xml", include_str!("builtin/atom.xml")),
    ("feed.json", include_str!("builtin/feed.json")),
    ("robots.txt", include_str!("builtin/robots.txt")),
    ("sitemap.xml", include_str!("builtin/sitemap.xml")),
    (
        "sitemap_index.xml",
        include_str!("builtin/sitemap_index.xml"),
    ),
];
