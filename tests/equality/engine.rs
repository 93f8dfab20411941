//! The engine under test, and what of it is still to come.
//!
//! The only module that names the parts of the engine which carry its memory: `Outlet::keep`,
//! `Engine::overlook` and `Build::report`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use silabus::base::Fingerprint;
use silabus::config::Config;
use silabus::diag::{Diagnostic, Report};
use silabus::engine::{BuildOptions, Engine, Outlet};
use silabus::output::{Artifact, Target};
use silabus::world::World;

/// Published files by path.
pub(crate) type Tree = BTreeMap<String, Arc<[u8]>>;

/// The kinds of questions that can be switched off.
pub(crate) const KINDS: &[&str] = &[
    "Page", "PageById", "Content", "Section", "Taxonomy", "Term", "Pages", "Related", "Address",
    "Hash", "Data", "Word", "Now",
];

/// Whether the engine remembers anything yet: without a memory there is nothing to overlook.
pub(crate) const REMEMBERS: bool = false;

/// An engine and where its files go, both kept from build to build.
#[derive(Default)]
pub(crate) struct Builder {
    engine: Engine,
    outlet: MemoryOutlet,
}

/// What a build gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Made {
    /// The published files; none where an error kept it from being published.
    pub(crate) tree: Option<Tree>,
    /// Everything that was said, in the order of printing.
    pub(crate) said: Vec<String>,
}

impl Builder {
    /// One that passes over a kind of question when it asks whether a render may be used again.
    pub(crate) fn overlooking(kind: Option<&str>) -> Self {
        assert!(
            kind.is_none_or(|kind| KINDS.contains(&kind)),
            "no question is called {kind:?}"
        );
        Self::default()
    }

    /// Builds.
    pub(crate) fn build(
        &mut self,
        world: &Arc<dyn World + Send>,
        now: &str,
        base_url: Option<&str>,
    ) -> Made {
        let options = BuildOptions {
            base_url: base_url.map(str::to_owned),
            ..BuildOptions::at(now.parse().unwrap())
        };
        self.outlet.begin();
        let build = self.engine.build(world, &options, &self.outlet);
        let failed = build.failed();
        let said = Report::new(build.diagnostics);
        Made {
            tree: self.outlet.end(failed),
            said: said
                .diagnostics()
                .iter()
                .map(|one| format!("{one:?}"))
                .collect(),
        }
    }
}

/// Keeps published files in memory from build to build. As with a folder that is exchanged in one
/// step, nothing of a failed build is published.
#[derive(Default)]
struct MemoryOutlet {
    inner: Mutex<Shelves>,
}

#[derive(Default)]
struct Shelves {
    published: BTreeMap<String, (Fingerprint, Arc<[u8]>)>,
    staged: BTreeMap<String, (Fingerprint, Arc<[u8]>)>,
}

impl MemoryOutlet {
    fn begin(&self) {
        self.inner.lock().unwrap().staged.clear();
    }

    /// The tree, where the build may be published: what no one put or kept is gone.
    fn end(&self, failed: bool) -> Option<Tree> {
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
    #[cfg_attr(not(test), expect(dead_code))]
    fn keep(&self, path: &str, print: Fingerprint) -> bool {
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

    fn put(&self, path: &str, bytes: &Arc<[u8]>) {
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
        self.put(&target.path, &artifact.bytes);
        Ok(())
    }
}

#[test]
fn the_outlet_keeps_what_it_has_and_drops_the_rest() {
    let outlet = MemoryOutlet::default();
    let bytes = |text: &str| Arc::<[u8]>::from(text.as_bytes());
    outlet.begin();
    outlet.put("a", &bytes("1"));
    outlet.put("b", &bytes("2"));
    assert_eq!(outlet.end(false).unwrap().len(), 2);
    outlet.begin();
    assert!(outlet.keep("a", Fingerprint::of("1")));
    assert!(!outlet.keep("b", Fingerprint::of("other")));
    assert!(!outlet.keep("c", Fingerprint::of("1")));
    assert_eq!(outlet.end(true), None);
    outlet.begin();
    assert!(outlet.keep("b", Fingerprint::of("2")));
    assert_eq!(outlet.end(false), Some(Tree::from([("b".into(), bytes("2"))])));
}
