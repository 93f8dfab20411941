//! Files for programs, each by its setting: exports of the catalogue, `llms.txt`, twins of
//! pages in Markdown.

use std::sync::Arc;

use super::claims::{Claims, Owner};
use super::{Artifact, Recipe, Target, Turn};
use crate::base::{Fingerprint, Hasher};
use crate::site::{PageId, Site, View, routes};
use crate::structured::{Export, ExportKind};
use crate::theme::Renderer;

/// All exports that the settings ask for.
pub(super) fn plan(site: &Site, claims: &mut Claims) {
    for lang in 0..site.config.languages.len() as u8 {
        plan_language(site, lang, claims);
    }
}

fn plan_language(site: &Site, lang: u8, claims: &mut Claims) {
    let exports = &site.config.exports;
    let of_kind = |name: &str| -> Arc<[PageId]> {
        let kind = site.kinds.iter().position(|known| known.name == name);
        site.page_ids()
            .filter(|id| {
                let entity = site.entity(*id);
                Some(entity.kind as usize) == kind && entity.lang == lang && entity.listed()
            })
            .collect()
    };
    let mut one = |file: &str, kind: ExportKind, pages: Arc<[PageId]>| {
        let home = routes::in_language(&site.config, lang, "");
        let path = format!("{}{file}", home.trim_start_matches('/'));
        let export = Export { kind, lang, pages };
        let target = Target {
            path: path.into(),
            recipe: Recipe::Export(Box::new(export)),
            turn: Turn::Index,
        };
        claims.claim(target, Owner::made(format!("the export {file}")));
    };
    let courses = of_kind("course");
    for (wanted, file, kind, pages) in [
        (
            exports.courses,
            "courses.json",
            ExportKind::Courses,
            courses.clone(),
        ),
        (
            exports.careers,
            "careers.json",
            ExportKind::Careers,
            of_kind("career"),
        ),
        (
            exports.skills,
            "skills.json",
            ExportKind::Skills,
            of_kind("skill"),
        ),
        (
            exports.calendar,
            "jadwal.ics",
            ExportKind::Calendar,
            courses,
        ),
    ] {
        // A catalogue without an entry tells nobody anything.
        if wanted && !pages.is_empty() {
            one(file, kind, pages);
        }
    }
    if exports.llms {
        one("llms.txt", ExportKind::Llms, Arc::default());
    }
}

/// Makes one.
pub(super) fn make(renderer: &Arc<Renderer>, export: &Export) -> Artifact {
    let view = View::new(renderer.shared(), export.lang, None);
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
