//! Hands the arguments over and returns the exit code.

#![expect(
    clippy::disallowed_methods,
    reason = "the arguments are handed over here"
)]

use std::process::ExitCode;

fn main() -> ExitCode {
    silabus::cli::run(std::env::args_os())
}
