//! `silabus list`: what the site has, as tables or as JSON.

mod rows;
mod table;

use std::sync::Arc;

use super::Outcome;
use super::args::{Global, List as Args, ListFormat, ListOf};
use super::build::clock;
use super::console::Console;
use super::next::of_clock;
use crate::diag::{Format, Report};
use crate::engine::{Audience, Build, BuildOptions, Engine, Look};
use crate::site::{Change, Site};
use crate::world::{DiskWorld, World};
use rows::Row;

pub(super) fn run(global: &Global, args: &Args, console: &Console) -> Outcome {
    let world: Arc<dyn World + Send> = match DiskWorld::new(&global.root) {
        Ok(world) => Arc::new(world),
        Err(error) => {
            let message = format!("cannot open the folder {}: {error}", global.root.display());
            console.fail(&message, Some("name the folder of your site: --root DIR"));
            return Outcome::Usage;
        }
    };
    let now = match args.now.map_or_else(clock, Ok) {
        Ok(now) => now,
        Err(message) => {
            let hint = "SOURCE_DATE_EPOCH holds whole seconds since 1970";
            console.fail(&message, Some(hint));
            return Outcome::Usage;
        }
    };
    let options = BuildOptions {
        drafts: args.drafts,
        base_url: args.base_url.clone(),
        ..BuildOptions::at(now)
    };
    // What templates ask of the clock is known once they ran.
    let renders = args.what.is_none_or(|what| what == ListOf::Changes);
    let mut build = match renders {
        true => rendered(&world, &options),
        false => Engine::forgetful().link(&world, &options),
    };
    let failed = build.failed();
    let report = Report::new(std::mem::take(&mut build.diagnostics));
    let report = if failed { report.errors_only() } else { report };
    if failed || global.verbose {
        console.report(&report, Format::Human, &global.root);
    }
    if let Some(gathered) = &build.gathered {
        let mut changes = gathered.site().changes(&build.quoted);
        changes.extend(of_clock(&build));
        show(console, args, gathered.site(), &changes);
    }
    match failed {
        true => Outcome::Content,
        false => Outcome::Fine,
    }
}

/// Renders everything for nobody: no picture is made, no card drawn.
fn rendered(world: &Arc<dyn World + Send>, options: &BuildOptions) -> Build {
    let mut audience = Audience {
        first: &[],
        tell: &|_| {},
        show: &mut |_, _| {},
    };
    Engine::forgetful().refresh(world, options, &Look::Everywhere, &mut audience)
}

fn show(console: &Console, args: &Args, site: &Site, changes: &[Change]) {
    let parts: Vec<(&str, Vec<Row>)> = [
        (ListOf::Pages, "pages"),
        (ListOf::Courses, "courses"),
        (ListOf::Careers, "careers"),
        (ListOf::Changes, "changes"),
    ]
    .into_iter()
    .filter(|(part, _)| args.what.is_none_or(|what| what == *part))
    .map(|(part, name)| (name, rows_of(site, part, changes)))
    .collect();
    let text = match args.format {
        ListFormat::Json => json(site, &parts),
        ListFormat::Human => tables(&parts),
    };
    console.give(&text);
}

fn rows_of(site: &Site, part: ListOf, changes: &[Change]) -> Vec<Row> {
    match part {
        ListOf::Pages => rows::pages(site),
        ListOf::Courses => rows::courses(site),
        ListOf::Careers => rows::careers(site),
        ListOf::Changes => rows::changes(site, changes),
    }
}

/// All parts in one object, with the instant that they are true of.
fn json(site: &Site, parts: &[(&str, Vec<Row>)]) -> String {
    let mut whole = serde_json::Map::new();
    whole.insert("version".into(), 1.into());
    whole.insert("now".into(), rows::instant(site, site.now.instant).into());
    for (name, rows) in parts {
        let rows = rows.iter().map(|row| row.json.clone()).collect();
        whole.insert((*name).into(), serde_json::Value::Array(rows));
    }
    let text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    format!("{text}\n")
}

fn tables(parts: &[(&str, Vec<Row>)]) -> String {
    let made = parts.iter().map(|(name, rows)| {
        let heading = format!("{} ({})\n", heading(name), rows.len());
        let cells: Vec<&[String]> = rows.iter().map(|row| &row.cells[..]).collect();
        heading + &table::draw(rows::columns(name), &cells)
    });
    made.collect::<Vec<_>>().join("\n")
}

fn heading(name: &str) -> &'static str {
    match name {
        "pages" => "Pages",
        "courses" => "Courses",
        "careers" => "Careers",
        _ => "Scheduled changes",
    }
}
