//! The plan: all targets of a site, each path claimed once.

use std::sync::Arc;

use super::claims::{Claims, Owner, Way};
use super::{
    Recipe, Target, Turn, address, cards, exports, feeds, lists, pages, redirects, search, sitemap,
    twins,
};
use crate::base::SitePath;
use crate::diag::Checked;
use crate::site::{Asset, Site, routes};
use crate::theme::{Subject, Theme};

/// The template of the page of all batches: one that search engines may list.
const SCHEDULE: &str = "schedule.html";

/// A file that is made before any page.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Its path below the output folder.
    pub path: Box<str>,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// The files that it is made from, its own first; none for what follows from settings.
    pub sources: Vec<SitePath>,
}

/// What is made before any page.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// The files.
    pub ready: Vec<Ready>,
    /// Paths of files that would be there, were there no fault in their sources: each was told,
    /// and whoever names the file has nothing to add.
    pub broken: Vec<Box<str>>,
}

/// All targets of a site: those of the pages first, so that what a page and a copied file both
/// want is said of the file.
pub fn plan(site: &Site, theme: &Theme, ready: &[Ready]) -> Checked<Vec<Target>> {
    let mut claims = Claims::default();
    pages::plan(site, theme, &mut claims);
    lists::plan(site, theme, &mut claims);
    feeds::plan(site, &mut claims);
    alone(site, theme, &mut claims);
    for Ready {
        path,
        bytes,
        sources,
    } in ready
    {
        let owner = match sources.first() {
            Some(source) => Owner::file(source, made_what(source), Way::File),
            None => Owner::made("the stylesheet of code colours"),
        };
        let recipe = Recipe::Ready(bytes.clone());
        claims.claim(
            Target {
                path: (**path).into(),
                recipe,
                turn: Turn::Asset,
            },
            owner,
        );
    }
    cards::plan(site, theme, &mut claims);
    copies(&site.assets, "the file", &mut claims);
    copies(&site.statics, "the static file", &mut claims);
    pages::redirects(site, &mut claims);
    search::plan(site, theme, &mut claims);
    sitemap::plan(site, &mut claims);
    exports::plan(site, &mut claims);
    twins::plan(site, &mut claims);
    redirects::plan(site, &mut claims);
    Checked::new(claims.targets, claims.diagnostics)
}

/// A target that a template makes.
pub(super) fn rendered(path: String, template: &str, subject: Subject, turn: Turn) -> Target {
    Target {
        path: path.into(),
        recipe: Recipe::Render {
            template: template.into(),
            subject: Arc::new(subject),
        },
        turn,
    }
}

/// What is made of a file before any page.
fn made_what(source: &SitePath) -> &'static str {
    match source.extension() {
        Some("js" | "mjs") => "the script",
        _ => "the style",
    }
}

/// Templates that stand alone; `search.html` and `schedule.html` only where the theme has them,
/// in each language.
fn alone(site: &Site, theme: &Theme, claims: &mut Claims) {
    let mut one = |template: &str, path: &str, lang: u8, turn: Turn| {
        let subject = Subject::Alone {
            path: address(path).into(),
            lang,
            listed: template == SCHEDULE,
        };
        let owner = Owner::made(format!("the page of {template}"));
        claims.claim(rendered(path.to_owned(), template, subject, turn), owner);
    };
    one("404.html", "404.html", 0, Turn::Page);
    if site.config.generate_robots_txt {
        one("robots.txt", "robots.txt", 0, Turn::Index);
    }
    let config = &site.config;
    for (template, path) in [
        ("search.html", &config.search_path),
        (SCHEDULE, &config.schedule_path),
    ] {
        for lang in (0..config.languages.len() as u8).filter(|_| theme.has(template)) {
            let url = routes::in_language(config, lang, path);
            one(template, &routes::output_path(&url), lang, Turn::Page);
        }
    }
}

fn copies(assets: &[Asset], what: &'static str, claims: &mut Claims) {
    for asset in assets {
        let target = Target {
            path: (*asset.output).into(),
            recipe: Recipe::Copy(asset.source.clone()),
            turn: Turn::Asset,
        };
        claims.claim(target, Owner::file(&asset.source, what, Way::File));
    }
}
