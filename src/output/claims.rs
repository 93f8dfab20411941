//! The one claim of output paths: each path once, compared without case and after Unicode
//! normalisation, and never a file where another file needs a folder.

use std::borrow::Cow;

use super::Target;
use super::address;
use crate::base::route::{OutputPath, RouteFault};
use crate::base::{Map, SitePath, Span};
use crate::diag::{Diagnostic, Label};

/// Who wants a path: a file of the site, or something the program makes.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    /// The file behind it.
    pub(super) file: Option<SitePath>,
    /// Where in the file it is asked for.
    span: Option<Span>,
    /// What it is, in words.
    pub(super) what: Cow<'static, str>,
    /// How it gives way to another.
    way: Way,
}

/// How an owner gives way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It cannot.
    None,
    /// A page, by its front matter.
    Page,
    /// A section, by its folder.
    Section,
    /// An alias, by another one.
    Alias,
    /// A file, by its name.
    File,
    /// A term, by another word.
    Term,
    /// The list of a taxonomy, by its name.
    Taxonomy,
    /// The value of a facet, by the facet's path.
    Facet,
}

impl Way {
    /// What to do, where only one owner is at fault.
    fn alone(self) -> Option<&'static str> {
        Some(match self {
            Self::None => return None,
            Self::Page => "give the page another slug or path",
            Self::Section => "rename the folder of the section",
            Self::Alias => "write another alias",
            Self::File => "rename the file",
            Self::Term => "name the term differently",
            Self::Taxonomy => "rename the taxonomy in silabus.toml",
            Self::Facet => "give the facet another path in silabus.toml",
        })
    }

    /// What to do, where either of two may give way.
    fn either(self, other: Self) -> Option<String> {
        let same = match self {
            Self::Page => "give one of them another slug or path",
            Self::Alias => "keep one of the aliases",
            Self::File => "rename one of the files",
            Self::Term => "name one of the terms differently",
            Self::Taxonomy => "rename one of the taxonomies in silabus.toml",
            _ => "",
        };
        if self == other && !same.is_empty() {
            return Some(same.to_owned());
        }
        match (self.alone(), other.alone()) {
            (Some(own), Some(others)) if own != others => Some(format!("{own}, or {others}")),
            (own, others) => own.or(others).map(str::to_owned),
        }
    }
}

impl Owner {
    pub(super) fn file(file: &SitePath, what: &'static str, way: Way) -> Self {
        Self {
            file: Some(file.clone()),
            span: None,
            what: what.into(),
            way,
        }
    }

    pub(super) fn made(what: impl Into<Cow<'static, str>>) -> Self {
        Self {
            file: None,
            span: None,
            what: what.into(),
            way: Way::None,
        }
    }

    /// The same, asked for at this place of a file, if there is one.
    pub(super) fn at(mut self, place: Option<(&SitePath, Option<Span>)>, way: Way) -> Self {
        if let Some((file, span)) = place {
            (self.file, self.span) = (Some(file.clone()), span);
        }
        self.way = way;
        self
    }

    /// How messages name it.
    fn name(&self) -> String {
        match &self.file {
            Some(file) => format!("{} ({file})", self.what),
            None => self.what.to_string(),
        }
    }
}

/// A wish for a path, with all found out that needs no other wish.
pub(super) struct Wish {
    target: Target,
    owner: Owner,
    /// What the path is compared by.
    key: Result<Box<str>, RouteFault>,
}

impl Wish {
    pub(super) fn new(target: Target, owner: Owner) -> Self {
        Self {
            key: OutputPath::new(&target.path).map(|path| path.fold_key().into()),
            target,
            owner,
        }
    }
}

/// Targets with their paths claimed.
#[derive(Default)]
pub(super) struct Claims {
    owners: Vec<Owner>,
    /// Owners of files and of folders by the key of the path.
    files: Map<Box<str>, u32>,
    folders: Map<Box<str>, u32>,
    /// The targets in the order they were claimed.
    pub(super) targets: Vec<Target>,
    /// What could not be claimed.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Claims {
    /// Takes `target` in, unless its path cannot be or is taken.
    pub(super) fn claim(&mut self, target: Target, owner: Owner) {
        self.grant(Wish::new(target, owner));
    }

    /// Grants a wish, unless its path cannot be or is taken.
    pub(super) fn grant(&mut self, wish: Wish) {
        let Wish { target, owner, key } = wish;
        let key = match key {
            Ok(key) => key,
            Err(fault) => {
                let message = format!(
                    "{} cannot be published at /{}: {}",
                    owner.name(),
                    target.path,
                    fault.message()
                );
                let told = place(Diagnostic::error("output-path", message), &owner);
                self.refuse(match owner.way.alone() {
                    Some(fix) => told.hint(fix),
                    None => told,
                });
                return;
            }
        };
        if let Some(conflict) = self.conflict(&key, &target.path, &owner) {
            self.diagnostics.push(conflict);
            return;
        }
        let number = self.owners.len() as u32;
        self.claim_folders(&key, number);
        self.owners.push(owner);
        self.files.insert(key, number);
        self.targets.push(target);
    }

    /// Says that a path cannot be, once for all paths that follow from one name: of a term also
    /// those of its feeds.
    fn refuse(&mut self, told: Diagnostic) {
        let mut before = self.diagnostics.iter().rev();
        let same = |one: &Diagnostic| one.code == told.code && one.labels == told.labels;
        if told.labels.is_empty() || !before.any(same) {
            self.diagnostics.push(told);
        }
    }

    fn conflict(&self, key: &str, path: &str, owner: &Owner) -> Option<Diagnostic> {
        let (other, message) = if let Some(other) = self.files.get(key) {
            let other = &self.owners[*other as usize];
            let both = format!("{} and {}", owner.name(), other.name());
            (
                other,
                format!("{both} both want the address {}", address(path)),
            )
        } else if let Some(other) = self.folders.get(key) {
            let other = &self.owners[*other as usize];
            let message = format!(
                "{} wants a file at {}, where {} needs a folder",
                owner.name(),
                address(path),
                other.name()
            );
            (other, message)
        } else {
            let taken = self.file_above(key)?;
            let message = format!(
                "{} needs a folder above {}, where {} is a file",
                owner.name(),
                address(path),
                taken.name()
            );
            (taken, message)
        };
        let diagnostic = place(Diagnostic::error("address-taken", message), owner);
        let diagnostic = place(diagnostic, other);
        let advice = advice(path).map(str::to_owned);
        Some(match advice.or_else(|| owner.way.either(other.way)) {
            Some(fix) => diagnostic.hint(fix),
            None => diagnostic,
        })
    }

    /// Who has a file where a folder above `key` must be.
    fn file_above(&self, key: &str) -> Option<&Owner> {
        for folder in parents(key) {
            if let Some(taken) = self.files.get(folder) {
                return Some(&self.owners[*taken as usize]);
            }
            if self.folders.contains_key(folder) {
                // What is a folder already has no file above it.
                return None;
            }
        }
        None
    }

    fn claim_folders(&mut self, key: &str, owner: u32) {
        for folder in parents(key) {
            if self.folders.contains_key(folder) {
                // What holds a folder holds the folders above it too.
                return;
            }
            self.folders.insert(folder.into(), owner);
        }
    }
}

/// Whether a path and those of `targets` cannot all be: the same in another spelling, or a file
/// where another needs a folder.
pub(super) fn clashes(path: &str, targets: &[Target]) -> bool {
    let key = |path: &str| OutputPath::new(path).map(|path| path.fold_key());
    let Ok(own) = key(path) else {
        return true;
    };
    targets.iter().any(|target| {
        let other: Cow<'_, str> = match target.path.is_ascii() {
            true => (&*target.path).into(),
            false => match key(&target.path) {
                Ok(key) => key.into(),
                Err(_) => return true,
            },
        };
        meet(&own, &other)
    })
}

/// Whether two paths are one, or one is a folder of the other; letters of ASCII in any case.
fn meet(one: &str, other: &str) -> bool {
    let (short, long) = match one.len() <= other.len() {
        true => (one.as_bytes(), other.as_bytes()),
        false => (other.as_bytes(), one.as_bytes()),
    };
    let begins = long[..short.len()].eq_ignore_ascii_case(short);
    begins && long.get(short.len()).is_none_or(|next| *next == b'/')
}

/// What to do about an address that the program wants for a file of its own.
fn advice(path: &str) -> Option<&'static str> {
    Some(match path {
        "robots.txt" => {
            "write generate_robots_txt = false to publish your own, or templates/robots.txt"
        }
        "sitemap.xml" => "write generate_sitemap = false to publish your own",
        "_redirects" | ".htaccess" => {
            "keep one: a file of your own, or one server of `redirects` below [exports]"
        }
        "404.html" => "write templates/404.html instead",
        _ => return None,
    })
}

/// The folders above a path, the nearest first.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/').map(|(above, _)| above), |folder| {
        folder.rsplit_once('/').map(|(above, _)| above)
    })
}

fn place(diagnostic: Diagnostic, owner: &Owner) -> Diagnostic {
    let Some(file) = &owner.file else {
        return diagnostic;
    };
    let label = Label {
        path: file.clone(),
        span: owner.span,
        text: String::new(),
    };
    match (diagnostic.labels.contains(&label), owner.span) {
        (true, _) => diagnostic,
        (false, Some(span)) => diagnostic.at(file, span, ""),
        (false, None) => diagnostic.in_file(file, ""),
    }
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
            claims.claim(target, Owner::made((*path).to_owned()));
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
    fn one_more_path_clashes_as_it_would_in_a_claim() {
        let paths = [
            "a/b",
            "A/B",
            "a",
            "a/b/c",
            "a/bc",
            "x",
            "caf\u{e9}",
            "Cafe\u{301}",
            "../a",
        ];
        for old in ["a/b", "caf\u{e9}", "x/y.html"] {
            for new in paths {
                let target = Target {
                    path: old.into(),
                    recipe: Recipe::Ready(Vec::new().into()),
                    turn: Turn::Asset,
                };
                let claimed = !claim(&[old, new]).is_empty();
                assert_eq!(clashes(new, &[target]), claimed, "{old} {new}");
            }
        }
    }

    #[test]
    fn no_path_leaves_the_folder() {
        assert_eq!(claim(&["../a"]).len(), 1);
        assert_eq!(claim(&["/a"]).len(), 1);
        assert_eq!(claim(&["a/../../b"]).len(), 1);
    }
}
