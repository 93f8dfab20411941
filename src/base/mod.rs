//! Vocabulary without I/O: paths, spans, fingerprints, money, dates, slugs, text.
//!
//! Nothing here knows a file system, a clock, a template or a content kind.

pub mod amounts;
mod clock;
pub mod currency;
pub mod date_format;
pub mod duration;
pub mod fingerprint;
pub mod hours;
pub mod money;
pub mod money_error;
pub mod money_reading;
pub mod path;
pub mod remedy;
pub mod route;
pub mod slug;
pub mod span;
pub mod text;
pub mod when;
mod when_error;
pub mod words;

pub use currency::Currency;
pub use date_format::{FormatFault, format_date};
pub use duration::{format_minutes, parse_minutes};
pub use fingerprint::{Fingerprint, Hasher};
pub use hours::Hours;
pub use money::{Money, MoneyError, MoneyFault, MoneyStyle, Reading};
pub use path::SitePath;
pub use remedy::Misread;
pub use route::{OutputPath, RouteFault, UrlPath};
pub use slug::slugify;
pub use span::Span;
pub use when::When;

/// A hash map whose hasher is quick and the same on every run. Its order still means nothing:
/// what reaches output is sorted.
pub type Map<K, V> = std::collections::HashMap<K, V, foldhash::fast::FixedState>;

/// The hash by which a [`Map`] finds a key.
pub fn quick_hash(key: &impl std::hash::Hash) -> u64 {
    std::hash::BuildHasher::hash_one(&foldhash::fast::FixedState::default(), key)
}
