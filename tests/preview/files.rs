//! What is served: files, pages with the script, redirects, the built-in pages.

use std::sync::Arc;
use std::time::{Duration, Instant};

use silabus::dev::preview::{Preview, Problem};
use silabus::dev::server::{Limits, ServeOptions, Server};

use crate::site::{Site, options, problem, server, server_with};
use crate::wire::{Answer, ask, browse, get};

const SCRIPT: &str = r#"<script src="/_silabus/live.js" defer></script>"#;

fn shown(site: Site) -> Server {
    let server = Server::start(options()).unwrap();
    server.show(Arc::new(site));
    server
}

fn assert_sealed(answer: &Answer) {
    let head = &answer.head;
    assert_eq!(
        answer.header("x-content-type-options"),
        Some("nosniff"),
        "{head}"
    );
    let policy = answer.header("cross-origin-resource-policy");
    assert_eq!(policy, Some("same-origin"), "{head}");
    assert_eq!(answer.header("cache-control"), Some("no-store"), "{head}");
    assert!(!head.to_lowercase().contains("access-control"), "{head}");
}

#[test]
fn pages_get_the_script_and_nothing_else() {
    let (server, _) = server();
    let page = get(&server, "/kursus/");
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(page.text(), format!("<body>kursus{SCRIPT}</body>"));
    assert_eq!(get(&server, "/kursus/index.html").body, page.body);
    assert_eq!(
        get(&server, "/").text(),
        format!("<body>start{SCRIPT}</body>")
    );
    let fragment = get(&server, "/kursus/fragmen.html");
    assert_eq!(fragment.text(), format!("fragmen{SCRIPT}"));
}

#[test]
fn other_files_stay_as_they_are() {
    let (server, _) = server();
    let style = get(&server, "/style.css?h=1&x=../..");
    assert_eq!((style.status, style.text()), (200, "a{}"));
    assert_eq!(
        style.header("content-type"),
        Some("text/css; charset=utf-8")
    );
    let image = get(&server, "/gambar/a%20b%20%C3%A9.png");
    assert_eq!((image.status, image.text()), (200, "\u{89}PNG</body>"));
    assert_eq!(get(&server, "/.well-known/security.txt").status, 200);
}

#[test]
fn a_head_is_an_answer_without_its_body() {
    let (server, _) = server();
    for target in [
        "/kursus/",
        "/style.css",
        "/nichts",
        "/rusak/",
        "/_silabus/live.js",
    ] {
        let head = ask(&server, "HEAD", target, &[]);
        let whole = get(&server, target);
        assert!(head.body.is_empty() && !whole.body.is_empty(), "{target}");
        assert_eq!(head.status, whole.status, "{target}");
        let length = whole.body.len().to_string();
        assert_eq!(head.header("content-length"), Some(&*length), "{target}");
    }
}

#[test]
fn a_page_without_its_slash_is_sent_on() {
    let (server, _) = server();
    for (asked, to) in [
        ("/kursus", "/kursus/"),
        ("/kursus/dasar?a=1&b=//x", "/kursus/dasar/?a=1&b=//x"),
        ("/%6Bursus", "/kursus/"),
        ("/rusak", "/rusak/"),
    ] {
        let answer = get(&server, asked);
        assert_eq!(answer.status, 308, "{asked}");
        assert_eq!(answer.header("location"), Some(to), "{asked}");
        assert_sealed(&answer);
    }
}

#[test]
fn what_is_missing_gets_a_page_with_near_ones() {
    let (server, _) = server();
    let page = browse(&server, "/kursus/dasr/");
    assert_eq!(page.status, 404);
    assert!(
        page.text().contains(r#"<a href="/kursus/dasar/">"#),
        "{}",
        page.text()
    );
    assert!(
        page.text().contains(r#"<a href="/404.html">"#),
        "{}",
        page.text()
    );
    assert!(page.text().contains("<code>/kursus/dasr/</code>") && page.text().contains(SCRIPT));
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    let own = get(&server, "/404.html");
    assert_eq!((own.status, own.text().contains("own")), (200, true));
    assert!(!get(&server, "/hilang.png").text().contains('<'));
}

#[test]
fn a_broken_page_shows_what_is_wrong() {
    let message = "<script>alert(1)</script>";
    let server = shown(Site::sample().problem(message));
    let page = browse(&server, "/rusak/");
    assert_eq!(page.status, 500);
    assert_eq!(page.text().matches("<script").count(), 1, "{}", page.text());
    assert!(
        page.text().contains("&lt;script&gt;alert(1)"),
        "{}",
        page.text()
    );
    assert!(
        page.text().contains("&lt;b&gt;x&lt;/b&gt;"),
        "{}",
        page.text()
    );
    let link = r#"href="vscode://file/situs/content/a%20b.md:3:1""#;
    assert!(page.text().contains(link), "{}", page.text());
    assert!(page.text().contains(SCRIPT));
    let list: serde_json::Value =
        serde_json::from_slice(&get(&server, "/_silabus/problems").body).unwrap();
    assert_eq!(list[0]["message"], message);
}

#[test]
fn every_answer_is_sealed() {
    let limits = Limits {
        pass: Duration::from_millis(100),
        ..Limits::default()
    };
    let (server, _) = server_with(ServeOptions {
        limits,
        ..options()
    });
    for target in [
        "/",
        "/style.css",
        "/kursus",
        "/rusak/",
        "/hilang",
        "/%2e%2e/",
        "/_silabus/live.js",
        "/_silabus/page.css",
        "/_silabus/problems",
        "/_silabus/sync",
        "/_silabus/hilang",
    ] {
        assert_sealed(&get(&server, target));
        assert_sealed(&browse(&server, target));
    }
    assert_sealed(&ask(&server, "POST", "/", &[]));
    assert_sealed(&ask(&server, "GET", "/", &["Host: evil.test"]));
    assert_sealed(&ask(&server, "GET", "/_silabus/events", &["Origin: null"]));
}

#[test]
fn a_new_state_is_shown_at_once() {
    let (server, _) = server();
    assert_eq!(server.revision(), 1);
    server.show(Arc::new(Site::default().put("style.css", "b{}")));
    assert_eq!(server.revision(), 2);
    assert_eq!(get(&server, "/style.css").text(), "b{}");
    assert_eq!(get(&server, "/kursus/").status, 404);
}

#[test]
fn requests_wait_for_the_first_state() {
    let server = Server::start(options()).unwrap();
    std::thread::scope(|scope| {
        let page = scope.spawn(|| get(&server, "/kursus/"));
        std::thread::sleep(Duration::from_millis(200));
        assert!(!page.is_finished());
        server.show(Arc::new(Site::sample()));
        assert_eq!(page.join().unwrap().status, 200);
    });
}

#[test]
fn they_do_not_wait_for_ever() {
    let limits = Limits {
        first_state: Duration::from_millis(100),
        ..Limits::default()
    };
    let server = Server::start(ServeOptions {
        limits,
        ..options()
    })
    .unwrap();
    let page = browse(&server, "/kursus/");
    assert_eq!((page.status, page.header("retry-after")), (503, Some("1")));
    assert_sealed(&page);
}

#[test]
fn a_render_that_panics_ends_no_server() {
    struct Bad;
    impl Preview for Bad {
        fn file(&self, _: &str) -> silabus::dev::preview::Served {
            panic!("a bug, made for a test")
        }
        fn pages(&self) -> Vec<Arc<str>> {
            Vec::new()
        }
        fn problems(&self) -> &[silabus::dev::preview::Problem] {
            &[]
        }
    }
    let (server, _) = server();
    server.show(Arc::new(Bad));
    assert_eq!(get(&server, "/").status, 500);
    server.show(Arc::new(Site::sample()));
    assert_eq!(get(&server, "/").status, 200);
}

/// A render that takes its time holds up no other answer.
#[test]
fn a_slow_page_holds_up_no_other() {
    struct Slow(Site);
    impl Preview for Slow {
        fn file(&self, path: &str) -> silabus::dev::preview::Served {
            if path == "index.html" {
                std::thread::sleep(Duration::from_millis(800));
            }
            self.0.file(path)
        }
        fn pages(&self) -> Vec<Arc<str>> {
            self.0.pages()
        }
        fn problems(&self) -> &[silabus::dev::preview::Problem] {
            &[]
        }
    }
    let (server, _) = server_with(options());
    server.show(Arc::new(Slow(Site::sample())));
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| get(&server, "/"));
        std::thread::sleep(Duration::from_millis(100));
        let start = Instant::now();
        assert_eq!(get(&server, "/style.css").status, 200);
        assert!(
            start.elapsed() < Duration::from_millis(500),
            "{:?}",
            start.elapsed()
        );
        assert_eq!(slow.join().unwrap().status, 200);
    });
}

#[test]
fn a_broken_page_shows_the_problem_of_its_own_file_first() {
    let own = Problem {
        file: "content/rusak.md".to_owned(),
        ..problem("punya sendiri")
    };
    let other = problem("punya orang lain");
    let site = Site::sample()
        .problem("lebih dulu")
        .with_problems(&[other, own]);
    let server = Server::start(options()).unwrap();
    server.show(Arc::new(site));
    let page = browse(&server, "/rusak/");
    let at = |words: &str| page.text().find(words).unwrap();
    assert!(at("punya sendiri") < at("lebih dulu"));
    assert!(at("lebih dulu") < at("punya orang lain"));
}

/// Players ask for the first bytes to begin with, and for others to seek.
#[test]
fn a_part_of_a_file_is_given_and_of_a_page_none() {
    let server = shown(Site::sample().put("film.mp4", "0123456789"));
    let part = |target: &str, range: &str| ask(&server, "GET", target, &[range]);
    let answer = part("/film.mp4", "Range: bytes=2-4");
    assert_eq!((answer.status, answer.text()), (206, "234"));
    assert_eq!(answer.header("content-range"), Some("bytes 2-4/10"));
    assert_eq!(answer.header("content-length"), Some("3"));
    assert_eq!(answer.header("content-type"), Some("video/mp4"));
    assert_sealed(&answer);
    assert_eq!(part("/film.mp4", "Range: bytes=-1").text(), "9");
    let beyond = part("/film.mp4", "Range: bytes=10-");
    assert_eq!((beyond.status, beyond.text()), (416, ""));
    assert_eq!(beyond.header("content-range"), Some("bytes */10"));
    let whole = get(&server, "/film.mp4");
    assert_eq!((whole.status, whole.text()), (200, "0123456789"));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    let two = part("/film.mp4", "Range: bytes=0-1,4-5");
    assert_eq!((two.status, two.text()), (200, "0123456789"));
    let other = ["Range: bytes=2-4", "If-Range: \"lama\""];
    assert_eq!(ask(&server, "GET", "/film.mp4", &other).status, 200);
    // The script stands at the end of a page: it has no other length than the whole.
    assert_eq!(part("/", "Range: bytes=0-1").status, 200);
}

/// What renders has as much stack here as in a build.
#[test]
fn a_deep_render_has_room() {
    struct Deep;
    #[inline(never)]
    fn dig(depth: usize) -> usize {
        let room = std::hint::black_box([depth as u8; 64 * 1024]);
        match depth {
            0 => usize::from(room[1]),
            _ => dig(depth - 1) + usize::from(room[depth]),
        }
    }
    impl Preview for Deep {
        fn file(&self, _: &str) -> silabus::dev::preview::Served {
            let text = dig(100).to_string();
            silabus::dev::preview::Served::File(text.into_bytes().into())
        }
        fn pages(&self) -> Vec<Arc<str>> {
            Vec::new()
        }
        fn problems(&self) -> &[Problem] {
            &[]
        }
    }
    let (server, _) = server();
    server.show(Arc::new(Deep));
    assert_eq!(get(&server, "/a.txt").status, 200);
}
