//! The one claim of output paths: each path once, compared without case and after Unicode
//! normalisation, and never a file where another file needs a folder.

use super::Target;
use crate::base::route::OutputPath;
use crate::base::{Map, SitePath};
use crate::diag::Diagnostic;

/// Who wants a path: a file of the site, or something the program makes.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    /// The file behind it.
    pub(super) file: Option<SitePath>,
    /// What it is, in words.
    pub(super) what: String,
}

impl Owner {
    pub(super) fn file(file: &SitePath, what: &str) -> Self {
        Self {
            file: Some(file.clone()),
            what: what.to_owned(),
        }
    }

    pub(super) fn made(what: impl Into<String>) -> Self {
        Self {
            file: None,
            what: what.into(),
        }
    }

    /// How messages name it.
    fn name(&self) -> String {
        match &self.file {
            Some(file) => format!("{} ({file})", self.what),
            None => self.what.clone(),
        }
    }
}

/// Targets with their paths claimed.
#[derive(Default)]
pub(super) struct Claims {
    owners: Map<String, Owner>,
    folders: Map<String, Owner>,
    /// The targets in the order they were claimed.
    pub(super) targets: Vec<Target>,
    /// What could not be claimed.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Claims {
    /// Takes `target` in, unless its path cannot be or is taken.
    pub(super) fn claim(&mut self, target: Target, owner: Owner) {
        let path = match OutputPath::new(&target.path) {
            Ok(path) => path,
            Err(fault) => {
                let message = format!(
                    "{} cannot be published at /{}: {}",
                    owner.name(),
                    target.path,
                    fault.message()
                );
                self.diagnostics
                    .push(place(Diagnostic::error("output-path", message), &owner));
                return;
            }
        };
        let key = path.fold_key();
        if let Some(conflict) = self.conflict(&key, &target.path, &owner) {
            self.diagnostics.push(conflict);
            return;
        }
        self.claim_folders(&key, &owner);
        self.owners.insert(key, owner);
        self.targets.push(target);
    }

    fn conflict(&self, key: &str, path: &str, owner: &Owner) -> Option<Diagnostic> {
        let address = shown(path);
        let (other, message) = if let Some(other) = self.owners.get(key) {
            (
                other,
                format!(
                    "{} and {} both want the address {address}",
                    owner.name(),
                    other.name()
                ),
            )
        } else if let Some(other) = self.folders.get(key) {
            (
                other,
                format!(
                    "{} wants a file at {address}, where {} needs a folder",
                    owner.name(),
                    other.name()
                ),
            )
        } else {
            let taken = parents(key).find_map(|folder| self.owners.get(folder))?;
            (
                taken,
                format!(
                    "{} needs a folder above {address}, where {} is a file",
                    owner.name(),
                    taken.name()
                ),
            )
        };
        let diagnostic = place(Diagnostic::error("address-taken", message), owner);
        let diagnostic = place(diagnostic, other);
        Some(diagnostic.hint("give one of them another slug or path"))
    }

    fn claim_folders(&mut self, key: &str, owner: &Owner) {
        for folder in parents(key) {
            if self.folders.contains_key(folder) {
                // What holds a folder holds the folders above it too.
                return;
            }
            self.folders.insert(folder.to_owned(), owner.clone());
        }
    }
}

/// The folders above a path, the nearest first.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/').map(|(above, _)| above), |folder| {
        folder.rsplit_once('/').map(|(above, _)| above)
    })
}

fn place(diagnostic: Diagnostic, owner: &Owner) -> Diagnostic {
    match &owner.file {
        Some(file) => diagnostic.in_file(file, ""),
        None => diagnostic,
    }
}

fn shown(path: &str) -> String {
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Recipe, Turn};

    fn claim(paths: &[&str]) -> Vec<String> {
        let mut claims = Claims::default();
        for path in paths {
            let target = Target {
                path: (*path).into(),
                recipe: Recipe::Ready(Vec::new().into()),
                turn: Turn::Asset,
            };
            claims.claim(target, Owner::made(*path));
        }
        claims
            .diagnostics
            .into_iter()
            .map(|diagnostic| diagnostic.message)
            .collect()
    }

    #[test]
    fn a_path_is_claimed_once_whatever_its_case_or_form() {
        assert_eq!(claim(&["a/index.html", "b/index.html"]), [""; 0]);
        assert_eq!(claim(&["a/index.html", "A/index.html"]).len(), 1);
        assert_eq!(
            claim(&["caf\u{e9}/index.html", "cafe\u{301}/index.html"]).len(),
            1
        );
    }

    #[test]
    fn a_file_and_a_folder_do_not_share_a_name() {
        assert_eq!(claim(&["a", "a/b"]).len(), 1);
        assert_eq!(claim(&["a/b/c", "a"]).len(), 1);
    }

    #[test]
    fn no_path_leaves_the_folder() {
        assert_eq!(claim(&["../a"]).len(), 1);
        assert_eq!(claim(&["/a"]).len(), 1);
        assert_eq!(claim(&["a/../../b"]).len(), 1);
    }
}
