//! `[exports]`: which files are made for programs, beside those for readers.

use crate::data::{Field, Record, Type};

/// A server that redirect rules are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleFormat {
    /// `_redirects`, as Netlify reads it.
    Netlify,
    /// `_redirects`, as Cloudflare Pages reads it.
    Cloudflare,
    /// `redirects.nginx.conf`, for an `include` inside `server { … }`.
    Nginx,
    /// `.htaccess`.
    Apache,
}

impl RuleFormat {
    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "netlify" => Self::Netlify,
            "cloudflare" => Self::Cloudflare,
            "nginx" => Self::Nginx,
            "apache" => Self::Apache,
            _ => return None,
        })
    }
}

/// Which exports a site has.
#[derive(Clone, Debug)]
pub struct ExportsConfig {
    /// `courses.json`.
    pub courses: bool,
    /// `careers.json`.
    pub careers: bool,
    /// `skills.json`.
    pub skills: bool,
    /// `jadwal.ics`, a calendar of all batches.
    pub calendar: bool,
    /// `feed.json` beside each `atom.xml`.
    pub json_feed: bool,
    /// `llms.txt`.
    pub llms: bool,
    /// `index.html.md` beside each page.
    pub markdown: bool,
    /// Servers that redirect rules are written for, in the order written.
    pub redirects: Vec<RuleFormat>,
}

impl ExportsConfig {
    /// What the settings say; the JSON exports are made unless they are switched off.
    pub(super) fn read(record: &Record) -> Self {
        let empty = Record::default();
        let table = record.table("exports").unwrap_or(&empty);
        let flag = |name, default| table.bool(name).unwrap_or(default);
        let mut redirects = Vec::new();
        for word in table.texts("redirects") {
            let format = RuleFormat::from_word(word);
            redirects.extend(format.filter(|format| !redirects.contains(format)));
        }
        Self {
            courses: flag("courses", true),
            careers: flag("careers", true),
            skills: flag("skills", true),
            calendar: flag("calendar", false),
            json_feed: flag("json_feed", false),
            llms: flag("llms", false),
            markdown: flag("markdown", false),
            redirects,
        }
    }
}

/// Fields of `[exports]`.
pub fn fields() -> Vec<Field> {
    let flag = |name, doc| Field::new(name, Type::Bool, doc);
    let server = Type::choice(&[
        ("netlify", &[]),
        ("cloudflare", &[]),
        ("nginx", &[]),
        ("apache", &[]),
    ]);
    vec![
        flag("courses", "Whether courses.json is made."),
        flag("careers", "Whether careers.json is made."),
        flag("skills", "Whether skills.json is made."),
        flag("calendar", "Whether jadwal.ics is made."),
        flag(
            "json_feed",
            "Whether each Atom feed has a feed.json beside it.",
        ),
        flag("llms", "Whether llms.txt is made."),
        flag("markdown", "Whether each page has a twin in Markdown."),
        Field::new(
            "redirects",
            Type::one_or_more(server),
            "Servers that redirect rules are written for.",
        ),
    ]
}
