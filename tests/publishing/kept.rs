//! A build after another takes what did not change from the site that is live.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use silabus::base::Fingerprint;
use silabus::config::Config;
use silabus::diag::Diagnostic;
use silabus::engine::outlet::PublishSettings;
use silabus::engine::{BuildOptions, Engine, Outlet, PublishOutlet};
use silabus::output::{Artifact, Target};
use silabus::world::{DiskWorld, World};

use crate::program::Site;

/// Publishes, and notes which files it was given.
struct Noting {
    inner: PublishOutlet,
    put: Mutex<BTreeSet<String>>,
}

impl Outlet for Noting {
    fn open(&self, config: &Config) -> Result<(), Box<Diagnostic>> {
        self.inner.open(config)
    }

    fn put(&self, target: &Target, artifact: &Artifact) -> Result<(), Box<Diagnostic>> {
        self.put.lock().unwrap().insert(target.path.to_string());
        self.inner.put(target, artifact)
    }

    fn keep(&self, target: &Target, bytes: Fingerprint) -> bool {
        self.inner.keep(target, bytes)
    }
}

/// Builds into `public/`; the files that had to be made for it.
fn build(site: &Site, engine: &mut Engine) -> Vec<String> {
    let world: Arc<dyn World + Send> = Arc::new(DiskWorld::new(site.root()).unwrap());
    let outlet = Noting {
        inner: PublishOutlet::new(PublishSettings {
            root: site.root().to_owned(),
            ..PublishSettings::default()
        }),
        put: Mutex::default(),
    };
    let options = BuildOptions::at("2026-11-22T08:00:00+07:00".parse().unwrap());
    let build = engine.build(&world, &options, &outlet);
    assert!(!build.failed(), "{:?}", build.diagnostics);
    outlet
        .inner
        .commit()
        .unwrap()
        .unwrap()
        .old
        .remove()
        .unwrap();
    outlet.put.into_inner().unwrap().into_iter().collect()
}

/// A page whose card stays as it is.
fn text(words: &str) -> String {
    format!("---\ndescription: A\n---\n{words}\n")
}

#[test]
fn only_what_changed_is_made_for_a_site_that_is_live() {
    let site = Site::new();
    site.put("content/a.md", text("lama"));
    site.put("content/b.md", "tetap");
    site.put("static/gambar.svg", "<svg/>");
    let mut engine = Engine::new();
    assert!(build(&site, &mut engine).len() > 3);
    site.put("content/a.md", text("baru"));
    assert_eq!(build(&site, &mut engine), ["a/index.html"]);
    let kept = site.public();
    // What somebody changed in `public/` is made again.
    site.put("public/b/index.html", "dengan tangan");
    site.put("content/a.md", text("baru sekali"));
    assert_eq!(build(&site, &mut engine), ["a/index.html", "b/index.html"]);
    site.put("content/a.md", text("baru"));
    build(&site, &mut engine);
    assert_eq!(site.public(), kept);
    // And it is what an engine without memory makes.
    assert_eq!(site.build().code, Some(0));
    assert_eq!(site.public(), kept);
}
