//! The judge that rebuilding is equal to building, in its parts.

pub(crate) mod choose;
pub(crate) mod choose_files;
pub(crate) mod choose_site;
#[path = "../suite/support/diff.rs"]
pub(crate) mod diff;
pub(crate) mod edit;
pub(crate) mod engine;
pub(crate) mod files;
pub(crate) mod judge;
pub(crate) mod legs;
pub(crate) mod live;
pub(crate) mod outlet;
pub(crate) mod pages;
pub(crate) mod questions;
pub(crate) mod report;
pub(crate) mod rng;
pub(crate) mod shrink;
pub(crate) mod site;
