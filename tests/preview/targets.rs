//! Addresses that try to leave the site, in every spelling that has hit others.

use std::io::{Read, Write};

use proptest::prelude::*;

use crate::site::{Site, server};
use crate::wire::{connect, get, head, raw, send};

/// Everything that is looked up has normal names only: no path of a disk can be made of it.
fn assert_normal(site: &Site) {
    for path in site.asked() {
        let normal = |name: &str| !matches!(name, "" | "." | "..");
        assert!(path.split('/').all(normal), "{path:?} was looked up");
        let odd = |c: char| c.is_control() || "\\:".contains(c);
        assert!(!path.contains(odd), "{path:?} was looked up");
    }
}

/// `..` in every encoding.
const UP: [&str; 16] = [
    "..",
    "%2e%2e",
    "%2E%2E",
    ".%2e",
    "%2e.",
    "%252e%252e",
    "%25252e%25252e",
    "%c0%ae%c0%ae",
    "%e0%80%ae%e0%80%ae",
    "%f0%80%80%ae%f0%80%80%ae",
    "%uff0e%uff0e",
    "..%00",
    "..%20",
    "...",
    "..;",
    "\u{ff0e}\u{ff0e}",
];

/// What may stand between two names.
const SLASH: [&str; 12] = [
    "/",
    "%2f",
    "%2F",
    "\\",
    "%5c",
    "%5C",
    "%252f",
    "%255c",
    "//",
    "%c0%af",
    "%e0%80%af",
    "/./",
];

#[test]
fn no_way_up() {
    let (server, site) = server();
    for up in UP {
        for slash in SLASH {
            for depth in [1, 2, 8] {
                for base in ["/", "/kursus/", "/style.css/", "/_silabus/"] {
                    let climb = format!("{up}{slash}").repeat(depth);
                    let request = head(
                        &server,
                        &format!("GET {base}{climb}etc/passwd HTTP/1.1"),
                        &[],
                    );
                    let answer = raw(&server, &request);
                    assert!(
                        matches!(answer.status, 400 | 404),
                        "{base}{climb}: {}",
                        answer.head
                    );
                }
            }
        }
    }
    assert_normal(&site);
}

#[test]
fn addresses_are_decoded_once() {
    let (server, site) = server();
    assert_eq!(get(&server, "/%6bursus/").status, 200);
    assert_eq!(get(&server, "/%256bursus/").status, 404);
    assert_eq!(get(&server, "/style%252ecss").status, 404);
    assert_normal(&site);
}

#[test]
fn odd_addresses_lead_nowhere() {
    let (server, site) = server();
    for target in [
        "/..",
        "/../public-evil/",
        "/%2e%2e/public-evil/",
        "/../silabus.toml",
        "/kursus/../../public/index.html",
        "//etc/passwd",
        "///etc/passwd",
        "/kursus//",
        "/./kursus/",
        "/kursus/.",
        "/file:///etc/passwd",
        "/C:/Windows/win.ini",
        "/C%3A%5CWindows",
        "/index.html%00.png",
        "/%00",
        "/%0d%0aX-Evil:%201",
        "/index.html::$DATA",
        "/index.html.",
        "/index.html%20",
        "/con",
        "/CON.txt",
        "/kursus/nul",
        "/aux.html",
        "/COM1",
        "/lpt%C2%B9",
        "/%",
        "/%2",
        "/%zz",
        "/%ff",
        "/.git/config",
        "/.env",
        "/.silabus-manifest.json",
        "/.silabus-stage/index.html",
        "/public/index.html",
        "/_silabus/../style.css",
        "/_silabus",
        "/_silabus/",
        "/KURSUS/",
    ] {
        let answer = get(&server, target);
        assert!(
            matches!(answer.status, 400 | 404),
            "{target}: {}",
            answer.head
        );
        assert_eq!(answer.header("x-evil"), None);
    }
    assert_normal(&site);
}

#[test]
fn no_redirect_leads_to_another_host() {
    let (server, _) = server();
    for target in [
        "//evil.test",
        "//evil.test/",
        "//evil.test/kursus",
        "///evil.test/kursus",
        "/%2fevil.test/kursus",
        "/%2f%2fevil.test",
        "/\\evil.test/kursus",
        "/%5cevil.test/kursus",
        "/.//evil.test/kursus",
        "//evil.test/%2e%2e/kursus",
    ] {
        let answer = get(&server, target);
        assert_eq!(answer.header("location"), None, "{target}");
        assert!(
            matches!(answer.status, 400 | 403 | 404),
            "{target}: {}",
            answer.head
        );
    }
}

#[test]
fn fragments_and_queries_are_no_part_of_an_address() {
    let (server, site) = server();
    for target in [
        "/style.css?/../../etc/passwd",
        "/style.css?x=%00",
        "/style.css??",
        "/style.css#/../../etc/passwd",
        "/style.css#?..",
    ] {
        let answer = get(&server, target);
        let same = answer.status == 200 && answer.text() == "a{}";
        assert!(same || answer.status == 400, "{target}: {}", answer.head);
    }
    for target in [
        "/style.css%3fx",
        "/style.css%23x",
        "/?/../style.css%2f..",
        "/%3f/../style.css",
    ] {
        let answer = get(&server, target);
        assert!(!answer.body.starts_with(b"a{}"), "{target}");
    }
    assert_normal(&site);
}

#[test]
fn targets_of_every_form() {
    let (server, site) = server();
    let address = server.address();
    let ask = |line: &str| raw(&server, &head(&server, line, &[])).status;
    assert_eq!(
        ask(&format!("GET http://{address}/style.css HTTP/1.1")),
        200
    );
    assert_eq!(ask(&format!("GET http://{address} HTTP/1.1")), 200);
    assert_eq!(ask(&format!("GET http://{address}/../x HTTP/1.1")), 400);
    assert_eq!(ask("GET http://evil.test/style.css HTTP/1.1"), 403);
    assert_eq!(
        ask(&format!("GET http://evil.test@{address}/ HTTP/1.1")),
        403
    );
    assert_eq!(
        ask(&format!("GET http://{address}@evil.test/ HTTP/1.1")),
        403
    );
    assert_eq!(ask(&format!("GET https://{address}/ HTTP/1.1")), 403);
    assert_eq!(ask("GET file:///etc/passwd HTTP/1.1"), 400);
    assert_eq!(ask(&format!("GET {address} HTTP/1.1")), 400);
    assert_eq!(ask("GET * HTTP/1.1"), 400);
    assert_eq!(ask("OPTIONS * HTTP/1.1"), 405);
    assert_eq!(ask(&format!("CONNECT {address} HTTP/1.1")), 405);
    assert_eq!(ask("CONNECT evil.test:443 HTTP/1.1"), 403);
    // Without a slash in front a target is read as a host.
    assert_eq!(ask("GET style.css HTTP/1.1"), 403);
    for target in ["../style.css", "\\style.css", "./style.css", "%2fstyle.css"] {
        let status = ask(&format!("GET {target} HTTP/1.1"));
        assert!(matches!(status, 400 | 403), "{target}: {status}");
    }
    assert_normal(&site);
}

#[test]
fn what_is_no_http_gets_no_file() {
    let (server, _) = server();
    for request in [
        "GET /style.css\r\n\r\n",
        "GET  /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /style.css HTTP/2.0\r\n\r\n",
        "GET /style.css HTTP/1.1\r\nHost : localhost\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n",
        "\r\n\r\n\r\n\r\n",
    ] {
        let mut stream = connect(server.address());
        stream.write_all(request.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(
            !answer.contains("200 OK") && !answer.contains("a{}"),
            "{request:?}: {answer}"
        );
    }
    assert_eq!(get(&server, "/style.css").status, 200);
}

#[test]
fn only_what_shows_is_answered() {
    let (server, _) = server();
    for method in [
        "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get",
    ] {
        let line = format!("{method} /_silabus/sync HTTP/1.1");
        let answer = raw(&server, &head(&server, &line, &["Content-Length: 0"]));
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{method}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Bytes of any kind as a target: an answer or a closed connection, and nothing odd looked up.
    #[test]
    fn any_bytes_as_a_target(target in prop::collection::vec(any::<u8>(), 0..60)) {
        let (server, site) = server();
        let mut request = b"GET /".to_vec();
        request.extend(target);
        let rest = format!(" HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address());
        request.extend(rest.bytes());
        send(server.address(), &request);
        assert_normal(&site);
        prop_assert_eq!(get(&server, "/style.css").status, 200);
    }
}
