//! Folders and files that the site reaches through symbolic links, and watching something else.

use std::fs;
use std::os::unix::fs::symlink;

use silabus::base::SitePath;
use silabus::dev::watch::{Hint, WatchError, WatchOptions, Watcher};

use crate::site::{Site, covers, write};

const PAGE: &str = "themes/akademi/templates/page.html";

both_ways! {
    theme theme_flips theme_is_made_again folder_in_content folder_out_of_the_site file_in_content
    link_in_the_middle_flips link_to_nothing circle two_ways_to_one_folder
    another_theme other_files nothing_after_the_end
}

fn theme(site: &Site) {
    let told = site.told_at_once(&[PAGE], || {
        write(&site.beside("themes/akademi/templates/page.html"), "y");
    });
    assert!(told.names_only(&[PAGE]), "{told:?}");
    let new = "themes/akademi/static/new.css";
    site.told(&[new], || site.put(new, "x"));
    site.is_watched(new);
}

fn theme_flips(site: &Site) {
    write(&site.beside("themes/other/templates/page.html"), "z");
    site.told(&[PAGE], || {
        symlink(site.beside("themes/other"), site.path("themes/new")).unwrap();
        site.rename("themes/new", "themes/akademi");
    });
    site.untold(|| write(&site.beside("themes/akademi/templates/page.html"), "y"));
    site.told(&[PAGE], || {
        write(&site.beside("themes/other/templates/page.html"), "y");
    });
    site.told(&[PAGE], || {
        site.remove("themes/akademi");
        symlink(site.beside("themes/akademi"), site.path("themes/akademi")).unwrap();
    });
    site.is_watched(PAGE);
}

fn theme_is_made_again(site: &Site) {
    let real = site.beside("themes/akademi");
    site.told(&[PAGE], || {
        fs::remove_dir_all(&real).unwrap();
    });
    site.told(&[PAGE], || write(&real.join("templates/page.html"), "new"));
    site.is_watched(PAGE);
    let away = site.beside("themes/away");
    site.told(&[PAGE], || fs::rename(&real, &away).unwrap());
    site.told(&[PAGE], || fs::rename(&away, &real).unwrap());
    site.is_watched(PAGE);
}

fn folder_in_content(site: &Site) {
    write(&site.path("shared/dalam/s.md"), "s");
    site.told(&["content/shared/dalam/s.md"], || {
        symlink(site.path("shared"), site.path("content/shared")).unwrap();
    });
    site.told_at_once(&["content/shared/dalam/s.md"], || {
        write(&site.path("shared/dalam/s.md"), "t");
    });
    let new = "content/shared/new/t.md";
    site.told(&[new], || site.put(new, "x"));
    site.is_watched(new);
}

/// Nothing of it is read, so nothing of it is watched; where the link leads is.
fn folder_out_of_the_site(site: &Site) {
    write(&site.beside("shared/dalam/s.md"), "s");
    site.told(&["content/shared"], || {
        symlink(site.beside("shared"), site.path("content/shared")).unwrap();
    });
    site.untold(|| write(&site.beside("shared/dalam/s.md"), "t"));
    site.put("lain/l.md", "l");
    site.told(&["content/shared"], || {
        site.remove("content/shared");
        symlink("../lain", site.path("content/shared")).unwrap();
    });
    site.is_watched("content/shared/l.md");
}

/// The file lies in a folder of the project that is none of the inputs.
fn file_in_content(site: &Site) {
    site.put("notes/s.md", "s");
    site.told(&["content/s.md"], || {
        symlink(site.path("notes/s.md"), site.path("content/s.md")).unwrap();
    });
    let told = site.told(&["content/s.md"], || {
        site.put("notes/new", "t");
        site.rename("notes/new", "notes/s.md");
    });
    assert!(told.names_only(&["content/s.md"]), "{told:?}");
    site.is_watched("content/s.md");
    site.untold(|| site.put("notes/other.md", "o"));
}

/// Nothing that is watched changes, only where a link leads.
fn link_in_the_middle_flips(site: &Site) {
    for version in ["v1", "v2"] {
        write(&site.path(&format!("{version}/s.md")), version);
        write(&site.path(&format!("{version}/dir/t.md")), version);
    }
    let (current, next) = (site.path("current"), site.path("next"));
    symlink(site.path("v1"), &current).unwrap();
    symlink(site.path("v2"), &next).unwrap();
    site.told(&["content/s.md", "content/dir"], || {
        symlink(current.join("s.md"), site.path("content/s.md")).unwrap();
        symlink(current.join("dir"), site.path("content/dir")).unwrap();
        // So the folder where the link will lead is watched before.
        symlink(site.path("v2/s.md"), site.path("content/two.md")).unwrap();
    });
    site.told(&["content/s.md", "content/dir/t.md"], || {
        fs::rename(&next, &current).unwrap();
    });
    let told = site.told(&["content/s.md", "content/two.md"], || {
        site.put("content/s.md", "x");
    });
    assert_eq!(told.hints.len(), 1, "{told:?}");
    site.is_watched("content/dir/t.md");
}

fn link_to_nothing(site: &Site) {
    site.told(&["content/later"], || {
        symlink(site.path("later"), site.path("content/later")).unwrap();
    });
    site.told(&["content/later/c.md"], || {
        write(&site.path("later/c.md"), "c");
    });
    site.is_watched("content/later/c.md");
}

fn circle(site: &Site) {
    site.told(&["content/circle"], || {
        symlink(site.path("content"), site.path("content/circle")).unwrap();
    });
    site.is_watched("content/kursus/b.md");
}

fn two_ways_to_one_folder(site: &Site) {
    let both = ["content/kursus/b.md", "content/kelas/b.md"];
    site.told(&["content/kelas"], || {
        symlink("kursus", site.path("content/kelas")).unwrap();
    });
    let told = site.told_at_once(&both, || site.put("content/kursus/b.md", "y"));
    assert!(told.names_only(&both), "{told:?}");
}

fn another_theme(site: &Site) {
    site.put("themes/polos/templates/page.html", "x");
    site.untold(|| site.put("themes/polos/templates/page.html", "y"));
    site.told(&["themes/polos/templates/page.html"], || {
        site.retarget("polos", &[]);
    });
    site.is_watched("themes/polos/templates/page.html");
    site.untold(|| site.put(PAGE, "z"));
}

fn other_files(site: &Site) {
    let extra = ["README.md", "prices/2026/all.csv", "partners", ""];
    site.put("README.md", "x");
    site.told(&["README.md"], || site.retarget("akademi", &extra));
    site.is_watched("README.md");
    for path in ["prices/2026/all.csv", "partners/a/b.toml"] {
        site.told(&[path], || site.put(path, "1"));
        site.is_watched(path);
    }
    site.untold(|| site.put("prices/2026/other.csv", "1"));
    site.untold(|| site.put("public/index.html", "1"));
}

fn nothing_after_the_end(site: &Site) {
    site.put("content/a.md", "baru");
    let told = site.stop();
    assert!(told.len() <= 1, "{told:?}");
    assert!(!covers(&told, "content/b.md"));
}

#[test]
fn a_site_that_is_not_there_is_an_error() {
    let site = Site::unwatched(false);
    for root in [site.path("nowhere"), site.path("silabus.toml")] {
        let started = Watcher::start(WatchOptions::new(&root), |_: Hint| {});
        let error = started.err().unwrap();
        assert!(matches!(error, WatchError::Root(..)));
        assert!(error.to_string().contains(&*root.to_string_lossy()));
    }
}

#[test]
fn a_site_may_itself_be_reached_by_a_link() {
    let site = Site::unwatched(false);
    let link = site.beside("link");
    symlink(site.root(), &link).unwrap();
    let mut options = site.options();
    options.root = link;
    options.extra.insert(SitePath::new("README.md").unwrap());
    site.watch(options);
    site.is_watched("content/a.md");
    site.is_watched("README.md");
}
