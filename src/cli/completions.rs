//! `silabus completions`.

use clap::CommandFactory;

use super::Outcome;
use super::args::{Args, Completions};
use super::console::Console;

pub(super) fn run(args: &Completions, console: &Console) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "silabus", &mut script);
    console.give(&String::from_utf8_lossy(&script));
    Outcome::Fine
}
