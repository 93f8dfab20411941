//! The reader: each error once, with its place, in both syntaxes.

use crate::data::Syntax::{Toml, Yaml};
use crate::data::{Field, Type};

use super::{record, told};

fn fields() -> Vec<Field> {
    let days: &[(&'static str, &[&'static str])] = &[("mon", &["senin"]), ("tue", &["selasa"])];
    let enrol = Type::Table(vec![
        Field::new(
            "kind",
            Type::choice(&[("whatsapp", &["wa"]), ("url", &[])]),
            "",
        ),
        Field::new("target", Type::Text, "").required(),
    ]);
    let batch = Type::Table(vec![
        Field::new("start", Type::Date, "").required(),
        Field::new("seats", Type::Int(0, 500), ""),
    ]);
    vec![
        Field::new("title", Type::Text, "The name.").required(),
        Field::new("draft", Type::Bool, ""),
        Field::new("weight", Type::Int(-9, 9), ""),
        Field::new("minutes", Type::Minutes, ""),
        Field::new("value", Type::Number, ""),
        Field::new("percent", Type::Percent, ""),
        Field::new("price", Type::Money, ""),
        Field::new("date", Type::Date, ""),
        Field::new("time", Type::Hours, ""),
        Field::new("site", Type::Url, ""),
        Field::new("phone", Type::Phone, ""),
        Field::new("slug", Type::Slug, ""),
        Field::new("days", Type::one_or_more(Type::choice(days)), ""),
        Field::new("skills", Type::list(Type::Ref("skill".into())), ""),
        Field::new("tags", Type::list(Type::Text), ""),
        Field::new("enrol", enrol, ""),
        Field::new(
            "batches",
            Type::list(Type::OneOf(vec![Type::Date, batch])),
            "",
        ),
        Field::new("extra", Type::Free, ""),
    ]
}

fn yaml(text: &str) -> Vec<String> {
    told(text, &record(Yaml, text, &fields()).diagnostics)
}

fn toml(text: &str) -> Vec<String> {
    told(text, &record(Toml, text, &fields()).diagnostics)
}

#[test]
fn each_error_has_its_place_in_yaml() {
    for (text, expected) in YAML {
        assert_eq!(yaml(text), *expected, "{text}");
    }
}

#[test]
fn each_error_has_its_place_in_toml() {
    for (text, expected) in TOML {
        assert_eq!(toml(text), *expected, "{text}");
    }
}

const YAML: &[(&str, &[&str])] = &[
    (
        "titel: x",
        &[r#"1:1 unknown-key "titel" did you mean `title`?"#],
    ),
    ("title: [x]", &[r#"1:8 wrong-type "[x]" write title: "x""#]),
    (
        "title: true",
        &[r#"1:8 wrong-type "true" write title: "true""#],
    ),
    ("title:", &[r#"1:6 missing-field "" fill it in"#]),
    (
        "title: x\ndraft: yes",
        &[r#"2:8 wrong-type "yes" write draft: true"#],
    ),
    (
        "title: x\nweight: 10",
        &[r#"2:9 out-of-range "10" nearest is weight: 9"#],
    ),
    (
        "title: x\nweight: '5'",
        &[r#"2:9 wrong-type "'5'" write weight: 5"#],
    ),
    (
        "title: x\nweight: 5.0",
        &[r#"2:9 wrong-type "5.0" write weight: 5"#],
    ),
    (
        "title: x\nminutes: 90 menit",
        &[r#"2:10 wrong-type "90 menit" write minutes: 90"#],
    ),
    (
        "title: x\nvalue: 1e3",
        &[r#"2:8 wrong-type "1e3" write value: 4.5"#],
    ),
    (
        "title: x\npercent: 120%",
        &[r#"2:10 bad-percent "120%" write percent: 20"#],
    ),
    (
        "title: x\nprice: 3.800",
        &[r#"2:8 price-float "3.800" write digits only: price: 3800, or 3800000 for Rp3.800.000"#],
    ),
    (
        "title: x\nprice: 3,800",
        &[
            r#"2:8 price-ambiguous "3,800" write digits only: price: 3800, or 3800000 for Rp3.800.000"#,
        ],
    ),
    (
        "title: x\nprice: [1]",
        &[r#"2:8 wrong-type "[1]" write price: 1"#],
    ),
    (
        "title: x\nprice: {amount: 1}",
        &[r#"2:8 wrong-type "{amount: 1}" write price: {amount: 3800000, currency: "IDR"}"#],
    ),
    (
        "title: x\nprice: {amount: 1.5, currency: IDR}",
        &[r#"2:17 price-float "1.5" write digits only: amount: 1500, or 1500000 for Rp1.500.000"#],
    ),
    (
        "title: x\nprice: {amount: 1, currency: XYZ}",
        &[r#"2:30 price-currency "XYZ" write three letters such as "IDR""#],
    ),
    (
        "title: x\ndate: 2026-02-30",
        &[r#"2:7 date-impossible "2026-02-30" write: date: 2026-02-28"#],
    ),
    (
        "title: x\ndate: 2026",
        &[r#"2:7 wrong-type "2026" write date: 2026-11-22"#],
    ),
    (
        "title: x\ntime: 19.00",
        &[r#"2:7 hours-number "19.00" put it in quotes: time: "19:00""#],
    ),
    (
        "title: x\ntime: malam",
        &[r#"2:7 hours-syntax "malam" write hours like these: time: "19:00-21:00", or "19:00""#],
    ),
    (
        "title: x\nsite: example.com",
        &[r#"2:7 bad-url "example.com" write site: "https://example.com""#],
    ),
    (
        "title: x\nphone: nol",
        &[r#"2:8 bad-phone "nol" write phone: "+6281234567890""#],
    ),
    (
        "title: x\nslug: Basic Python",
        &[r#"2:7 bad-slug "Basic Python" write slug: basic-python"#],
    ),
    (
        "title: x\ndays: [senin, selsa]",
        &[r#"2:15 unknown-value "selsa" did you mean selasa"#],
    ),
    (
        "title: x\nskills: [python, '!!']",
        &[r#"2:18 bad-reference "'!!'" write its file name without `.md`"#],
    ),
    (
        "title: x\nskills: [python, ]\ntags: a, b",
        &[r#"3:7 wrong-type "a, b" write tags: ["a", "b"]"#],
    ),
    (
        "title: x\nenrol:\n  kind: ws\n  level: 1\n",
        &[
            r#"3:9 unknown-value "ws" did you mean kind: wa"#,
            r#"4:3 unknown-key "level" take it out, or correct it"#,
            r#"3:3 missing-field "kind: ws\n  level: 1" add it: target: "…""#,
        ],
    ),
    (
        "title: x\nenrol:\n  target: a\n  price: 1\n",
        &[r#"4:3 unknown-key "price" `price` belongs to the top: write it without indentation"#],
    ),
    (
        "title: x\nenrol:\n  target: a\n  prices: 1\n",
        &[r#"4:3 unknown-key "prices" did you mean `price`, outside of `enrol`?"#],
    ),
    (
        "title: x\ntarget: a",
        &[r#"2:1 unknown-key "target" `target` belongs into `enrol`"#],
    ),
    (
        "title: x\nfoobar: a",
        &[r#"2:1 unknown-key "foobar" take it out, or correct it"#],
    ),
    (
        "title: x\nbatches: [2026-01-01, {seats: 900}, 5]",
        &[
            r#"2:31 out-of-range "900" nearest is seats: 500"#,
            r#"2:37 wrong-type "5" write 2026-11-22"#,
            r#"2:23 missing-field "{seats: 900}" add it: start: 2026-11-22"#,
        ],
    ),
    (
        "title: x\nextra: 1",
        &[r#"2:8 wrong-type "1" write extra: {key: "…"}"#],
    ),
    (
        "title: 0x10",
        &[r#"1:8 wrong-type "0x10" write title: "…""#],
    ),
    ("title: ~", &[r#"1:8 missing-field "~" fill it in"#]),
    (
        "title: 101\nphone: +62812345678\ntags: [2026-01-01, 1.10]",
        &[],
    ),
];

const TOML: &[(&str, &[&str])] = &[
    (
        "titel = \"x\"",
        &[r#"1:1 unknown-key "titel" did you mean `title`?"#],
    ),
    (
        "title = [\"x\"]",
        &[r#"1:9 wrong-type "[\"x\"]" write title = "x""#],
    ),
    (
        "title = true",
        &[r#"1:9 wrong-type "true" write title = "true""#],
    ),
    ("title = \"\"", &[r#"1:9 missing-field "\"\"" fill it in"#]),
    (
        "title = \"x\"\ndraft = \"yes\"",
        &[r#"2:9 wrong-type "\"yes\"" write draft = true"#],
    ),
    (
        "title = \"x\"\nweight = 10",
        &[r#"2:10 out-of-range "10" nearest is weight = 9"#],
    ),
    (
        "title = \"x\"\nweight = \"5\"",
        &[r#"2:10 wrong-type "\"5\"" write weight = 5"#],
    ),
    (
        "title = \"x\"\nweight = 5.0",
        &[r#"2:10 wrong-type "5.0" write weight = 5"#],
    ),
    (
        "title = \"x\"\nminutes = \"90 menit\"",
        &[r#"2:11 wrong-type "\"90 menit\"" write minutes = 90"#],
    ),
    (
        "title = \"x\"\nvalue = 1e3",
        &[r#"2:9 wrong-type "1e3" write value = 4.5"#],
    ),
    (
        "title = \"x\"\npercent = \"120%\"",
        &[r#"2:11 bad-percent "\"120%\"" write percent = 20"#],
    ),
    (
        "title = \"x\"\nprice = 3.800",
        &[r#"2:9 price-float "3.800" write digits only: price = 3800, or 3800000 for Rp3.800.000"#],
    ),
    (
        "title = \"x\"\nprice = \"3,800\"",
        &[
            r#"2:9 price-ambiguous "\"3,800\"" write digits only: price = 3800, or 3800000 for Rp3.800.000"#,
        ],
    ),
    (
        "title = \"x\"\nprice = [1]",
        &[r#"2:9 wrong-type "[1]" write price = 1"#],
    ),
    (
        "title = \"x\"\nprice = {amount = 1}",
        &[r#"2:9 wrong-type "{amount = 1}" write price = {amount = 3800000, currency = "IDR"}"#],
    ),
    (
        "title = \"x\"\nprice = {amount = 1.5, currency = \"IDR\"}",
        &[r#"2:19 price-float "1.5" write digits only: amount = 1500, or 1500000 for Rp1.500.000"#],
    ),
    (
        "title = \"x\"\nprice = {amount = 1, currency = \"XYZ\"}",
        &[r#"2:33 price-currency "\"XYZ\"" write three letters such as "IDR""#],
    ),
    (
        "title = \"x\"\ndate = 2026-02-30",
        &[r#"2:8 date-impossible "2026-02-30" write: date = 2026-02-28"#],
    ),
    (
        "title = \"x\"\ndate = 2026",
        &[r#"2:8 wrong-type "2026" write date = 2026-11-22"#],
    ),
    (
        "title = \"x\"\ntime = 19.00",
        &[r#"2:8 hours-number "19.00" put it in quotes: time = "19:00""#],
    ),
    (
        "title = \"x\"\ntime = \"malam\"",
        &[
            r#"2:8 hours-syntax "\"malam\"" write hours like these: time = "19:00-21:00", or "19:00""#,
        ],
    ),
    (
        "title = \"x\"\nsite = \"example.com\"",
        &[r#"2:8 bad-url "\"example.com\"" write site = "https://example.com""#],
    ),
    (
        "title = \"x\"\nphone = \"nol\"",
        &[r#"2:9 bad-phone "\"nol\"" write phone = "+6281234567890""#],
    ),
    (
        "title = \"x\"\nslug = \"Basic Python\"",
        &[r#"2:8 bad-slug "\"Basic Python\"" write slug = "basic-python""#],
    ),
    (
        "title = \"x\"\ndays = [\"senin\", \"selsa\"]",
        &[r#"2:18 unknown-value "\"selsa\"" did you mean "selasa""#],
    ),
    (
        "title = \"x\"\nskills = [\"python\", \"!!\"]",
        &[r#"2:21 bad-reference "\"!!\"" write its file name without `.md`"#],
    ),
    (
        "title = \"x\"\nskills = [\"python\"]\ntags = \"a, b\"",
        &[r#"3:8 wrong-type "\"a, b\"" write tags = ["a", "b"]"#],
    ),
    (
        "title = \"x\"\n[enrol]\nkind = \"ws\"\nlevel = 1",
        &[
            r#"3:8 unknown-value "\"ws\"" did you mean kind = "wa""#,
            r#"4:1 unknown-key "level" take it out, or correct it"#,
            r#"2:1 missing-field "[enrol]" add it: target = "…""#,
        ],
    ),
    (
        "title = \"x\"\n[enrol]\ntarget = \"a\"\nprice = 1",
        &[r#"4:1 unknown-key "price" `price` belongs to the top: move it above the first [table]"#],
    ),
    (
        "title = \"x\"\n[enrol]\ntarget = \"a\"\nprices = 1",
        &[r#"4:1 unknown-key "prices" did you mean `price`, outside of `enrol`?"#],
    ),
    (
        "title = \"x\"\ntarget = \"a\"",
        &[r#"2:1 unknown-key "target" `target` belongs into `enrol`"#],
    ),
    (
        "title = \"x\"\nfoobar = \"a\"",
        &[r#"2:1 unknown-key "foobar" take it out, or correct it"#],
    ),
    (
        "title = \"x\"\nbatches = [2026-01-01, {seats = 900}, true]",
        &[
            r#"2:33 out-of-range "900" nearest is seats = 500"#,
            r#"2:39 wrong-type "true" write 2026-11-22"#,
            r#"2:24 missing-field "{seats = 900}" add it: start = 2026-11-22"#,
        ],
    ),
    (
        "title = \"x\"\nextra = 1",
        &[r#"2:9 wrong-type "1" write extra = {key = "…"}"#],
    ),
    (
        "title = 0x10",
        &[r#"1:9 wrong-type "0x10" write title = "…""#],
    ),
    (
        "title = \" \"",
        &[r#"1:9 missing-field "\" \"" fill it in"#],
    ),
    (
        "title = 101\nphone = \"0812345678\"\ntags = [2026-01-01, 1.10]",
        &[],
    ),
];
