//! Which paths are taken, and that none of those can leave the folder.

use super::*;
use proptest::prelude::*;
use std::path::{Component, Path};

fn output(path: &str) -> Result<String, RouteFault> {
    OutputPath::new(path).map(|path| path.to_string())
}

#[test]
fn ordinary_paths_are_taken() {
    for path in [
        "index.html",
        "kursus/basic-python/index.html",
        "_redirects",
        ".well-known/x",
        "console/com.html",
        "com10/nul1",
        "日本/é.html",
        "a b/c#d%.html",
    ] {
        assert_eq!(output(path).as_deref(), Ok(path));
    }
}

#[test]
fn other_paths_are_refused() {
    let table = [
        ("", RouteFault::Empty),
        ("a//b", RouteFault::Empty),
        ("a/", RouteFault::Empty),
        ("/etc/passwd", RouteFault::Start),
        ("..", RouteFault::Climbs),
        ("a/../../b", RouteFault::Climbs),
        ("a/./b", RouteFault::Climbs),
        ("..\\b", RouteFault::Character('\\')),
        ("C:/x", RouteFault::Character(':')),
        ("a\0b", RouteFault::Character('\0')),
        ("a\nb", RouteFault::Character('\n')),
        ("a\u{85}b", RouteFault::Character('\u{85}')),
        ("a?b", RouteFault::Character('?')),
        ("a./b", RouteFault::Ending("a.".into())),
        ("a/b ", RouteFault::Ending("b ".into())),
        ("...", RouteFault::Ending("...".into())),
        ("con", RouteFault::Device("con".into())),
        ("a/NUL.tar.gz", RouteFault::Device("NUL.tar.gz".into())),
        ("Com1.html/x", RouteFault::Device("Com1.html".into())),
        ("lpt³", RouteFault::Device("lpt³".into())),
        ("aux .txt", RouteFault::Device("aux .txt".into())),
    ];
    for (path, fault) in table {
        assert!(!fault.message().is_empty());
        assert_eq!(output(path), Err(fault), "{path:?}");
    }
}

#[test]
fn long_paths_are_refused() {
    assert!(output(&"a".repeat(255)).is_ok());
    assert_eq!(output(&"é".repeat(128)), Err(RouteFault::LongName));
    let folders = "abcdefg/".repeat(127);
    assert!(output(&format!("{folders}abcdefgh")).is_ok());
    assert_eq!(
        output(&format!("{folders}abcdefghi")),
        Err(RouteFault::LongPath)
    );
}

#[test]
fn paths_that_some_disk_takes_for_one_have_one_key() {
    let key = |path: &str| OutputPath::new(path).unwrap().fold_key();
    assert_eq!(key("Caf\u{e9}/A.html"), key("cafe\u{301}/a.HTML"));
    assert_eq!(key("stra\u{df}e"), key("STRASSE"));
    assert_eq!(key("\u{3c3}"), key("\u{3c2}"));
    // The order of marks is settled before folding makes a letter of one of them.
    assert_eq!(key("\u{3b1}\u{345}\u{301}"), key("\u{1fb4}"));
    assert_ne!(key("a"), key("b"));
}

#[test]
fn addresses_and_files_belong_together() {
    let file = |path: &str| UrlPath::new(path).unwrap().to_output().to_string();
    assert_eq!(file("/"), "index.html");
    assert_eq!(file("/a/b/"), "a/b/index.html");
    assert_eq!(file("/a/b.xml"), "a/b.xml");
    assert_eq!(UrlPath::new("/a/index.html"), UrlPath::new("/a/"));
    assert_eq!(
        UrlPath::new("/myindex.html").unwrap().as_str(),
        "/myindex.html"
    );
    assert_eq!(
        UrlPath::from_segments(["a", "b"]).unwrap().as_str(),
        "/a/b/"
    );
    assert_eq!(UrlPath::from_segments([]).unwrap().as_str(), "/");
    assert_eq!(
        UrlPath::from_segments(["a/b"]),
        Err(RouteFault::Character('/'))
    );
    assert_eq!(UrlPath::from_segments([""]), Err(RouteFault::Empty));
    assert_eq!(UrlPath::from_segments([".."]), Err(RouteFault::Climbs));
    assert_eq!(UrlPath::new("a/"), Err(RouteFault::Start));
    assert_eq!(UrlPath::new("//evil.example/"), Err(RouteFault::Start));
}

#[test]
fn addresses_are_encoded() {
    let encoded = |path: &str| UrlPath::new(path).unwrap().encoded();
    assert_eq!(encoded("/tag/c#/"), "/tag/c%23/");
    assert_eq!(encoded("/é 100%/"), "/%C3%A9%20100%25/");
    assert_eq!(encoded("/a&b'c/"), "/a%26b%27c/");
    assert_eq!(UrlPath::from_encoded("/%C3%A9/").unwrap().as_str(), "/é/");
    for bad in ["/%", "/%4", "/%zz", "/%ff/"] {
        assert_eq!(
            UrlPath::from_encoded(bad),
            Err(RouteFault::Encoding),
            "{bad}"
        );
    }
    assert_eq!(UrlPath::from_encoded("/%2e%2e/x"), Err(RouteFault::Climbs));
    assert_eq!(
        UrlPath::from_encoded("/..%5cx"),
        Err(RouteFault::Character('\\'))
    );
}

proptest! {
    #[test]
    fn no_accepted_path_leaves_the_folder(path in "([a.é]|\\.\\.|/|\\\\|:|C|~| |\0|\\PC){0,12}") {
        if let Ok(accepted) = OutputPath::new(&path) {
            let normal = |part: Component| matches!(part, Component::Normal(_));
            let path = Path::new(accepted.as_str());
            prop_assert!(path.components().all(normal));
            // No component was dropped or merged on the way.
            prop_assert_eq!(path.components().count(), accepted.as_str().split('/').count());
            prop_assert!(!accepted.as_str().contains(['\\', ':', '\0']));
        }
    }

    #[test]
    fn addresses_read_back(path in "/([a-zA-Z0-9.%#&é日 ]{1,5}/){0,4}([a-z%]{1,5})?") {
        if let Ok(url) = UrlPath::new(&path) {
            prop_assert_eq!(UrlPath::from_encoded(&url.encoded()), Ok(url.clone()));
            prop_assert_eq!(url.to_output().to_url(), url.clone());
            prop_assert_eq!(OutputPath::new(url.to_output().as_str()), Ok(url.to_output()));
        }
    }

    #[test]
    fn a_key_stays_as_it_is(path in "\\PC{1,12}") {
        if let Ok(path) = OutputPath::new(&path) {
            let key = path.fold_key();
            let upper: String = path.as_str().nfd().collect();
            if let Ok(other) = OutputPath::new(&upper) {
                prop_assert_eq!(other.fold_key(), key);
            }
        }
    }
}
