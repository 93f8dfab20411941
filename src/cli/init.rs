//! `silabus init`: a new site that builds at once.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::Outcome;
use super::args::Init;
use super::console::Console;
use super::sample;

pub(super) fn run(args: &Init, console: &Console) -> Outcome {
    match is_free(&args.dir) {
        Ok(true) => {}
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let message = format!("{} is a file, not a folder", args.dir.display());
            console.fail(&message, Some("name a new folder: silabus init my-site"));
            return Outcome::Usage;
        }
        Ok(false) => {
            let message = format!("{} is not empty", args.dir.display());
            console.fail(&message, Some("name a new folder: silabus init my-site"));
            return Outcome::Usage;
        }
        Err(error) => return machine(console, &args.dir, &error),
    }
    for (path, bytes) in sample::files(args.lang) {
        let path = args.dir.join(path);
        if let Err(error) = write_new(&path, bytes) {
            return machine(console, &path, &error);
        }
    }
    let dir = args.dir.display();
    console.say(&format!(
        "a new site is in {dir}; look at it: silabus serve --root {dir}"
    ));
    Outcome::Fine
}

/// Whether a site can be put there: nothing is there, or a folder with nothing but `.git`.
fn is_free(dir: &Path) -> io::Result<bool> {
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        entries => entries?,
    };
    for entry in entries {
        if entry?.file_name() != ".git" {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes a file that must not be there yet.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        make_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)
}

/// Makes a folder and all that are missing above it, however often a signal interrupts that.
fn make_all(path: &Path) -> io::Result<()> {
    loop {
        match fs::create_dir_all(path) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

pub(super) fn machine(console: &Console, path: &Path, error: &io::Error) -> Outcome {
    console.fail(&format!("cannot write {}: {error}", path.display()), None);
    Outcome::Machine
}
