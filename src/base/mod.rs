//! Vocabulary without I/O: paths, spans, fingerprints, money, dates, slugs, text.
//!
//! Nothing here knows a file system, a clock, a template or a content kind.

pub mod fingerprint;
pub mod money;
pub mod path;
pub mod span;
pub mod when;

pub use fingerprint::{Fingerprint, Hasher};
pub use path::SitePath;
pub use span::Span;
