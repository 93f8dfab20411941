//! The gate on requests that are already parsed. What reaches it over a wire is tested in
//! `tests/preview`.

use std::net::Ipv4Addr;

use axum::http::Request;
use proptest::prelude::*;

use super::*;

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn ask(target: &str, headers: &[(&str, &str)]) -> Result<UrlPath, Refusal> {
    let mut request = Request::get(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(()).expect("a request");
    admit(&Names::new(&[], "127.0.0.1:1111", 1111), LOOPBACK, &request)
}

fn own(target: &str) -> Result<UrlPath, Refusal> {
    ask(target, &[("host", "localhost:1111")])
}

#[test]
fn addresses_are_decoded_once() {
    assert_eq!(own("/kursus/").unwrap().as_str(), "/kursus/");
    assert_eq!(own("/a%20b.txt?x=%2e").unwrap().as_str(), "/a b.txt");
    assert_eq!(own("/%252e%252e/a").unwrap().as_str(), "/%2e%2e/a");
}

#[test]
fn addresses_that_climb_are_refused() {
    for target in [
        "/..",
        "/a/../b",
        "/%2e%2e/",
        "/a%2f..%2fb",
        "/a%5c..",
        "//host/",
        "/%00",
    ] {
        assert_eq!(own(target), Err(Refusal::Address), "{target}");
    }
}

#[test]
fn one_known_host_is_wanted() {
    assert_eq!(ask("/", &[]), Err(Refusal::Host));
    let twice = [("host", "localhost:1111"), ("host", "localhost:1111")];
    assert_eq!(ask("/", &twice), Err(Refusal::Host));
    assert_eq!(
        ask("/", &[("host", "evil.test:1111")]),
        Err(Refusal::ForeignHost)
    );
    assert_eq!(own("http://evil.test/"), Err(Refusal::ForeignHost));
    assert_eq!(own("https://localhost:1111/"), Err(Refusal::ForeignHost));
    assert!(own("http://localhost:1111/").is_ok());
}

#[test]
fn what_is_the_servers_own_is_for_its_own_pages() {
    let from = |name, value| {
        let headers = [("host", "localhost:1111"), (name, value)];
        ["/_silabus/events", "/%5fsilabus/sync"].map(|target| ask(target, &headers).is_ok())
    };
    assert_eq!(from("origin", "http://localhost:1111"), [true; 2]);
    assert_eq!(from("origin", "null"), [false; 2]);
    assert_eq!(from("origin", "http://127.0.0.1:8080"), [false; 2]);
    assert_eq!(from("sec-fetch-site", "same-origin"), [true; 2]);
    assert_eq!(from("sec-fetch-site", "none"), [true; 2]);
    assert_eq!(from("sec-fetch-site", "same-site"), [false; 2]);
    assert_eq!(from("sec-fetch-site", "cross-site"), [false; 2]);
}

proptest! {
    /// Whatever is asked, what comes through has normal names only and means the same when it
    /// is written out again: no redirect made of it can lead to another host.
    #[test]
    fn what_comes_through_is_normal(path in "(/|%2[eEfF]|%5[cC]|%00|\\.|\\\\|[a-cé%:?#]|%25|%c0%af){0,12}") {
        let Ok(request) = Request::get(format!("/{path}")).header("host", "localhost:1111").body(()) else {
            return Ok(());
        };
        if let Ok(address) = admit(&Names::new(&[], "127.0.0.1:1111", 1111), LOOPBACK, &request) {
            let inner = address.as_str().trim_matches('/');
            prop_assert!(address.as_str().starts_with('/'));
            prop_assert!(inner.is_empty() || inner.split('/').all(|name| !["", ".", ".."].contains(&name)));
            prop_assert!(!address.as_str().contains(['\\', '\0', '?']));
            let written = address.encoded();
            prop_assert!(written.is_ascii() && !written.starts_with("//"));
            prop_assert_eq!(UrlPath::from_encoded(&written).ok(), Some(address));
        }
    }
}
