//! What is said of an amount that is none of a course's prices.

use super::Text;
use crate::base::amounts::Literal;
use crate::config::Level;
use crate::content::Passage;
use crate::diag::{Diagnostic, Severity};
use crate::site::PageId;
use crate::site::sale::Declared;

impl Text<'_> {
    /// What is said of an amount that is no price of its course, or was one.
    pub(super) fn told(
        &self,
        passage: &Passage,
        literal: &Literal,
        course: PageId,
        over: Option<Declared>,
    ) -> Diagnostic {
        let site = self.check.site;
        let entity = site.entity(course);
        let written = &passage.prose.text[literal.range.clone()];
        let span = passage.span(&literal.range);
        let label = format!("write {{{{<price of=\"{}\" />}}}}", entity.id);
        let promo = over.and_then(|over| over.over);
        let message = match &promo {
            Some(promo) => {
                let name = promo
                    .label
                    .as_ref()
                    .map_or(String::new(), |label| format!(" \"{label}\""));
                format!(
                    "\"{written}\" was the price of the promo{name} of \"{}\" until {}",
                    entity.title,
                    promo.end.date_in(&site.now.zone)
                )
            }
            None => format!("\"{written}\" is no price of \"{}\"", entity.title),
        };
        let mut told = Diagnostic::error("price-in-text", message).at(self.path, span, label);
        // Time alone never fails a build.
        if promo.is_some() || site.config.checks.price_in_text == Level::Warning {
            told.severity = Severity::Warning;
        }
        let costs = self.costs(course);
        match entity
            .page
            .record
            .span("price")
            .filter(|_| entity.page.record.money("price").is_some())
        {
            Some(at) => told.at(entity.path(), at, costs),
            None => told.hint(costs),
        }
    }

    /// What a course costs now, in words.
    fn costs(&self, course: PageId) -> String {
        let site = self.check.site;
        let sale = site.entity(course).sale.as_deref();
        let offers = sale.into_iter().flat_map(|sale| {
            let variants = sale
                .variants
                .iter()
                .filter_map(|variant| variant.price.as_ref());
            sale.price.iter().chain(variants)
        });
        let style = site.config.currency.style;
        let mut shown: Vec<String> = offers
            .map(|offer| offer.amount.display(style, site.lang(self.lang)))
            .collect();
        shown.dedup();
        match shown.as_slice() {
            [] => "the course is free".to_owned(),
            shown => format!("the course costs {}", shown.join(", ")),
        }
    }
}
