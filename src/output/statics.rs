//! Static files: the theme's, and the site's over them.

use std::collections::BTreeMap;

use crate::base::SitePath;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::site::Asset;
use crate::world::World;
use crate::world::text::walk_diagnostic;

/// All files of `static/`, by output path; a file of the site replaces the theme's.
pub fn collect(world: &dyn World, config: &Config, sink: &mut Vec<Diagnostic>) -> Vec<Asset> {
    let mut found = BTreeMap::new();
    for folder in folders(config, "static") {
        let listing = world.walk(&folder);
        sink.extend(listing.problems.iter().map(walk_diagnostic));
        for source in listing.files {
            let Some(inside) = source.below(folder.as_str()) else {
                continue;
            };
            if !config.ignored_static.matches(inside) {
                found.insert(Box::<str>::from(inside), source.clone());
            }
        }
    }
    found
        .into_iter()
        .map(|(output, source)| Asset { source, output })
        .collect()
}

/// A folder of the theme and the one of the site, in this order.
pub fn folders(config: &Config, name: &str) -> Vec<SitePath> {
    let theme = config
        .theme
        .as_deref()
        .and_then(|theme| SitePath::new(&format!("themes/{theme}/{name}")));
    theme.into_iter().chain(SitePath::new(name)).collect()
}
