//! Who may ask: names under which the preview answers, and pages that may open its stream.

use silabus::dev::server::{ServeOptions, Server};

use crate::site::{options, server, server_with};
use crate::wire::{ask, connect, get, raw};

/// The status of a request with these lines in place of a good host.
fn status(server: &Server, version: &str, lines: &str) -> u16 {
    let lines = lines.replace("PORT", &server.address().port().to_string());
    let request = format!("GET /style.css {version}\r\n{lines}Connection: close\r\n\r\n");
    raw(server, &request).status
}

#[test]
fn only_names_of_this_machine() {
    let (server, _) = server();
    for host in [
        "localhost:PORT",
        "a.localhost:PORT",
        "127.0.0.1:PORT",
        "[::1]:PORT",
    ] {
        assert_eq!(
            status(&server, "HTTP/1.1", &format!("Host: {host}\r\n")),
            200,
            "{host}"
        );
    }
    for host in [
        "evil.test:PORT",
        "evil.test",
        "localhost",
        "localhost:1",
        "localhost.evil.test:PORT",
        "127.0.0.1.nip.io:PORT",
        "10.0.0.1:PORT",
        "192.168.1.5:PORT",
        "169.254.169.254",
        "0.0.0.0:PORT",
        "[::]:PORT",
        "2130706433:PORT",
        "",
        "null",
        "localhost:PORT, evil.test",
    ] {
        assert_eq!(
            status(&server, "HTTP/1.1", &format!("Host: {host}\r\n")),
            403,
            "{host}"
        );
    }
}

#[test]
fn one_host_and_no_more() {
    let (server, _) = server();
    let good = "Host: localhost:PORT\r\n";
    assert_eq!(status(&server, "HTTP/1.1", ""), 400);
    assert_eq!(status(&server, "HTTP/1.0", ""), 403);
    assert_eq!(status(&server, "HTTP/1.0", good), 200);
    assert_eq!(status(&server, "HTTP/1.1", &format!("{good}{good}")), 400);
    assert_eq!(
        status(&server, "HTTP/1.1", &format!("{good}Host: evil.test\r\n")),
        400
    );
    assert_eq!(
        status(&server, "HTTP/1.1", &format!("Host: evil.test\r\n{good}")),
        400
    );
    let forwarded = "Host: evil.test\r\nX-Forwarded-Host: localhost:PORT\r\n";
    assert_eq!(status(&server, "HTTP/1.1", forwarded), 403);
}

#[test]
fn names_that_the_user_gave() {
    let hosts = vec!["preview.test".to_owned(), "tunnel.test:443".to_owned()];
    let (server, _) = server_with(ServeOptions { hosts, ..options() });
    assert_eq!(
        status(&server, "HTTP/1.1", "Host: preview.test:PORT\r\n"),
        200
    );
    assert_eq!(status(&server, "HTTP/1.1", "Host: tunnel.test\r\n"), 200);
    assert_eq!(status(&server, "HTTP/1.1", "Host: preview.test:1\r\n"), 403);
    assert_eq!(
        status(&server, "HTTP/1.1", "Host: a.preview.test:PORT\r\n"),
        403
    );
}

/// The stream's status: it stays open, so that only its head is read.
fn stream_status(server: &Server, header: &str) -> u16 {
    use std::io::{Read, Write};
    let mut stream = connect(server.address());
    let port = server.address().port();
    let header = header.replace("PORT", &port.to_string());
    let request =
        format!("GET /_silabus/events?page=/ HTTP/1.1\r\nHost: localhost:{port}\r\n{header}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut line = [0; 12];
    stream.read_exact(&mut line).unwrap();
    std::str::from_utf8(&line[9..]).unwrap().parse().unwrap()
}

#[test]
fn the_stream_is_for_pages_of_the_preview() {
    let (server, _) = server();
    for header in [
        "",
        "Origin: http://localhost:PORT\r\n",
        "Origin: http://127.0.0.1:PORT\r\nSec-Fetch-Site: same-origin\r\n",
        "Sec-Fetch-Site: none\r\n",
    ] {
        assert_eq!(stream_status(&server, header), 200, "{header}");
    }
    for header in [
        "Origin: null\r\n",
        "Origin: http://evil.test\r\n",
        "Origin: http://127.0.0.1\r\n",
        "Origin: http://127.0.0.1:1\r\n",
        "Origin: http://10.0.0.1:PORT\r\n",
        "Origin: https://localhost:PORT\r\n",
        "Origin: http://localhost:PORT.evil.test\r\n",
        "Origin: file://\r\n",
        "Origin:\r\n",
        "Origin: http://localhost:PORT\r\nOrigin: http://evil.test\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
    ] {
        assert_eq!(stream_status(&server, header), 403, "{header}");
    }
}

#[test]
fn no_foreign_page_sets_anything_off() {
    let (server, _) = server();
    let (send, receive) = std::sync::mpsc::channel();
    let send = std::sync::Mutex::new(send);
    server.on_sync(move |waiting| {
        send.lock().unwrap().send(()).unwrap();
        waiting.done();
    });
    let foreign = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"];
    for target in ["/_silabus/sync", "/%5Fsilabus/sync", "/_silabus%2fsync"] {
        assert_eq!(
            ask(&server, "GET", target, &foreign).status,
            403,
            "{target}"
        );
    }
    assert!(receive.try_recv().is_err());
    assert_eq!(get(&server, "/_silabus/sync").status, 200);
    assert!(receive.try_recv().is_ok());
}
