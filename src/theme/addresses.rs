//! Template functions about addresses and files: `get_url`, `get_hash`, `load_data`.

use sha2::Digest;
use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::ambient::{Scope, current, in_vain};
use super::functions::{content_path, language, required};
use super::values;
use crate::base::SitePath;
use crate::site::links::{self, Destination};
use crate::site::{Answer, Node, Question};

pub(super) fn register(tera: &mut Tera) {
    tera.register_function("get_url", get_url);
    tera.register_function("get_hash", get_hash);
    tera.register_function("load_data", load_data);
}

fn get_url(args: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    let lang = language(&scope, &args)?;
    let written = args.must_get::<&str>("path")?;
    let mut url = if written.starts_with("@/") {
        let (path, anchor) = split(written);
        content_url(&scope, path, anchor, lang).map_err(|reason| about("get_url", &reason))?
    } else {
        plain_url(&scope, written, &args)?
    };
    if args.get::<bool>("cachebust")?.unwrap_or(false) {
        let output = url.trim_start_matches('/').to_owned();
        let Answer::Hash(Some(print)) = scope.view.ask(Question::Hash(output.as_str().into()))
        else {
            return Err(Error::message(format!(
                "get_url: nothing is published at /{output}, so there is nothing to take the hash of"
            )));
        };
        url.push_str("?h=");
        url.push_str(&print.hex(16));
    }
    Ok(Value::from(scope.view.site().permalink(&url)))
}

fn split(written: &str) -> (&str, Option<&str>) {
    written
        .split_once('#')
        .map_or((written, None), |(path, anchor)| (path, Some(anchor)))
}

fn about(asker: &str, reason: &str) -> Error {
    in_vain(format!("{asker}: {reason}"))
}

/// Where an address in a text of a template leads, as `href` wants it: `@/…` is content, `/…`
/// lies below the site, all else stays as it is written.
pub(super) fn of_text(
    scope: &Scope,
    target: &str,
    anchor: Option<&str>,
) -> TeraResult<Option<String>> {
    let url = if target.starts_with("@/") {
        content_url(scope, target, anchor, scope.view.lang)
            .map_err(|reason| about("markdown", &reason))?
    } else if target.starts_with('/') && !target.starts_with("//") {
        with_anchor(target, anchor)
    } else {
        return Ok(None);
    };
    Ok(Some(scope.view.site().config.href(&url)))
}

fn with_anchor(url: &str, anchor: Option<&str>) -> String {
    anchor.map_or_else(|| url.to_owned(), |anchor| format!("{url}#{anchor}"))
}

/// The address of a content file below the site, or why there is none.
fn content_url(
    scope: &Scope,
    written: &str,
    anchor: Option<&str>,
    lang: u8,
) -> Result<String, String> {
    let path = content_path(written).map_err(|error| error.to_string())?;
    let anchor = anchor.filter(|anchor| !anchor.is_empty());
    let question = Question::Address {
        path: path.clone(),
        lang,
    };
    let Answer::Text(Some(url)) = scope.view.ask(question) else {
        return Err(format!("no published page has the file \"{written}\""));
    };
    if let Some(anchor) = anchor
        && !has_anchor(scope, path, lang, anchor)
    {
        return Err(format!("\"{written}\" has no anchor \"{anchor}\""));
    }
    Ok(with_anchor(&url, anchor))
}

/// Whether a page or section has an anchor; files are taken to have any.
fn has_anchor(scope: &Scope, path: SitePath, lang: u8, anchor: &str) -> bool {
    let site = scope.view.site();
    // Asked for its text, since the text decides on its anchors.
    let question = Question::Content {
        path: path.clone(),
        lang,
    };
    let destination = match scope.view.ask(question) {
        Answer::Page(Some(id)) => Destination::Content(Node::Page(id)),
        _ => match links::at_path(site, path.clone(), lang) {
            Ok(destination) => {
                // A section's text decides on its anchors too.
                scope.view.ask(Question::Section {
                    path,
                    lang,
                    metadata_only: true,
                });
                destination
            }
            Err(_) => return true,
        },
    };
    links::has_anchor(site, &destination, anchor)
}

/// A path below the site; in another language than the default one with its code in front.
fn plain_url(scope: &Scope, written: &str, args: &Kwargs) -> TeraResult<String> {
    let mut url = format!("/{}", written.trim_start_matches('/'));
    if let Some(code) = args.get::<&str>("lang")?
        && code != scope.view.site().config.default_language()
    {
        url = format!("/{code}{url}");
    }
    if args.get::<bool>("trailing_slash")?.unwrap_or(false) && !url.ends_with('/') {
        url.push('/');
    }
    Ok(url)
}

fn get_hash(args: Kwargs, _: &State) -> TeraResult<Value> {
    let kind = args.get::<u64>("sha_type")?.unwrap_or(384);
    let digest: fn(&[u8]) -> Vec<u8> = match kind {
        256 => |bytes| sha2::Sha256::digest(bytes).to_vec(),
        384 => |bytes| sha2::Sha384::digest(bytes).to_vec(),
        512 => |bytes| sha2::Sha512::digest(bytes).to_vec(),
        other => {
            return Err(Error::message(format!(
                "`sha_type` is 256, 384 or 512, not {other}"
            )));
        }
    };
    let digest = match args.get::<&str>("literal")? {
        Some(text) => digest(text.as_bytes()).into(),
        None => file_digest(args.must_get::<&str>("path")?, kind, digest)?,
    };
    if args.get::<bool>("base64")?.unwrap_or(true) {
        return Ok(Value::from(base64(&digest)));
    }
    Ok(Value::from(
        digest
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>(),
    ))
}

/// The digest of a published file.
fn file_digest(path: &str, kind: u64, digest: fn(&[u8]) -> Vec<u8>) -> TeraResult<Arc<[u8]>> {
    let scope = current()?;
    let output = path.trim_start_matches('/');
    let shared = &scope.view.shared;
    // The question is what ties the page to the file; the digest follows from it.
    let found = match scope.view.ask(Question::Hash(output.into())) {
        // What is wrong with its source was told.
        Answer::Hash(Some(_)) if shared.is_awaited(output) => Some(Arc::from([])),
        Answer::Hash(Some(print)) => {
            shared
                .digests
                .of(print, kind, || shared.bytes(output), digest)
        }
        _ => None,
    };
    found.ok_or_else(|| Error::message(format!("get_hash: nothing is published at /{output}")))
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn load_data(args: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    if let Some(text) = args.get::<&str>("literal")? {
        let format = args.must_get::<&str>("format")?;
        let tree = crate::data::file::parse_as(format, text).map_err(Error::message)?;
        return Ok(values::node(&tree));
    }
    let written = args.must_get::<&str>("path")?;
    let outside = || {
        Error::message(format!(
            "load_data: \"{written}\" leads out of the site's folder"
        ))
    };
    let format: Option<Box<str>> = args.get::<&str>("format")?.map(Into::into);
    let mut reason = None;
    for path in data_paths(&scope, written).ok_or_else(outside)? {
        let absent = format!("there is no file {path}");
        let format = format.clone();
        let Answer::Data(data) = scope.view.ask(Question::Data { path, format }) else {
            continue;
        };
        match &*data {
            Ok(tree) => return Ok(values::node(tree)),
            Err(fault) if *fault == absent => {
                reason.get_or_insert_with(|| fault.clone());
            }
            Err(fault) => {
                reason = Some(fault.clone());
                break;
            }
        }
    }
    match reason {
        Some(reason) if required(&args)? => Err(Error::message(format!("load_data: {reason}"))),
        _ => Ok(Value::none()),
    }
}

/// Where a file of data is looked for, in this order, as in Zola: from the site's root, then in
/// the folders that are published; with `@/` in `content/` alone. None for one outside.
fn data_paths(scope: &Scope, written: &str) -> Option<Vec<SitePath>> {
    if let Some(inside) = written.strip_prefix("@/") {
        return Some(vec![below("content", inside)?]);
    }
    let theme = scope.view.site().config.theme.as_deref();
    let theme = theme.map(|theme| format!("themes/{theme}/static"));
    let folders = ["static", "content"].into_iter().chain(theme.as_deref());
    let own = SitePath::new(written)?;
    let others = folders.filter_map(|folder| below(folder, written));
    Some([own].into_iter().chain(others).collect())
}

fn below(folder: &str, inside: &str) -> Option<SitePath> {
    let path = SitePath::new(folder)?.join(inside)?;
    path.below(folder).is_some().then_some(path)
}
