//! Twins: each page once more as Markdown, its facts and its text with components resolved.

use std::sync::Arc;

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};

use super::claims::{Claims, Owner, Way};
use super::{Artifact, Recipe, Target, Turn};
use crate::base::text::collapse;
use crate::base::{Fingerprint, Hasher};
use crate::diag::Checked;
use crate::site::{PageId, Site, View, prints};
use crate::structured::{facts, markdown};
use crate::theme::Renderer;

/// A tree that is deeper than this is walked by nobody: the walk would end the program.
const DEEPEST: usize = 256;

/// Elements that hold no other, or end where the next of them begins.
const FLAT: [&str; 24] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "option", "p", "param", "rp", "rt", "source", "td", "th", "tr", "track", "wbr",
];

/// One twin for each page that search engines may list.
pub(super) fn plan(site: &Site, claims: &mut Claims) {
    if !site.config.exports.markdown {
        return;
    }
    for id in site.page_ids() {
        let entity = site.entity(id);
        if entity.page.faulty || !entity.listed_by_search() {
            continue;
        }
        let path = markdown::twin_path(&entity.url);
        let target = Target {
            path: path.trim_start_matches('/').into(),
            recipe: Recipe::Twin(id),
            turn: Turn::Page,
        };
        claims.claim(
            target,
            Owner::file(entity.path(), "the twin of the page", Way::Page),
        );
    }
}

/// Makes one. What is wrong in the text is said where the page itself is made.
pub(super) fn make(renderer: &Arc<Renderer>, id: PageId) -> Checked<Artifact> {
    let rendered = renderer.page_text(id);
    let site = &renderer.shared().site;
    let entity = site.entity(id);
    let view = View::new(renderer.shared(), entity.lang, Some(id));
    let facts = facts::of(&view, id);
    let body = of_html(&rendered.text, site.config.host());
    let mut text = markdown::head(site, entity);
    for part in [&*facts.brief, &*body, facts.parts.trim_start()] {
        if !part.is_empty() {
            text.push('\n');
            text.push_str(part.trim_end());
            text.push('\n');
        }
    }
    let mut trace = rendered.trace;
    trace.extend(view.into_trace());
    Checked::fine(Artifact {
        bytes: text.into_bytes().into(),
        trace,
    })
}

/// Stands for all that one shows without asking.
pub fn print(renderer: &Renderer, id: PageId) -> Fingerprint {
    let mut hasher = Hasher::new();
    hasher.print(renderer.basis()).text("twin");
    hasher.print(prints::page(&renderer.shared().site, id));
    hasher.finish()
}

/// HTML of a text as Markdown, with full addresses below `host`.
fn of_html(html: &str, host: &str) -> String {
    if depth(html) > DEEPEST {
        return markdown::escaped(&collapse(&striptags(html)));
    }
    let host = host.to_owned();
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let converter = HtmlToMarkdown::builder()
        .options(options)
        .skip_tags(vec!["script", "style", "template", "noscript", "svg"])
        .add_handler(
            vec!["a", "img"],
            move |handlers: &dyn Handlers, element: Element<'_>| {
                with_full_addresses(handlers, element, &host)
            },
        )
        .build();
    // It reads from memory: there is nothing that can fail.
    converter.convert(html).unwrap_or_default()
}

/// Links and pictures with full addresses; links beside headings are for eyes.
fn with_full_addresses(
    handlers: &dyn Handlers,
    element: Element<'_>,
    host: &str,
) -> Option<HandlerResult> {
    let mut attributes = element.attrs.to_vec();
    for attribute in &mut attributes {
        match &*attribute.name.local {
            "class" if attribute.value.ends_with("-anchor") => return Some(String::new().into()),
            "href" | "src" if is_below_host(&attribute.value) => {
                attribute.value = format!("{host}{}", attribute.value).into();
            }
            _ => {}
        }
    }
    let mut element = element;
    element.attrs = &attributes;
    handlers.fallback(element)
}

fn is_below_host(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//")
}

/// How deep elements are nested, at most: an element that is never closed counts to the end.
fn depth(html: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0_usize);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let closes = rest.starts_with('/');
        let name = rest.trim_start_matches('/');
        let end = name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        if name.is_empty() || FLAT.contains(&&*name) {
            continue;
        }
        now = if closes {
            now.saturating_sub(1)
        } else {
            now + 1
        };
        most = most.max(now);
    }
    most
}

/// The text between the tags.
fn striptags(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once('>').map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_full_ones() {
        let html = "<p><a href=\"/a/\">A</a> <a href=\"https://b.example/\">B</a></p>";
        assert_eq!(
            of_html(html, "https://h.example"),
            "[A](https://h.example/a/) [B](https://b.example/)"
        );
    }

    #[test]
    fn a_deep_tree_is_not_walked() {
        let deep = format!("{}x &lt; y", "<div>".repeat(100_000));
        assert_eq!(of_html(&deep, ""), "x \\&lt; y");
        let allowed = format!("{}x", "<div>".repeat(DEEPEST));
        assert_eq!(of_html(&allowed, ""), "x");
    }

    #[test]
    fn scripts_are_left_out_and_code_stays() {
        let html =
            "<script>alert(1)</script><pre><code class=\"language-rust\">a &lt; b\n</code></pre>";
        assert_eq!(of_html(html, ""), "```rust\na < b\n```");
    }
}
