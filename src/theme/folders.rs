//! Sections as templates see them.

use std::rc::Rc;

use tera::Value;

use super::ambient::Scope;
use super::cards::{cards, components, empty_map};
use super::toc::headings;
use super::values::Table;
use crate::site::{Section, SectionId, Site};

/// A section as templates see it; its pages only where asked for.
pub(super) fn section(scope: &Rc<Scope>, id: SectionId, content: &str, with_pages: bool) -> Value {
    let site = scope.view.site();
    let section = site.section(id);
    let relative = section.path();
    let mut table = Table::with_capacity(21);
    table.set("title", &*section.title);
    table.set("description", &*section.description);
    table.set("path", &*section.url);
    table.set("components", components(&section.url));
    table.set("permalink", site.permalink(&section.url));
    table.set("relative_path", relative.below("content"));
    table.set("lang", site.lang(section.lang));
    table.set("content", Value::safe_string(content));
    let path = |id: &SectionId| {
        Value::from(
            site.section(*id)
                .path()
                .below("content")
                .unwrap_or_default(),
        )
    };
    table.set(
        "ancestors",
        section.ancestors.iter().map(path).collect::<Vec<_>>(),
    );
    table.set(
        "subsections",
        section.subsections.iter().map(path).collect::<Vec<_>>(),
    );
    let pages = if with_pages {
        cards(scope, &section.pages)
    } else {
        Value::from(Vec::<Value>::new())
    };
    table.set("pages", pages);
    table.set("page_count", section.pages.len());
    table.set("generate_feeds", section.has_feed());
    table.set(
        "extra",
        section
            .record
            .free("extra")
            .map_or_else(empty_map, super::values::node),
    );
    let body = section.page.as_ref().map(|page| &page.body);
    table.set(
        "toc",
        body.map_or_else(
            || Value::from(Vec::<Value>::new()),
            |body| headings(&body.headings, &site.permalink(&section.url)),
        ),
    );
    table.set("word_count", body.map_or(0, |body| body.words));
    table.set(
        "reading_time",
        body.map_or(0, |body| {
            crate::base::text::reading_minutes(body.words as usize)
        }),
    );
    table.set("translations", section_translations(site, section));
    table.set("backlinks", Vec::<Value>::new());
    let assets = section
        .assets
        .iter()
        .map(|asset| Value::from(site.config.href(&format!("/{}", asset.output))));
    table.set("assets", assets.collect::<Vec<_>>());
    table.value()
}

fn section_translations(site: &Site, section: &Section) -> Value {
    let others = site.sections.iter().filter(|other| {
        other.folder == section.folder && other.lang != section.lang && other.page.is_some()
    });
    let links = others.map(|other| {
        let mut table = Table::with_capacity(6);
        table.set("title", &*other.title);
        table.set("permalink", site.permalink(&other.url));
        table.set("path", &*other.url);
        table.set("lang", site.lang(other.lang));
        table.set("id", Value::none());
        table.set("kind", "section");
        table.value()
    });
    Value::from(links.collect::<Vec<_>>())
}
