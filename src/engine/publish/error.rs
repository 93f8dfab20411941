//! What can go wrong when a site is published, always with the path, the cause and a fix.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use crate::diag::Diagnostic;

/// Who has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The author: the output folder is a bad choice, or holds what must not be overwritten.
    Refused,
    /// Nobody, or whoever started the other build: it holds the output folder.
    Locked,
    /// Nobody: another build published since this one began to read, and may have read later.
    Outrun,
    /// The machine's owner: the disk is full, a folder is read-only, …
    Machine,
}

impl Kind {
    /// The exit code that tells it: 1 for what an author mends, 3 for the machine and its other
    /// processes.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Refused => 1,
            Self::Locked | Self::Outrun | Self::Machine => 3,
        }
    }

    /// The stable name of such errors.
    pub fn code(self) -> &'static str {
        match self {
            Self::Refused => "output-refused",
            Self::Locked => "output-locked",
            Self::Outrun => "output-outrun",
            Self::Machine => "output-io",
        }
    }
}

/// Why a site was not published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishError {
    /// Who has to act.
    pub kind: Kind,
    /// The file or folder in question.
    pub path: PathBuf,
    /// What is wrong, with the path in it, in one sentence without a final full stop.
    pub cause: String,
    /// How to mend it, in one line.
    pub fix: String,
}

impl PublishError {
    /// As a diagnostic without a place in a source, its fix as the hint.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::error(self.kind.code(), self.cause.clone()).hint(self.fix.clone())
    }

    /// `path` is in the way of publishing, for the reason that `cause` gives.
    pub(super) fn refused(path: &Path, cause: String, fix: impl Into<String>) -> Self {
        Self {
            kind: Kind::Refused,
            path: path.to_owned(),
            cause,
            fix: fix.into(),
        }
    }

    /// Another build published to `path` meanwhile.
    pub(super) fn outrun(path: &Path) -> Self {
        Self {
            kind: Kind::Outrun,
            path: path.to_owned(),
            cause: format!(
                "another build published to `{}` while this one read the site, and may have read it later",
                path.display()
            ),
            fix: "build again".to_owned(),
        }
    }

    /// The machine failed while it was `doing` something with `path`.
    pub(super) fn machine(doing: &str, path: &Path, cause: impl Into<io::Error>) -> Self {
        let cause = cause.into();
        Self {
            kind: Kind::Machine,
            path: path.to_owned(),
            fix: fix_for(&cause).to_owned(),
            cause: format!("cannot {doing} `{}`: {cause}", path.display()),
        }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cause)
    }
}

impl std::error::Error for PublishError {}

fn fix_for(cause: &io::Error) -> &'static str {
    match Errno::from_io_error(cause) {
        Some(Errno::NOSPC | Errno::DQUOT) => "free some space there, then build again",
        Some(Errno::ACCESS | Errno::PERM) => {
            "allow this user to write there, or choose another folder with --output-dir"
        }
        Some(Errno::ROFS) => "that file system is read-only: choose another with --output-dir",
        Some(Errno::MFILE | Errno::NFILE) => {
            "too many files are open: raise the limit with `ulimit -n`"
        }
        Some(Errno::NOTDIR | Errno::EXIST | Errno::ISDIR | Errno::LOOP) => {
            "something else lies at that path: move it away"
        }
        Some(Errno::NAMETOOLONG) => "shorten the address of that page",
        _ => "check the disk, then build again: the site that is live was not touched",
    }
}
