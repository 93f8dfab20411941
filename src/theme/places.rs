//! Where content and settings name pictures and other files. What is wrong with one is told there,
//! not in the template that shows it.

use std::sync::OnceLock;

use super::manifest::Manifest;
use crate::base::text::nearest;
use crate::base::{Map, SitePath, Span};
use crate::config::Config;
use crate::data::Node;
use crate::diag::Diagnostic;
use crate::picture::Fault;
use crate::site::address::{decode, is_external};
use crate::site::view::Shared;
use crate::site::{Entity, Site, links};

/// The fields of pages that name pictures.
const FIELDS: [&str; 2] = ["image", "photo"];

/// The places of one build, found when the first picture cannot be used.
#[derive(Default)]
pub(super) struct Places(OnceLock<Map<Box<str>, Vec<Place>>>);

/// A file and a place in it.
type Place = (SitePath, Span);

impl Places {
    /// What there is to say about a picture that a template asked for, at the places that name it;
    /// none where only the template does. That it is missing was said when links were checked.
    pub(super) fn tell(
        &self,
        shared: &Shared,
        manifest: &Manifest,
        written: &str,
        why: &Fault,
    ) -> Option<Vec<Diagnostic>> {
        let site = &*shared.site;
        let output = output_of(site, written);
        let all = self.0.get_or_init(|| collect(site, manifest));
        let places = all.get(&*output)?;
        if matches!(why, Fault::Unread(_)) && !shared.has_file(&output) {
            return Some(Vec::new());
        }
        let name = output.rsplit('/').next().unwrap_or(&output);
        let tell = |(path, span): &Place| {
            let said = Diagnostic::error(why.code(), why.message(name));
            said.at(path, *span, "").hint(why.hint())
        };
        Some(places.iter().map(tell).collect())
    }
}

/// The files that the settings name and that are not there, by the keys of which the theme says
/// that they name files.
pub(super) fn missing(shared: &Shared, manifest: &Manifest) -> Vec<Diagnostic> {
    let site = &*shared.site;
    let named = named_by_settings(site, manifest).into_iter();
    let missing = named.filter(|(output, _)| !shared.has_file(output));
    let told = missing.map(|(output, (path, span))| {
        let statics = site.statics.iter().map(|asset| &*asset.output);
        let label = match nearest(&output, statics) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "it is looked for in static/".to_owned(),
        };
        let message = format!("no file for this setting: {output}");
        Diagnostic::error("broken-image", message).at(&path, span, label)
    });
    told.collect()
}

/// The path below the output folder that an address of the site stands for.
fn output_of(site: &Site, written: &str) -> String {
    let config = &site.config;
    let below = written.strip_prefix(&*config.base_url).unwrap_or(written);
    let below = below.split(['?', '#']).next().unwrap_or(below);
    decode(below.trim_start_matches('/')).into_owned()
}

fn collect(site: &Site, manifest: &Manifest) -> Map<Box<str>, Vec<Place>> {
    let mut all: Map<Box<str>, Vec<Place>> = Map::default();
    let pages = site.entities.iter().flat_map(|one| named_by(site, one));
    let settings = named_by_settings(site, manifest);
    for (output, place) in pages.chain(settings) {
        all.entry(output.into()).or_default().push(place);
    }
    all
}

/// The pictures that the front matter of a page names.
fn named_by<'s>(site: &'s Site, entity: &'s Entity) -> impl Iterator<Item = (String, Place)> + 's {
    let record = &entity.page.record;
    let fields = FIELDS.iter().filter(|_| entity.has_pictures);
    fields.filter_map(move |field| {
        let (span, (src, _)) = (record.span(field)?, record.image(field)?);
        if is_external(src) {
            return None;
        }
        let found = links::resolve(site, entity.path(), entity.lang, src).ok()?;
        let address = links::address(site, &found)?;
        Some((output_of(site, &address), (entity.path().clone(), span)))
    })
}

/// The files that the settings name, be it in the site's `[extra]` or in that of the theme.
fn named_by_settings(site: &Site, manifest: &Manifest) -> Vec<(String, Place)> {
    let named = |key: &str| {
        let first = key.split('.').next()?;
        let own = site.config.extra.as_ref();
        let own = own.filter(|extra| extra.get(first).is_some());
        let (tree, path) = match own {
            Some(extra) => (extra, Config::path()),
            None => (manifest.extra.as_ref()?, manifest.path.clone()?),
        };
        let value = key.split('.').try_fold(tree, Node::get)?;
        let written = value.as_text().filter(|text| !text.is_empty())?;
        let is_file = !is_external(written) && !written.starts_with("@/");
        is_file.then(|| (output_of(site, written), (path, value.span)))
    };
    let keys = manifest.files.iter();
    keys.filter_map(|key| named(key)).collect()
}
