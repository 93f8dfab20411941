//! `[defaults]` of sections: front matter for the pages below them.

use std::sync::Arc;

use super::assemble::{Parts, lang_of};
use super::{origins, sections};
use crate::base::Map;
use crate::content::{Page, kinds};
use crate::data::Record;
use crate::diag::Diagnostic;

/// `[defaults]` of sections, read for each kind: `(language, folder, kind)` to a record.
pub(super) struct Defaults(Map<(u8, Box<str>, u8), Record>);

impl Defaults {
    pub(super) fn collect(
        parts: &Parts,
        section_pages: &[Arc<Page>],
        sink: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut all = Map::default();
        let with_defaults = section_pages
            .iter()
            .filter_map(|page| Some((page, page.record.free("defaults")?)));
        for (file, (page, node)) in origins::numbers().zip(with_defaults) {
            let context = parts.reader.context(&page.path, page.syntax);
            let lang = lang_of(&parts.config, page);
            let read = kinds::read_defaults(node, &parts.kinds, &context);
            for (kind, record) in read.unload(sink) {
                all.insert(
                    (lang, page.place.folder.clone(), kind),
                    record.elsewhere(file),
                );
            }
        }
        Self(all)
    }

    /// The record with the defaults of the sections above it, the nearest first.
    pub(super) fn apply(
        &self,
        record: &Arc<Record>,
        lang: u8,
        folder: &str,
        kind: u8,
    ) -> Arc<Record> {
        if self.0.is_empty() {
            return record.clone();
        }
        let mut merged = record.clone();
        let mut folder = folder;
        loop {
            if let Some(defaults) = self.0.get(&(lang, folder.into(), kind)) {
                merged = Arc::new(merged.with_defaults(defaults));
            }
            if folder.is_empty() {
                return merged;
            }
            folder = sections::parent(folder);
        }
    }
}
