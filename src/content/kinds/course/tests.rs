//! Each rule once, with its place; and that both syntaxes read a whole course alike.

use jiff::tz::TimeZone;

use crate::base::money::Reading;
use crate::base::span::line_column;
use crate::base::{Currency, Money, SitePath, Span};
use crate::content::kinds::{self, CheckContext, Kind};
use crate::data::{self, Context, Record, Syntax};
use crate::diag::{Diagnostic, Severity};

fn rupiah(major: i128) -> Option<Money> {
    Money::from_major_int(major, Currency::from_code("IDR").unwrap())
}

/// Reads and checks; gives the record and all that was said.
fn read(kind: &Kind, syntax: Syntax, text: &str) -> (Record, Vec<Diagnostic>) {
    let path = SitePath::new("content/x.md").unwrap();
    let cx = Context {
        path: &path,
        syntax,
        money: Reading::new(Currency::from_code("IDR").unwrap(), "id"),
        language: "id",
        ignore_keys: &[],
        unknown_keys: Severity::Error,
    };
    let mut found = Vec::new();
    let tree = data::parse(&path, text, syntax, 0..text.len()).unload(&mut found);
    let record = data::check(&tree, &kind.fields, &cx).unload(&mut found);
    found.extend(data::missing(&record, &kind.fields, Span::new(0, 0), &cx));
    let zone = TimeZone::get("Asia/Jakarta").unwrap();
    let check = CheckContext {
        path: &path,
        syntax,
        ignore_keys: &[],
        zone: &zone,
        price_min: rupiah(500_000),
        price_max: rupiah(20_000_000),
    };
    found.extend((kind.check)(&record, &check));
    (record, found)
}

/// `line:column code` of all that is said about YAML front matter of a course with a title.
fn codes(text: &str) -> Vec<String> {
    let text = format!("title: Python Dasar\n{text}\n");
    let (_, found) = read(&super::kind(), Syntax::Yaml, &text);
    let tell = |found: &Diagnostic| {
        let at = found.labels[0].span.unwrap_or_default();
        let (line, column) = line_column(&text, at.start as usize);
        let sign = if found.is_error() { "" } else { "?" };
        format!("{line}:{column} {}{sign}", found.code)
    };
    found.iter().map(tell).collect()
}

macro_rules! cases {
    ($($name:ident: $($text:literal => [$($code:literal),*]),+ ;)+) => {
        $(#[test]
        fn $name() {
            $(assert_eq!(codes($text), [$($code),*] as [&str; _], "{}", $text);)+
        })+
    };
}

cases! {
    prices_agree:
        "price: 3800000\nlist_price: 4000000" => [],
        "price: 3800000\nlist_price: 3800000" => ["3:13 list-price"],
        "list_price: 4000000" => ["2:13 list-price"],
        "price: 3_800_000" => [],
        "price: Rp. 3.800.000,-" => [],
        "price: 3.800" => ["2:8 price-float"],
        "price: 380000" => ["2:8 price-band?"],
        "price: 38000000" => ["2:8 price-band?"],
        "price: 0" => ["2:8 price-zero?"],
        "price: 0\noffer: gratis" => [],
        "price: 3800000\noffer: free" => ["2:8 offer-price"],
        "offer: berbayar" => ["2:8 offer-price"],
        "offer: langganan\nprice: [1]" => ["3:8 wrong-type"],
        "offer: on_request" => [],
        "price_per: bulan" => ["2:12 price-per?"],
        "price: 3800000\ninstallment: {count: 3, amount: 1000000}" => ["3:33 installment-sum?"],
        "price: 3800000\ninstallment: {count: 4, amount: 1000000}" => [];
    promos_are_cheaper_and_do_not_meet:
        "price: 3800000\npromos: [{price: 1900000, until: 2026-12-31}]" => [],
        "price: 3800000\npromos: [{price: 3800000, until: 2026-12-31}]" => ["3:18 promo-not-cheaper"],
        "price: 3800000\npromos: [{percent: 20, price: 1, until: 2026-12-31}]" => ["3:20 promo-both"],
        "price: 3800000\npromos: [{until: 2026-12-31}]" => ["3:10 promo-empty"],
        "price: 3800000\npromos: [{percent: 20}]" => ["3:10 missing-field"],
        "price: 3800000\npromos: [{percent: 20, from: 2026-12-31, until: 2026-12-01}]" => ["3:49 promo-order"],
        "price: 3800000\npromos: [{percent: 20, from: 2026-12-31, until: 2026-12-31}]" => [],
        "promos: [{percent: 20, until: 2026-12-31}]" => ["2:10 promo-without-price"],
        "price: 3800000\npromos: [{percent: 20, until: 2026-12-31}, {percent: 10, until: 2026-12-01}]" => ["3:10 promo-overlap"],
        "price: 3800000\npromos:\n- {percent: 20, from: 2026-01-01, until: 2026-01-31}\n- {percent: 10, from: 2026-02-01, until: 2026-02-28}" => [];
    variants_are_named_rightly:
        "variants: [{id: a, name: A, price: 1000000}, {id: a, name: B, price: 1000000}]" => ["2:51 variant-twice"],
        "variants: [{id: pagi, name: A, price: 1000000}]\npromos: [{price: 900000, until: 2026-12-31, variants: [pgi]}]" => ["3:56 unknown-variant"],
        "variants: [{id: pagi, name: A, price: 1000000}]\npromos: [{price: 900000, until: 2026-12-31}]" => ["3:10 promo-without-price"],
        "variants: [{id: pagi, name: A, price: 1000000}]\npromos: [{price: 1900000, until: 2026-12-31, variants: pagi}]" => ["3:18 promo-not-cheaper"],
        "variants: [{id: a, name: A, price: 1000000}, {id: b, name: B, price: 1000000}]\npromos:\n- {price: 900000, until: 2026-12-31, variants: a}\n- {price: 900000, until: 2026-12-31, variants: b}" => [];
    batches_are_consistent:
        "batches: [2026-12-01, {start: 2026-12-08, end: 2026-12-22, days: [selasa, kamis], time: 19.00-21.00, seats: 20, seats_left: 3}]" => [],
        "batches: [2026-12-01, {start: 2026-12-01}]" => ["2:31 batch-twice"],
        "batches: [2026-12-01, {id: malam, start: 2026-12-01}]" => [],
        "batches: [{start: 2026-12-08, end: 2026-12-01}]" => ["2:36 batch-order"],
        "batches: [{start: 2026-12-08, end: 2026-12-07}]" => ["2:36 batch-order"],
        "batches: [{start: 2026-12-08, end: 2026-12-08}]" => [],
        "batches: [{start: 2026-12-08, seats: 5, seats_left: 6}]" => ["2:53 batch-seats"],
        "batches: [{start: 2026-12-09, days: [selasa]}]" => ["2:19 batch-weekday?"],
        "batches: [{start: \"2026-12-08T19:00:00-05:00\", zone: America/New_York, days: [selasa]}]" => [],
        "batches: [{start: \"2026-12-08T19:00:00-05:00\", days: [selasa]}]" => ["2:19 batch-weekday?"],
        "batches: [{start: 2026-12-08, time: 19.00-21.00, zone: America/New_York, enrol_until: \"2026-12-08T18:00:00-05:00\"}]" => [],
        "batches: [{start: 2026-12-09, enrol_from: 2026-12-05, enrol_until: 2026-12-01}]" => ["2:68 batch-enrol"],
        "batches: [{start: 2026-12-09, enrol_until: 2026-12-11}]" => ["2:44 batch-enrol?"],
        "batches: [{start: 2026-12-09, zone: WIB}]" => ["2:37 unknown-zone"],
        "batches: [{start: 2026-12-09, zone: Asia/Makassar}]" => [],
        "batches: [{start: 2026-12-09, zone: Asia/Makasar}]" => ["2:37 unknown-zone"],
        "batches: [{start: 2026-12-09T19:00:00, time: 19.00}]" => ["2:46 hours-number"];
    sums_agree:
        "modules: [{title: A, minutes: 60, lessons: [{minutes: 30}, {minutes: 20}]}]" => ["2:31 module-minutes?"],
        "modules: [{title: A, minutes: 60}, {title: B, minutes: 60}]\nduration: 2 jam" => [],
        "modules: [{title: A, minutes: 60}]\nduration: 2 jam" => ["3:11 modules-sum?"],
        "modules: [{title: A, minutes: 60}, {title: B}]\nduration: 2 jam" => [],
        "duration: {sessions: 10, session_minutes: 120, hours: 20}" => [],
        "duration: {sessions: 10, session_minutes: 90, hours: 20}" => ["2:54 duration-sum?"],
        "duration: 3 bulan" => [];
    one_can_enrol:
        "enrol: {target: 0812-3456-7890}" => [],
        "enrol: {target: +6281234567890}" => [],
        "enrol: {target: https://x.id/a}" => [],
        "enrol: {target: a@x.id}" => [],
        "enrol: {target: a@x.id, message: \"{title} {batch} {url}\"}" => [],
        "enrol: {target: a@x.id, message: \"{title} {bach}\"}" => ["2:43 enrol-placeholder"],
        "enrol: {target: x}" => ["2:17 enrol-target"],
        "enrol: {target: a@x.id, kind: wa}" => ["2:17 enrol-target"];
    common_fields_are_sound:
        "date: 2026-11-22\nupdated: 2026-11-01" => ["3:10 updated-before-date?"],
        "publish_date: 2026-11-22\nexpiry_date: 2026-11-01" => ["3:14 expiry-before-publish"],
        "aliases: [/lama/, Kursus Lama, /a/../b]" => ["2:19 alias-shape", "2:32 alias-shape"],
        "aliases: [/a/%2e%2e/b]" => ["2:11 alias-shape"],
        "path: a b" => ["2:7 path-shape"],
        "tags: [Web, web]" => ["2:13 tag-twice?"],
        "description: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" => ["2:14 description-long?"];
}

#[test]
fn an_unknown_zone_has_a_near_one() {
    for (written, near) in [
        ("Asia/Makasar", "Asia/Makassar"),
        ("Asia/Jayapure", "Asia/Jayapura"),
        ("Asia/Singapoer", "Asia/Singapore"),
        ("WIT", "Asia/Jayapura"),
        ("xyz", "Asia/Jakarta"),
    ] {
        let text = format!("title: A\nbatches: [{{start: 2026-12-09, zone: {written}}}]");
        let (_, found) = read(&super::kind(), Syntax::Yaml, &text);
        let label = &found[0].labels[0].text;
        assert_eq!(*label, format!("write zone: \"{near}\""));
    }
}

#[test]
fn a_title_does_not_sell() {
    for (title, sells) in [
        ("Python Dasar", false),
        ("Promo Akhir Tahun Python", true),
        ("Python 50% lebih cepat", true),
        ("Kursus Rp500.000", true),
        ("Kelas Gratis", true),
        ("Rpg dengan Python", false),
        ("Pemrograman Offline-First", false),
    ] {
        let (_, found) = read(
            &super::kind(),
            Syntax::Toml,
            &format!("title = \"{title}\""),
        );
        assert_eq!(
            found.iter().any(|found| found.code == "title-price"),
            sells,
            "{title}"
        );
    }
}

#[test]
fn both_syntaxes_read_a_whole_course_alike() {
    let yaml = r#"
title: Basic Python Programming
price: Rp2.425.000
price_per: kursus
level: pemula
mode: tatap muka
duration: {sessions: 10, session_minutes: 120, weeks: 5, hours: 20}
skills: [Python, web programming]
instructors: Budi Santoso
batches:
  - 2026-12-01
  - start: 2027-01-05
    days: [selasa, kamis]
    time: 19.00-21.00
    status: batal
promos: [{percent: 20%, until: 2026-12-31, label: Akhir tahun}]
rating: {value: 4.80, count: 120, source: Google, as_of: 2026-11-01}
code: 101
enrol: {target: 0812-3456-7890}
extra: {warna: merah, angka: [1, 2.50, 2026-01-01]}
"#;
    let toml = r#"
title = "Basic Python Programming"
price = 2_425_000
price_per = "course"
level = "beginner"
mode = "onsite"
skills = ["python", "web-programming"]
instructors = ["budi-santoso"]
promos = [{percent = 20, until = 2026-12-31, label = "Akhir tahun"}]
code = "101"
duration.sessions = 10
duration.session_minutes = 120
duration.weeks = 5
duration.hours = 20
batches = [2026-12-01, {start = 2027-01-05, days = ["tuesday", "thursday"], time = "19:00-21:00", status = "cancelled"}]
[rating]
value = 4.8
count = 120
source = "Google"
as_of = 2026-11-01
[enrol]
target = "0812-3456-7890"
[extra]
warna = "merah"
angka = [1, 2.50, 2026-01-01]
"#;
    let kind = super::kind();
    let (one, found) = read(&kind, Syntax::Yaml, yaml);
    assert!(found.is_empty(), "{found:?}");
    let (other, found) = read(&kind, Syntax::Toml, toml);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(one.fingerprint(), other.fingerprint());
    assert_eq!(one.choice("level"), Some("beginner"));
    assert_eq!(
        one.refs("skills").next().map(|(r, _)| &*r.id),
        Some("python")
    );
    assert_eq!(one.money("price"), rupiah(2_425_000));
}

/// Every example of every field is right, in both syntaxes, and means the same.
#[test]
fn templates_can_be_filled_in() {
    for kind in kinds::all() {
        let [yaml, toml] = [Syntax::Yaml, Syntax::Toml].map(|syntax| {
            let text = kinds::template(&kind, syntax, "Judul: \"satu\"");
            let parts = data::front::split(&SitePath::root(), &text).value;
            let front = &text[parts.front];
            let (_, found) = read(&kind, syntax, front);
            assert!(found.is_empty(), "{found:?}");
            let is_value = |line: &&str| {
                line.starts_with("# ") && line.contains(['=', ':']) && !line.ends_with('.')
            };
            let all: Vec<&str> = front
                .lines()
                .filter(is_value)
                .map(|line| &line[2..])
                .collect();
            let all = format!("{}\n{}\n", syntax.assign("title", "\"x\""), all.join("\n"));
            let (record, found) = read(&kind, syntax, &all);
            let typed = |found: &&Diagnostic| {
                matches!(
                    found.code,
                    "wrong-type" | "unknown-key" | "missing-field" | "toml-syntax" | "yaml-syntax"
                )
            };
            assert_eq!(found.iter().find(typed), None, "{all}");
            assert!(record.iter().count() > 5, "{all}");
            record.fingerprint()
        });
        assert_eq!(yaml, toml, "{}", kind.name);
    }
}

#[test]
fn kinds_have_sound_fields() {
    for kind in kinds::all() {
        let mut names: Vec<&str> = kind.fields.iter().map(|field| &*field.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "{} declares a field twice", kind.name);
        assert!(
            kind.fields.iter().all(|field| field.doc.ends_with('.')),
            "{}",
            kind.name
        );
    }
}

#[test]
fn sections_and_taxonomies_are_read() {
    let mut fields = kinds::section::fields();
    assert!(fields.iter().any(|field| field.name == "defaults"));
    fields = kinds::page::kind().fields;
    kinds::common::with_taxonomies(&mut fields, ["tags", "topik"]);
    let kind = Kind {
        fields,
        ..kinds::page::kind()
    };
    let text = "topik: web\ntaxonomies: {topik: [a], tags: [b]}\naliases: [/lama/]";
    let (record, found) = read(&kind, Syntax::Yaml, text);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(record.list("topik").len(), 1);
    assert_eq!(kinds::common::aliases(&record).count(), 1);
}
