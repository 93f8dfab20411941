//! One file is saved, in the ways of editors and tools.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::time::SystemTime;

use crate::site::Site;

const PAGE: &str = "content/a.md";

both_ways! {
    vim emacs vs_code jet_brains sed_in_place moved_over truncated_and_written
    made removed removed_and_made every_folder settings
    touched droppings read output_and_others
}

fn vim(site: &Site) {
    site.put("content/.a.md.swp", "swap");
    let told = site.told_at_once(&[PAGE], || {
        site.put("content/4913", "");
        site.remove("content/4913");
        site.rename(PAGE, "content/a.md~");
        site.put(PAGE, "baru");
        site.remove("content/a.md~");
        site.remove("content/.a.md.swp");
    });
    assert!(told.names_only(&[PAGE]), "{told:?}");
}

fn emacs(site: &Site) {
    symlink("me@host.1", site.path("content/.#a.md")).unwrap();
    site.put("content/#a.md#", "autosave");
    let told = site.told_at_once(&[PAGE], || {
        site.rename(PAGE, "content/a.md~");
        site.put(PAGE, "baru");
        site.remove("content/.#a.md");
        site.remove("content/#a.md#");
    });
    assert!(told.names_only(&[PAGE]), "{told:?}");
}

fn vs_code(site: &Site) {
    let told = site.told_at_once(&[PAGE], || {
        let mut file = OpenOptions::new()
            .write(true)
            .truncate(true)
            .open(site.path(PAGE))
            .unwrap();
        file.write_all(b"baru").unwrap();
        file.sync_data().unwrap();
    });
    assert!(told.names_only(&[PAGE]), "{told:?}");
}

fn jet_brains(site: &Site) {
    site.told_at_once(&[PAGE], || {
        site.put("content/a.md___jb_tmp___", "baru");
        site.rename(PAGE, "content/a.md___jb_old___");
        site.rename("content/a.md___jb_tmp___", PAGE);
        site.remove("content/a.md___jb_old___");
    });
}

fn sed_in_place(site: &Site) {
    site.told_at_once(&[PAGE], || {
        site.put("content/sedK3x9Qz", "baru");
        site.rename("content/sedK3x9Qz", PAGE);
    });
}

fn moved_over(site: &Site) {
    fs::write(site.beside("b.md"), "baru").unwrap();
    let told = site.told_at_once(&[PAGE], || {
        fs::rename(site.beside("b.md"), site.path(PAGE)).unwrap();
    });
    assert!(told.names_only(&[PAGE]), "{told:?}");
}

fn truncated_and_written(site: &Site) {
    let told = site.told_at_once(&[PAGE], || {
        let mut file = File::create(site.path(PAGE)).unwrap();
        for _ in 0..20 {
            file.write_all(b"sepotong demi sepotong").unwrap();
        }
    });
    assert!(told.names_only(&[PAGE]), "{told:?}");
}

fn made(site: &Site) {
    let told = site.told_at_once(&["content/kursus/c.md"], || {
        site.put("content/kursus/c.md", "baru");
    });
    assert!(told.names_only(&["content/kursus/c.md"]), "{told:?}");
    site.is_watched("content/kursus/c.md");
}

fn removed(site: &Site) {
    let told = site.told_at_once(&[PAGE], || site.remove(PAGE));
    assert!(told.names_only(&[PAGE]), "{told:?}");
}

fn removed_and_made(site: &Site) {
    let told = site.told_at_once(&[PAGE], || {
        site.remove(PAGE);
        site.put(PAGE, "baru");
    });
    assert!(told.names_only(&[PAGE]), "{told:?}");
    site.is_watched(PAGE);
}

fn every_folder(site: &Site) {
    for path in [
        "content/kursus/b.md",
        "templates/page.html",
        "static/logo.svg",
        "i18n/id.toml",
        "themes/akademi/templates/page.html",
        "content/.well-known",
    ] {
        site.is_watched(path);
    }
}

fn settings(site: &Site) {
    let told = site.told_at_once(&["silabus.toml"], || {
        site.put("silabus.toml.new", "title = \"y\"");
        site.rename("silabus.toml.new", "silabus.toml");
    });
    assert!(told.names_only(&["silabus.toml"]), "{told:?}");
}

/// May be told, but not as a change of anything else.
fn touched(site: &Site) {
    let told = site.told(&[], || {
        let file = OpenOptions::new()
            .append(true)
            .open(site.path(PAGE))
            .unwrap();
        file.set_modified(SystemTime::now()).unwrap();
        fs::set_permissions(site.path(PAGE), Permissions::from_mode(0o600)).unwrap();
    });
    assert!(told.names_only(&[PAGE]), "{told:?}");
    assert!(told.hints.len() <= 1, "{told:?}");
}

fn droppings(site: &Site) {
    site.untold(|| {
        for name in [
            ".a.md.swp",
            "a.md.swx",
            "a.md~",
            "a.tmp",
            "#a.md#",
            "4913",
            ".DS_Store",
            ".git/HEAD",
        ] {
            site.put(&format!("content/kursus/{name}"), "x");
            site.put(&format!("themes/akademi/templates/{name}"), "x");
        }
        site.remove("content/kursus/4913");
        site.rename("content/kursus/a.tmp", "content/kursus/b.tmp");
    });
}

fn read(site: &Site) {
    site.untold(|| {
        for folder in [
            "content",
            "content/kursus",
            "templates",
            "themes/akademi/templates",
        ] {
            for entry in fs::read_dir(site.path(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    fs::read(path).unwrap();
                }
            }
        }
    });
}

fn output_and_others(site: &Site) {
    site.untold(|| {
        site.put("public/a/index.html", "x");
        site.rename("public", "public.old");
        site.put("public/index.html", "y");
        fs::remove_dir_all(site.path("public.old")).unwrap();
        for path in [
            ".silabus/cache",
            "target/debug/y",
            ".git/index",
            "README.md",
        ] {
            site.put(path, "y");
        }
        fs::create_dir(site.path("node_modules")).unwrap();
    });
}
