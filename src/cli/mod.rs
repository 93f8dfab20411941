//! The command line: what was asked, one file per command, and how its words reach the user.
//!
//! The only room that prints, and that reads the environment and the clock.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the rim: environment, clock and new files"
)]

mod args;
mod build;
mod check;
mod completions;
mod console;
mod context;
mod explain;
mod init;
mod list;
mod meaning;
mod new;
mod next;
mod sample;
mod schema;
mod serve;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use console::Console;

use crate::engine::STACK;

/// What a run came to, as its exit code tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done; there may be warnings.
    Fine,
    /// The content is at fault.
    Content,
    /// It was called wrongly.
    Usage,
    /// The machine failed.
    Machine,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Fine => 0,
            Outcome::Content => 1,
            Outcome::Usage => 2,
            Outcome::Machine => 3,
        })
    }
}

/// Runs the program with these arguments, the first being its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // Printing fails only where nobody reads it.
            let _ = error.print();
            let fine = !error.use_stderr();
            return if fine { Outcome::Fine } else { Outcome::Usage }.into();
        }
    };
    let console = Console::new(&args.global);
    // A pool that exists already has its own stack; then deep templates are an error of Tera.
    let _ = rayon::ThreadPoolBuilder::new()
        .stack_size(STACK)
        .build_global();
    let outcome = match args.command {
        Command::Build(own) => build::run(&args.global, &own, &console),
        Command::Serve(own) => serve::run(&args.global, &own, &console),
        Command::Check(own) => check::run(&args.global, &own, &console),
        Command::Init(own) => init::run(&own, &console),
        Command::List(own) => list::run(&args.global, &own, &console),
        Command::New(own) => new::run(&args.global, &own, &console),
        Command::Schema(own) => schema::run(&args.global, &own, &console),
        Command::Explain(own) => meaning::run(&own, &console),
        Command::Completions(own) => completions::run(&own, &console),
    };
    outcome.into()
}
