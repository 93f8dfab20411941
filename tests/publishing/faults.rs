//! The program killed, and failed, at every call that changes the disk: `strace` injects a
//! signal or an error into the N-th one, for every N that there is.
//!
//! `strace` counts calls for each thread apart. So each round is run twice: with the first thread
//! alone in view, which opens and commits, and with all threads, of which one renders and writes.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::program::{Run, Site, Tree, has};

/// Calls that change the disk, and the error that each is failed with.
const CALLS: [(&str, &[&str]); 10] = [
    ("write", &["ENOSPC"]),
    ("pwrite64", &["ENOSPC"]),
    ("openat", &["EACCES", "EMFILE"]),
    ("mkdirat", &["ENOSPC", "EACCES"]),
    ("renameat2", &["EIO", "EACCES"]),
    ("renameat", &["EIO"]),
    ("unlinkat", &["EIO"]),
    ("fsync", &["EIO"]),
    ("fdatasync", &["EIO"]),
    ("fchmod", &["EIO"]),
];

/// How much of the program is in view.
const VIEWS: [&[&str]; 2] = [&[], &["-f"]];

#[expect(
    clippy::print_stderr,
    reason = "a test that passes itself over says so"
)]
pub(crate) fn passed_over(reason: &str) {
    eprintln!("passed over: {reason}");
}

/// A build under `strace` with an injection.
pub(crate) fn traced(site: &Site, view: &[&str], inject: &str) -> Command {
    let mut command = strace(site, view);
    command.args(["-o", "/dev/null", "-e", &format!("inject={inject}")]);
    with_build(command, site)
}

fn strace(_: &Site, view: &[&str]) -> Command {
    let mut command = Command::new("strace");
    command
        .arg("-qq")
        .args(view)
        .env("RAYON_NUM_THREADS", "1")
        .env("NO_COLOR", "1");
    command
}

fn with_build(mut command: Command, site: &Site) -> Command {
    let build = site.command();
    command
        .arg("--")
        .arg(build.get_program())
        .args(build.get_args());
    command
}

/// Two versions of one site: a page that changes, one that goes, one that comes, a file that
/// becomes a folder, and a file that stays.
fn write_version(site: &Site, new: bool) {
    let _ = fs::remove_dir_all(site.path("content"));
    let _ = fs::remove_dir_all(site.path("static"));
    site.put("static/tetap.txt", "tetap");
    site.put("content/a.md", if new { "baru" } else { "lama" });
    if new {
        site.put("content/datang.md", "datang");
        site.put("static/x/y.txt", "y");
    } else {
        site.put("content/pergi/_index.md", "pergi");
        site.put("static/x", "x");
    }
}

/// A site with its two published versions, the second one live.
struct Stand {
    site: Site,
    versions: [Tree; 2],
    names: Vec<String>,
    live: usize,
}

impl Stand {
    fn new() -> Self {
        let site = Site::new();
        let settings = fs::read_to_string(site.path("silabus.toml")).unwrap();
        let lean = "generate_sitemap = false\ngenerate_robots_txt = false\n";
        site.put("silabus.toml", format!("{lean}{settings}"));
        site.put("public/CNAME", "a.example");
        let publish = |new| {
            write_version(&site, new);
            let run = site.build();
            assert_eq!(run.code, Some(0), "{run:?}");
            site.public()
        };
        let versions = [publish(false), publish(true)];
        let names = site.names();
        Self {
            site,
            versions,
            names,
            live: 1,
        }
    }

    /// Makes the other version the one to build.
    fn turn(&mut self) {
        self.live = 1 - self.live;
        write_version(&self.site, self.live == 1);
    }

    /// Builds the other version with a fault; whether the fault was met, that is, whether the
    /// run ended otherwise than well. Then builds it again, without.
    fn round(&mut self, view: &[&str], inject: &str) -> Run {
        self.turn();
        let case = format!("{view:?} {inject}");
        let run = Run::of(&mut traced(&self.site, view, inject));
        let (old, new) = (&self.versions[1 - self.live], &self.versions[self.live]);
        let after = self.site.public();
        assert!(
            after == *old || after == *new,
            "{case}: {run:?}\n{:?}",
            after.keys()
        );
        if run.code == Some(3) {
            assert_eq!(after, *old, "{case}: an error, but the new site");
            let locked = self.site.path(".public.silabus-lock").exists();
            assert!(
                !locked || !inject.contains("ENOSPC"),
                "{case}: the lock stays"
            );
        }
        let again = self.site.build();
        assert_eq!(again.code, Some(0), "{case}: {again:?}");
        assert_eq!(self.site.public(), *new, "{case}");
        assert_eq!(
            self.site.names(),
            self.names,
            "{case}: something is left beside public/"
        );
        run
    }

    /// For each thread in view, the numbers of the calls that are worth a round: all, and of
    /// `openat` those that make a file.
    fn numbers(&mut self, view: &[&str], call: &str) -> BTreeSet<usize> {
        // Rounds go to and fro between the versions, and each way has calls of its own.
        let mut numbers = self.numbers_one_way(view, call);
        numbers.append(&mut self.numbers_one_way(view, call));
        numbers
    }

    fn numbers_one_way(&mut self, view: &[&str], call: &str) -> BTreeSet<usize> {
        self.turn();
        let log = self.site.path("log.strace");
        let mut command = strace(&self.site, view);
        command
            .arg("-o")
            .arg(&log)
            .args(["-e", &format!("trace={call}")]);
        let run = Run::of(&mut with_build(command, &self.site));
        assert_eq!(run.code, Some(0), "{run:?}");
        let text = fs::read_to_string(&log).unwrap();
        fs::remove_file(log).unwrap();
        let mut counts = std::collections::BTreeMap::new();
        let mut numbers = BTreeSet::new();
        for line in text
            .lines()
            .filter(|line| line.contains(&format!("{call}(")))
        {
            let thread = if view.is_empty() {
                ""
            } else {
                line.split(' ').next().unwrap_or_default()
            };
            let count = counts.entry(thread.to_owned()).or_insert(0);
            *count += 1;
            if call != "openat" || line.contains("O_CREAT") {
                numbers.insert(*count);
            }
        }
        numbers
    }
}

#[test]
fn killed_at_any_write_the_site_is_wholly_old_or_wholly_new() {
    if !has("strace") {
        passed_over("strace is not installed");
        return;
    }
    let mut stand = Stand::new();
    let mut kills = 0;
    for view in VIEWS {
        for (call, _) in CALLS {
            for number in stand.numbers(view, call) {
                let run = stand.round(view, &format!("{call}:signal=KILL:when={number}"));
                kills += usize::from(run.code.is_none());
            }
        }
    }
    assert!(kills >= 30, "only {kills} runs were killed");
}

#[test]
fn failed_at_any_write_the_message_names_path_and_cause() {
    if !has("strace") {
        passed_over("strace is not installed");
        return;
    }
    let mut stand = Stand::new();
    let mut failures = 0;
    for view in VIEWS {
        for (call, errors) in CALLS {
            for number in stand.numbers(view, call) {
                for error in errors {
                    let run = stand.round(view, &format!("{call}:error={error}:when={number}"));
                    failures += usize::from(told(&run, error, &stand.site));
                }
            }
        }
    }
    assert!(failures >= 20, "only {failures} runs failed");
}

/// Whether the run failed, and then said why.
fn told(run: &Run, error: &str, site: &Site) -> bool {
    let words = match error {
        "ENOSPC" => "No space left on device",
        "EACCES" => "Permission denied",
        "EMFILE" => "Too many open files",
        _ => "Input/output error",
    };
    // What cannot be printed is no failure, and the old tree may be removed later.
    if run.code == Some(0) {
        return false;
    }
    // A file of the site that could not be read: `bad_input` has a test for that.
    if run.err.contains("error[file-") {
        return false;
    }
    assert_eq!(run.code, Some(3), "{error}: {run:?}");
    // Each thread has its N-th call: where one failed, another may have been the message itself.
    if run.err.is_empty() && error == "ENOSPC" {
        return false;
    }
    let line = run
        .err
        .lines()
        .find(|line| line.starts_with("error[output-io]: "));
    let line = line.unwrap_or_else(|| panic!("{error}: {run:?}"));
    let path = format!("`{}", site.root().display());
    assert!(
        line.contains(words) && line.contains(&path),
        "{error}: {line}"
    );
    true
}
