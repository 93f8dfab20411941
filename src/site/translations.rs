//! What a translation may say beside what it translates.

use crate::base::Span;
use crate::content::Page;
use crate::content::kinds::Kind;
use crate::diag::Diagnostic;

/// Fields that only the file of the default language may give: a price that is right in one
/// language and wrong in another would be two prices, and a course cannot be open in one alone.
const COMMERCIAL: [&str; 11] = [
    "price",
    "list_price",
    "price_per",
    "promos",
    "variants",
    "installment",
    "batches",
    "code",
    "status",
    "offer",
    "replaced_by",
];

/// Whether what is told of a translation is about no value of its own, and said of its original.
/// `front` is where a missing field is told.
pub(super) fn is_inherited(told: &Diagnostic, front: Span, said: &[Diagnostic]) -> bool {
    let span = told.labels.first().and_then(|label| label.span);
    let own = span.is_some_and(|span| span.is_own() && span != front);
    // Defaults of its own language are written elsewhere than those of the original.
    let far = span.filter(|span| span.origin().is_some());
    let place = |other: &Diagnostic| other.labels.first().and_then(|label| label.span);
    let same = |other: &Diagnostic| other.code == told.code && other.message == told.message;
    let mut said = said.iter();
    !own && said.any(|other| same(other) && (far.is_none() || place(other) == far))
}

/// Faults of a translation `page` of `original`.
pub(super) fn check(kinds: &[Kind], page: &Page, original: &Page) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(other_kind(kinds, page, original));
    found.extend(commercial(page, original));
    found
}

fn other_kind(kinds: &[Kind], page: &Page, original: &Page) -> Option<Diagnostic> {
    if page.kind == original.kind {
        return None;
    }
    let (own, wanted) = (
        &kinds[page.kind as usize].name,
        &kinds[original.kind as usize].name,
    );
    let message = format!("this is of the kind {own}, what it translates of the kind {wanted}");
    let diagnostic = Diagnostic::error("translation-kind", message).hint(format!(
        "write kind: {wanted} here, as in {}",
        original.path
    ));
    Some(match page.record.get("kind") {
        Some(typed) => diagnostic.at(&page.path, typed.span, "another kind than the original's"),
        None => diagnostic
            .in_file(&page.path, "")
            .in_file(&original.path, "the original"),
    })
}

fn commercial<'a>(page: &'a Page, original: &'a Page) -> impl Iterator<Item = Diagnostic> + 'a {
    COMMERCIAL.into_iter().filter_map(|field| {
        let typed = page.record.get(field)?;
        let message = format!("\"{field}\" stands only in the file of the default language");
        Some(
            Diagnostic::error("translation-commercial", message)
                .at(&page.path, typed.span, "take it out here: it is inherited")
                .in_file(&original.path, "change it here"),
        )
    })
}
