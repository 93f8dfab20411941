//! `silabus build --watch`: publishes again whenever something changes.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::args::Build as Args;
use super::console::Console;
use super::{Outcome, build, explain};
use crate::dev::again::{self, Watched};
use crate::engine::{Engine, PictureCache};
use crate::world::World;

/// Builds until the process ends.
pub(super) fn run(
    console: &Console,
    args: &Args,
    root: &Path,
    world: &Arc<dyn World + Send>,
) -> Outcome {
    let mut engine = Engine::new().with_store(PictureCache::new(root));
    let mut before = Watched::default();
    let mut missed = false;
    let mut again = |cause: Option<&str>| {
        let begun = Instant::now();
        let options = match build::options(&args.site, console) {
            Ok(options) => options,
            Err(_) => return before.clone(),
        };
        let outlet = build::outlet(args, root);
        let mut made = engine.build(world, &options, &outlet);
        let nothing =
            !missed && made.changed.is_empty() && !made.failed() && made.diagnostics.is_empty();
        let theme = made
            .config
            .as_ref()
            .and_then(|config| config.theme.as_deref());
        let mut watched = Watched {
            theme: theme.map(str::to_owned),
            files: engine.data_files().into_iter().collect(),
            next_change: made.next_change.filter(|_| args.site.now.is_none()),
            missed: false,
        };
        if cause.is_none() || !nothing {
            if let Some(cause) = cause {
                build::say(console, args.site.format, &format!("{cause}:"));
            }
            if let Some(address) = &args.explain {
                explain::say(console, args.site.format, &engine, &made, address);
            }
            let unread = made
                .diagnostics
                .iter()
                .any(|found| build::is_machine(found.code));
            let outcome = build::finish(console, args, root, &mut made, outlet, begun);
            missed = matches!(outcome, Outcome::Machine) && !unread;
        }
        watched.missed = missed;
        before = watched.clone();
        watched
    };
    let mut note = |words: &str| console.say(words);
    match again::build_again(root, args.poll, &mut again, &mut note) {
        Ok(()) => Outcome::Fine,
        Err(error) => {
            console.fail(&error.to_string(), None);
            Outcome::Machine
        }
    }
}
