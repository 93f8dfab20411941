//! Where inherited values are written: their places lead to files of a list, the settings first,
//! then the sections with `[defaults]`.

use std::sync::Arc;

use super::Site;
use crate::base::{SitePath, Span};
use crate::config::Config;
use crate::content::Page;
use crate::content::kinds::SETTINGS;
use crate::diag::Diagnostic;

/// The files that values are inherited from.
pub type Origins = Arc<[SitePath]>;

/// The files of a site whose sections are these.
pub(super) fn of<'a>(section_pages: impl Iterator<Item = &'a Arc<Page>>) -> Origins {
    let with_defaults = section_pages.filter(|page| page.record.free("defaults").is_some());
    let settings = std::iter::once(Config::path());
    settings
        .chain(with_defaults.map(|page| page.path.clone()))
        .collect()
}

/// The numbers of sections with `[defaults]`, in their order.
pub(super) fn numbers() -> std::ops::RangeFrom<usize> {
    SETTINGS + 1..
}

impl Site {
    /// The file and the range that a place in the front matter of `path` stands for; no range for
    /// a value that nobody wrote.
    pub fn origin<'a>(&'a self, path: &'a SitePath, span: Span) -> (&'a SitePath, Option<Span>) {
        match span.origin() {
            Some((file, span)) => match self.origins.get(file) {
                Some(path) => (path, Some(span)),
                None => (path, None),
            },
            None => (path, Some(span).filter(|span| !span.is_nowhere())),
        }
    }
}

/// Moves places of inherited values into the files where they are written. What is told there
/// names the page, and is told once for all that inherit it.
pub(super) fn settle(diagnostics: &mut [Diagnostic], origins: &[SitePath]) {
    for told in diagnostics {
        for (at, label) in told.labels.iter_mut().enumerate() {
            let Some((file, span)) = label.span.and_then(Span::origin) else {
                continue;
            };
            let Some(origin) = origins.get(file) else {
                continue;
            };
            let page = std::mem::replace(&mut label.path, origin.clone());
            label.span = Some(span);
            if at == 0 {
                told.pages.push(page);
            }
        }
    }
}
