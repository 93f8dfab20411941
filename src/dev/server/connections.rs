//! Accepting connections, and how much of them.

use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1::Builder;
use hyper_util::rt::TokioTimer;
use hyper_util::service::TowerToHyperService;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::sleep;

use super::gate::Local;
use super::options::Limits;
use super::patient::Patient;

/// How long to wait when the system gives no connection: for want of descriptors, most likely.
const PAUSE: Duration = Duration::from_millis(50);

/// Descriptors that are enough for everything.
const DESCRIPTORS: u64 = 16_384;

/// Connections at most.
const CONNECTIONS: u64 = 4096;

/// Accepts connections for ever. When as many are open as may be, further ones wait in the
/// kernel until one ends; none may be idle for long, so that they do end.
pub(super) async fn accept(listener: TcpListener, router: Router, limits: Limits) {
    let places = Arc::new(Semaphore::new(room(limits.connections)));
    let http = http(&limits);
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        // No error ends the server: a connection may be gone already, descriptors may be used
        // up and come back.
        let Ok((stream, _)) = listener.accept().await else {
            sleep(PAUSE).await;
            continue;
        };
        let (http, router) = (http.clone(), router.clone());
        tokio::spawn(async move {
            converse(stream, &http, router, limits.stall_time).await;
            drop(place);
        });
    }
}

fn http(limits: &Limits) -> Builder {
    let mut http = Builder::new();
    // Without a timer hyper knows no time, and the limit for heads would be none.
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_buf_size(limits.head_size);
    http
}

async fn converse(stream: TcpStream, http: &Builder, router: Router, stall_time: Duration) {
    let Ok(local) = stream.local_addr() else {
        return;
    };
    // Answers are small and wanted now.
    let _ = stream.set_nodelay(true);
    let router = router.layer(Extension(Local(local.ip().to_canonical())));
    let service = TowerToHyperService::new(router);
    let stream = Patient::new(stream, stall_time);
    // Whatever a browser did to its connection, the connection is all that it ends.
    let _ = http.serve_connection(stream, service).await;
}

/// How many connections there may be: half of the descriptors at most, the rest is for reading
/// the site.
fn room(wanted: Option<usize>) -> usize {
    let half = usize::try_from((descriptors() / 2).clamp(1, CONNECTIONS)).unwrap_or(1);
    wanted.unwrap_or(half).max(1)
}

/// How many descriptors the process may have, after asking for more than the usual 1,024.
fn descriptors() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let enough = limit.maximum.unwrap_or(DESCRIPTORS).min(DESCRIPTORS);
    let current = limit.current.unwrap_or(DESCRIPTORS);
    if current >= enough {
        return current;
    }
    let more = Rlimit {
        current: Some(enough),
        maximum: limit.maximum,
    };
    setrlimit(Resource::Nofile, more).map_or(current, |()| enough)
}
