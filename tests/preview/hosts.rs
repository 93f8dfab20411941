//! Who may ask: names under which the preview answers, and pages that may open its stream.

use silabus::dev::server::{ServeOptions, Server};

use crate::site::{Site, options, server, server_with};
use crate::wire::{Answer, ask, connect, get, raw};

/// The status of a request with these lines in place of a good host.
fn status(server: &Server, version: &str, lines: &str) -> u16 {
    let lines = lines.replace("PORT", &server.address().port().to_string());
    let request = format!("GET /style.css {version}\r\n{lines}Connection: close\r\n\r\n");
    raw(server, &request).status
}

#[test]
fn only_names_of_this_machine() {
    let (server, _) = server();
    for (host, expected) in [
        ("127.0.0.1:PORT", 200),
        ("localhost:PORT", 307),
        ("a.localhost:PORT", 307),
        ("127.0.0.2:PORT", 307),
        ("[::1]:PORT", 307),
    ] {
        assert_eq!(
            status(&server, "HTTP/1.1", &format!("Host: {host}\r\n")),
            expected,
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
    let good = "Host: 127.0.0.1:PORT\r\n";
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

fn under(server: &Server, host: &str, method: &str, target: &str) -> Answer {
    let port = server.address().port().to_string();
    let host = host.replace("PORT", &port);
    let head = format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    raw(server, &head)
}

/// Its pages hold full addresses of one name: under another their styles would be foreign.
#[test]
fn another_name_of_this_machine_leads_to_the_one_in_the_pages() {
    let (server, site) = server();
    for method in ["GET", "HEAD"] {
        for target in [
            "/",
            "/kursus/?a=%2F#",
            "/tak/ada",
            "/gambar/a%20b%20%C3%A9.png",
        ] {
            let target = target.trim_end_matches('#');
            let answer = under(&server, "localhost:PORT", method, target);
            let to = format!("http://{}{target}", server.address());
            assert_eq!(answer.status, 307, "{target}");
            assert_eq!(answer.header("location"), Some(&*to));
        }
    }
    // Nothing was looked up, and nothing changes what is refused.
    assert_eq!(site.asked(), Vec::<String>::new());
    assert_eq!(under(&server, "localhost:PORT", "POST", "/").status, 405);
    for target in ["//evil.test/", "/..%2f", "/a/../b"] {
        assert_eq!(under(&server, "localhost:PORT", "GET", target).status, 400);
    }
    let own = under(&server, "localhost:PORT", "GET", "/_silabus/live.js");
    assert_eq!(own.status, 200);
}

/// Behind a tunnel nobody can go to this machine: pages name the address they were asked at.
#[test]
fn pages_for_another_machine_name_its_address() {
    let hosts = vec!["preview.test".to_owned(), "tunnel.test:443".to_owned()];
    let server = Server::start(ServeOptions { hosts, ..options() }).unwrap();
    let own = server.base_url();
    let page = format!("<body><a href=\"{own}/a/\">a</a></body>");
    let site = Site::default().put("index.html", &page).put("a.json", &own);
    server.show(std::sync::Arc::new(site));
    for (host, base) in [
        (
            "preview.test:PORT",
            format!("http://preview.test:{}", server.address().port()),
        ),
        ("tunnel.test", "https://tunnel.test".to_owned()),
        ("127.0.0.1:PORT", own.clone()),
    ] {
        let answer = under(&server, host, "GET", "/");
        let link = format!("<a href=\"{base}/a/\">");
        assert!(answer.text().contains(&link), "{}", answer.text());
        assert_eq!(under(&server, host, "GET", "/a.json").text(), own);
    }
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
