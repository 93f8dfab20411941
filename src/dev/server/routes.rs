//! Which address is answered by what.

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::answer::page;
use super::events::events;
use super::gate::gate;
use super::hub::Hub;
use super::media::media_type;
use super::names::Names;
use super::pass::sync;

/// All addresses, behind the gate. Those that are not the server's own are the site's.
pub(super) fn router(hub: Arc<Hub>, names: Names) -> Router {
    let script = || own_file("live.js", include_str!("live.js"));
    let style = || own_file("page.css", include_str!("page.css"));
    Router::new()
        .route("/_silabus/live.js", get(script))
        .route("/_silabus/page.css", get(style))
        .route("/_silabus/events", get(stream))
        .route("/_silabus/problems", get(problems))
        .route("/_silabus/sync", get(pass))
        .fallback(page)
        .with_state(hub)
        .layer(from_fn_with_state(Arc::new(names), gate))
}

async fn own_file(name: &'static str, text: &'static str) -> Response {
    ([(CONTENT_TYPE, media_type(name))], text).into_response()
}

async fn stream(State(hub): State<Arc<Hub>>, RawQuery(query): RawQuery) -> Response {
    events(&hub, &query.unwrap_or_default())
}

async fn problems(State(hub): State<Arc<Hub>>) -> Response {
    let list = hub.first().await.map(|shown| shown.problems.to_string());
    let list = list.unwrap_or_else(|| "[]".to_owned());
    ([(CONTENT_TYPE, media_type("x.json"))], list).into_response()
}

async fn pass(State(hub): State<Arc<Hub>>) -> Response {
    sync(&hub, hub.limits.pass).await
}
