//! Promos and variants of one course.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::base::text::nearest;
use crate::base::{Money, Span};
use crate::content::kinds::CheckContext;
use crate::data::Record;
use crate::diag::Diagnostic;

use super::price::less;

pub(super) fn check(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let mut found = variants_twice(record, cx);
    for (promo, at) in record.tables("promos") {
        found.extend(one_of_two(promo, at, cx));
        found.extend(order(promo, cx));
        found.extend(without_price(record, promo, at, cx));
        found.extend(not_cheaper(record, promo, cx));
        found.extend(unknown_variants(record, promo, cx));
    }
    found.extend(overlaps(record, cx));
    found
}

fn variants_twice(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let ids = record
        .tables("variants")
        .filter_map(|(variant, _)| Some((variant.text("id")?, variant.span("id")?)));
    let tell = |at| {
        cx.error(
            "variant-twice",
            "two variants have this id",
            at,
            "give each its own",
        )
    };
    ids.filter(|(id, _)| !seen.insert(*id))
        .map(|(_, at)| tell(at))
        .collect()
}

fn one_of_two(promo: &Record, at: Span, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    match (promo.written("price"), promo.written("percent")) {
        (true, true) => {
            let at = promo.span("percent").unwrap_or(at);
            let message = "a promo has a price or a percentage, not both";
            Some(cx.error("promo-both", message, at, "keep one of the two"))
        }
        (false, false) => {
            let fix = format!(
                "add {} or {}",
                cx.line("price", "1900000"),
                cx.line("percent", "20")
            );
            Some(cx.error(
                "promo-empty",
                "this promo does not say what it costs",
                at,
                fix,
            ))
        }
        _ => None,
    }
}

/// When it runs: the end is not part of it.
fn span_of(promo: &Record, cx: &CheckContext<'_>) -> Option<(Timestamp, Timestamp)> {
    let start = promo
        .when("from")
        .map(|from| from.to_timestamp_start(cx.zone));
    let end = promo.when("until")?.to_timestamp_end(cx.zone);
    Some((start.unwrap_or(Timestamp::MIN), end))
}

fn order(promo: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let (from, until) = span_of(promo, cx)?;
    let at = promo.span("until").unwrap_or_default();
    (until <= from).then(|| {
        cx.error(
            "promo-order",
            "this promo ends before it starts",
            at,
            "correct one of the two",
        )
        .at(cx.path, promo.span("from").unwrap_or_default(), "the start")
    })
}

/// The variants that a promo names.
fn named(promo: &Record) -> BTreeSet<&str> {
    promo
        .list("variants")
        .iter()
        .filter_map(|id| id.as_text())
        .collect()
}

/// An amount lowers the course's price, or those of the variants it names; a percentage lowers
/// whatever there is.
fn without_price(
    record: &Record,
    promo: &Record,
    at: Span,
    cx: &CheckContext<'_>,
) -> Option<Diagnostic> {
    let varied = !record.list("variants").is_empty();
    let fix = match (promo.written("price"), promo.written("percent")) {
        (true, _) if promo.list("variants").is_empty() && varied => {
            "name the variants that it is for"
        }
        (true, _) if promo.list("variants").is_empty() => "add the normal price",
        (false, true) if !varied => "add the normal price",
        _ => return None,
    };
    let message = "there is no price that this promo could lower";
    (!record.written("price")).then(|| cx.error("promo-without-price", message, at, fix))
}

fn not_cheaper(record: &Record, promo: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let amount = promo.money("price")?;
    let names = named(promo);
    let normal: Vec<Money> = if names.is_empty() {
        record.money("price").into_iter().collect()
    } else {
        let own = |variant: &Record| variant.text("id").is_some_and(|id| names.contains(id));
        let variants = record
            .tables("variants")
            .filter(|(variant, _)| own(variant));
        variants
            .filter_map(|(variant, _)| variant.money("price"))
            .collect()
    };
    let dear = |normal: &Money| normal.currency == amount.currency && !less(amount, *normal);
    let normal = normal.into_iter().find(dear)?;
    let message = format!(
        "the promo is not cheaper than the price of {}",
        normal.major_text()
    );
    Some(cx.error(
        "promo-not-cheaper",
        message,
        promo.span("price")?,
        "write a lower amount",
    ))
}

fn unknown_variants(record: &Record, promo: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let ids: BTreeSet<&str> = record
        .tables("variants")
        .filter_map(|(variant, _)| variant.text("id"))
        .collect();
    let named = promo
        .list("variants")
        .iter()
        .filter_map(|item| Some((item.as_text()?, item.span)));
    let tell = |(id, at)| {
        let fix = match nearest(id, ids.iter().copied()) {
            Some(other) => format!("did you mean `{other}`?"),
            None => "add such a variant, or take it out".to_owned(),
        };
        cx.error(
            "unknown-variant",
            format!("this course has no variant `{id}`"),
            at,
            fix,
        )
    };
    named
        .filter(|(id, _)| !ids.contains(id))
        .map(tell)
        .collect()
}

struct Running<'a> {
    from: Timestamp,
    until: Timestamp,
    at: Span,
    variants: BTreeSet<&'a str>,
}

impl Running<'_> {
    /// Whether both can lower one price: promos for different variants do not meet.
    fn meets(&self, other: &Self) -> bool {
        let all = self.variants.is_empty() || other.variants.is_empty();
        other.from < self.until && (all || !self.variants.is_disjoint(&other.variants))
    }
}

/// Two promos of one time are errors: nobody could say which price holds.
fn overlaps(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let mut promos: Vec<Running<'_>> = record
        .tables("promos")
        .filter_map(|(promo, at)| {
            let (from, until) = span_of(promo, cx).filter(|(from, until)| from < until)?;
            let variants = named(promo);
            Some(Running {
                from,
                until,
                at,
                variants,
            })
        })
        .collect();
    promos.sort_by_key(|promo| (promo.from, promo.until, promo.at));
    let mut found = Vec::new();
    for (i, first) in promos.iter().enumerate() {
        let mut later = promos[i + 1..]
            .iter()
            .take_while(|other| other.from < first.until);
        found.extend(later.find(|other| first.meets(other)).map(|second| {
            let message = "two promos of this course overlap";
            cx.error(
                "promo-overlap",
                message,
                second.at,
                "end one before the other starts",
            )
            .at(cx.path, first.at, "the other one")
        }));
    }
    found
}
