//! A site in memory: for tests, and for the files that the program carries with it.

use std::collections::BTreeMap;

use super::{Listing, ReadError, ReadFault, World, is_input_name};
use crate::base::SitePath;

/// Files by path.
#[derive(Clone, Debug, Default)]
pub struct MemoryWorld {
    files: BTreeMap<SitePath, Vec<u8>>,
}

impl MemoryWorld {
    /// An empty site.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: SitePath, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path, bytes.into());
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &SitePath) {
        self.files.remove(path);
    }
}

impl World for MemoryWorld {
    fn walk(&self, folder: &SitePath) -> Listing {
        let files = self
            .files
            .keys()
            .filter(|path| {
                let inside = path.below(folder.as_str());
                inside.is_some_and(|inside| inside.split('/').all(is_input_name))
            })
            .cloned()
            .collect();
        Listing {
            files,
            problems: Vec::new(),
        }
    }

    fn read(&self, path: &SitePath, limit: u64) -> Result<Vec<u8>, ReadError> {
        let fail = |reason| ReadError {
            path: path.clone(),
            reason,
        };
        let bytes = self.files.get(path).ok_or(fail(ReadFault::Missing))?;
        if bytes.len() as u64 > limit {
            return Err(fail(ReadFault::TooLarge(bytes.len() as u64)));
        }
        Ok(bytes.clone())
    }
}
