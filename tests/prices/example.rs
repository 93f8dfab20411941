//! The example site of the repository, in memory.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use silabus::base::SitePath;
use silabus::data::{self, Node, Syntax};
use silabus::world::{MemoryWorld, World};

use crate::build::Made;
use crate::{oracle, shown};

/// The site with what its files say of prices.
pub(crate) struct Site {
    pub(crate) world: Arc<dyn World + Send>,
    settings: Node,
    /// Courses by id, with their front matter.
    courses: Vec<(String, Node)>,
}

impl Site {
    /// As it lies in the repository.
    pub(crate) fn read() -> Self {
        Self::read_with(&[])
    }

    /// With more files.
    pub(crate) fn read_with(more: &[(&str, &str)]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        for folder in ["content", "data", "i18n", "static", "templates", "themes"] {
            read_below(root, folder, &mut files);
        }
        files.push((
            "silabus.toml".to_owned(),
            fs::read(root.join("silabus.toml")).unwrap(),
        ));
        let more = more.iter();
        files.extend(more.map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
        let mut courses = Vec::new();
        let mut world = MemoryWorld::new();
        let mut settings = None;
        for (path, bytes) in files {
            let text = String::from_utf8_lossy(&bytes);
            let stem = path
                .strip_prefix("content/kursus/")
                .and_then(|name| name.strip_suffix(".md"));
            if let Some(stem) = stem.filter(|stem| !stem.starts_with('_') && !stem.contains('.')) {
                courses.push((stem.to_owned(), front(&text)));
            }
            if path == "silabus.toml" {
                settings = Some(parsed(&text, Syntax::Toml));
            }
            world.insert(SitePath::new(&path).unwrap(), bytes.clone());
        }
        let prices = prices_of(&courses);
        world.insert(SitePath::new(PRICES).unwrap(), prices.into_bytes());
        assert!(courses.len() > 5, "{} courses", courses.len());
        Self {
            world: Arc::new(world),
            settings: settings.unwrap(),
            courses,
        }
    }

    /// Holds all pages and lists against the oracle; gives how many things it looked at.
    pub(crate) fn check(&self, made: &Made, now: Timestamp) -> usize {
        let mut checked = 0;
        for (id, course) in &self.courses {
            let Some(due) = oracle::price(course, &self.settings, now) else {
                continue;
            };
            let page = shown::page(made, id);
            let seen = oracle::Due {
                now: page.now,
                was: page.was,
                label: page.label,
            };
            assert_eq!(seen, due, "{id} at {now}");
            for (place, price) in shown::everywhere(made, id) {
                assert_eq!(price, due.now, "{id} at {now} in {place}");
                checked += 1;
            }
            for (start, state, open) in oracle::batches(course, now) {
                let row = shown::batch(made, id, &start);
                assert_eq!(
                    (&*row.state, row.enrols),
                    (state, open),
                    "{id} at {now}: {start}"
                );
                checked += 1;
            }
            checked += 1;
        }
        checked
    }
}

/// An article whose beginning, which feeds show, quotes the price of each course: no entry of the
/// site does.
const PRICES: &str = "content/artikel/semua-harga.md";

fn prices_of(courses: &[(String, Node)]) -> String {
    let mut text = "---\ntitle: Semua biaya kursus\ndate: 2026-11-21\n---\n".to_owned();
    for (id, _) in courses {
        text.push_str(&format!("\\[{id}: {{{{<price of=\"{id}\" />}}}}\\]\n"));
    }
    text.push_str("\n<!-- more -->\n\nItu semuanya.\n");
    text
}

fn read_below(root: &Path, folder: &str, files: &mut Vec<(String, Vec<u8>)>) {
    let Ok(entries) = fs::read_dir(root.join(folder)) else {
        return;
    };
    for entry in entries {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            read_below(root, &path, files);
        } else {
            files.push((path, fs::read(entry.path()).unwrap()));
        }
    }
}

/// The tree of a file's front matter.
fn front(text: &str) -> Node {
    let (mark, syntax) = match text.starts_with("---") {
        true => ("---", Syntax::Yaml),
        false => ("+++", Syntax::Toml),
    };
    let inner = text.split(mark).nth(1).unwrap();
    parsed(inner, syntax)
}

fn parsed(text: &str, syntax: Syntax) -> Node {
    let path = SitePath::new("x").unwrap();
    let read = data::parse(&path, text, syntax, 0..text.len());
    assert_eq!(read.diagnostics, []);
    read.value
}
