//! The example site, built for its own address, shows itself from any host: what its pages are
//! made of is named without scheme and host.

use std::fs;
use std::path::Path;

use super::program::{Run, program, tree};

/// Elements that fetch something by themselves, and the attributes that say what.
const FETCHING: [(&str, &[&str]); 7] = [
    ("link", &["href"]),
    ("script", &["src"]),
    ("img", &["src", "srcset"]),
    ("source", &["src", "srcset"]),
    ("video", &["src", "poster"]),
    ("audio", &["src"]),
    ("use", &["href"]),
];

#[test]
fn a_plain_build_has_its_styles_wherever_it_is_served() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    let mut command = program();
    command.args(["build", "--now", "2026-11-22T08:00:00+07:00", "--root"]);
    command.arg(root).arg("--output-dir").arg(&public);
    let run = Run::of(&mut command);
    assert_eq!(run.code, Some(0), "{run:?}");
    let (mut pages, mut sheets) = (0, 0);
    for (path, bytes) in tree(&public) {
        if !path.ends_with(".html") {
            continue;
        }
        pages += 1;
        let html = String::from_utf8(bytes).unwrap();
        for address in fetched(&html) {
            assert!(
                address.starts_with('/') && !address.starts_with("//"),
                "{path}: {address}"
            );
            let file = address.split(['?', '#']).next().unwrap();
            assert!(public.join(&file[1..]).is_file(), "{path}: {address}");
            sheets += usize::from(file.ends_with(".css"));
        }
    }
    assert!(
        pages > 20 && sheets >= pages / 2,
        "{pages} pages, {sheets} styles"
    );
    assert!(fs::read_dir(&public).unwrap().count() > 5);
}

/// The addresses that a page fetches by itself; not those of links that somebody follows.
fn fetched(html: &str) -> Vec<String> {
    let mut all = Vec::new();
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let Some((name, attributes)) = tag.split_once(char::is_whitespace) else {
            continue;
        };
        let Some((_, fetching)) = FETCHING.iter().find(|(known, _)| *known == name) else {
            continue;
        };
        let shown = ["stylesheet", "icon", "preload", "manifest", "modulepreload"];
        if name == "link" && !value(attributes, "rel").is_some_and(|rel| shown.contains(&rel)) {
            continue;
        }
        for written in fetching.iter().filter_map(|name| value(attributes, name)) {
            let several = written.split(", ");
            let addresses = several.filter_map(|one| one.split_whitespace().next());
            all.extend(
                addresses
                    .filter(|one| !one.starts_with("data:") && !one.starts_with('#'))
                    .map(str::to_owned),
            );
        }
    }
    all
}

/// The value of an attribute.
fn value<'h>(attributes: &'h str, name: &str) -> Option<&'h str> {
    let mut found = attributes.match_indices(name);
    found.find_map(|(at, _)| {
        let begins = attributes[..at]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace);
        let rest = attributes[at + name.len()..].strip_prefix("=\"")?;
        begins.then(|| rest.split('"').next().unwrap_or_default())
    })
}
