//! The floor: the least that any program must do to turn a folder of Markdown into a website.
//!
//! It reads every file, strips the front matter unread, turns the rest into HTML with
//! pulldown-cmark, puts a fixed head and foot around it and writes it to `<path>/index.html`, on
//! all cores. No template, no list, no link is resolved. A real build is measured in multiples of
//! it, which say the same on a fast and on a slow machine.
//!
//! `cargo bench --bench build` runs it beside silabus. Alone, on a content folder of yours:
//!
//! ```text
//! cargo bench --bench floor -- CONTENT OUTPUT
//! ```

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

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use walkdir::WalkDir;

/// CommonMark and GFM, as silabus parses a body.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"id\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <title>Akademi Bench</title>\n</head>\n<body>\n<main>\n";
const FOOT: &str = "</main>\n<footer><p>Akademi Bench</p></footer>\n</body>\n</html>\n";

/// Builds the two folders of the command line, or says how it is called. The bench `build` calls
/// this too, in a process of its own.
pub(crate) fn main() -> ExitCode {
    let mut paths = std::env::args_os()
        .skip(1)
        .filter(|arg| arg != "--bench" && arg != "floor");
    let (Some(content), Some(out)) = (paths.next(), paths.next()) else {
        println!("usage: cargo bench --bench floor -- CONTENT OUTPUT");
        return ExitCode::SUCCESS;
    };
    match run(Path::new(&content), Path::new(&out)) {
        Ok(pages) => {
            println!("{pages} pages");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Renders all Markdown files of `content` into `out`, and counts them.
fn run(content: &Path, out: &Path) -> io::Result<usize> {
    fs::create_dir_all(out)?;
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in WalkDir::new(content) {
        let entry = entry?;
        let path = entry
            .path()
            .strip_prefix(content)
            .map_err(io::Error::other)?;
        if entry.file_type().is_dir() {
            // Parents come before their children, so that a page needs one folder only.
            fs::create_dir_all(out.join(path))?;
        } else if path.extension().is_some_and(|ext| ext == "md") {
            files.push(path.to_owned());
        }
    }
    files
        .par_iter()
        .try_for_each_init(Buffers::default, |buffers, path| {
            let folder = match path.file_stem() {
                Some(stem) if stem != "_index" => out.join(path.with_extension("")),
                _ => out.join(path.parent().unwrap_or(Path::new(""))),
            };
            buffers.render(&content.join(path), &folder)
        })?;
    Ok(files.len())
}

/// Memory that a thread uses again for each of its pages.
#[derive(Default)]
struct Buffers {
    source: String,
    page: String,
}

impl Buffers {
    fn render(&mut self, file: &Path, folder: &Path) -> io::Result<()> {
        self.source.clear();
        File::open(file)?.read_to_string(&mut self.source)?;
        self.page.clear();
        self.page.push_str(HEAD);
        html::push_html(
            &mut self.page,
            Parser::new_ext(body_of(&self.source), OPTIONS),
        );
        self.page.push_str(FOOT);
        match fs::create_dir(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        fs::write(folder.join("index.html"), &self.page)
    }
}

/// What stands below the front matter.
fn body_of(source: &str) -> &str {
    source
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or(source, |(_, body)| body)
}
