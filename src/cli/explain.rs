//! Why a page was made, and what it read.

use super::console::Console;
use crate::engine::{Build, Engine};
use crate::site::routes;

/// So many questions of a page are shown.
const SHOWN: usize = 40;

/// Says what became of the page at an address, and what it read.
pub(super) fn say(console: &Console, engine: &Engine, build: &Build, address: &str) {
    let path = output_path(build, address);
    if !is_known(build, &path) {
        console.say(&format!("{address}: the site has no such page"));
        return;
    }
    match build.why(&path) {
        None => console.say(&format!("{address}: reused, nothing it read has changed")),
        Some(reason) => console.say(&format!("{address}: made because {reason}")),
    }
    let asked = engine.asked(&path);
    if asked.is_empty() {
        console.say("  it asked nothing of other files");
    }
    for question in asked.iter().take(SHOWN) {
        console.say(&format!("  it asked {question}"));
    }
    if asked.len() > SHOWN {
        console.say(&format!("  and {} questions more", asked.len() - SHOWN));
    }
}

/// The output path of a full address, or of one below the site.
fn output_path(build: &Build, address: &str) -> String {
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
