//! Prices and offers that contradict each other or look mistyped.

use crate::base::{Money, Span};
use crate::content::kinds::CheckContext;
use crate::data::Record;
use crate::diag::Diagnostic;

/// Words that do not belong into a course's name: lists of courses in search results refuse
/// them, and they outlive the promo they speak of.
const SELLING: [&str; 12] = [
    "promo", "diskon", "discount", "sale", "gratis", "free", "murah", "termurah", "hemat",
    "cashback", "idr", "off",
];

pub(super) fn check(record: &Record, cx: &CheckContext<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(list_price(record, cx));
    found.extend(offer(record, cx));
    found.extend(price_per(record, cx));
    found.extend(installment(record, cx));
    found.extend(selling_title(record, cx));
    for (money, at) in prices(record) {
        found.extend(band(money, at, cx));
    }
    found
}

/// Whether one amount is less than another; amounts in two currencies are not compared.
pub(super) fn less(one: Money, other: Money) -> bool {
    one.currency == other.currency && one.minor < other.minor
}

/// All prices of the file that a visitor could pay, each with its place.
pub(super) fn prices(record: &Record) -> Vec<(Money, Span)> {
    let price = |table: &Record| table.money("price").zip(table.span("price"));
    let inner = |name| {
        record
            .tables(name)
            .filter_map(move |(table, _)| price(table))
    };
    let own = price(record).into_iter();
    own.chain(inner("variants"))
        .chain(inner("batches"))
        .collect()
}

fn list_price(record: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let list = record.money("list_price")?;
    let at = record.span("list_price")?;
    let Some(price) = record.money("price") else {
        let fix = cx.line("price", "3800000");
        let alone = !record.written("price");
        return alone.then(|| {
            cx.error(
                "list-price",
                "there is a struck price, but no price",
                at,
                fix,
            )
        });
    };
    (price.currency == list.currency && !less(price, list)).then(|| {
        let message = "the struck price is not higher than the price";
        cx.error(
            "list-price",
            message,
            at,
            "write a higher one, or take it out",
        )
        .at(
            cx.path,
            record.span("price").unwrap_or_default(),
            "the price",
        )
    })
}

fn offer(record: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let prices = prices(record);
    let at = record.span("offer").unwrap_or_default();
    match record.choice("offer") {
        Some("free") => {
            let (_, price) = prices.iter().find(|(money, _)| money.minor > 0)?;
            let told = cx.error(
                "offer-price",
                "a free course has a price",
                *price,
                "take the price out",
            );
            Some(told.at(cx.path, at, "or write another offer"))
        }
        Some(offer @ ("paid" | "subscription"))
            if prices.is_empty() && !record.written("price") =>
        {
            let message = format!("the offer is `{offer}`, but there is no price");
            Some(cx.error(
                "offer-price",
                message,
                at,
                format!("add {}", cx.line("price", "3800000")),
            ))
        }
        Some(_) => None,
        // One variant or batch may cost nothing beside others that do.
        None if prices.iter().any(|(money, _)| money.minor > 0)
            && record.money("price").is_none_or(|own| own.minor > 0) =>
        {
            None
        }
        None => {
            let (_, price) = prices.iter().find(|(money, _)| money.minor == 0)?;
            let fix = format!("say so with {}", cx.line("offer", &cx.syntax.word("free")));
            Some(cx.warning("price-zero", "the price is nothing", *price, fix))
        }
    }
}

fn price_per(record: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    // A section may say it for all its courses, the free ones among them.
    let at = record.span("price_per").filter(|at| at.is_own())?;
    let priced = record.written("price") || !prices(record).is_empty();
    let message = "it says what the price is for, but there is no price";
    (!priced).then(|| cx.warning("price-per", message, at, "add a price, or take it out"))
}

fn installment(record: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let table = record.table("installment")?;
    let (count, amount, price) = (
        table.int("count")?,
        table.money("amount")?,
        record.money("price")?,
    );
    let sum = Money {
        minor: amount.minor.checked_mul(i128::from(count))?,
        ..amount
    };
    less(sum, price).then(|| {
        let message = format!(
            "{count} payments make {}, less than the price",
            sum.major_text()
        );
        let at = table.span("amount").unwrap_or_default();
        cx.warning(
            "installment-sum",
            message,
            at,
            "correct the amount or the count",
        )
        .at(
            cx.path,
            record.span("price").unwrap_or_default(),
            "the price",
        )
    })
}

fn band(money: Money, at: Span, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let low = cx
        .price_min
        .filter(|low| money.minor > 0 && less(money, *low));
    let high = cx.price_max.filter(|high| less(*high, money));
    let (word, bound) = match (low, high) {
        (Some(low), _) => ("below", low),
        (None, Some(high)) => ("above", high),
        (None, None) => return None,
    };
    let message = format!("{} is {word} the site's usual prices", money.major_text());
    let fix = format!("is a digit wrong? the bound is {}", bound.major_text());
    let told = cx.warning("price-band", message, at, fix);
    Some(told.hint("`price_min` and `price_max` stand below [currency] in silabus.toml"))
}

fn selling_title(record: &Record, cx: &CheckContext<'_>) -> Option<Diagnostic> {
    let title = record.text("title")?.to_lowercase();
    let at = record.span("title")?;
    let mut words = title.split(|c: char| !c.is_alphanumeric() && c != '%' && c != '-');
    let word = words.find(|word| is_selling_word(word))?;
    let message = format!("the title speaks of the price: `{word}`");
    let fix = "a title names the course; prices and promos have fields of their own";
    Some(cx.warning("title-price", message, at, fix))
}

/// Whether a word, in small letters, speaks of a price or a promo.
pub fn is_selling_word(word: &str) -> bool {
    SELLING.contains(&word) || is_amount(word)
}

/// `rp`, `rp500`, `50%`.
fn is_amount(word: &str) -> bool {
    let digits = |rest: &str| rest.bytes().all(|b| b.is_ascii_digit());
    let percent = word.strip_suffix('%').filter(|rest| !rest.is_empty());
    word.strip_prefix("rp").is_some_and(digits) || percent.is_some_and(digits)
}
