//! `silabus new`: a content file with the fields of its kind, ready to fill in.

use std::io;
use std::sync::Arc;

use super::Outcome;
use super::args::{Global, New};
use super::console::Console;
use super::init::{machine, write_new};
use crate::base::slug::slugify;
use crate::base::text::{humanise, nearest};
use crate::config::{self, Config};
use crate::content::{ParseOptions, kinds};
use crate::data::Syntax;
use crate::diag::{Format, Report, Severity};
use crate::world::{DiskWorld, read_text};

pub(super) fn run(global: &Global, args: &New, console: &Console) -> Outcome {
    let config = match settings(global, console) {
        Ok(config) => config,
        Err(outcome) => return outcome,
    };
    let options = ParseOptions::new(&config, Severity::Error);
    let Some(at) = options
        .kinds
        .iter()
        .position(|kind| *kind.name == *args.kind)
    else {
        return unknown_kind(args, &options, console);
    };
    let Some(path) = inner_path(&args.id) else {
        let message = format!("\"{}\" gives no file name below the kind's folder", args.id);
        console.fail(
            &message,
            Some("use letters and digits: silabus new course basic-python"),
        );
        return Outcome::Usage;
    };
    let folder = match &*options.folders[at] {
        "" => "content".to_owned(),
        folder => format!("content/{folder}"),
    };
    let inside = format!("{folder}/{path}.md");
    let stem = path.rsplit('/').next().unwrap_or(&path);
    let path = global.root.join(&inside);
    let text = kinds::template(&options.kinds[at], Syntax::Yaml, &humanise(stem));
    match write_new(&path, text.as_bytes()) {
        Ok(()) => {
            console.say(&format!("{inside} is ready to be filled in"));
            Outcome::Fine
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            console.fail(
                &format!("{inside} is there already"),
                Some("choose another id"),
            );
            Outcome::Usage
        }
        Err(error) => machine(console, &path, &error),
    }
}

/// The path of a new file below the folder of its kind, without its ending: a slug, or several
/// with folders. None where a part of it is no name, so that nothing climbs.
fn inner_path(id: &str) -> Option<String> {
    let slug = |part: &str| {
        let climbs = matches!(part, "." | "..") || part.contains('\\');
        Some(slugify(part)).filter(|slug| !climbs && !slug.is_empty())
    };
    let parts: Option<Vec<String>> = id.split('/').map(slug).collect();
    parts.map(|parts| parts.join("/"))
}

/// The settings of the site, which must be right: they say where files go.
pub(super) fn settings(global: &Global, console: &Console) -> Result<Config, Outcome> {
    let world = DiskWorld::new(&global.root)
        .map(Arc::new)
        .map_err(|error| {
            console.fail(
                &format!("cannot open the folder {}: {error}", global.root.display()),
                None,
            );
            Outcome::Usage
        })?;
    let text = read_text(&*world, &Config::path()).map_err(|_| {
        let hint = "go to the folder of your site, or name it: --root DIR";
        console.fail("there is no silabus.toml here", Some(hint));
        Outcome::Usage
    })?;
    let config = config::read(&text, Severity::Error);
    if config.failed() {
        let report = Report::new(config.diagnostics);
        console.report(&report, Format::Human, &global.root);
        return Err(Outcome::Content);
    }
    Ok(config.value)
}

fn unknown_kind(args: &New, options: &ParseOptions, console: &Console) -> Outcome {
    let names: Vec<&str> = options.kinds.iter().map(|kind| &*kind.name).collect();
    let hint = match nearest(&args.kind, names.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("there are: {}", names.join(", ")),
    };
    console.fail(&format!("there is no kind \"{}\"", args.kind), Some(&hint));
    Outcome::Usage
}
