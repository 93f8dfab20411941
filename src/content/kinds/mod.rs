//! The kinds of entities: one file each, one line each in [`all`].
//!
//! A kind is data: its fields, where its files lie, and what can be wrong in one file beyond the
//! type of each value. What needs other files (references, cycles, campaigns) is asked when the
//! site is assembled.

pub mod article;
pub mod career;
pub mod common;
pub mod course;
mod own;
pub mod page;
pub mod person;
pub mod registry;
pub mod section;
pub mod skill;
mod template;

use std::borrow::Cow;

use jiff::tz::TimeZone;

use crate::base::{Money, SitePath, Span};
use crate::data::{Field, Record, Syntax};
use crate::diag::{Diagnostic, Severity};

pub(in crate::content) use own::check as check_own;
pub use registry::{
    check, of_site, own_fields, read_defaults, section_fields, seo_fields, unknown_kind,
};
pub use template::template;

/// The number of `silabus.toml` among the files that values are inherited from.
pub const SETTINGS: usize = 0;

/// A kind of entity.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its name: `course`.
    pub name: Cow<'static, str>,
    /// The folder below `content/` that makes a file one of this kind; empty for plain pages,
    /// which may lie anywhere. A default of `[kinds.course] folder`.
    pub folder: Cow<'static, str>,
    /// The pattern of its URLs, in which `{path}` is the file's path without its ending and
    /// `{slug}` its slug. A default of `[kinds.course] path`.
    pub path: Cow<'static, str>,
    /// The template that renders it, unless its page says otherwise.
    pub template: Cow<'static, str>,
    /// What its front matter may hold.
    pub fields: Vec<Field>,
    /// What its fields are where nothing is written; its places are those of the file [`SETTINGS`].
    pub defaults: Record,
    /// What can be wrong in one file beyond the types.
    pub check: fn(&Record, &CheckContext<'_>) -> Vec<Diagnostic>,
}

/// All kinds that the program knows; plain pages are the first.
pub fn all() -> Vec<Kind> {
    vec![
        page::kind(),
        article::kind(),
        course::kind(),
        career::kind(),
        skill::kind(),
        person::kind(),
    ]
}

/// What the checks of a kind must know beside the record.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'a> {
    /// The file.
    pub path: &'a SitePath,
    /// Its syntax: fixes are written in it.
    pub syntax: Syntax,
    /// Keys that other programs write: their `aliases` are none of ours.
    pub ignore_keys: &'a [String],
    /// The site's zone, in which dates without a time are days.
    pub zone: &'a TimeZone,
    /// The lowest price that the site finds likely.
    pub price_min: Option<Money>,
    /// The highest price that the site finds likely.
    pub price_max: Option<Money>,
}

impl CheckContext<'_> {
    /// An error at a value.
    fn error(
        &self,
        code: &'static str,
        message: impl Into<String>,
        at: Span,
        fix: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, message).at(self.path, at, fix)
    }

    /// A warning at a value.
    fn warning(
        &self,
        code: &'static str,
        message: impl Into<String>,
        at: Span,
        fix: impl Into<String>,
    ) -> Diagnostic {
        let mut told = self.error(code, message, at, fix);
        told.severity = Severity::Warning;
        told
    }

    /// `key: value`, in the file's syntax.
    fn line(&self, key: &str, value: &str) -> String {
        self.syntax.assign(key, value)
    }
}
