//! What surrounds a build while an author writes: the watcher, the preview server, and the loop
//! that joins them to the engine.

pub mod again;
pub mod live;
mod moves;
pub mod preview;
pub mod server;
mod state;
mod trial;
pub mod watch;
