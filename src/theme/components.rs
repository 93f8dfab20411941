//! Components called from Markdown: checked against their definition, then rendered.
//!
//! Tera's own errors about arguments have no place, so arguments are checked here first and
//! reported at the line of the content file.

use std::borrow::Cow;

use tera::{ComponentArg, ComponentArgType, ComponentInfo, Context, Value};

use super::body::{Origin, fault};
use super::implicits::NAMES;
use super::{errors, values};
use crate::base::text::{escape_attribute, nearest};
use crate::content::Component;
use crate::data::{Node, Raw};
use crate::diag::Diagnostic;
use crate::site::Question;

/// The HTML of a component call; empty where it cannot be made, with the reason in `sink`.
pub(super) fn render(
    origin: &Origin<'_>,
    call: &Component,
    body: Option<&str>,
    sink: &mut Vec<Diagnostic>,
) -> String {
    let theme = &origin.scope.renderer.theme;
    let name = call.name.clone();
    origin.scope.view.ask(Question::Component(name));
    let Some(info) = theme.tera.get_component_definition(&call.name) else {
        if let Some(address) = &call.address {
            return link(address);
        }
        sink.push(unknown(origin, call));
        return String::new();
    };
    let understood = understood(call, &info);
    let call = understood.as_ref();
    let wrong = check(origin, call, &info);
    if !wrong.is_empty() {
        sink.extend(wrong);
        return String::new();
    }
    let mut args = Context::new();
    for (name, value) in &call.args {
        args.insert_value(name.to_string(), values::node(value));
    }
    let implicits = implicits(origin);
    origin.scope.asked_in_vain.set(false);
    let rendered = theme
        .tera
        .render_component_with_implicits(&call.name, &args, &implicits, body, true);
    rendered.unwrap_or_else(|error| {
        let in_vain = origin.scope.asked_in_vain.get();
        sink.push(errors::component(theme, &error, origin.path, call, in_vain));
        String::new()
    })
}

/// A call as its component takes it: of one that stands for an address, a theme need not know
/// every argument.
fn understood<'c>(call: &'c Component, info: &ComponentInfo) -> Cow<'c, Component> {
    let known = |name: &str| info.rest_param().is_some() || takes(info, name);
    if call.address.is_none() || call.args.iter().all(|(name, _)| known(name)) {
        return Cow::Borrowed(call);
    }
    let mut call = call.clone();
    call.args.retain(|(name, _)| known(name));
    Cow::Owned(call)
}

/// A paragraph that is a link.
fn link(address: &str) -> String {
    let mut out = String::from("<p><a href=\"");
    escape_attribute(address, &mut out);
    out.push_str("\">");
    escape_attribute(address, &mut out);
    out.push_str("</a></p>\n");
    out
}

/// What components have at hand: the page that calls them, `config` and `lang`.
fn implicits(origin: &Origin<'_>) -> Context {
    let renderer = &origin.scope.renderer;
    let mut context = Context::new();
    context.insert_value("config", renderer.configs[origin.lang as usize].clone());
    let lang = origin.scope.view.site().lang(origin.lang);
    context.insert_value("lang", Value::from(lang));
    let page = origin.page.map(|id| renderer.plain_card(origin.scope, id));
    context.insert_value("page", page.unwrap_or_else(Value::none));
    context
}

/// Whether content may give an argument: not what the component takes from around it.
fn takes(info: &ComponentInfo, name: &str) -> bool {
    info.args()
        .iter()
        .any(|arg| arg.name() == name && !(arg.is_implicit() && NAMES.contains(&name)))
}

fn unknown(origin: &Origin<'_>, call: &Component) -> Diagnostic {
    let names: Vec<&str> = origin
        .scope
        .renderer
        .theme
        .tera
        .get_component_names()
        .collect();
    let label = match nearest(&call.name, names.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "no template defines it".to_owned(),
    };
    let message = format!("there is no component \"{}\"", call.name);
    let mut known: Vec<&str> = names
        .into_iter()
        .filter(|name| !name.contains('.'))
        .collect();
    known.sort_unstable();
    let told = fault(origin, "unknown-component", message, call.name_span, label);
    match known.is_empty() {
        true => told,
        false => told.hint(format!("components of this site: {}", known.join(", "))),
    }
}

fn check(origin: &Origin<'_>, call: &Component, info: &ComponentInfo) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    for arg in info.args() {
        let given = call.args.iter().find(|(name, _)| **name == *arg.name());
        match given {
            None if arg.is_required() => wrong.push(missing(origin, call, arg)),
            None => {}
            Some((_, value)) => wrong.extend(check_type(origin, call, arg, value)),
        }
    }
    if info.rest_param().is_none() {
        for (name, value) in &call.args {
            if !takes(info, name) {
                wrong.push(unexpected(origin, call, info, name, value));
            }
        }
    }
    wrong
}

fn missing(origin: &Origin<'_>, call: &Component, arg: &ComponentArg) -> Diagnostic {
    let message = format!(
        "the component \"{}\" needs the argument \"{}\"",
        call.name,
        arg.name()
    );
    let example = match arg.arg_type() {
        Some(ComponentArgType::Integer | ComponentArgType::Number | ComponentArgType::Float) => "1",
        Some(ComponentArgType::Bool) => "true",
        _ => "\"…\"",
    };
    fault(
        origin,
        "component-argument",
        message,
        call.span,
        format!("add {}={example}", arg.name()),
    )
}

fn unexpected(
    origin: &Origin<'_>,
    call: &Component,
    info: &ComponentInfo,
    name: &str,
    value: &Node,
) -> Diagnostic {
    let message = format!(
        "the component \"{}\" takes no argument \"{name}\"",
        call.name
    );
    let known: Vec<&str> = info
        .args()
        .iter()
        .filter(|arg| !arg.is_implicit())
        .map(ComponentArg::name)
        .collect();
    let label = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if known.is_empty() => "it takes none at all".to_owned(),
        None => format!("it takes: {}", known.join(", ")),
    };
    fault(origin, "component-argument", message, value.span, label)
}

fn check_type(
    origin: &Origin<'_>,
    call: &Component,
    arg: &ComponentArg,
    value: &Node,
) -> Option<Diagnostic> {
    let wanted = arg.arg_type()?;
    let fits = matches!(
        (&value.raw, wanted),
        (Raw::Text(_) | Raw::When(_), ComponentArgType::String)
            | (Raw::Bool(_), ComponentArgType::Bool)
            | (
                Raw::Int(_),
                ComponentArgType::Integer | ComponentArgType::Number
            )
            | (
                Raw::Float(_),
                ComponentArgType::Float | ComponentArgType::Number
            )
            | (Raw::List(_), ComponentArgType::Array)
            | (Raw::Table(_), ComponentArgType::Map)
    );
    if fits {
        return None;
    }
    let message = format!(
        "\"{}\" of the component \"{}\" is {}, not {}",
        arg.name(),
        call.name,
        article(wanted),
        value.type_name()
    );
    let label = match wanted {
        ComponentArgType::String => "put it in double quotes".to_owned(),
        other => format!("write {}", article(other)),
    };
    Some(fault(
        origin,
        "component-argument",
        message,
        value.span,
        label,
    ))
}

fn article(ty: ComponentArgType) -> &'static str {
    match ty {
        ComponentArgType::String => "a text",
        ComponentArgType::Bool => "true or false",
        ComponentArgType::Integer => "a whole number",
        ComponentArgType::Float => "a number with a fraction",
        ComponentArgType::Number => "a number",
        ComponentArgType::Array => "a list",
        ComponentArgType::Map => "a table",
        _ => "another kind of value",
    }
}
