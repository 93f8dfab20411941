//! Builds: the only place with memory between them, and the only place that writes a site.

pub mod build;
pub mod gather;
pub mod inputs;
mod memo;
pub mod next;
pub mod outlet;
pub mod pictures;
pub mod publish;
mod quotes;
pub mod report;
mod settle;
mod shelf;
mod texts;
mod why;

/// Stack of the threads that render: templates may call templates, and texts hold texts.
pub const STACK: usize = 16 * 1024 * 1024;

pub use build::{Audience, Build, BuildOptions, Engine};
pub use gather::Gathered;
pub use inputs::Look;
pub use next::Ticks;
pub use outlet::{Outlet, PublishOutlet};
pub use pictures::PictureCache;
pub use report::{Reason, Report};
