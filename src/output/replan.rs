//! The plan of files where only terms changed: all else stays as it was planned.

use super::claims::{Claims, clashes};
use super::{Recipe, Target, feeds, lists, sitemap};
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
    let mut kept: Vec<Target> = old
        .iter()
        .filter_map(|target| touched.keep(site, target))
        .collect();
    let mut claims = Claims::default();
    touched.plan(site, theme, &mut claims);
    let known: Map<&str, ()> = touched.paths(old).map(|path| (path, ())).collect();
    let is_new = |target: &&Target| !known.contains_key(&*target.path);
    let mut new = claims.targets.iter().filter(is_new);
    if !claims.diagnostics.is_empty() || new.any(|one| clashes(&one.path, &kept)) {
        return None;
    }
    kept.append(&mut claims.targets);
    let mut claims = Claims::default();
    sitemap::plan_for(site, &kept, &mut claims);
    kept.append(&mut claims.targets);
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
            match &mut **subject {
                Subject::Sitemap { .. } | Subject::SitemapIndex { .. } => return None,
                Subject::Feed { of, .. } if self.urls.contains_key(of) => return None,
                Subject::Term {
                    taxonomy,
                    term,
                    pager,
                } => {
                    let own = match pager {
                        Some(pager) => pager.base.clone(),
                        None => address(&target.path),
                    };
                    if self.urls.contains_key(&own) {
                        return None;
                    }
                    // Terms before it may have come or gone.
                    *term = *self.numbers[*taxonomy].get(&*own)?;
                    debug_assert_eq!(site.taxonomies[*taxonomy].terms[*term].url, own);
                }
                _ => {}
            }
        }
        Some(target)
    }

    /// The paths that a plan had for the terms.
    fn paths<'o>(&self, old: &'o [Target]) -> impl Iterator<Item = &'o str> {
        old.iter()
            .filter(|target| match &target.recipe {
                Recipe::Render { subject, .. } => match &**subject {
                    Subject::Term { pager: Some(p), .. } => self.urls.contains_key(&p.base),
                    Subject::Term { .. } => self.urls.contains_key(&address(&target.path)),
                    Subject::Feed { of, .. } => self.urls.contains_key(of),
                    _ => false,
                },
                _ => false,
            })
            .map(|target| &*target.path)
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

/// The address below the site of a page in a folder of its own.
fn address(path: &str) -> Box<str> {
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path)).into()
}
