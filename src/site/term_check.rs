//! What there is to say about terms: a tag that only one page has, two terms that are almost
//! the same.
//!
//! With few tagged pages many tags are there once, and nothing is said of it.

use super::{Entity, PageId, Site, Taxonomy, Term};
use crate::base::text::is_one_edit;
use crate::base::{Map, Span};
use crate::data::{Record, Typed, Value};
use crate::diag::Diagnostic;
use crate::site::taxonomies::term_slug;

/// With fewer pages that have tags, a tag of one page is no surprise.
const MANY: usize = 10;

/// Shorter words are easily alike by chance.
const LONG: usize = 5;

/// All of it, term by term.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let taxonomies = site.taxonomies.iter();
    let free = taxonomies.filter(|taxonomy| taxonomy.config.facet.is_none());
    free.flat_map(|taxonomy| {
        let mut found = used_once(site, taxonomy);
        found.extend(near_ones(site, taxonomy));
        found
    })
    .collect()
}

fn used_once(site: &Site, taxonomy: &Taxonomy) -> Vec<Diagnostic> {
    let uses: usize = taxonomy.terms.iter().map(|term| term.pages.len()).sum();
    if &*taxonomy.config.name != "tags" || uses < MANY {
        return Vec::new();
    }
    let tagged = site.entities.iter();
    let tagged = tagged.filter(|entity| entity.lang == taxonomy.lang && entity.listed());
    let tags = |entity: &Entity| {
        let mut terms = entity.terms.iter();
        terms.any(|term| is_of(site, taxonomy, term.taxonomy))
    };
    if tagged.filter(|entity| tags(entity)).count() < MANY {
        return Vec::new();
    }
    let once = taxonomy.terms.iter().filter(|term| term.pages.len() == 1);
    once.map(|term| {
        let message = format!("no other page has the tag \"{}\"", term.name);
        let label = "choose one that others have, or take it out";
        told("tag-once", message, label.to_owned(), site, taxonomy, term)
    })
    .collect()
}

fn is_of(site: &Site, taxonomy: &Taxonomy, number: u8) -> bool {
    site.config.taxonomies[usize::from(number)].name == taxonomy.config.name
}

/// A warning at the first place of a term.
fn told(
    code: &'static str,
    message: String,
    label: String,
    site: &Site,
    taxonomy: &Taxonomy,
    term: &Term,
) -> Diagnostic {
    let told = Diagnostic::warning(code, message);
    let Some(first) = term.pages.iter().min() else {
        return told;
    };
    let entity = site.entity(*first);
    match place(entity, taxonomy, &term.slug) {
        Some(span) => told.at(entity.path(), span, label),
        None => told.in_file(entity.path(), label),
    }
}

/// Where the front matter of a page has a term, or the defaults that it inherits it from; none
/// where it inherits it from what it translates.
fn place(entity: &Entity, taxonomy: &Taxonomy, slug: &str) -> Option<Span> {
    let record: &Record = &entity.record;
    let name = &*taxonomy.config.name;
    let nested = record.table("taxonomies").and_then(|table| table.get(name));
    let own = record.get(name).into_iter().chain(nested);
    own.flat_map(texts)
        .find(|(text, _)| term_slug(text) == slug)
        .map(|(_, span)| span)
        .filter(|span| !span.is_nowhere())
}

fn texts(typed: &Typed) -> Vec<(&str, Span)> {
    match &typed.value {
        Value::Text(text) => vec![(text, typed.span)],
        Value::List(items) => items.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// Pairs of terms that are most likely meant to be one, the rarer one told.
fn near_ones(site: &Site, taxonomy: &Taxonomy) -> Vec<Diagnostic> {
    let shown = |at: &usize| !taxonomy.terms[*at].pages.is_empty();
    let mut pairs: Vec<(usize, usize)> = candidates(&taxonomy.terms)
        .into_iter()
        .filter(|(one, other)| shown(one) && shown(other))
        .filter(|(one, other)| is_near(&taxonomy.terms[*one].slug, &taxonomy.terms[*other].slug))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
        .into_iter()
        .map(|(one, other)| {
            let (one, other) = (&taxonomy.terms[one], &taxonomy.terms[other]);
            let (rare, usual) = match one.pages.len() < other.pages.len() {
                true => (one, other),
                false => (other, one),
            };
            let message = format!(
                "\"{}\" and \"{}\" are almost the same term of {}",
                rare.name, usual.name, taxonomy.config.name
            );
            let label = format!("write \"{}\", if that is meant", usual.name);
            told("term-near", message, label, site, taxonomy, rare)
        })
        .collect()
}

/// Pairs that share what is left of them without hyphens, or of one word without one letter: all
/// near ones are among them, and few others.
fn candidates(terms: &[Term]) -> Vec<(usize, usize)> {
    let mut by_key: Map<String, Vec<usize>> = Map::default();
    for (at, term) in terms.iter().enumerate() {
        let mut keys = vec![term.slug.replace('-', "")];
        for (from, word) in words(&term.slug).filter(|(_, word)| is_long(word)) {
            let (before, after) = (&term.slug[..from], &term.slug[from + word.len()..]);
            let lacking = word.char_indices().map(|(cut, letter)| {
                format!(
                    "{before} {}{} {after}",
                    &word[..cut],
                    &word[cut + letter.len_utf8()..]
                )
            });
            keys.extend(lacking.chain([format!("{before} {word} {after}")]));
        }
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            by_key.entry(key).or_default().push(at);
        }
    }
    let mut pairs = Vec::new();
    for same in by_key.values() {
        for (nth, one) in same.iter().enumerate() {
            pairs.extend(same[nth + 1..].iter().map(|other| (*one, *other)));
        }
    }
    pairs
}

/// The words of a slug and where each begins.
fn words(slug: &str) -> impl Iterator<Item = (usize, &str)> {
    slug.split('-').scan(0, |from, word| {
        let at = *from;
        *from += word.len() + 1;
        Some((at, word))
    })
}

/// Numbers tell versions apart.
fn is_long(word: &str) -> bool {
    word.chars().count() >= LONG && !word.contains(|letter: char| letter.is_ascii_digit())
}

/// Whether two slugs differ in hyphens alone, or in one letter of one long word.
fn is_near(one: &str, other: &str) -> bool {
    if one.replace('-', "") == other.replace('-', "") {
        return true;
    }
    let (left, right): (Vec<&str>, Vec<&str>) =
        (one.split('-').collect(), other.split('-').collect());
    if left.len() != right.len() {
        return false;
    }
    let mut differing = left.into_iter().zip(right).filter(|(a, b)| a != b);
    match (differing.next(), differing.next()) {
        (Some((a, b)), None) => is_long(a) && is_long(b) && is_one_edit(a, b),
        _ => false,
    }
}

/// The pages that what was said names: where they change, it is said anew.
pub(super) fn names(said: &[Diagnostic], pages: &[PageId], site: &Site) -> bool {
    let mut pages = pages.iter().map(|id| site.entity(*id).path());
    let labels = || said.iter().flat_map(|told| &told.labels);
    pages.any(|path| labels().any(|label| label.path == *path))
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn slips_are_near_and_versions_are_not() {
        for (one, other) in [
            ("pemrograman", "pemrogaman"),
            ("react-js", "reactjs"),
            ("belajar-mandiri", "belajar-mandri"),
        ] {
            assert!(is_near(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("python-2", "python-3"),
            ("kelas-a", "kelas-b"),
            ("css", "scss"),
            ("backend", "frontend"),
            ("html5", "html4"),
            ("data-analyst", "data-scientist"),
        ] {
            assert!(!is_near(one, other), "{one} {other}");
        }
    }
}
