//! From pages to stems, and from stems to the pages that have them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::documents::{self, Document};
use super::files;
use super::words::{self, Stems};
use crate::base::Map;
use crate::site::{PageId, Site};

/// A stem on more than this part of the pages, in percent, tells none of them apart.
const COMMON: usize = 60;

/// On fewer pages than this every stem is kept.
const FEW: usize = 50;

/// The index of one language.
pub(super) struct Index {
    pub(super) documents: Vec<Document>,
    pub(super) buckets: Vec<Bucket>,
}

/// All words and stems that begin alike.
#[derive(Default)]
pub(super) struct Bucket {
    /// For each stem its pages, ascending, and what it weighs in each, 1 to 99.
    pub(super) stems: BTreeMap<Box<str>, Vec<(u32, u32)>>,
    /// For each word its stem; words of stems that are too common are left out.
    pub(super) words: BTreeMap<Box<str>, Box<str>>,
}

/// What a run of pages comes to, before all runs are put together.
struct Run {
    documents: Vec<Document>,
    stems: Map<Box<str>, Vec<(u32, u32)>>,
    words: Map<Box<str>, Box<str>>,
}

/// Reads all pages, on all cores.
pub(super) fn build(site: &Site, lang: u8, pages: &[PageId]) -> Index {
    let language = site.lang(lang);
    let length = pages.len().div_ceil(16).max(32);
    let runs: Vec<Run> = pages
        .par_chunks(length)
        .enumerate()
        .map(|(at, ids)| run(site, language, ids, at * length))
        .collect();
    joined(runs, pages.len())
}

fn run(site: &Site, language: &str, ids: &[PageId], first: usize) -> Run {
    let mut stems = Stems::new(language);
    let mut run = Run {
        documents: Vec::with_capacity(ids.len()),
        stems: Map::default(),
        words: Map::default(),
    };
    for (at, id) in ids.iter().enumerate() {
        let entity = site.entity(*id);
        run.documents.push(documents::document(site, entity));
        let number = (first + at) as u32;
        for (stem, weight) in weights(site, entity, &mut stems, &mut run.words) {
            run.stems.entry(stem).or_default().push((number, weight));
        }
    }
    run
}

/// What each stem of a page weighs in it: how often it stands there and where, on a scale that
/// flattens, so that a word said fifty times does not count fifty times.
fn weights(
    site: &Site,
    entity: &crate::site::Entity,
    stems: &mut Stems,
    seen: &mut Map<Box<str>, Box<str>>,
) -> Map<Box<str>, u32> {
    let mut sums: Map<Box<str>, u32> = Map::default();
    for field in documents::fields(site, entity) {
        words::each_word(&field.text, |word| {
            let stem = stems.of(word);
            if !seen.contains_key(word) {
                seen.insert(word.into(), stem.into());
            }
            match sums.get_mut(stem) {
                Some(sum) => *sum += field.weight,
                None => {
                    sums.insert(stem.into(), field.weight);
                }
            }
        });
    }
    sums.values_mut().for_each(|sum| *sum = flattened(*sum));
    sums
}

/// Twice the square root, rounded down, in whole numbers: 1 → 2, 4 → 4, 100 → 20.
fn flattened(sum: u32) -> u32 {
    (4 * sum).isqrt().min(99)
}

fn joined(runs: Vec<Run>, count: usize) -> Index {
    let mut documents = Vec::with_capacity(count);
    let mut stems: Map<Box<str>, Vec<(u32, u32)>> = Map::default();
    let mut words: Map<Box<str>, Box<str>> = Map::default();
    for run in runs {
        documents.extend(run.documents);
        for (stem, pages) in run.stems {
            // Runs come in the order of their pages, so the lists stay sorted.
            stems.entry(stem).or_default().extend(pages);
        }
        words.extend(run.words);
    }
    if count >= FEW {
        let limit = count * COMMON / 100;
        stems.retain(|_, pages| pages.len() <= limit);
        words.retain(|_, stem| stems.contains_key(stem));
    }
    Index {
        documents,
        buckets: buckets(stems, words, files::buckets(count)),
    }
}

fn buckets(
    stems: Map<Box<str>, Vec<(u32, u32)>>,
    words: Map<Box<str>, Box<str>>,
    count: u32,
) -> Vec<Bucket> {
    let mut buckets: Vec<Bucket> = (0..count).map(|_| Bucket::default()).collect();
    // In a bucket they are ordered by themselves: the order of the maps is of no consequence.
    for (stem, pages) in stems {
        let bucket = files::bucket(&stem, count) as usize;
        buckets[bucket].stems.insert(stem, pages);
    }
    for (word, stem) in words {
        let bucket = files::bucket(&word, count) as usize;
        buckets[bucket].words.insert(word, stem);
    }
    buckets
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_of(first: u32, stems: &[&str]) -> Run {
        let word = |stem: &&str| ((*stem).into(), (*stem).into());
        Run {
            documents: vec![Document::default()],
            stems: stems
                .iter()
                .map(|stem| ((*stem).into(), vec![(first, 2)]))
                .collect(),
            words: stems.iter().map(word).collect(),
        }
    }

    #[test]
    fn pages_of_a_stem_ascend() {
        let index = joined((0..4).map(|at| run_of(at, &["kursus"])).collect(), 4);
        let pages: Vec<u32> = index.buckets[0].stems["kursus"]
            .iter()
            .map(|(page, _)| *page)
            .collect();
        assert_eq!(pages, [0, 1, 2, 3]);
    }

    #[test]
    fn what_stands_everywhere_finds_nothing() {
        let mut runs: Vec<Run> = (0..60).map(|at| run_of(at, &["dan"])).collect();
        runs.push(run_of(60, &["python"]));
        let index = joined(runs, 61);
        let has = |word: &str| {
            index
                .buckets
                .iter()
                .any(|bucket| bucket.words.contains_key(word))
        };
        assert!(!has("dan"));
        assert!(has("python"));
    }

    #[test]
    fn weights_flatten() {
        assert_eq!([1, 4, 100, 1_000_000].map(flattened), [2, 4, 20, 99]);
    }
}
