//! The files of a site, in memory and on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Bytes by path below the site's folder.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A file as text; none where there is no such file.
pub(crate) fn text(files: &Files, path: &str) -> Option<String> {
    files
        .get(path)
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
}

/// Writes all files below a folder.
pub(crate) fn write_all(files: &Files, root: &Path) {
    for (path, bytes) in files {
        write(root, path, bytes);
    }
}

/// Writes one file, with the folders above it. Where a file stands in the way of a folder, or
/// the other way round, nothing is written.
pub(crate) fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Removes a file, and the folders above it that are empty then.
pub(crate) fn remove(root: &Path, path: &str) {
    let path = root.join(path);
    fs::remove_file(&path).unwrap();
    tidy(root, &path);
}

/// Moves a file or folder, as `mv` does: what is moved stays the same file to the system.
pub(crate) fn rename(root: &Path, from: &str, to: &str) {
    let (from, to) = (root.join(from), root.join(to));
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::rename(&from, &to).unwrap();
    tidy(root, &from);
}

/// Other bytes of the same length, with the time of the last change put back.
pub(crate) fn write_quietly(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    let before = fs::metadata(&path).unwrap();
    assert_eq!(before.len(), bytes.len() as u64, "the size must stay");
    fs::write(&path, bytes).unwrap();
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(before.modified().unwrap()).unwrap();
}

fn tidy(root: &Path, gone: &Path) {
    let above = gone.ancestors().skip(1);
    for folder in above.take_while(|folder| *folder != root) {
        // A folder that still holds something stays.
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}
