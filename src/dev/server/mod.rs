//! The preview over HTTP: it shows one state of a site to browsers, and tells them what changed.
//!
//! It knows [`Preview`] and nothing else of the site: no file of the disk is ever opened here, an
//! address is looked up in the state that was shown last. Every request comes through one gate
//! (`gate`), which decides whom it answers and what an address may be.

mod answer;
mod bind;
mod builtin;
mod connections;
mod editor;
mod events;
mod gate;
mod hub;
mod inject;
mod looks;
mod media;
mod names;
mod near;
mod news;
mod options;
mod pass;
mod patient;
mod ranges;
mod routes;

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use super::preview::{Preview, Update};
use crate::engine::STACK;
pub use bind::ServeError;
pub use editor::is_editor;
use hub::Hub;
use names::Names;
pub use names::is_host_name;
pub use options::{Limits, ServeOptions};
pub use pass::Waiting;

/// Threads that make files for requests. A render keeps one of them busy.
const MAKERS: usize = 8;

/// How long a render may go on after the server was told to stop.
const LAST_RENDER: Duration = Duration::from_secs(1);

/// A server that runs on a thread of its own, until it is stopped or dropped.
pub struct Server {
    hub: Arc<Hub>,
    address: SocketAddr,
    taken: Option<u16>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens. Requests wait until the first state is shown.
    ///
    /// # Errors
    ///
    /// [`ServeError`] when the address cannot be listened at, or the port that was asked for is
    /// busy and no other may be taken.
    pub fn start(options: ServeOptions) -> Result<Self, ServeError> {
        let runtime = runtime().map_err(ServeError::Start)?;
        let (listener, taken) = runtime.block_on(bind::bind(&options))?;
        let address = listener.local_addr().map_err(ServeError::Start)?;
        let names = Names::new(&options.hosts, &authority(address), address.port());
        let limits = options.limits;
        let hub = Arc::new(Hub::new(options, &authority(address)));
        let (stop, stopped) = oneshot::channel();
        let served = Served {
            listener,
            names,
            limits,
            hub: Arc::clone(&hub),
        };
        let thread = std::thread::Builder::new()
            .name("preview".to_owned())
            .spawn(move || run(runtime, served, stopped))
            .map_err(ServeError::Start)?;
        Ok(Self {
            hub,
            address,
            taken,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address that its pages are to hold, without a slash at the end.
    pub fn base_url(&self) -> String {
        format!("http://{}", authority(self.address))
    }

    /// The port that was asked for, when it was busy and the next free one was taken.
    pub fn port_taken(&self) -> Option<u16> {
        self.taken
    }

    /// A new state: from now on all requests are answered from it, and its problems are shown.
    /// Pages that are open stay as they are until [`Server::tell`].
    pub fn show(&self, preview: Arc<dyn Preview>) {
        self.hub.show(preview);
    }

    /// What changed with the state that was shown last: browsers fetch it anew.
    pub fn tell(&self, update: &Update) {
        self.hub.tell(update);
    }

    /// The number of the state that is shown; 0 before the first.
    pub fn revision(&self) -> u64 {
        self.hub.revision()
    }

    /// Output paths of the pages that are open in browsers, the one opened last first.
    pub fn open_pages(&self) -> Vec<Arc<str>> {
        self.hub.open_pages()
    }

    /// What happens when a tool asks for a full pass (`GET /_silabus/sync`). `hook` is called on
    /// the server's thread, so it hands the [`Waiting`] on and returns at once.
    pub fn on_sync(&self, hook: impl Fn(Waiting) + Send + Sync + 'static) {
        self.hub.on_sync(Arc::new(hook));
    }

    /// Ends it, and waits until its thread is gone.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What the server's thread works with.
struct Served {
    listener: TcpListener,
    names: Names,
    limits: Limits,
    hub: Arc<Hub>,
}

/// Host and port as browsers write them.
fn authority(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        return format!("localhost:{}", address.port());
    }
    address.to_string()
}

fn runtime() -> std::io::Result<Runtime> {
    Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(MAKERS)
        // They render.
        .thread_stack_size(STACK)
        .thread_name("preview")
        .build()
}

fn run(runtime: Runtime, served: Served, stopped: oneshot::Receiver<()>) {
    let router = routes::router(served.hub, served.names);
    let accepting = connections::accept(served.listener, router, served.limits);
    runtime.block_on(async {
        tokio::select! {
            () = accepting => {}
            // The sender is dropped to stop: both outcomes mean the same.
            _ = stopped => {}
        }
    });
    runtime.shutdown_timeout(LAST_RENDER);
}
