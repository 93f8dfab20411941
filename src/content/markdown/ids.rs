//! Provisional.
use std::collections::HashMap;

/// Ids.
#[derive(Debug, Default)]
pub(super) struct Ids(HashMap<String, u32>);

impl Ids {
    pub(super) fn unique(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        loop {
            match self.0.get_mut(&id) {
                None => break,
                Some(n) => {
                    *n += 1;
                    id = format!("{wanted}-{n}");
                }
            }
        }
        self.0.insert(id.clone(), 0);
        id
    }
}

pub(super) fn slugify(text: &str) -> String {
    crate::base::slug::slugify(text)
}
