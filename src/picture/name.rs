//! Names of what is made: by contents, so that a new picture never has an old one's address.

use super::spec::Spec;
use super::{Facts, VERSION};
use crate::base::{Fingerprint, Hasher, slug};

/// The folder of the output that made pictures lie in, as in Zola.
pub const FOLDER: &str = "processed_images";

/// The longest stem that is taken into a name.
const STEM: usize = 60;

/// Stands for a result: its source's bytes, what is made of them, and by which program.
pub fn key(source: Fingerprint, spec: Spec) -> Fingerprint {
    let mut hasher = Hasher::new();
    hasher
        .text("picture")
        .number(u64::from(VERSION))
        .print(source);
    spec.op.hash(&mut hasher);
    spec.encoding.hash(&mut hasher);
    hasher.finish()
}

/// The path below the output folder of what is made of the picture with this file stem.
pub fn output_path(stem: &str, facts: &Facts, spec: Spec) -> String {
    let stem = slug::slugify(stem);
    let stem: String = stem.chars().take(STEM).collect();
    let stem = stem.trim_end_matches('-');
    let stem = if stem.is_empty() { "picture" } else { stem };
    let key = key(facts.print, spec).hex(16);
    format!("{FOLDER}/{stem}.{key}.{}", spec.encoding.extension())
}
