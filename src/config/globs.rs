//! Patterns of paths: `drafts/**`, `*.psd`.

use globset::{Glob, GlobSet, GlobSetBuilder};

/// Some patterns.
#[derive(Clone, Debug)]
pub struct Globs(GlobSet);

impl Globs {
    /// From patterns; gives those that are none, with the reason.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> (Self, Vec<(&'a str, String)>) {
        let mut builder = GlobSetBuilder::new();
        let mut wrong = Vec::new();
        for pattern in patterns {
            match Glob::new(pattern) {
                Ok(glob) => {
                    builder.add(glob);
                }
                Err(error) => wrong.push((pattern, error.kind().to_string())),
            }
        }
        (Self(builder.build().unwrap_or_default()), wrong)
    }

    /// Whether a path fits one of them.
    pub fn matches(&self, path: &str) -> bool {
        !self.0.is_empty() && self.0.is_match(path)
    }
}

impl Default for Globs {
    fn default() -> Self {
        Self(GlobSet::empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_paths() {
        let (globs, wrong) = Globs::new(["drafts/**", "*.psd", "["]);
        assert!(globs.matches("drafts/a/b.md"));
        assert!(globs.matches("foto/a.psd"));
        assert!(!globs.matches("a.md"));
        assert_eq!(wrong[0].0, "[");
    }
}
