//! `theme.toml`: what a theme says about itself, and which versions of the program it fits.

use crate::base::SitePath;
use crate::data::{Context, Field, Node, Record, Type, check, file};
use crate::diag::{Checked, Diagnostic};

/// What a theme says about itself.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// Its name.
    pub name: Option<Box<str>>,
    /// Its own file.
    pub path: Option<SitePath>,
    /// Settings that a site may override in its own `[extra]`.
    pub extra: Option<Node>,
    /// Those of them that name files: `logo`, `hero.image`.
    pub files: Vec<Box<str>>,
}

fn fields() -> Vec<Field> {
    vec![
        Field::new("name", Type::Text, "The theme's name."),
        Field::new(
            "description",
            Type::Text,
            "What it is for, in one sentence.",
        ),
        Field::new("license", Type::Text, "Its licence."),
        Field::new("homepage", Type::Text, "Where it lives."),
        Field::new("demo", Type::Text, "Where it can be seen."),
        Field::new(
            "min_version",
            Type::Text,
            "The oldest silabus that it works with.",
        ),
        Field::new(
            "max_version",
            Type::Text,
            "The newest silabus that it works with.",
        ),
        Field::new("author", Type::Free, "Who made it."),
        Field::new("original", Type::Free, "What it was made from."),
        Field::new(
            "files",
            Type::list(Type::Text),
            "Settings that name files of static/.",
        ),
        Field::new("extra", Type::Free, "Settings with their defaults."),
    ]
}

/// Reads `theme.toml` and holds its versions against the program's own, `1.2.3`.
pub(super) fn read(
    path: &SitePath,
    text: &str,
    context: &Context<'_>,
    own: &str,
) -> Checked<Manifest> {
    let mut sink = Vec::new();
    let node = file::toml_table(path, text).unload(&mut sink);
    let record = check(&node, &fields(), context).unload(&mut sink);
    check_versions(path, &record, own, &mut sink);
    let manifest = Manifest {
        name: record.text("name").map(Into::into),
        path: Some(path.clone()),
        extra: record.free("extra").cloned(),
        files: record.texts("files").into_iter().map(Into::into).collect(),
    };
    Checked::new(manifest, sink)
}

fn check_versions(path: &SitePath, record: &Record, own: &str, sink: &mut Vec<Diagnostic>) {
    for (field, wanted) in [("min_version", true), ("max_version", false)] {
        let (Some(written), Some(typed)) = (record.text(field), record.get(field)) else {
            continue;
        };
        let Some(bound) = version(written) else {
            sink.push(
                Diagnostic::error("theme-version", format!("\"{written}\" is no version")).at(
                    path,
                    typed.span,
                    "write it as \"1.2.3\" or \"1.2\"",
                ),
            );
            continue;
        };
        // A bound of two parts speaks of all versions that begin with them.
        let mine = version(own).unwrap_or_default();
        let mine = &mine[..bound.len().min(mine.len())];
        let fits = if wanted {
            mine >= &bound[..]
        } else {
            mine <= &bound[..]
        };
        if !fits {
            let word = if wanted { "newer" } else { "older" };
            sink.push(
                Diagnostic::error(
                    "theme-version",
                    format!("this theme does not fit silabus {own}"),
                )
                .at(
                    path,
                    typed.span,
                    format!("it asks for silabus {written} or {word}"),
                ),
            );
        }
    }
}

fn version(text: &str) -> Option<Vec<u64>> {
    let parts: Option<Vec<u64>> = text.split('.').map(|part| part.parse().ok()).collect();
    parts.filter(|parts| (1..=3).contains(&parts.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(path: &SitePath) -> Context<'_> {
        Context {
            path,
            syntax: crate::data::Syntax::Toml,
            money: crate::base::Reading::new(crate::base::Currency::default(), "id"),
            language: "id",
            ignore_keys: &[],
            unknown_keys: crate::diag::Severity::Error,
        }
    }

    fn problems(text: &str) -> Vec<&'static str> {
        let path = SitePath::new("themes/x/theme.toml").unwrap();
        read(&path, text, &context(&path), "0.4.2")
            .diagnostics
            .into_iter()
            .map(|diagnostic| diagnostic.code)
            .collect()
    }

    #[test]
    fn versions_are_enforced_at_both_ends() {
        assert_eq!(
            problems("min_version = \"0.4\"\nmax_version = \"0.4\""),
            [""; 0]
        );
        assert_eq!(problems("min_version = \"0.4.3\""), ["theme-version"]);
        assert_eq!(problems("max_version = \"0.3\""), ["theme-version"]);
        assert_eq!(problems("min_version = \"baru\""), ["theme-version"]);
    }
}
