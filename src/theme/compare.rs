//! What a template finds without asking, before and now.

use super::{Renderer, Subject};
use crate::site::{PageId, Site, compare};

/// What differs in it: in words, for whoever wants to know why a file was made again.
pub fn differences(
    old: (&Renderer, &str, &Subject),
    new: (&Renderer, &str, &Subject),
) -> Vec<String> {
    let (before, now) = (old.0, new.0);
    let mut found = Vec::new();
    if old.1 != new.1 {
        found.push(format!("its template was {}, is {}", old.1, new.1));
    } else if before.theme.reach.template(old.1) != now.theme.reach.template(new.1) {
        let changed = now.theme.reach.changed_since(&before.theme.reach);
        found.push(format!("its templates changed: {}", changed.join(", ")));
    }
    if before.basis != now.basis {
        found.push("the settings, the menus or the theme's settings changed".to_owned());
    }
    let sites = (before.shared.site.as_ref(), now.shared.site.as_ref());
    found.extend(subjects((sites.0, old.2), (sites.1, new.2)));
    found
}

fn subjects(old: (&Site, &Subject), new: (&Site, &Subject)) -> Vec<String> {
    if let (Subject::Page(before), Subject::Page(now)) = (old.1, new.1) {
        return compare::pages((old.0, *before), (new.0, *now));
    }
    if let (Subject::Sitemap { .. }, Subject::Sitemap { .. }) = (old.1, new.1) {
        return vec!["the addresses and days that it lists changed".to_owned()];
    }
    compare::lists((old.0, shown(old)), (new.0, shown(new)))
}

/// The pages whose cards a subject shows.
fn shown<'s>((site, subject): (&'s Site, &'s Subject)) -> &'s [PageId] {
    match subject {
        Subject::Section {
            pager: Some(pager), ..
        }
        | Subject::Term {
            pager: Some(pager), ..
        } => &pager.pages,
        Subject::Section { id, .. } => &site.section(*id).pages,
        Subject::Term { taxonomy, term, .. } => {
            let terms = &site.taxonomies[*taxonomy].terms;
            terms.get(*term).map_or(&[], |term| &term.pages)
        }
        Subject::Feed { pages, .. } => pages,
        _ => &[],
    }
}
