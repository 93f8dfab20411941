//! The manifest: what of an output folder is ours. Only what it lists is ever deleted.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::os::fd::AsFd;
use std::path::Path;

use rustix::fs::fsync;
use rustix::io::retry_on_intr;
use serde_json::Value;

use super::error::PublishError;
use super::folder;
use super::place::RESERVED;
use crate::base::Fingerprint;

/// Its name in the output folder.
pub(super) const NAME: &str = ".silabus-manifest.json";
/// Its name while it is written, where it replaces an older one.
pub(super) const NEXT: &str = ".silabus-manifest.json.new";
const VERSION: u64 = 1;

/// One published file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) size: u64,
    pub(super) print: Fingerprint,
    /// In nanoseconds since 1970.
    pub(super) mtime: i64,
}

/// The files of one published site, by path.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Manifest {
    pub(super) files: HashMap<String, Entry>,
}

/// What stands in an output folder in place of a manifest.
pub(super) enum Found {
    /// No file of that name.
    Nothing,
    /// One that this version does not understand.
    Damaged,
    Manifest(Manifest),
}

impl Manifest {
    /// All folders that its files lie in, without the root.
    pub(super) fn folders(&self) -> HashSet<&str> {
        let above = |path| folder::folders_of(path);
        self.files.keys().flat_map(|path| above(path)).collect()
    }

    /// As JSON, sorted by path, one file a line: `[path, size, fingerprint, mtime]`.
    pub(super) fn to_json(&self) -> String {
        let mut files: Vec<_> = self.files.iter().collect();
        files.sort_unstable_by_key(|(path, _)| path.as_str());
        let mut json = format!("{{\"version\":{VERSION},\"files\":[");
        json.reserve(files.len() * ENTRY_BYTES);
        for (at, (path, entry)) in files.into_iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let path = json_text(path);
            let Entry { size, print, mtime } = entry;
            let print = print.hex(32);
            let _ = write!(json, "{comma}\n[{path},{size},\"{print}\",{mtime}]");
        }
        json.push_str("\n]}\n");
        json
    }

    /// From JSON; none when it is not one that this version wrote.
    pub(super) fn from_json(json: &Value) -> Option<Self> {
        if json.get("version")?.as_u64()? != VERSION {
            return None;
        }
        let files = json.get("files")?.as_array()?;
        let files = files.iter().map(entry).collect::<Option<_>>()?;
        Some(Self { files })
    }

    /// Writes it as a new file and flushes it to the disk.
    pub(super) fn create(&self, root: impl AsFd) -> io::Result<()> {
        let mut file = folder::create_file(root, NAME)?;
        file.write_all(self.to_json().as_bytes())?;
        Ok(retry_on_intr(|| fsync(&file))?)
    }

    /// Writes it over the one that is there, in one step.
    pub(super) fn replace(&self, root: impl AsFd) -> io::Result<()> {
        let json = self.to_json();
        folder::replace(root, OsStr::new(NEXT), OsStr::new(NAME), json.as_bytes())
    }
}

/// About as much as one file takes in it.
const ENTRY_BYTES: usize = 128;

/// A text in quotes. Most paths need no more than these.
fn json_text(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
    match text.bytes().all(is_plain) {
        true => ["\"", text, "\""].concat(),
        false => Value::from(text).to_string(),
    }
}

/// Looks for the manifest of an output folder.
pub(super) fn find(root: impl AsFd) -> io::Result<Found> {
    let Some(bytes) = folder::read(root, NAME)? else {
        return Ok(Found::Nothing);
    };
    let json = serde_json::from_slice(&bytes).ok();
    let manifest = json.as_ref().and_then(Manifest::from_json);
    Ok(manifest.map_or(Found::Damaged, Found::Manifest))
}

/// The manifest of an output folder; without one, the folder must be free of files that look
/// like somebody's work, or the author insists.
pub(super) fn admit(root: impl AsFd, output: &Path, force: bool) -> Result<Manifest, PublishError> {
    let failed = |error| PublishError::machine("read", &output.join(NAME), error);
    let why = match find(&root).map_err(failed)? {
        Found::Manifest(manifest) => return Ok(manifest),
        Found::Nothing => "that silabus did not write",
        Found::Damaged => "and a manifest that this version cannot read",
    };
    match first_work(&root).map_err(failed)? {
        Some(name) if !force => Err(PublishError::refused(
            output,
            format!("`{}` holds files {why}, such as `{name}`", output.display()),
            "choose another folder with --output-dir, or publish beside them with --force, \
             which deletes none of them",
        )),
        _ => Ok(Manifest::default()),
    }
}

/// The first name in a folder that is neither hidden nor `CNAME`.
fn first_work(root: impl AsFd) -> io::Result<Option<String>> {
    let (_, names) = folder::list(folder::open_in(root, ".")?)?;
    let names = names
        .into_iter()
        .map(|(name, _)| name.to_string_lossy().into_owned());
    Ok(names
        .filter(|name| !name.starts_with('.') && name != "CNAME")
        .min())
}

/// Whether a path leads to a file below the folder it is relative to, and not to one of the
/// publisher's own.
pub(super) fn is_normal(path: &str) -> bool {
    let normal = |part: &str| !matches!(part, "" | "." | "..");
    path.split('/').all(normal) && !path.contains('\0') && !path.starts_with(RESERVED)
}

fn entry(json: &Value) -> Option<(String, Entry)> {
    let [path, size, print, mtime] = json.as_array()?.as_slice() else {
        return None;
    };
    let path = path.as_str().filter(|path| is_normal(path))?;
    let entry = Entry {
        size: size.as_u64()?,
        print: Fingerprint(u128::from_str_radix(print.as_str()?, 16).ok()?),
        mtime: mtime.as_i64()?,
    };
    Some((path.to_owned(), entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(paths: &[&str]) -> Manifest {
        let entry = Entry {
            size: 3,
            print: Fingerprint::of("abc"),
            mtime: -1,
        };
        let files = paths
            .iter()
            .map(|path| ((*path).to_owned(), entry))
            .collect();
        Manifest { files }
    }

    #[test]
    fn reads_what_it_wrote() {
        let one = manifest(&["index.html", "a/b \"c\".html", "é.html"]);
        let json = serde_json::from_str(&one.to_json()).unwrap();
        assert_eq!(Manifest::from_json(&json), Some(one));
    }

    #[test]
    fn a_path_that_leads_elsewhere_spoils_it() {
        for path in ["../x", "/x", "a//b", "a/./b", ".silabus-lock", "a\0b", ""] {
            let json = serde_json::from_str(&manifest(&[path]).to_json()).unwrap();
            assert_eq!(Manifest::from_json(&json), None, "{path}");
        }
    }

    #[test]
    fn knows_its_folders() {
        let one = manifest(&["a/b/c.html", "d.html"]);
        assert_eq!(one.folders(), HashSet::from(["a", "a/b"]));
    }
}
