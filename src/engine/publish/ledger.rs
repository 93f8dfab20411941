//! The ledger of a stage: what was put into it, noted down before it happens, so that a stage
//! whose process died can be removed without a recursive delete.
//!
//! Each record stands between two zero bytes, which no path holds: a record that was cut short
//! by a full disk or a kill spoils no other.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::OnceLock;

use rustix::fs::fsync;
use rustix::io::retry_on_intr;

use super::folder;
use super::manifest::is_normal;
use crate::base::{Fingerprint, Map};

/// An open ledger. Many threads may write to it.
pub(super) struct Ledger {
    file: File,
    /// Files that were noted all at once, and need no record of their own any more.
    announced: OnceLock<Map<Box<str>, ()>>,
}

/// What a ledger says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Account {
    /// Files written to the stage, or about to be.
    pub(super) written: Vec<String>,
    /// Foreign files that the new site takes over or replaces, with the bytes they had.
    pub(super) kept: Vec<(String, Fingerprint)>,
    /// Whether the stage was complete and the exchange may have happened: what lies at the
    /// stage's path is then either the new tree or the old one, each with its own manifest.
    pub(super) complete: bool,
}

impl Ledger {
    pub(super) fn create(folder: impl AsFd, name: &OsStr) -> io::Result<Self> {
        Ok(Self {
            file: folder::create_file(folder, name)?,
            announced: OnceLock::new(),
        })
    }

    /// Most of the files that are about to be written, in one call instead of one each.
    pub(super) fn announce<'p>(&self, paths: impl Iterator<Item = &'p str>) -> io::Result<()> {
        let announced: Map<Box<str>, ()> = paths.map(|path| (path.into(), ())).collect();
        let mut records = Vec::new();
        for path in announced.keys() {
            push_record(&mut records, b'w', path);
        }
        self.write(&records)?;
        let _ = self.announced.set(announced);
        Ok(())
    }

    /// A file is about to be written.
    pub(super) fn writing(&self, path: &str) -> io::Result<()> {
        match self.announced.get() {
            Some(announced) if announced.contains_key(path) => Ok(()),
            _ => self.note(b'w', path),
        }
    }

    /// A foreign file was copied, or gives way to a page of the same name.
    pub(super) fn kept(&self, name: &str, print: Fingerprint) -> io::Result<()> {
        self.note(b'k', &format!("{}{name}", print.hex(32)))
    }

    /// The stage is complete; from here on the exchange may happen.
    pub(super) fn complete(&self) -> io::Result<()> {
        self.note(b'x', "")?;
        Ok(retry_on_intr(|| fsync(&self.file))?)
    }

    fn note(&self, kind: u8, text: &str) -> io::Result<()> {
        let mut record = Vec::with_capacity(text.len() + 3);
        push_record(&mut record, kind, text);
        self.write(&record)
    }

    /// Whole records, in one call, so that those of other threads do not fall into them.
    fn write(&self, records: &[u8]) -> io::Result<()> {
        loop {
            match (&self.file).write(records) {
                Ok(written) if written == records.len() => return Ok(()),
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                // All of them once more: another's may stand behind the first half.
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn push_record(records: &mut Vec<u8>, kind: u8, text: &str) {
    records.extend([0, kind]);
    records.extend_from_slice(text.as_bytes());
    records.push(0);
}

/// Reads a ledger; none when there is no such file.
pub(super) fn read(folder: impl AsFd, name: &OsStr) -> io::Result<Option<Account>> {
    Ok(folder::read(folder, name)?.map(|bytes| parse(&bytes)))
}

fn parse(bytes: &[u8]) -> Account {
    let mut account = Account::default();
    // What follows the last zero byte was cut short, and what it announces never happened.
    let end = bytes.iter().rposition(|byte| *byte == 0).unwrap_or(0);
    for record in bytes[..end].split(|byte| *byte == 0) {
        match std::str::from_utf8(record)
            .unwrap_or_default()
            .split_at_checked(1)
        {
            Some(("w", path)) if is_normal(path) => account.written.push(path.to_owned()),
            Some(("k", kept)) => account.kept.extend(parse_kept(kept)),
            Some(("x", _)) => account.complete = true,
            _ => {}
        }
    }
    account
}

fn parse_kept(record: &str) -> Option<(String, Fingerprint)> {
    let (print, path) = record.split_at_checked(32)?;
    let print = u128::from_str_radix(print, 16).ok()?;
    is_normal(path).then(|| (path.to_owned(), Fingerprint(print)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_was_cut_short_spoils_no_other() {
        let account = parse(b"\0wa/index.html\0\0wb/ind\0wb/index.html\0\0x\0\0wc");
        assert_eq!(account.written, ["a/index.html", "b/ind", "b/index.html"]);
        assert!(account.complete);
    }

    #[test]
    fn announced_files_are_noted_once() {
        let dir = tempfile::tempdir().unwrap();
        let folder = folder::open(dir.path()).unwrap();
        let ledger = Ledger::create(&folder, OsStr::new("log")).unwrap();
        ledger.announce(["a.html", "b.html"].into_iter()).unwrap();
        ledger.writing("a.html").unwrap();
        ledger.writing("c.html").unwrap();
        let mut account = read(&folder, OsStr::new("log")).unwrap().unwrap();
        account.written.sort();
        assert_eq!(account.written, ["a.html", "b.html", "c.html"]);
    }

    #[test]
    fn a_kept_name_leads_nowhere_else() {
        let print = Fingerprint::of("x");
        let record = |name: &str| format!("\0k{}{name}\0", print.hex(32)).into_bytes();
        assert_eq!(parse(&record("CNAME")).kept, [("CNAME".into(), print)]);
        for name in ["", "..", "../x", "a/../../x", "/etc/passwd"] {
            assert_eq!(parse(&record(name)).kept, [], "{name}");
        }
    }
}
