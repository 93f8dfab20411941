//! Results of earlier runs on the disk: `.silabus/cache/pictures`.
//!
//! An entry is written beside its place and renamed into it, and says which one it is, how long,
//! and by which checksum: what is cut, damaged or exchanged is found out, thrown away and made
//! again. A folder that cannot be read or written, or that goes away while a build runs, costs
//! time and nothing else.

#![expect(
    clippy::disallowed_methods,
    reason = "the one place that keeps results between runs"
)]

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, UTIME_NOW, utimensat};

use crate::base::Fingerprint;
use crate::picture::Store;

/// Where the cache lies below a site's folder.
const PLACE: &str = ".silabus/cache/pictures";

/// What an entry begins with; another layout has another mark.
const MARK: &[u8; 8] = b"silabus1";

/// Mark, key, length and checksum.
const HEAD: usize = 8 + 16 + 8 + 16;

/// After so many seconds an unfinished entry is taken for one that a dead process left.
const ABANDONED: i64 = 3_600;

/// The cache of one site.
#[derive(Debug)]
pub struct PictureCache {
    folder: PathBuf,
    temporary: AtomicU64,
    written: AtomicBool,
}

impl PictureCache {
    /// The cache of the site whose folder is `root`. Nothing is made before there is something to
    /// keep.
    pub fn new(root: &Path) -> Self {
        Self {
            folder: root.join(PLACE),
            temporary: AtomicU64::new(0),
            written: AtomicBool::new(false),
        }
    }

    fn place(&self, key: Fingerprint) -> PathBuf {
        let name = key.hex(32);
        let (shard, rest) = name.split_at(2);
        self.folder.join(shard).join(rest)
    }

    fn write(&self, place: &Path, entry: &[u8]) -> io::Result<()> {
        let number = self.temporary.fetch_add(1, Ordering::Relaxed);
        let beside = place.with_extension(format!("{}-{number}.tmp", std::process::id()));
        let written = fs::write(&beside, entry).or_else(|error| {
            // The folder is not there yet, or not any more.
            let shard = place
                .parent()
                .filter(|_| error.kind() == io::ErrorKind::NotFound);
            fs::create_dir_all(shard.ok_or(error)?)?;
            fs::write(&beside, entry)
        });
        let done = written.and_then(|()| fs::rename(&beside, place));
        if done.is_err() {
            let _ = fs::remove_file(&beside);
        }
        done
    }
}

impl Store for PictureCache {
    fn get(&self, key: Fingerprint) -> Option<Vec<u8>> {
        let place = self.place(key);
        let mut entry = fs::read(&place).ok()?;
        if !is_whole(key, &entry) {
            let _ = fs::remove_file(&place);
            return None;
        }
        // What is used is young: the oldest go first.
        let now = Timespec {
            tv_sec: 0,
            tv_nsec: UTIME_NOW,
        };
        let times = Timestamps {
            last_access: now,
            last_modification: now,
        };
        let _ = utimensat(CWD, &place, &times, AtFlags::empty());
        Some(entry.split_off(HEAD))
    }

    fn put(&self, key: Fingerprint, bytes: &[u8]) {
        let mut entry = head(key, bytes);
        entry.extend_from_slice(bytes);
        if self.write(&self.place(key), &entry).is_ok() {
            self.written.store(true, Ordering::Relaxed);
        }
    }

    fn tidy(&self, limit: u64) {
        // Without a new entry there is no more than there was.
        if self.written.swap(false, Ordering::Relaxed) {
            tidy(&self.folder, limit);
        }
    }
}

/// Whether an entry is the one of this key, as it was written.
fn is_whole(key: Fingerprint, entry: &[u8]) -> bool {
    let parts = entry.split_at_checked(HEAD);
    parts.is_some_and(|(own, bytes)| own == head(key, bytes))
}

fn head(key: Fingerprint, bytes: &[u8]) -> Vec<u8> {
    let mut head = MARK.to_vec();
    head.extend(key.0.to_le_bytes());
    head.extend((bytes.len() as u64).to_le_bytes());
    head.extend(Fingerprint::of(bytes).0.to_le_bytes());
    head
}

/// A file of the cache.
struct Entry {
    changed: i64,
    path: PathBuf,
    size: u64,
}

/// Removes what dead processes left, and the oldest entries where there are too many.
fn tidy(folder: &Path, limit: u64) {
    let mut entries = entries(folder);
    // The file system's own clock: that of the youngest entry.
    let now = entries.iter().map(|entry| entry.changed).max().unwrap_or(0);
    entries.retain(|entry| {
        let unfinished = entry
            .path
            .extension()
            .is_some_and(|extension| extension == "tmp");
        if unfinished && entry.changed < now - ABANDONED {
            let _ = fs::remove_file(&entry.path);
        }
        !unfinished
    });
    let mut whole: u64 = entries.iter().map(|entry| entry.size).sum();
    if whole <= limit {
        return;
    }
    entries.sort_by(|a, b| (a.changed, &a.path).cmp(&(b.changed, &b.path)));
    for entry in entries {
        // A little more than needed, so that not every build has to.
        if whole <= limit / 10 * 9 {
            return;
        }
        if fs::remove_file(&entry.path).is_ok() {
            whole -= entry.size;
        }
    }
}

fn entries(folder: &Path) -> Vec<Entry> {
    let list = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    let files = list(folder).flat_map(|shard| list(&shard.path()));
    files
        .filter_map(|file| {
            let meta = file.metadata().ok().filter(fs::Metadata::is_file)?;
            Some(Entry {
                changed: meta.mtime(),
                size: meta.size(),
                path: file.path(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache() -> (tempfile::TempDir, PictureCache) {
        let dir = tempfile::tempdir().unwrap();
        let cache = PictureCache::new(dir.path());
        (dir, cache)
    }

    fn key(number: u8) -> Fingerprint {
        Fingerprint::of([number])
    }

    #[test]
    fn what_was_put_is_given_back() {
        let (dir, cache) = cache();
        assert_eq!(cache.get(key(1)), None);
        cache.put(key(1), b"picture");
        cache.put(key(2), b"");
        assert_eq!(cache.get(key(1)).as_deref(), Some(&b"picture"[..]));
        assert_eq!(cache.get(key(2)).as_deref(), Some(&b""[..]));
        let again = PictureCache::new(dir.path());
        assert_eq!(again.get(key(1)).as_deref(), Some(&b"picture"[..]));
    }

    #[test]
    fn what_is_damaged_is_thrown_away() {
        let (_dir, cache) = cache();
        let damages: [fn(&mut Vec<u8>); 5] = [
            Vec::clear,
            |entry| entry.truncate(20),
            |entry| entry.truncate(HEAD + 3),
            |entry| entry.push(b'!'),
            |entry| entry[HEAD] ^= 1,
        ];
        for damage in damages {
            cache.put(key(1), b"picture");
            let place = cache.place(key(1));
            let mut entry = fs::read(&place).unwrap();
            damage(&mut entry);
            fs::write(&place, entry).unwrap();
            assert_eq!(cache.get(key(1)), None);
            assert!(!place.exists());
        }
        // One that belongs to another place is not believed either.
        cache.put(key(1), b"picture");
        cache.put(key(2), b"other");
        fs::copy(cache.place(key(2)), cache.place(key(1))).unwrap();
        assert_eq!(cache.get(key(1)), None);
    }

    #[test]
    fn a_folder_that_cannot_be_used_harms_nothing() {
        let (dir, cache) = cache();
        fs::create_dir_all(dir.path().join(".silabus/cache")).unwrap();
        fs::write(dir.path().join(PLACE), "a file").unwrap();
        cache.put(key(1), b"picture");
        assert_eq!(cache.get(key(1)), None);
        cache.tidy(0);
        fs::remove_file(dir.path().join(PLACE)).unwrap();
        cache.put(key(1), b"picture");
        fs::remove_dir_all(dir.path().join(".silabus")).unwrap();
        assert_eq!(cache.get(key(1)), None);
        cache.put(key(1), b"picture");
        assert!(cache.get(key(1)).is_some());
    }

    #[test]
    fn the_oldest_go_first() {
        let (_dir, cache) = cache();
        for number in 0..10 {
            cache.put(key(number), &[0; 1_000]);
            let old = Timespec {
                tv_sec: 1_000_000 + i64::from(number),
                tv_nsec: 0,
            };
            let times = Timestamps {
                last_access: old,
                last_modification: old,
            };
            utimensat(CWD, cache.place(key(number)), &times, AtFlags::empty()).unwrap();
        }
        // Used now, the oldest is the youngest.
        assert!(cache.get(key(0)).is_some());
        cache.tidy(5_000);
        let left: Vec<u8> = (0..10)
            .filter(|number| cache.place(key(*number)).exists())
            .collect();
        assert_eq!(left, [0, 7, 8, 9]);
    }

    #[test]
    fn what_a_dead_process_left_goes_with_time() {
        let (_dir, cache) = cache();
        cache.put(key(1), b"picture");
        let left = cache.place(key(1)).with_extension("1-0.tmp");
        let running = cache.place(key(1)).with_extension("2-0.tmp");
        fs::write(&left, "half").unwrap();
        fs::write(&running, "half").unwrap();
        let old = Timespec {
            tv_sec: 1_000_000,
            tv_nsec: 0,
        };
        let times = Timestamps {
            last_access: old,
            last_modification: old,
        };
        utimensat(CWD, &left, &times, AtFlags::empty()).unwrap();
        cache.tidy(u64::MAX);
        assert!(!left.exists() && running.exists());
        assert!(cache.get(key(1)).is_some());
    }
}
