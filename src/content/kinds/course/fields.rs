//! The fields of a course, and the words that authors may write in them.

use crate::config::campaigns::promo_fields;
use crate::content::kinds::article::faq;
use crate::data::{Field, Type};

/// The fields beside the common ones, what sells a course first.
pub(super) fn own() -> Vec<Field> {
    vec![
        Field::new("price", Type::Money, "The price, digits only."),
        Field::new(
            "price_per",
            price_per(),
            "What the price is for; the course if nothing else is said.",
        ),
        Field::new(
            "list_price",
            Type::Money,
            "The price that is shown struck; higher than the price.",
        )
        .example("4500000"),
        Field::new(
            "offer",
            offer(),
            "How it is offered; paid where there is a price.",
        )
        .example("\"paid\""),
        Field::new("code", Type::Text, "The course's code, unique on the site."),
        Field::new("level", level(), "Whom it suits."),
        Field::new("mode", mode(), "Where it takes place."),
        Field::new("language", Type::Text, "The language it is taught in."),
        Field::new(
            "duration",
            duration(),
            "How long it takes: a text, or its parts.",
        ),
        Field::new("skills", refs("skill"), "The skills that it teaches."),
        Field::new("outcomes", texts(), "What one can do afterwards."),
        Field::new("audience", texts(), "Whom it is for."),
        Field::new("tools", texts(), "What is used in it."),
        Field::new(
            "prerequisites",
            prerequisites(),
            "What one should know before.",
        ),
        Field::new("modules", Type::list(module()), "What is taught, in order."),
        Field::new("instructors", refs("person"), "Who teaches it."),
        Field::new(
            "batches",
            batches(),
            "When it is held: dates, or tables with more.",
        ),
        Field::new("promos", Type::list(promo()), "Lower prices for a time."),
        Field::new(
            "variants",
            Type::list(variant()),
            "Ways to take it at prices of their own.",
        ),
        Field::new("installment", installment(), "Payment in parts."),
        Field::new("certificate", certificate(), "What one gets at the end."),
        Field::new("rating", rating(), "What others say in numbers, and where."),
        Field::new(
            "testimonials",
            Type::list(testimonial()),
            "What others say in words.",
        ),
        Field::new("faq", faq(), "Questions and answers."),
        Field::new(
            "enrol",
            enrol(),
            "How one enrols; the site's WhatsApp if nothing is said.",
        ),
        Field::new("status", status(), "Whether one can enrol."),
        Field::new(
            "replaced_by",
            Type::Ref("course".into()),
            "The course that takes its place.",
        ),
    ]
}

fn refs(kind: &'static str) -> Type {
    Type::one_or_more(Type::Ref(kind.into()))
}

fn texts() -> Type {
    Type::one_or_more(Type::Text)
}

fn count() -> Type {
    Type::Int(1, 10_000)
}

fn level() -> Type {
    Type::choice(&[
        ("beginner", &["pemula", "dasar"]),
        ("intermediate", &["menengah"]),
        ("advanced", &["lanjutan", "lanjut", "mahir"]),
        (
            "all",
            &["semua", "semua level", "semua tingkat", "all levels"],
        ),
    ])
}

fn mode() -> Type {
    Type::choice(&[
        ("online", &["daring"]),
        ("onsite", &["tatap muka", "luring", "offline", "on site"]),
        ("blended", &["campuran", "hybrid", "hibrida"]),
    ])
}

fn offer() -> Type {
    Type::choice(&[
        ("free", &["gratis"]),
        ("partially_free", &["sebagian gratis", "gratis sebagian"]),
        ("subscription", &["langganan", "berlangganan"]),
        ("paid", &["berbayar"]),
        (
            "on_request",
            &[
                "sesuai permintaan",
                "berdasarkan permintaan",
                "hubungi kami",
            ],
        ),
    ])
}

fn price_per() -> Type {
    Type::choice(&[
        ("course", &["kursus", "kelas", "paket"]),
        ("session", &["sesi", "pertemuan"]),
        ("month", &["bulan"]),
        ("person", &["orang", "peserta"]),
    ])
}

fn status() -> Type {
    Type::choice(&[
        ("open", &["buka", "dibuka"]),
        ("coming_soon", &["segera", "segera hadir"]),
        ("closed", &["tutup", "ditutup"]),
        ("archived", &["arsip", "diarsipkan"]),
    ])
}

fn weekday() -> Type {
    Type::choice(&[
        ("monday", &["mon", "senin", "sen"]),
        ("tuesday", &["tue", "selasa", "sel"]),
        ("wednesday", &["wed", "rabu", "rab"]),
        ("thursday", &["thu", "kamis", "kam"]),
        ("friday", &["fri", "jumat", "jum'at", "jum"]),
        ("saturday", &["sat", "sabtu", "sab"]),
        ("sunday", &["sun", "minggu", "ahad", "min"]),
    ])
}

fn duration() -> Type {
    let parts = Type::Table(vec![
        Field::new("sessions", count(), "How many sessions."),
        Field::new("session_minutes", count(), "How long each is, in minutes."),
        Field::new("weeks", count(), "Over how many weeks."),
        Field::new("hours", Type::Number, "How many hours in all."),
    ]);
    Type::OneOf(vec![Type::Text, parts])
}

fn promo() -> Type {
    let variants = Field::new(
        "variants",
        Type::one_or_more(Type::Slug),
        "The variants that it is for.",
    );
    Type::Table(promo_fields().into_iter().chain([variants]).collect())
}

fn installment() -> Type {
    Type::Table(vec![
        Field::new("count", Type::Int(2, 120), "How many payments.").required(),
        Field::new("amount", Type::Money, "How much each is.").required(),
    ])
}

fn variant() -> Type {
    Type::Table(vec![
        Field::new(
            "id",
            Type::Slug,
            "What promos call the variant, in small letters.",
        )
        .required()
        .example("\"online\""),
        Field::new("name", Type::Text, "What readers see the variant called.")
            .required()
            .example("\"Online\""),
        Field::new("price", Type::Money, "What the variant costs, digits only.").required(),
        Field::new("mode", mode(), "Where it takes place."),
    ])
}

fn prerequisites() -> Type {
    Type::Table(vec![
        Field::new("courses", refs("course"), "Courses to take before."),
        Field::new("text", texts(), "What else one should know."),
    ])
}

fn module() -> Type {
    let lesson = Type::Table(vec![
        Field::new("title", Type::Text, "The lesson's title."),
        Field::new("minutes", Type::Minutes, "How long it takes."),
    ]);
    Type::Table(vec![
        Field::new("title", Type::Text, "The module's title.").required(),
        Field::new("minutes", Type::Minutes, "How long it takes."),
        Field::new("lessons", Type::list(lesson), "Its lessons, in order."),
    ])
}

fn batches() -> Type {
    let status = Type::choice(&[
        ("auto", &["otomatis"]),
        ("cancelled", &["canceled", "batal", "dibatalkan"]),
        ("postponed", &["tunda", "ditunda"]),
    ]);
    let batch = Type::Table(vec![
        Field::new(
            "id",
            Type::Slug,
            "Its id within the course; the start if nothing is said.",
        ),
        Field::new("start", Type::Date, "When the batch starts.").required(),
        Field::new("end", Type::Date, "When it ends."),
        Field::new("days", Type::one_or_more(weekday()), "On which days."),
        Field::new("time", Type::Hours, "At what time: \"19.00-21.00\"."),
        Field::new(
            "zone",
            Type::Text,
            "The time zone, where it is not the site's.",
        ),
        Field::new("mode", mode(), "Where it takes place."),
        Field::new("location", Type::Text, "The place."),
        Field::new(
            "seats",
            Type::Int(0, 1_000_000),
            "How many seats there are.",
        ),
        Field::new("seats_left", Type::Int(0, 1_000_000), "How many are left."),
        Field::new("enrol_from", Type::Date, "From when one can enrol."),
        Field::new("enrol_until", Type::Date, "Until when one can enrol."),
        Field::new("status", status, "Whether it was called off."),
        Field::new("price", Type::Money, "Its price, where it differs."),
        Field::new(
            "instructors",
            refs("person"),
            "Who teaches it, where it differs.",
        ),
    ]);
    Type::list(Type::OneOf(vec![Type::Date, batch]))
}

fn certificate() -> Type {
    Type::Table(vec![
        Field::new("name", Type::Text, "Its name."),
        Field::new("issuer", Type::Text, "Who issues it."),
    ])
}

fn rating() -> Type {
    Type::Table(vec![
        Field::new("value", Type::Number, "The mean, of five."),
        Field::new("count", Type::Int(0, i64::MAX), "How many gave one."),
        Field::new("source", Type::Text, "Where the rating was given.").required(),
        Field::new("as_of", Type::Date, "When the rating was looked up.").required(),
    ])
}

fn testimonial() -> Type {
    Type::Table(vec![
        Field::new("quote", Type::Text, "What was said, word for word.").required(),
        Field::new("name", Type::Text, "The name of who said it.").required(),
        Field::new("role", Type::Text, "What that person does."),
        Field::new(
            "consent",
            Type::Bool,
            "Whether that person agreed to be quoted.",
        ),
    ])
}

fn enrol() -> Type {
    let kind = Type::choice(&[
        ("whatsapp", &["wa"]),
        ("url", &["link", "tautan"]),
        ("email", &["surel", "e-mail"]),
    ]);
    Type::Table(vec![
        Field::new(
            "target",
            Type::OneOf(vec![Type::Text, Type::Phone]),
            "A number, an address or an email address.",
        )
        .example("\"0812-3456-7890\""),
        Field::new("kind", kind, "What the target is, where it does not show."),
        Field::new(
            "message",
            Type::Text,
            "The message; {title}, {batch} and {url} stand for the course's.",
        ),
    ])
}
