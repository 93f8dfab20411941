//! `silabus build --context URL`: what the template of a page finds, as JSON. Nothing is rendered,
//! and nothing published.

use std::path::Path;
use std::sync::Arc;

use super::Outcome;
use super::args::Build as Args;
use super::console::Console;
use super::explain::output_path;
use crate::diag::Report;
use crate::engine::{BuildOptions, Engine};
use crate::world::World;

pub(super) fn run(
    console: &Console,
    args: &Args,
    root: &Path,
    world: &Arc<dyn World + Send>,
    options: &BuildOptions,
    address: &str,
) -> Outcome {
    let mut build = Engine::forgetful().link(world, options);
    let report = Report::new(std::mem::take(&mut build.diagnostics));
    if build.failed() || report.errors() > 0 {
        console.report(&report.errors_only(), args.site.format, root);
        return Outcome::Content;
    }
    let gathered = build.gathered.as_ref();
    match gathered.and_then(|gathered| gathered.context(&output_path(&build, address))) {
        Some(context) => {
            console.give(&format!("{context}\n"));
            Outcome::Fine
        }
        None => {
            let hint = "`silabus list pages` lists the addresses of pages";
            console.fail(&format!("{address}: no template makes this"), Some(hint));
            Outcome::Usage
        }
    }
}
