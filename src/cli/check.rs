//! `silabus check`: builds in memory, and holds what would be published against what is declared.

use std::sync::Arc;
use std::time::Instant;

use super::Outcome;
use super::args::{Check as Args, Global};
use super::build::{counted, is_machine, options, problems, say, time};
use super::console::Console;
use crate::check::Checker;
use crate::diag::Report;
use crate::engine::{Engine, PictureCache};
use crate::world::{DiskWorld, World};

pub(super) fn run(global: &Global, args: &Args, console: &Console) -> Outcome {
    let begun = Instant::now();
    let disk = match DiskWorld::new(&global.root) {
        Ok(world) => Arc::new(world),
        Err(error) => {
            let message = format!("cannot open the folder {}: {error}", global.root.display());
            console.fail(&message, Some("name the folder of your site: --root DIR"));
            return Outcome::Usage;
        }
    };
    let options = match options(&args.site, console) {
        Ok(options) => options,
        Err(outcome) => return outcome,
    };
    let root = disk.root().to_path_buf();
    let world: Arc<dyn World + Send> = disk;
    let checker = Checker::new(&*world);
    let mut engine = Engine::forgetful().with_store(PictureCache::new(&root));
    let mut build = engine.build_shown(&world, &options, &checker, &mut |gathered, _| {
        if let Some(gathered) = gathered {
            checker.show(gathered);
        }
    });
    let mut found = checker.end();
    if let Some(config) = &build.config {
        config.checks.apply(&mut found.diagnostics);
    }
    build.diagnostics.extend(found.diagnostics);
    let denied = args.site.deny_warnings && !build.diagnostics.is_empty();
    let failed = build.failed() || denied;
    let machine = build.diagnostics.iter().any(|found| is_machine(found.code));
    let report = Report::new(std::mem::take(&mut build.diagnostics));
    console.report_made(&report, args.site.format, &root, found.texts);
    let said = match problems(report.errors(), report.warnings()) {
        said if said.is_empty() => "; nothing is wrong".to_owned(),
        said => said,
    };
    let pages = counted(build.pages, "page");
    let line = format!("{pages} checked in {}{said}", time(begun.elapsed()));
    say(console, args.site.format, &line);
    match (failed, machine) {
        (false, _) => Outcome::Fine,
        (true, true) => Outcome::Machine,
        (true, false) => Outcome::Content,
    }
}
