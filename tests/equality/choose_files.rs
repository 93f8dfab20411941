//! Edits that make, move and remove files, and those of files that are not texts of pages.

use super::choose::all_pages;
use super::edit::{Op, What};
use super::files::{self, Files};
use super::pages;
use super::rng::Rng;

/// The changes of an edit; none where the site has nothing for it.
pub(crate) fn ops(what: What, rng: &mut Rng, files: &Files) -> Option<Vec<Op>> {
    Some(match what {
        What::NewPage => {
            let path = free_place(rng, files)?;
            let text = pages::page(rng, files, &path);
            vec![Op::Write(path, text)]
        }
        What::Delete => vec![Op::Remove(seldom_named(rng, files)?)],
        What::Rename => {
            let from = any_page(rng, files)?;
            let to = free_place(rng, files)?;
            moved(rng, files, from, to)
        }
        What::CaseRename => {
            let from = any_page(rng, files)?;
            let to = other_case(&from)?;
            moved(rng, files, from, to)
        }
        What::Swap => vec![Op::Swap(any_page(rng, files)?, any_page(rng, files)?)],
        What::Copy => {
            let text = files::text(files, &any_page(rng, files)?)?;
            let text = text.replace("aliases:", "description:");
            vec![Op::Write(free_place(rng, files)?, text)]
        }
        What::FolderRename => {
            let from =
                *rng.choose(&["content/artikel/lanjut", "content/catatan", "content/seri"])?;
            let to = rng.pick(&["content/artikel/lanjut", "content/catatan", "content/seri"]);
            moved(rng, files, from.to_owned(), to.to_owned())
        }
        What::Image => {
            let path = some_file(rng, files, |path| path.ends_with(".svg"))?;
            let old = files::text(files, &path)?;
            vec![Op::Quiet(path, other_digits(&old))]
        }
        What::NewAsset => {
            let path = *rng.choose(&[
                "static/unduh.txt",
                "static/logo.svg",
                "content/artikel/bundel/gambar.svg",
                "content/artikel/gambar.svg",
                "content/kursus/silabus.pdf",
            ])?;
            vec![Op::Write(path.to_owned(), pages::picture(rng))]
        }
        What::NoAsset => vec![Op::Remove(some_file(rng, files, |path| {
            path.starts_with("static/") || path.ends_with("gambar.svg")
        })?)],
        What::Touch => vec![Op::Touch(some_file(rng, files, |_| true)?)],
        What::Data => data(rng, files)?,
        What::NoData => vec![Op::Remove(some_file(rng, files, |path| {
            path.starts_with("data/")
        })?)],
        _ => return None,
    })
}

fn some_file(rng: &mut Rng, files: &Files, wanted: fn(&str) -> bool) -> Option<String> {
    let found: Vec<&String> = files.keys().filter(|path| wanted(path)).collect();
    rng.choose(&found).map(|path| (*path).clone())
}

fn any_page(rng: &mut Rng, files: &Files) -> Option<String> {
    rng.choose(&all_pages(files)).map(|path| (*path).clone())
}

/// A page, mostly one that no other file links to.
fn seldom_named(rng: &mut Rng, files: &Files) -> Option<String> {
    let lonely: Vec<&String> = all_pages(files)
        .into_iter()
        .filter(|path| !is_named(files, path))
        .collect();
    match rng.chance(80) {
        true => rng.choose(&lonely).map(|path| (*path).clone()),
        false => any_page(rng, files),
    }
}

fn is_named(files: &Files, path: &str) -> bool {
    let inside = path.trim_start_matches("content/");
    let link = format!("@/{inside}");
    let id = format!(
        "[{}]",
        inside
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".md")
    );
    files
        .values()
        .map(|bytes| String::from_utf8_lossy(bytes))
        .any(|text| text.contains(&link) || text.contains(&id))
}

/// A place that pages are asked for at, where none is.
fn free_place(rng: &mut Rng, files: &Files) -> Option<String> {
    let ending = if rng.chance(20) { ".en.md" } else { ".md" };
    let free: Vec<String> = pages::PLACES
        .iter()
        .map(|place| format!("content/{place}{ending}"))
        .filter(|path| !files.contains_key(path))
        .collect();
    rng.choose(&free).cloned()
}

/// `satu.md` and `Satu.md`.
fn other_case(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/')?;
    let first = name.chars().next()?;
    let turned: String = match first.is_lowercase() {
        true => first.to_uppercase().collect(),
        false => first.to_lowercase().collect(),
    };
    Some(format!("{folder}/{turned}{}", &name[first.len_utf8()..]))
}

/// A move; mostly the links to what is moved go with it.
fn moved(rng: &mut Rng, files: &Files, from: String, to: String) -> Vec<Op> {
    let mut ops = Vec::new();
    if rng.chance(75) {
        let below = |path: &str| format!("@/{}", path.trim_start_matches("content/"));
        let (old, new) = (below(&from), below(&to));
        let linking = files
            .iter()
            .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(&old));
        ops.extend(linking.map(|(path, _)| Op::Replace(path.clone(), old.clone(), new.clone())));
    }
    ops.push(Op::Rename(from, to));
    ops
}

/// The same text with every digit another one.
fn other_digits(text: &str) -> String {
    let turn = |c: char| match c {
        '1'..='8' => (c as u8 + 1) as char,
        '9' => '1',
        c => c,
    };
    text.chars().map(turn).collect()
}

fn data(rng: &mut Rng, files: &Files) -> Option<Vec<Op>> {
    let number = rng.below(1000);
    let file = *rng.choose(&["a.toml", "b.json", "c.yaml", "d.csv", "e.toml"])?;
    let path = format!("data/{file}");
    let text = match file {
        "a.toml" | "e.toml" => format!("judul = \"T{number}\"\ndaftar = [{number}]\n"),
        "b.json" => format!("{{\"judul\": \"J{number}\", \"dalam\": {{\"a\": [1, null]}}}}\n"),
        "c.yaml" => format!("judul: Y{number}\n"),
        _ => format!("nama,harga\nA,{number}\n"),
    };
    // Now and then only the layout changes, or digits, the size and time as before.
    let old = files::text(files, &path);
    Some(vec![match (rng.below(4), old) {
        (0, Some(old)) => Op::Quiet(path, other_digits(&old)),
        (1, Some(old)) if file == "a.toml" => Op::Write(path, format!("# catatan\n{old}")),
        _ => Op::Write(path, text),
    }])
}
