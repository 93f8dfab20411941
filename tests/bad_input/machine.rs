//! What the machine forbids or fails: files and folders without permission, a disk with errors.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::program::{Run, Site, has};
use crate::told;

/// Builds as a user who is not root, since root reads everything; none where that cannot be.
fn as_nobody(site: &Site) -> Option<Run> {
    if !has("setpriv") {
        eprint_skip("setpriv is not installed");
        return None;
    }
    let set = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap()
    };
    set(site.root(), 0o777);
    let binary = site.path("silabus-program");
    fs::copy(env!("CARGO_BIN_EXE_silabus"), &binary).unwrap();
    set(&binary, 0o755);
    let mut command = std::process::Command::new("setpriv");
    command
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(&binary);
    command
        .args(["build", "--format", "short", "--root"])
        .arg(site.root())
        .current_dir("/");
    // A test beside this one may have started a program while the copy was open for writing: as
    // long as that one lives, the system refuses to run the copy.
    let busy = |run: &Run| run.code == Some(126) && run.err.contains("Text file busy");
    let mut run = Run::of(&mut command);
    for _ in 0..100 {
        if !busy(&run) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
        run = Run::of(&mut command);
    }
    Some(run)
}

#[expect(
    clippy::print_stderr,
    reason = "a test that passes itself over says so"
)]
fn eprint_skip(reason: &str) {
    eprintln!("passed over: {reason}");
}

#[test]
fn an_unreadable_file_and_folder() {
    let site = Site::new();
    site.put("content/a.md", "a");
    site.put("content/rahasia/b.md", "b");
    let close = |inside: &str| {
        fs::set_permissions(site.path(inside), fs::Permissions::from_mode(0o000)).unwrap()
    };
    close("content/a.md");
    close("content/rahasia");
    let Some(run) = as_nobody(&site) else {
        return;
    };
    let expected = [
        "content/a.md:1:1: error[file-forbidden]: not allowed to read content/a.md",
        "content/rahasia:1:1: error[file-forbidden]: not allowed to read content/rahasia",
    ];
    told(&run, 3, &expected);
    assert!(!site.path("public").exists());
}

#[test]
fn an_output_folder_that_cannot_be_written() {
    let site = Site::new();
    site.put("content/a.md", "a");
    site.put("public/index.html", "");
    fs::remove_file(site.path("public/index.html")).unwrap();
    fs::set_permissions(site.path("public"), fs::Permissions::from_mode(0o555)).unwrap();
    let Some(run) = as_nobody(&site) else {
        return;
    };
    assert_eq!(run.code, Some(3), "{run:?}");
    assert!(
        run.err.starts_with("error[output-io]: ") && run.err.contains("ermission denied"),
        "{}",
        run.err
    );
    assert!(run.err.contains("/public"), "{}", run.err);
}

#[test]
fn a_disk_that_fails_while_reading() {
    if !has("strace") {
        eprint_skip("strace is not installed");
        return;
    }
    let site = Site::new();
    site.put("content/a.md", "a");
    let build = site.command();
    for error in ["EIO", "EMFILE"] {
        let mut command = std::process::Command::new("strace");
        command
            .args(["-f", "-qq", "-o", "/dev/null", "-P"])
            .arg(site.path("content/a.md"));
        command.args(["-e", &format!("inject=openat:error={error}")]);
        command
            .arg("--")
            .arg(build.get_program())
            .args(build.get_args());
        let run = Run::of(&mut command);
        assert_eq!(run.code, Some(3), "{error}: {run:?}");
        assert!(
            run.err
                .contains("error[file-unreadable]: cannot read content/a.md: "),
            "{error}: {run:?}"
        );
    }
}
