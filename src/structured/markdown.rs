//! Markdown as the program writes it.

use std::fmt::Write as _;

use super::encoded;
use crate::base::text::collapse;
use crate::site::{Entity, Site};

/// Where the twin of a page lies: `/kursus/python/` has `/kursus/python/index.html.md`.
pub fn twin_path(url: &str) -> String {
    if url.ends_with('/') {
        format!("{url}index.html.md")
    } else {
        format!("{url}.md")
    }
}

/// What a twin begins with: title, description, and where the page is.
pub fn head(site: &Site, entity: &Entity) -> String {
    let mut out = format!("# {}\n", escaped(&collapse(&entity.title)));
    if !entity.description.is_empty() {
        let _ = write!(out, "\n> {}\n", escaped(&collapse(&entity.description)));
    }
    let _ = write!(out, "\n<{}>\n", encoded(&site.permalink(&entity.url)));
    out
}

/// A text in which no character means anything to Markdown.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let first = at == 0 && matches!(c, '#' | '-' | '+' | '>' | '=' | '~');
        if first
            || matches!(
                c,
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&'
            )
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_markdown_are_escaped() {
        assert_eq!(escaped("a_b [c](d) <e>"), "a\\_b \\[c\\](d) \\<e\\>");
        assert_eq!(escaped("# x - y"), "\\# x - y");
    }

    #[test]
    fn a_twin_lies_beside_its_page() {
        assert_eq!(twin_path("/"), "/index.html.md");
        assert_eq!(twin_path("/a/"), "/a/index.html.md");
        assert_eq!(twin_path("/a.html"), "/a.html.md");
    }
}
