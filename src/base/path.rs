//! Site paths: relative, with `/` between normal components, on every machine.

use std::fmt;
use std::sync::Arc;

/// A path relative to the site's root such as `content/kursus/basic-python.md`.
///
/// It has no empty, `.` or `..` components and does not begin with `/`; the empty path is the
/// root itself. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// The path in normal form, or none when it is absolute or climbs above the root.
    pub fn new(text: &str) -> Option<Self> {
        if text.starts_with('/') {
            return None;
        }
        if is_normal(text.as_bytes()) {
            return Some(Self(text.into()));
        }
        let mut parts: Vec<&str> = Vec::new();
        for part in text.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(Self(parts.join("/").into()))
    }

    /// The site's root.
    pub fn root() -> Self {
        Self("".into())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `relative` below this path; `..` may climb, but not above the site's root.
    pub fn join(&self, relative: &str) -> Option<Self> {
        if relative.starts_with('/') {
            return None;
        }
        Self::new([&*self.0, "/", relative].concat().trim_start_matches('/'))
    }

    /// `relative` below the folder that holds this path.
    pub fn beside(&self, relative: &str) -> Option<Self> {
        if relative.starts_with('/') {
            return None;
        }
        let (mut folder, mut rest) = (folder_of(&self.0), relative);
        // Climbed at once, not name by name: links say `../x.md` or `./x.md`.
        loop {
            if let Some(below) = rest.strip_prefix("./") {
                rest = below.trim_start_matches('/');
            } else if let Some(below) = rest.strip_prefix("../") {
                if folder.is_empty() {
                    return None;
                }
                folder = folder_of(folder);
                rest = below.trim_start_matches('/');
            } else {
                break;
            }
        }
        match folder {
            "" => Self::new(rest),
            folder => Self::new(&[folder, "/", rest].concat()),
        }
    }

    /// The folder that holds it; the root for a path of one component.
    pub fn parent(&self) -> Self {
        Self(self.0.rsplit_once('/').map_or("", |(dir, _)| dir).into())
    }

    /// The last component.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The name up to its last dot: `basic-python` of `basic-python.md`; a leading dot belongs
    /// to the stem.
    pub fn stem(&self) -> &str {
        let name = self.name();
        match name.rfind('.') {
            Some(0) | None => name,
            Some(dot) => &name[..dot],
        }
    }

    /// What follows the last dot of the name, without it.
    pub fn extension(&self) -> Option<&str> {
        let name = self.name();
        match name.rfind('.') {
            Some(0) | None => None,
            Some(dot) => Some(&name[dot + 1..]),
        }
    }

    /// The rest of the path below `folder`, when it lies below it.
    pub fn below(&self, folder: &str) -> Option<&str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Its components, root first.
    pub fn components(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }
}

/// The folder of a path in normal form.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a path is in normal form, as most are. Names that begin with a dot are looked at by
/// whoever takes them apart.
fn is_normal(path: &[u8]) -> bool {
    let mut begins = true;
    let plain = path.iter().all(|byte| {
        let plain = !(begins && matches!(byte, b'/' | b'.'));
        begins = *byte == b'/';
        plain
    });
    plain && !begins
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    #[test]
    fn takes_its_normal_form() {
        assert_eq!(path("a//b/./c").as_str(), "a/b/c");
        assert_eq!(path("a/../b").as_str(), "b");
        assert_eq!(path("").as_str(), "");
    }

    #[test]
    fn refuses_to_leave_the_root() {
        assert_eq!(SitePath::new("/etc/passwd"), None);
        assert_eq!(SitePath::new("a/../../b"), None);
        assert_eq!(path("a").join("../../b"), None);
        assert_eq!(path("a").join("/b"), None);
        assert_eq!(path("a/b.md").beside("../c.md"), Some(path("c.md")));
        assert_eq!(path("b.md").beside("c.md"), Some(path("c.md")));
        assert_eq!(path("b.md").beside("../c.md"), None);
        assert_eq!(path("a/b.md").beside("/c.md"), None);
    }

    #[test]
    fn tells_its_parts() {
        let p = path("content/kursus/basic.id.md");
        assert_eq!(p.name(), "basic.id.md");
        assert_eq!(p.stem(), "basic.id");
        assert_eq!(p.extension(), Some("md"));
        assert_eq!(p.parent().as_str(), "content/kursus");
        assert_eq!(p.below("content"), Some("kursus/basic.id.md"));
        assert_eq!(p.below("conte"), None);
        assert_eq!(path(".git").extension(), None);
    }

    proptest! {
        #[test]
        fn what_lies_beside_is_what_joining_gives(at in "[ab./]{1,8}", relative in "[ab./]{0,10}") {
            if let Some(from) = SitePath::new(&at).filter(|from| !from.as_str().is_empty()) {
                let joined = from.parent().join(&relative);
                prop_assert_eq!(from.beside(&relative), joined);
            }
        }

        #[test]
        fn what_is_normal_stays(text in "[ab./]{0,10}") {
            if let Some(path) = SitePath::new(&text) {
                let mut parts = path.as_str().split('/');
                let sound = path.as_str().is_empty() || parts.all(|part| !matches!(part, "" | "." | ".."));
                prop_assert!(sound, "{path}");
                prop_assert_eq!(SitePath::new(path.as_str()), Some(path));
            }
        }
    }
}
