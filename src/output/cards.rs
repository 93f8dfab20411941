//! Cards for messengers and social media: one for each page and section.

use super::claims::{Claims, Owner};
use super::{Recipe, Target, Turn};
use crate::site::Site;
use crate::theme::{CARD_TEMPLATE, Theme, own_card};

/// A card for every page that was planned so far.
pub(super) fn plan(site: &Site, theme: &Theme, claims: &mut Claims) {
    if !theme.has_cards(site) {
        return;
    }
    let own = |target: &Target| match &target.recipe {
        Recipe::Render { subject, .. } => Some((own_card(subject, site)?, subject.clone())),
        _ => None,
    };
    let cards: Vec<_> = claims.targets.iter().filter_map(own).collect();
    for (path, subject) in cards {
        let target = Target {
            path: path.into(),
            recipe: Recipe::Card {
                template: CARD_TEMPLATE.into(),
                subject,
            },
            turn: Turn::Asset,
        };
        claims.claim(target, Owner::made("the social card of a page"));
    }
}
