//! The real disk, read-only, confined to one site's folder.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the one place that opens a site's files"
)]

use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use walkdir::{DirEntry, WalkDir};

use super::{Listing, ReadError, ReadFault, Stamp, World, is_input_name};
use crate::base::SitePath;

/// Does not wait for a writer.
const NONBLOCK: i32 = rustix::fs::OFlags::NONBLOCK.bits() as i32;

/// Longer than the steps in which file systems count time, in nanoseconds.
const STEP: i128 = 100_000_000;

/// The site below one folder of the disk.
pub struct DiskWorld {
    root: PathBuf,
}

impl DiskWorld {
    /// The site whose folder is `root`; the folder itself may be reached by a link.
    pub fn new(root: &Path) -> io::Result<Self> {
        Ok(Self {
            root: root.canonicalize()?,
        })
    }

    /// The site's folder, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn real(&self, path: &SitePath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// Walks one folder, but through no link that leads out of the site.
    fn collect(&self, folder: &SitePath, listing: &mut Listing) {
        let top = self.real(folder);
        if !top.is_dir() {
            return;
        }
        if let Some(link) = self.way_out(folder) {
            return listing.problems.push(outside(link));
        }
        let mut walk = WalkDir::new(&top)
            .follow_links(true)
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || entry_is_input(entry));
        while let Some(found) = walk.next() {
            match found {
                Ok(entry) if self.leads_out(&entry) => {
                    listing.problems.push(outside(self.lossy(entry.path())));
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                }
                Ok(entry) if entry.file_type().is_file() => self.add(&entry, listing),
                Ok(entry) => listing.problems.extend(self.special(&entry)),
                Err(error) => listing.problems.push(self.walk_error(folder, &error)),
            }
        }
    }

    fn add(&self, entry: &DirEntry, listing: &mut Listing) {
        match self.relative(entry.path()) {
            Some(path) => listing.files.push(path),
            None => listing.problems.push(ReadError {
                path: self.lossy(entry.path()),
                reason: ReadFault::Name,
            }),
        }
    }

    /// What is neither file nor folder, and may wait for ever for whoever reads it.
    fn special(&self, entry: &DirEntry) -> Option<ReadError> {
        let what = what_else(entry.file_type())?;
        Some(ReadError {
            path: self.lossy(entry.path()),
            reason: ReadFault::Special(what),
        })
    }

    fn leads_out(&self, entry: &DirEntry) -> bool {
        let leads_out = |path: SitePath| !self.contained(&path);
        let linked = entry.depth() > 0 && entry.path_is_symlink();
        linked && self.relative(entry.path()).is_some_and(leads_out)
    }

    /// The first step on the way to `path` that lies outside of the site.
    fn way_out(&self, path: &SitePath) -> Option<SitePath> {
        let mut step = SitePath::root();
        for part in path.components() {
            step = step.join(part)?;
            if !self.contained(&step) {
                return Some(step);
            }
        }
        None
    }

    /// Whether what is at `path` lies in the site, or in the folder that its top is a link to: the
    /// content or a whole theme may be linked in from elsewhere, what is in it may not lead out.
    fn contained(&self, path: &SitePath) -> bool {
        let real = |path: &SitePath| self.real(path).canonicalize().ok();
        let home = || real(&top_of(path));
        real(path).is_some_and(|real| {
            real.starts_with(&self.root) || home().is_some_and(|home| real.starts_with(home))
        })
    }

    fn relative(&self, path: &Path) -> Option<SitePath> {
        SitePath::new(path.strip_prefix(&self.root).ok()?.to_str()?)
    }

    fn lossy(&self, path: &Path) -> SitePath {
        let rest = path.strip_prefix(&self.root).unwrap_or(path);
        SitePath::new(&rest.to_string_lossy()).unwrap_or_else(SitePath::root)
    }

    fn walk_error(&self, folder: &SitePath, error: &walkdir::Error) -> ReadError {
        let path = error
            .path()
            .map_or_else(|| folder.clone(), |path| self.lossy(path));
        let leads = || fs::read_link(error.path()?).ok();
        let reason = match error.io_error() {
            _ if error.loop_ancestor().is_some() => ReadFault::Loop,
            Some(io) if io.kind() == io::ErrorKind::NotFound => match leads() {
                Some(target) => ReadFault::Dangling(target.to_string_lossy().into()),
                None => fault(io),
            },
            Some(io) => fault(io),
            None => ReadFault::Other("cannot be listed".into()),
        };
        ReadError { path, reason }
    }
}

impl World for DiskWorld {
    fn walk(&self, folder: &SitePath) -> Listing {
        let mut listing = Listing::default();
        self.collect(folder, &mut listing);
        listing.files.sort();
        listing.problems.sort_by(|a, b| a.path.cmp(&b.path));
        listing
    }

    fn read(&self, path: &SitePath, limit: u64) -> Result<Vec<u8>, ReadError> {
        let fail = |reason| ReadError {
            path: path.clone(),
            reason,
        };
        // A pipe without a writer would keep whoever opens it waiting.
        let mut open = fs::OpenOptions::new();
        let open = open.read(true).custom_flags(NONBLOCK);
        let mut file = open
            .open(self.real(path))
            .map_err(|error| fail(fault(&error)))?;
        let meta = file.metadata();
        if let Some(what) = meta
            .as_ref()
            .ok()
            .and_then(|meta| what_else(meta.file_type()))
        {
            return Err(fail(ReadFault::Special(what)));
        }
        let size = meta.map_or(0, |meta| meta.len());
        if size > limit {
            return Err(fail(ReadFault::TooLarge(size)));
        }
        let mut bytes = Vec::with_capacity(size as usize + 1);
        file.by_ref()
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| fail(fault(&error)))?;
        if bytes.len() as u64 > limit {
            return Err(fail(ReadFault::TooLarge(bytes.len() as u64)));
        }
        Ok(bytes)
    }

    fn stamp(&self, path: &SitePath) -> Option<Stamp> {
        let meta = fs::metadata(self.real(path)).ok()?;
        let nanoseconds =
            |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
        let stamp = Stamp {
            inode: (meta.ino(), meta.dev()),
            size: meta.size(),
            modified: nanoseconds(meta.mtime(), meta.mtime_nsec()),
            changed: nanoseconds(meta.ctime(), meta.ctime_nsec()),
        };
        (meta.is_file() && !is_fresh(&stamp)).then_some(stamp)
    }

    fn has_folder(&self, folder: &SitePath) -> bool {
        self.real(folder).is_dir()
    }

    fn is_input(&self, path: &SitePath) -> bool {
        let named = path.as_str().split('/').all(is_input_name);
        // A link may lead out of the site, which only a walk tells.
        let plain = fs::symlink_metadata(self.real(path)).is_ok_and(|meta| meta.is_file());
        named && plain && self.way_out(&path.parent()).is_none()
    }
}

/// The folder that may itself be a link to anywhere: the first one, or a theme.
fn top_of(path: &SitePath) -> SitePath {
    let deep = if path.below("themes").is_some() { 2 } else { 1 };
    path.components()
        .take(deep)
        .try_fold(SitePath::root(), |top, part| top.join(part))
        .unwrap_or_else(SitePath::root)
}

fn outside(path: SitePath) -> ReadError {
    ReadError {
        path,
        reason: ReadFault::Outside,
    }
}

/// The name of what is neither file nor folder.
fn what_else(kind: fs::FileType) -> Option<&'static str> {
    if kind.is_fifo() {
        Some("named pipe")
    } else if kind.is_socket() {
        Some("socket")
    } else if kind.is_block_device() || kind.is_char_device() {
        Some("device")
    } else {
        None
    }
}

/// Whether a file was changed so short a time ago that a second change could leave its times as
/// they are: file systems count time in steps.
fn is_fresh(stamp: &Stamp) -> bool {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos() as i128);
    now - stamp.changed.max(stamp.modified) < STEP
}

fn entry_is_input(entry: &DirEntry) -> bool {
    entry.file_name().to_str().is_none_or(is_input_name)
}

fn fault(error: &io::Error) -> ReadFault {
    match error.kind() {
        io::ErrorKind::NotFound => ReadFault::Missing,
        io::ErrorKind::IsADirectory => ReadFault::Folder,
        io::ErrorKind::PermissionDenied => ReadFault::Forbidden,
        _ if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
            ReadFault::Loop
        }
        _ => ReadFault::Other(error.to_string().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn site() -> (tempfile::TempDir, DiskWorld) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("content/kursus")).unwrap();
        fs::write(dir.path().join("content/b.md"), "b").unwrap();
        fs::write(dir.path().join("content/kursus/a.md"), "a").unwrap();
        fs::write(dir.path().join("content/.b.md.swp"), "x").unwrap();
        let world = DiskWorld::new(dir.path()).unwrap();
        (dir, world)
    }

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    #[test]
    fn lists_files_by_path_without_editor_droppings() {
        let (_dir, world) = site();
        let listing = world.walk(&path("content"));
        let names: Vec<_> = listing.files.iter().map(SitePath::as_str).collect();
        assert_eq!(names, ["content/b.md", "content/kursus/a.md"]);
        assert_eq!(listing.problems, []);
    }

    #[test]
    fn a_missing_folder_is_an_empty_listing() {
        let (_dir, world) = site();
        assert_eq!(world.walk(&path("static")), Listing::default());
    }

    #[test]
    fn a_link_loop_is_a_problem_and_hides_nothing() {
        let (dir, world) = site();
        symlink(dir.path().join("content"), dir.path().join("content/loop")).unwrap();
        let listing = world.walk(&path("content"));
        assert_eq!(listing.files.len(), 2);
        assert_eq!(listing.problems[0].reason, ReadFault::Loop);
    }

    #[test]
    fn a_link_out_of_the_site_is_a_problem() {
        let (dir, world) = site();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "s").unwrap();
        symlink(
            outside.path().join("secret.md"),
            dir.path().join("content/secret.md"),
        )
        .unwrap();
        let listing = world.walk(&path("content"));
        assert_eq!(listing.problems[0].reason, ReadFault::Outside);
    }

    #[test]
    fn a_linked_folder_out_of_the_site_is_not_gone_into() {
        let (dir, world) = site();
        let outside = tempfile::tempdir().unwrap();
        fs::create_dir(outside.path().join("deep")).unwrap();
        fs::write(outside.path().join("deep/secret.md"), "s").unwrap();
        symlink(outside.path(), dir.path().join("content/kursus/out")).unwrap();
        let refused = [super::outside(path("content/kursus/out"))];
        for folder in ["content", "content/kursus/out", "content/kursus/out/deep"] {
            let listing = world.walk(&path(folder));
            assert_eq!(listing.problems, refused, "{folder}");
            assert!(!listing.files.iter().any(|path| path.name() == "secret.md"));
        }
        assert!(!world.is_input(&path("content/kursus/out/deep/secret.md")));
    }

    #[test]
    fn a_linked_folder_within_the_site_is_gone_into() {
        let (dir, world) = site();
        fs::create_dir(dir.path().join("notes")).unwrap();
        fs::write(dir.path().join("notes/n.md"), "n").unwrap();
        symlink("../notes", dir.path().join("content/notes")).unwrap();
        let listing = world.walk(&path("content/notes"));
        assert_eq!(listing.files, [path("content/notes/n.md")]);
        assert!(world.is_input(&path("content/notes/n.md")));
    }

    #[test]
    fn a_linked_theme_may_not_lead_out_of_itself() {
        let (dir, world) = site();
        let outside = tempfile::tempdir().unwrap();
        let theme = outside.path().join("theme");
        fs::create_dir_all(theme.join("static/inner")).unwrap();
        fs::write(theme.join("static/inner/a.css"), "a").unwrap();
        fs::write(outside.path().join("secret"), "s").unwrap();
        fs::create_dir(dir.path().join("themes")).unwrap();
        symlink(&theme, dir.path().join("themes/t")).unwrap();
        symlink("inner", theme.join("static/same")).unwrap();
        symlink(outside.path(), theme.join("static/out")).unwrap();
        let listing = world.walk(&path("themes/t/static"));
        let files: Vec<_> = listing.files.iter().map(SitePath::as_str).collect();
        assert_eq!(
            files,
            ["themes/t/static/inner/a.css", "themes/t/static/same/a.css"]
        );
        assert_eq!(
            listing.problems,
            [super::outside(path("themes/t/static/out"))]
        );
    }

    #[test]
    fn a_whole_theme_may_be_linked_in() {
        let (dir, world) = site();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("page.html"), "p").unwrap();
        fs::create_dir_all(dir.path().join("themes")).unwrap();
        symlink(outside.path(), dir.path().join("themes/akademi")).unwrap();
        let listing = world.walk(&path("themes/akademi"));
        assert_eq!(listing.files, [path("themes/akademi/page.html")]);
    }

    #[test]
    fn a_file_over_the_limit_is_not_read() {
        let (_dir, world) = site();
        assert_eq!(
            world.read(&path("content/b.md"), 0).unwrap_err().reason,
            ReadFault::TooLarge(1)
        );
    }
}
