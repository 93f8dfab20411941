//! Files of `content/` that are no pages: each is published beside what it belongs to.

use super::assemble::Parts;
use super::sections::Section;
use super::{Asset, Entity, routes};
use crate::base::{Map, SitePath};
use crate::content::Form;
use crate::diag::Diagnostic;

/// Endings of Markdown files elsewhere; ours is `md` in small letters alone.
const ENDINGS: [&str; 5] = ["md", "markdown", "mdown", "mkd", "mdx"];

/// Gives every file of `content/` that is no page its address, beside what it belongs to.
pub(super) fn place_assets(
    parts: &Parts,
    entities: &mut [Entity],
    sections: &mut [Section],
) -> Vec<Asset> {
    let bundles: Map<SitePath, usize> = entities
        .iter()
        .enumerate()
        .filter(|(_, entity)| entity.page.place.form == Form::Bundle && entity.lang == 0)
        .map(|(at, entity)| (entity.path().parent(), at))
        .collect();
    let homes: Map<Box<str>, usize> = sections
        .iter()
        .enumerate()
        .filter(|(_, section)| section.lang == 0)
        .map(|(at, section)| (section.folder.clone(), at))
        .collect();
    let mut assets = Vec::with_capacity(parts.assets.len());
    for source in &parts.assets {
        let asset = place_asset(source, &bundles, &homes, entities, sections);
        assets.push(asset);
    }
    assets
}

/// What is said of files that look like content and are none.
pub(super) fn misnamed(assets: &[SitePath]) -> impl Iterator<Item = Diagnostic> {
    let other = |path: &&SitePath| {
        let ending = path.extension().unwrap_or_default();
        ENDINGS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(ending))
    };
    assets.iter().filter(other).map(|path| {
        let message = format!("`{}` is published as it is, not as a page", path.name());
        let stem = path.name().rsplit_once('.').map_or("", |(stem, _)| stem);
        Diagnostic::warning("content-ending", message)
            .in_file(path, "the name of a content file ends in `.md`")
            .hint(format!(
                "rename it to {stem}.md, or list it in `ignored_content`"
            ))
    })
}

fn place_asset(
    source: &SitePath,
    bundles: &Map<SitePath, usize>,
    homes: &Map<Box<str>, usize>,
    entities: &mut [Entity],
    sections: &mut [Section],
) -> Asset {
    let mut folder = source.parent();
    loop {
        let inside = folder.below("content").unwrap_or_default();
        let rest = source.below(folder.as_str()).unwrap_or(source.name());
        if let Some(at) = bundles.get(&folder) {
            let output = format!("{}{rest}", routes::assets_folder(&entities[*at].url));
            let asset = Asset {
                source: source.clone(),
                output: output.into(),
            };
            entities[*at].assets.push(asset.clone());
            return asset;
        }
        if let Some(at) = homes.get(inside) {
            let output = format!("{}{rest}", routes::assets_folder(&sections[*at].url));
            let asset = Asset {
                source: source.clone(),
                output: output.into(),
            };
            if folder == source.parent() {
                sections[*at].assets.push(asset.clone());
            }
            return asset;
        }
        if folder.as_str() == "content" || folder == SitePath::root() {
            return Asset {
                source: source.clone(),
                output: rest.into(),
            };
        }
        folder = folder.parent();
    }
}
