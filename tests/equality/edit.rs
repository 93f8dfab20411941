//! Edits: what an author does to a site between two builds, as values that are printed, replayed
//! and made smaller.

use std::fmt;
use std::path::Path;

use super::files::{self, Files};

/// One edit: everything that is saved before the next build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// What kind of edit it is.
    pub(crate) what: What,
    /// What it does, in order.
    pub(crate) ops: Vec<Op>,
}

macro_rules! kinds {
    ($($name:ident),* $(,)?) => {
        /// The kinds of edits.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum What { $($name),* }

        impl What {
            /// All of them.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

kinds! {
    NewPage, Body, Heading, Summary, Delete, Rename, Swap, CaseRename, Copy, Title, Description, Slug,
    Draft, Weight, Date, Schedule, Price, Tag, Related, Field, Section, Defaults, Template,
    Partial, Component, Override, NoOverride, SiteTitle, Taxonomies, Languages, Paginate, Feeds,
    Menu, Markdown, Extra, Words, Data, NoData, Image, NewAsset, NoAsset, Sass, Scripts,
    FolderRename, Burst, Touch, Broken, Repair, Time,
}

/// One change. What does not fit the site as it is then (a file that is gone) does nothing, so
/// that a list of edits stays one when some are taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// Makes or replaces a file.
    Write(String, String),
    /// Puts another text below the front matter.
    Body(String, String),
    /// Sets a field of a front matter, of settings, words or data: the line that begins with the
    /// key; none takes it out.
    Line(String, String, Option<String>),
    /// Replaces one text by another wherever it stands in a file.
    Replace(String, String, String),
    /// Removes a file.
    Remove(String),
    /// Moves a file or folder.
    Rename(String, String),
    /// Lets two files change places.
    Swap(String, String),
    /// Writes other bytes of equal length; the time of the last change stays.
    Quiet(String, String),
    /// Writes the same bytes.
    Touch(String),
    /// Builds stand for this instant from now on.
    Now(String),
}

impl Edit {
    /// An edit of one change.
    pub(crate) fn one(what: What, op: Op) -> Self {
        Self {
            what,
            ops: vec![op],
        }
    }

    /// Does it, in memory and below `root`.
    pub(crate) fn apply(&self, files: &mut Files, root: &Path, now: &mut String) {
        for op in &self.ops {
            op.apply(files, root, now);
        }
    }
}

impl Op {
    fn apply(&self, files: &mut Files, root: &Path, now: &mut String) {
        match self {
            Self::Write(path, text) => write(files, root, path, text),
            Self::Body(..) | Self::Line(..) | Self::Replace(..) => self.rewrite(files, root),
            Self::Remove(path) => {
                if files.remove(path).is_some() {
                    files::remove(root, path);
                }
            }
            Self::Rename(from, to) => rename(files, root, from, to),
            Self::Swap(one, other) => {
                let free = "content/.swap";
                if files.contains_key(one) && files.contains_key(other) {
                    rename(files, root, one, free);
                    rename(files, root, other, one);
                    rename(files, root, free, other);
                }
            }
            Self::Quiet(path, text) => {
                let fits = |bytes: &Vec<u8>| bytes.len() == text.len();
                if files.get(path).is_some_and(fits) {
                    files::write_quietly(root, path, text.as_bytes());
                    files.insert(path.clone(), text.clone().into_bytes());
                }
            }
            Self::Touch(path) => {
                if let Some(bytes) = files.get(path) {
                    files::write(root, path, bytes);
                }
            }
            Self::Now(instant) => now.clone_from(instant),
        }
    }

    /// The changes of a text that is there.
    fn rewrite(&self, files: &mut Files, root: &Path) {
        let (Self::Body(path, _) | Self::Line(path, ..) | Self::Replace(path, ..)) = self else {
            return;
        };
        let Some(before) = files::text(files, path) else {
            return;
        };
        let after = match self {
            Self::Body(_, body) => format!("{}{body}", front(&before)),
            Self::Line(_, key, value) => with_line(&before, key, value.as_deref()),
            Self::Replace(_, from, to) => before.replace(from, to),
            _ => return,
        };
        if after != before {
            write(files, root, path, &after);
        }
    }
}

fn write(files: &mut Files, root: &Path, path: &str, text: &str) {
    let below = format!("{path}/");
    let blocked = files
        .keys()
        .any(|known| known.starts_with(&below) || path.starts_with(&format!("{known}/")));
    if !blocked {
        files::write(root, path, text.as_bytes());
        files.insert(path.to_owned(), text.as_bytes().to_vec());
    }
}

/// Nothing is moved onto what is there already.
fn rename(files: &mut Files, root: &Path, from: &str, to: &str) {
    let (inside, below) = (format!("{from}/"), format!("{to}/"));
    let taken = files
        .keys()
        .any(|path| path == to || path.starts_with(&below) || to.starts_with(&format!("{path}/")));
    let moved: Vec<String> = files
        .keys()
        .filter(|path| *path == from || path.starts_with(&inside))
        .cloned()
        .collect();
    if taken || moved.is_empty() || to.starts_with(&inside) {
        return;
    }
    files::rename(root, from, to);
    for path in moved {
        let bytes = files.remove(&path).unwrap();
        files.insert(format!("{to}{}", &path[from.len()..]), bytes);
    }
}

/// The front matter with its fences; empty for a text without one.
pub(crate) fn front(text: &str) -> &str {
    let fence = match text.lines().next() {
        Some(fence @ ("---" | "+++")) => fence,
        _ => return "",
    };
    let end = text[4..].find(&format!("{fence}\n"));
    end.map_or("", |at| &text[..4 + at + 4])
}

/// The text with the first line of `key` set to `value`; where there is none it becomes the
/// first line, below the fence of a front matter.
fn with_line(text: &str, key: &str, value: Option<&str>) -> String {
    let fence = text.lines().next().unwrap_or_default();
    let sign = if fence == "---" { ":" } else { " =" };
    let fenced = fence == "---" || fence == "+++";
    let begins = format!("{key}{sign}");
    let wanted = value.map(|value| format!("{key}{sign} {value}\n"));
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = lines.iter().position(|line| line.starts_with(&begins));
    match (at, &wanted) {
        (Some(at), Some(line)) => lines[at] = line,
        (Some(at), None) => drop(lines.remove(at)),
        (None, Some(line)) => lines.insert(usize::from(fenced), line),
        (None, None) => {}
    }
    lines.concat()
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.what)?;
        for op in &self.ops {
            write!(f, "\n      {op}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write(path, text) => write!(f, "write {path}: {text:?}"),
            Self::Body(path, text) => write!(f, "below the front matter of {path}: {text:?}"),
            Self::Line(path, key, Some(value)) => write!(f, "in {path} set `{key}` to {value}"),
            Self::Line(path, key, None) => write!(f, "in {path} take `{key}` out"),
            Self::Replace(path, from, to) => write!(f, "in {path} replace {from:?} by {to:?}"),
            Self::Remove(path) => write!(f, "remove {path}"),
            Self::Rename(from, to) => write!(f, "move {from} to {to}"),
            Self::Swap(one, other) => write!(f, "swap {one} and {other}"),
            Self::Quiet(path, text) => {
                write!(f, "write {path}, its size and time as before: {text:?}")
            }
            Self::Touch(path) => write!(f, "write {path} again, the same bytes"),
            Self::Now(instant) => write!(f, "it is {instant}"),
        }
    }
}

#[test]
fn a_line_is_set_added_and_taken_out() {
    let yaml = "---\ntitle: A\n---\nteks\n";
    let set = with_line(yaml, "title", Some("B"));
    assert_eq!(set, "---\ntitle: B\n---\nteks\n");
    let added = with_line(yaml, "weight", Some("1"));
    assert_eq!(added, "---\nweight: 1\ntitle: A\n---\nteks\n");
    assert_eq!(with_line("a = 1\nb = 2\n", "a", None), "b = 2\n");
    assert_eq!(front(yaml), "---\ntitle: A\n---\n");
    assert_eq!(front("teks"), "");
}

#[test]
fn what_does_not_fit_does_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Files::from([("content/a.md".to_owned(), b"a".to_vec())]);
    files::write_all(&files, folder.path());
    let (before, mut now) = (files.clone(), String::new());
    let gone = || "content/b.md".to_owned();
    let ops = vec![
        Op::Remove(gone()),
        Op::Rename(gone(), "content/c.md".to_owned()),
        Op::Swap(gone(), "content/a.md".to_owned()),
        Op::Rename("content".to_owned(), "content/in".to_owned()),
        Op::Write("content/a.md/b".to_owned(), String::new()),
        Op::Quiet("content/a.md".to_owned(), "zu lang".to_owned()),
        Op::Body(gone(), String::new()),
        Op::Touch(gone()),
    ];
    let edit = Edit {
        what: What::Burst,
        ops,
    };
    edit.apply(&mut files, folder.path(), &mut now);
    assert_eq!(files, before);
}
