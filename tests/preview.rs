//! The preview server over raw sockets, with a site that is only a map: what it serves, what it
//! refuses, what it tells, and how much it bears.
//!
//! Nothing between a test and the server makes a request well-formed: what a browser would never
//! send is sent here as it stands.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests open sockets, look at the clock and start a program"
)]
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot be set up shall fail, one that does less says so"
)]

#[path = "preview/crowds.rs"]
mod crowds;
#[path = "preview/descriptors.rs"]
mod descriptors;
#[path = "preview/files.rs"]
mod files;
#[path = "preview/hosts.rs"]
mod hosts;
#[path = "preview/limits.rs"]
mod limits;
#[path = "preview/ports.rs"]
mod ports;
#[path = "preview/site.rs"]
mod site;
#[path = "preview/stream.rs"]
mod stream;
#[path = "preview/targets.rs"]
mod targets;
#[path = "preview/wire.rs"]
mod wire;
