//! `silabus build`.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::Outcome;
use super::args::{Build as Args, Global, SiteArgs};
use super::console::Console;
use super::next::Next;
use super::{context, explain, watch};
use crate::diag::{Format, Report, Stream};
use crate::engine::outlet::PublishSettings;
use crate::engine::publish::{Kind, Published};
use crate::engine::{Build, BuildOptions, Engine, PictureCache, PublishOutlet};
use crate::world::{DiskWorld, World};

pub(super) fn run(global: &Global, args: &Args, console: &Console) -> Outcome {
    let begun = Instant::now();
    let world = match DiskWorld::new(&global.root) {
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
    let root = world.root().to_path_buf();
    let world: Arc<dyn World + Send> = world;
    if let Some(address) = &args.context {
        return context::run(console, args, &root, &world, &options, address);
    }
    if args.watch {
        return watch::run(console, args, &root, &world);
    }
    // Only an engine that remembers knows what a page read.
    let mut engine = match args.explain {
        Some(_) => Engine::new(),
        None => Engine::forgetful(),
    }
    .with_store(PictureCache::new(&root));
    let (mut build, outlet) = made(&mut engine, &world, &options, args, &root);
    if let Some(address) = &args.explain {
        explain::say(console, args.site.format, &engine, &build, address);
    }
    let outcome = finish(console, args, &root, &mut build, outlet, begun);
    // The process ends soon: the system takes its memory back faster than we could.
    std::mem::forget(build);
    std::mem::forget(engine);
    outcome
}

/// So often is the site read again because another build published meanwhile.
const READINGS: usize = 3;

/// Builds from what is there now: read again where another build published meanwhile, which may
/// have read later than this one.
fn made(
    engine: &mut Engine,
    world: &Arc<dyn World + Send>,
    options: &BuildOptions,
    args: &Args,
    root: &Path,
) -> (Build, PublishOutlet) {
    let mut readings = 1;
    loop {
        let outlet = outlet(args, root);
        let build = engine.build(world, options, &outlet);
        if outlet.failure() != Some(Kind::Outrun) || readings == READINGS {
            return (build, outlet);
        }
        readings += 1;
    }
}

/// Where a build goes.
pub(super) fn outlet(args: &Args, root: &Path) -> PublishOutlet {
    PublishOutlet::new(PublishSettings {
        output_dir: args.output_dir.clone().map(absolute),
        home: std::env::home_dir(),
        force: args.force,
        require_atomic: args.require_atomic,
        root: root.to_path_buf(),
    })
}

/// Relative to where the user is, not to the site.
fn absolute(path: std::path::PathBuf) -> std::path::PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

/// Options of a build, with the clock where no instant was given.
pub(super) fn options(args: &SiteArgs, console: &Console) -> Result<BuildOptions, Outcome> {
    let now = match args.now {
        Some(now) => now,
        None => clock().map_err(|message| {
            console.fail(
                &message,
                Some("SOURCE_DATE_EPOCH holds whole seconds since 1970"),
            );
            Outcome::Usage
        })?,
    };
    let progress = console.progress().map(|progress| {
        let tell: Box<dyn Fn(usize, usize) + Sync + Send> =
            Box::new(move |done, total| progress.tell(done, total));
        tell
    });
    Ok(BuildOptions {
        drafts: args.drafts,
        base_url: args.base_url.clone(),
        deny_warnings: args.deny_warnings,
        progress,
        ..BuildOptions::at(now)
    })
}

/// The system's clock, unless `SOURCE_DATE_EPOCH` says otherwise.
pub(super) fn clock() -> Result<Timestamp, String> {
    let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        return Ok(Timestamp::now());
    };
    epoch
        .to_str()
        .and_then(|text| text.parse::<i64>().ok())
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .ok_or_else(|| format!("SOURCE_DATE_EPOCH is {epoch:?}"))
}

/// Publishes what is fit for it, and says how it went.
pub(super) fn finish(
    console: &Console,
    args: &Args,
    root: &Path,
    build: &mut Build,
    outlet: PublishOutlet,
    begun: Instant,
) -> Outcome {
    let mut machine = matches!(
        outlet.failure(),
        Some(Kind::Machine | Kind::Locked | Kind::Outrun)
    );
    let denied = args.site.deny_warnings && !build.diagnostics.is_empty();
    let mut published = None;
    if !build.failed() && !denied {
        match outlet.commit() {
            Ok(done) => published = done,
            Err(error) => {
                machine = error.kind != Kind::Refused;
                build.diagnostics.push(error.diagnostic());
            }
        }
    }
    let failed = build.failed() || denied;
    // A disk that fails is nothing an author can mend in the content.
    machine |= build.diagnostics.iter().any(|found| is_machine(found.code));
    let (pages, taken) = (build.pages, begun.elapsed());
    let report = Report::new(std::mem::take(&mut build.diagnostics));
    console.report(&report, args.site.format, root);
    let line = summary(&report, pages, published.as_ref(), taken);
    say(console, args.site.format, &line);
    if published.is_some() {
        if build
            .gathered
            .as_ref()
            .is_some_and(|all| all.site().entities.is_empty())
        {
            let line = "there is no page in content/ yet; begin with one: silabus new page about";
            say(console, args.site.format, line);
        }
        tell_next(console, args.site.format, root, build);
    }
    if let Some(published) = published {
        clean_up(console, args.site.format, published);
    }
    match (failed, machine) {
        (false, _) => Outcome::Fine,
        (true, true) => Outcome::Machine,
        (true, false) => Outcome::Content,
    }
}

/// Whether a diagnostic is about the machine: its disk, or what the user may read on it.
pub(super) fn is_machine(code: &str) -> bool {
    matches!(code, "file-unreadable" | "file-forbidden")
}

/// Says when the site will change by itself, and writes it down for schedulers.
fn tell_next(console: &Console, format: Format, root: &Path, build: &Build) {
    let Some(next) = Next::of(build) else {
        return;
    };
    if let Some(line) = next.line() {
        say(console, format, &line);
    }
    if let Err(error) = next.write(root) {
        say(
            console,
            format,
            &format!("cannot write .silabus/build.json: {error}"),
        );
    }
}

/// The old site is removed once the author has the answer: the new one is live by then, and what
/// was said is true whatever becomes of the old. A large tree takes as long as a second build.
fn clean_up(console: &Console, format: Format, published: Published) {
    if let Some(note) = &published.note {
        say(console, format, note);
    }
    match published.old.remove() {
        Ok(Some(note)) => say(console, format, &note),
        Ok(None) => {}
        Err(error) => say(console, format, &error.cause),
    }
}

pub(super) fn say(console: &Console, format: Format, line: &str) {
    match format.stream() {
        Stream::Out => console.say_aside(line),
        Stream::Err => console.say(line),
    }
}

fn summary(
    report: &Report,
    pages: usize,
    published: Option<&Published>,
    taken: Duration,
) -> String {
    let problems = problems(report.errors(), report.warnings());
    match published {
        Some(done) => format!(
            "{} in {}: {} written, {} unchanged, {} removed{problems}",
            size(pages, done.written + done.unchanged),
            time(taken),
            counted(done.written, "file"),
            done.unchanged,
            done.removed,
        ),
        None => format!("nothing published, the site before stays as it was{problems}"),
    }
}

pub(super) fn problems(errors: usize, warnings: usize) -> String {
    match (errors, warnings) {
        (0, 0) => String::new(),
        (0, warnings) => format!("; {}", counted(warnings, "warning")),
        (errors, 0) => format!("; {}", counted(errors, "error")),
        (errors, warnings) => format!(
            "; {}, {}",
            counted(errors, "error"),
            counted(warnings, "warning")
        ),
    }
}

/// How large a site is: its pages, and what else is published.
pub(super) fn size(pages: usize, files: usize) -> String {
    let rest = counted(files.saturating_sub(pages), "other file");
    format!("{} and {rest}", counted(pages, "page"))
}

pub(super) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

pub(super) fn time(taken: Duration) -> String {
    if taken.as_secs() == 0 {
        format!("{} ms", taken.as_millis())
    } else {
        format!("{:.1} s", taken.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::is_machine;

    #[test]
    fn what_may_not_be_read_is_no_fault_of_the_content() {
        assert!(is_machine("file-forbidden") && is_machine("file-unreadable"));
        assert!(!is_machine("file-is-folder") && !is_machine("broken-link"));
    }
}
