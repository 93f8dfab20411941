//! Hostile input ends cleanly and quickly, on the small stack of a worker thread.

#![expect(
    clippy::disallowed_methods,
    reason = "this test holds the time that hostile text takes"
)]

use std::time::Duration;

use proptest::prelude::*;

use crate::data::Syntax::{self, Toml, Yaml};
use crate::data::{Field, MAX_BYTES, Raw, Type};

use super::{context, tree};

/// As long as can be read within the second without optimisation, which is ten times slower.
const MUCH: usize = if cfg!(debug_assertions) {
    MAX_BYTES / 8
} else {
    MAX_BYTES
};

/// Reads on a stack of half a megabyte; gives the codes and fails when that took too long.
fn codes(syntax: Syntax, text: String) -> Vec<&'static str> {
    let head: String = text.chars().take(40).collect();
    let read = move || {
        let start = computed();
        let read = tree(syntax, &text);
        let codes = read.diagnostics.iter().map(|found| found.code).collect();
        (codes, computed() - start)
    };
    let thread = std::thread::Builder::new().stack_size(512 << 10);
    let (codes, took) = thread.spawn(read).unwrap().join().unwrap();
    // A second, and room for a machine whose cores are lent out elsewhere meanwhile.
    assert!(took < Duration::from_secs(4), "{took:?} {head:?}");
    codes
}

/// How long this thread has computed: a busy machine must not fail the tests.
fn computed() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

#[test]
fn deep_nesting_is_refused() {
    for deep in ["[", "{a: ", "[{a: "] {
        assert_eq!(
            codes(Yaml, format!("a: {}", deep.repeat(100_000)))[0..],
            ["too-deep"][..],
            "{deep}"
        );
    }
    assert_eq!(codes(Yaml, "- ".repeat(100_000)), ["too-deep"]);
    let stairs: String = (0..700).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    assert_eq!(codes(Yaml, stairs), ["too-deep"]);
    assert_eq!(
        codes(Toml, format!("a = {}", "[".repeat(100_000))),
        ["too-deep"]
    );
    assert_eq!(
        codes(Toml, format!("a = {}", "{a = ".repeat(100_000))),
        ["too-deep"]
    );
    assert_eq!(
        codes(Toml, format!("{}a = 1", "a.".repeat(100_000))),
        ["too-deep"]
    );
    assert_eq!(
        codes(Toml, format!("[{}a]\nb = 1", "a.".repeat(100_000))),
        ["too-deep"]
    );
}

#[test]
fn a_tree_of_thousands_of_levels_is_refused_without_overflow() {
    let key = format!("{}a", "a.".repeat(70));
    let text = format!("{}1{}", format!("{key} = {{").repeat(70), "}".repeat(70));
    let text = text.replace("{1}", "{}");
    assert!(codes(Toml, text).contains(&"too-deep"));
}

#[test]
fn aliases_have_a_budget() {
    let mut laughs = "a0: &a0 [lol, lol, lol]\n".to_owned();
    for i in 1..12 {
        let list = vec![format!("*a{}", i - 1); 9].join(", ");
        laughs.push_str(&format!("a{i}: &a{i} [{list}]\n"));
    }
    assert_eq!(codes(Yaml, laughs), ["yaml-bomb"]);
    let mut chain = "a0: &a0 [x]\n".to_owned();
    for i in 1..100 {
        chain.push_str(&format!("a{i}: &a{i} [*a{}]\n", i - 1));
    }
    assert_eq!(codes(Yaml, chain), ["yaml-bomb"], "deep rather than large");
    let anchors: String = (0..60).map(|i| format!("&n{i} [")).collect();
    let many = "x, ".repeat(20_000);
    let nested = format!("a: {anchors}{many}{}\nb: *n0\n", "]".repeat(60));
    assert_eq!(codes(Yaml, nested), ["yaml-bomb"]);
}

#[test]
fn honest_aliases_are_read() {
    let text = "a: &faq [{q: x, a: y}]\nb: *faq\nc: &n 5\nd: [*n, *n]\n";
    let read = tree(Yaml, text);
    assert!(!read.failed());
    let node = |name| read.value.get(name).unwrap().raw.clone();
    assert_eq!(node("a"), node("b"));
    assert!(matches!(node("d"), Raw::List(items) if items.len() == 2));
}

#[test]
fn much_of_anything_takes_no_long_time() {
    assert_eq!(codes(Yaml, "a".repeat(MAX_BYTES + 1)), ["too-large"]);
    let cases = [
        "a: b\n", "- ", "a,", "\"", "'", "# x\n", "!a ", "&a ", "*a ", ": ", "? ", "[]\n", "a\n",
        "|\n", "\t",
    ];
    for case in cases {
        let text = case.repeat(MUCH / case.len());
        codes(Yaml, text.clone());
        codes(Yaml, format!("a: [{text}"));
    }
    for case in [
        "a=1\n", "[a]\n", "[[a]]\n", "a.b=1\n", "\"", "'", "#\n", "=", "a,", "[", "a\n", "1-",
    ] {
        let text = case.repeat(MUCH / case.len());
        codes(Toml, text.clone());
        codes(Toml, format!("a = [{text}"));
    }
    let keys = |sign: &str| {
        (0..10_000)
            .map(|i| format!("k{i}{sign}1\n"))
            .collect::<String>()
    };
    assert!(codes(Yaml, keys(": ")).is_empty());
    assert!(codes(Toml, keys("=")).is_empty());
}

fn anything() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "a",
        "b: ",
        "x = ",
        "\n",
        "\n  ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        "\"",
        "\"\"\"",
        "#",
        ":",
        "=",
        "|",
        ">",
        "&a ",
        "*a",
        "!",
        "!!str ",
        "<<",
        "? ",
        "%",
        "@",
        "`",
        "\t",
        "\r\n",
        "\\",
        "0812",
        "3.800",
        "2026-02-30",
        "19:00",
        "é",
        "\u{feff}",
        "~",
        "---",
        "...",
        "\u{0}",
        "\u{85}",
        "[a]\n",
        "[[a]]\n",
        "a.b",
        "1e3",
        "true",
    ]);
    prop_oneof![
        prop::collection::vec(token, 0..30).prop_map(|tokens| tokens.concat()),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_makes_the_readers_panic(text in anything(), lead in "[é\u{feff}]{0,3}") {
        let fields = [Field::new("a", Type::Text, ""), Field::new("b", Type::Money, "").required()];
        let path = crate::base::SitePath::root();
        let whole = format!("{lead}{text}");
        for syntax in [Toml, Yaml] {
            let read = crate::data::parse(&path, &whole, syntax, lead.len()..whole.len());
            let checked = crate::data::check(&read.value, &fields, &context(&path, syntax));
            for found in read.diagnostics.iter().chain(&checked.diagnostics) {
                for label in &found.labels {
                    let span = label.span.unwrap_or_default();
                    prop_assert!(whole.get(span.range()).is_some(), "{found:?}");
                    prop_assert!(span.start as usize >= lead.len(), "{found:?}");
                }
            }
        }
        crate::data::front::split(&path, &whole);
    }
}
