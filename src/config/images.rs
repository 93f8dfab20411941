//! `[images]` and `[social_cards]`: what is made of pictures, and which are drawn.

use super::ImagesConfig;
use crate::data::{Field, Record, Type, Value};

const WIDTHS: [u32; 3] = [480, 960, 1600];
const SIZES: &str = "(min-width: 48rem) 46rem, 100vw";
const QUALITY: u8 = 80;
const CACHE_MB: u64 = 1024;

/// The fields of `[images]`.
pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::new(
            "responsive",
            Type::Bool,
            "Whether pictures in Markdown are made in several sizes.",
        ),
        Field::new(
            "widths",
            Type::list(Type::Int(16, 8_192)),
            "Widths in pixels that they are made in.",
        ),
        Field::new(
            "sizes",
            Type::Text,
            "How wide they are shown, as the attribute sizes says it.",
        ),
        Field::new("quality", Type::Int(1, 100), "Quality of JPEG and WebP."),
        Field::new("avif", Type::Bool, "Whether AVIF is made too."),
        Field::new(
            "placeholder",
            Type::choice(&[("color", &["colour", "warna"]), ("none", &["tanpa"])]),
            "What stands in a picture's place until it is there.",
        ),
        Field::new(
            "cache_mb",
            Type::Int(0, 1_000_000),
            "Megabytes of results that are kept from build to build.",
        ),
    ]
}

/// The fields of `[social_cards]`.
pub(super) fn card_fields() -> Vec<Field> {
    vec![
        Field::new(
            "enabled",
            Type::Bool,
            "Whether each page gets a card for messengers and social media.",
        ),
        Field::new(
            "price",
            Type::Bool,
            "Whether cards of courses show the normal price.",
        ),
    ]
}

/// A switch of `[social_cards]`.
pub(super) fn card(record: &Record, name: &str) -> bool {
    let table = record.table("social_cards");
    table.and_then(|table| table.bool(name)).unwrap_or(false)
}

/// The settings, with their defaults.
pub(super) fn read(record: &Record) -> ImagesConfig {
    let empty = Record::default();
    let table = record.table("images").unwrap_or(&empty);
    let flag = |name| table.bool(name).unwrap_or(false);
    let mut widths: Vec<u32> = table
        .list("widths")
        .iter()
        .filter_map(|width| match width.value {
            Value::Int(width) => u32::try_from(width).ok(),
            _ => None,
        })
        .collect();
    if widths.is_empty() {
        widths = WIDTHS.to_vec();
    }
    widths.sort_unstable();
    widths.dedup();
    ImagesConfig {
        responsive: flag("responsive"),
        widths,
        sizes: table.text("sizes").unwrap_or(SIZES).into(),
        quality: table
            .int("quality")
            .map_or(QUALITY, |quality| quality as u8),
        avif: flag("avif"),
        placeholder: table.choice("placeholder") != Some("none"),
        cache: table.int("cache_mb").map_or(CACHE_MB, |mb| mb as u64) * 1024 * 1024,
    }
}
