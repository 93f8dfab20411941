//! One small site for each kind of question, and an edit after which only its answer is another:
//! who does not ask again, shows what is old.

use super::edit::{Edit, Op, What};
use super::engine::KINDS;
use super::files::Files;
use super::judge::Case;

/// A site on which one page asks one question.
pub(crate) struct Asked {
    /// The kind of question.
    pub(crate) kind: &'static str,
    /// The published file that must change.
    pub(crate) shown: &'static str,
    /// The site and the edit.
    pub(crate) case: Case,
}

const SEARCH: &str = "search/index.html";

/// Pages between which no context carries anything: `m` stands between `a` and `z`, so that these
/// two are no neighbours.
const SITE: &[(&str, &str)] = &[
    (
        "silabus.toml",
        "base_url = \"https://a.example\"\ntitle = \"Situs\"\ntaxonomies = [{ name = \"tags\" }]\n",
    ),
    ("templates/index.html", "beranda\n"),
    ("templates/section.html", "{{ section.title }}\n"),
    (
        "templates/page.html",
        "{{ page.title }}{{ page.content }}\n",
    ),
    (
        "content/articles/a.md",
        "---\ntitle: A\ndate: 2026-11-01\ntags: [web]\n---\n[z](z.md)\n",
    ),
    (
        "content/articles/m.md",
        "---\ntitle: M\ndate: 2026-11-02\n---\nm\n",
    ),
    (
        "content/articles/z.md",
        "---\ntitle: Z\ndate: 2026-11-03\ntags: [web]\n---\nSatu dua tiga.\n\nEmpat.\n",
    ),
    ("content/articles/_index.md", "---\ntitle: Artikel\n---\n"),
    (
        "content/courses/k.md",
        "---\ntitle: K\nprice: 1000000\nlevel: pemula\n---\n",
    ),
    (
        "content/courses/l.md",
        "---\ntitle: L\nprerequisites: {courses: [k]}\n---\n",
    ),
    (
        "content/careers/c.md",
        "---\ntitle: C\npath: [{stage: Satu, courses: [k]}]\n---\n",
    ),
    ("static/unduh.txt", "satu\n"),
    ("data/a.toml", "judul = \"satu\"\n"),
    ("i18n/id.toml", "sapa = \"Halo\"\n"),
];

const Z: &str = "content/articles/z.md";
const RELATED: &str =
    "{{ page.title }}{% for other in related() %} {{ other.title }}{% endfor %}\n";

/// At least one for each kind.
pub(crate) fn all() -> Vec<Asked> {
    let mut all = pages();
    all.extend(lists());
    all.extend(others());
    for kind in KINDS {
        assert!(
            all.iter().any(|asked| asked.kind == *kind),
            "nothing asks for {kind}"
        );
    }
    all
}

fn pages() -> Vec<Asked> {
    let title = || line(Z, "title", "Zeta");
    let body = Op::Body(Z.to_owned(), "Satu dua tiga.\n\nLima.\n".to_owned());
    let new = Op::Write(
        "content/articles/baru.md".to_owned(),
        "---\ntitle: Baru\n---\n".to_owned(),
    );
    let by_path = "{{ get_page(path=\"articles/z.md\", required=false) | json_encode }}";
    let absent = "{{ get_page(path=\"articles/baru.md\", required=false) | json_encode }}";
    let by_id = "{{ get_page(kind=\"article\", id=\"z\", required=false) | json_encode }}";
    let price =
        "{% set card = get_page(kind=\"course\", id=\"k\") %}{{ card.course.price.display }}";
    let whole =
        "{% set whole = get_page(path=\"articles/z.md\", content=true) %}{{ whole.content }}";
    vec![
        asked("Page", by_path, title()),
        asked("Page", by_path, Op::Remove(Z.to_owned())).with_no_link(),
        asked("Page", absent, new),
        asked("PageById", by_id, title()),
        asked(
            "PageById",
            price,
            line("content/courses/k.md", "price", "2000000"),
        ),
        asked("Content", whole, body),
    ]
}

fn lists() -> Vec<Asked> {
    let section = "{{ get_section(path=\"articles/_index.md\") | json_encode }}";
    let bare = "{{ get_section(path=\"articles/_index.md\", metadata_only=true) | json_encode }}";
    let taxonomy = "{{ get_taxonomy(kind=\"tags\") | json_encode }}";
    let term = "{{ get_taxonomy_term(kind=\"tags\", term=\"web\", required=false) | json_encode }}";
    let url = "{{ get_taxonomy_url(kind=\"tags\", name=\"data\", required=false) or \"-\" }}";
    let found =
        "{% for page in pages(tag=\"web\", sort_by=\"title\") %}{{ page.title }} {% endfor %}";
    let courses = "{{ courses(level=\"beginner\") | json_encode }}";
    let index = "content/articles/_index.md";
    let careers = "{{ careers(course=\"k\") | json_encode }}";
    let before = "{{ prerequisites(course=\"l\") | json_encode }}";
    let way = "{{ learning_path(career=\"c\") | json_encode }}";
    let price = || line("content/courses/k.md", "price", "2000000");
    let title = || line("content/courses/k.md", "title", "Ka");
    vec![
        asked("Pages", careers, line("content/careers/c.md", "path", "[]")),
        asked("Prerequisites", before, title()),
        asked("Route", way, price()),
        asked("Route", way, line("content/careers/c.md", "path", "[]")),
        asked("Section", section, line(Z, "title", "Zeta")),
        asked("Section", bare, line(index, "title", "Tulisan")),
        asked("Taxonomy", taxonomy, line(Z, "tags", "[data]")),
        asked("Term", term, line(Z, "tags", "[data]")),
        asked("Term", url, line(Z, "tags", "[data]")),
        asked("Pages", found, line(Z, "title", "Zeta")),
        asked(
            "Pages",
            courses,
            line("content/courses/k.md", "level", "mahir"),
        ),
    ]
}

fn others() -> Vec<Asked> {
    let a = "articles/a/index.html";
    let data = "{{ load_data(path=\"data/a.toml\", required=false) | json_encode }}";
    let absent = "{{ load_data(path=\"data/b.toml\", required=false) | json_encode }}";
    let two = "judul = \"dua\"\n".to_owned();
    let hash = "{{ get_url(path=\"unduh.txt\", cachebust=true) }}";
    let other = Op::Quiet("static/unduh.txt".to_owned(), "lain\n".to_owned());
    let later = || Op::Now("2027-01-01T08:00:00+07:00".to_owned());
    let mut component = asked(
        "Component",
        "-",
        Op::Replace(
            "templates/x.html".to_owned(),
            "lama".to_owned(),
            "baru".to_owned(),
        ),
    );
    component.shown = "articles/m/index.html";
    component.put(
        "content/articles/m.md",
        "---\ntitle: M\ndate: 2026-11-02\n---\n{{<x />}}\n",
    );
    component.put(
        "templates/x.html",
        "{% component x() %}lama{% endcomponent x %}\n",
    );
    let mut related = asked("Related", "-", line(Z, "title", "Zeta"));
    related.shown = a;
    related.put("templates/article.html", RELATED);
    let mut address = asked("Address", "-", line(Z, "slug", "zeta"));
    address.shown = a;
    vec![
        related,
        address,
        component,
        asked("Hash", hash, other),
        asked(
            "Data",
            data,
            Op::Write("data/a.toml".to_owned(), two.clone()),
        ),
        asked("Data", absent, Op::Write("data/b.toml".to_owned(), two)),
        asked(
            "Word",
            "{{ trans(key=\"sapa\") }}",
            line("i18n/id.toml", "sapa", "\"Hai\""),
        ),
        asked("Now", "{{ now(unit=\"year\") }}", later()),
        asked("Now", "{{ now() }}", later()),
        asked("Now", "{{ now(timestamp=true) }}", later()),
    ]
}

fn line(path: &str, key: &str, value: &str) -> Op {
    Op::Line(path.to_owned(), key.to_owned(), Some(value.to_owned()))
}

/// A page that stands alone and shows nothing but the answer.
fn asked(kind: &'static str, question: &str, op: Op) -> Asked {
    let files: Files = SITE
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect();
    let mut asked = Asked {
        kind,
        shown: SEARCH,
        case: Case {
            files,
            edits: vec![Edit::one(What::Field, op)],
            live: false,
        },
    };
    asked.put("templates/search.html", &format!("{question}\n"));
    asked
}

impl Asked {
    fn put(&mut self, path: &str, text: &str) {
        let bytes = text.as_bytes().to_vec();
        self.case.files.insert(path.to_owned(), bytes);
    }

    /// So that the page linked to may go.
    fn with_no_link(mut self) -> Self {
        self.put("content/articles/a.md", "---\ntitle: A\ntags: [web]\n---\n");
        self
    }
}
