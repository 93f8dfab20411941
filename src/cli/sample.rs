//! Files that the program carries: the default theme, and a small site in two languages.

use include_dir::{Dir, include_dir};

use super::args::SampleLanguage;

/// The default theme: the one copy of the repository.
static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/akademi");
static INDONESIAN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/sample/id");
static ENGLISH: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/sample/en");

/// What a new site's repository leaves out.
const GITIGNORE: &str = "/public/\n/.silabus/\n";

/// The files of a new site, by path.
pub(super) fn files(lang: SampleLanguage) -> Vec<(String, &'static [u8])> {
    let sample = match lang {
        SampleLanguage::Id => &INDONESIAN,
        SampleLanguage::En => &ENGLISH,
    };
    let mut all = vec![(".gitignore".to_owned(), GITIGNORE.as_bytes())];
    collect(sample, "", &mut all);
    collect(&THEME, "themes/akademi/", &mut all);
    all.sort();
    all
}

fn collect(dir: &'static Dir<'_>, prefix: &str, all: &mut Vec<(String, &'static [u8])>) {
    for file in dir.files() {
        all.push((
            format!("{prefix}{}", file.path().display()),
            file.contents(),
        ));
    }
    for below in dir.dirs() {
        collect(below, prefix, all);
    }
}
