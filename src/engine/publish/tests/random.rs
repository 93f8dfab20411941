//! Any sequence of sites, published in either way, ends in the last one plus what is foreign.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use super::*;

/// Few names, so that files, folders and cases come upon each other.
const PATHS: [&str; 10] = [
    "a",
    "A",
    "b",
    "a/index.html",
    "a/b/c.html",
    "b/c",
    "b/c/d.css",
    "feed.xml",
    "B/x.html",
    "é.html",
];

type Site = std::collections::BTreeMap<&'static str, String>;

/// A site without a file where it has a folder.
fn site() -> impl Strategy<Value = Site> {
    let text = prop_oneof![Just(String::new()), "[a-c]{1,2}", Just("x".repeat(5000))];
    btree_map(prop::sample::select(&PATHS[..]), text, 1..7).prop_map(|mut site: Site| {
        let paths: Vec<&str> = site.keys().copied().collect();
        let is_folder = |path: &str| paths.iter().any(|p| p.starts_with(&format!("{path}/")));
        site.retain(|path, _| !is_folder(path));
        site
    })
}

/// A site, whether the exchange works, and whether the run before left its old tree.
fn step() -> impl Strategy<Value = (Site, bool, bool)> {
    (site(), any::<bool>(), any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn ends_in_the_last_state(steps in vec(step(), 1..6), folder in any::<bool>()) {
        let project = Project::new();
        project.put("public/CNAME", "example.org");
        if folder {
            project.put("public/.git/HEAD", "ref");
        }
        let foreign = project.public();
        for (site, works, dies) in steps {
            let exchange = if works { exchange::kernel } else { never };
            let publisher = open_with(&project.target(), exchange).unwrap();
            let files: Vec<_> = site.iter().map(|(path, text)| (*path, text.as_str())).collect();
            write_all(&publisher, &files).unwrap();
            let mut published = publisher.commit(phase).unwrap();
            prop_assert_eq!(published.written + published.unchanged, site.len());
            published.old.0.needed = dies;
            drop(published);
            let mut expected = foreign.clone();
            expected.extend(site.into_iter().map(|(path, text)| (path.to_owned(), text)));
            prop_assert_eq!(project.public(), expected);
        }
        open(&project.target()).unwrap().abandon();
        prop_assert_eq!(project.beside(), [""; 0]);
    }
}
