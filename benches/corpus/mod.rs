//! Writes the generated site that the benches build, for silabus and for Hugo.
//!
//! The site is the one of "The work" in the design's page on performance: 95 % articles of about
//! 4 KB, 5 % courses with prices, three tags a page, two paginated sections, tag pages, a feed
//! and a sitemap, all through a small theme. The same number of pages always gives the same
//! bytes, on every machine: each page is drawn from a random generator that its number seeds.
//!
//! Themes and Hugo's settings are plain files beside this one; only content is generated.

mod text;

use std::fs;
use std::io;
use std::path::Path;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use text::Rng;

/// How silabus is told not to highlight code, which is timed apart.
const HIGHLIGHTING_OFF: &str = "[markdown.highlighting]\nenabled = false\n";

/// Items on a page of a list; `hugo/hugo.toml` says the same to Hugo.
const PAGINATE_BY: usize = 20;

static SILABUS_FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/benches/corpus/silabus");
static HUGO_FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/benches/corpus/hugo");

/// The program that a site is written for. They differ in settings, theme and links only.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// silabus: links to content are `@/articles/x.md`.
    Silabus,
    /// Hugo: links to content are `/articles/x.md`.
    Hugo,
}

impl Dialect {
    fn content_root(self) -> &'static str {
        match self {
            Self::Silabus => "@/",
            Self::Hugo => "/",
        }
    }
}

/// A site of `pages` pages, beside its home page and its two sections.
#[derive(Clone, Copy)]
pub(crate) struct Corpus {
    articles: usize,
    courses: usize,
}

impl Corpus {
    /// The corpus with that many pages; 0 gives an empty site, which still has home and sections.
    pub(crate) fn new(pages: usize) -> Self {
        let courses = pages / 20;
        Self {
            articles: pages - courses,
            courses,
        }
    }

    /// Writes the whole site for `dialect` into `root`.
    pub(crate) fn write(self, root: &Path, dialect: Dialect) -> io::Result<()> {
        fs::create_dir_all(root)?;
        match dialect {
            Dialect::Silabus => {
                SILABUS_FILES.extract(root)?;
                fs::write(root.join("silabus.toml"), silabus_toml())?;
            }
            Dialect::Hugo => HUGO_FILES.extract(root)?,
        }
        let content = root.join("content");
        for folder in ["articles", "courses"] {
            fs::create_dir_all(content.join(folder))?;
        }
        fs::write(content.join("_index.md"), HOME)?;
        fs::write(
            content.join("articles/_index.md"),
            section("Artikel", "date"),
        )?;
        fs::write(
            content.join("courses/_index.md"),
            section("Kursus", "title"),
        )?;
        (0..self.articles).into_par_iter().try_for_each(|i| {
            let path = content.join(format!("articles/{}.md", text::article_stem(i)));
            fs::write(path, self.article(i, dialect))
        })?;
        (0..self.courses).into_par_iter().try_for_each(|i| {
            let path = content.join(format!("courses/{}.md", text::course_stem(i)));
            fs::write(path, self.course(i, dialect))
        })
    }

    fn article(self, i: usize, dialect: Dialect) -> String {
        let mut rng = Rng::for_article(i);
        let mut out = String::with_capacity(6 * 1024);
        out.push_str("---\n");
        self.common_fields(&mut out, &mut rng, &text::article_title(i));
        out.push_str("---\n\n");
        self.body(&mut out, &mut rng, i, dialect);
        out
    }

    fn course(self, i: usize, dialect: Dialect) -> String {
        let mut rng = Rng::for_course(i);
        let mut out = String::with_capacity(6 * 1024);
        out.push_str("---\n");
        self.common_fields(&mut out, &mut rng, &text::course_title(i));
        let level = rng.pick(&["beginner", "intermediate", "advanced", "all"]);
        let mode = rng.pick(&["online", "onsite", "blended"]);
        // Rp1.500.000 to Rp5.975.000 in steps of Rp25.000, as courses are really priced.
        let price = 1_500_000 + 25_000 * rng.below(180);
        out.push_str(&format!(
            "level: {level}\nmode: {mode}\nprice: {price}\n---\n\n"
        ));
        self.body(&mut out, &mut rng, i, dialect);
        out
    }

    fn common_fields(self, out: &mut String, rng: &mut Rng, title: &str) {
        let description = text::description(rng);
        let date = text::date(rng);
        let tags = text::tags(rng, self.articles + self.courses).join(", ");
        out.push_str(&format!(
            "title: \"{title}\"\ndescription: \"{description}\"\ndate: {date}\ntags: [{tags}]\n"
        ));
    }

    /// The text of page number `i`: its links lead to articles that really exist.
    fn body(self, out: &mut String, rng: &mut Rng, i: usize, dialect: Dialect) {
        let links: Vec<String> = (0..3)
            .map(|_| {
                let to = rng.below(self.articles);
                let (title, stem) = (text::article_title(to), text::article_stem(to));
                format!("[{title}]({}articles/{stem}.md)", dialect.content_root())
            })
            .collect();
        let extras = text::Extras {
            code: i.is_multiple_of(4),
            table: i.is_multiple_of(10),
        };
        text::body(out, rng, &links, extras);
    }
}

const HOME: &str = "---\ntitle: \"Akademi Bench\"\n---\n\nArtikel dan kursus untuk karier baru.\n";

/// Keys of a section that one program does not know (`sort_by`) are free parameters to the other.
fn section(title: &str, sort_by: &str) -> String {
    format!("---\ntitle: \"{title}\"\nsort_by: {sort_by}\npaginate_by: {PAGINATE_BY}\n---\n")
}

fn silabus_toml() -> String {
    format!(
        "base_url = \"https://bench.example\"\n\
         title = \"Akademi Bench\"\n\
         default_language = \"id\"\n\
         theme = \"bench\"\n\
         taxonomies = [{{ name = \"tags\", paginate_by = {PAGINATE_BY} }}]\n\
         generate_feeds = true\n\
         feed_limit = 20\n\n\
         [contact]\n\
         whatsapp = \"+6281234567890\"\n\n\
         {HIGHLIGHTING_OFF}"
    )
}
