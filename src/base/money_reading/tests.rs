//! The content model's table of written amounts, row by row.

use super::*;
use proptest::prelude::*;

fn on(code: &str, language: &str) -> Reading {
    Reading::new(Currency::from_code(code).unwrap(), language)
}

fn read(text: &str, reading: &Reading) -> Result<String, &'static str> {
    let money = Money::parse(text, reading);
    money.map(Money::major_text).map_err(|error| error.code())
}

fn fix(text: &str, reading: &Reading) -> String {
    Money::parse(text, reading).unwrap_err().fix("price", " = ")
}

#[test]
fn the_table_of_accepted_amounts() {
    let site = on("IDR", "id");
    for text in [
        "3800000",
        "3_800_000",
        "Rp3.800.000",
        "Rp 3.800.000",
        "Rp\u{a0}3.800.000",
        "Rp. 3.800.000,-",
        "Rp3.800.000,00",
        "Rp3,800,000.00",
        "IDR 3,800,000",
        "3.800.000 IDR",
        "rp 3.800.000",
        "3.800.000,00 idr",
        "3800000,00",
        "  3800000 ",
    ] {
        assert_eq!(read(text, &site).as_deref(), Ok("3800000"), "{text}");
    }
    assert_eq!(
        Money::from_int(3_800_000, &site).unwrap().major_text(),
        "3800000"
    );
}

#[test]
fn the_table_of_refused_amounts() {
    let site = on("IDR", "id");
    let table = [
        (
            "3,800",
            "price-ambiguous",
            "write digits only: price = 3800, or 3800000 for Rp3.800.000",
        ),
        (
            "3.80",
            "price-fraction",
            "write digits only: price = 3800, or 3800000 for Rp3.800.000",
        ),
        (
            "3,8 juta",
            "price-words",
            "write digits only: price = 3800000",
        ),
        (
            "3.8000.000",
            "price-grouping",
            "write digits only: price = 38000000 for Rp38.000.000",
        ),
        (
            "38,00,000",
            "price-grouping",
            "write digits only: price = 3800000 for Rp3.800.000",
        ),
        (
            "Rp3.800.000,50",
            "price-fraction",
            "write digits only: price = 3800000",
        ),
        (
            "$100",
            "price-currency",
            "write the amount in the site's currency, or name the other one: price = { amount = 100, currency = \"USD\" }",
        ),
        (
            "Rp",
            "price-empty",
            "write digits only, for example: price = 3800000",
        ),
        ("-1", "price-negative", "write digits only: price = 1"),
        (
            "",
            "price-empty",
            "write digits only, for example: price = 3800000",
        ),
    ];
    for (text, code, remedy) in table {
        assert_eq!(read(text, &site), Err(code), "{text}");
        assert_eq!(fix(text, &site), remedy, "{text}");
    }
}

#[test]
fn a_float_is_always_an_error_that_shows_the_integer() {
    let site = on("IDR", "id");
    let fixed = |raw| MoneyError::float(raw, &site).fix("price", ": ");
    let both = "write digits only: price: 3800, or 3800000 for Rp3.800.000";
    assert_eq!(fixed("3.800"), both);
    assert_eq!(fixed("3.8"), both);
    assert_eq!(fixed("3800000.0"), "write digits only: price: 3800000");
    assert_eq!(fixed("3.8e6"), "write digits only: price: 3800000");
    assert_eq!(
        fixed("3_800.000"),
        "write digits only: price: 3800, or 3800000 for Rp3.800.000"
    );
    for odd in ["inf", ".nan", "1e400", "-", "1e-99"] {
        assert_eq!(
            fixed(odd),
            "write digits only, for example: price: 3800000",
            "{odd}"
        );
    }
    let error = MoneyError::float("3.800", &site);
    assert_eq!(error.code(), "price-float");
    assert!(error.message().contains("3.800 is read as 3.8"));
    let dollars = on("USD", "en");
    let fixed = |raw| MoneyError::float(raw, &dollars).fix("price", ": ");
    assert_eq!(
        fixed("12.5"),
        "write the exact amount in quotes: price: \"12.50\""
    );
    assert_eq!(
        fixed("3.800"),
        "write digits only: price: 3800, or \"3.80\" for $3.80"
    );
}

#[test]
fn one_separator_with_three_digits_groups_only_in_its_own_language() {
    assert_eq!(read("3.800", &on("IDR", "id")).as_deref(), Ok("3800"));
    assert_eq!(read("3,800", &on("IDR", "en")).as_deref(), Ok("3800"));
    assert_eq!(read("3.800", &on("IDR", "en")), Err("price-ambiguous"));
    assert_eq!(read("0.500", &on("IDR", "id")), Err("price-ambiguous"));
    assert_eq!(read("3800.000", &on("IDR", "id")), Err("price-grouping"));
    let error = Money::parse("3,800", &on("IDR", "id")).unwrap_err();
    assert_eq!(error.message(), "\"3,800\" can mean 3800 or 3.8");
}

#[test]
fn decimals_are_those_of_the_currency() {
    let dollars = on("USD", "en");
    for text in ["12.50", "$12.50", "$ 12.50", "USD 12.50", "12.50 usd"] {
        assert_eq!(read(text, &dollars).as_deref(), Ok("12.50"), "{text}");
    }
    assert_eq!(read("$1,234.50", &dollars).as_deref(), Ok("1234.50"));
    assert_eq!(read("12.5", &dollars), Err("price-fraction"));
    assert_eq!(read("12,50", &dollars), Err("price-grouping"));
    assert_eq!(read("US$12,50", &on("USD", "id")).as_deref(), Ok("12.50"));
    assert_eq!(read("12.50", &on("USD", "id")).as_deref(), Ok("12.50"));
    assert_eq!(read("¥3,800.00", &on("JPY", "en")).as_deref(), Ok("3800"));
    assert_eq!(read("3.00", &on("IDR", "id")), Err("price-fraction"));
    assert_eq!(read("3.800,000", &on("IDR", "id")), Err("price-fraction"));
}

#[test]
fn a_shared_symbol_is_the_sites_own() {
    assert_eq!(read("$100", &on("SGD", "en")).as_deref(), Ok("100"));
    assert_eq!(read("US$100", &on("SGD", "en")), Err("price-currency"));
    assert_eq!(read("Rp100 USD", &on("IDR", "id")), Err("price-currency"));
    assert_eq!(read("XYZ 100", &on("IDR", "id")), Err("price-currency"));
}

#[test]
fn words_show_the_integer() {
    let site = on("IDR", "id");
    let table = [
        ("3.8jt", "3800000"),
        ("Rp 850 rb", "850000"),
        ("850k", "850000"),
        ("4 M", "4000000"),
        ("gratis", "0"),
    ];
    for (text, integer) in table {
        assert_eq!(read(text, &site), Err("price-words"), "{text}");
        assert_eq!(
            fix(text, &site),
            format!("write digits only: price = {integer}")
        );
    }
    assert_eq!(read("mulai Rp3.800.000", &site), Err("price-words"));
    assert_eq!(read("Rp3.800.000/bulan", &site), Err("price-words"));
    assert_eq!(read("3 juta 800 ribu", &site), Err("price-words"));
    assert_eq!(read("hubungi kami", &site), Err("price-words"));
}

#[test]
fn odd_texts_are_refused() {
    let site = on("IDR", "id");
    let table = [
        ("Rp-100", "price-negative"),
        ("\u{2212}Rp100", "price-negative"),
        ("(100)", "price-syntax"),
        ("+100", "price-syntax"),
        (".5", "price-syntax"),
        ("3.800.", "price-syntax"),
        ("100-200", "price-syntax"),
        ("3 800 000", "price-syntax"),
        ("007", "price-syntax"),
        ("３８００", "price-syntax"),
        ("3_80", "price-grouping"),
        ("3_800.000", "price-grouping"),
        ("1.000,000,000", "price-grouping"),
        ("1000000000000001", "price-too-large"),
        (
            "99999999999999999999999999999999999999999999999",
            "price-too-large",
        ),
    ];
    for (text, code) in table {
        assert_eq!(read(text, &site), Err(code), "{text}");
    }
    assert_eq!(
        read("1000000000000000", &site).as_deref(),
        Ok("1000000000000000")
    );
    let below = Money::from_int(-1, &site).unwrap_err();
    assert_eq!(below.fix("price", ": "), "write digits only: price: 1");
    assert_eq!(
        Money::from_int(i128::MIN, &site).unwrap_err().code(),
        "price-negative"
    );
    assert_eq!(
        Money::from_int(i128::MAX, &site).unwrap_err().code(),
        "price-too-large"
    );
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC*", indonesian: bool) {
        let site = on("IDR", if indonesian { "id" } else { "en" });
        if let Err(error) = Money::parse(&text, &site) {
            prop_assert!(!error.message().is_empty());
        }
        prop_assert!(!MoneyError::float(&text, &site).fix("price", " = ").is_empty());
    }

    #[test]
    fn nothing_like_a_price_panics(text in "(Rp|\\$|IDR)?[-., 0-9_e]{0,40}(jt|k|,-)?") {
        for code in ["IDR", "USD", "JPY"] {
            if let Err(error) = Money::parse(&text, &on(code, "id")) {
                prop_assert!(error.fix("price", " = ").contains("price = "));
                prop_assert!(!error.message().is_empty());
            }
            prop_assert!(!MoneyError::float(&text, &on(code, "id")).message().is_empty());
        }
    }

    #[test]
    fn the_fix_is_itself_taken(text in "[0-9]{1,4}[.,][0-9]{1,4}") {
        for code in ["IDR", "USD"] {
            let site = on(code, "id");
            if let Err(error) = Money::parse(&text, &site) {
                let fix = error.fix("", "");
                let value = fix.split(": ").nth(1).unwrap_or_default();
                let value = value.split([' ', ',']).next().unwrap_or_default().trim_matches('"');
                prop_assert!(Money::parse(value, &site).is_ok(), "{} -> {}", text, fix);
            }
        }
    }
}
