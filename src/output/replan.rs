//! The plan of files where only terms changed: all else stays as it was planned.

use super::claims::{Claims, clashes};
use super::{Recipe, Target, address, feeds, lists, sitemap};
use std::sync::Arc;

use crate::base::Map;
use crate::site::{Site, Taxonomy, Touched};
use crate::theme::{Subject, Theme};

/// The plan of a site that differs from the one of `old` in the terms `touched`; none where
/// planning all anew is the way to know. There must have been nothing to say about the old one.
pub fn replan(
    old: &[Target],
    site: &Site,
    theme: &Theme,
    touched: &[Touched],
) -> Option<Vec<Target>> {
    let touched = Terms::new(site, touched);
    if !touched.lists_stay(site) {
        return None;
    }
    let mut kept = Vec::with_capacity(old.len() + 8);
    let mut gone = Vec::new();
    for target in old {
        match touched.keep(site, target) {
            Some(target) => kept.push(target),
            None => gone.push(target),
        }
    }
    let mut claims = Claims::default();
    touched.plan(site, theme, &mut claims);
    let known: Map<&str, ()> = gone.iter().map(|target| (&*target.path, ())).collect();
    let is_new = |target: &&Target| !known.contains_key(&*target.path);
    let mut new = claims.targets.iter().filter(is_new);
    if !claims.diagnostics.is_empty() || new.any(|one| clashes(&one.path, &kept)) {
        return None;
    }
    let mut listed = Claims::default();
    sitemap::replan(site, old, (&gone, &claims.targets), &mut listed);
    kept.append(&mut claims.targets);
    kept.append(&mut listed.targets);
    Some(kept)
}

/// Terms that pages came to or left.
struct Terms<'t> {
    touched: &'t [Touched],
    /// Their addresses.
    urls: Map<Box<str>, ()>,
    /// The numbers of all terms by their addresses, for each taxonomy.
    numbers: Vec<Map<&'t str, usize>>,
}

impl<'t> Terms<'t> {
    fn new(site: &'t Site, touched: &'t [Touched]) -> Self {
        let numbers = |taxonomy: &'t Taxonomy| {
            let terms = taxonomy.terms.iter().enumerate();
            terms.map(|(at, term)| (&*term.url, at)).collect()
        };
        Self {
            touched,
            urls: touched
                .iter()
                .map(|one| (one.url(&site.config, &site.kinds), ()))
                .collect(),
            numbers: site.taxonomies.iter().map(numbers).collect(),
        }
    }

    /// Whether no taxonomy became empty, or may have been.
    fn lists_stay(&self, site: &Site) -> bool {
        self.touched.iter().all(|one| {
            let terms = &site.taxonomies[one.number(&site.config)].terms;
            terms.iter().any(|term| !self.urls.contains_key(&term.url))
        })
    }

    /// A target as it is now; none for those of the terms, and for the sitemap, which lists them.
    fn keep(&self, site: &Site, target: &Target) -> Option<Target> {
        let mut target = target.clone();
        if let Recipe::Render { subject, .. } = &mut target.recipe {
            match &**subject {
                Subject::Sitemap { .. } | Subject::SitemapIndex { .. } => return None,
                Subject::Feed { of, .. } if self.urls.contains_key(of) => return None,
                Subject::Term {
                    taxonomy,
                    term,
                    pager,
                } => {
                    let own = match pager {
                        Some(pager) => pager.base.clone(),
                        None => address(&target.path).into(),
                    };
                    if self.urls.contains_key(&own) {
                        return None;
                    }
                    // Terms before it may have come or gone.
                    let number = *self.numbers[*taxonomy].get(&*own)?;
                    debug_assert_eq!(site.taxonomies[*taxonomy].terms[number].url, own);
                    if number != *term
                        && let Subject::Term { term, .. } = Arc::make_mut(subject)
                    {
                        *term = number;
                    }
                }
                _ => {}
            }
        }
        Some(target)
    }

    /// Plans the terms that are still there.
    fn plan(&self, site: &Site, theme: &Theme, claims: &mut Claims) {
        for one in self.touched {
            let at = one.number(&site.config);
            let taxonomy = &site.taxonomies[at];
            let Some(number) = taxonomy.by_slug.get(&one.slug) else {
                continue;
            };
            if taxonomy.config.render {
                lists::plan_term(site, theme, (at, *number), claims);
            }
            if taxonomy.config.feed {
                feeds::of_term(site, taxonomy, &taxonomy.terms[*number], claims);
            }
        }
    }
}
