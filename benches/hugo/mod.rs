//! Hugo's program, where a bench measures it too.

use std::fs;
use std::path::{Path, PathBuf};

/// Hugo's Python package puts a script before the program, whose start would be measured with it.
pub(crate) fn behind_script(hugo: &Path) -> PathBuf {
    let find = || {
        let libraries = fs::read_dir(hugo.parent()?.parent()?.join("lib")).ok()?;
        libraries
            .filter_map(Result::ok)
            .map(|python| python.path().join("site-packages/hugo/binaries/hugo"))
            .find(|program| program.is_file())
    };
    find().unwrap_or_else(|| hugo.to_owned())
}
