//! What the preview shows while something is wrong, and what it tells of once that is mended.

mod files;

use std::sync::{Arc, RwLock};

use super::*;
use crate::diag::Severity;
use crate::engine::{Audience, Build, BuildOptions, Engine, Look};
use crate::world::{Listing, MemoryWorld, ReadError, ReadFault};

const SETTINGS: &str = "base_url = \"https://a.example\"\ntitle = \"Situs\"\n\
                        taxonomies = [{ name = \"tags\" }]\n";

/// Lists titles and descriptions.
const LIST: &str = "{% for page in section.pages %}{{ page.title }}: {{ page.description }}\n\
                    {% endfor %}";

const GOOD: &str = "---\ntitle: A\ndescription: Baik\ndate: 2026-11-20\ntags: [x]\n---\nIsi A.\n";

/// Its date cannot be read; its description is another one already.
const BROKEN: &str = "---\ntitle: A\ndescription: Setengah\ndate: kemarin\ntags: [x]\n---\nIsi.\n";

/// Files that change under whoever reads them, as on a disk.
#[derive(Clone, Default)]
struct Disk(Arc<RwLock<MemoryWorld>>, Arc<RwLock<Option<SitePath>>>);

impl Disk {
    /// What nobody may look into, if a path lies there.
    fn shut(&self, path: &SitePath) -> Option<ReadError> {
        let shut = self.1.read().unwrap().clone();
        let shut = shut.filter(|shut| path.below(shut.as_str()).is_some());
        let reason = ReadFault::Forbidden;
        shut.map(|path| ReadError { path, reason })
    }
}

impl World for Disk {
    fn walk(&self, folder: &SitePath) -> Listing {
        let mut listing = self.0.read().unwrap().walk(folder);
        let hidden = listing.files.iter().find_map(|path| self.shut(path));
        listing.files.retain(|path| self.shut(path).is_none());
        listing.problems.extend(hidden);
        listing
    }

    fn read(&self, path: &SitePath, limit: u64) -> Result<Vec<u8>, ReadError> {
        match self.shut(path) {
            Some(error) => Err(error),
            None => self.0.read().unwrap().read(path, limit),
        }
    }
}

/// Someone who writes, with the preview beside.
struct Desk {
    files: Disk,
    engine: Engine,
    state: Option<Arc<State>>,
    good: Option<Arc<State>>,
    last: Build,
}

fn path(path: &str) -> SitePath {
    SitePath::new(path).unwrap()
}

impl Desk {
    /// A small site, shown.
    fn new(files: &[(&str, &str)]) -> Self {
        let mut desk = Self {
            files: Disk::default(),
            engine: Engine::new(),
            state: None,
            good: None,
            last: Build::default(),
        };
        let site = [
            ("silabus.toml", SETTINGS),
            ("templates/index.html", LIST),
            ("templates/section.html", LIST),
            (
                "templates/page.html",
                "<h1>{{ page.title }}</h1>{{ page.content }}",
            ),
            ("templates/tags/single.html", "{{ term.pages | length }}"),
            ("content/_index.md", ""),
            (
                "content/b.md",
                "---\ntitle: B\ndate: 2026-11-19\n---\n[A](@/a.md)\n",
            ),
        ];
        desk.save(&[&site, files].concat());
        desk
    }

    /// Saves some files; what changed for browsers.
    fn save(&mut self, files: &[(&str, &str)]) -> Vec<String> {
        for (name, text) in files {
            self.files.0.write().unwrap().insert(path(name), *text);
        }
        let world: Arc<dyn World + Send> = Arc::new(self.files.clone());
        let options = BuildOptions {
            unknown_keys: Severity::Warning,
            stand_in: true,
            ..BuildOptions::at("2026-11-22T08:00:00Z".parse().unwrap())
        };
        let (before, good) = (self.state.clone(), self.good.clone());
        let mut shown = None;
        let mut show = |gathered: Option<&Arc<Gathered>>, said: &[Diagnostic]| {
            let said = problems(said, &*world, false);
            shown = Some(State::new(gathered, before.as_deref(), good.clone(), said));
        };
        let mut audience = Audience {
            first: &[],
            tell: &|_| {},
            show: &mut show,
        };
        let look = Look::Everywhere;
        self.last = self.engine.refresh(&world, &options, &look, &mut audience);
        let said = problems(&self.last.diagnostics, &*world, false);
        let state = Arc::new(shown.unwrap().with_problems(said));

        if !self.last.failed() {
            self.good = Some(Arc::new(state.as_good()));
        }
        self.state = Some(state);
        self.last
            .changed
            .iter()
            .map(|path| path.to_string())
            .collect()
    }

    fn state(&self) -> &State {
        self.state.as_deref().unwrap()
    }

    /// What stands at a path; in words where it is no file.
    fn shows(&self, path: &str) -> String {
        match self.state().file(path) {
            Served::File(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
            Served::Broken(source) => format!("broken: {}", source.as_deref().unwrap_or("?")),
            Served::Missing => "missing".to_owned(),
        }
    }
}

const NONE: [&str; 0] = [];

const LISTED: &str = "A: Baik\nB: A\n";

#[test]
fn a_page_that_breaks_stays_in_lists_as_it_was() {
    let mut desk = Desk::new(&[("content/a.md", GOOD)]);
    assert_eq!(desk.shows("index.html"), LISTED);
    let page = desk.shows("a/index.html");
    // Nothing changes for anybody, and nothing does when it is mended.
    assert_eq!(desk.save(&[("content/a.md", BROKEN)]), NONE);
    assert!(desk.last.failed());
    assert_eq!(desk.state().problems()[0].file, "content/a.md");
    assert_eq!(desk.shows("index.html"), LISTED);
    assert_eq!(desk.shows("a/index.html"), page);
    // Not even when others are written meanwhile, which show.
    let other = "---\ntitle: C\ndate: 2026-11-18\n---\n";
    desk.save(&[("content/c.md", other)]);
    assert_eq!(desk.shows("index.html"), format!("{LISTED}C: \n"));
    assert_eq!(desk.shows("a/index.html"), page);
    assert_eq!(desk.save(&[("content/a.md", GOOD)]), NONE);
    assert!(!desk.last.failed());
    assert_eq!(desk.shows("a/index.html"), page);
}

#[test]
fn what_is_mended_otherwise_shows() {
    let mut desk = Desk::new(&[("content/a.md", GOOD)]);
    desk.save(&[("content/a.md", BROKEN)]);
    desk.save(&[("content/a.md", &GOOD.replace("Baik", "Lebih"))]);
    assert_eq!(desk.shows("index.html"), "A: Lebih\nB: A\n");
}

#[test]
fn a_section_that_breaks_stays_as_it_was() {
    let section = "---\ntitle: Kelas\n---\n";
    let title = ("templates/section.html", "{{ section.title }}");
    let mut desk = Desk::new(&[("content/kelas/_index.md", section), title]);
    assert_eq!(desk.shows("kelas/index.html"), "Kelas");
    let broken = "---\ntitle: Ke\nsort_by: entah\n---\n";
    assert_eq!(desk.save(&[("content/kelas/_index.md", broken)]), NONE);
    assert!(desk.last.failed());
    assert_eq!(desk.shows("kelas/index.html"), "Kelas");
}

#[test]
fn a_page_that_was_never_good_is_in_no_list() {
    let mut desk = Desk::new(&[("content/a.md", BROKEN)]);
    assert_eq!(desk.shows("index.html"), "B: A\n");
    assert_eq!(desk.shows("tags/x/index.html"), "0");
    assert_eq!(desk.shows("a/index.html"), "broken: content/a.md");
    // The link to it is no second fault.
    let codes = desk.last.diagnostics.iter().map(|found| found.code);
    assert_eq!(codes.collect::<Vec<_>>(), ["date-syntax"]);
    desk.save(&[("content/a.md", GOOD)]);
    assert_eq!(desk.shows("index.html"), LISTED);
    assert_eq!(desk.shows("tags/x/index.html"), "1");
}

#[test]
fn a_template_that_breaks_and_is_mended_reloads_nothing() {
    let mut desk = Desk::new(&[("content/a.md", GOOD)]);
    let (name, text) = (
        "templates/page.html",
        "<h1>{{ page.title }}</h1>{{ page.content }}",
    );
    let page = desk.shows("a/index.html");
    // It is read, but nothing can be made of it.
    let broken = "{{ throw(message=page.title) }}";
    assert_eq!(desk.save(&[(name, broken)]), NONE);
    assert_eq!(desk.shows("a/index.html"), page);
    let more = ("content/c.md", "---\ndate: x\n---\n");
    assert_eq!(desk.save(&[(name, broken), more]), NONE);
    assert_eq!(desk.save(&[(name, text)]), NONE);
    // It cannot even be read.
    assert_eq!(desk.save(&[(name, "{% if %}")]), NONE);
    assert_eq!(desk.save(&[(name, text)]), NONE);
    assert_eq!(desk.shows("a/index.html"), page);
}

/// What stands in for a page is of the last state without an error anywhere: a page that was
/// made since then comes to a browser as it was before.
#[test]
fn a_page_that_breaks_amidst_other_faults_is_told() {
    let mut desk = Desk::new(&[("content/a.md", GOOD)]);
    desk.save(&[("content/c.md", "---\ndate: x\n---\n")]);
    let new = GOOD.replace("Isi A.", "Isi baru.");
    assert_eq!(desk.save(&[("content/a.md", &new)]), ["a/index.html"]);
    let broken = "{% if page.title == \"A\" %}{{ throw(message=\"x\") }}{% endif %}";
    let template = "templates/page.html";
    assert!(
        desk.save(&[(template, broken)])
            .contains(&"a/index.html".to_owned())
    );
    assert!(desk.shows("a/index.html").contains("Isi A."));
    let good = "<h1>{{ page.title }}</h1>{{ page.content }}";
    assert!(
        desk.save(&[(template, good)])
            .contains(&"a/index.html".to_owned())
    );
    assert!(desk.shows("a/index.html").contains("Isi baru."));
}

#[test]
fn a_page_that_cannot_be_made_names_its_source() {
    let template = ("templates/page.html", "{{ throw(message=\"x\") }}");
    let desk = Desk::new(&[("content/a.md", GOOD), template]);
    assert_eq!(desk.shows("a/index.html"), "broken: content/a.md");
}

#[test]
fn redirects_are_no_pages_that_anybody_means() {
    let moved = GOOD.replace("tags: [x]", "aliases: [/lama/]");
    let desk = Desk::new(&[("content/a.md", &moved)]);
    assert!(desk.shows("lama/index.html").contains("/a/"));
    let pages = desk.state().pages();
    assert!(pages.iter().any(|page| &**page == "a/index.html"));
    assert!(!pages.iter().any(|page| &**page == "lama/index.html"));
}

#[test]
fn a_page_that_asks_for_the_day_is_due_at_midnight() {
    let asks = ("templates/page.html", "{{ now() }}{{ now(unit=\"year\") }}");
    let mut desk = Desk::new(&[("content/a.md", GOOD), asks]);
    let midnight = "2026-11-23T00:00:00Z".parse().ok();
    assert_eq!(desk.last.next_change, midnight);
    // It is not made again, and is due all the same.
    desk.save(&[("content/b.md", "---\ntitle: B\ndate: 2026-11-19\n---\nB\n")]);
    assert_eq!(desk.last.next_change, midnight);
    desk.save(&[("templates/page.html", "{{ now(unit=\"year\") }}")]);
    assert_eq!(desk.last.next_change, "2027-01-01T00:00:00Z".parse().ok());
    let scheduled = "---\npublish_date: 2026-11-30\n---\n";
    desk.save(&[("content/nanti.md", scheduled)]);
    assert_eq!(desk.last.next_change, "2026-11-30T00:00:00Z".parse().ok());
    desk.save(&[("templates/page.html", "-"), ("content/nanti.md", "")]);
    assert_eq!(desk.last.next_change, None);
}

/// An engine that forgets is asked for it too: a scheduler builds again then.
#[test]
fn a_build_that_keeps_nothing_knows_when_the_next_is_due() {
    let desk = Desk::new(&[("templates/page.html", "{{ now(unit=\"month\") }}")]);
    let world: Arc<dyn World + Send> = Arc::new(desk.files.clone());
    let options = BuildOptions::at("2026-11-22T08:00:00Z".parse().unwrap());
    let look = Look::Everywhere;
    let mut audience = Audience {
        first: &[],
        tell: &|_| {},
        show: &mut |_, _| {},
    };
    let mut engine = Engine::forgetful();
    let build = engine.refresh(&world, &options, &look, &mut audience);
    assert_eq!(build.next_change, "2026-12-01T00:00:00Z".parse().ok());
}

#[test]
fn a_style_that_breaks_keeps_its_look() {
    let style = |text| [("sass/gaya.scss", text)];
    let page = [("content/a.md", GOOD)];
    let mut desk = Desk::new(&[&page[..], &style("a { b { color: red } }")].concat());
    let good = desk.shows("gaya.css");
    assert!(good.contains("a b"), "{good}");
    desk.save(&style("a { color: ; } } }"));
    assert!(desk.last.failed());
    assert_eq!(desk.shows("gaya.css"), good);
    // One that never was is missing.
    assert_eq!(desk.shows("lain.css"), "missing");
    desk.save(&style("a { b { color: blue } }"));
    assert!(desk.shows("gaya.css").contains("blue"));
}

/// Pages that name the hash of a file are made with what it was.
#[test]
fn when_the_theme_is_gone_all_pages_stay() {
    let hashed = "<link integrity=\"{{ get_hash(path=\"a.css\") }}\">{{ page.title }}";
    let mut desk = Desk::new(&[
        ("content/a.md", GOOD),
        ("templates/page.html", hashed),
        ("static/a.css", "b{}"),
    ]);
    // As the second look does, which finds that nothing changed.
    desk.save(&[]);
    let page = desk.shows("a/index.html");
    assert!(
        page.contains("integrity=\"") && page.ends_with('A'),
        "{page}"
    );
    for gone in ["templates/page.html", "static/a.css"] {
        desk.files.0.write().unwrap().remove(&path(gone));
    }
    desk.save(&[]);
    assert!(desk.last.failed());
    assert_eq!(desk.shows("a/index.html"), page);
    desk.files.0.write().unwrap().remove(&path("silabus.toml"));
    desk.save(&[]);
    assert_eq!(desk.last.diagnostics[0].code, "no-site");
    assert!(desk.last.diagnostics[0].message.contains("is gone"));
    assert_eq!(desk.shows("a/index.html"), page);
}

#[test]
fn when_the_content_is_gone_all_pages_stay() {
    let mut desk = Desk::new(&[("content/a.md", GOOD)]);
    let page = desk.shows("a/index.html");
    let whole = desk.files.0.read().unwrap().clone();
    for gone in ["content/_index.md", "content/a.md", "content/b.md"] {
        desk.files.0.write().unwrap().remove(&path(gone));
    }
    desk.save(&[]);
    let mut told = desk.last.diagnostics.iter();
    assert!(told.any(|found| found.code == "content-missing"));
    assert_eq!(desk.shows("a/index.html"), page);
    *desk.files.0.write().unwrap() = whole;
    desk.save(&[]);
    assert!(!desk.last.failed());
    assert_eq!(desk.shows("a/index.html"), page);
}
