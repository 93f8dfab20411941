//! The program killed, and failed, at every call that changes the disk.

use std::process::Command;

use super::*;

const OLD: &[(&str, &str)] = &[
    ("index.html", "old"),
    ("a/b.html", "b"),
    ("x", "file"),
    ("same", "same"),
];
const NEW: &[(&str, &str)] = &[
    ("index.html", "new"),
    ("c/d.html", "d"),
    ("x/y.css", "y"),
    ("same", "same"),
];
const FOREIGN: (&str, &str) = ("CNAME", "example.org");

/// The child's exit code when it could not publish; the harness has others.
const FAILED: i32 = 3;

/// Published by the child, in the folder and in the way that the environment names.
#[test]
#[ignore = "the child of the tests below"]
fn child() {
    let Some(root) = std::env::var_os("SILABUS_TEST_ROOT") else {
        return;
    };
    let by_file = std::env::var_os("SILABUS_TEST_BY_FILE").is_some();
    let exchange = if by_file { never } else { exchange::kernel };
    let published = open_with(&target(Path::new(&root)), exchange).and_then(|publisher| {
        write_all(&publisher, NEW)?;
        publisher.commit(phase)
    });
    match published {
        // An old tree that cannot be removed is the next run's.
        Ok(published) => drop(published.old.remove()),
        Err(_) => std::process::exit(FAILED),
    }
}

/// Runs the child under `strace` with an injection; its exit code, if it has one.
fn run(project: &Project, by_file: bool, inject: &str) -> Option<i32> {
    let this = std::env::current_exe().unwrap();
    let mut command = Command::new("strace");
    command.args([
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        &format!("inject={inject}"),
    ]);
    command
        .arg(this)
        .args(["--ignored", "--exact", "--test-threads=1"]);
    command.arg("engine::publish::tests::kill::child");
    command.env("SILABUS_TEST_ROOT", project.folder.path());
    if by_file {
        command.env("SILABUS_TEST_BY_FILE", "1");
    }
    command.output().unwrap().status.code()
}

fn calls() -> [&'static str; 6] {
    [
        "/^rename", "/^unlink", "/^fsync", "/^mkdir", "/^write", "/^openat",
    ]
}

#[test]
#[ignore = "slow; needs strace"]
fn the_output_is_wholly_old_or_wholly_new() {
    for by_file in [false, true] {
        for call in calls() {
            for fault in ["signal=SIGKILL", "error=EIO", "error=ENOSPC", "error=EINTR"] {
                every(by_file, call, fault);
            }
        }
    }
}

/// Injects the fault at the first, the second, … call until a run ends well without it.
fn every(by_file: bool, call: &str, fault: &str) {
    let case = format!("{call} {fault} by file: {by_file}");
    let (mut met, mut quiet) = (0, 0);
    for number in 1..400 {
        let project = Project::new();
        project.put("public/CNAME", FOREIGN.1);
        project.publish(OLD);
        let code = run(&project, by_file, &format!("{call}:{fault}:when={number}"));
        let is = |site: &[(&str, &str)]| {
            let all = [site, &[FOREIGN]].concat();
            let own = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
            project.public() == all.iter().map(own).collect()
        };
        // The harness opens files, too, and gives up when interrupted.
        let harmless = fault == "error=EINTR" && call != "/^openat";
        assert!(!harmless || code == Some(0), "{case} {number}: {code:?}");
        if code == Some(0) {
            assert!(is(NEW), "{case} {number}: {:?}", project.public());
            quiet += 1;
        } else {
            (met, quiet) = (met + 1, 0);
        }
        let half = by_file && project.path(".public.silabus-journal").exists();
        assert!(
            is(OLD) || is(NEW) || half,
            "{case} {number}: {:?}",
            project.public()
        );
        assert!(
            is(OLD) || half || code != Some(FAILED),
            "{case} {number}: an error, but new"
        );
        // Rolls forward; but what is not in the journal is published by the next build only.
        open(&project.target()).unwrap().abandon();
        assert!(
            is(OLD) || is(NEW),
            "{case} {number}: {:?}",
            project.public()
        );
        assert_eq!(project.beside(), [""; 0], "{case} {number}");
        project.publish(NEW);
        assert!(is(NEW), "{case} {number}: {:?}", project.public());
        // Some faults do no harm; a row of fine runs means that no call is left.
        if quiet == 12 {
            break;
        }
    }
    assert!(met > 0 || fault == "error=EINTR", "{case}: never met");
}
