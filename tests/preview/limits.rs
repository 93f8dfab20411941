//! How much one who means ill, or sleeps, can take.

use std::io::{Read, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use silabus::dev::server::{Limits, ServeOptions, Server};

use crate::site::{Site, changed, options, server, server_with};
use crate::stream::Page;
use crate::wire::{connect, get, head, raw, time_to_close};

fn limited(limits: Limits) -> Server {
    server_with(ServeOptions {
        limits,
        ..options()
    })
    .0
}

fn short() -> Limits {
    Limits {
        head_time: Duration::from_millis(400),
        ..Limits::default()
    }
}

fn assert_about(time: Option<Duration>) {
    let time = time.expect("the server lets it wait for ever");
    let right = Duration::from_millis(200)..Duration::from_secs(4);
    assert!(right.contains(&time), "{time:?}");
}

#[test]
fn a_head_must_come_in_time() {
    let server = limited(short());
    let mut slow = connect(server.address());
    let start = Instant::now();
    for byte in b"GET /style.css HTTP/1.1\r\nHost: localhost\r\nX-A: "
        .iter()
        .chain([b'a'; 200].iter())
    {
        if slow.write_all(&[*byte]).is_err() || start.elapsed() > Duration::from_secs(3) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(start.elapsed() < Duration::from_secs(3), "it may go on");
    assert_about(Some(start.elapsed()));
}

#[test]
fn an_idle_connection_is_closed() {
    let server = limited(short());
    let mut silent = connect(server.address());
    assert_about(time_to_close(&mut silent));
    let mut half = connect(server.address());
    half.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    assert_about(time_to_close(&mut half));
    let mut kept = connect(server.address());
    let request = format!(
        "GET /style.css HTTP/1.1\r\nHost: {}\r\n\r\n",
        server.address()
    );
    kept.write_all(request.as_bytes()).unwrap();
    assert_about(time_to_close(&mut kept));
}

#[test]
fn a_stream_is_not_idle() {
    let server = limited(short());
    let mut page = Page::open(&server, "page=/");
    assert_eq!(page.next().0, "problems");
    std::thread::sleep(Duration::from_secs(1));
    server.show(Arc::new(Site::sample()));
    server.tell(&changed(&["index.html"]));
    assert_eq!(page.next().0, "reload");
}

#[test]
fn a_head_of_ten_megabytes_is_not_taken() {
    let (server, _) = server();
    let good = head(&server, "GET /style.css HTTP/1.1", &[]);
    let large = "a".repeat(10 << 20);
    let heads = [
        format!("GET /{large} HTTP/1.1\r\n"),
        good.replace("\r\n\r\n", &format!("\r\nX-A: {large}\r\n\r\n")),
        good.replace(
            "\r\n\r\n",
            &format!("\r\n{}\r\n", "X-A: a\r\n".repeat(1 << 20)),
        ),
    ];
    for head in heads {
        let mut stream = connect(server.address());
        let sent = stream.write_all(head.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let refused = answer.is_empty() || answer.contains(" 431 ") || answer.contains(" 414 ");
        assert!(refused, "{answer}");
        assert!(sent.is_err() || !answer.contains("200"), "all was taken");
    }
    assert_eq!(get(&server, "/style.css").status, 200);
}

#[test]
fn a_body_is_not_waited_for() {
    let (server, _) = server();
    let large = ["Content-Length: 1000000000000"];
    assert_eq!(
        raw(&server, &head(&server, "GET /style.css HTTP/1.1", &large)).status,
        200
    );
    let chunked = ["Transfer-Encoding: chunked"];
    assert_eq!(
        raw(&server, &head(&server, "GET /style.css HTTP/1.1", &chunked)).status,
        200
    );
}

/// With all places taken, a further connection waits, and gets its turn when an idle one is
/// closed.
#[test]
fn there_are_only_so_many_places() {
    let server = limited(Limits {
        connections: Some(8),
        head_time: Duration::from_millis(800),
        ..Limits::default()
    });
    let idle: Vec<_> = (0..8).map(|_| connect(server.address())).collect();
    let start = Instant::now();
    assert_eq!(get(&server, "/style.css").status, 200);
    assert!(
        start.elapsed() > Duration::from_millis(500),
        "{:?}",
        start.elapsed()
    );
    drop(idle);
}

/// Whoever asks for a large file and reads nothing keeps a place for a while only.
#[test]
fn who_never_reads_is_let_go() {
    let server = limited(Limits {
        connections: Some(1),
        stall_time: Duration::from_millis(400),
        ..Limits::default()
    });
    let large = "x".repeat(64 << 20);
    server.show(Arc::new(Site::sample().put("besar.txt", &large)));
    let mut deaf = connect(server.address());
    let request = head(&server, "GET /besar.txt HTTP/1.1", &[]);
    deaf.write_all(request.as_bytes()).unwrap();
    assert_eq!(get(&server, "/style.css").status, 200);
    drop(deaf);
}

/// A reader that takes its time but takes something gets all of it.
#[test]
fn who_reads_slowly_gets_everything() {
    let server = limited(Limits {
        stall_time: Duration::from_millis(400),
        ..Limits::default()
    });
    let large = "x".repeat(24 << 20);
    server.show(Arc::new(Site::sample().put("besar.txt", &large)));
    let mut slow = connect(server.address());
    let request = head(&server, "GET /besar.txt HTTP/1.1", &[]);
    slow.write_all(request.as_bytes()).unwrap();
    let (mut part, mut total) = (vec![0; 2 << 20], 0);
    loop {
        match slow.read(&mut part).unwrap() {
            0 => break,
            length => total += length,
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(total > large.len(), "{total}");
}

/// An open page that never reads holds up nobody, and hears the rest when it reads again.
#[test]
fn an_open_page_that_never_reads_holds_up_nobody() {
    let (server, _) = server();
    let mut deaf = Page::open_unread(&server, "page=/");
    let long = "salah ".repeat(20_000);
    let start = Instant::now();
    for number in 0..200 {
        let site = Site::sample().problem(&format!("{number} {long}"));
        server.show(Arc::new(site));
        server.tell(&changed(&["style.css"]));
        assert_eq!(get(&server, "/style.css").status, 200);
    }
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    server.show(Arc::new(Site::sample()));
    server.tell(&changed(&["index.html"]));
    let mut events = 0;
    while deaf.next().0 != "reload" {
        events += 1;
    }
    // What came while it did not read is told at once, not one by one.
    assert!(events < 300, "{events}");
}
