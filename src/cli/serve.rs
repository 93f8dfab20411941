//! `silabus serve`.

use std::io::ErrorKind;
use std::sync::Arc;

use super::Outcome;
use super::args::{Global, Serve as Args};
use super::build::{problems, say, size, time};
use super::console::Console;
use crate::dev::live::{self, Event, LiveError, LiveOptions, Turn};
use crate::dev::server::{ServeError, ServeOptions};
use crate::diag::{Format, Report};
use crate::engine::STACK;
use crate::output::address;
use crate::world::{DiskWorld, World};

/// So many reasons are shown with `--verbose`.
const REASONS: usize = 20;

pub(super) fn run(global: &Global, args: &Args, console: &Console) -> Outcome {
    let world = match DiskWorld::new(&global.root) {
        Ok(world) => Arc::new(world),
        Err(error) => {
            let message = format!("cannot open the folder {}: {error}", global.root.display());
            console.fail(&message, Some("name the folder of your site: --root DIR"));
            return Outcome::Usage;
        }
    };
    let root = world.root().to_path_buf();
    let options = options(args, &root);
    let world: Arc<dyn World + Send> = world;
    let mut address = String::new();
    let mut said = Report::default();
    let mut tell = |event: Event<'_>| match event {
        Event::Listening(at, taken) => {
            address = if at.ip().is_unspecified() {
                format!("http://localhost:{}/", at.port())
            } else {
                format!("http://{at}/")
            };
            if let Some(port) = taken {
                say(console, args.format, &format!("port {port} is busy"));
            }
        }
        Event::Note(note) => say(console, args.format, note),
        Event::Turn(turn) => {
            let report = Report::new(turn.build.diagnostics.clone());
            // What was said already is not said again on every save.
            if report != said {
                console.report(&report, args.format, &root);
            }
            say_turn(console, args.format, turn, &report);
            said = report;
            if turn.first {
                welcome(console, args.format, turn, &address);
                if args.open {
                    open_browser(console, &address);
                }
            }
        }
    };
    match roomy(|| live::run(&options, &world, &mut tell)) {
        Ok(()) => Outcome::Fine,
        Err(LiveError::Thread(error)) => {
            console.fail(&format!("cannot start the preview: {error}"), None);
            Outcome::Machine
        }
        Err(LiveError::Serve(error)) => {
            let hint = match &error {
                ServeError::Listen(address, why) if why.kind() == ErrorKind::PermissionDenied => {
                    format!(
                        "only the system listens at port {}: --port 8080",
                        address.port()
                    )
                }
                ServeError::Listen(address, _) => format!(
                    "this machine has no address {}: leave --interface out, or name one that it has",
                    address.ip()
                ),
                ServeError::Start(_) => {
                    "close other programs, or raise the limit: ulimit -n".to_owned()
                }
                _ => "name another port: --port 8080".to_owned(),
            };
            console.fail(&error.to_string(), Some(&hint));
            Outcome::Machine
        }
        Err(LiveError::Watch(error)) => {
            console.fail(&error.to_string(), None);
            Outcome::Machine
        }
    }
}

/// Runs the loop on a thread with as much stack as those that help it: what is changed or open
/// in a browser is parsed and rendered where the loop itself runs.
fn roomy(work: impl FnOnce() -> Result<(), LiveError> + Send) -> Result<(), LiveError> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let running = thread.spawn_scoped(scope, work);
        let done = running.map_err(LiveError::Thread)?.join();
        done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn options(args: &Args, root: &std::path::Path) -> LiveOptions {
    let usual = ServeOptions::default();
    LiveOptions {
        root: root.to_path_buf(),
        now: args.now,
        drafts: args.drafts,
        poll: args.poll,
        deny_warnings: args.deny_warnings,
        serve: ServeOptions {
            host: args.host,
            port: args.port.unwrap_or(usual.port),
            port_fixed: args.port.is_some(),
            hosts: args.hosts.clone(),
            editor: args.editor.clone().or(usual.editor),
            root: root.to_path_buf(),
            limits: usual.limits,
        },
    }
}

/// One line of what changed, what was made, and how long it took.
fn say_turn(console: &Console, format: Format, turn: &Turn, report: &Report) {
    let build = &turn.build;
    let problems = problems(report.errors(), report.warnings());
    let made = build.report.made().count();
    let what = if turn.first {
        format!("{} in {}", size(build.pages, build.files), time(turn.taken))
    } else {
        let parsed = build.report.parsed.len();
        let cause = &turn.cause;
        let taken = time(turn.taken);
        format!(
            "{cause}: {} parsed, {} made, {} changed in {taken}",
            parsed,
            made,
            build.changed.len()
        )
    };
    say(console, format, &format!("{what}{problems}"));
    if turn.first {
        return;
    }
    if !console.says_more() {
        return;
    }
    for (path, _) in build.report.made().take(REASONS) {
        let reason = build.why(path).unwrap_or_default();
        console.say_more(&format!("  {}: {reason}", address(path)));
    }
    if made > REASONS {
        console.say_more(&format!("  and {} more", made - REASONS));
    }
}

/// Where to look, at the start.
fn welcome(console: &Console, format: Format, turn: &Turn, address: &str) {
    if console.is_quiet() {
        // Without it nobody knows where to look: the port may be another than usual.
        console.give(&format!("{address}\n"));
        return;
    }
    let say = |line: &str| say(console, format, line);
    say(&format!("\n  {address}"));
    let site = turn.build.gathered.as_ref().map(|gathered| gathered.site());
    let sections = site.iter().flat_map(|site| site.sections.iter());
    for section in sections.filter(|section| section.rendered() && !section.folder.is_empty()) {
        let path = section.url.trim_start_matches('/');
        say(&format!("  {address}{path}"));
    }
    say("\nWrite; every save is in the browser at once. Ctrl+C ends it.");
}

fn open_browser(console: &Console, address: &str) {
    if let Err(error) = open::that_detached(address) {
        console.say(&format!("cannot open a browser: {error}"));
    }
}
