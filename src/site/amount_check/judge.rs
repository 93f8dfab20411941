//! Whether an amount is one that a course declares.

use super::words::Manner;
use crate::base::Money;
use crate::base::amounts::{Amount, Literal, hundredths};

/// Whether a literal says what a declared amount is.
pub(super) fn fits(literal: &Literal, manner: Manner, declared: Money) -> bool {
    let price = hundredths(declared);
    let low = &literal.low;
    if low
        .currency
        .is_some_and(|currency| currency != declared.currency)
    {
        return false;
    }
    if let Some(high) = &literal.high {
        return (low.hundredths..=high.hundredths).contains(&price);
    }
    let written = low.hundredths;
    let near = |share: i128| (written - price).abs().saturating_mul(share) <= price;
    match manner {
        Manner::Exact => written == price || (cut(low, price) && near(40)),
        Manner::About => rounds(low, price) || near(10),
        Manner::Nearly => (price <= written && near(10)) || rounds(low, price),
        Manner::Below => price < written,
        Manner::Above => price > written,
    }
}

/// Whether an amount in words is this price, rounded to its last digit.
fn rounds(amount: &Amount, price: i128) -> bool {
    let off = (price - amount.hundredths).abs();
    amount.step.is_some_and(|step| off * 2 <= step)
}

/// The same, or cut off behind it: people say 2,7 juta of 2,750,000.
fn cut(amount: &Amount, price: i128) -> bool {
    let off = price - amount.hundredths;
    rounds(amount, price) || amount.step.is_some_and(|step| (0..step).contains(&off))
}

/// Whether a literal is in the same order as a declared amount: then it may be meant for it.
pub(super) fn is_near(literal: &Literal, declared: Money) -> bool {
    let (price, written) = (hundredths(declared), literal.low.hundredths);
    written.saturating_mul(3) >= price && price.saturating_mul(3) >= written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::amounts::find;
    use crate::base::currency::Currency;

    fn said(text: &str, manner: Manner) -> bool {
        let price = Money::from_major_int(2_425_000, Currency::default()).unwrap();
        fits(&find(text, true)[0], manner, price)
    }

    #[test]
    fn plain_digits_are_exact_and_words_are_rounded() {
        assert!(said("Rp2.425.000", Manner::Exact));
        assert!(!said("Rp2.400.000", Manner::Exact));
        assert!(said("Rp2,4 juta", Manner::Exact));
        assert!(!said("Rp2,5 juta", Manner::Exact));
        assert!(
            !said("Rp2 juta", Manner::Exact),
            "a fifth off is no rounding"
        );
        assert!(said("Rp2 jutaan", Manner::Exact));
        assert!(!said("US$2.425.000", Manner::Exact));
    }

    #[test]
    fn about_under_and_over_are_heeded() {
        assert!(said("Rp2.500.000", Manner::About));
        assert!(!said("Rp3 juta", Manner::About));
        assert!(said("Rp2,5 juta", Manner::Nearly));
        assert!(!said("Rp2,3 juta", Manner::Nearly));
        assert!(said("Rp3 juta", Manner::Below));
        assert!(!said("Rp2.425.000", Manner::Below));
        assert!(said("Rp2 juta", Manner::Above));
        assert!(said("Rp2 juta–Rp3 juta", Manner::Exact));
        assert!(!said("Rp1–2 juta", Manner::Exact));
    }
}
