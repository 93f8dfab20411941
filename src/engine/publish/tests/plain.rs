//! What happens every day.

use std::os::unix::fs::{MetadataExt, PermissionsExt};

use super::*;

const SITE: &[(&str, &str)] = &[
    ("index.html", "home"),
    ("a/b/index.html", "b"),
    ("s.css", "x"),
];

#[test]
fn the_first_time_there_is_no_folder() {
    let project = Project::new();
    let report = project.publish(SITE);
    project.assert_public(SITE);
    assert_eq!(
        (report.written, report.unchanged, report.removed),
        (3, 0, 0)
    );
    assert_eq!((report.atomic, report.note), (true, None));
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn the_folder_above_is_made_too() {
    let project = Project::new();
    let target = Target {
        output: "dist/site".into(),
        ..project.target()
    };
    try_publish(&target, exchange::kernel, SITE).unwrap();
    assert_eq!(tree(&project.path("dist")).len(), 4);
}

#[test]
fn the_second_time_tells_what_changed() {
    for exchange in [exchange::kernel, never] {
        let project = Project::new();
        project.publish(SITE);
        let new = [
            ("index.html", "home!"),
            ("a/b/index.html", "b"),
            ("c.html", "c"),
        ];
        let report = try_publish(&project.target(), exchange, &new).unwrap();
        project.assert_public(&new);
        assert_eq!(
            (report.written, report.unchanged, report.removed),
            (2, 1, 1)
        );
        assert_eq!(project.beside(), [""; 0]);
    }
}

#[test]
fn unchanged_files_keep_their_time() {
    for exchange in [exchange::kernel, never] {
        let project = Project::new();
        let large = "x".repeat(10_000);
        project.publish(&[("same.html", &large), ("other.html", "1")]);
        let time = |project: &Project| {
            let meta = fs::metadata(project.path("public/same.html")).unwrap();
            (meta.mtime(), meta.mtime_nsec())
        };
        let before = time(&project);
        std::thread::sleep(std::time::Duration::from_millis(20));
        let new = [("same.html", large.as_str()), ("other.html", "2")];
        try_publish(&project.target(), exchange, &new).unwrap();
        assert_eq!(time(&project), before);
        project.assert_public(&new);
    }
}

#[test]
fn a_site_that_is_live_already_is_left_alone() {
    let project = Project::new();
    project.publish(SITE);
    let before = fs::metadata(project.path("public")).unwrap().ino();
    let report = project.publish(SITE);
    assert_eq!(
        (report.written, report.unchanged, report.removed),
        (0, 3, 0)
    );
    assert_eq!(fs::metadata(project.path("public")).unwrap().ino(), before);
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn a_file_that_was_tampered_with_is_written_again() {
    for exchange in [exchange::kernel, never] {
        let project = Project::new();
        project.publish(SITE);
        project.put("public/index.html", "HOME");
        fs::remove_file(project.path("public/s.css")).unwrap();
        let report = try_publish(&project.target(), exchange, SITE).unwrap();
        assert_eq!((report.written, report.unchanged), (2, 1));
        project.assert_public(SITE);
    }
}

#[test]
fn files_and_folders_change_places() {
    for exchange in [exchange::kernel, never] {
        let project = Project::new();
        project.publish(&[
            ("a", "file"),
            ("b/c/d.html", "d"),
            ("b/e.html", "e"),
            ("X.html", "X"),
        ]);
        let new = [("a/b.html", "b"), ("b", "file"), ("x.html", "x")];
        try_publish(&project.target(), exchange, &new).unwrap();
        project.assert_public(&new);
    }
}

#[test]
fn an_abandoned_publication_leaves_no_trace() {
    let project = Project::new();
    project.publish(SITE);
    let publisher = open(&project.target()).unwrap();
    write_all(
        &publisher,
        &[("new/index.html", "new"), ("index.html", "other")],
    )
    .unwrap();
    publisher.abandon();
    project.assert_public(SITE);
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn after_a_failed_write_nothing_is_published() {
    let project = Project::new();
    project.publish(SITE);
    let publisher = open(&project.target()).unwrap();
    publisher.write("a", b"file").unwrap();
    let error = publisher.write("a/b.html", b"in it").unwrap_err();
    assert_eq!(error.kind, Kind::Machine);
    assert!(error.cause.contains("public/a/b.html"), "{error}");
    assert!(publisher.commit(phase).is_err());
    project.assert_public(SITE);
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn a_path_that_leads_elsewhere_is_not_written() {
    let project = Project::new();
    let publisher = open(&project.target()).unwrap();
    for path in [
        "../x",
        "/tmp/x",
        "a//b",
        "",
        manifest::NAME,
        "a/../../content/x",
    ] {
        let error = publisher.write(path, b"").unwrap_err();
        assert_eq!(error.kind, Kind::Refused, "{path}");
    }
}

#[test]
fn many_threads_write_at_once() {
    fn is_sync<T: Sync + Send>(_: &T) {}
    let project = Project::new();
    let publisher = open(&project.target()).unwrap();
    is_sync(&publisher);
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let publisher = &publisher;
            scope.spawn(move || {
                for page in 0..50 {
                    let path = format!("{}/{page}/{thread}.html", page % 7);
                    publisher.write(&path, path.as_bytes()).unwrap();
                }
            });
        }
    });
    let published = publisher.commit(phase).unwrap();
    assert_eq!(published.written, 400);
    assert!(project.public().iter().all(|(path, text)| path == text));
}

#[test]
fn two_builds_at_once_end_in_a_clear_error() {
    let project = Project::new();
    let first = open(&project.target()).unwrap();
    let error = open(&project.target()).err().unwrap();
    assert_eq!(error.kind, Kind::Locked);
    assert!(
        error
            .cause
            .contains(&format!("process {}", std::process::id())),
        "{error}"
    );
    let published = first.commit(phase).unwrap();
    assert!(
        open(&project.target()).is_err(),
        "the old tree is not removed yet"
    );
    drop(published);
    assert!(open(&project.target()).is_ok());
}

#[test]
fn the_lock_of_a_dead_process_locks_nothing() {
    let project = Project::new();
    project.put(".public.silabus-lock", "1");
    project.publish(SITE);
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn files_and_folders_have_their_usual_modes() {
    let project = Project::new();
    project.publish(SITE);
    let mode = |path: &str| {
        fs::metadata(project.path(path))
            .unwrap()
            .permissions()
            .mode()
    };
    assert_eq!(mode("public/index.html") & 0o700, 0o600);
    assert_eq!(mode("public/a") & 0o700, 0o700);
    assert_eq!(
        fs::metadata(project.path("public/s.css")).unwrap().nlink(),
        1
    );
    fs::set_permissions(project.path("public"), fs::Permissions::from_mode(0o750)).unwrap();
    project.publish(&SITE[..2]);
    assert_eq!(mode("public") & 0o777, 0o750);
}

#[test]
fn a_symlink_to_the_output_folder_stays() {
    let project = Project::new();
    fs::create_dir(project.path("www")).unwrap();
    std::os::unix::fs::symlink("www", project.path("public")).unwrap();
    project.publish(SITE);
    assert!(project.path("public").is_symlink());
    assert_eq!(tree(&project.path("www")).len(), 4);
    assert_eq!(project.beside(), [""; 0]);
}

#[test]
fn exchange_can_be_demanded() {
    let project = Project::new();
    project.publish(SITE);
    let target = Target {
        require_atomic: true,
        ..project.target()
    };
    let error = try_publish(&target, never, &SITE[..1]).unwrap_err();
    assert_eq!(error.kind, Kind::Refused);
    project.assert_public(SITE);
    assert_eq!(project.beside(), [""; 0]);
    try_publish(&target, exchange::kernel, &SITE[..1]).unwrap();
}

#[test]
fn file_by_file_is_said_in_one_line() {
    let project = Project::new();
    project.publish(SITE);
    let report = project.publish_by_file(&SITE[..1]);
    assert!(!report.atomic);
    let note = report.note.unwrap();
    assert!(
        note.contains("file by file: its file system cannot exchange"),
        "{note}"
    );
    assert_eq!(note.lines().count(), 1);
}

/// What is kept has no bytes: they are those of the live file, of its size and time.
#[test]
fn a_live_file_is_kept_without_its_bytes() {
    let large = "x".repeat(10_000);
    let site = [
        ("a/large.html", large.as_str()),
        ("small.html", "s"),
        ("other.html", "1"),
    ];
    for exchange in [exchange::kernel, never] {
        let project = Project::new();
        project.publish(&site);
        let time = || {
            fs::metadata(project.path("public/small.html"))
                .unwrap()
                .mtime_nsec()
        };
        let before = time();
        let publisher = open_with(&project.target(), exchange).unwrap();
        for (path, text) in &site[..2] {
            assert!(publisher.keep(path, Fingerprint::of(text)));
        }
        publisher.write("other.html", b"2").unwrap();
        let published = publisher.commit(phase).unwrap();
        assert_eq!((published.written, published.unchanged), (1, 2));
        published.old.remove().unwrap();
        project.assert_public(&[site[0], site[1], ("other.html", "2")]);
        assert_eq!(time(), before);
        // The manifest knows them as before.
        assert_eq!(project.publish(&site[..2]).unchanged, 2);
    }
}

#[test]
fn what_is_not_there_as_it_was_is_not_kept() {
    let project = Project::new();
    let site = [("a.html", "a"), ("b.html", "b"), ("c.html", "c")];
    project.publish(&site);
    project.put("public/b.html", "by hand");
    fs::remove_file(project.path("public/c.html")).unwrap();
    let publisher = open(&project.target()).unwrap();
    assert!(!publisher.keep("a.html", Fingerprint::of("other")));
    for path in ["b.html", "c.html", "new.html", "../a.html"] {
        assert!(!publisher.keep(path, Fingerprint::of(&path[..1])), "{path}");
    }
    // Their places are free for those who have the bytes.
    write_all(&publisher, &site).unwrap();
    publisher.commit(phase).unwrap().old.remove().unwrap();
    project.assert_public(&site);
    assert_eq!(project.beside(), [""; 0]);
}
