//! Amounts that are found, and numbers that are none.

use super::*;

/// `text: low-high currency` of each amount.
fn found(text: &str) -> Vec<String> {
    let literals = find(text, true);
    assert!(literals.is_empty() || may_hold(text), "{text}");
    let told = |literal: &Literal| {
        let high = literal
            .high
            .map_or(String::new(), |high| format!("-{}", high.hundredths / 100));
        let currency = literal.low.currency.map_or("?", Currency::code);
        format!(
            "{}: {}{high} {currency}",
            &text[literal.range.clone()],
            literal.low.hundredths / 100
        )
    };
    literals.iter().map(told).collect()
}

fn one(text: &str) -> String {
    let mut all = found(text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all.remove(0)
        .split_once(": ")
        .map(|(_, rest)| rest.to_owned())
        .unwrap_or_default()
}

#[test]
fn amounts_as_people_write_them() {
    for written in [
        "Rp2.425.000",
        "Rp 2.425.000",
        "Rp. 2.425.000,-",
        "rp2.425.000",
        "Rp2.425.000,00",
        "Rp2,425,000.00",
        "IDR 2,425,000",
        "IDR2.425.000",
        "2.425.000 rupiah",
        "2.425.000 IDR",
        "Rp2,425 juta",
        "Rp 2.425 jt",
        "2,425 juta rupiah",
        "Rp2.425 ribu",
        "2.425rb rupiah",
        "Rp2425000",
        "Rp\u{a0}2.425.000",
    ] {
        let expected = if written.contains(" ribu") || written.contains("rb") {
            "2425 IDR"
        } else {
            "2425000 IDR"
        };
        let told = one(&format!("Harganya {written}."));
        assert!(
            told == expected || told == "2425000 IDR",
            "{written}: {told}"
        );
    }
    assert_eq!(one("800 ribu rupiah"), "800000 IDR");
    assert_eq!(one("cuma Rp800rb saja"), "800000 IDR");
    assert_eq!(one("$100"), "100 USD");
    assert_eq!(one("US$1,250.50"), "1250 USD");
    assert_eq!(one("100 dollars"), "100 USD");
    assert_eq!(one("harga 2.425.000 saja"), "2425000 ?");
    assert_eq!(one("harga 2,5 juta saja"), "2500000 ?");
}

#[test]
fn m_is_a_thousand_million_in_indonesian() {
    assert_eq!(find("Rp1 M", true)[0].low.hundredths, 100_000_000_000);
    assert_eq!(find("IDR 1M", false)[0].low.hundredths, 100_000_000);
}

#[test]
fn ranges_are_one() {
    assert_eq!(one("Rp2–3 juta"), "2000000-3000000 IDR");
    assert_eq!(one("Rp2 juta sampai Rp3 juta"), "2000000-3000000 IDR");
    assert_eq!(
        one("antara Rp2.000.000 dan Rp3.000.000"),
        "2000000-3000000 IDR"
    );
    assert_eq!(one("IDR 5,500,000–8,000,000"), "5500000-8000000 IDR");
    assert_eq!(one("Rp2 jutaan"), "2000000-2999999 IDR");
    assert_eq!(found("dari Rp3 juta to Rp2 juta").len(), 2);
    assert_eq!(found("Rp2 juta dan Rp3 juta").len(), 2);
}

#[test]
fn what_is_no_money_is_left_alone() {
    for text in [
        "12.01.2027",
        "2027-01-12",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "pukul 19.00-21.00",
        "AK-PY-101",
        "2.425 siswa",
        "92,5%",
        "tahun 2019",
        "versi 3.12",
        "v2",
        "RAM 8 GB",
        "10k",
        "3 × 2",
        "123.456.7890",
        "Rp",
        "juta",
        "100 m",
    ] {
        let all: Vec<_> = find(text, true)
            .into_iter()
            .filter(|l| l.low.currency.is_some())
            .collect();
        assert!(all.is_empty(), "{text}: {all:?}");
    }
}

#[test]
fn no_text_is_too_strange() {
    for text in [
        "Rp99999999999999999999999",
        "Rp1.000.00",
        "$1,00,000",
        "Rp0",
        "9".repeat(4000).as_str(),
        "Rp..5",
        "1€",
        "é5é",
    ] {
        let _ = (find(text, true), may_hold(text));
    }
    assert!(!may_hold(
        "Tidak ada apa-apa di sini, 12 pertemuan dan 2 tugas."
    ));
}

proptest::proptest! {
    #[test]
    fn what_prices_are_shown_as_is_found(major in 1000i128..=1_000_000_000_000, cldr: bool, indonesian: bool) {
        use crate::base::{Money, MoneyStyle};
        let style = if cldr { MoneyStyle::Cldr } else { MoneyStyle::Orthography };
        let money = Money::from_major_int(major, Currency::default()).unwrap();
        let text = format!("Biaya {}.", money.display(style, if indonesian { "id" } else { "en" }));
        let literals = find(&text, indonesian);
        proptest::prop_assert_eq!(literals.len(), 1);
        proptest::prop_assert_eq!(literals[0].low.hundredths, major * 100);
        proptest::prop_assert!(may_hold(&text));
    }

    #[test]
    fn any_text_is_read_within_its_bounds(text in "[Rp$0-9., –a-z\u{a0}-]{0,40}") {
        for literal in find(&text, true) {
            proptest::prop_assert!(text.get(literal.range.clone()).is_some_and(|t| !t.is_empty()));
        }
    }
}

proptest::proptest! {
    #[test]
    fn the_first_digit_is_found_among_any_bytes(bytes in proptest::collection::vec(0..=255_u8, 0..40)) {
        let expected = bytes.iter().position(u8::is_ascii_digit);
        proptest::prop_assert_eq!(first_digit(&bytes), expected);
    }
}
