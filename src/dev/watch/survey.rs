//! What there is to watch: the folders of a site as they lie on the disk now, and through which
//! paths the site sees what is in them.
//!
//! Links are followed, so one folder may be seen through several paths, and a file of the site
//! may lie in a folder that is none of the site's. It reads names and stats, never a file.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "lists the folders of a site to watch them"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::stamp::Stamp;
use crate::base::SitePath;
use crate::world::is_input_name;

/// What belongs to every site, below its root.
const INPUTS: [&str; 8] = [
    "silabus.toml",
    "content",
    "templates",
    "static",
    "data",
    "i18n",
    "sass",
    "scripts",
];

/// Which folder it is, whatever its name: device and inode.
pub(super) type Identity = (u64, u64);

/// The files and folders to watch, below the root.
#[derive(Debug)]
pub(super) struct Targets(BTreeSet<SitePath>);

/// What lies on the disk.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The root's own identity; none while it is away.
    pub(super) root: Option<Identity>,
    /// Folders to watch, by their real path.
    pub(super) folders: BTreeMap<PathBuf, Folder>,
    /// Links that were met, by where they lie, with what they lead to.
    pub(super) links: BTreeMap<PathBuf, Link>,
    /// The state of everything that the site sees, when that was asked for.
    pub(super) stamps: BTreeMap<SitePath, Stamp>,
}

/// A folder, and how the site sees what is in it.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) identity: Identity,
    /// The site sees everything in it, as lying in these folders.
    pub(super) whole: BTreeSet<SitePath>,
    /// The site sees what has these names, under these paths.
    pub(super) named: BTreeMap<String, BTreeSet<SitePath>>,
}

/// A symbolic link.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) sites: BTreeSet<SitePath>,
    pub(super) target: Option<LinkTarget>,
}

/// What a link leads to: its real path, and for a folder which one it is. A file is told by its
/// path alone, since saving may give it another inode.
pub(super) type LinkTarget = (PathBuf, Option<Identity>);

impl Targets {
    /// The usual files and folders, a theme, and others.
    pub(super) fn new(theme: Option<&str>, extra: &BTreeSet<SitePath>) -> Self {
        let theme = theme.map(|theme| format!("themes/{theme}"));
        let usual = INPUTS
            .into_iter()
            .chain(theme.as_deref())
            .filter_map(SitePath::new);
        let all = usual.chain(extra.iter().cloned());
        // The root itself holds the output folder.
        Self(all.filter(|path| !path.as_str().is_empty()).collect())
    }

    /// Those that others do not have.
    pub(super) fn without(&self, others: &Self) -> BTreeSet<SitePath> {
        self.0.difference(&others.0).cloned().collect()
    }
}

impl Survey {
    /// Looks at the disk now. With `stamps`, every file is looked at, else only folders and links.
    pub(super) fn take(root: &Path, targets: &Targets, stamps: bool) -> Self {
        let mut survey = Survey::default();
        let Ok(real) = real_folder(root) else {
            return survey;
        };
        survey.root = identity_of(&real);
        let mut walk = Walk {
            survey,
            root: &real,
            stamps: stamps.then(SystemTime::now),
        };
        for target in &targets.0 {
            walk.target(&real, target);
        }
        walk.survey
    }

    /// The paths through which the site sees `path`; none when it does not.
    pub(super) fn seen_as(&self, path: &Path) -> BTreeSet<SitePath> {
        let mut sites = BTreeSet::new();
        if let Some(folder) = self.folders.get(path) {
            sites.extend(folder.whole.iter().cloned());
        }
        let parent = path.parent().and_then(|parent| self.folders.get(parent));
        let (Some(folder), Some(name)) = (parent, path.file_name()) else {
            return sites;
        };
        match name.to_str() {
            Some(name) => {
                sites.extend(folder.named.get(name).into_iter().flatten().cloned());
                let whole = folder.whole.iter().filter(|_| is_wanted(name));
                sites.extend(whole.filter_map(|site| site.join(name)));
            }
            // No site path can say this name; the loop that lists the folder will complain.
            None => sites.extend(folder.whole.iter().cloned()),
        }
        sites
    }

    /// Whether the folders to watch may be other ones after something happened at `path`.
    pub(super) fn is_structure(&self, path: &Path) -> bool {
        self.folders.contains_key(path)
            || self.links.contains_key(path)
            || fs::symlink_metadata(path)
                .is_ok_and(|meta| meta.is_dir() || meta.file_type().is_symlink())
    }

    /// Where the site sees the links that lead elsewhere now.
    pub(super) fn led_elsewhere(&self, before: &BTreeMap<PathBuf, Link>) -> BTreeSet<SitePath> {
        let other = before.iter().filter(|(path, link)| {
            let now = self.links.get(*path);
            now.is_none_or(|now| now.target != link.target)
        });
        other.flat_map(|(_, link)| link.sites.clone()).collect()
    }

    /// Whether the root and the ends of all links are still what they were. The kernel says
    /// nothing when a folder above them is renamed.
    pub(super) fn still_stands(&self, root: &Path) -> bool {
        real_folder(root).ok().and_then(|real| identity_of(&real)) == self.root
            && self
                .links
                .iter()
                .all(|(path, link)| link_target(path) == link.target)
    }
}

impl Folder {
    fn new(identity: Identity) -> Self {
        Self {
            identity,
            whole: BTreeSet::new(),
            named: BTreeMap::new(),
        }
    }

    /// All that the site sees of it.
    pub(super) fn sites(&self) -> impl Iterator<Item = &SitePath> {
        self.whole.iter().chain(self.named.values().flatten())
    }
}

/// The folder that a path leads to, without links.
pub(super) fn real_folder(path: &Path) -> io::Result<PathBuf> {
    let real = path.canonicalize()?;
    if real.metadata()?.is_dir() {
        Ok(real)
    } else {
        Err(io::ErrorKind::NotADirectory.into())
    }
}

/// Whether a file of this name is ever read. Besides what is no input for anyone, Vim makes and
/// removes a file `4913` at every save to see whether it may.
fn is_wanted(name: &str) -> bool {
    is_input_name(name) && name != "4913"
}

fn identity_of(path: &Path) -> Option<Identity> {
    path.metadata().ok().map(|meta| identity(&meta))
}

/// Which folder or file a stat is of.
pub(super) fn identity(meta: &Metadata) -> Identity {
    (meta.dev(), meta.ino())
}

fn link_target(path: &Path) -> Option<LinkTarget> {
    let real = path.canonicalize().ok()?;
    let meta = real.metadata().ok()?;
    Some((real, meta.is_dir().then(|| identity(&meta))))
}

/// The walk that fills a survey.
struct Walk<'r> {
    survey: Survey,
    /// The site's folder, without links.
    root: &'r Path,
    /// The time, when files are to be looked at.
    stamps: Option<SystemTime>,
}

impl Walk<'_> {
    /// Goes down to one target: of the folders on the way only the next step is watched, so that
    /// a target that is not there yet is seen when it comes.
    fn target(&mut self, root: &Path, target: &SitePath) {
        let (mut real, mut site) = (root.to_owned(), SitePath::root());
        for part in target.components() {
            let Some(next) = site.join(part) else {
                return;
            };
            site = next;
            self.name(&real, part, &site);
            match self.step(&real.join(part), &site) {
                Some(folder) => real = folder,
                None => return,
            }
        }
        self.whole(real, &site, &mut Vec::new());
    }

    /// Watches one name in a folder.
    fn name(&mut self, folder: &Path, name: &str, site: &SitePath) {
        if let Some(folder) = self.folder(folder) {
            let sites = folder.named.entry(name.to_owned()).or_default();
            sites.insert(site.clone());
        }
    }

    /// Watches everything below a folder. `above` holds the folders on the way, which a link
    /// must not lead back to.
    fn whole(&mut self, real: PathBuf, site: &SitePath, above: &mut Vec<PathBuf>) {
        if above.contains(&real) {
            return;
        }
        let Some(folder) = self.folder(&real) else {
            return;
        };
        folder.whole.insert(site.clone());
        // What cannot be listed cannot be read either: whoever reads it will say so.
        let Ok(entries) = fs::read_dir(&real) else {
            return;
        };
        above.push(real);
        for entry in entries.flatten() {
            let name = entry.file_name();
            let site = name
                .to_str()
                .filter(|name| is_wanted(name))
                .and_then(|name| site.join(name));
            if let (Some(site), Ok(kind)) = (site, entry.file_type())
                && (self.stamps.is_some() || !kind.is_file())
                && let Some(folder) = self.step(&entry.path(), &site)
                && (!kind.is_symlink() || self.is_within(&folder, above))
            {
                self.whole(folder, &site, above);
            }
        }
        above.pop();
    }

    /// Whether a linked folder lies in the site, or in the folder that is watched as a whole:
    /// what leads out of it is not read.
    fn is_within(&self, folder: &Path, above: &[PathBuf]) -> bool {
        folder.starts_with(self.root) || above.first().is_some_and(|top| folder.starts_with(top))
    }

    /// Looks at one path: the folder that it is or leads to, if any.
    fn step(&mut self, path: &Path, site: &SitePath) -> Option<PathBuf> {
        let mut seen = fs::symlink_metadata(path).ok()?;
        let mut real = path.to_owned();
        // A link that leads nowhere is looked at itself: whoever reads it complains.
        if seen.file_type().is_symlink()
            && let Some(target) = self.link(path, site)
            && let Ok(meta) = target.metadata()
        {
            (real, seen) = (target, meta);
        }
        if let Some(now) = self.stamps {
            let stamp = Stamp::new(&seen, now);
            self.survey.stamps.insert(site.clone(), stamp);
        }
        seen.is_dir().then_some(real)
    }

    /// Notes a link. What a file is linked to is watched by its name in its own folder.
    fn link(&mut self, path: &Path, site: &SitePath) -> Option<PathBuf> {
        let target = link_target(path);
        let link = self
            .survey
            .links
            .entry(path.to_owned())
            .or_insert_with(|| Link {
                sites: BTreeSet::new(),
                target: None,
            });
        link.sites.insert(site.clone());
        link.target.clone_from(&target);
        let (real, folder) = target?;
        if let (None, Some(parent), Some(name)) = (folder, real.parent(), real.file_name()) {
            let name = name.to_string_lossy();
            self.name(parent, &name, site);
        }
        Some(real)
    }

    fn folder(&mut self, real: &Path) -> Option<&mut Folder> {
        if !self.survey.folders.contains_key(real) {
            let folder = Folder::new(identity_of(real)?);
            self.survey.folders.insert(real.to_owned(), folder);
        }
        self.survey.folders.get_mut(real)
    }
}
