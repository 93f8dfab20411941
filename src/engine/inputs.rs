//! Which files changed since they were looked at last: by stamp where the system gives one, by
//! contents always.

use crate::base::{Fingerprint, Hasher, Map, SitePath};
use crate::world::{Listing, Stamp, World};

/// Where a build looks for changes.
#[derive(Clone, Debug, Default)]
pub enum Look {
    /// Everywhere: nothing is taken on trust.
    #[default]
    Everywhere,
    /// Only at these files. A build that looked everywhere must follow.
    At(Vec<SitePath>),
}

impl Look {
    /// Whether something below one of these folders, or one of these files, is looked at.
    pub(super) fn covers(&self, places: &[SitePath]) -> bool {
        match self {
            Self::Everywhere => true,
            Self::At(paths) => paths.iter().any(|path| {
                places.iter().any(|place| {
                    path == place
                        || path.below(place.as_str()).is_some()
                        || place.below(path.as_str()).is_some()
                })
            }),
        }
    }
}

/// What is known of the contents of files.
#[derive(Default)]
pub(super) struct Inputs {
    files: Map<SitePath, (Stamp, Fingerprint)>,
}

impl Inputs {
    /// Stands for the contents of a file, or for why it cannot be read.
    pub(super) fn file(&mut self, world: &dyn World, path: &SitePath) -> Fingerprint {
        // Taken before reading: a write in between shows as another stamp later.
        let stamp = world.stamp(path);
        if let (Some(stamp), Some((known, print))) = (stamp, self.files.get(path))
            && stamp == *known
        {
            return *print;
        }
        let print = match world.read(path, u64::MAX) {
            Ok(bytes) => Fingerprint::of(bytes),
            Err(error) => Fingerprint::of(format!("{:?}", error.reason)),
        };
        match stamp {
            Some(stamp) => self.files.insert(path.clone(), (stamp, print)),
            None => self.files.remove(path),
        };
        print
    }

    /// The same, without looking where nothing is looked for.
    pub(super) fn file_at(
        &mut self,
        world: &dyn World,
        path: &SitePath,
        look: &Look,
    ) -> Fingerprint {
        if let Some((_, print)) = self.files.get(path)
            && !look.covers(std::slice::from_ref(path))
        {
            return *print;
        }
        self.file(world, path)
    }

    /// Stands for all files below some folders: their names, what could not be listed, and the
    /// contents of those that `reads` picks.
    pub(super) fn folders(
        &mut self,
        world: &dyn World,
        folders: &[SitePath],
        reads: impl Fn(&SitePath) -> bool,
    ) -> Fingerprint {
        let mut hasher = Hasher::new();
        for folder in folders {
            let listing = world.walk(folder);
            hash_listing(&mut hasher, &listing);
            for path in listing.files.iter().filter(|path| reads(path)) {
                hasher.print(self.file(world, path));
            }
        }
        hasher.finish()
    }
}

fn hash_listing(hasher: &mut Hasher, listing: &Listing) {
    hasher.number(listing.files.len() as u64);
    for path in &listing.files {
        hasher.text(path.as_str());
    }
    for problem in &listing.problems {
        hasher.text(&format!("{problem:?}"));
    }
}
