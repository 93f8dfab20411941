//! Much at once, and how soon a save is told.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use silabus::dev::watch::{Hint, WatchOptions, Watcher};

use crate::site::{Site, covers};

both_ways! { ten_thousand_files folders_in_haste renamed_in_haste while_it_listens }

fn ten_thousand_files(site: &Site) {
    let file = |number: u32| format!("content/f{}/{number}.md", number % 50);
    let written: Vec<String> = (0..10_000).map(file).collect();
    let written: Vec<&str> = written.iter().map(String::as_str).collect();
    let mut options = site.options();
    let usual = WatchOptions::new(site.root());
    (options.settle, options.burst_settle) = (usual.settle, usual.burst_settle);
    site.watch(options);
    let begun = Instant::now();
    let told = site.told(&written, || {
        for (number, path) in written.iter().enumerate() {
            site.put(path, "isi");
            // Over two seconds at least.
            let ahead = Duration::from_micros(200 * number as u64).checked_sub(begun.elapsed());
            thread::sleep(ahead.unwrap_or_default());
        }
    });
    assert!(told.hints.len() <= 3, "{} hints", told.hints.len());
}

/// The preview itself: no hint of the burst is built twice, and none of the builds for nothing.
#[test]
fn ten_thousand_files_are_three_builds() {
    let site = Site::unwatched(false);
    for name in ["index", "section", "page", "404"] {
        site.put(&format!("templates/{name}.html"), "-");
    }
    let settings = "base_url = \"https://a.example\"\ntitle = \"Situs\"\n";
    site.put("silabus.toml", settings);
    let mut child = Command::new(env!("CARGO_BIN_EXE_silabus"))
        .args(["serve", "--port", "0", "--root"])
        .arg(site.root())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map(Running)
        .unwrap();
    let mut said = BufReader::new(child.0.stdout.take().unwrap()).lines();
    let address = loop {
        let line = said.next().unwrap().unwrap();
        if let Some(address) = line.trim().strip_prefix("http://") {
            break address.trim_end_matches('/').to_owned();
        }
    };
    let begun = Instant::now();
    for number in 0..10_000_u64 {
        site.put(&format!("static/f{}/{number}.txt", number % 50), "isi");
        let ahead = Duration::from_micros(400 * number).checked_sub(begun.elapsed());
        thread::sleep(ahead.unwrap_or_default());
    }
    let answer = (0..600).find_map(|_| {
        thread::sleep(Duration::from_millis(100));
        let answer = ask(&address, "/f49/9999.txt");
        answer.starts_with("HTTP/1.1 200").then_some(answer)
    });
    assert!(answer.is_some(), "the last file is not served");
    ask(&address, "/_silabus/sync");
    drop(child);
    let builds: Vec<String> = said
        .map_while(Result::ok)
        .filter(|line| line.contains(" changed in "))
        .collect();
    assert!((1..=3).contains(&builds.len()), "{builds:#?}");
    let in_between = |line: &String| line.starts_with("second look");
    assert!(!builds.iter().any(in_between), "{builds:#?}");
}

/// A process that ends with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn ask(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Folders come faster than they can be watched: none of their files is lost, then or later.
fn folders_in_haste(site: &Site) {
    let file = |number: u32| format!("content/{}/{}/{number}/x.md", number % 7, number % 31);
    let written: Vec<String> = (0..300).map(file).collect();
    let written: Vec<&str> = written.iter().map(String::as_str).collect();
    site.told(&written, || {
        for path in &written {
            site.put(path, "isi");
        }
    });
    for path in written.iter().step_by(61) {
        site.is_watched(path);
    }
}

/// The kernel's watch of a folder goes along when it is renamed, the crate's does not.
fn renamed_in_haste(site: &Site) {
    site.put("content/kursus/dalam/c.md", "c");
    for round in 0..10 {
        site.told(&["content/kursus/b.md"], || {
            for _ in 0..round {
                site.rename("content/kursus", "content/kelas");
                site.rename("content/kelas", "content/kursus");
                thread::yield_now();
            }
            site.put("content/kursus/b.md", &round.to_string());
            site.rename("content/kursus", "content/kelas");
            site.rename("content/kelas", "content/kursus");
        });
        site.is_watched("content/kursus/b.md");
        site.is_watched("content/kursus/dalam/c.md");
    }
}

/// Whoever takes the hints is slow; nothing of what happens meanwhile is lost.
fn while_it_listens(site: &Site) {
    let (sender, hints) = mpsc::channel();
    let (go, wait) = mpsc::channel();
    let sink = move |hint: Hint| {
        let _ = sender.send(hint);
        let _ = wait.recv();
    };
    let watcher = Watcher::start(site.options(), sink).unwrap();
    let next = || hints.recv_timeout(Duration::from_secs(30)).unwrap();
    site.put("content/a.md", "satu");
    let mut told = vec![next()];
    site.put("content/x/y/c.md", "dua");
    fs::remove_file(site.path("content/a.md")).unwrap();
    told.clear();
    while !(covers(&told, "content/x/y/c.md") && covers(&told, "content/a.md")) {
        go.send(()).unwrap();
        told.push(next());
    }
    drop(go);
    watcher.stop();
}

/// The best of many, since a busy machine only makes it later.
#[test]
fn a_save_is_told_within_ten_milliseconds() {
    let site = Site::unwatched(false);
    let (sender, hints) = mpsc::channel();
    let sink = move |hint: Hint| {
        let _ = sender.send((Instant::now(), hint));
    };
    let watcher = Watcher::start(WatchOptions::new(site.root()), sink).unwrap();
    let best = (0..40).map(|number| {
        site.put("content/a.md", &number.to_string());
        let written = Instant::now();
        let (told, _) = hints.recv_timeout(Duration::from_secs(30)).unwrap();
        told.saturating_duration_since(written)
    });
    let best = best.min().unwrap();
    assert!(best <= Duration::from_millis(10), "{best:?}");
    watcher.stop();
}
