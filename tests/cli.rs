//! Transcripts of commands: what is typed, what is printed, how it ends.
//!
//! `TRYCMD=overwrite cargo test --test cli` writes what came; times are `[..]` there.

#[test]
fn transcripts() {
    let cases = trycmd::TestCases::new();
    cases.env("NO_COLOR", "1").case("tests/cli/*.trycmd");
}
