//! An address of the site to an answer: its file, or a page that says why there is none.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{
    ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION,
    RETRY_AFTER,
};
use axum::response::{IntoResponse, Response};
use tokio::task::spawn_blocking;

use super::builtin;
use super::hub::{Hub, Shown};
use super::inject::{unchanged, with_base, with_script};
use super::looks::looks;
use super::media::{is_page, media_type};
use super::names::Asked;
use super::near::near_pages;
use super::ranges;
use crate::base::UrlPath;
use crate::dev::preview::{Problem, Served};

/// Tells the script from which state a page is: it can read this header, and the page itself
/// stays as it is.
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// What the pages of the preview itself may do.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'self'";

/// What is found at an address.
enum Found {
    /// A page, its media type, and what it looks like.
    Rendered(Bytes, &'static str, String),
    /// Another file, and its media type.
    File(Bytes, &'static str),
    /// The same address with a slash at its end has a page.
    Folder(UrlPath),
    /// A built-in page.
    Page(StatusCode, String),
    /// Nothing, and whoever asked cannot read pages.
    Nothing,
}

/// Answers for the site.
pub(super) async fn page(
    State(hub): State<Arc<Hub>>,
    Extension(address): Extension<UrlPath>,
    Extension(asked): Extension<Asked>,
    request: Request,
) -> Response {
    let Some(shown) = hub.first().await else {
        return waiting(&hub);
    };
    let revision = shown.revision;
    let reads_pages = reads_pages(request.headers());
    let looking = Arc::clone(&hub);
    // It may render, which would hold up everyone else here.
    let found = spawn_blocking(move || find(&looking, &shown, &address, reads_pages, &asked)).await;
    let looks = match &found {
        Ok(Found::Rendered(_, _, looks)) => looks.clone(),
        _ => String::new(),
    };
    let mut response = match found {
        Ok(found) => written(found, &request),
        Err(_) => {
            let words = "The preview failed at this file. This is a bug.\n";
            (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
        }
    };
    stamp(&hub, revision, &looks, response.headers_mut());
    response
}

/// No state came in time; the page asks again.
fn waiting(hub: &Hub) -> Response {
    let page = Found::Page(StatusCode::SERVICE_UNAVAILABLE, builtin::waiting());
    let mut response = written(page, &Request::default());
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
    stamp(hub, 0, "", headers);
    response
}

/// Whether a browser shows the answer to someone, rather than use it in a page.
fn reads_pages(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

fn find(hub: &Hub, shown: &Shown, address: &UrlPath, reads_pages: bool, asked: &Asked) -> Found {
    let preview = &*shown.preview;
    let path = address.to_output();
    let path = path.as_str();
    match preview.file(path) {
        Served::File(bytes) if is_page(path) => {
            let looks = looks(&bytes);
            let page = match asked {
                Asked::Abroad(base) => with_script(&with_base(&bytes, &hub.base, base)),
                Asked::Home | Asked::Beside => with_script(&bytes),
            };
            Found::Rendered(page, media_type(path), looks)
        }
        Served::File(bytes) => Found::File(unchanged(bytes), media_type(path)),
        Served::Broken(source) => {
            let problems = own_first(preview.problems(), source.as_deref());
            let text = builtin::broken(address, &problems, &hub.editor);
            Found::Page(StatusCode::INTERNAL_SERVER_ERROR, text)
        }
        Served::Missing => match folder(shown, address) {
            Some(folder) => Found::Folder(folder),
            None if reads_pages => missing(shown, address),
            None => Found::Nothing,
        },
    }
}

/// Problems with those of one file before all others: whoever wants this page mends them.
fn own_first<'a>(problems: &'a [Problem], source: Option<&str>) -> Vec<&'a Problem> {
    let mut sorted: Vec<&Problem> = problems.iter().collect();
    let own = |problem: &Problem| problem.error && Some(&*problem.file) == source;
    sorted.sort_by_key(|problem| !own(problem));
    sorted
}

/// The address with a slash at its end, when that is a page.
fn folder(shown: &Shown, address: &UrlPath) -> Option<UrlPath> {
    if address.as_str().ends_with('/') {
        return None;
    }
    let folder = UrlPath::new(&format!("{address}/")).ok()?;
    let found = shown.preview.file(folder.to_output().as_str());
    (!matches!(found, Served::Missing)).then_some(folder)
}

fn missing(shown: &Shown, address: &UrlPath) -> Found {
    let pages = shown.preview.pages();
    let own = pages.iter().any(|path| &**path == "404.html");
    let near = near_pages(address, &pages);
    let text = builtin::missing(address, &near, own);
    Found::Page(StatusCode::NOT_FOUND, text)
}

fn written(found: Found, asked: &Request) -> Response {
    match found {
        Found::Rendered(body, media, _) => ([(CONTENT_TYPE, media)], body).into_response(),
        Found::File(body, media) => {
            let media = [(CONTENT_TYPE, media)];
            (media, ranges::answer(body, asked.headers())).into_response()
        }
        Found::Folder(folder) => {
            let query = asked.uri().query().map(|query| format!("?{query}"));
            let to = folder.encoded() + &query.unwrap_or_default();
            let Ok(to) = HeaderValue::from_bytes(to.as_bytes()) else {
                return (StatusCode::BAD_REQUEST, "No such address.\n").into_response();
            };
            (StatusCode::PERMANENT_REDIRECT, [(LOCATION, to)]).into_response()
        }
        Found::Page(status, text) => {
            let headers = [
                (CONTENT_TYPE, media_type("x.html")),
                (CONTENT_SECURITY_POLICY, POLICY),
            ];
            (status, headers, text).into_response()
        }
        Found::Nothing => (StatusCode::NOT_FOUND, "The site has no such file.\n").into_response(),
    }
}

fn stamp(hub: &Hub, revision: u64, looks: &str, headers: &mut HeaderMap) {
    let stamp = format!("silabus;desc=\"{}\"", hub.stamp(revision, looks));
    if let Ok(stamp) = HeaderValue::from_str(&stamp) {
        headers.insert(SERVER_TIMING, stamp);
    }
}
