//! Builds: the only place with memory between them, and the only place that writes a site.

pub mod build;
pub mod gather;
pub mod outlet;
pub mod publish;

pub use build::{Build, BuildOptions, Engine};
pub use outlet::{Outlet, PublishOutlet};
