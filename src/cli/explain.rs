//! Why a page was made, and what it read.

use std::sync::Arc;

use super::build;
use super::console::Console;
use crate::diag::Format;
use crate::engine::{Build, Engine, Gathered};
use crate::site::routes;

/// So many questions of a page are shown.
const SHOWN: usize = 40;

/// Says what became of the page at an address, and what it read: beside the report, where that is
/// for machines.
pub(super) fn say(
    console: &Console,
    format: Format,
    engine: &Engine,
    build: &Build,
    address: &str,
) {
    for line in lines(engine, build, address) {
        build::say(console, format, &line);
    }
}

fn lines(engine: &Engine, build: &Build, address: &str) -> Vec<String> {
    let can_render = |gathered: &Arc<Gathered>| gathered.can_render();
    if !build.gathered.as_ref().is_some_and(can_render) {
        return vec![format!("{address}: no page could be made, see the errors")];
    }
    let path = output_path(build, address);
    if !is_known(build, &path) {
        return vec![format!("{address}: the site has no such page")];
    }
    let mut lines = vec![match build.why(&path) {
        None => format!("{address}: reused, nothing it read has changed"),
        Some(reason) => format!("{address}: made because {reason}"),
    }];
    let asked = engine.asked(&path);
    let read = build.read(&path);
    if asked.is_empty() && read.is_empty() {
        lines.push("  it asked nothing of other files".to_owned());
    }
    lines.extend(
        read.iter()
            .take(SHOWN)
            .map(|file| format!("  it read {file}")),
    );
    if read.len() > SHOWN {
        lines.push(format!("  and {} files more", read.len() - SHOWN));
    }
    let shown = asked.iter().take(SHOWN);
    lines.extend(shown.map(|question| format!("  it asked {question}")));
    if asked.len() > SHOWN {
        lines.push(format!("  and {} questions more", asked.len() - SHOWN));
    }
    lines
}

/// The output path of a full address, or of one below the site.
pub(super) fn output_path(build: &Build, address: &str) -> String {
    // An address may be copied with what leads to a part of the page.
    let address = address.split(['#', '?']).next().unwrap_or(address);
    let base = build.config.as_ref().map_or("", |config| &*config.base_url);
    let below = address
        .strip_prefix(base)
        .or(below_host(address))
        .unwrap_or(address);
    let path = routes::output_path(below);
    if is_known(build, &path) {
        return path;
    }
    // Without a slash at the end, as one types it.
    routes::output_path(&format!("{below}/"))
}

/// What stands behind the host, as in an address copied from the preview.
fn below_host(address: &str) -> Option<&str> {
    let rest = address
        .strip_prefix("http://")
        .or(address.strip_prefix("https://"))?;
    Some(rest.find('/').map_or("/", |slash| &rest[slash..]))
}

fn is_known(build: &Build, path: &str) -> bool {
    let gathered = build.gathered.iter();
    let mut targets = gathered.flat_map(|gathered| gathered.targets().iter());
    targets.any(|target| *target.path == *path)
}
