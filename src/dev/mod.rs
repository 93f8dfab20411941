//! What surrounds a build while an author writes: the watcher, the preview server, and the loop
//! that joins them to the engine.

pub mod preview;
pub mod server;
pub mod watch;
