//! Prices in time: what is shown at an instant, and when it changes.
//!
//! Two laws on sites at random: nothing changes before `next_change`, something changes at it. And
//! a year of the example site, built at each change in turn, against an oracle that is simple
//! enough to be believed. `PRICES_SEED=17 cargo test --test prices` begins with that seed.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read files"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up shall fail"
)]

#[path = "prices/build.rs"]
mod build;
#[path = "prices/example.rs"]
mod example;
#[path = "prices/generate.rs"]
mod generate;
#[path = "prices/oracle.rs"]
mod oracle;
#[path = "equality/outlet.rs"]
mod outlet;
#[path = "equality/rng.rs"]
#[allow(dead_code, reason = "the judge takes more of it")]
mod rng;
#[path = "prices/shown.rs"]
mod shown;

use jiff::{SignedDuration, Timestamp};

use build::{Builder, Made, differences};
use rng::Rng;

/// A second before an instant.
fn just_before(at: Timestamp) -> Timestamp {
    at.checked_sub(SignedDuration::from_secs(1)).unwrap()
}

fn seed() -> u64 {
    let given = std::env::var("PRICES_SEED").ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(1)
}

#[test]
fn nothing_changes_before_the_next_change_and_something_at_it() {
    let first = seed();
    let mut steps = 0;
    for seed in first..first + 30 {
        let mut rng = Rng::new(seed);
        let site = generate::site(&mut rng);
        let start: Timestamp = "2027-02-24T16:30:00Z".parse().unwrap();
        let mut now = start;
        let mut last = Builder::cold(&site.world, now);
        for _ in 0..8 {
            assert!(
                last.errors.is_empty(),
                "seed {seed}: {:?}\n{}",
                last.errors,
                site.told()
            );
            let once = Builder::once(&site.world, now);
            assert_eq!(once.next, last.next, "seed {seed}, {now}\n{}", site.told());
            let Some(next) = last.next else {
                let later = now
                    .checked_add(SignedDuration::from_hours(24 * 3000))
                    .unwrap();
                let then = Builder::cold(&site.world, later);
                let other = differences(&last, &then);
                assert!(
                    other.is_empty(),
                    "seed {seed}, at {now} nothing more should change: {other:?}\n{}",
                    site.told()
                );
                break;
            };
            assert!(next > now);
            let left = next.duration_since(now).as_secs().max(2) as usize;
            let between = now
                .checked_add(SignedDuration::from_secs(rng.below(left) as i64))
                .unwrap();
            for at in [between, just_before(next).max(now)] {
                let before = Builder::cold(&site.world, at);
                let other = differences(&last, &before);
                assert!(
                    other.is_empty(),
                    "seed {seed}, from {now} to {at}, before {next}: {other:?}\n{}",
                    site.told()
                );
            }
            let then = Builder::cold(&site.world, next);
            let same = differences(&last, &then).is_empty();
            assert!(
                !same,
                "seed {seed}, from {now}: nothing changes at {next}\n{}",
                site.told()
            );
            (now, last) = (next, then);
            steps += 1;
        }
    }
    assert!(steps > 100, "the sites hardly change: {steps} steps");
}

#[test]
fn a_year_of_the_example_site_never_fails_and_never_shows_a_wrong_price() {
    let site = example::Site::read();
    let mut builder = Builder::default();
    let mut now: Timestamp = "2026-11-22T08:00:00+07:00".parse().unwrap();
    let end: Timestamp = "2027-11-22T08:00:00+07:00".parse().unwrap();
    let mut last = builder.warm(&site.world, now);
    let mut checked = 0;
    let mut steps = 0;
    loop {
        assert_eq!(last.errors, Vec::<String>::new(), "at {now}");
        checked += site.check(&last, now);
        let Some(next) = last.next.filter(|next| *next < end) else {
            break;
        };
        assert!(next > now);
        let before = builder.warm(&site.world, just_before(next));
        assert_eq!(
            differences(&last, &before),
            Vec::<String>::new(),
            "from {now} to just before {next}"
        );
        let then = builder.warm(&site.world, next);
        assert!(
            !differences(&before, &then).is_empty(),
            "nothing changes at {next}"
        );
        (now, last) = (next, then);
        steps += 1;
    }
    assert!(steps > 30, "a year has {steps} changes");
    assert!(checked > 1000, "{checked} things checked");
}

/// What a reader sees of a course at an instant, written down by hand.
struct Seen {
    now: &'static str,
    course: &'static str,
    /// The price, the struck one, the promo.
    price: (&'static str, &'static str, &'static str),
    /// The day a batch starts, its state, whether one can enrol in it.
    batch: (&'static str, &'static str, bool),
    /// The words of the button on the course's page.
    call: &'static str,
}

const fn seen(
    now: &'static str,
    course: &'static str,
    price: (&'static str, &'static str, &'static str),
    batch: (&'static str, &'static str, bool),
    call: &'static str,
) -> Seen {
    Seen {
        now,
        course,
        price,
        batch,
        call,
    }
}

#[test]
fn the_example_site_at_ten_instants() {
    let site = example::Site::read();
    let mut builder = Builder::default();
    for one in TEN {
        let made = builder.warm(&site.world, one.now.parse().unwrap());
        assert_eq!(made.errors, Vec::<String>::new(), "at {}", one.now);
        assert_seen(&made, one);
    }
}

fn assert_seen(made: &Made, one: &Seen) {
    let (now, course) = (one.now, one.course);
    let page = shown::page(made, course);
    assert_eq!(
        (&*page.now, &*page.was, &*page.label),
        one.price,
        "{course} at {now}"
    );
    let places = shown::everywhere(made, course);
    let lists = ["kursus/index.html", "JSON-LD", shown::EXPORT];
    for wanted in lists.into_iter().chain(shown::FEEDS) {
        let has = places.iter().any(|(place, _)| place == wanted);
        assert!(has, "{course} at {now} is not in {wanted}: {places:?}");
    }
    for (place, price) in places {
        assert_eq!(price, one.price.0, "{course} at {now} in {place}");
    }
    assert_eq!(shown::call(made, course), one.call, "{course} at {now}");
    let (start, state, open) = one.batch;
    let row = shown::batch(made, course, start);
    assert_eq!(
        (&*row.state, row.enrols),
        (state, open),
        "{course} at {now}, batch of {start}"
    );
    assert_export(made, one);
}

/// The same for programs.
fn assert_export(made: &Made, one: &Seen) {
    let course = shown::exported(made, one.course);
    let promo = course["price"]["promo"]["label"].as_str();
    assert_eq!(promo.unwrap_or_default(), one.price.2, "{course}");
    let (start, state, open) = one.batch;
    let mut batches = course["batches"].as_array().unwrap().iter();
    let batch = batches.find(|batch| batch["start"].as_str().unwrap().starts_with(start));
    let batch = batch.unwrap();
    let word = match batch["state"].as_str().unwrap() {
        "open" => "Dibuka",
        "last_seats" => "Kursi terakhir",
        "closed" => "Ditutup",
        "running" => "Sedang berjalan",
        other => other,
    };
    let calls = (word, batch["call"] == "enrol");
    assert_eq!(calls, (state, open), "{} at {}", one.course, one.now);
}

#[test]
fn a_course_of_variants_alone_costs_what_the_cheapest_does() {
    let site = example::Site::read_with(&[
        (
            "content/kursus/paket.md",
            "---\ntitle: Paket Belajar\nvariants:\n  - { id: privat, name: Privat, price: 900000 }\n  - { id: kelas, name: Kelas, price: 500000 }\n---\n",
        ),
        (
            "content/artikel/paket.md",
            "---\ntitle: Paket\ndate: 2026-11-01\n---\nBiayanya {{<price of=\"paket\" />}}, privat {{<price of=\"paket\" variant=\"privat\" />}}.\n",
        ),
    ]);
    let made = Builder::cold(&site.world, "2026-11-22T08:00:00+07:00".parse().unwrap());
    assert_eq!(made.errors, Vec::<String>::new());
    let cheapest =
        "<span class=\"price-from\">Mulai</span> <span class=\"price-now\">Rp500.000</span>";
    let article = build::text(&made, "artikel/paket/index.html");
    assert!(article.contains(&format!("Biayanya <span class=\"price-inline\">{cheapest}")));
    let own = "privat <span class=\"price-inline\"><span class=\"price-now\">Rp900.000</span>";
    assert!(article.contains(own), "{article}");
    let list = build::text(&made, "kursus/index.html");
    let mut items = list.split("<li data-title=");
    let item = items.find(|item| item.starts_with("\"Paket Belajar\""));
    assert!(item.unwrap().contains("data-price=\"500000\""));
    let mut indexes = made.tree.keys().filter(|path| path.contains("/pages-"));
    assert!(indexes.any(|path| {
        let index: serde_json::Value = serde_json::from_str(&build::text(&made, path)).unwrap();
        index.as_array().into_iter().flatten().any(|page| {
            page["title"] == "Paket Belajar" && page["amount"] == 500_000 && page["from"] == true
        })
    }));
}

const ENROL: &str = "Daftar lewat WhatsApp";
const ASK: &str = "Tanya lewat WhatsApp";

const TEN: &[Seen] = &[
    seen(
        "2026-11-22T08:00:00+07:00",
        "basic-reactjs",
        ("Rp3.800.000", "Rp4.500.000", ""),
        ("2027-01-09", "Kursi terakhir", true),
        ENROL,
    ),
    seen(
        "2026-12-01T00:00:00+07:00",
        "basic-reactjs",
        ("Rp3.420.000", "Rp3.800.000", "Promo akhir tahun"),
        ("2027-01-12", "Dibuka", true),
        ENROL,
    ),
    seen(
        "2026-12-20T23:59:59+07:00",
        "basic-reactjs",
        ("Rp3.420.000", "Rp3.800.000", "Promo akhir tahun"),
        ("2027-01-09", "Kursi terakhir", true),
        ENROL,
    ),
    seen(
        "2026-12-20T17:00:00Z",
        "basic-reactjs",
        ("Rp3.800.000", "Rp4.500.000", ""),
        ("2027-01-12", "Dibuka", true),
        ENROL,
    ),
    seen(
        "2026-12-06T00:00:00+07:00",
        "basic-python",
        ("Rp2.425.000", "", ""),
        ("2026-12-08", "Ditutup", false),
        ENROL,
    ),
    seen(
        "2026-12-08T19:00:00+07:00",
        "basic-python",
        ("Rp2.425.000", "", ""),
        ("2026-12-08", "Sedang berjalan", false),
        ENROL,
    ),
    seen(
        "2027-01-10T11:59:59+07:00",
        "basic-python",
        ("Rp2.150.000", "Rp2.425.000", "Promo awal tahun"),
        ("2027-01-16", "Dibuka", true),
        ENROL,
    ),
    seen(
        "2027-01-10T12:00:00+07:00",
        "basic-python",
        ("Rp2.425.000", "", ""),
        ("2027-01-16", "Dibuka", true),
        ENROL,
    ),
    seen(
        "2027-02-01T00:00:00+07:00",
        "web-php-mysql",
        ("Rp3.281.250", "Rp3.750.000", "Harga dini angkatan Maret"),
        ("2027-03-20", "Dibuka", true),
        ENROL,
    ),
    seen(
        "2027-05-01T00:00:00+07:00",
        "analisis-data-python",
        (
            "Rp3.357.500",
            "Rp3.950.000",
            "Promo Hari Pendidikan Nasional",
        ),
        ("2027-03-22", "Sedang berjalan", false),
        ASK,
    ),
];
