//! `silabus check` on the example site: silent at every instant, and loud where a theme is wrong.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read files"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up shall fail"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use silabus::base::SitePath;
use silabus::check::{Checker, Found};
use silabus::config::Config;
use silabus::diag::Diagnostic;
use silabus::engine::{BuildOptions, Engine, Outlet};
use silabus::output::{Artifact, Target};
use silabus::world::{MemoryWorld, World};

type Files = BTreeMap<String, Vec<u8>>;

fn example() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Files::new();
    files.insert(
        "silabus.toml".to_owned(),
        fs::read(root.join("silabus.toml")).unwrap(),
    );
    for folder in ["content", "data", "i18n", "static", "templates", "themes"] {
        for entry in walkdir::WalkDir::new(root.join(folder))
            .into_iter()
            .flatten()
        {
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(root).unwrap();
                files.insert(
                    path.to_string_lossy().into_owned(),
                    fs::read(entry.path()).unwrap(),
                );
            }
        }
    }
    files
}

/// Replaces a text, which must be there.
fn replace(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    files.insert(path.to_owned(), text.replace(from, to).into_bytes());
}

fn check(files: &Files, now: &str) -> Found {
    check_with(files, now, ("", "", ""))
}

/// The checker, told another text of one file than was made: the program writes some files
/// itself, so that no theme can make them wrong.
struct Tampered<'a> {
    checker: &'a Checker<'a>,
    path: &'a str,
    from: &'a str,
    to: &'a str,
}

impl Outlet for Tampered<'_> {
    fn open(&self, config: &Config) -> Result<(), Box<Diagnostic>> {
        self.checker.open(config)
    }

    fn draws(&self) -> bool {
        false
    }

    fn put(&self, target: &Target, artifact: &Artifact) -> Result<(), Box<Diagnostic>> {
        if *target.path != *self.path {
            return self.checker.put(target, artifact);
        }
        let text = std::str::from_utf8(&artifact.bytes).unwrap();
        assert!(text.contains(self.from), "{text}");
        let tampered = Artifact {
            bytes: text.replacen(self.from, self.to, 1).into_bytes().into(),
            trace: artifact.trace.clone(),
        };
        self.checker.put(target, &tampered)
    }
}

fn check_with(files: &Files, now: &str, (path, from, to): (&str, &str, &str)) -> Found {
    let mut world = MemoryWorld::new();
    for (path, bytes) in files {
        world.insert(SitePath::new(path).unwrap(), bytes.clone());
    }
    let world: Arc<dyn World + Send> = Arc::new(world);
    let checker = Checker::new(&*world);
    let outlet = Tampered {
        checker: &checker,
        path,
        from,
        to,
    };
    let options = BuildOptions::at(now.parse().unwrap());
    let build = Engine::forgetful().build_shown(&world, &options, &outlet, &mut |gathered, _| {
        gathered.iter().for_each(|gathered| checker.show(gathered));
    });
    let errors: Vec<_> = build
        .diagnostics
        .iter()
        .filter(|found| found.is_error())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    let mut found = checker.end();
    found
        .diagnostics
        .sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    found
}

const NOW: &str = "2026-11-22T08:00:00+07:00";

#[test]
fn nothing_is_wrong_with_the_example_site() {
    let files = example();
    // The instants of tests/prices.
    for now in [
        "2026-11-22T08:00:00+07:00",
        "2026-12-01T00:00:00+07:00",
        "2026-12-20T23:59:59+07:00",
        "2026-12-20T17:00:00Z",
        "2026-12-06T00:00:00+07:00",
        "2026-12-08T19:00:00+07:00",
        "2027-01-10T11:59:59+07:00",
        "2027-01-10T12:00:00+07:00",
        "2027-02-01T00:00:00+07:00",
        "2027-05-01T00:00:00+07:00",
    ] {
        let found = check(&files, now);
        assert_eq!(found.diagnostics, [], "at {now}");
    }
}

/// Where the diagnostics of a code stand, file by file.
fn places(found: &Found, code: &str) -> Vec<String> {
    let all = found.diagnostics.iter().filter(|one| one.code == code);
    all.map(|one| one.labels[0].path.to_string()).collect()
}

fn about<'a>(found: &'a Found, code: &str, path: &str) -> &'a Diagnostic {
    let mut all = found.diagnostics.iter();
    all.find(|one| one.code == code && one.labels[0].path.as_str() == path)
        .unwrap_or_else(|| panic!("no {code} in {path}: {:?}", found.diagnostics))
}

/// The text that a label underlines, in the file that was made.
fn underlined(found: &Found, one: &Diagnostic) -> String {
    let label = &one.labels[0];
    let span = label.span.unwrap();
    found.texts[&label.path][span.start as usize..span.end as usize].to_owned()
}

const PRICE: &str = "themes/akademi/templates/components/price.html";
const PAGE: &str = "public/kursus/basic-python/index.html";

#[test]
fn a_price_that_a_template_hard_codes_is_found_on_pages_and_cards() {
    let mut files = example();
    let amount = "<strong class=\"price-now\">{{ price.display }}</strong>";
    replace(
        &mut files,
        PRICE,
        amount,
        "<strong class=\"price-now\">Rp9.999.000</strong>",
    );
    let found = check(&files, NOW);
    let one = about(&found, "price-shown", PAGE);
    assert!(one.is_error());
    assert_eq!(underlined(&found, one), "Rp9.999.000");
    assert_eq!(one.labels[0].text, "made by the template course.html");
    assert_eq!(
        one.labels[1].path.as_str(),
        "content/kursus/basic-python.md"
    );
    let lists = places(&found, "price-shown");
    for path in ["public/kursus/index.html", "public/index.html"] {
        assert!(lists.iter().any(|place| place == path), "{lists:?}");
    }
}

#[test]
fn the_normal_price_during_a_promo_is_found() {
    let mut files = example();
    replace(
        &mut files,
        PRICE,
        "<strong class=\"price-now\">{{ price.display }}</strong>",
        "<strong class=\"price-now\">{{ price.list_display or price.display }}</strong>",
    );
    let found = check(&files, "2026-12-01T00:00:00+07:00");
    let one = about(
        &found,
        "price-shown",
        "public/kursus/basic-reactjs/index.html",
    );
    assert_eq!(underlined(&found, one), "Rp3.800.000");
    // Where no promo runs, both prices are one.
    let other = SitePath::new("content/kursus/basic-python.md").unwrap();
    let about_other = |one: &&Diagnostic| one.labels[1].path == other;
    assert_eq!(found.diagnostics.iter().find(about_other), None);
}

#[test]
fn a_price_that_a_template_miscomputes_is_found() {
    let mut files = example();
    replace(
        &mut files,
        PRICE,
        "<strong class=\"price-now\">{{ price.display }}</strong>",
        "<strong class=\"price-now\">{{ price.display }}.000</strong>",
    );
    let found = check(&files, NOW);
    assert!(
        places(&found, "price-shown")
            .iter()
            .any(|path| path == PAGE),
        "{:?}",
        found.diagnostics
    );
}

#[test]
fn a_price_written_into_one_page_of_a_theme_is_found_beside_the_right_one() {
    let mut files = example();
    replace(
        &mut files,
        "themes/akademi/templates/course.html",
        "{{<course_facts course />}}",
        "{{<course_facts course />}}<p>Hanya <b>Rp</b>2.400.000!</p>",
    );
    let found = check(&files, NOW);
    let one = about(&found, "price-shown", PAGE);
    assert!(
        one.message.starts_with("\"Rp2.400.000\" stands for"),
        "{}",
        one.message
    );
}

#[test]
fn a_page_without_its_graph_or_with_another_one_is_found() {
    let mut files = example();
    let base = "themes/akademi/templates/base.html";
    replace(&mut files, base, "{{ json_ld() }}", "");
    let found = check(&files, NOW);
    let one = about(&found, "json-ld-missing", PAGE);
    assert!(!one.is_error());
    assert_eq!(
        one.labels[1].path.as_str(),
        "content/kursus/basic-python.md"
    );

    let own = "<script type=\"application/ld+json\">{\"@type\": \"Course\",\n\"offers\": {\"@type\": \"Offer\", \"price\": 1, \"priceCurrency\": \"IDR\"}}</script>";
    let mut files = example();
    replace(&mut files, base, "{{ json_ld() }}", own);
    let found = check(&files, NOW);
    let one = about(&found, "price-json-ld", PAGE);
    assert!(one.is_error());
    assert_eq!(underlined(&found, one), "1");
}

#[test]
fn a_page_that_shows_no_price_is_told() {
    let mut files = example();
    replace(&mut files, PRICE, "{{ price.display }}", "");
    replace(&mut files, PRICE, "{{ price.list_display }}", "");
    let found = check(&files, NOW);
    assert!(!places(&found, "price-not-shown").is_empty());
}

const FEED: &str = r#"{ "language": "id", "items": [{% for page in pages %}
{ "url": {{ page.permalink | json_encode | safe }}, "content_text": "Mulai 8,8 juta" }{% if not loop.last %},{% endif %}
{%- endfor %}] }"#;

#[test]
fn wrong_prices_in_feeds_are_found() {
    let mut files = example();
    let course = "content/kursus/basic-python.md";
    let text = String::from_utf8(files[course].clone()).unwrap();
    let dated = text.replacen("---\n", "---\ndate: 2026-11-01\n", 1);
    files.insert(course.to_owned(), dated.into_bytes());
    files.insert("templates/feed.json".to_owned(), FEED.into());
    let settings = String::from_utf8_lossy(&files["silabus.toml"]).into_owned();
    assert!(settings.contains("json_feed = true"), "{settings}");
    files.insert(
        "templates/atom.xml".to_owned(),
        b"<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"id\">\n{% for page in pages %}<entry>\n\
          <link href=\"{{ page.permalink }}\"/>\n<summary type=\"html\">&lt;b>Rp9.999.000&lt;/b></summary></entry>\n{% endfor %}</feed>\n"
            .to_vec(),
    );
    let found = check(&files, NOW);
    assert!(
        !places(&found, "price-feed").is_empty(),
        "{:?}",
        found.diagnostics
    );
}

#[test]
fn wrong_prices_in_files_that_the_program_writes_are_found() {
    let cases = [
        (
            "price-twin",
            "kursus/basic-python/index.html.md",
            "**Rp2.425.000**",
            "**Rp2.452.000**",
        ),
        (
            "price-export",
            "courses.json",
            "\"amount\": 2425000",
            "\"amount\": 2452000",
        ),
    ];
    for (code, path, from, to) in cases {
        let found = check_with(&example(), NOW, (path, from, to));
        let one = about(&found, code, &format!("public/{path}"));
        assert!(one.is_error());
        assert!(to.contains(&underlined(&found, one)), "{one:?}");
        assert_eq!(
            one.labels[1].path.as_str(),
            "content/kursus/basic-python.md"
        );
        assert_eq!(found.diagnostics.len(), 1, "{:?}", found.diagnostics);
    }
}

/// A site of a few files in the example's theme.
fn site(content: &[(&str, &str)]) -> Files {
    let mut files = example();
    files.retain(|path, _| path.starts_with("themes/"));
    let settings = "base_url = \"https://akademi.example\"\ntitle = \"Akademi\"\ntheme = \"akademi\"\n\
                    default_language = \"id\"\ntimezone = \"Asia/Jakarta\"\n[currency]\ncode = \"IDR\"\n[contact]\nwhatsapp = \"0812-0000-0000\"\n";
    files.insert("silabus.toml".to_owned(), settings.into());
    for (path, text) in content {
        files.insert(format!("content/{path}"), (*text).into());
    }
    files
}

const SHORT: &str = "Dua kalimat tentang ini. Isinya ringkas.";

fn basic() -> (&'static str, &'static str) {
    let text = "---\ntitle: Dasar Python\nprice: 1500000\n---\nIsi kursus ini banyak sekali.\n";
    ("courses/dasar-python.md", text)
}

#[test]
fn a_page_that_leads_to_one_course_is_no_card_of_it() {
    let cases = [
        // The offer of a course that another one replaced leads to that one.
        (
            "courses/lama.md",
            "title: Python Lama\nprice: 1000000\nstatus: archived\nreplaced_by: dasar-python",
        ),
        (
            "careers/backend.md",
            "title: Backend\npath:\n  - {stage: Mulai, courses: [dasar-python]}\nsalary:\n  \
             - {region: Indonesia, currency: IDR, unit: month, min: 2000000, max: 3000000, source: x, as_of: 2025-01-01}",
        ),
        (
            "courses/lanjut.md",
            "title: Python Lanjut\nprice: 1000000\nlist_price: 1250000\nprerequisites: {courses: [dasar-python]}",
        ),
        (
            "courses/lanjut.md",
            "title: Python Lanjut\nprice: 1000000\npromos: [{price: 900000, until: 2026-12-31}]\n\
             prerequisites: {courses: [dasar-python]}",
        ),
        (
            "courses/lanjut.md",
            "title: Python Lanjut\nprice: 1000000\nvariants: [{id: a, name: Malam, price: 1300000}]\n\
             prerequisites: {courses: [dasar-python]}",
        ),
        (
            "courses/lanjut.md",
            "title: Python Lanjut\nprice: 1000000\ninstallment: {count: 2, amount: 550000}\n\
             prerequisites: {courses: [dasar-python]}",
        ),
    ];
    for (path, front) in cases {
        for length in [1, 40] {
            let text = format!("---\n{front}\n---\n{}\n", SHORT.repeat(length));
            let found = check(&site(&[basic(), (path, &text)]), NOW);
            assert_eq!(found.diagnostics, [], "{front}");
        }
    }
}

#[test]
fn a_wrong_price_is_found_beside_a_link_to_another_course() {
    let mut files = example();
    replace(
        &mut files,
        "themes/akademi/templates/course.html",
        "{{<price_block course />}}",
        "{% set other = get_page(kind=\"course\", id=\"basic-reactjs\") %}<p>Rp1.111.000</p><a href=\"{{ other.permalink }}\">Lain</a>",
    );
    let found = check(&files, NOW);
    let one = about(&found, "price-shown", PAGE);
    assert!(one.is_error());
}

#[test]
fn the_amount_itself_is_underlined_not_one_like_it_before() {
    let mut files = example();
    replace(
        &mut files,
        PRICE,
        "<strong class=\"price-now\">{{ price.display }}</strong>",
        "<!-- <i> --><data value='Rp9.999.000 >' title=\"Rp9.999.000\"><script>\"Rp9.999.000\"</script>a &amp; b Rp9.999.000</data>",
    );
    let found = check(&files, NOW);
    let one = about(&found, "price-shown", PAGE);
    let (label, text) = (&one.labels[0], &found.texts[&one.labels[0].path]);
    let start = label.span.unwrap().start as usize;
    assert!(
        text[start..].starts_with("Rp9.999.000</data>"),
        "{}",
        &text[start..start + 30]
    );
}

#[test]
fn a_course_that_is_sold_says_how_to_enrol() {
    let mut files = site(&[basic()]);
    assert_eq!(check(&files, NOW).diagnostics, []);
    replace(
        &mut files,
        "silabus.toml",
        "whatsapp = \"0812-0000-0000\"",
        "",
    );
    let found = check(&files, NOW);
    let one = about(&found, "enrol-missing", "content/courses/dasar-python.md");
    assert!(!one.is_error());
    let course = "content/courses/dasar-python.md";
    for more in [
        "enrol: {target: 0812-3456-7890}",
        "status: archived",
        "status: closed",
    ] {
        let mut files = files.clone();
        replace(
            &mut files,
            course,
            "price: 1500000",
            &format!("price: 1500000\n{more}"),
        );
        assert_eq!(
            places(&check(&files, NOW), "enrol-missing").len(),
            0,
            "{more}"
        );
    }
}
