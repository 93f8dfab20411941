//! The event stream of an open page.
//!
//! A task writes events into a channel of a few places, and the connection takes them out. A
//! browser that does not read makes its task wait; what happens meanwhile is told at once when
//! it reads again.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use hyper::body::Frame;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use super::hub::{Hub, Reader, Shown};
use super::looks::looks;
use super::news::{Change, Heard};
use crate::base::{OutputPath, UrlPath};
use crate::dev::preview::Served;

/// Events on their way to one browser.
const ON_THEIR_WAY: usize = 4;

/// Opens the stream for the page that the query names.
pub(super) fn events(hub: &Arc<Hub>, query: &str) -> Response {
    let Ok(page) = UrlPath::from_encoded(parameter(query, "page").unwrap_or("/")) else {
        return (StatusCode::BAD_REQUEST, "A stream is for one page.\n").into_response();
    };
    let stamp = parameter(query, "since").filter(|stamp| !stamp.is_empty());
    let reader = Listener::new(hub, &page, stamp);
    let (send, receive) = mpsc::channel(ON_THEIR_WAY);
    tokio::spawn(reader.listen(send));
    let media = [(CONTENT_TYPE, "text/event-stream")];
    (media, Body::new(Events(receive))).into_response()
}

/// A parameter of a query as it stands there, not decoded.
fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let value = |pair: &'a str| pair.strip_prefix(name)?.strip_prefix('=');
    query.split('&').find_map(value)
}

/// The body of the answer.
struct Events(mpsc::Receiver<Bytes>);

impl hyper::body::Body for Events {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let event = self.0.poll_recv(context);
        event.map(|event| event.map(|event| Ok(Frame::data(event))))
    }
}

/// What a page knows, and whom it belongs to.
struct Listener {
    hub: Arc<Hub>,
    /// Where the page may stand: an address without slash at its end leads to two files.
    pages: Vec<Arc<str>>,
    heard: Heard,
    /// What it looks like; empty when that is not known.
    looks: Arc<str>,
    /// Whether its page is of another run of the server.
    stale: bool,
    problems: Option<Arc<str>>,
    _open: Reader,
}

impl Listener {
    /// `stamp` names the state that the page was served from.
    fn new(hub: &Arc<Hub>, page: &UrlPath, stamp: Option<&str>) -> Self {
        let known = stamp.and_then(|stamp| hub.stamped(stamp));
        let path: Arc<str> = page.to_output().as_str().into();
        let mut pages = vec![Arc::clone(&path)];
        if !page.as_str().ends_with('/') {
            pages.push(format!("{path}/index.html").into());
        }
        Self {
            hub: Arc::clone(hub),
            pages,
            heard: Heard {
                revision: known.map_or_else(|| hub.revision(), |(revision, _)| revision),
                told: 0,
            },
            looks: known.map_or("", |(_, looks)| looks).into(),
            stale: stamp.is_some() && known.is_none(),
            problems: None,
            _open: hub.open(path),
        }
    }

    async fn listen(mut self, send: mpsc::Sender<Bytes>) {
        let mut changes = self.hub.watch();
        let stamp = self.hub.stamp(self.hub.revision(), "");
        let mut events = event("hello", &json!({ "shown": stamp }));
        if self.stale {
            events += &event("reload", &json!({}));
        }
        loop {
            let shown = changes.borrow_and_update().clone();
            events += &self.news(shown.as_deref()).await;
            if !events.is_empty() && send.send(events.into()).await.is_err() {
                return;
            }
            events = String::new();
            tokio::select! {
                changed = changes.changed() => if changed.is_err() {
                    return;
                },
                () = send.closed() => return,
                () = sleep(self.hub.limits.heartbeat) => events += ":\n\n",
            }
        }
    }

    /// All that it has not heard yet.
    async fn news(&mut self, shown: Option<&Shown>) -> String {
        let mut events = String::new();
        if let Some(shown) = shown
            && self.problems.as_ref() != Some(&shown.problems)
        {
            events += &written("problems", &shown.problems);
            self.problems = Some(Arc::clone(&shown.problems));
        }
        let before = self.heard;
        let mut change = self.hub.news().since(&mut self.heard, &self.pages);
        if change == Some(Change::Reload) && self.looks_the_same(shown).await {
            change = self.hub.news().assets(before);
        }
        events + &change.as_ref().map(told).unwrap_or_default()
    }

    /// Whether the page that is shown now differs from the browser's in hashes of files only.
    async fn looks_the_same(&self, shown: Option<&Shown>) -> bool {
        let Some(shown) = shown.filter(|_| !self.looks.is_empty()) else {
            return false;
        };
        let preview = Arc::clone(&shown.preview);
        let (path, known) = (Arc::clone(&self.pages[0]), Arc::clone(&self.looks));
        let same = move || match preview.file(&path) {
            Served::File(page) => looks(&page) == *known,
            _ => false,
        };
        spawn_blocking(same).await.unwrap_or(false)
    }
}

fn told(change: &Change) -> String {
    match change {
        Change::Moved(to) => event("moved", &json!({ "to": address(to) })),
        Change::Reload => event("reload", &json!({})),
        Change::Assets(paths) => {
            let files: Vec<String> = paths.iter().filter_map(|path| address(path)).collect();
            event("assets", &json!({ "files": files }))
        }
    }
}

fn address(path: &str) -> Option<String> {
    let path = OutputPath::new(path).ok()?;
    Some(path.to_url().encoded())
}

fn event(name: &str, data: &Value) -> String {
    written(name, &data.to_string())
}

/// JSON has no line ends outside of its strings, where they are escaped.
fn written(name: &str, json: &str) -> String {
    format!("event: {name}\ndata: {json}\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_found_by_their_whole_name() {
        let query = "homepage=/x/&page=/a%20b/&since=f.1";
        assert_eq!(parameter(query, "page"), Some("/a%20b/"));
        assert_eq!(parameter(query, "since"), Some("f.1"));
        assert_eq!(parameter(query, "sinc"), None);
    }

    #[test]
    fn events_are_one_line_of_json() {
        let text = event("x", &json!("a\n\nevent: y"));
        assert_eq!(text, "event: x\ndata: \"a\\n\\nevent: y\"\n\n");
    }
}
