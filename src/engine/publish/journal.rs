//! The journal of a publication file by file: written and flushed before the first file of the
//! live site changes, removed after the last. Whoever finds it finishes what it says.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

use rustix::io::Errno;
use serde_json::{Value, json};

use super::error::PublishError;
use super::folder::{self, Cursor, split};
use super::manifest::{Manifest, is_normal};
use super::place::Place;
use super::{incoming, remove};

const VERSION: u64 = 1;
const NAME: &str = "journal";
const NEXT: &str = "journal.new";

/// All steps of one publication, in the order in which they are taken.
#[derive(Debug, PartialEq)]
pub(super) struct Journal {
    /// The stage that the files come from.
    pub(super) stage: String,
    /// Whether they were copied to the live folder's file system first, under their numbers.
    pub(super) incoming: bool,
    /// Files that go first, since they are in the way.
    pub(super) clear: Vec<String>,
    /// Files that are put in place.
    pub(super) put: Vec<String>,
    /// Files that go last.
    pub(super) delete: Vec<String>,
    /// The manifest of the site that results.
    pub(super) manifest: Manifest,
}

impl Journal {
    /// Writes it, flushed to the disk; after an error there is none.
    pub(super) fn write(&self, place: &Place) -> io::Result<()> {
        let (next, name) = (place.name(NEXT), place.name(NAME));
        let json = self.to_json();
        folder::replace(&place.folder, &next, &name, json.as_bytes()).inspect_err(|_| {
            let _ = folder::unlink(&place.folder, next.as_os_str());
            let _ = folder::unlink(&place.folder, name.as_os_str());
        })
    }

    fn to_json(&self) -> String {
        let steps = json!({
            "stage": self.stage,
            "incoming": self.incoming,
            "clear": self.clear,
            "put": self.put,
            "delete": self.delete,
        });
        let manifest = self.manifest.to_json();
        format!("{{\"version\":{VERSION},\"steps\":{steps},\"manifest\":{manifest}}}\n")
    }

    fn from_json(json: &Value) -> Option<Self> {
        if json.get("version")?.as_u64()? != VERSION {
            return None;
        }
        let steps = json.get("steps")?;
        let stage = steps.get("stage")?.as_str()?;
        Some(Self {
            stage: (!stage.contains('/')).then(|| stage.to_owned())?,
            incoming: steps.get("incoming")?.as_bool()?,
            clear: paths(steps.get("clear")?)?,
            put: paths(steps.get("put")?)?,
            delete: paths(steps.get("delete")?)?,
            manifest: Manifest::from_json(json.get("manifest")?)?,
        })
    }

    /// Takes all its steps; those that were taken already do no harm.
    pub(super) fn apply(
        &self,
        place: &Place,
        live: &OwnedFd,
        output: &Path,
    ) -> Result<(), PublishError> {
        let source = self.source(place, live, output)?;
        let source = source.as_ref().map(AsFd::as_fd);
        if !self.has_begun(source) {
            remove::files(live.as_fd(), &sorted(&self.clear), output)?;
        }
        if let Some(source) = source {
            self.put_all(source, live, output)?;
        }
        remove::files(live.as_fd(), &sorted(&self.delete), output)?;
        self.manifest
            .replace(live)
            .map_err(|error| PublishError::machine("write the manifest of", output, error))
    }

    /// The folder that the files come from; none when someone removed it, in which case the
    /// build that follows makes them anew.
    fn source(
        &self,
        place: &Place,
        live: &OwnedFd,
        output: &Path,
    ) -> Result<Option<OwnedFd>, PublishError> {
        let source = match self.incoming {
            true if self.put.is_empty() => return Ok(None),
            true => incoming::open(live),
            false => folder::open_in(&place.folder, place.name(&self.stage).as_os_str()),
        };
        match source {
            Ok(source) => Ok(Some(source)),
            Err(Errno::NOENT) => Ok(None),
            Err(errno) => Err(PublishError::machine("publish to", output, errno)),
        }
    }

    /// Whether the first file was put in place: then those in the way are gone, and what has
    /// their names now (on a file system that ignores case) is new.
    fn has_begun(&self, source: Option<BorrowedFd<'_>>) -> bool {
        let Some(first) = self.put.first() else {
            return false;
        };
        let name = self.source_name(0, first);
        source.is_none_or(|source| matches!(folder::look(source, name.as_str()), Ok(None)))
    }

    fn source_name(&self, number: usize, path: &str) -> String {
        match self.incoming {
            true => number.to_string(),
            false => path.to_owned(),
        }
    }

    fn put_all(
        &self,
        source: BorrowedFd<'_>,
        live: &OwnedFd,
        output: &Path,
    ) -> Result<(), PublishError> {
        let mut cursor = Cursor::new(live.as_fd());
        for (number, path) in self.put.iter().enumerate() {
            self.put(source, number, live, &mut cursor)
                .map_err(|error| PublishError::machine("write", &output.join(path), error))?;
        }
        Ok(())
    }

    fn put(
        &self,
        source: BorrowedFd<'_>,
        number: usize,
        live: &OwnedFd,
        cursor: &mut Cursor<'_>,
    ) -> io::Result<()> {
        let path = &self.put[number];
        let from = self.source_name(number, path);
        let (folder, name) = split(path);
        match folder::rename(source, from.as_str(), cursor.make(folder)?, name) {
            // An earlier run put it in place.
            Err(Errno::NOENT) => Ok(()),
            // Some file systems have borders inside, which show only now.
            Err(Errno::XDEV) => {
                let (mtime, number) = (self.mtime(path), number.to_string());
                let incoming = incoming::bring_one(source, &from, live, &number, mtime)?;
                Ok(folder::rename(
                    incoming,
                    number.as_str(),
                    cursor.at(folder)?,
                    name,
                )?)
            }
            other => Ok(other?),
        }
    }

    fn mtime(&self, path: &str) -> i64 {
        self.manifest.files.get(path).map_or(0, |entry| entry.mtime)
    }
}

fn sorted(paths: &[String]) -> Vec<&str> {
    let mut paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    paths.sort_unstable();
    paths
}

fn paths(json: &Value) -> Option<Vec<String>> {
    let normal = |path: &Value| Some(path.as_str().filter(|path| is_normal(path))?.to_owned());
    json.as_array()?.iter().map(normal).collect()
}

/// The journal that an earlier run left, if any.
pub(super) fn find(place: &Place) -> Result<Option<Journal>, PublishError> {
    let path = place.path_of(NAME);
    let failed = |error| PublishError::machine("read", &path, error);
    let Some(bytes) = folder::read(&place.folder, place.name(NAME).as_os_str()).map_err(failed)?
    else {
        return Ok(None);
    };
    let json = serde_json::from_slice(&bytes).ok();
    match json.as_ref().and_then(Journal::from_json) {
        Some(journal) => Ok(Some(journal)),
        None => Err(PublishError::refused(
            &path,
            format!(
                "`{}` is a journal that this version cannot read",
                path.display()
            ),
            "build once with the version that wrote it, or delete the file",
        )),
    }
}

/// Removes the journal: the publication is done.
pub(super) fn remove(place: &Place) -> rustix::io::Result<()> {
    folder::unlink(&place.folder, place.name(NEXT).as_os_str())?;
    folder::unlink(&place.folder, place.name(NAME).as_os_str())?;
    folder::sync(&place.folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal() -> Journal {
        Journal {
            stage: "stage-1".to_owned(),
            incoming: true,
            clear: vec!["a".to_owned()],
            put: vec!["a/b".to_owned(), "c \"d\"".to_owned()],
            delete: vec!["e".to_owned()],
            manifest: Manifest::default(),
        }
    }

    #[test]
    fn reads_what_it_wrote() {
        let json = serde_json::from_str(&journal().to_json()).unwrap();
        assert_eq!(Journal::from_json(&json), Some(journal()));
    }

    #[test]
    fn leads_nowhere_else() {
        let mut one = journal();
        one.delete = vec!["../silabus.toml".to_owned()];
        let json = serde_json::from_str(&one.to_json()).unwrap();
        assert_eq!(Journal::from_json(&json), None);
        let mut two = journal();
        two.stage = "stage-1/../../content".to_owned();
        let json = serde_json::from_str(&two.to_json()).unwrap();
        assert_eq!(Journal::from_json(&json), None);
    }
}
