//! An outlet in memory that is kept from build to build, for the judge and for the suite.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use silabus::base::Fingerprint;
use silabus::config::Config;
use silabus::diag::Diagnostic;
use silabus::engine::Outlet;
use silabus::output::{Artifact, Target};

/// Published files by path.
pub(crate) type Tree = BTreeMap<String, Arc<[u8]>>;

/// Keeps published files. As with a folder that is exchanged in one step, nothing of a failed
/// build is published.
#[derive(Default)]
pub(crate) struct MemoryOutlet {
    inner: Mutex<Shelves>,
}

#[derive(Default)]
struct Shelves {
    published: BTreeMap<String, (Fingerprint, Arc<[u8]>)>,
    staged: BTreeMap<String, (Fingerprint, Arc<[u8]>)>,
}

impl MemoryOutlet {
    /// Before a build.
    pub(crate) fn begin(&self) {
        self.inner.lock().unwrap().staged.clear();
    }

    /// The tree, where the build may be published: what no one put or kept is gone.
    pub(crate) fn end(&self, failed: bool) -> Option<Tree> {
        let mut inner = self.inner.lock().unwrap();
        if failed {
            return None;
        }
        inner.published = std::mem::take(&mut inner.staged);
        let files = inner.published.iter();
        Some(
            files
                .map(|(path, (_, bytes))| (path.clone(), bytes.clone()))
                .collect(),
        )
    }

    /// Whether the bytes with this fingerprint are here for this path: then they stay.
    fn keep_at(&self, path: &str, print: Fingerprint) -> bool {
        let mut inner = self.inner.lock().unwrap();
        let known = inner.published.get(path).cloned();
        match known.filter(|(own, _)| *own == print) {
            Some(file) => {
                let before = inner.staged.insert(path.to_owned(), file);
                assert!(before.is_none(), "kept and put: {path}");
                true
            }
            None => false,
        }
    }

    fn put_at(&self, path: &str, bytes: &Arc<[u8]>) {
        let file = (Fingerprint::of(bytes), bytes.clone());
        let mut inner = self.inner.lock().unwrap();
        let before = inner.staged.insert(path.to_owned(), file);
        assert!(before.is_none(), "published twice: {path}");
    }
}

impl Outlet for MemoryOutlet {
    fn open(&self, _: &Config) -> Result<(), Box<Diagnostic>> {
        Ok(())
    }

    fn put(&self, target: &Target, artifact: &Artifact) -> Result<(), Box<Diagnostic>> {
        self.put_at(&target.path, &artifact.bytes);
        Ok(())
    }

    fn keep(&self, target: &Target, print: Fingerprint) -> bool {
        self.keep_at(&target.path, print)
    }
}

#[test]
fn the_outlet_keeps_what_it_has_and_drops_the_rest() {
    let outlet = MemoryOutlet::default();
    let bytes = |text: &str| Arc::<[u8]>::from(text.as_bytes());
    outlet.begin();
    outlet.put_at("a", &bytes("1"));
    outlet.put_at("b", &bytes("2"));
    assert_eq!(outlet.end(false).unwrap().len(), 2);
    outlet.begin();
    assert!(outlet.keep_at("a", Fingerprint::of("1")));
    assert!(!outlet.keep_at("b", Fingerprint::of("other")));
    assert!(!outlet.keep_at("c", Fingerprint::of("1")));
    assert_eq!(outlet.end(true), None);
    outlet.begin();
    assert!(outlet.keep_at("b", Fingerprint::of("2")));
    let left = Tree::from([("b".to_owned(), bytes("2"))]);
    assert_eq!(outlet.end(false), Some(left));
}
