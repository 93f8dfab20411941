//! Edits at random, made to fit the site as it is: most leave it whole.

use super::edit::{Edit, Op, What};
use super::files::{self, Files};
use super::rng::Rng;
use super::{choose_files, choose_site, pages};

/// An edit that can be made.
pub(crate) fn edit(rng: &mut Rng, files: &Files, now: &str) -> Edit {
    loop {
        // Time alone shows what no other edit does, above all after dates that lie ahead.
        let what = match rng.below(100) {
            0..5 => What::Time,
            5..9 => What::Schedule,
            _ => What::ALL[rng.below(What::ALL.len())],
        };
        // A burst is slow, and a repair has its own place.
        let rare = what == What::Burst && !rng.chance(30);
        if rare || what == What::Repair {
            continue;
        }
        if let Some(edit) = of(what, rng, files, now) {
            return edit;
        }
    }
}

/// An edit of a kind; none where the site has nothing for it.
pub(crate) fn of(what: What, rng: &mut Rng, files: &Files, now: &str) -> Option<Edit> {
    let ops = match what {
        What::Body
        | What::Heading
        | What::Summary
        | What::Title
        | What::Description
        | What::Slug
        | What::Draft
        | What::Weight
        | What::Date
        | What::Schedule
        | What::Price
        | What::Tag
        | What::Related
        | What::Field => page(what, rng, files, now)?,
        What::NewPage
        | What::Delete
        | What::Rename
        | What::Swap
        | What::CaseRename
        | What::Copy
        | What::FolderRename
        | What::Image
        | What::NewAsset
        | What::NoAsset
        | What::Touch
        | What::Data
        | What::NoData => choose_files::ops(what, rng, files)?,
        What::Burst => burst(rng, files, now),
        What::Repair => return None,
        _ => choose_site::ops(what, rng, files, now)?,
    };
    Some(Edit { what, ops })
}

/// Puts everything back to how it was when the site was last whole.
pub(crate) fn repair(files: &Files, good: &Files) -> Edit {
    let gone = files.keys().filter(|path| !good.contains_key(*path));
    let odd = good
        .iter()
        .filter(|(path, bytes)| files.get(*path) != Some(*bytes));
    let ops = gone
        .map(|path| Op::Remove(path.clone()))
        .chain(odd.map(|(path, bytes)| {
            Op::Write(path.clone(), String::from_utf8_lossy(bytes).into_owned())
        }))
        .collect();
    Edit {
        what: What::Repair,
        ops,
    }
}

/// Fifty changes before the next build.
fn burst(rng: &mut Rng, files: &Files, now: &str) -> Vec<Op> {
    const KINDS: [What; 12] = [
        What::Body,
        What::Title,
        What::Tag,
        What::Weight,
        What::Date,
        What::Price,
        What::NewPage,
        What::Data,
        What::Words,
        What::Template,
        What::Touch,
        What::Sass,
    ];
    let mut ops = Vec::new();
    while ops.len() < 50 {
        let what = KINDS[rng.below(KINDS.len())];
        if let Some(edit) = of(what, rng, files, now) {
            ops.extend(edit.ops);
        }
    }
    ops
}

/// The pages of a site, sections left out.
pub(crate) fn all_pages(files: &Files) -> Vec<&String> {
    let page = |path: &&String| {
        path.starts_with("content/") && path.ends_with(".md") && !path.contains("_index")
    };
    files.keys().filter(page).collect()
}

fn page(what: What, rng: &mut Rng, files: &Files, now: &str) -> Option<Vec<Op>> {
    let pages = all_pages(files);
    let path = (*rng.choose(&pages)?).clone();
    let text = files::text(files, &path)?;
    Some(vec![match what {
        What::Body => body(rng, files, &path, &text),
        What::Heading => heading(rng, &path, &text),
        What::Summary => summary(&path, &text),
        What::Price => {
            let courses: Vec<&&String> = pages
                .iter()
                .filter(|path| path.contains("/kursus/") && !path.ends_with(".en.md"))
                .collect();
            let path = (**rng.choose(&courses)?).clone();
            line(path, "price", Some(pages::price(rng).to_string()))
        }
        _ => field(what, rng, path, now)?,
    }])
}

/// A line of a front matter.
fn field(what: What, rng: &mut Rng, path: String, now: &str) -> Option<Op> {
    let name = path.replace(['/', '.'], "-");
    let some = |value: &str| Some(value.to_owned());
    let (key, value) = match what {
        What::Title => ("title", Some(format!("\"{}\"", pages::title(rng)))),
        What::Description => ("description", Some(pages::words(rng, 4))),
        What::Slug => ("slug", Some(format!("s-{name}-{}", rng.below(3)))),
        What::Draft => ("draft", rng.chance(60).then(|| "true".to_owned())),
        What::Weight => ("weight", Some(rng.below(6).to_string())),
        What::Date => ("date", Some(format!("2026-11-{:02}", 1 + rng.below(27)))),
        What::Schedule => schedule(rng, now),
        What::Tag => ("tags", Some(pages::tags(rng))),
        What::Related if !path.contains("/artikel/") => return None,
        What::Related => ("related", some("[satu]")),
        _ if path.contains("/kursus/") && rng.chance(40) => course_field(rng, &path),
        _ => rare_field(rng, &name),
    };
    Some(line(path, key, value))
}

/// A page falls due or expires in some hours or days.
fn schedule(rng: &mut Rng, now: &str) -> (&'static str, Option<String>) {
    let key = if rng.chance(40) {
        "publish_date"
    } else {
        "expiry_date"
    };
    let now: jiff::Timestamp = now.parse().unwrap();
    let due = now + jiff::SignedDuration::from_hours(2 + rng.below(70) as i64);
    let zone = jiff::tz::TimeZone::get("Asia/Jakarta").unwrap();
    let due = due.to_zoned(zone);
    let written = if rng.chance(50) {
        due.date().to_string()
    } else {
        due.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    };
    (key, Some(written))
}

/// What lists, facets and the graph take from a course.
fn course_field(rng: &mut Rng, path: &str) -> (&'static str, Option<String>) {
    let some = |value: &str| Some(value.to_owned());
    let itself = path.ends_with("dasar.md");
    match rng.below(5) {
        0 => ("level", some(rng.pick(&["pemula", "menengah"]))),
        1 => ("status", some(rng.pick(&["open", "closed", "archived"]))),
        2 => (
            "skills",
            some(rng.pick(&["[sql]", "[go]", "[sql, go]", "[]"])),
        ),
        3 if !itself => ("replaced_by", some("dasar")),
        _ => ("prerequisites", None),
    }
}

/// Fields that are set more seldom, and those that are taken out.
fn rare_field(rng: &mut Rng, name: &str) -> (&'static str, Option<String>) {
    const OUT: [&str; 9] = [
        "hidden",
        "aliases",
        "template",
        "publish_date",
        "expiry_date",
        "path",
        "tags",
        "slug",
        "description",
    ];
    match rng.below(16) {
        0 => ("hidden", Some("true".to_owned())),
        1 => ("aliases", Some(format!("[/lama/{name}/]"))),
        2 => ("topik", Some("[satu topik, lain]".to_owned())),
        3 => ("extra", Some(format!("{{warna: \"{}\"}}", rng.below(9)))),
        4 => ("template", Some("article.html".to_owned())),
        5 => ("image", Some("/kartu.svg".to_owned())),
        6 => ("path", Some(format!("/lain/{name}/"))),
        at => (OUT[at - 7], None),
    }
}

/// Another text, the same with a word more, or one of the same length.
fn body(rng: &mut Rng, files: &Files, path: &str, text: &str) -> Op {
    let own = &text[super::edit::front(text).len()..];
    let body = match rng.below(4) {
        0 => pages::body(rng, files),
        1 => format!("{own}\n{}\n", pages::words(rng, 300)),
        _ => format!("{own}\n{}\n", pages::words(rng, 3)),
    };
    Op::Body(path.to_owned(), body)
}

/// A heading is renamed: its anchor is another one then.
fn heading(rng: &mut Rng, path: &str, text: &str) -> Op {
    let old = text.lines().find(|line| line.starts_with("## "));
    let new = format!("## {}", pages::words(rng, 2));
    let new = if rng.chance(40) { "## Isi" } else { &new };
    match old {
        Some(old) => Op::Replace(path.to_owned(), format!("{old}\n"), format!("{new}\n")),
        None => {
            let own = &text[super::edit::front(text).len()..];
            Op::Body(path.to_owned(), format!("{own}\n{new}\n\nLagi.\n"))
        }
    }
}

/// The end of the summary is set, or taken out.
fn summary(path: &str, text: &str) -> Op {
    let more = "<!-- more -->\n\n";
    let (from, to) = match text.contains(more) {
        true => (more.to_owned(), String::new()),
        false => ("## ".to_owned(), format!("{more}## ")),
    };
    Op::Replace(path.to_owned(), from, to)
}

/// Sets a line.
pub(crate) fn line(path: impl Into<String>, key: &str, value: Option<String>) -> Op {
    Op::Line(path.into(), key.to_owned(), value)
}
