//! Publishing, with the real program: what an error leaves, what foreign files and folders get,
//! two builds at once.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests write files and start the program"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up shall fail"
)]

#[path = "publishing/any_host.rs"]
mod any_host;
#[path = "publishing/faults.rs"]
mod faults;
#[path = "publishing/kept.rs"]
mod kept;
mod program;

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use program::{Run, Site, has};

#[test]
fn an_error_leaves_everything_as_it_was() {
    let site = Site::new();
    site.put("content/a.md", "Lama.");
    assert_eq!(site.build().code, Some(0));
    let (names, before) = (site.names(), program::tree(&site.path("public")));
    site.put("content/a.md", "Baru.");
    site.put("content/b.md", "[x](tidak-ada.md)");
    assert_eq!(site.build().code, Some(1));
    site.put("content/b.md", "{{<tidak_ada />}}");
    assert_eq!(site.build().code, Some(1));
    assert_eq!(program::tree(&site.path("public")), before);
    assert_eq!(site.names(), names);
}

#[test]
fn what_is_gone_from_the_site_goes_from_public() {
    let site = Site::new();
    site.put("content/a.md", "a");
    site.put("content/b/c.md", "c");
    assert_eq!(site.build().code, Some(0));
    fs::remove_dir_all(site.path("content/b")).unwrap();
    let run = site.build();
    assert!(run.out.contains("1 removed"), "{run:?}");
    let tree = site.public();
    assert!(
        tree.contains_key("a/index.html") && !tree.keys().any(|path| path.starts_with("b/")),
        "{tree:?}"
    );
    assert!(!site.path("public/b").exists());
}

#[test]
fn the_second_build_writes_nothing() {
    let site = Site::new();
    site.put("content/a.md", "a");
    assert_eq!(site.build().code, Some(0));
    let seen = fs::metadata(site.path("public/a/index.html"))
        .unwrap()
        .modified()
        .unwrap();
    let run = site.build();
    assert!(run.out.contains(": 0 files written,"), "{run:?}");
    assert_eq!(
        fs::metadata(site.path("public/a/index.html"))
            .unwrap()
            .modified()
            .unwrap(),
        seen
    );
}

#[test]
fn foreign_files_and_folders_stay() {
    let site = Site::new();
    site.put("public/CNAME", "a.example");
    site.put("public/.gitignore", "*\n!.gitignore\n");
    site.put("content/a.md", "a");
    assert_eq!(site.build().code, Some(0));
    site.put("public/.git/config", "x");
    site.put("public/unduhan/buku.pdf", "x");
    site.put("content/a.md", "lain");
    let run = site.build();
    assert_eq!(run.code, Some(0), "{run:?}");
    let tree = site.public();
    for (path, text) in [
        ("CNAME", "a.example"),
        (".gitignore", "*\n!.gitignore\n"),
        (".git/config", "x"),
        ("unduhan/buku.pdf", "x"),
    ] {
        assert_eq!(
            tree.get(path).map(Vec::as_slice),
            Some(text.as_bytes()),
            "{path}"
        );
    }
    assert_eq!(tree["a/index.html"], b"A: <p>lain</p>\n");
    let whole = site.build_with(&["--require-atomic"]);
    assert_eq!(whole.code, Some(0), "nothing changed: {whole:?}");
    site.put("content/a.md", "lain lagi");
    let whole = site.build_with(&["--require-atomic"]);
    assert_ne!(whole.code, Some(0), "{whole:?}");
    assert_eq!(site.public(), tree);
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let site = Site::new();
    site.put("content/a.md", "a");
    site.put("public/index.html", "milik orang");
    site.put("public/lain.html", "milik orang");
    let before = site.public();
    let run = site.build();
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(
        run.err.starts_with("error[output-refused]: "),
        "{}",
        run.err
    );
    assert_eq!(site.public(), before);
    let run = site.build_with(&["--force"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(site.public()["lain.html"], b"milik orang");
}

#[test]
fn output_folders_that_would_harm_are_refused() {
    let site = Site::new();
    site.put("content/a.md", "a");
    let root = site.root().to_str().unwrap().to_owned();
    let inside = |path: &str| format!("{root}/{path}");
    let home = std::env::var("HOME").unwrap();
    let above = site.root().parent().unwrap().to_str().unwrap().to_owned();
    let bad = [
        "/".to_owned(),
        root.clone(),
        above,
        home,
        inside("content"),
        inside("content/public"),
        inside("templates"),
        inside("static/x"),
        inside("themes"),
        inside("silabus.toml"),
    ];
    let before = program::tree(site.root());
    for folder in &bad {
        let run = site.build_with(&["-o", folder]);
        assert_eq!(run.code, Some(1), "{folder}: {run:?}");
        assert!(
            run.err.starts_with("error[output-refused]: "),
            "{folder}: {}",
            run.err
        );
        assert_eq!(program::tree(site.root()), before, "{folder}");
    }
}

#[test]
fn two_builds_at_once() {
    if !has("strace") {
        faults::passed_over("strace is not installed");
        return;
    }
    let site = Site::new();
    site.put("content/a.md", "a");
    let slow = faults::traced(&site, &["-f"], "/^rename:delay_enter=2000000");
    let mut first = { slow }
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lock = site.path(".public.silabus-lock");
    let begun = Instant::now();
    while !lock.exists() && begun.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let second = site.build();
    assert_eq!(second.code, Some(3), "{second:?}");
    assert!(
        second.err.starts_with("error[output-locked]: "),
        "{}",
        second.err
    );
    assert!(first.wait().unwrap().success());
    assert!(site.public().contains_key("a/index.html"));
    assert!(!lock.exists());
}

#[test]
fn watching_tries_again_when_the_lock_is_let_go() {
    let site = Site::new();
    site.put("content/a.md", "a");
    // As another build holds it.
    let lock = fs::File::create(site.path(".public.silabus-lock")).unwrap();
    lock.lock().unwrap();
    let mut watch = { site.command() }
        .arg("--watch")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(watch.stderr.take().unwrap()).lines();
    let refused = told.find(|line| line.as_ref().unwrap().contains("output-locked"));
    assert!(refused.is_some());
    assert!(!site.path("public/a/index.html").exists());
    drop(lock);
    let begun = Instant::now();
    while !site.path("public/a/index.html").exists() && begun.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let published = site.path("public/a/index.html").exists();
    watch.kill().unwrap();
    watch.wait().unwrap();
    assert!(published);
}

#[test]
fn a_dead_lock_is_taken_over() {
    let site = Site::new();
    site.put("content/a.md", "a");
    site.put(".public.silabus-lock", "999999\n");
    let run = site.build();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!site.path(".public.silabus-lock").exists());
}

#[test]
fn an_output_folder_elsewhere() {
    let site = Site::new();
    site.put("content/a.md", "a");
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = site.command();
    command
        .args(["-o", "hasil/situs"])
        .current_dir(elsewhere.path());
    let run = Run::of(&mut command);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(elsewhere.path().join("hasil/situs/a/index.html").exists());
    assert!(!site.path("public").exists());
}
