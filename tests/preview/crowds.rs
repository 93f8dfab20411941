//! Many at a time. Each connection is two descriptors here, one at either end: where the system
//! gives fewer, there are fewer connections, and the test says so.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::process::{Resource, getrlimit};

use silabus::dev::server::{Limits, ServeOptions};

use crate::site::{Site, changed, options, server, server_with};
use crate::stream::Page;
use crate::wire::{connect, get};

/// As many as wanted, or as the descriptors allow after the server has asked for more of them;
/// other tests need some at the same time.
fn affordable(wanted: usize) -> usize {
    let soft = getrlimit(Resource::Nofile).current;
    let soft = soft.map_or(usize::MAX, |soft| usize::try_from(soft).unwrap());
    let number = wanted.min(soft.saturating_sub(400) / 4);
    if number < wanted {
        eprintln!("only {number} of {wanted} connections: {soft} descriptors");
    }
    number
}

#[test]
fn a_thousand_open_pages() {
    let (server, _) = server();
    let number = affordable(1000);
    let mut pages: Vec<Page> = (0..number)
        .map(|_| Page::open(&server, "page=/kursus/"))
        .collect();
    assert_eq!(server.open_pages().len(), 1);
    let start = Instant::now();
    server.show(Arc::new(Site::sample()));
    server.tell(&changed(&["kursus/index.html"]));
    for page in &mut pages {
        assert_eq!(page.next().0, "problems");
        assert_eq!(page.next().0, "reload");
    }
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(get(&server, "/style.css").status, 200);
}

#[test]
fn hundreds_of_idle_connections() {
    let limits = Limits {
        connections: Some(100),
        head_time: Duration::from_millis(300),
        ..Limits::default()
    };
    let (server, _) = server_with(ServeOptions {
        limits,
        ..options()
    });
    let idle: Vec<_> = (0..affordable(600))
        .map(|_| connect(server.address()))
        .collect();
    assert_eq!(get(&server, "/style.css").status, 200);
    drop(idle);
}
