//! Prices and batches at instants.

use jiff::Timestamp;

use super::{BatchState, Call, Campaigns, Sale, Terms};
use crate::base::SitePath;
use crate::base::money::{Currency, Reading};
use crate::config::Config;
use crate::content::kinds;
use crate::data::{self, Context, Record, Syntax};
use crate::diag::Severity;

const SETTINGS: &str =
    "base_url = \"https://a.example\"\ntitle = \"A\"\ntimezone = \"Asia/Jakarta\"\n";

fn config(more: &str) -> Config {
    let read = crate::config::read(&format!("{SETTINGS}{more}"), Severity::Error);
    assert_eq!(read.diagnostics, []);
    read.value
}

/// A front matter in YAML, held against the fields of a course.
fn record(yaml: &str) -> Record {
    let path = SitePath::new("content/courses/k.md").unwrap();
    let context = Context {
        path: &path,
        syntax: Syntax::Yaml,
        money: Reading::new(Currency::default(), "id"),
        language: "id",
        ignore_keys: &[],
        unknown_keys: Severity::Error,
    };
    let node = data::parse(&path, yaml, Syntax::Yaml, 0..yaml.len()).value;
    let read = data::check(&node, &kinds::course::kind().fields, &context);
    assert_eq!(read.diagnostics, []);
    read.value
}

fn sale(record: &Record, config: &Config, now: &str) -> Sale {
    let campaigns = Campaigns::of_site(config).of("k", record);
    let terms = Terms::new(record, config, &campaigns, false);
    Sale::of(&terms, now.parse::<Timestamp>().unwrap())
}

/// What is shown: the amount, the struck one, the label.
fn shown(sale: &Sale) -> (String, Option<String>, Option<&str>) {
    let price = sale.price.as_ref().unwrap();
    let label = price
        .promo
        .as_ref()
        .and_then(|promo| promo.label.as_deref());
    let struck = price.struck.map(|struck| struck.major_text());
    (price.amount.major_text(), struck, label)
}

fn amount(sale: &Sale) -> String {
    shown(sale).0
}

#[test]
fn a_promo_runs_over_new_year_on_the_sites_clock() {
    let config = config("");
    let record = record(
        "price: 1000000\nlist_price: 1200000\npromos:\n  - {percent: 20, from: 2026-12-31, until: 2027-01-01, label: Tahun baru}",
    );
    let at = |now| sale(&record, &config, now);
    let before = at("2026-12-30T23:59:59+07:00");
    assert_eq!(
        shown(&before),
        ("1000000".into(), Some("1200000".into()), None)
    );
    assert_eq!(before.next, "2026-12-31T00:00:00+07:00".parse().ok());
    let during = at("2026-12-30T17:00:00Z");
    let wanted = ("800000".into(), Some("1000000".into()), Some("Tahun baru"));
    assert_eq!(shown(&during), wanted);
    assert_eq!(amount(&at("2027-01-01T23:59:59+07:00")), "800000");
    assert_eq!(during.next, "2027-01-02T00:00:00+07:00".parse().ok());
    let after = at("2027-01-01T17:00:00Z");
    assert_eq!(amount(&after), "1000000");
    assert_eq!(after.next, None);
}

#[test]
fn a_leap_day_is_a_whole_day() {
    let config = config("");
    let record =
        record("price: 1000000\npromos:\n  - {price: 900000, from: 2028-02-29, until: 2028-02-29}");
    for (now, wanted) in [
        ("2028-02-28T23:59:59+07:00", "1000000"),
        ("2028-02-29T00:00:00+07:00", "900000"),
        ("2028-02-29T23:59:59+07:00", "900000"),
        ("2028-03-01T00:00:00+07:00", "1000000"),
    ] {
        assert_eq!(amount(&sale(&record, &config, now)), wanted, "{now}");
    }
}

#[test]
fn a_percentage_lowers_every_price_an_amount_only_the_courses() {
    let config = config("");
    let prices = "price: 1000000\nvariants: [{id: malam, name: Malam, price: 1500000}]\nbatches: [{start: 2027-01-11, price: 1250000}, 2027-02-01]\n";
    let now = "2026-12-01T00:00:00+07:00";
    let amounts = |promo: &str| {
        let record = record(&format!("{prices}promos: [{{{promo}, until: 2026-12-31}}]"));
        let sale = sale(&record, &config, now);
        let price = |variant, batch| sale.price_of(variant, batch).unwrap().amount.major_text();
        [
            price(None, None),
            price(Some("malam"), None),
            price(None, Some("2027-01-11")),
            price(Some("malam"), Some("2027-01-11")),
            price(None, Some("2027-02-01")),
        ]
    };
    assert_eq!(
        amounts("percent: 10"),
        ["900000", "1350000", "1125000", "1125000", "900000"]
    );
    assert_eq!(
        amounts("price: 800000"),
        ["800000", "1500000", "1250000", "1250000", "800000"]
    );
    assert_eq!(
        amounts("price: 800000, variants: [malam]"),
        ["1000000", "800000", "1250000", "1250000", "1000000"]
    );
    assert_eq!(
        amounts("percent: 50, variants: [malam]"),
        ["1000000", "750000", "1250000", "1250000", "1000000"]
    );
}

#[test]
fn the_lower_of_promo_and_campaign_wins() {
    let config = config(
        "[[campaigns]]\nlabel = \"Semua\"\nall = true\npercent = 10\nfrom = 2026-12-10\nuntil = 2026-12-20\n",
    );
    let record =
        record("price: 1000000\npromos: [{price: 950000, label: Sendiri, until: 2026-12-15}]");
    let label = |now| shown(&sale(&record, &config, now)).2.map(str::to_owned);
    assert_eq!(
        label("2026-12-09T12:00:00+07:00").as_deref(),
        Some("Sendiri")
    );
    assert_eq!(label("2026-12-10T12:00:00+07:00").as_deref(), Some("Semua"));
    assert_eq!(label("2026-12-21T00:00:00+07:00"), None);
    // The end of the dearer promo changes nothing.
    let next = sale(&record, &config, "2026-12-12T00:00:00+07:00").next;
    assert_eq!(next, "2026-12-21T00:00:00+07:00".parse().ok());
}

#[test]
fn fractions_of_a_rupiah_are_rounded_half_up() {
    let config = config("");
    for (price, percent, wanted) in [
        ("999999", "33", "669999"),
        ("1000001", "50", "500001"),
        ("333333", "\"12.5\"", "291666"),
        ("1000000000000000", "\"0.1\"", "999000000000000"),
        ("999999999999999", "\"33.33\"", "666699999999999"),
    ] {
        let record = record(&format!(
            "price: {price}\npromos: [{{percent: {percent}, until: 2026-12-31}}]"
        ));
        assert_eq!(
            amount(&sale(&record, &config, "2026-12-01T00:00:00Z")),
            wanted,
            "{price}"
        );
    }
}

#[test]
fn a_batch_goes_from_state_to_state() {
    let config = config("");
    let record = record(
        "price: 1000000\nbatches: [{start: 2027-01-11, end: 2027-02-28, time: \"19.00-21.00\", zone: Asia/Makassar, seats: 20, seats_left: 8, enrol_from: 2026-12-01, enrol_until: 2027-01-05}]",
    );
    let at = |now| sale(&record, &config, now);
    for (now, state, call, next) in [
        (
            "2026-11-30T23:59:59+07:00",
            BatchState::NotOpen,
            Call::Ask,
            Some("2026-12-01T00:00:00+07:00"),
        ),
        (
            "2026-12-01T00:00:00+07:00",
            BatchState::Open,
            Call::Enrol,
            Some("2027-01-06T00:00:00+07:00"),
        ),
        (
            "2027-01-06T00:00:00+07:00",
            BatchState::Closed,
            Call::Nothing,
            Some("2027-01-11T18:00:00+07:00"),
        ),
        (
            "2027-01-11T18:00:00+07:00",
            BatchState::Running,
            Call::Nothing,
            Some("2027-03-01T00:00:00+07:00"),
        ),
        (
            "2027-03-01T00:00:00+07:00",
            BatchState::Over,
            Call::Nothing,
            None,
        ),
    ] {
        let sale = at(now);
        let batch = &sale.batches[0];
        assert_eq!((batch.state, batch.call), (state, call), "{now}");
        assert_eq!(sale.next, next.and_then(|next| next.parse().ok()), "{now}");
        assert_eq!(batch.clock, "WITA");
    }
}

#[test]
fn a_batch_of_a_zone_in_the_west_is_not_over_before_its_lessons_are() {
    let config = config("");
    for (hours, over) in [
        ("19.00-21.00", "2027-01-12T04:00:00+07:00"),
        ("19.00", "2027-01-12T07:00:00+07:00"),
        ("09.00-10.00", "2027-01-12T00:00:00+07:00"),
    ] {
        let record = record(&format!(
            "price: 1000000\nbatches: [{{start: 2027-01-11, time: \"{hours}\", zone: UTC}}]"
        ));
        let batch = sale(&record, &config, "2026-12-01T00:00:00+07:00")
            .batches
            .remove(0);
        assert_eq!(batch.over, over.parse().unwrap(), "{hours}");
    }
}

#[test]
fn seats_and_words_of_an_author_decide_before_time() {
    let config = config("");
    let now = "2026-12-01T00:00:00+07:00";
    for (more, state, full) in [
        ("seats: 20, seats_left: 5", BatchState::Open, false),
        ("seats: 20, seats_left: 4", BatchState::LastSeats, false),
        ("seats: 4, seats_left: 1", BatchState::LastSeats, false),
        ("seats_left: 3", BatchState::LastSeats, false),
        ("seats: 20, seats_left: 0", BatchState::Closed, true),
        ("status: batal", BatchState::Cancelled, false),
        ("status: ditunda", BatchState::Postponed, false),
    ] {
        let record = record(&format!(
            "price: 1000000\nbatches: [{{start: 2027-01-11, {more}}}]"
        ));
        let batch = sale(&record, &config, now).batches.remove(0);
        assert_eq!((batch.state, batch.full), (state, full), "{more}");
    }
}

#[test]
fn what_was_called_off_goes_with_its_day_and_what_was_put_off_stays() {
    let config = config("");
    let record = |status: &str| {
        let batches = format!("[{{start: 2027-01-11, end: 2027-01-12, status: {status}}}]");
        record(&format!("price: 1000000\nbatches: {batches}"))
    };
    for (now, cancelled) in [
        ("2027-01-12T23:59:59+07:00", BatchState::Cancelled),
        ("2027-01-13T00:00:00+07:00", BatchState::Over),
    ] {
        let state = |status| sale(&record(status), &config, now).batches[0].state;
        assert_eq!(state("batal"), cancelled);
        assert_eq!(state("ditunda"), BatchState::Postponed);
    }
}

#[test]
fn a_batch_may_start_the_second_a_promo_ends() {
    let config = config("");
    let record = record(
        "price: 1000000\npromos: [{price: 900000, until: 2027-01-10}]\nbatches: [2027-01-11]",
    );
    let before = sale(&record, &config, "2027-01-10T23:59:59+07:00");
    let after = sale(&record, &config, "2027-01-11T00:00:00+07:00");
    assert_eq!(before.next, "2027-01-11T00:00:00+07:00".parse().ok());
    assert_eq!(
        (amount(&before), before.batches[0].state),
        ("900000".into(), BatchState::Open)
    );
    assert_eq!(
        (amount(&after), after.batches[0].state),
        ("1000000".into(), BatchState::Running)
    );
}

#[test]
fn a_closed_course_takes_nobody_in() {
    let config = config("");
    let now = "2026-12-01T00:00:00+07:00";
    for (status, call, state) in [
        ("open", Call::Enrol, BatchState::Open),
        ("coming_soon", Call::Ask, BatchState::NotOpen),
        ("closed", Call::Nothing, BatchState::Closed),
        ("archived", Call::Nothing, BatchState::Closed),
    ] {
        let record = record(&format!(
            "price: 1000000\nstatus: {status}\nbatches: [2027-01-11]"
        ));
        let sale = sale(&record, &config, now);
        assert_eq!(
            (sale.enrolment.call, sale.batches[0].state),
            (call, state),
            "{status}"
        );
    }
}

#[test]
fn the_price_changes_next_when_what_one_pays_is_another() {
    let config = config(
        "[[campaigns]]\nlabel = \"Awal tahun\"\npercent = 20\ncategory = \"x\"\nfrom = 2027-01-01\nuntil = 2027-01-15\n",
    );
    let next = |yaml: &str, now: &str| {
        let record = record(&format!("category: x\n{yaml}"));
        let campaigns = Campaigns::of_site(&config).of("k", &record);
        let terms = Terms::new(&record, &config, &campaigns, false);
        let next = terms.next_price(now.parse::<Timestamp>().unwrap());
        next.map(|(at, then)| (at.to_string(), then.major_text()))
    };
    let is = |at: &str, price: &str| Some((at.to_owned(), price.to_owned()));
    let promo = "price: 1000000\npromos: [{percent: 10, until: 2026-12-31}]";
    let (now, later) = ("2026-12-01T00:00:00+07:00", "2027-01-10T00:00:00+07:00");
    assert_eq!(next(promo, now), is("2026-12-31T17:00:00Z", "800000"));
    assert_eq!(next(promo, later), is("2027-01-15T17:00:00Z", "1000000"));
    assert_eq!(next(promo, "2027-02-01T00:00:00+07:00"), None);
    // The same price from another promo is no other price.
    let same = "price: 1000000\npromos: [{percent: 20, until: 2026-12-31}]";
    assert_eq!(next(same, now), is("2027-01-15T17:00:00Z", "1000000"));
    let variants = "variants: [{id: a, name: A, price: 900000}, {id: b, name: B, price: 500000}]";
    assert_eq!(next(variants, now), is("2026-12-31T17:00:00Z", "400000"));
}
