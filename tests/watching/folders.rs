//! Folders come, go and change places.

use std::fs;

use crate::site::Site;

both_ways! {
    new_with_files new_later renamed swapped other_case removed_and_made_again
    moved_out_and_in checked_out missing_ones_appear all_inputs_come_again
    site_renamed_and_back site_made_again folder_above_renamed_and_back hidden_and_shown
}

fn new_with_files(site: &Site) {
    site.told(&["content/x/y/z/c.md", "content/x/d.md"], || {
        site.put("content/x/y/z/c.md", "c");
        site.put("content/x/d.md", "d");
    });
    site.is_watched("content/x/y/z/c.md");
    site.is_watched("content/x/y/z/new.md");
}

/// Files that come into a new folder after it was told are told too.
fn new_later(site: &Site) {
    for number in 0..20 {
        let folder = format!("content/x{number}");
        let file = format!("{folder}/c.md");
        site.told(&[&folder], || fs::create_dir(site.path(&folder)).unwrap());
        site.is_watched(&file);
    }
}

fn renamed(site: &Site) {
    site.told_at_once(&["content/kursus", "content/kelas"], || {
        site.rename("content/kursus", "content/kelas");
    });
    site.is_watched("content/kelas/b.md");
    site.told(&["content/kursus", "content/kelas"], || {
        site.rename("content/kelas", "content/kursus");
    });
    site.is_watched("content/kursus/b.md");
}

fn swapped(site: &Site) {
    site.put("content/artikel/dalam/c.md", "c");
    site.told(&["content/kursus", "content/artikel"], || {
        site.rename("content/kursus", "content/t");
        site.rename("content/artikel", "content/kursus");
        site.rename("content/t", "content/artikel");
    });
    for path in ["content/artikel/b.md", "content/kursus/dalam/c.md"] {
        site.is_watched(path);
    }
}

fn other_case(site: &Site) {
    site.told_at_once(&["content/a.md", "content/A.md"], || {
        site.rename("content/a.md", "content/A.md");
    });
    site.told_at_once(&["content/kursus", "content/Kursus"], || {
        site.rename("content/kursus", "content/Kursus");
    });
    site.is_watched("content/Kursus/b.md");
}

fn removed_and_made_again(site: &Site) {
    for _ in 0..5 {
        site.told(&["content/kursus/b.md"], || {
            fs::remove_dir_all(site.path("content/kursus")).unwrap();
            site.put("content/kursus/b.md", "baru");
        });
        site.is_watched("content/kursus/b.md");
        site.is_watched("content/kursus/c.md");
    }
}

fn moved_out_and_in(site: &Site) {
    let (inside, outside) = (site.path("content/kursus"), site.beside("kursus"));
    site.told(&["content/kursus/b.md"], || {
        fs::rename(&inside, &outside).unwrap();
    });
    site.untold(|| fs::write(outside.join("b.md"), "di luar").unwrap());
    site.told(&["content/kursus/b.md"], || {
        fs::rename(&outside, &inside).unwrap();
    });
    site.is_watched("content/kursus/b.md");
}

/// As `git checkout` does: files removed and made, folders emptied, removed, made.
fn checked_out(site: &Site) {
    let file = |folder: u32, number: u32| format!("content/f{folder}/{number}.md");
    let all = || (0..20).flat_map(|folder| (0..10).map(move |number| file(folder, number)));
    let old: Vec<String> = all().collect();
    let old: Vec<&str> = old.iter().map(String::as_str).collect();
    // Who looks now and then never saw what came and went between two looks.
    site.told(&old, || old.iter().for_each(|file| site.put(file, "lama")));
    let changed: Vec<String> = all()
        .chain((0..20).map(|number| file(30 + number, number)))
        .collect();
    let changed: Vec<&str> = changed.iter().map(String::as_str).collect();
    let told = site.told(&changed, || {
        for folder in 0..20 {
            for number in 0..10 {
                site.remove(&file(folder, number));
                if folder % 2 == 0 {
                    site.put(&file(folder, number), "baru");
                }
            }
            if folder % 2 == 1 {
                fs::remove_dir(site.path(&format!("content/f{folder}"))).unwrap();
            }
            site.put(&file(30 + folder, folder), "baru");
        }
    });
    told.is_brief(3);
    site.is_watched("content/f4/3.md");
    site.is_watched("content/f35/5.md");
}

fn missing_ones_appear(site: &Site) {
    site.told(&["data/harga.csv"], || site.put("data/harga.csv", "1"));
    site.is_watched("data/harga.csv");
    site.told(&["sass/a/b.scss"], || site.put("sass/a/b.scss", "1"));
    site.is_watched("sass/a/b.scss");
}

fn all_inputs_come_again(site: &Site) {
    let inputs = ["content", "templates", "static", "themes"];
    site.told(&inputs, || {
        for folder in inputs {
            fs::remove_dir_all(site.path(folder)).unwrap();
        }
        site.remove("silabus.toml");
    });
    site.told(
        &["content/a.md", "templates/page.html", "silabus.toml"],
        || {
            site.fill();
        },
    );
    site.told(&["themes/akademi/templates/page.html"], || {
        site.put("themes/akademi/templates/page.html", "x");
    });
    for path in [
        "content/kursus/b.md",
        "templates/page.html",
        "silabus.toml",
        "themes/akademi/templates/page.html",
    ] {
        site.is_watched(path);
    }
}

fn site_renamed_and_back(site: &Site) {
    let other = site.beside("above/other");
    site.told(&["content/a.md"], || {
        fs::rename(site.root(), &other).unwrap();
        fs::write(other.join("content/a.md"), "sementara").unwrap();
        fs::rename(&other, site.root()).unwrap();
    });
    site.is_watched("content/kursus/b.md");
    // It is told at once that all is gone; then the end mark makes a new folder.
    site.told(&["content/a.md", "silabus.toml"], || {
        fs::rename(site.root(), &other).unwrap();
    });
    site.told(&["content/a.md", "silabus.toml"], || {
        fs::remove_dir_all(site.root()).unwrap();
        fs::rename(&other, site.root()).unwrap();
    });
    site.is_watched("content/kursus/b.md");
    site.is_watched("silabus.toml");
}

fn site_made_again(site: &Site) {
    for _ in 0..3 {
        site.told(&["content/a.md", "silabus.toml"], || {
            fs::remove_dir_all(site.root()).unwrap();
            site.fill();
        });
        site.is_watched("content/kursus/b.md");
        site.is_watched("silabus.toml");
    }
}

/// The kernel says nothing of that: only looking finds it.
fn folder_above_renamed_and_back(site: &Site) {
    let (above, away) = (site.beside("above"), site.beside("away"));
    site.told(&["content/a.md"], || {
        fs::rename(&above, &away).unwrap();
        site.put("content/a.md", "yang lain");
    });
    site.fill();
    site.told(&["content/a.md"], || {
        fs::remove_dir_all(&above).unwrap();
        fs::rename(&away, &above).unwrap();
    });
    site.is_watched("content/kursus/b.md");
    site.is_watched("silabus.toml");
}

/// A folder whose name was none of an input gets one that is.
fn hidden_and_shown(site: &Site) {
    site.untold(|| site.put("content/.nanti/c.md", "c"));
    site.told(&["content/nanti/c.md"], || {
        site.rename("content/.nanti", "content/nanti");
    });
    site.is_watched("content/nanti/c.md");
    site.told(&["content/nanti/c.md"], || {
        site.rename("content/nanti", "content/.nanti");
    });
    site.untold(|| site.put("content/.nanti/c.md", "d"));
}
