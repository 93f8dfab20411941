//! Files for programs, each by its setting: exports of the catalogue, `llms.txt`, twins of
//! pages in Markdown.

use std::sync::Arc;

use super::claims::{Claims, Owner};
use super::{Artifact, Recipe, Target, Turn};
use crate::base::{Fingerprint, Hasher};
use crate::site::{Site, View, routes};
use crate::structured::Export;
use crate::theme::Renderer;

/// All exports that the settings ask for.
pub(super) fn plan(site: &Site, claims: &mut Claims) {
    for lang in 0..site.config.languages.len() as u8 {
        plan_language(site, lang, claims);
    }
}

fn plan_language(site: &Site, lang: u8, claims: &mut Claims) {
    let exports = &site.config.exports;
    let mut one = |file: &str, export: Export| {
        let home = routes::in_language(&site.config, lang, "");
        let path = format!("{}{file}", home.trim_start_matches('/'));
        let target = Target {
            path: path.into(),
            recipe: Recipe::Export(Box::new(export)),
            turn: Turn::Index,
        };
        claims.claim(target, Owner::made(format!("the export {file}")));
    };
    if exports.llms {
        let twins = exports.markdown;
        one("llms.txt", Export::Llms { lang, twins });
    }
}

/// Makes one.
pub(super) fn make(renderer: &Arc<Renderer>, export: &Export) -> Artifact {
    let view = View::new(renderer.shared(), export.lang(), None);
    let bytes = export.text(&view).into_bytes();
    Artifact {
        bytes: bytes.into(),
        trace: view.into_trace(),
    }
}

/// Stands for all that one shows without asking.
pub fn print(renderer: &Renderer, export: &Export) -> Fingerprint {
    let mut hasher = Hasher::new();
    hasher.print(renderer.basis());
    export.hash_into(&mut hasher, &renderer.shared().site);
    hasher.finish()
}
