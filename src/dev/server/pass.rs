//! A tool asks for a full pass and waits for its end.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::hub::Hub;
use super::media::media_type;

/// Someone waits for a full pass. When it is dropped without [`Waiting::done`], they are told
/// that there was none.
#[derive(Debug)]
pub struct Waiting(oneshot::Sender<()>);

impl Waiting {
    /// The pass is done, and what it found is shown.
    pub fn done(self) {
        // Who asked may have gone away meanwhile.
        let _ = self.0.send(());
    }
}

/// Takes those who wait.
pub(super) type Hook = dyn Fn(Waiting) + Send + Sync;

/// Waits for the pass and answers with the number of the state that is shown then.
pub(super) async fn sync(hub: &Hub, limit: Duration) -> Response {
    let pass = async {
        let (done, wait) = oneshot::channel();
        if let Some(hook) = hub.hook().await {
            hook(Waiting(done));
        }
        wait.await
    };
    match timeout(limit, pass).await {
        Ok(Ok(())) => {
            let body = json!({ "revision": hub.revision() }).to_string();
            ([("content-type", media_type("x.json"))], body).into_response()
        }
        Ok(Err(_)) => (StatusCode::SERVICE_UNAVAILABLE, "No pass was made.\n").into_response(),
        Err(_) => (StatusCode::GATEWAY_TIMEOUT, "The pass is not done yet.\n").into_response(),
    }
}
