//! Dates, instants and hours as authors write them.

/// A date or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// A whole day in the site's zone.
    Day(jiff::civil::Date),
    /// A local time in the site's zone.
    Local(jiff::civil::DateTime),
    /// A point in time, with the offset it was written with, in seconds.
    Instant(jiff::Timestamp, i32),
}

/// Hours of a day: a start, and an end where one was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hours {
    /// When it begins.
    pub from: jiff::civil::Time,
    /// When it ends.
    pub to: Option<jiff::civil::Time>,
}
