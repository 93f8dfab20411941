//! Each kind of change, and what is said of the files that it made again.

use std::sync::Arc;

use crate::base::SitePath;
use crate::diag::Diagnostic;
use crate::engine::{Audience, Build, BuildOptions, Engine, Look};
use crate::world::{MemoryWorld, World};

const SETTINGS: &str = "base_url = \"https://a.example\"\ntitle = \"Situs\"\n\
                        [currency]\ncode = \"IDR\"\n";
const COURSE: &str =
    "---\nkind: course\ntitle: Python\ndescription: Dasar\nprice: 2425000\n---\nIsi.\n";
const QUOTE: &str = "{% set course = get_page(kind=\"course\", id=\"python\") %}\
                     {{ page.title }}: {{ course.title }} {{ course.course.price.display }}";

struct Desk {
    files: MemoryWorld,
    engine: Engine,
}

impl Desk {
    fn new() -> Self {
        let mut desk = Self {
            files: MemoryWorld::new(),
            engine: Engine::new(),
        };
        desk.save(&[
            ("silabus.toml", SETTINGS),
            ("templates/base.html", "{% block a %}{% endblock %}"),
            ("templates/index.html", "{{ section.title }}"),
            (
                "templates/section.html",
                "{% for page in section.pages %}{{ page.title }}{% endfor %}",
            ),
            ("templates/page.html", QUOTE),
            (
                "templates/course.html",
                "{% extends \"base.html\" %}{% block a %}{{ page.content }}{% endblock %}",
            ),
            ("content/_index.md", ""),
            ("content/kursus/_index.md", ""),
            ("content/kursus/python.md", COURSE),
            ("content/tentang.md", "---\ntitle: Tentang\n---\n"),
        ]);
        desk
    }

    fn save(&mut self, files: &[(&str, &str)]) -> Build {
        for (name, text) in files {
            self.files.insert(SitePath::new(name).unwrap(), *text);
        }
        let world: Arc<dyn World + Send> = Arc::new(self.files.clone());
        let options = BuildOptions::at("2026-11-22T08:00:00Z".parse().unwrap());
        let mut audience = Audience {
            first: &[],
            tell: &|_| {},
            show: &mut |_, _| {},
        };
        let look = Look::Everywhere;
        let build = self.engine.refresh(&world, &options, &look, &mut audience);
        let errors = build.diagnostics.iter().filter(|said| said.is_error());
        let errors: Vec<&Diagnostic> = errors.collect();
        assert!(errors.is_empty(), "{errors:?}");
        build
    }
}

const PAGE: &str = "kursus/python/index.html";

fn why(build: &Build, path: &str) -> String {
    build.why(path).unwrap_or_else(|| "reused".to_owned())
}

#[test]
fn fields_are_told_with_both_values_to_whoever_shows_them() {
    let mut desk = Desk::new();
    let dearer = COURSE.replace("2425000", "2500000");
    let build = desk.save(&[("content/kursus/python.md", &dearer)]);
    let price = "price was IDR 2425000, is IDR 2500000";
    assert!(
        why(&build, PAGE).starts_with(price),
        "{}",
        why(&build, PAGE)
    );
    let quoting = why(&build, "tentang/index.html");
    let expected = format!(
        "get_page(kind=\"course\", id=\"python\") shows other things: \
         content/kursus/python.md: {price}"
    );
    assert!(quoting.starts_with(&expected), "{quoting}");
    let list = why(&build, "kursus/index.html");
    assert!(
        list.starts_with(&format!("content/kursus/python.md: {price}")),
        "{list}"
    );
}

#[test]
fn texts_templates_and_settings_are_told_apart() {
    let mut desk = Desk::new();
    let body = COURSE.replace("Isi.", "Isi lain.");
    let build = desk.save(&[("content/kursus/python.md", &body)]);
    assert_eq!(why(&build, PAGE), "its text changed");
    assert_eq!(why(&build, "tentang/index.html"), "reused");

    let build = desk.save(&[("templates/base.html", "{% block a %}{% endblock %}.")]);
    assert_eq!(why(&build, PAGE), "its templates changed: base.html");
    assert_eq!(why(&build, "tentang/index.html"), "reused");

    let build = desk.save(&[("silabus.toml", &SETTINGS.replace("Situs", "Lain"))]);
    let settings = "the settings, the menus or the theme's settings changed";
    assert_eq!(why(&build, PAGE), settings);
}

#[test]
fn feeds_styles_and_copies_tell_what_they_read() {
    let mut desk = Desk::new();
    let build = desk.save(&[
        (
            "silabus.toml",
            &format!("generate_feeds = true\n{SETTINGS}"),
        ),
        (
            "templates/atom.xml",
            "{% for page in pages %}{{ page.title }}{% endfor %}",
        ),
        ("content/baru.md", "---\ndate: 2026-11-20\n---\n"),
        (
            "sass/gaya.scss",
            "@use \"warna\";\na { color: warna.$merah }",
        ),
        ("sass/_warna.scss", "$merah: #a00;"),
        ("static/a.css", "a{}"),
    ]);
    let read = |path: &str| {
        let files = build.read(path);
        files.iter().map(SitePath::to_string).collect::<Vec<_>>()
    };
    assert_eq!(read("atom.xml"), ["content/baru.md"]);
    assert_eq!(read("gaya.css"), ["sass/gaya.scss", "sass/_warna.scss"]);
    assert_eq!(read("a.css"), ["static/a.css"]);
    assert_eq!(read(PAGE), [""; 0]);
}

#[test]
fn lists_tell_who_came() {
    let mut desk = Desk::new();
    let build = desk.save(&[(
        "content/kursus/rust.md",
        "---\nkind: course\ntitle: Rust\ndescription: Dasar\nprice: 1\n---\n",
    )]);
    assert_eq!(why(&build, "kursus/rust/index.html"), "it is new");
    assert_eq!(
        why(&build, "kursus/index.html"),
        "content/kursus/rust.md came"
    );
}
