//! A site that is a map, and a server that shows it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use silabus::dev::preview::{Preview, Problem, Served, Update};
use silabus::dev::server::{ServeOptions, Server};

/// A state of a site. It notes what it is asked for.
#[derive(Default)]
pub(crate) struct Site {
    files: BTreeMap<Arc<str>, Option<Arc<[u8]>>>,
    problems: Vec<Problem>,
    asked: Mutex<Vec<String>>,
}

impl Site {
    /// Some pages, a stylesheet, an image, and names that are unusual but good.
    pub(crate) fn sample() -> Self {
        Self::default()
            .put("index.html", "<body>start</body>")
            .put("404.html", "<body>own</body>")
            .put("kursus/index.html", "<body>kursus</body>")
            .put("kursus/dasar/index.html", "<body>dasar</body>")
            .put("kursus/fragmen.html", "fragmen")
            // Where `//evil.test/kursus` leads when slashes are taken too lightly.
            .put("evil.test/kursus/index.html", "<body>dalam</body>")
            .put("style.css", "a{}")
            .put("gambar/a b é.png", "\u{89}PNG</body>")
            .put(".well-known/security.txt", "hubungi")
            .broken("rusak/index.html")
    }

    pub(crate) fn put(mut self, path: &str, text: &str) -> Self {
        let bytes = text.as_bytes().into();
        self.files.insert(path.into(), Some(bytes));
        self
    }

    pub(crate) fn broken(mut self, path: &str) -> Self {
        self.files.insert(path.into(), None);
        self
    }

    pub(crate) fn problem(mut self, message: &str) -> Self {
        self.problems.push(problem(message));
        self
    }

    pub(crate) fn with_problems(mut self, problems: &[Problem]) -> Self {
        self.problems.extend_from_slice(problems);
        self
    }

    /// All paths that were looked up.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// An error in a file.
pub(crate) fn problem(message: &str) -> Problem {
    Problem {
        error: true,
        code: "front-matter".to_owned(),
        message: message.to_owned(),
        file: "content/a b.md".to_owned(),
        line: 3,
        column: 1,
        excerpt: "3 | <b>x</b>".to_owned(),
    }
}

impl Preview for Site {
    fn file(&self, path: &str) -> Served {
        self.asked.lock().unwrap().push(path.to_owned());
        match self.files.get(path) {
            Some(Some(bytes)) => Served::File(Arc::clone(bytes)),
            Some(None) => Served::Broken(Some("content/rusak.md".into())),
            None => Served::Missing,
        }
    }

    fn pages(&self) -> Vec<Arc<str>> {
        self.files.keys().cloned().collect()
    }

    fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// What to start with: any free port, so that tests run side by side.
pub(crate) fn options() -> ServeOptions {
    ServeOptions {
        port: 0,
        root: "/situs".into(),
        ..ServeOptions::default()
    }
}

/// A server that shows the sample.
pub(crate) fn server() -> (Server, Arc<Site>) {
    server_with(options())
}

pub(crate) fn server_with(options: ServeOptions) -> (Server, Arc<Site>) {
    let server = Server::start(options).unwrap();
    let site = Arc::new(Site::sample());
    server.show(Arc::clone(&site) as Arc<dyn Preview>);
    (server, site)
}

/// What changed.
pub(crate) fn changed(paths: &[&str]) -> Update {
    Update {
        changed: paths.iter().map(|path| Arc::from(*path)).collect(),
        moved: Vec::new(),
    }
}
