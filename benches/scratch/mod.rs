//! A folder for a bench: on the RAM disk, unless `SILABUS_BENCH_DIR` names another.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// A folder that goes when the bench ends, whichever way.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    /// For the bench of this name.
    pub(crate) fn new(bench: &str) -> io::Result<Self> {
        let ram_disk = Path::new("/dev/shm");
        let parent = match env::var_os("SILABUS_BENCH_DIR") {
            Some(folder) => folder.into(),
            None if ram_disk.is_dir() => ram_disk.to_owned(),
            None => env::temp_dir(),
        };
        let folder = parent.join(format!("silabus-{bench}-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("could not remove {}: {error}", self.0.display());
        }
    }
}
