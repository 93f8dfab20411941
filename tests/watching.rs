//! Watching real folders, through the kernel and by polling: every way in which editors and tools
//! save, folders that come and go, links, bursts.
//!
//! A test does something, waits until the hints cover what it did, then writes a file of its own
//! kind as an end mark: what comes until that is told belongs to what was done before. So no test
//! waits by the clock for something not to happen.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests write files and measure time"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up shall fail"
)]

/// Each test twice: told by the kernel, and by polling.
macro_rules! both_ways {
    ($($test:ident)*) => {
        mod kernel {
            $(#[test] fn $test() { super::$test(&crate::site::Site::watched(false)); })*
        }
        mod polling {
            $(#[test] fn $test() { super::$test(&crate::site::Site::watched(true)); })*
        }
    };
}

#[path = "watching/bursts.rs"]
mod bursts;
#[path = "watching/folders.rs"]
mod folders;
#[path = "watching/links.rs"]
mod links;
#[path = "watching/saves.rs"]
mod saves;
#[path = "watching/site.rs"]
mod site;
