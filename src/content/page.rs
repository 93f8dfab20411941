//! One content file, parsed: its place, its front matter held against its kind, its body.

use std::ops::Range;
use std::sync::Arc;

use super::front_prose;
use super::kinds;
use super::markdown;
use super::{Body, Form, ParseOptions, Place};
use crate::base::{Fingerprint, Hasher, SitePath, Span};
use crate::data::front::{self, Parts};
use crate::data::{self, Node, Record, Syntax};
use crate::diag::{Checked, Diagnostic};

/// A parsed content file.
#[derive(Debug)]
pub struct Page {
    /// Its file.
    pub path: SitePath,
    /// What the file's path says.
    pub place: Place,
    /// The number of its kind in [`ParseOptions::kinds`].
    pub kind: u8,
    /// Its front matter; fields that are missing are not reported yet, since a section's
    /// defaults may give them.
    pub record: Arc<Record>,
    /// The syntax of the front matter, in which fixes are written; YAML where there is none.
    pub syntax: Syntax,
    /// Where the front matter stands, for what is missing in it.
    pub front: Span,
    /// Whether the front matter could not be read, so that nothing is said to be missing.
    pub broken: bool,
    /// Whether something in the front matter is wrong: then the page is not rendered, since what
    /// templates say of missing values would be a second error about the first.
    pub faulty: bool,
    /// Its text.
    pub body: Body,
    /// Stands for the front matter when two builds are compared.
    pub meta_print: Fingerprint,
    /// Stands for the text.
    pub body_print: Fingerprint,
}

/// Parses one file.
pub fn parse(path: &SitePath, text: &str, options: &ParseOptions) -> Checked<Page> {
    let mut diagnostics = Vec::new();
    let place = Place::of(path, &options.languages);
    diagnostics.extend(unlisted_language(path, &place, options));
    diagnostics.extend(mistaken_home(path, &place));
    let parts = front::split(path, text).unload(&mut diagnostics);
    let node = read_tree(path, text, &parts).unload(&mut diagnostics);
    let broken = diagnostics.iter().any(Diagnostic::is_error);
    let kind = kind_of(path, &place, node.as_ref(), options, &mut diagnostics);
    let record = read_record(
        path,
        &place,
        node,
        &parts,
        kind,
        broken,
        options,
        &mut diagnostics,
    );
    let faulty = diagnostics.iter().any(Diagnostic::is_error);
    let body = {
        let options = options.markdown_for(place.lang.as_deref());
        markdown::parse(path, text, parts.body.clone(), options)
    };
    let mut body = body.unload(&mut diagnostics);
    body.passages
        .splice(..0, front_prose::passages(text, &record));
    let page = Page {
        path: path.clone(),
        place,
        kind,
        meta_print: record.fingerprint(),
        record: Arc::new(record),
        syntax: parts.syntax.unwrap_or(Syntax::Yaml),
        front: parts.opening,
        broken,
        faulty,
        body_print: body_print(text, &parts.body),
        body,
    };
    Checked::new(page, diagnostics)
}

/// A file whose name ends in the code of a language that the site does not have.
fn unlisted_language(path: &SitePath, place: &Place, options: &ParseOptions) -> Option<Diagnostic> {
    let code = place.unlisted_language()?;
    let (message, hint) = if *code == *options.reader.language {
        let message = format!("\"{code}\" is the site's own language: its files have no code");
        (message, "rename it without the code".to_owned())
    } else {
        let message = format!("the site has no language \"{code}\", so it is part of the address");
        let hint = format!("add \"{code}\" to `languages` in silabus.toml, or rename the file");
        (message, hint)
    };
    let diagnostic = Diagnostic::warning("language-unlisted", message);
    Some(diagnostic.in_file(path, "").hint(hint))
}

fn mistaken_home(path: &SitePath, place: &Place) -> Option<Diagnostic> {
    let message = place.mistaken_home()?;
    let hint = format!("rename it: content/_{}", path.name());
    let told = Diagnostic::error("home-page", message);
    Some(told.in_file(path, "").hint(hint))
}

fn body_print(text: &str, body: &Range<usize>) -> Fingerprint {
    Hasher::new().text(&text[body.clone()]).finish()
}

/// The front matter as a tree; none where there is none.
fn read_tree(path: &SitePath, text: &str, parts: &Parts) -> Checked<Option<Node>> {
    let Some(syntax) = parts.syntax else {
        return Checked::fine(None);
    };
    let parsed = data::parse(path, text, syntax, parts.front.clone());
    Checked::new(Some(parsed.value), parsed.diagnostics)
}

/// The kind: what the front matter says, else what the folder says, else a plain page.
fn kind_of(
    path: &SitePath,
    place: &Place,
    node: Option<&Node>,
    options: &ParseOptions,
    sink: &mut Vec<Diagnostic>,
) -> u8 {
    let by_folder = || {
        let inside = path.below("content").unwrap_or_default();
        options
            .folders
            .iter()
            .position(|folder| !folder.is_empty() && is_below(inside, folder))
            .unwrap_or(0) as u8
    };
    if place.form == Form::Section {
        return by_folder();
    }
    match node.and_then(|node| written_kind(node)) {
        Some((name, span)) => match options.kinds.iter().position(|kind| kind.name == name) {
            Some(kind) => kind as u8,
            None => {
                let known = options.kinds.iter().map(|kind| &*kind.name);
                sink.push(kinds::unknown_kind(path, name, span, known));
                by_folder()
            }
        },
        None => by_folder(),
    }
}

fn is_below(inside: &str, folder: &str) -> bool {
    inside
        .strip_prefix(folder)
        .is_some_and(|rest| rest.starts_with('/'))
}

fn written_kind(node: &Node) -> Option<(&str, Span)> {
    let value = node.get("kind")?;
    Some((value.as_text()?, value.span))
}

/// The front matter against its fields. Of one with syntax errors only the title is taken, so
/// that lists and links have something to show.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a part of one file's reading"
)]
fn read_record(
    path: &SitePath,
    place: &Place,
    node: Option<Node>,
    parts: &Parts,
    kind: u8,
    broken: bool,
    options: &ParseOptions,
    sink: &mut Vec<Diagnostic>,
) -> Record {
    let Some(node) = node else {
        return Record::default();
    };
    let context = options
        .reader
        .context(path, parts.syntax.unwrap_or(Syntax::Yaml));
    let fields = match place.form {
        Form::Section => kinds::section_fields(),
        _ => &options.kinds[kind as usize].fields,
    };
    let checked = data::check(&node, fields, &context);
    if broken {
        checked.value
    } else {
        checked.unload(sink)
    }
}
