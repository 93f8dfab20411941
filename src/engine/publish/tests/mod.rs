//! Publishing on real folders.

mod crash;
mod foreign;
mod kill;
mod plain;
mod random;
mod refused;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::fd::BorrowedFd;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use super::*;

/// A project folder with a content folder, and `public` to be published to.
struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        Self { folder }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn target(&self) -> Target {
        target(self.folder.path())
    }

    /// Publishes a site, all folders left as a process that ends well leaves them.
    fn publish(&self, site: &[(&str, &str)]) -> Report {
        try_publish(&self.target(), exchange::kernel, site).unwrap()
    }

    fn publish_by_file(&self, site: &[(&str, &str)]) -> Report {
        try_publish(&self.target(), never, site).unwrap()
    }

    fn refusal(&self, site: &[(&str, &str)]) -> PublishError {
        try_publish(&self.target(), exchange::kernel, site).unwrap_err()
    }

    /// All files of the output folder but the manifest.
    fn public(&self) -> BTreeMap<String, String> {
        let mut files = tree(&self.path("public"));
        files.remove(manifest::NAME);
        files
    }

    #[track_caller]
    fn assert_public(&self, expected: &[(&str, &str)]) {
        let own = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        assert_eq!(self.public(), expected.iter().map(own).collect());
    }

    /// The names of the publisher's own files beside the output folder.
    fn beside(&self) -> Vec<String> {
        let mut names = names(self.folder.path());
        names.retain(|name| name.starts_with(".public"));
        names
    }
}

/// What `Published` says.
#[derive(Debug, PartialEq)]
struct Report {
    written: usize,
    unchanged: usize,
    removed: usize,
    atomic: bool,
    note: Option<String>,
}

fn target(root: &Path) -> Target {
    Target {
        output: "public".into(),
        project_root: root.to_owned(),
        inputs: vec!["content".into(), "themes".into()],
        ..Target::default()
    }
}

fn try_publish(
    target: &Target,
    exchange: Exchange,
    site: &[(&str, &str)],
) -> Result<Report, PublishError> {
    let publisher = open_with(target, exchange)?;
    write_all(&publisher, site)?;
    let published = publisher.commit(phase)?;
    published.old.remove()?;
    Ok(Report {
        written: published.written,
        unchanged: published.unchanged,
        removed: published.removed,
        atomic: published.atomic,
        note: published.note,
    })
}

fn write_all(publisher: &Publisher, site: &[(&str, &str)]) -> Result<(), PublishError> {
    site.iter()
        .try_for_each(|(path, text)| publisher.write(path, text.as_bytes()))
}

fn phase(path: &str) -> Phase {
    match path.rsplit('.').next() {
        Some("html") => Phase::Page,
        Some("xml") => Phase::Feed,
        _ => Phase::Asset,
    }
}

/// A file system that knows no exchange.
fn never(_: BorrowedFd<'_>, _: &OsStr, _: &OsStr) -> rustix::io::Result<()> {
    Err(Errno::INVAL)
}

fn tree(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            if path.is_symlink() {
                files.insert(name, "a symlink".to_owned());
            } else if path.is_dir() {
                if names(&path).is_empty() {
                    files.insert(name + "/", String::new());
                }
                folders.push(path);
            } else {
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
    let mut names: Vec<_> = entries
        .map(|entry| name(entry).into_string().unwrap())
        .collect();
    names.sort();
    names
}
