//! Hands the arguments over and returns the exit code.

#![expect(
    clippy::disallowed_methods,
    reason = "the arguments are handed over here"
)]

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::process::ExitCode;

fn main() -> ExitCode {
    silabus::cli::run(std::env::args_os())
}
