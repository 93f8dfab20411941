//! What a text becomes, feature by feature.

mod components;
mod faults;
mod features;
mod hostile;
mod links;
mod passages;
mod random;
mod same_as_pulldown;

use super::{MarkdownOptions, parse};
use crate::base::SitePath;
use crate::content::body::{Body, Component, Piece};
use crate::data::node::{Node, Raw};
use crate::diag::Checked;

fn path() -> SitePath {
    SitePath::new("content/a.md").unwrap()
}

fn parsed_with(text: &str, options: &MarkdownOptions) -> Checked<Body> {
    parse(&path(), text, 0..text.len(), options)
}

fn parsed(text: &str) -> Checked<Body> {
    parsed_with(text, &MarkdownOptions::default())
}

/// The body as text, slots in double brackets.
fn shown(text: &str) -> String {
    show(&parsed(text).value)
}

fn shown_with(text: &str, change: impl Fn(&mut MarkdownOptions)) -> String {
    let mut options = MarkdownOptions::default();
    change(&mut options);
    show(&parsed_with(text, &options).value)
}

fn show(body: &Body) -> String {
    body.pieces.iter().map(show_piece).collect()
}

fn show_piece(piece: &Piece) -> String {
    match piece {
        Piece::Html(html) => html.to_string(),
        Piece::Link(link) => match &link.anchor {
            Some(anchor) => format!("[[{}#{anchor}]]", link.target),
            None => format!("[[{}]]", link.target),
        },
        Piece::Image(image) => format!("[[img {}|{}|{}]]", image.src, image.alt, image.title),
        Piece::Component(component) => show_component(component),
    }
}

fn show_component(component: &Component) -> String {
    let args: String = component
        .args
        .iter()
        .map(|(name, value)| format!(" {name}={}", show_node(value)))
        .collect();
    match &component.body {
        None => format!("[[{}{args}]]", component.name),
        Some(body) => format!("[[{}{args}: {}]]", component.name, show(body)),
    }
}

fn show_node(node: &Node) -> String {
    match &node.raw {
        Raw::Null => "none".into(),
        Raw::Bool(bool) => bool.to_string(),
        Raw::Int(int) => int.to_string(),
        Raw::Float(text) | Raw::When(text) => text.to_string(),
        Raw::Text(text) => format!("{text:?}"),
        Raw::List(items) => {
            let items: Vec<_> = items.iter().map(show_node).collect();
            format!("[{}]", items.join(", "))
        }
        Raw::Table(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", key.name, show_node(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// The diagnostics of a text as `code: what the first label marks`.
fn faults(text: &str) -> Vec<String> {
    faults_with(text, &MarkdownOptions::default())
}

fn faults_with(text: &str, options: &MarkdownOptions) -> Vec<String> {
    let mark = |d: &crate::diag::Diagnostic| match d.labels[0].span {
        Some(span) => format!("{}: {}", d.code, &text[span.range()]),
        None => d.code.to_owned(),
    };
    parsed_with(text, options)
        .diagnostics
        .iter()
        .map(mark)
        .collect()
}
