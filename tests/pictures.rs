//! Many pictures at once, and a cache of pictures that fails in every way it can: the site is the
//! same, byte for byte.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test makes its sites, builds them with the program, and looks at them"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use image::{Rgb, RgbImage};

const SETTINGS: &str = "base_url = \"https://akademi.example\"\ntitle = \"Akademi\"\n\n\
                        [images]\nresponsive = true\nwidths = [24, 16]\n";

/// A site with so many pictures, each another one.
fn site(pictures: u32) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let content = root.path().join("content");
    let templates = root.path().join("templates");
    for folder in [&content, &templates] {
        fs::create_dir_all(folder).unwrap();
    }
    for name in ["index.html", "section.html", "404.html"] {
        fs::write(templates.join(name), "-").unwrap();
    }
    fs::write(templates.join("page.html"), "{{ page.content }}").unwrap();
    fs::write(root.path().join("silabus.toml"), SETTINGS).unwrap();
    let mut text = String::from("# Galeri\n\n");
    for number in 0..pictures {
        // As a phone names what comes by WhatsApp.
        let name = format!("WhatsApp Image 2026-11-22 at 10.00.00 ({number}).jpeg");
        let [low, high] = [number % 251, number / 251].map(|part| part as u8);
        let drawn = RgbImage::from_fn(30, 20, |x, y| Rgb([low, high, (x * y) as u8]));
        drawn.save(content.join(&name)).unwrap();
        text.push_str(&format!("![Foto {number}](<{name}>)\n\n"));
    }
    fs::write(content.join("galeri.md"), text).unwrap();
    root
}

/// Builds, and gives all that was published.
fn build(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let run = Command::new(env!("CARGO_BIN_EXE_silabus"))
        .args(["build", "--now", "2026-11-22T08:00:00+07:00", "--root"])
        .arg(root)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    assert!(
        !said.contains("error") && !said.contains("warning"),
        "{said}"
    );
    let mut files = BTreeMap::new();
    read(&root.join("public"), &mut files);
    files.retain(|path, _| path.components().all(|part| part.as_os_str() != ".silabus"));
    files
}

fn read(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => read(&path, files),
            false => {
                files.insert(path.clone(), fs::read(&path).unwrap());
            }
        }
    }
}

fn pictures_of(files: &BTreeMap<PathBuf, Vec<u8>>) -> usize {
    let made = |path: &&PathBuf| path.to_string_lossy().contains("processed_images");
    files.keys().filter(made).count()
}

/// All files of the cache.
fn kept(root: &Path) -> Vec<PathBuf> {
    let mut files = BTreeMap::new();
    read(&root.join(".silabus/cache"), &mut files);
    files.into_keys().collect()
}

#[test]
fn two_thousand_pictures_at_once() {
    let root = site(2_000);
    let first = build(root.path());
    // Each as WebP in two sizes, and once as it was.
    assert_eq!(pictures_of(&first), 6_000);
    assert!(first == build(root.path()));
}

#[test]
fn a_cache_that_is_corrupt_poisons_nothing() {
    let root = site(8);
    let first = build(root.path());
    let entries = kept(root.path());
    assert!(entries.len() >= 24, "{}", entries.len());
    for (number, entry) in entries.iter().enumerate() {
        let mut bytes = fs::read(entry).unwrap();
        match number % 3 {
            0 => bytes.clear(),
            1 => bytes.truncate(bytes.len() / 2),
            _ => bytes.iter_mut().for_each(|byte| *byte ^= 0x55),
        }
        fs::write(entry, bytes).unwrap();
    }
    assert!(first == build(root.path()));
    // What was damaged is whole again.
    assert!(first == build(root.path()));
}

#[test]
fn a_cache_that_cannot_be_written_harms_nothing() {
    let root = site(4);
    let first = build(root.path());
    let cache = root.path().join(".silabus/cache");
    fs::remove_dir_all(&cache).unwrap();
    // Rights say nothing to root: a file in the place of the folder stops everybody.
    fs::write(&cache, "").unwrap();
    assert!(first == build(root.path()));
}

#[test]
fn a_cache_that_goes_away_while_it_is_used_harms_nothing() {
    let root = site(60);
    let first = build(root.path());
    let cache = root.path().join(".silabus/cache");
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                // It fails where a file comes meanwhile; the next round takes it.
                let _ = fs::remove_dir_all(&cache);
                thread::sleep(Duration::from_millis(1));
            }
        });
        for _ in 0..3 {
            let again = build(root.path());
            if again != first {
                done.store(true, Ordering::Relaxed);
                panic!("another site");
            }
        }
        done.store(true, Ordering::Relaxed);
    });
}
