//! Taxonomies: tags, categories and what else a site declares.

use super::entity::Tagged;
use super::{Entity, PageId, facets, routes, sections};
use crate::base::slug::slugify;
use crate::base::text::title_key;
use crate::base::{Map, Span};
use crate::config::{Config, TaxonomyConfig};
use crate::content::kinds::Kind;
use crate::data::{Record, Typed, Value};

/// One taxonomy in one language.
#[derive(Clone, Debug)]
pub struct Taxonomy {
    /// Its settings.
    pub config: TaxonomyConfig,
    /// Its language.
    pub lang: u8,
    /// Address of the list of its terms.
    pub url: Box<str>,
    /// Its terms, by name.
    pub terms: Vec<Term>,
    /// Their numbers by their slugs.
    pub by_slug: Map<Box<str>, usize>,
}

/// A term with its pages.
#[derive(Clone, Debug)]
pub struct Term {
    /// As first written, in the order of the pages' paths.
    pub name: Box<str>,
    /// The last part of its address.
    pub slug: Box<str>,
    /// Its address below the site.
    pub url: Box<str>,
    /// Its listed pages, sorted.
    pub pages: Vec<PageId>,
    /// Pages with faults that give it too: no list shows them, but the term is there.
    faulty: Vec<PageId>,
}

/// The terms that a page gives for a taxonomy: under the taxonomy's own name, or under
/// `taxonomies` as Zola writes them.
pub fn terms_of<'a>(record: &'a Record, taxonomy: &str) -> Vec<&'a str> {
    let direct = record.get(taxonomy);
    let nested = record
        .table("taxonomies")
        .and_then(|table| table.get(taxonomy));
    direct
        .into_iter()
        .chain(nested)
        .flat_map(|typed| texts(&typed.value))
        .collect()
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Text(text) => vec![text],
        Value::List(items) => items.iter().flat_map(|item| texts(&item.value)).collect(),
        _ => Vec::new(),
    }
}

/// All taxonomies of all languages.
pub fn collect(config: &Config, kinds: &[Kind], entities: &[Entity]) -> Vec<Taxonomy> {
    let languages = 0..config.languages.len() as u8;
    let mut all: Vec<Collected<'_>> = languages
        .flat_map(|lang| {
            let taxonomies = config.taxonomies.iter();
            taxonomies.map(move |taxonomy| Collected::new(taxonomy, lang))
        })
        .collect();
    let giving = entities.iter().enumerate();
    for (page, entity) in giving.filter(|(_, entity)| entity.gives_terms()) {
        let first = usize::from(entity.lang) * config.taxonomies.len();
        for tagged in &entity.terms {
            let of = &mut all[first + usize::from(tagged.taxonomy)];
            let term = of.term(config, kinds, tagged);
            term.take(PageId(page as u32), entity);
        }
    }
    let all = all.into_iter();
    all.map(|one| one.finish(config, kinds, entities)).collect()
}

/// A taxonomy in one language, while its terms are collected.
struct Collected<'e> {
    config: &'e TaxonomyConfig,
    lang: u8,
    /// Terms that differ only in case or accents share an address, so they are one term.
    by_slug: Map<&'e str, usize>,
    terms: Vec<Term>,
}

impl<'e> Collected<'e> {
    fn new(config: &'e TaxonomyConfig, lang: u8) -> Self {
        Self {
            config,
            lang,
            by_slug: Map::default(),
            terms: Vec::new(),
        }
    }

    fn term(&mut self, config: &Config, kinds: &[Kind], tagged: &'e Tagged) -> &mut Term {
        let at = *self.by_slug.entry(&tagged.slug).or_insert_with(|| {
            let (name, slug) = (&tagged.name, &tagged.slug);
            let made = new_term(config, kinds, self.config, self.lang, name, slug);
            self.terms.push(made);
            self.terms.len() - 1
        });
        &mut self.terms[at]
    }

    fn finish(mut self, config: &Config, kinds: &[Kind], entities: &[Entity]) -> Taxonomy {
        for term in &mut self.terms {
            sections::sort(&mut term.pages, entities, self.config.sort_by, false);
        }
        Taxonomy {
            by_slug: order(kinds, self.config, &mut self.terms),
            config: self.config.clone(),
            lang: self.lang,
            url: routes::in_language(config, self.lang, &list_path(self.config)),
            terms: self.terms,
        }
    }
}

/// Sorts terms by name, the words of a facet as they are declared; their numbers by their slugs.
fn order(kinds: &[Kind], of: &TaxonomyConfig, terms: &mut [Term]) -> Map<Box<str>, usize> {
    let declared = |term: &Term| match &of.facet {
        Some(facet) => facets::rank(facet, kinds, &term.slug),
        None => None,
    };
    terms.sort_by_cached_key(|term| (declared(term), title_key(&term.name), term.slug.clone()));
    let numbered = terms.iter().enumerate();
    numbered.map(|(at, term)| (term.slug.clone(), at)).collect()
}

/// A term that pages may have come to or left.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touched {
    /// Its language.
    pub lang: u8,
    /// The number of its taxonomy in the settings.
    pub taxonomy: u8,
    /// The last part of its address.
    pub slug: Box<str>,
}

/// Makes single terms anew, after the pages `changed` got others; gives what [`collect`] would.
pub(super) fn renew(
    config: &Config,
    kinds: &[Kind],
    all: &mut [Taxonomy],
    entities: &[Entity],
    touched: &[Touched],
    changed: &[PageId],
) {
    for one in touched {
        let taxonomy = &mut all[one.number(config)];
        let known = taxonomy.by_slug.get(&one.slug);
        let old = known.map(|at| &taxonomy.terms[*at]);
        let old = old.into_iter().flat_map(Term::givers);
        let tagged = |id: PageId| one.name_in(&entities[id.0 as usize]);
        let mut pages: Vec<PageId> = old.chain(changed).copied().collect();
        pages.retain(|id| tagged(*id).is_some());
        pages.sort_unstable();
        pages.dedup();
        taxonomy.terms.retain(|term| term.slug != one.slug);
        if let Some(name) = pages.first().and_then(|first| tagged(*first)) {
            let mut term = new_term(config, kinds, &taxonomy.config, one.lang, name, &one.slug);
            for id in pages {
                term.take(id, &entities[id.0 as usize]);
            }
            sections::sort(&mut term.pages, entities, taxonomy.config.sort_by, false);
            taxonomy.terms.push(term);
        }
        taxonomy.by_slug = order(kinds, &taxonomy.config, &mut taxonomy.terms);
    }
}

impl Term {
    /// Takes a page that gives the term; pages come in their order.
    fn take(&mut self, page: PageId, entity: &Entity) {
        let pages = match entity.listed() {
            true => &mut self.pages,
            false => &mut self.faulty,
        };
        if pages.last() != Some(&page) {
            pages.push(page);
        }
    }

    /// The first page that gives the term, by its path.
    pub fn first(&self) -> Option<PageId> {
        self.givers().min().copied()
    }

    /// All pages that give the term.
    fn givers(&self) -> impl Iterator<Item = &PageId> {
        self.pages.iter().chain(&self.faulty)
    }
}

impl Taxonomy {
    /// Where a front matter with its defaults gives a term.
    pub fn span_of(&self, term: &Term, record: &Record) -> Option<Span> {
        let field = match &self.config.facet {
            Some(facet) => &facet.field,
            None => &self.config.name,
        };
        let nested = record.table("taxonomies");
        let nested = nested.and_then(|table| table.get(field));
        let mut written = record.get(field).into_iter().chain(nested).flat_map(items);
        let is_it = |one: &&Typed| {
            one.as_text()
                .is_some_and(|text| term_slug(text) == *term.slug)
        };
        written.find(is_it).map(|one| one.span)
    }
}

/// The values of a field that may hold one or many.
fn items(typed: &Typed) -> &[Typed] {
    match &typed.value {
        Value::List(items) => items,
        _ => std::slice::from_ref(typed),
    }
}

impl Touched {
    /// The number of its taxonomy among those of all languages.
    pub fn number(&self, config: &Config) -> usize {
        usize::from(self.lang) * config.taxonomies.len() + usize::from(self.taxonomy)
    }

    /// Its address below the site, whether it is still there or not.
    pub fn url(&self, config: &Config, kinds: &[Kind]) -> Box<str> {
        let taxonomy = &config.taxonomies[usize::from(self.taxonomy)];
        term_url(config, kinds, taxonomy, self.lang, &self.slug)
    }

    /// How a page writes the term, if it gives it.
    fn name_in<'e>(&self, entity: &'e Entity) -> Option<&'e str> {
        if entity.lang != self.lang || !entity.gives_terms() {
            return None;
        }
        let mut terms = entity.terms.iter();
        let own = terms.find(|term| term.taxonomy == self.taxonomy && term.slug == self.slug)?;
        Some(&own.name)
    }
}

/// Where the list of the terms lies. A facet has none: what stands in front of the values.
fn list_path(taxonomy: &TaxonomyConfig) -> String {
    match &taxonomy.facet {
        Some(facet) => facet.path.split('{').next().unwrap_or_default().to_owned(),
        None => taxonomy.path.to_string(),
    }
}

fn new_term(
    config: &Config,
    kinds: &[Kind],
    taxonomy: &TaxonomyConfig,
    lang: u8,
    name: &str,
    slug: &str,
) -> Term {
    Term {
        name: name.into(),
        slug: slug.into(),
        url: term_url(config, kinds, taxonomy, lang, slug),
        pages: Vec::new(),
        faulty: Vec::new(),
    }
}

fn term_url(
    config: &Config,
    kinds: &[Kind],
    taxonomy: &TaxonomyConfig,
    lang: u8,
    slug: &str,
) -> Box<str> {
    let path = match &taxonomy.facet {
        Some(facet) => facets::path(facet, kinds, &config.languages[usize::from(lang)], slug),
        None => format!("{}/{slug}", taxonomy.path),
    };
    routes::in_language(config, lang, &path)
}

/// The last part of a term's address; `C++` and `C#` must not both become `c`.
pub fn term_slug(name: &str) -> String {
    let slug = match name.contains(['+', '#']) {
        true => slugify(&name.replace('+', " plus ").replace('#', " sharp ")),
        false => slugify(name),
    };
    if slug.is_empty() {
        name.trim().replace('/', "-")
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_with_signs_keep_their_own_address() {
        assert_eq!(term_slug("C++"), "c-plus-plus");
        assert_eq!(term_slug("C#"), "c-sharp");
        assert_eq!(term_slug("Karier & Kerja"), "karier-kerja");
        assert_eq!(term_slug("✨"), "sparkles");
        assert_eq!(term_slug("!!!"), "!!!");
    }
}
