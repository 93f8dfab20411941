//! Builds: the only place with memory between them, and the only place that writes a site.

pub mod publish;
