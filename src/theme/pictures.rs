//! Pictures: those in Markdown, and the functions `resize_image` and `get_image_metadata`.

use std::fmt::Write;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::ambient::{Scope, current, in_vain};
use super::body::Origin;
use super::values::Table;
use crate::base::text::{escape_attribute, nearest};
use crate::content::Image;
use crate::diag::Diagnostic;
use crate::picture::{Fault, Op, Spec, plan};
use crate::site::address::{encoded, is_external};
use crate::site::pictures::{Found, Picture, Set, Wanted, spec, wish};
use crate::site::{Answer, Question, links};

const OPS: [&str; 5] = ["scale", "fit_width", "fit_height", "fit", "fill"];
const FORMATS: [&str; 6] = ["auto", "jpg", "jpeg", "png", "webp", "avif"];

pub(super) fn register(tera: &mut Tera) {
    tera.register_function("resize_image", resize_image);
    tera.register_function("get_image_metadata", get_image_metadata);
}

fn ask(scope: &Scope, path: &str, wanted: Wanted) -> Found {
    let question = Question::Picture {
        path: path.into(),
        wanted,
    };
    match scope.view.ask(question) {
        Answer::Picture(found) => Found::clone(&found),
        _ => Err(Fault::Unknown),
    }
}

/// What is doubtful about a picture that can be shown all the same.
fn doubts(found: &Picture) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    let (source, facts) = (&found.source, &found.facts);
    if let Some(extension) = source.extension()
        && !facts.format.fits(extension)
    {
        let name = facts.format.name();
        let message = format!("{source} is a {} by its contents", name.to_uppercase());
        let right = format!("{}.{name}", source.stem());
        said.push(
            Diagnostic::warning("picture-misnamed", message)
                .in_file(source, format!("name it {right}"))
                .hint("it is read as what it is, but servers and editors go by the name"),
        );
    }
    if !facts.sized {
        let message = format!("{source} says neither its size nor what of it is shown");
        let (width, height) = (facts.width, facts.height);
        said.push(
            Diagnostic::warning("picture-unsized", message)
                .in_file(source, "")
                .hint(format!("browsers show its first {width} × {height} pixels: add viewBox=\"0 0 WIDTH HEIGHT\" to <svg>")),
        );
    }
    if facts.scripted {
        let message = format!("{source} holds a script");
        said.push(
            Diagnostic::warning("picture-script", message)
                .in_file(source, "")
                .hint("inside <img> it does not run; opened by itself it does: remove the script if it is not yours"),
        );
    }
    said
}

/// What a function gives for a picture that it cannot use. Where content or settings name the
/// picture the fault is told there, and something stands in for it; else the template is at fault.
fn unusable(
    scope: &Scope,
    function: &str,
    path: &str,
    why: &Fault,
    stand_in: impl FnOnce() -> Value,
) -> TeraResult<Value> {
    let (shared, renderer) = (&scope.view.shared, &scope.renderer);
    let manifest = &renderer.theme.manifest;
    match renderer.places.tell(shared, manifest, path, why) {
        Some(told) => {
            told.into_iter().for_each(|said| scope.report(said));
            Ok(stand_in())
        }
        None => Err(fault(function, path, why)),
    }
}

/// The error of a function that got no picture.
fn fault(function: &str, name: &str, fault: &Fault) -> Error {
    in_vain(format!(
        "{function}: {}; {}",
        fault.message(name),
        fault.hint()
    ))
}

fn get_image_metadata(args: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    let path = args.must_get::<&str>("path")?;
    let allowed = args.get::<bool>("allow_missing")?.unwrap_or(false);
    let found = match ask(&scope, path, Wanted::Facts) {
        Ok(found) => found,
        Err(Fault::Unread(_)) if allowed => return Ok(Value::none()),
        Err(why) => {
            let nothing = || metadata((1, 1), "", "");
            return unusable(&scope, "get_image_metadata", path, &why, nothing);
        }
    };
    doubts(&found)
        .into_iter()
        .for_each(|said| scope.report(said));
    let facts = &found.facts;
    let sides = (facts.width, facts.height);
    Ok(metadata(sides, facts.format.name(), facts.format.mime()))
}

fn metadata((width, height): (u32, u32), format: &'static str, mime: &'static str) -> Value {
    let mut table = Table::with_capacity(4);
    table.set("width", width);
    table.set("height", height);
    table.set("format", format);
    table.set("mime", mime);
    table.value()
}

fn resize_image(args: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    let path = args.must_get::<&str>("path")?;
    let (op, format, quality) = arguments(&args)?;
    let wanted = Wanted::One {
        op,
        format,
        quality,
    };
    let found = match ask(&scope, path, wanted) {
        Ok(found) => found,
        Err(why) => {
            let nothing = || resized(path.to_owned(), "", (1, 1), (1, 1));
            return unusable(&scope, "resize_image", path, &why, nothing);
        }
    };
    doubts(&found)
        .into_iter()
        .for_each(|said| scope.report(said));
    let facts = &found.facts;
    let refused = |why: &Fault| fault("resize_image", path, why);
    let plan = plan(op, facts.width, facts.height).map_err(|why| refused(&why))?;
    let spec = spec(op, format, quality, facts).ok_or_else(|| refused(&Fault::Vector))?;
    if format == "avif" && !cfg!(feature = "avif") {
        return Err(refused(&Fault::NoEncoder("AVIF")));
    }
    let output = wish(&found, spec).path;
    let url = scope.view.site().permalink(&format!("/{output}"));
    let sides = (plan.width, plan.height);
    Ok(resized(url, &output, sides, (facts.width, facts.height)))
}

fn resized(url: String, output: &str, sides: (u32, u32), original: (u32, u32)) -> Value {
    let mut table = Table::with_capacity(6);
    table.set("url", url);
    table.set("static_path", output);
    table.set("width", sides.0);
    table.set("height", sides.1);
    table.set("orig_width", original.0);
    table.set("orig_height", original.1);
    table.value()
}

/// Operation, format and quality as they are written.
fn arguments(args: &Kwargs) -> TeraResult<(Op, &'static str, Option<u8>)> {
    let side = |name| -> TeraResult<Option<u32>> { args.get::<u32>(name) };
    let (width, height) = (side("width")?, side("height")?);
    let name = args.get::<&str>("op")?.unwrap_or("fill");
    if !OPS.contains(&name) {
        return Err(unknown("op", name, &OPS));
    }
    let op = Op::from_words(name, width, height).ok_or_else(|| {
        let needs = match name {
            "fit_width" => "width",
            "fit_height" => "height",
            _ => "width and height",
        };
        Error::message(format!("resize_image: op=\"{name}\" needs {needs}"))
    })?;
    let written = args.get::<&str>("format")?.unwrap_or("auto");
    let known = FORMATS.iter().find(|known| **known == written);
    let format = known.ok_or_else(|| unknown("format", written, &FORMATS))?;
    let quality = args.get::<u8>("quality")?;
    if quality.is_some_and(|quality| !(1..=100).contains(&quality)) {
        let message = "resize_image: `quality` goes from 1 to 100";
        return Err(Error::message(message));
    }
    Ok((op, format, quality))
}

fn unknown(argument: &str, written: &str, known: &[&str]) -> Error {
    let hint = match nearest(written, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("it is one of {}", known.join(", ")),
    };
    Error::message(format!(
        "resize_image: there is no {argument} \"{written}\": {hint}"
    ))
}

/// The picture of a text, as HTML.
pub(super) fn image(
    origin: &Origin<'_>,
    image: &Image,
    out: &mut String,
    sink: &mut Vec<Diagnostic>,
) {
    let site = origin.scope.view.site();
    let address = (!is_external(&image.src))
        .then(|| origin.address(&image.src))
        .flatten();
    let address = address.as_deref().unwrap_or(&image.src);
    let found = site
        .config
        .images
        .responsive
        .then(|| known(origin, image, sink))
        .flatten();
    match found {
        Some(found) => responsive(origin, image, address, &found, out),
        None => {
            let mut tag = Tag::open(address, image, out);
            if site.config.markdown.lazy_async_image {
                tag.put(" loading=\"lazy\" decoding=\"async\"");
            }
            tag.close();
        }
    }
}

/// What is known of a picture of this site. A picture that is missing was reported when links
/// were checked.
fn known(origin: &Origin<'_>, image: &Image, sink: &mut Vec<Diagnostic>) -> Option<Picture> {
    if is_external(&image.src) {
        return None;
    }
    let path = if image.src.starts_with('/') {
        image.src.to_string()
    } else {
        links::target_path(origin.path, &image.src)?.to_string()
    };
    let name = path.rsplit('/').next().unwrap_or(&path);
    match ask(origin.scope, &path, Wanted::Set) {
        Ok(found) => {
            sink.extend(doubts(&found));
            Some(found)
        }
        Err(Fault::Unread(_)) => None,
        Err(why) => {
            let said = Diagnostic::error(why.code(), why.message(name));
            sink.push(said.at(origin.path, image.span, "").hint(why.hint()));
            None
        }
    }
}

fn responsive(
    origin: &Origin<'_>,
    image: &Image,
    address: &str,
    found: &Picture,
    out: &mut String,
) {
    let config = &origin.scope.view.site().config;
    let first = !origin.shown.replace(true);
    let href = |spec: Spec| encoded(&config.href(&format!("/{}", wish(found, spec).path)));
    let set = Set::of(&config.images, &found.facts);
    let mut plain = None;
    if let Some(set) = &set {
        out.push_str("<picture>");
        for source in &set.sources {
            put_source(source, &config.images.sizes, &href, out);
        }
        plain = Some(href(set.plain));
    }
    let mut tag = Tag::open(plain.as_deref().unwrap_or(address), image, out);
    let (width, height) = (found.facts.width, found.facts.height);
    tag.put(&format!(" width=\"{width}\" height=\"{height}\""));
    if let Some(colour) = found.colour {
        tag.put(&format!(" style=\"background-color:{}\"", colour.css()));
    }
    tag.put(if first {
        " fetchpriority=\"high\""
    } else {
        " loading=\"lazy\" decoding=\"async\""
    });
    tag.close();
    if set.is_some() {
        out.push_str("</picture>");
    }
}

/// One format in all its widths.
fn put_source(specs: &[Spec], sizes: &str, href: &dyn Fn(Spec) -> String, out: &mut String) {
    let Some(first) = specs.first() else {
        return;
    };
    let mime = first.encoding.mime();
    // Writing to a text cannot fail.
    let _ = write!(out, "<source type=\"{mime}\" srcset=\"");
    for (at, spec) in specs.iter().enumerate() {
        let Op::FitWidth(width) = spec.op else {
            continue;
        };
        let comma = if at > 0 { ", " } else { "" };
        let _ = write!(out, "{comma}{} {width}w", href(*spec));
    }
    out.push_str("\" sizes=\"");
    escape_attribute(sizes, out);
    out.push_str("\">");
}

/// An `<img>` that is being written.
struct Tag<'a>(&'a mut String);

impl<'a> Tag<'a> {
    fn open(src: &str, image: &Image, out: &'a mut String) -> Self {
        out.push_str("<img src=\"");
        escape_attribute(src, out);
        out.push_str("\" alt=\"");
        escape_attribute(&image.alt, out);
        out.push('"');
        if !image.title.is_empty() {
            out.push_str(" title=\"");
            escape_attribute(&image.title, out);
            out.push('"');
        }
        Self(out)
    }

    fn put(&mut self, attributes: &str) {
        self.0.push_str(attributes);
    }

    fn close(self) {
        self.0.push('>');
    }
}
