//! Files that silabus did not write stay.

use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

const ONE: &[(&str, &str)] = &[("index.html", "1"), ("blog/a.html", "a")];
const TWO: &[(&str, &str)] = &[("index.html", "2"), ("new/b.html", "b")];

fn with<'a>(site: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [site, more].concat()
}

#[test]
fn the_gitignore_that_keeps_an_empty_folder_survives() {
    let project = Project::new();
    let ignore = [(".gitignore", "*\n!.gitignore\n")];
    project.put("public/.gitignore", ignore[0].1);
    let script = fs::Permissions::from_mode(0o751);
    fs::set_permissions(project.path("public/.gitignore"), script).unwrap();
    for site in [ONE, TWO, TWO] {
        let report = project.publish(site);
        assert!(report.atomic);
        project.assert_public(&with(site, &ignore));
        assert_eq!(project.beside(), [""; 0]);
    }
    let mode = fs::metadata(project.path("public/.gitignore"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o751);
}

#[test]
fn foreign_files_of_the_root_move_along() {
    let project = Project::new();
    project.publish(ONE);
    project.put("public/CNAME", "example.org");
    project.put("public/notes.txt", "mine");
    assert!(project.publish(TWO).atomic);
    let foreign = [("CNAME", "example.org"), ("notes.txt", "mine")];
    project.assert_public(&with(TWO, &foreign));
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn where_there_is_a_foreign_folder_files_go_one_by_one() {
    let project = Project::new();
    project.put("public/.git/objects/ab", "object");
    project.publish(ONE);
    let report = project.publish(TWO);
    assert!(report.note.unwrap().contains("it holds `.git`"));
    project.assert_public(&with(TWO, &[(".git/objects/ab", "object")]));
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn all_else_that_is_foreign_stays_where_it_is() {
    let project = Project::new();
    project.publish(ONE);
    project.put("public/blog/draft.txt", "mine");
    fs::create_dir(project.path("public/empty")).unwrap();
    symlink("/etc", project.path("public/link")).unwrap();
    assert!(!project.publish(TWO).atomic);
    let foreign = [
        ("blog/draft.txt", "mine"),
        ("empty/", ""),
        ("link", "a symlink"),
    ];
    project.assert_public(&with(TWO, &foreign));
}

#[test]
fn a_new_file_in_the_place_of_a_foreign_one_is_an_error() {
    for name in ["CNAME", "blog/draft.txt"] {
        let project = Project::new();
        project.publish(ONE);
        project.put(&format!("public/{name}"), "mine");
        let site = with(ONE, &[(name, "generated")]);
        let error = project.refusal(&site);
        assert_eq!(error.kind, Kind::Refused);
        assert!(error.cause.contains(name), "{error}");
        project.assert_public(&with(ONE, &[(name, "mine")]));
        assert_eq!(project.beside(), [""; 0]);

        let target = Target {
            force: true,
            ..project.target()
        };
        try_publish(&target, exchange::kernel, &site).unwrap();
        project.assert_public(&site);
        assert_eq!(project.beside(), [""; 0]);
        project.publish(ONE);
        project.assert_public(ONE);
    }
}

#[test]
fn a_foreign_file_with_the_same_bytes_is_taken_over() {
    let project = Project::new();
    project.publish(ONE);
    project.put("public/CNAME", "example.org");
    let site = with(ONE, &[("CNAME", "example.org")]);
    project.publish(&site);
    project.assert_public(&site);
    assert_eq!(project.beside(), [""; 0]);
    project.publish(ONE);
    project.assert_public(ONE);
}

#[test]
fn a_file_and_a_folder_never_replace_each_other_even_by_force() {
    let cases: [(&str, &str); 4] = [
        ("public/x", "x/index.html"),
        ("public/x/mine.txt", "x"),
        ("public/blog/x", "blog/x/y/index.html"),
        ("public/blog/mine.txt", "blog"),
    ];
    for (foreign, new) in cases {
        let project = Project::new();
        project.publish(ONE);
        project.put(foreign, "mine");
        let before = project.public();
        let target = Target {
            force: true,
            ..project.target()
        };
        let site = [("index.html", "2"), (new, "new")];
        for exchange in [exchange::kernel, never] {
            let error = try_publish(&target, exchange, &site).unwrap_err();
            assert_eq!(error.kind, Kind::Refused, "{error}");
            assert_eq!(project.public(), before);
        }
    }
}

#[test]
fn nothing_is_written_through_a_symlink() {
    let project = Project::new();
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("a.html"), "theirs").unwrap();
    project.publish(ONE);
    fs::remove_file(project.path("public/blog/a.html")).unwrap();
    fs::remove_dir(project.path("public/blog")).unwrap();
    symlink(elsewhere.path(), project.path("public/blog")).unwrap();
    for force in [false, true] {
        let target = Target {
            force,
            ..project.target()
        };
        let site = [("index.html", "2"), ("blog/a.html", "new")];
        let error = try_publish(&target, exchange::kernel, &site).unwrap_err();
        assert!(error.cause.contains("public/blog"), "{error}");
    }
    // The old page in that folder is not deleted through it either.
    project.publish(TWO);
    let theirs = fs::read_to_string(elsewhere.path().join("a.html")).unwrap();
    assert_eq!(theirs, "theirs");
}

#[test]
fn force_publishes_beside_somebodys_work() {
    let project = Project::new();
    let target = Target {
        force: true,
        ..project.target()
    };
    project.put("public/thesis.odt", "years");
    project.put("public/index.html", "by hand");
    assert!(try_publish(&target, exchange::kernel, ONE).unwrap().atomic);
    project.assert_public(&with(ONE, &[("thesis.odt", "years")]));
    assert_eq!(project.beside(), [""; 0]);
    project.put("public/folder/more.odt", "years");
    let foreign = [("folder/more.odt", "years"), ("thesis.odt", "years")];
    assert!(!project.publish(TWO).atomic);
    project.assert_public(&with(TWO, &foreign));
}

#[test]
fn what_comes_while_the_site_is_built_is_not_lost() {
    let project = Project::new();
    project.publish(ONE);
    project.put("public/CNAME", "old");
    let publisher = open(&project.target()).unwrap();
    write_all(&publisher, TWO).unwrap();
    // The exchange comes after the survey and the copies: as late as can be.
    let late: Exchange = |folder, stage, name| {
        let file = |path: &str, text: &str| {
            let path = Path::new(name).join(path);
            let (above, last) = (path.parent().unwrap(), path.file_name().unwrap());
            let above = folder::open_in(folder, above).unwrap();
            let _ = folder::unlink(&above, last);
            let mut file = folder::create_file(&above, last).unwrap();
            std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        };
        file("CNAME", "edited");
        file("late.txt", "late");
        file("blog/late.txt", "late too");
        exchange::kernel(folder, stage, name)
    };
    let publisher = Publisher {
        exchange: late,
        ..publisher
    };
    let published = publisher.commit(phase).unwrap();
    assert_eq!(published.old.remove(), Ok(None));
    let late = [
        ("CNAME", "edited"),
        ("late.txt", "late"),
        ("blog/late.txt", "late too"),
    ];
    project.assert_public(&with(TWO, &late));
    assert_eq!(project.beside(), [""; 0]);
}
