//! Files for programs: what each holds, and what it stands for.

mod llms;

use crate::base::Hasher;
use crate::site::{Site, View};

/// A file that the program makes of the whole site.
#[derive(Clone, Debug)]
pub enum Export {
    /// `llms.txt`: what the site is, and where its texts are.
    Llms {
        /// Its language.
        lang: u8,
        /// Whether pages have twins in Markdown to lead to.
        twins: bool,
    },
}

impl Export {
    /// Its language.
    pub fn lang(&self) -> u8 {
        match self {
            Self::Llms { lang, .. } => *lang,
        }
    }

    /// Its text.
    pub fn text(&self, view: &View) -> String {
        match self {
            Self::Llms { lang, twins } => llms::text(view.site(), *lang, *twins),
        }
    }

    /// Adds all that it shows without asking, beside the settings.
    pub fn hash_into(&self, hasher: &mut Hasher, site: &Site) {
        hasher.number(u64::from(self.lang()));
        match self {
            Self::Llms { lang, twins } => {
                hasher.number(u64::from(*twins));
                llms::hash_into(hasher, site, *lang);
            }
        }
    }
}
