//! Arguments and flags.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ColorChoice, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::base::When;
use crate::dev::server::{is_editor, is_host_name};
use crate::diag::Format;

/// A static site generator for course and career content.
#[derive(Debug, Parser)]
#[command(
    name = "silabus",
    version,
    about,
    propagate_version = true,
    disable_help_subcommand = true
)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What every command takes.
#[derive(Debug, ClapArgs)]
pub(super) struct Global {
    /// The folder with silabus.toml
    #[arg(short, long, global = true, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorChoice,
    /// Print nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Print all warnings, and more about what is done
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the site into its output folder
    Build(Build),
    /// Show the site in a browser, and every change at once
    Serve(Serve),
    /// Hold what would be published against what courses cost; nothing is written
    Check(Check),
    /// Make a new site
    Init(Init),
    /// List pages, courses, careers and what time will change
    List(List),
    /// Make a new content file
    New(New),
    /// Write JSON Schemas for editors
    Schema(Schema),
    /// Say what the code of a diagnostic means
    Explain(Explain),
    /// Print completions for a shell
    Completions(Completions),
}

/// What `build` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct Build {
    /// The folder to publish to, instead of that of silabus.toml
    #[arg(short, long, value_name = "DIR")]
    pub(super) output_dir: Option<PathBuf>,
    /// Publish into a folder that holds other files too; none of them is deleted
    #[arg(long)]
    pub(super) force: bool,
    /// Fail where the site cannot be exchanged in one step
    #[arg(long)]
    pub(super) require_atomic: bool,
    /// Build again whenever something changes
    #[arg(long)]
    pub(super) watch: bool,
    /// Look at files every now and then instead of asking the system
    #[arg(long, requires = "watch")]
    pub(super) poll: bool,
    /// Say what the page at this address read; with --watch, why it was made again
    #[arg(long, value_name = "URL")]
    pub(super) explain: Option<String>,
    /// Print what the template of this page finds, as JSON, and publish nothing
    #[arg(long, value_name = "URL", conflicts_with_all = ["watch", "explain"])]
    pub(super) context: Option<String>,
    #[command(flatten)]
    pub(super) site: SiteArgs,
}

/// What `serve` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct Serve {
    /// The port; without it 1111, or the next one that is free
    #[arg(short, long)]
    pub(super) port: Option<u16>,
    /// The address to listen at
    #[arg(
        short = 'i',
        long = "interface",
        visible_alias = "host",
        value_name = "IP"
    )]
    #[arg(default_value = "127.0.0.1")]
    pub(super) host: std::net::IpAddr,
    /// A further name under which the preview may be reached
    #[arg(long = "allow-host", value_name = "NAME", value_parser = host_name)]
    pub(super) hosts: Vec<String>,
    /// Open the site in the browser
    #[arg(long)]
    pub(super) open: bool,
    /// The address that opens a file in your editor, with {file}, {line} and {column}
    #[arg(long, value_name = "URL", value_parser = editor)]
    pub(super) editor: Option<String>,
    /// Look at files every now and then instead of asking the system
    #[arg(long)]
    pub(super) poll: bool,
    /// Show drafts and scheduled pages too
    #[arg(long)]
    pub(super) drafts: bool,
    /// The instant to show the site at, such as 2026-11-22T08:00:00+07:00; else now, always
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    pub(super) now: Option<Timestamp>,
    /// How problems are printed: human, short, json, github or sarif
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = format)]
    pub(super) format: Format,
    /// Show warnings over the page as errors are
    #[arg(long)]
    pub(super) deny_warnings: bool,
}

/// What `check` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) site: SiteArgs,
}

/// What all commands take that build a site.
#[derive(Debug, ClapArgs)]
pub(super) struct SiteArgs {
    /// Publish drafts and scheduled pages too
    #[arg(long)]
    pub(super) drafts: bool,
    /// The instant to build for, such as 2026-11-22T08:00:00+07:00
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    pub(super) now: Option<Timestamp>,
    /// Another address than that of silabus.toml
    #[arg(long, value_name = "URL", value_parser = address)]
    pub(super) base_url: Option<String>,
    /// How problems are printed: human, short, json, github or sarif
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = format)]
    pub(super) format: Format,
    /// Fail on warnings too
    #[arg(long)]
    pub(super) deny_warnings: bool,
}

/// What `init` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct Init {
    /// The folder to make
    pub(super) dir: PathBuf,
    /// Language of the new site
    #[arg(long, value_enum, default_value = "id")]
    pub(super) lang: SampleLanguage,
}

/// Languages that a new site can be made in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SampleLanguage {
    /// Indonesian
    Id,
    /// English
    En,
}

/// What `list` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct List {
    /// What to list; everything if nothing is said
    #[arg(value_enum)]
    pub(super) what: Option<ListOf>,
    /// List drafts and scheduled pages too
    #[arg(long)]
    pub(super) drafts: bool,
    /// The instant to list for, such as 2026-11-22T08:00:00+07:00
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    pub(super) now: Option<Timestamp>,
    /// Another address than that of silabus.toml
    #[arg(long, value_name = "URL", value_parser = address)]
    pub(super) base_url: Option<String>,
    /// Tables for people, or JSON
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub(super) format: ListFormat,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListOf {
    /// All pages
    Pages,
    /// Courses with price, next batch and state
    Courses,
    /// Careers with what is taught of their skills
    Careers,
    /// What time alone will change
    Changes,
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// Tables
    Human,
    /// One JSON object
    Json,
}

/// What `new` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct New {
    /// The kind: page, article, course, career, skill, person
    pub(super) kind: String,
    /// The id, which becomes the file's name; with folders: guide/first-steps
    pub(super) id: String,
}

/// What `schema` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct Schema {
    /// Print this one instead: a kind, section or silabus.toml
    #[arg(conflicts_with = "output_dir")]
    pub(super) name: Option<String>,
    /// The folder to write to, instead of .silabus/schema
    #[arg(short, long, value_name = "DIR")]
    pub(super) output_dir: Option<PathBuf>,
    /// Write .vscode/silabus.code-snippets too
    #[arg(long, conflicts_with = "name")]
    pub(super) snippets: bool,
}

/// What `explain` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct Explain {
    /// The code, such as price-ambiguous
    pub(super) code: String,
}

/// What `completions` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

fn instant(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| {
        // A date that no calendar has is told apart from another form.
        let written = When::parse(text);
        match written
            .err()
            .filter(|fault| fault.code.ends_with("-impossible"))
        {
            Some(fault) => fault.message,
            None => format!(
                "\"{text}\" is no instant with offset: write it as 2026-11-22T08:00:00+07:00"
            ),
        }
    })
}

fn address(text: &str) -> Result<String, String> {
    let host = text
        .strip_prefix("https://")
        .or(text.strip_prefix("http://"))
        .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
    if !host {
        return Err("an address begins with https:// or http://".to_owned());
    }
    // Every address of the site is made by adding to it.
    match text.split_once(['?', '#']) {
        Some((address, _)) => Err(format!("nothing stands behind the path: write {address}")),
        None => Ok(text.trim_end_matches('/').to_owned()),
    }
}

fn host_name(text: &str) -> Result<String, String> {
    match is_host_name(text) {
        true => Ok(text.to_owned()),
        false => Err(
            "the name of a host, with or without a port: preview.example or tunnel.example:443"
                .to_owned(),
        ),
    }
}

fn editor(text: &str) -> Result<String, String> {
    match text.is_empty() || is_editor(text) && text.contains("{file}") {
        true => Ok(text.to_owned()),
        false => Err(
            "the address of a program with {file} in it, such as vscode://file/{file}:{line}:{column}, or \"\" for no links"
                .to_owned(),
        ),
    }
}

fn format(text: &str) -> Result<Format, String> {
    text.parse::<Format>().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }
}
