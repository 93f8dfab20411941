//! Promos and variants of one course.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::base::text::nearest;
use crate::base::{Money, Span};
use crate::config::Cut;
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
        found.extend(to_nothing(promo, cx));
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

fn to_nothing(promo: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    Cut::of(promo).filter(Cut::is_whole)?;
    let at = promo.span("price").or(promo.span("percent"))?;
    let message = "the price is nothing while this promo runs";
    Some(cx.warning("price-zero", message, at, "is that meant?"))
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
    let at = promo.span("price").or(promo.span("percent"))?;
    let normal = lowered(record, promo);
    if let Some(amount) = promo.money("price")
        && let Some(other) = normal.iter().find(|one| one.currency != amount.currency)
    {
        let message = format!(
            "the promo is in {}, the price in {}",
            amount.currency, other.currency
        );
        let fix = format!("write an amount in {}", other.currency);
        return Some(cx.error("promo-currency", message, at, fix));
    }
    let cut = |normal: Money| match (promo.money("price"), promo.text("percent")) {
        (Some(amount), _) => Some(amount),
        (None, percent) => normal.percent_off(percent?),
    };
    let dear = |normal: &&Money| cut(**normal).is_some_and(|cut| !less(cut, **normal));
    let normal = normal.iter().find(dear)?;
    let message = format!(
        "the promo is not cheaper than the price of {}",
        normal.major_text()
    );
    let fix = match promo.money("price") {
        Some(_) => "write a lower amount",
        None => "rounding leaves nothing of it: write a higher percentage",
    };
    Some(cx.error("promo-not-cheaper", message, at, fix))
}

/// The prices that a promo is for; nothing is not lowered.
fn lowered(record: &Record, promo: &Record) -> Vec<Money> {
    let names = named(promo);
    let own = |variant: &Record| variant.text("id").is_some_and(|id| names.contains(id));
    let inner = |list, wanted: &dyn Fn(&Record) -> bool| -> Vec<Money> {
        let tables = record.tables(list).map(|(table, _)| table);
        let prices = tables.filter(|table| wanted(table));
        prices.filter_map(|table| table.money("price")).collect()
    };
    let mut found = match (names.is_empty(), promo.written("percent")) {
        (false, _) => inner("variants", &own),
        (true, false) => record.money("price").into_iter().collect(),
        (true, true) => {
            let all = record.money("price").into_iter();
            let variants = inner("variants", &|_| true);
            all.chain(variants)
                .chain(inner("batches", &|_| true))
                .collect()
        }
    };
    found.retain(|money| money.minor > 0);
    found
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
