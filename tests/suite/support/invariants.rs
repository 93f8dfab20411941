//! What holds for every site, whatever it shows: the same bytes on every run, with any number of
//! threads, and from files saved on Windows.

use rayon::ThreadPool;

use super::case::Args;
use super::run::{Built, Files, build};

/// Deep templates need a deep stack, as the program's own threads have.
const STACK: usize = 16 * 1024 * 1024;

/// Pools of one and of four threads.
pub(crate) struct Pools {
    /// One thread.
    pub(crate) one: ThreadPool,
    four: ThreadPool,
}

impl Pools {
    /// Starts the threads.
    pub(crate) fn new() -> Self {
        let pool = |threads| {
            rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .stack_size(STACK)
                .build()
                .unwrap()
        };
        Self {
            one: pool(1),
            four: pool(4),
        }
    }
}

/// What differs from the first build when the same site is built in other ways.
pub(crate) fn check(files: &Files, args: &Args, first: &Built, pools: &Pools) -> Vec<String> {
    let windows: Files = files
        .iter()
        .map(|(path, bytes)| (path.clone(), as_on_windows(path, bytes)))
        .collect();
    let ways = [
        (
            "built a second time",
            pools.one.install(|| build(files, args)),
        ),
        (
            "built with four threads",
            pools.four.install(|| build(files, args)),
        ),
        (
            "built from files with a byte-order mark and CRLF",
            pools.four.install(|| build(&windows, args)),
        ),
    ];
    ways.iter()
        .filter_map(|(way, built)| differs(way, first, built))
        .collect()
}

/// Texts with a byte-order mark and CRLF; what is copied as it is stays.
fn as_on_windows(path: &str, bytes: &[u8]) -> Vec<u8> {
    const READ: [&str; 6] = ["md", "toml", "html", "xml", "txt", "scss"];
    let read = path
        .rsplit_once('.')
        .is_some_and(|(_, ending)| READ.contains(&ending));
    if !read || path.contains("static/") {
        return bytes.to_vec();
    }
    let mut out = b"\xef\xbb\xbf".to_vec();
    for byte in bytes {
        if *byte == b'\n' {
            out.push(b'\r');
        }
        out.push(*byte);
    }
    out
}

/// How a build differs from another one of the same site.
pub(crate) fn differs(way: &str, first: &Built, built: &Built) -> Option<String> {
    if first == built {
        return None;
    }
    let odd = first
        .files
        .iter()
        .find(|(path, bytes)| built.files.get(*path) != Some(*bytes));
    let words = match odd {
        Some((path, bytes)) => {
            let other = built
                .files
                .get(path)
                .map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            let shown =
                super::diff::lines(&String::from_utf8_lossy(bytes), &other.unwrap_or_default());
            format!("{path} differs:\n{shown}")
        }
        None if first.said != built.said => {
            let lines = |built: &Built| {
                built
                    .said
                    .iter()
                    .map(super::run::Said::full)
                    .collect::<Vec<_>>()
                    .join("\n")
            };
            format!(
                "the diagnostics differ:\n{}",
                super::diff::lines(&lines(first), &lines(built))
            )
        }
        None => "there are more files".to_owned(),
    };
    Some(format!("{way}: {words}"))
}
