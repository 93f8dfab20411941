//! What open pages are told.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use silabus::dev::preview::Update;
use silabus::dev::server::{Limits, ServeOptions, Server};

use crate::site::{Site, changed, options, server, server_with};
use crate::wire::{PATIENCE, browse, connect, get, is_timeout};

/// An open page, as its script sees the server.
pub(crate) struct Page {
    stream: BufReader<TcpStream>,
}

impl Page {
    /// Opens the stream and reads its greeting.
    pub(crate) fn open(server: &Server, query: &str) -> Self {
        let mut page = Self::open_unread(server, query);
        assert_eq!(page.next().0, "hello");
        page
    }

    /// Opens the stream and reads nothing but the head.
    pub(crate) fn open_unread(server: &Server, query: &str) -> Self {
        let mut stream = connect(server.address());
        // By HTTP/1.0 the events come as they are, not in chunks.
        let head = format!(
            "GET /_silabus/events?{query} HTTP/1.0\r\nHost: {}\r\n\r\n",
            server.address()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut page = Self {
            stream: BufReader::new(stream),
        };
        let first = page.line();
        assert!(first.contains("200"), "{first}");
        while !page.line().is_empty() {}
        page
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        let length = self.stream.read_line(&mut line).unwrap();
        assert!(length > 0, "the stream ended");
        line.trim_end().to_owned()
    }

    /// The next event; comments are passed over.
    pub(crate) fn next(&mut self) -> (String, Value) {
        let mut name = String::new();
        let start = Instant::now();
        loop {
            let line = self.line();
            // Signs of life are no event.
            assert!(start.elapsed() < PATIENCE, "no event came");
            if let Some(event) = line.strip_prefix("event: ") {
                event.clone_into(&mut name);
            } else if let Some(data) = line.strip_prefix("data: ") {
                let data = serde_json::from_str(data).unwrap();
                assert_eq!(self.line(), "", "an event ends");
                return (name, data);
            }
        }
    }

    /// Whether nothing comes for a while.
    fn is_quiet(&mut self) -> bool {
        let short = Some(Duration::from_millis(150));
        self.stream.get_ref().set_read_timeout(short).unwrap();
        let quiet = match self.stream.fill_buf() {
            Ok(_) => false,
            Err(error) => is_timeout(error.kind()),
        };
        self.stream
            .get_ref()
            .set_read_timeout(Some(PATIENCE))
            .unwrap();
        quiet
    }
}

/// The state that a page was served from, as its script reads it.
fn since(server: &Server, target: &str) -> String {
    let page = browse(server, target);
    let timing = page.header("server-timing").unwrap();
    let stamp = timing.strip_prefix("silabus;desc=\"").unwrap();
    stamp.trim_end_matches('"').to_owned()
}

/// The page at an address, just loaded, its problems read.
fn loaded(server: &Server, target: &str) -> Page {
    let since = since(server, target);
    let mut page = Page::open(server, &format!("page={target}&since={since}"));
    assert_eq!(page.next(), ("problems".to_owned(), json!([])));
    page
}

/// Shows a state in which these files are other ones, and tells so.
fn next_state(server: &Server, update: &Update) {
    let number = server.revision();
    let put = |site: Site, path: &Arc<str>| site.put(path, &format!("baru {number}"));
    let site = update.changed.iter().fold(Site::sample(), put);
    server.show(Arc::new(site));
    server.tell(update);
}

fn reload() -> (String, Value) {
    ("reload".to_owned(), json!({}))
}

#[test]
fn only_pages_that_changed_reload() {
    let (server, _) = server();
    let mut kursus = loaded(&server, "/kursus/");
    let mut start = loaded(&server, "/");
    next_state(&server, &changed(&["kursus/index.html"]));
    assert_eq!(kursus.next(), reload());
    assert!(start.is_quiet());
    next_state(&server, &changed(&["index.html"]));
    assert_eq!(start.next(), reload());
    assert!(kursus.is_quiet());
}

#[test]
fn styles_and_images_are_named() {
    let (server, _) = server();
    let mut page = loaded(&server, "/kursus/");
    next_state(&server, &changed(&["style.css", "gambar/a b é.png"]));
    let files = json!({ "files": ["/gambar/a%20b%20%C3%A9.png", "/style.css"] });
    assert_eq!(page.next(), ("assets".to_owned(), files));
    next_state(&server, &changed(&["style.css", "kursus/index.html"]));
    assert_eq!(page.next(), reload());
}

/// A page that names its stylesheet by hash changes with it, and is not loaded anew for that.
#[test]
fn a_hash_in_an_address_is_no_change_of_a_page() {
    let page = |hash: &str, text: &str| {
        let page = format!("<link rel=stylesheet href=\"/style.css?h={hash}\">{text}");
        Arc::new(Site::sample().put("kursus/index.html", &page))
    };
    let (server, _) = server();
    server.show(page("0123456789abcdef", "a"));
    let mut open = loaded(&server, "/kursus/");
    server.show(page("fedcba9876543210", "a"));
    server.tell(&changed(&["kursus/index.html", "style.css"]));
    let files = json!({ "files": ["/style.css"] });
    assert_eq!(open.next(), ("assets".to_owned(), files));
    server.tell(&changed(&["kursus/index.html"]));
    assert!(open.is_quiet());
    server.show(page("0000000000000000", "b"));
    server.tell(&changed(&["kursus/index.html", "style.css"]));
    assert_eq!(open.next(), reload());
}

#[test]
fn a_moved_page_takes_its_browser_along() {
    let (server, _) = server();
    let mut page = loaded(&server, "/kursus/");
    let mut update = changed(&["kursus/index.html", "baru/é/index.html"]);
    update.moved = vec![("kursus/index.html".into(), "baru/é/index.html".into())];
    next_state(&server, &update);
    let to = json!({ "to": "/baru/%C3%A9/" });
    assert_eq!(page.next(), ("moved".to_owned(), to));
}

#[test]
fn problems_come_and_go() {
    let (server, _) = server();
    let mut page = loaded(&server, "/");
    server.show(Arc::new(Site::sample().problem("<salah>")));
    let (name, list) = page.next();
    assert_eq!(
        (&*name, &list[0]["message"]),
        ("problems", &json!("<salah>"))
    );
    let editor = json!("vscode://file/situs/content/a%20b.md:3:1");
    assert_eq!(list[0]["editor"], editor);
    server.show(Arc::new(Site::sample().problem("<salah>")));
    assert!(page.is_quiet());
    server.show(Arc::new(Site::sample()));
    assert_eq!(page.next(), ("problems".to_owned(), json!([])));
}

#[test]
fn a_broken_page_reloads_when_it_is_mended() {
    let (server, _) = server();
    let mut page = loaded(&server, "/rusak/");
    next_state(&server, &changed(&["rusak/index.html"]));
    assert_eq!(page.next(), reload());
}

#[test]
fn a_missing_page_reloads_when_it_is_there() {
    let (server, _) = server();
    let mut page = loaded(&server, "/segera");
    next_state(&server, &changed(&["segera/index.html"]));
    assert_eq!(page.next(), reload());
}

/// Between a page and its stream there is time for a change, and more while a stream is broken.
#[test]
fn what_changed_before_the_stream_is_not_lost() {
    let (server, _) = server();
    let old = since(&server, "/kursus/");
    next_state(&server, &changed(&["kursus/index.html", "style.css"]));
    let mut page = Page::open(&server, &format!("page=/kursus/&since={old}"));
    assert_eq!(page.next().0, "problems");
    assert_eq!(page.next(), reload());
    let mut other = Page::open(&server, &format!("page=/&since={old}"));
    assert_eq!(other.next().0, "problems");
    assert_eq!(other.next().0, "assets");
    assert!(loaded(&server, "/kursus/").is_quiet());
}

/// A page that was served from the new state already, before its changes were told.
#[test]
fn a_fresh_page_does_not_reload() {
    let (server, _) = server();
    server.show(Arc::new(Site::sample()));
    let mut page = loaded(&server, "/kursus/");
    server.tell(&changed(&["kursus/index.html"]));
    assert!(page.is_quiet());
}

#[test]
fn a_page_of_an_earlier_server_reloads() {
    let (earlier, _) = server();
    let old = since(&earlier, "/kursus/");
    let (server, _) = server();
    for since in [&*old, "0.1", "kacau", "%22%3E"] {
        let query = format!("page=/kursus/&since={since}");
        let mut page = Page::open(&server, &query);
        assert_eq!(page.next(), reload(), "{since}");
    }
}

#[test]
fn the_stream_shows_signs_of_life() {
    let limits = Limits {
        heartbeat: Duration::from_millis(50),
        ..Limits::default()
    };
    let (server, _) = server_with(ServeOptions {
        limits,
        ..options()
    });
    let mut page = loaded(&server, "/");
    assert_eq!(page.line(), ":");
    next_state(&server, &changed(&["index.html"]));
    assert_eq!(page.next(), reload());
}

/// Waits until the server sees these pages open.
fn assert_open(server: &Server, pages: &[&str]) {
    let start = Instant::now();
    loop {
        let open = server.open_pages();
        if open.iter().map(|page| &**page).eq(pages.iter().copied()) {
            return;
        }
        assert!(start.elapsed() < PATIENCE, "{open:?}, not {pages:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn open_pages_are_known() {
    let (server, _) = server();
    let start = loaded(&server, "/");
    let kursus = loaded(&server, "/kursus/");
    let twice = loaded(&server, "/kursus/");
    assert_open(&server, &["kursus/index.html", "index.html"]);
    drop(kursus);
    drop(start);
    assert_open(&server, &["kursus/index.html"]);
    drop(twice);
    assert_open(&server, &[]);
}

#[test]
fn a_stream_for_no_page_is_refused() {
    let (server, _) = server();
    for page in ["/../x", "..", "//x", "%00", "/%zz"] {
        let target = format!("/_silabus/events?page={page}");
        assert_eq!(get(&server, &target).status, 400, "{page}");
    }
}

#[test]
fn a_tool_waits_for_a_pass() {
    let limits = Limits {
        pass: Duration::from_millis(300),
        ..Limits::default()
    };
    let (server, _) = server_with(ServeOptions {
        limits,
        ..options()
    });
    // Who asks before there is anybody to make one waits, too.
    assert_eq!(get(&server, "/_silabus/sync").status, 504);
    let (send, receive) = std::sync::mpsc::channel();
    let send = std::sync::Mutex::new(send);
    std::thread::scope(|scope| {
        let ask = || scope.spawn(|| get(&server, "/_silabus/sync"));
        let done = ask();
        std::thread::sleep(Duration::from_millis(50));
        server.on_sync(move |waiting| send.lock().unwrap().send(waiting).unwrap());
        let waiting = receive.recv_timeout(PATIENCE).unwrap();
        server.show(Arc::new(Site::sample()));
        waiting.done();
        let answer = done.join().unwrap();
        assert_eq!((answer.status, answer.text()), (200, r#"{"revision":2}"#));
        let given_up = ask();
        drop(receive.recv_timeout(PATIENCE).unwrap());
        assert_eq!(given_up.join().unwrap().status, 503);
        let late = ask();
        let waiting = receive.recv_timeout(PATIENCE).unwrap();
        assert_eq!(late.join().unwrap().status, 504);
        waiting.done();
    });
}
