//! Template functions about addresses and files: `get_url`, `get_hash`, `load_data`.

use sha2::Digest;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::ambient::{Scope, current, in_vain};
use super::functions::{content_path, language, required};
use super::values;
use crate::base::SitePath;
use crate::site::{Answer, Question};

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
        content_url(&scope, written, lang)?
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

fn content_url(scope: &Scope, written: &str, lang: u8) -> TeraResult<String> {
    let (path, anchor) = written.split_once('#').unwrap_or((written, ""));
    let question = Question::Address {
        path: content_path(path)?,
        lang,
    };
    match scope.view.ask(question) {
        Answer::Text(Some(url)) if anchor.is_empty() => Ok(url.to_string()),
        Answer::Text(Some(url)) => Ok(format!("{url}#{anchor}")),
        _ => Err(in_vain(format!(
            "get_url: no published page has the file \"{path}\""
        ))),
    }
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
    let scope = current()?;
    let bytes = match args.get::<&str>("literal")? {
        Some(text) => text.as_bytes().to_vec(),
        None => {
            let output = args
                .must_get::<&str>("path")?
                .trim_start_matches('/')
                .to_owned();
            // The question is what ties the page to the file; the digest follows from it.
            scope.view.ask(Question::Hash(output.as_str().into()));
            scope.view.shared.bytes(&output).ok_or_else(|| {
                Error::message(format!("get_hash: nothing is published at /{output}"))
            })?
        }
    };
    let digest = match args.get::<u64>("sha_type")?.unwrap_or(384) {
        256 => sha2::Sha256::digest(&bytes).to_vec(),
        384 => sha2::Sha384::digest(&bytes).to_vec(),
        512 => sha2::Sha512::digest(&bytes).to_vec(),
        other => {
            return Err(Error::message(format!(
                "`sha_type` is 256, 384 or 512, not {other}"
            )));
        }
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
    let path = SitePath::new(written.trim_start_matches("@/")).ok_or_else(outside)?;
    let format = args.get::<&str>("format")?.map(Into::into);
    match scope.view.ask(Question::Data { path, format }) {
        Answer::Data(data) => match &*data {
            Ok(tree) => Ok(values::node(tree)),
            Err(_) if !required(&args)? => Ok(Value::none()),
            Err(reason) => Err(Error::message(format!("load_data: {reason}"))),
        },
        _ => Ok(Value::none()),
    }
}
