//! `silabus new`: a content file with the fields of its kind, ready to fill in.

use std::io;
use std::sync::Arc;

use super::Outcome;
use super::args::{Global, New};
use super::console::Console;
use super::init::{machine, write_new};
use crate::base::slug::slugify;
use crate::base::text::{humanise, nearest};
use crate::base::{OutputPath, SitePath};
use crate::config::{self, Config};
use crate::content::{Form, ParseOptions, Place, kinds};
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
    if let Some((message, hint)) = unfit(&inside, &options) {
        console.fail(&message, Some(&hint));
        return Outcome::Usage;
    }
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

/// Why a page cannot be at a place, in the words of a build, and what to do.
fn unfit(inside: &str, options: &ParseOptions) -> Option<(String, String)> {
    let place = Place::of(&SitePath::new(inside)?, &options.languages);
    if let Some(message) = place.mistaken_home() {
        let hint = "make it by hand: content/_index.md";
        return Some((message.to_owned(), hint.to_owned()));
    }
    if place.form == Form::Bundle {
        let message = format!("{inside} is the page of its whole folder");
        return Some((message, "choose another id".to_owned()));
    }
    let names = [&*place.folder, &*place.stem];
    let names = names.iter().filter(|name| !name.is_empty());
    let address = names.fold(String::new(), |path, name| path + name + "/") + "index.html";
    let fault = OutputPath::new(&address).err()?;
    let message = format!(
        "the page ({inside}) cannot be published at /{address}: {}",
        fault.message()
    );
    Some((message, "choose another id".to_owned()))
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
    let of_folder = options.folders.iter().position(|it| **it == *args.kind);
    let meant = of_folder.and_then(|at| names.get(at).copied());
    let hint = match meant.or_else(|| nearest(&args.kind, names.iter().copied())) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("there are: {}", names.join(", ")),
    };
    console.fail(&format!("there is no kind \"{}\"", args.kind), Some(&hint));
    Outcome::Usage
}
