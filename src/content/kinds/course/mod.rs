//! Courses: what is taught, when, by whom and for how much.
//!
//! Everything here can be said from one file at any time: what time, campaigns or other files change
//! (the active price, the state of a batch) is worked out in `site/sale`.

mod batch;
mod enrol;
mod fields;
mod price;
mod promo;
mod syllabus;

#[cfg(test)]
mod tests;

use crate::data::Record;
use crate::diag::Diagnostic;

use super::{CheckContext, Kind, common};

pub use batch::{
    enrolling as batch_enrolling, over as batch_over, own_zone as batch_zone,
    starts as batch_starts, zone_of as batch_zone_of,
};
pub use enrol::kind_of as enrol_kind;
pub use price::is_selling_word;

/// The kind `course`.
pub fn kind() -> Kind {
    let mut fields = common::fields();
    for field in &mut fields {
        if field.name == "title" {
            field.required = true;
            // No heading stands in for it: lists, exports and messages name a course by it.
            field.doc =
                "What the course is called; it must be written, a heading is not enough.".into();
        }
    }
    fields.extend(fields::own());
    Kind {
        name: "course".into(),
        folder: "courses".into(),
        path: "/{path}/".into(),
        template: "course.html".into(),
        fields,
        defaults: Record::default(),
        check,
    }
}

fn check(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let mut found = common::check(record, cx);
    found.extend(price::check(record, cx));
    found.extend(promo::check(record, cx));
    found.extend(batch::check(record, cx));
    found.extend(syllabus::check(record, cx));
    found.extend(enrol::check(record, cx));
    found.extend(rating(record, cx));
    found
}

/// A mean of five that is more or less than such a mean can be.
fn rating(record: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let table = record.table("rating")?;
    let written = table.text("value")?;
    let value: f64 = written.parse().ok()?;
    let message = format!("a rating of {written} is not between 1 and 5");
    let at = table.span("value")?;
    let fix = format!("the mean, of five: {}", cx.line("value", "4.8"));
    (!(1.0..=5.0).contains(&value)).then(|| cx.error("out-of-range", message, at, fix))
}

/// How a course is offered: as written, else by its prices, those of variants and batches among
/// them.
pub fn offer(record: &Record) -> &str {
    if let Some(written) = record.choice("offer") {
        return written;
    }
    if has_price(record) {
        "paid"
    } else if price::prices(record).is_empty() {
        "on_request"
    } else {
        "free"
    }
}

/// Whether anything of a course costs something.
pub fn has_price(record: &Record) -> bool {
    let prices = price::prices(record);
    prices.iter().any(|(price, _)| price.minor > 0)
}

/// The state of a course: open unless it says otherwise.
pub fn status(record: &Record) -> &str {
    record.choice("status").unwrap_or("open")
}
