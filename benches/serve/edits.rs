//! The edits that are measured.

use std::cell::RefCell;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::corpus::Dialect;

/// From the text of a file to the one that is saved.
type Change = Box<dyn Fn(&str) -> String>;

/// What is edited.
#[derive(Clone, Copy)]
pub(crate) enum Edit {
    Body,
    Title,
    Price,
    Tag,
    Template,
}

impl Edit {
    pub(crate) const ALL: [Self; 5] = [
        Self::Body,
        Self::Title,
        Self::Price,
        Self::Tag,
        Self::Template,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Title => "title",
            Self::Price => "price",
            Self::Tag => "tag",
            Self::Template => "base template",
        }
    }
}

/// The files that are edited.
pub(crate) struct Site {
    root: PathBuf,
    dialect: Dialect,
    articles: Vec<String>,
    courses: Vec<String>,
    next: RefCell<Option<(PathBuf, String)>>,
}

impl Site {
    pub(crate) fn new(root: &Path, dialect: Dialect) -> Result<Self, Box<dyn Error>> {
        let names = |folder: &str| -> Result<Vec<String>, Box<dyn Error>> {
            let mut names = Vec::new();
            for entry in fs::read_dir(root.join("content").join(folder))? {
                let name = entry?.file_name().into_string().unwrap_or_default();
                if let Some(stem) = name.strip_suffix(".md").filter(|stem| *stem != "_index") {
                    names.push(stem.to_owned());
                }
            }
            names.sort();
            Ok(names)
        };
        Ok(Self {
            articles: names("articles")?,
            courses: names("courses")?,
            root: root.to_owned(),
            dialect,
            next: RefCell::default(),
        })
    }

    /// Makes an edit ready: the address to ask for, and the text that will be in the answer.
    pub(crate) fn prepare(
        &self,
        edit: Edit,
        round: usize,
    ) -> Result<(String, String), Box<dyn Error>> {
        let (folder, names) = match edit {
            Edit::Price => ("courses", &self.courses),
            _ => ("articles", &self.articles),
        };
        let name = &names[(round * 37) % names.len()];
        let page = self.root.join(format!("content/{folder}/{name}.md"));
        let mark = format!("tanda{round}x{}", edit.name().replace(' ', ""));
        let (path, wanted, change): (PathBuf, String, Change) = match edit {
            Edit::Body => (
                page,
                mark.clone(),
                Box::new(move |text| format!("{text}\n{mark}\n")),
            ),
            Edit::Title => {
                let line = format!("title: \"{mark}\"");
                (
                    page,
                    mark,
                    Box::new(move |text| with_line(text, "title:", &line)),
                )
            }
            Edit::Tag => {
                let line = format!("tags: [{mark}, bersama-1]");
                (
                    page,
                    mark,
                    Box::new(move |text| with_line(text, "tags:", &line)),
                )
            }
            Edit::Price => {
                let price = 1_000_000 + round * 1_000 + 11;
                let (millions, rest) = (price / 1_000_000, price % 1_000_000);
                let shown = match self.dialect {
                    Dialect::Silabus => {
                        format!("Rp{millions}.{:03}.{:03}", rest / 1_000, rest % 1_000)
                    }
                    Dialect::Hugo => price.to_string(),
                };
                let line = format!("price: {price}");
                (
                    page,
                    shown,
                    Box::new(move |text| with_line(text, "price:", &line)),
                )
            }
            Edit::Template => {
                let base = self.root.join(match self.dialect {
                    Dialect::Silabus => "themes/bench/templates/base.html",
                    Dialect::Hugo => "layouts/baseof.html",
                });
                let line = format!("<footer><p>{mark}</p></footer>");
                (
                    base,
                    mark,
                    Box::new(move |text| with_line(text, "<footer>", &line)),
                )
            }
        };
        let text = change(&fs::read_to_string(&path)?);
        *self.next.borrow_mut() = Some((path, text));
        Ok((format!("/{folder}/{name}/"), wanted))
    }

    /// The addresses of so many pages, evenly spread.
    pub(crate) fn all_over(&self, count: usize) -> impl Iterator<Item = String> {
        let step = (self.articles.len() / count).max(1);
        let names = self.articles.iter().step_by(step);
        names.map(|name| format!("/articles/{name}/"))
    }

    /// Saves what was made ready. The clock starts when the file is written.
    pub(crate) fn save(&self) -> Result<Instant, Box<dyn Error>> {
        let (path, text) = self.next.borrow_mut().take().ok_or("nothing to save")?;
        fs::write(path, text)?;
        Ok(Instant::now())
    }
}

fn with_line(text: &str, start: &str, line: &str) -> String {
    let lines = text
        .lines()
        .map(|old| if old.starts_with(start) { line } else { old });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}
