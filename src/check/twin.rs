//! The price in the twin of a course's page.

use super::due::Due;
use super::tell::{File, literals};
use crate::diag::Diagnostic;
use crate::site::PageId;
use crate::structured::facts::price_mark;

/// The first amount of the line that tells the price: what stands behind it is no longer paid.
pub(super) fn check(file: &File<'_>, id: PageId) -> Option<Diagnostic> {
    let entity = file.site.entity(id);
    entity.sale.as_ref()?;
    let lang = file.site.lang(entity.lang);
    let mark = price_mark(lang);
    let mut lines = file.text.lines().enumerate();
    let (line, told) = lines.find_map(|(at, line)| Some((at + 1, line.strip_prefix(&mark)?)))?;
    let told = told.replace('*', "");
    let (range, literal) = literals(&told, lang).into_iter().next()?;
    let due = Due::of(entity);
    let wrong = !due.is_now(&literal);
    wrong.then(|| file.told("price-twin", told[range].trim(), line, id, &due))
}
