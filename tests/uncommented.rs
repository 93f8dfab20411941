//! What `silabus new` proposes is right: a new file of each kind, with all its comments taken for
//! what they show, builds without an error.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests write files and start the program"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up shall fail"
)]

mod program;

use program::{Run, Site, program};

#[test]
fn every_proposed_line_is_right() {
    for (kind, file) in [
        ("page", "content/baru.md"),
        ("article", "content/articles/baru.md"),
        ("course", "content/courses/baru.md"),
        ("career", "content/careers/baru.md"),
        ("skill", "content/skills/baru.md"),
        ("person", "content/people/baru.md"),
    ] {
        let site = Site::new();
        // What the proposed references name, and the proposed picture.
        site.put(
            "content/courses/id-of-the-course.md",
            "---\ntitle: A\nprice: 1000000\n---\n",
        );
        site.put(
            "static/gambar.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>",
        );
        for (folder, kind) in [
            ("articles", "article"),
            ("careers", "career"),
            ("skills", "skill"),
            ("people", "person"),
        ] {
            site.put(&format!("content/{folder}/id-of-the-{kind}.md"), "A");
        }
        let made = run(&site, &["new", kind, "baru"]);
        assert_eq!(made.code, Some(0), "{}", made.err);
        let text = std::fs::read_to_string(site.root().join(file)).unwrap();
        site.put(file, uncommented(&text));
        let built = run(
            &site,
            &["build", "--drafts", "--now", "2026-11-22T08:00:00Z"],
        );
        assert_eq!(built.code, Some(0), "{kind}:\n{}", built.err);
        assert!(site.root().join("public").exists());
    }
}

fn run(site: &Site, args: &[&str]) -> Run {
    Run::of(program().args(args).arg("--root").arg(site.root()))
}

/// The fields of a new file, without the words about them.
fn uncommented(text: &str) -> String {
    let field = |line: &str| {
        line.split_once(": ")
            .is_some_and(|(key, _)| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
    };
    let lines = text
        .lines()
        .filter_map(|line| match line.strip_prefix("# ") {
            Some(rest) => field(rest).then(|| rest.to_owned()),
            None => Some(line.to_owned()),
        });
    // Any other name would do as well, but this one is there.
    let shown = |line: String| line.replace("\"…\"", "/gambar.svg");
    lines
        .map(
            |line| match line.starts_with("image: ") || line.starts_with("photo: ") {
                true => shown(line) + "\n",
                false => line + "\n",
            },
        )
        .collect()
}
