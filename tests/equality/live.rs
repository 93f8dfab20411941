//! The live leg: a running `silabus serve`, asked over HTTP after every edit.
//!
//! `GET /_silabus/sync` answers when a full pass is done. Then every path of the clean build is
//! fetched, and every path that was there before must be gone. `serve` adds one script to pages,
//! which is taken out before the comparison; nothing else may differ.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::engine::{Made, Tree, in_words};
use super::legs::{Leg, Moment};

/// The one thing that `serve` adds to a page.
const SCRIPT: &str = "<script src=\"/_silabus/live.js\" defer></script>";

/// How long a server may take for anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether the live leg takes part in a sequence: in one of five, since it takes three times as
/// long; `EQUALITY_LIVE=1` for all, `=0` for none.
pub(crate) fn wanted(sequence: u64) -> bool {
    match std::env::var("EQUALITY_LIVE").as_deref() {
        Ok("1") => true,
        Ok("0") => false,
        _ => sequence.is_multiple_of(5),
    }
}

/// A running program.
pub(crate) struct Live {
    root: PathBuf,
    now: String,
    port: u16,
    child: Child,
    /// Paths that were served after some edit.
    seen: BTreeSet<String>,
}

impl Live {
    /// Starts a server for the site in `root`.
    pub(crate) fn start(root: &Path, now: &str) -> Self {
        let port = free_port();
        let mut live = Self {
            root: root.to_owned(),
            now: now.to_owned(),
            port,
            child: spawn(root, now, port),
            seen: BTreeSet::new(),
        };
        live.await_port();
        live
    }

    /// The server's address, once it stands for this instant: a clock cannot be moved from
    /// outside, so another instant is another process.
    pub(crate) fn at(&mut self, now: &str) -> String {
        if self.now != now {
            self.stop();
            now.clone_into(&mut self.now);
            self.child = spawn(&self.root, now, self.port);
            self.await_port();
        }
        format!("http://127.0.0.1:{}", self.port)
    }

    fn await_port(&mut self) {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none(), "serve ended at once: {ended:?}");
            assert!(begun.elapsed() < PATIENCE, "serve does not answer");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn stop(&mut self) {
        // It may have ended by itself; then there is nothing to stop.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        get(self.port, path).unwrap_or_else(|error| panic!("GET {path}: {error}"))
    }

    /// Waits for a full pass. A server that has only begun to listen has none to offer (503).
    fn sync(&self) {
        let begun = Instant::now();
        loop {
            let (status, _) = self.get("/_silabus/sync");
            match status {
                200 => return,
                503 if begun.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(5));
                }
                _ => panic!("/_silabus/sync answers {status}"),
            }
        }
    }

    fn tree(&mut self, cold: &Tree) -> Tree {
        let mut tree = Tree::new();
        self.seen.extend(cold.keys().cloned());
        for path in &self.seen {
            let (status, bytes) = self.get(&address(path));
            if status == 200 {
                tree.insert(path.clone(), without_script(path, &bytes).into());
            }
        }
        tree
    }
}

impl Leg for Live {
    fn name(&self) -> &'static str {
        "live"
    }

    /// Of a site with errors the server goes on showing what was good, so there are no files to
    /// compare then. What it says may differ, too: it goes further than a build, which ends where
    /// nothing can be published, and the last good form of a faulty page stands in for it. But it
    /// must say some of what a build says. It shows less of a diagnostic than it knows, so only
    /// that is compared.
    fn made(&mut self, _: &Moment<'_>, cold: &Made) -> Made {
        self.sync();
        let mut shown = problems(self.port).unwrap_or_else(|error| panic!("problems: {error}"));
        if cold.tree.is_none() && cold.shown.iter().any(|said| shown.contains(said)) {
            shown.clone_from(&cold.shown);
        }
        Made {
            tree: cold.tree.as_ref().map(|tree| self.tree(tree)),
            said: cold.said.clone(),
            shown,
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.stop();
    }
}

fn spawn(root: &Path, now: &str, port: u16) -> Child {
    Command::new(env!("CARGO_BIN_EXE_silabus"))
        .args(["serve", "--now", now, "--port", &port.to_string(), "--root"])
        .arg(root)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A port that is free now.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// `a/index.html` is served at `/a/`.
fn address(path: &str) -> String {
    let shown = match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    };
    let mut address = String::from("/");
    for byte in shown.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                address.push(byte as char);
            }
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address
}

/// The last script tag of the preview is taken out, as long as it stands where it should.
fn without_script(path: &str, bytes: &[u8]) -> Vec<u8> {
    let html = path.ends_with(".html");
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| html) else {
        return bytes.to_vec();
    };
    match text.rfind(SCRIPT) {
        Some(at) => [&text[..at], &text[at + SCRIPT.len()..]]
            .concat()
            .into_bytes(),
        None => bytes.to_vec(),
    }
}

/// One request over a connection of its own.
fn get(port: u16, path: &str) -> std::io::Result<(u16, Vec<u8>)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    )?;
    answer(BufReader::new(stream))
}

/// What the preview tells a page that begins to listen.
fn problems(port: u16) -> std::io::Result<Vec<String>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET /_silabus/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
    )?;
    // The stream never ends. Each event comes whole, in chunks whose sizes stand on lines of
    // their own.
    let mut lines = BufReader::new(stream).lines();
    while let Some(line) = lines.next().transpose()? {
        if line == "event: problems" {
            let data = lines.next().transpose()?.unwrap_or_default();
            return Ok(problems_of(data.trim_start_matches("data: ")));
        }
    }
    Err(std::io::Error::other("no word of problems"))
}

fn problems_of(json: &str) -> Vec<String> {
    let problems: Vec<serde_json::Value> = serde_json::from_str(json).unwrap();
    let text = |problem: &serde_json::Value, key| problem[key].as_str().unwrap().to_owned();
    let told = |problem: &serde_json::Value| {
        let [code, message, file] = ["code", "message", "file"].map(|key| text(problem, key));
        in_words(&code, &message, &file)
    };
    let mut told: Vec<String> = problems.iter().map(told).collect();
    told.sort();
    told
}

/// Status and body of an answer: of a length that is told, in chunks, or up to the end.
fn answer(mut from: impl BufRead) -> std::io::Result<(u16, Vec<u8>)> {
    let odd = |words: &str| std::io::Error::other(words.to_owned());
    let status = line(&mut from)?;
    let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| odd("no status"))?;
    let (mut length, mut chunked) = (None, false);
    loop {
        let header = line(&mut from)?.to_ascii_lowercase();
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        match (name, value.trim()) {
            ("content-length", value) => length = value.parse().ok(),
            ("transfer-encoding", value) => chunked = value.contains("chunked"),
            _ => {}
        }
    }
    let mut body = Vec::new();
    if chunked {
        loop {
            let size = line(&mut from)?;
            let size = u64::from_str_radix(&size, 16).map_err(|_| odd("no size of a chunk"))?;
            from.by_ref().take(size).read_to_end(&mut body)?;
            line(&mut from)?;
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = length {
        from.take(length).read_to_end(&mut body)?;
    } else {
        from.read_to_end(&mut body)?;
    }
    Ok((status, body))
}

fn line(from: &mut impl BufRead) -> std::io::Result<String> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

#[test]
fn answers_are_read_in_all_forms() {
    let read = |text: &str| answer(text.as_bytes()).unwrap();
    let told = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc";
    assert_eq!(read(told), (200, b"ab".to_vec()));
    let chunks =
        "HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n";
    assert_eq!(read(chunks), (404, b"abc".to_vec()));
    assert_eq!(read("HTTP/1.1 200 OK\r\n\r\nabc"), (200, b"abc".to_vec()));
}

#[test]
fn pages_are_asked_for_at_their_address_and_lose_the_script() {
    assert_eq!(address("a/index.html"), "/a/");
    assert_eq!(address("index.html"), "/");
    assert_eq!(address("tags/élan.xml"), "/tags/%C3%A9lan.xml");
    let page = format!("<body>x{SCRIPT}</body>");
    assert_eq!(without_script("a.html", page.as_bytes()), b"<body>x</body>");
    assert_eq!(without_script("a.txt", page.as_bytes()), page.as_bytes());
}
