//! What is bounded: sitemaps that would be too long, and suggestions that would take too long.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up shall fail"
)]

use std::sync::Arc;

use silabus::base::SitePath;
use silabus::engine::{Audience, Build, BuildOptions, Engine, Look};
use silabus::output::{Recipe, Target, Turn};
use silabus::theme::Subject;
use silabus::world::{MemoryWorld, World};

const SETTINGS: &str = "base_url = \"https://a.example\"\ntitle = \"Situs\"\n";

/// Gathers and renders a site of these files, into nothing.
fn build(files: &[(String, String)]) -> Build {
    let mut world = MemoryWorld::new();
    let base = [
        ("silabus.toml", SETTINGS),
        ("templates/index.html", "-"),
        ("templates/page.html", "{{ page.content }}"),
    ];
    for (path, text) in base {
        world.insert(SitePath::new(path).unwrap(), text);
    }
    for (path, text) in files {
        world.insert(SitePath::new(path).unwrap(), text.as_bytes());
    }
    let world: Arc<dyn World + Send> = Arc::new(world);
    let options = BuildOptions::at("2026-11-22T08:00:00Z".parse().unwrap());
    let mut audience = Audience {
        first: &[],
        tell: &|_| {},
        show: &mut |_, _| {},
    };
    Engine::new().refresh(&world, &options, &Look::Everywhere, &mut audience)
}

/// Above 50,000 addresses there are several sitemaps; `output/sitemap` cuts them, this is their
/// list.
#[test]
fn the_list_of_sitemaps_names_them_in_full() {
    let build = build(&[]);
    let target = Target {
        path: "sitemap.xml".into(),
        recipe: Recipe::Render {
            template: "sitemap_index.xml".into(),
            subject: std::sync::Arc::new(Subject::SitemapIndex {
                parts: vec!["/sitemap1.xml".into(), "/sitemap2.xml".into()],
            }),
        },
        turn: Turn::Index,
    };
    let made = build.gathered.unwrap().make(&target);
    assert!(!made.failed(), "{:?}", made.diagnostics);
    let text = String::from_utf8(made.value.bytes.to_vec()).unwrap();
    assert!(text.starts_with("<?xml "), "{text}");
    assert!(text.contains("<sitemapindex "), "{text}");
    let places = text.matches("<loc>https://a.example/sitemap").count();
    assert_eq!(places, 2, "{text}");
}

/// Looking for a near name is looking at all names: with a hundred pages it is enough.
#[test]
fn a_hundred_pages_are_told_what_was_meant() {
    let mut files = vec![("content/sasaran.md".to_owned(), String::new())];
    for number in 0..120 {
        let path = format!("content/{number:03}.md");
        files.push((path, "[salah](@/sasarann.md)\n".to_owned()));
    }
    let build = build(&files);
    let broken = build.diagnostics.iter();
    let broken: Vec<_> = broken.filter(|found| found.code == "broken-link").collect();
    assert_eq!(broken.len(), 120);
    let meant = |shown: String| shown.contains("did you mean");
    let told = broken.iter().filter(|found| meant(format!("{found:?}")));
    let told: Vec<_> = told.filter_map(|found| found.primary()).collect();
    assert_eq!(told.len(), 100);
    // The first ones by path, whichever thread came upon them first.
    let last = told.iter().map(|label| label.path.as_str()).max();
    assert_eq!(last, Some("content/099.md"));
}
