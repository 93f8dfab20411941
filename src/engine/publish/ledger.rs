//! The ledger of a stage: what was put into it, noted down before it happens, so that a stage
//! whose process died can be removed without a recursive delete.
//!
//! Each record stands between two zero bytes, which no path holds: a record that was cut short
//! by a full disk or a kill spoils no other.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;

use rustix::fs::fsync;
use rustix::io::retry_on_intr;

use super::folder;
use super::manifest::is_normal;
use crate::base::Fingerprint;

/// An open ledger. Many threads may write to it.
pub(super) struct Ledger(File);

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
        Ok(Self(folder::create_file(folder, name)?))
    }

    /// A file is about to be written.
    pub(super) fn writing(&self, path: &str) -> io::Result<()> {
        self.note(b'w', path)
    }

    /// A foreign file was copied, or gives way to a page of the same name.
    pub(super) fn kept(&self, name: &str, print: Fingerprint) -> io::Result<()> {
        self.note(b'k', &format!("{}{name}", print.hex(32)))
    }

    /// The stage is complete; from here on the exchange may happen.
    pub(super) fn complete(&self) -> io::Result<()> {
        self.note(b'x', "")?;
        Ok(retry_on_intr(|| fsync(&self.0))?)
    }

    /// One record, in one call, so that those of other threads do not fall into it.
    fn note(&self, kind: u8, text: &str) -> io::Result<()> {
        let mut record = Vec::with_capacity(text.len() + 3);
        record.extend([0, kind]);
        record.extend_from_slice(text.as_bytes());
        record.push(0);
        loop {
            match (&self.0).write(&record) {
                Ok(written) if written == record.len() => return Ok(()),
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                // The whole record once more: another's may stand behind the first half.
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
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
    fn a_kept_name_leads_nowhere_else() {
        let print = Fingerprint::of("x");
        let record = |name: &str| format!("\0k{}{name}\0", print.hex(32)).into_bytes();
        assert_eq!(parse(&record("CNAME")).kept, [("CNAME".into(), print)]);
        for name in ["", "..", "../x", "a/../../x", "/etc/passwd"] {
            assert_eq!(parse(&record(name)).kept, [], "{name}");
        }
    }
}
