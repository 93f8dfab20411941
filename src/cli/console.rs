//! How words reach the user: streams, colours, the progress bar.

use std::collections::{BTreeMap, HashMap};
use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use clap::ColorChoice;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::Global;
use crate::base::SitePath;
use crate::diag::{Format, Options, Report, Sources, Stream};
use crate::world::{DiskWorld, World, text_to_show};

/// Where the program prints.
pub(super) struct Console {
    quiet: bool,
    verbose: bool,
    color: bool,
}

impl Console {
    pub(super) fn new(global: &Global) -> Self {
        let color = match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => stderr().is_terminal() && wants_color(),
        };
        Self {
            quiet: global.quiet,
            verbose: global.verbose,
            color,
        }
    }

    /// Whether nothing but errors is wanted.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// A line that tells how it went; nothing with `--quiet`.
    pub(super) fn say(&self, line: &str) {
        if !self.quiet {
            write_line(&mut stdout(), line);
        }
    }

    /// The same on standard error, where standard output is for machines.
    pub(super) fn say_aside(&self, line: &str) {
        if !self.quiet {
            write_line(&mut stderr(), line);
        }
    }

    /// More about what is done, for who wants to know.
    pub(super) fn say_more(&self, line: &str) {
        if self.verbose {
            write_line(&mut stdout(), line);
        }
    }

    /// Whether [`Self::say_more`] says anything: what it would say may cost to find.
    pub(super) fn says_more(&self) -> bool {
        self.verbose
    }

    /// A text that was asked for.
    pub(super) fn give(&self, text: &str) {
        write_text(&mut stdout(), text);
    }

    /// What went wrong, without a place in the content.
    pub(super) fn fail(&self, message: &str, hint: Option<&str>) {
        write_line(&mut stderr(), &format!("error: {message}"));
        if let Some(hint) = hint {
            write_line(&mut stderr(), &format!("  help: {hint}"));
        }
    }

    /// All diagnostics of a run.
    pub(super) fn report(&self, report: &Report, format: Format, root: &Path) {
        self.report_made(report, format, root, BTreeMap::new());
    }

    /// The same, where some speak of files that were made in memory.
    pub(super) fn report_made(
        &self,
        report: &Report,
        format: Format,
        root: &Path,
        made: BTreeMap<SitePath, Arc<str>>,
    ) {
        let machine = format.stream() == Stream::Out;
        if report.is_empty() && !machine {
            return;
        }
        let options = Options {
            color: self.color && format == Format::Human,
            verbose: self.verbose,
            ..Options::default()
        };
        let sources = DiskSources::new(root, made);
        let errors;
        let report = if self.quiet && !machine {
            errors = report.errors_only();
            &errors
        } else {
            report
        };
        let text = format.render(report, &sources, options);
        match format.stream() {
            Stream::Out => write_text(&mut stdout(), &text),
            Stream::Err => write_text(&mut stderr(), &text),
        }
    }

    /// A progress bar on a terminal, shown once half a second has passed.
    pub(super) fn progress(&self) -> Option<Progress> {
        (!self.quiet && stderr().is_terminal()).then(Progress::new)
    }
}

/// `NO_COLOR` with any value but the empty one turns colours off.
fn wants_color() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|value| value != "dumb")
}

fn write_line(stream: &mut dyn Write, line: &str) {
    write_text(stream, &format!("{line}\n"));
}

/// A reader that went away is no error: `silabus build | head` is fine.
fn write_text(stream: &mut dyn Write, text: &str) {
    let _ = stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush());
}

/// A bar that appears only when a build takes long enough to be waited for.
pub(super) struct Progress {
    begun: Instant,
    bar: ProgressBar,
}

impl Progress {
    const PATIENCE: Duration = Duration::from_millis(500);

    fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self {
            begun: Instant::now(),
            bar,
        }
    }

    /// So many of so many are done.
    pub(super) fn tell(&self, done: usize, total: usize) {
        if self.begun.elapsed() < Self::PATIENCE {
            return;
        }
        if self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.set_length(total as u64);
        }
        self.bar.set_position(done as u64);
        if done == total {
            self.bar.finish_and_clear();
        }
    }
}

/// The files of a site, read again to show the lines that a diagnostic speaks of.
struct DiskSources {
    world: Option<DiskWorld>,
    read: Mutex<HashMap<SitePath, Option<Arc<str>>>>,
}

impl DiskSources {
    fn new(root: &Path, made: BTreeMap<SitePath, Arc<str>>) -> Self {
        let made = made.into_iter().map(|(path, text)| (path, Some(text)));
        Self {
            world: DiskWorld::new(root).ok(),
            read: Mutex::new(made.collect()),
        }
    }
}

impl Sources for DiskSources {
    fn text(&self, path: &SitePath) -> Option<Arc<str>> {
        let world = self.world.as_ref()?;
        let mut read = self
            .read
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        read.entry(path.clone())
            .or_insert_with(|| text_to_show(world as &dyn World, path).map(Into::into))
            .clone()
    }
}
