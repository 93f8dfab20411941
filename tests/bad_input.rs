//! What is wrong with files themselves: the real program says so in one clear line, quickly,
//! without a panic, and leaves the published site as it was.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests write files and start the program"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up shall fail"
)]

#[path = "bad_input/machine.rs"]
mod machine;
mod program;

use std::fs;
use std::os::unix::fs::symlink;
use std::time::Duration;

use program::{Run, Site};

/// A site that was published before.
fn published() -> Site {
    let site = Site::new();
    site.put("content/lama.md", "Isi lama.");
    let run = site.build();
    assert_eq!(run.code, Some(0), "{run:?}");
    site
}

/// Builds after something went wrong: this exit code, exactly these lines, nothing published.
fn refused(site: &Site, code: i32, lines: &[&str]) {
    let before = site.public();
    let run = site.build();
    told(&run, code, lines);
    assert_eq!(site.public(), before);
    assert!(!before.is_empty());
}

pub(crate) fn told(run: &Run, code: i32, lines: &[&str]) {
    assert_eq!(run.err.lines().collect::<Vec<_>>(), lines, "{run:?}");
    assert_eq!(run.code, Some(code), "{run:?}");
    assert!(run.took < Duration::from_secs(5), "{:?}", run.took);
}

#[test]
fn what_is_no_file_is_told_and_never_waited_for() {
    let site = published();
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    for path in ["content/pipa.md", "static/pipa.css", "templates/pipa.html"] {
        fs::create_dir_all(site.path(path).parent().unwrap()).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            site.path(path),
            rustix::fs::FileType::Fifo,
            mode,
            0,
        )
        .unwrap();
    }
    let _socket = std::os::unix::net::UnixListener::bind(site.path("content/soket")).unwrap();
    let told = |path: &str, what: &str| {
        format!("{path}:1:1: warning[file-special]: {path} is a {what}, not a file")
    };
    let run = site.build();
    let lines: Vec<&str> = run.err.lines().collect();
    for line in [
        told("content/pipa.md", "named pipe"),
        told("content/soket", "socket"),
        told("static/pipa.css", "named pipe"),
        told("templates/pipa.html", "named pipe"),
    ] {
        assert!(lines.contains(&&*line), "{run:?}");
    }
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.took < Duration::from_secs(5), "{:?}", run.took);
    // Where a file is asked for by its name, too.
    fs::remove_file(site.path("silabus.toml")).unwrap();
    fs::rename(site.path("content/pipa.md"), site.path("silabus.toml")).unwrap();
    let run = site.build();
    assert!(
        run.err.contains("silabus.toml is a named pipe, not a file"),
        "{run:?}"
    );
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.took < Duration::from_secs(5), "{:?}", run.took);
}

#[test]
fn a_link_to_nothing() {
    let site = published();
    symlink("../arsip/hilang.md", site.path("content/taut.md")).unwrap();
    let line = "content/taut.md:1:1: error[link-dangling]: the link content/taut.md leads to ../arsip/hilang.md, where nothing is";
    refused(&site, 1, &[line]);
}

#[test]
fn content_that_was_moved_away() {
    let site = published();
    let missing = ["error[content-missing]: there is no folder content/ any more"];
    fs::rename(site.path("content"), site.path("isi")).unwrap();
    refused(&site, 1, &missing);
    site.put("content", "a file");
    refused(&site, 1, &missing);
    // Whoever wants a site without pages gets it.
    fs::remove_file(site.path("content")).unwrap();
    fs::create_dir(site.path("content")).unwrap();
    let run = site.build();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!site.public().contains_key("lama/index.html"));
}

#[test]
fn explanations_stay_out_of_reports_for_machines() {
    let site = published();
    let run = Run::of(
        { program::program() }
            .args([
                "build",
                "--explain",
                "/lama/#isi",
                "--format",
                "json",
                "--root",
            ])
            .arg(site.root()),
    );
    assert!(run.err.contains("/lama/#isi: made because "), "{run:?}");
    assert!(
        serde_json::from_str::<serde_json::Value>(&run.out).is_ok(),
        "{run:?}"
    );
}

#[test]
fn invalid_utf8() {
    let site = published();
    site.put("content/a.md", b"baik\nburuk \xff\n");
    refused(
        &site,
        1,
        &["content/a.md:2:7: error[not-utf8]: not UTF-8: byte 11 is no part of a character"],
    );
}

#[test]
fn invalid_utf8_in_settings_and_templates() {
    let site = published();
    site.put("templates/page.html", b"\xc3\x28");
    refused(
        &site,
        1,
        &["templates/page.html:1:1: error[not-utf8]: not UTF-8: byte 0 is no part of a character"],
    );
    site.put("silabus.toml", b"title = \"\xff\"\n");
    refused(
        &site,
        1,
        &["silabus.toml:1:10: error[not-utf8]: not UTF-8: byte 9 is no part of a character"],
    );
}

#[test]
fn invalid_utf8_in_the_manifest_of_a_theme() {
    let site = published();
    let settings = fs::read_to_string(site.path("silabus.toml")).unwrap();
    site.put("silabus.toml", format!("theme = \"polos\"\n{settings}"));
    site.put("themes/polos/templates/section.html", "section");
    site.put("themes/polos/theme.toml", b"name = \"\xff\"\n");
    refused(
        &site,
        1,
        &[
            "themes/polos/theme.toml:1:9: error[not-utf8]: not UTF-8: byte 8 is no part of a character",
        ],
    );
}

#[test]
fn a_name_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let site = published();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    fs::write(site.path("content").join(name), "Isi.").unwrap();
    let run = site.build();
    assert!(
        run.err
            .contains("error[file-name]: the name of content/caf"),
        "{run:?}"
    );
    assert_eq!(run.code, Some(1), "{run:?}");
}

#[test]
fn byte_order_mark_and_crlf_give_the_same_bytes() {
    let site = published();
    let text = "---\ntitle: |\n  Judul\n  dua\n---\n## Satu\n\n<div>\nx\n</div>\n\n- x\n- y\n";
    site.put("content/a.md", text);
    site.put(
        "templates/page.html",
        "<p>\n{{ page.title }}\n{{ page.content }}\n",
    );
    assert_eq!(site.build().code, Some(0));
    let plain = site.public();
    for path in ["content/a.md", "templates/page.html", "silabus.toml"] {
        let text = fs::read_to_string(site.path(path)).unwrap();
        site.put(path, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    assert_eq!(site.build().code, Some(0));
    assert_eq!(site.public(), plain);
}

#[test]
fn unterminated_front_matter() {
    let site = published();
    site.put("content/a.md", "---\ntitle: A\n\nIsi.\n");
    refused(
        &site,
        1,
        &["content/a.md:1:1: error[front-matter-unterminated]: the front matter has no end"],
    );
}

#[test]
fn a_hundred_thousand_brackets() {
    let site = published();
    site.put(
        "content/a.md",
        format!("---\nextra: {}\n---\n", "[".repeat(100_000)),
    );
    let before = site.public();
    let run = site.build();
    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    assert!(run.err.starts_with("content/a.md:2:"), "{}", run.err);
    assert!(run.took < Duration::from_secs(5), "{:?}", run.took);
    assert_eq!(site.public(), before);
}

#[test]
fn brackets_in_toml_and_markdown() {
    let site = published();
    site.put(
        "content/a.md",
        format!("+++\nextra = {{ a = {} }}\n+++\n", "[".repeat(100_000)),
    );
    let run = site.build();
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.err.starts_with("content/a.md:2:"), "{}", run.err);
    fs::remove_file(site.path("content/a.md")).unwrap();
    site.put(
        "content/b.md",
        format!("{}\n\n{}\n", "[".repeat(50_000), "> ".repeat(20_000)),
    );
    let run = site.build();
    assert_eq!(
        run.code,
        Some(0),
        "{:?} {}",
        run.code,
        run.err.chars().take(300).collect::<String>()
    );
    assert!(run.took < Duration::from_secs(5), "{:?}", run.took);
}

#[test]
fn a_hundred_megabytes() {
    let site = published();
    let file = fs::File::create(site.path("content/a.md")).unwrap();
    file.set_len(100_000_000).unwrap();
    refused(
        &site,
        1,
        &["content/a.md:1:1: error[file-too-large]: content/a.md has 100 MB; texts may have 16"],
    );
}

#[test]
fn a_symlink_loop() {
    let site = published();
    symlink(site.path("content"), site.path("content/putar")).unwrap();
    refused(
        &site,
        1,
        &[
            "content/putar:1:1: error[link-loop]: the link content/putar leads back to a folder that holds it",
        ],
    );
}

#[test]
fn a_symlink_to_itself_and_one_to_nothing() {
    let site = published();
    symlink(site.path("content/diri.md"), site.path("content/diri.md")).unwrap();
    symlink(site.path("tidak-ada.md"), site.path("content/hilang.md")).unwrap();
    let before = site.public();
    let run = site.build();
    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(run.err.lines().count(), 2, "{}", run.err);
    assert!(
        run.err.contains("content/diri.md") && run.err.contains("content/hilang.md"),
        "{}",
        run.err
    );
    assert_eq!(site.public(), before);
}

#[test]
fn a_link_out_of_the_site() {
    let site = published();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("rahasia.md"), "x").unwrap();
    symlink(
        outside.path().join("rahasia.md"),
        site.path("content/rahasia.md"),
    )
    .unwrap();
    refused(
        &site,
        1,
        &[
            "content/rahasia.md:1:1: error[link-outside]: the link content/rahasia.md leads out of the site's folder",
        ],
    );
}

#[test]
fn a_folder_that_is_a_link_out_of_the_site() {
    for place in ["content/luar", "static/luar", "themes/polos/static/luar"] {
        let site = published();
        let outside = tempfile::tempdir().unwrap();
        fs::create_dir(outside.path().join("dalam")).unwrap();
        fs::write(outside.path().join("dalam/rahasia.txt"), "x").unwrap();
        if place.starts_with("themes") {
            let toml = fs::read_to_string(site.path("silabus.toml")).unwrap();
            site.put("silabus.toml", format!("theme = \"polos\"\n{toml}"));
            site.put(
                "themes/polos/theme.toml",
                "name = \"polos\"\nmin_version = \"0.1.0\"\n",
            );
        }
        fs::create_dir_all(site.path(place).parent().unwrap()).unwrap();
        symlink(outside.path(), site.path(place)).unwrap();
        let expected = format!(
            "{place}:1:1: error[link-outside]: the link {place} leads out of the site's folder"
        );
        refused(&site, 1, &[&expected]);
    }
}

#[test]
fn a_path_that_climbs() {
    let site = published();
    site.put(
        "content/a.md",
        "[x](../../etc/passwd)\n\n![y](../../../y.png)\n",
    );
    refused(
        &site,
        1,
        &[
            "content/a.md:1:5: error[broken-link]: \"../../etc/passwd\" leads out of content/",
            "content/a.md:3:6: error[broken-image]: \"../../../y.png\" leads out of content/",
        ],
    );
}

#[test]
fn two_pages_on_one_address() {
    let site = published();
    site.put("content/a.md", "---\nslug: lama\n---\n");
    let message =
        "the page (content/lama.md) and the page (content/a.md) both want the address /lama/";
    refused(
        &site,
        1,
        &[&format!(
            "content/lama.md:1:1: error[address-taken]: {message}"
        )],
    );
}

#[test]
fn a_template_that_includes_itself() {
    let site = published();
    site.put("templates/page.html", "{% include \"page.html\" %}");
    let message = "a template includes itself: page.html → page.html";
    refused(
        &site,
        1,
        &[&format!(
            "templates/page.html:1:4: error[template-cycle]: {message}"
        )],
    );
}

#[test]
fn an_empty_site() {
    let site = Site::new();
    let run = site.build();
    told(&run, 0, &[]);
    assert!(run.out.contains("silabus new page about"), "{run:?}");
    assert!(site.public().contains_key("index.html"));
    site.put("content/a.md", "Isi.");
    assert!(!site.build().out.contains("silabus new"));
}

#[test]
fn a_folder_without_a_site() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = program::program();
    command
        .args(["build", "--format", "short", "--root"])
        .arg(folder.path());
    told(
        &Run::of(&mut command),
        1,
        &["error[no-site]: there is no silabus.toml here"],
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_root_that_is_not_there() {
    let mut command = program::program();
    command.args(["build", "--root", "/tidak/ada"]);
    let run = Run::of(&mut command);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(
        run.err
            .starts_with("error: cannot open the folder /tidak/ada: "),
        "{}",
        run.err
    );
}

#[test]
fn a_missing_theme() {
    let site = published();
    let settings = fs::read_to_string(site.path("silabus.toml")).unwrap();
    site.put("silabus.toml", format!("theme = \"akademi\"\n{settings}"));
    let message = "there is no theme \"akademi\": themes/akademi/ is empty or missing";
    refused(
        &site,
        1,
        &[&format!(
            "silabus.toml:1:9: error[theme-missing]: {message}"
        )],
    );
}

#[test]
fn broken_settings() {
    let site = published();
    site.put(
        "silabus.toml",
        "base_url = \"https://a.example\ntitle = \"x\"\n",
    );
    let message = "the quote of `\"https://a.example` is never closed";
    refused(
        &site,
        1,
        &[&format!("silabus.toml:1:12: error[toml-syntax]: {message}")],
    );
}

#[test]
fn settings_that_are_a_folder() {
    let site = published();
    fs::remove_file(site.path("silabus.toml")).unwrap();
    fs::create_dir(site.path("silabus.toml")).unwrap();
    let before = site.public();
    let run = site.build();
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(
        run.err
            .starts_with("silabus.toml:1:1: error[file-is-folder]: silabus.toml is a folder"),
        "{}",
        run.err
    );
    assert_eq!(site.public(), before);
}
