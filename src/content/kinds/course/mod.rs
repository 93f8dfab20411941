//! Courses: what is taught, when, by whom and for how much.
//!
//! Everything here can be said from one file: what time, campaigns or other files change (the
//! active price, the state of a batch) comes later.

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

pub use enrol::kind_of as enrol_kind;

/// The kind `course`.
pub fn kind() -> Kind {
    let mut fields = common::fields();
    for field in &mut fields {
        field.required = field.name == "title";
    }
    fields.extend(fields::own());
    Kind {
        name: "course",
        folder: "courses",
        path: "/{path}/",
        template: "course.html",
        fields,
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
    found
}

/// How a course is offered: as written, else paid where there is a price.
pub fn offer(record: &Record) -> &str {
    let by_price = if record.money("price").is_some() {
        "paid"
    } else {
        "on_request"
    };
    record.choice("offer").unwrap_or(by_price)
}

/// The state of a course: open unless it says otherwise.
pub fn status(record: &Record) -> &str {
    record.choice("status").unwrap_or("open")
}
