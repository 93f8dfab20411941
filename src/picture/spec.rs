//! What is to be made of a picture.

use super::facts::Format;
use crate::base::Hasher;

/// How a picture is fitted into a size; the words are Zola's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Op {
    /// Exactly this size, whatever becomes of the proportions.
    Scale(u32, u32),
    /// This width; the height follows.
    FitWidth(u32),
    /// This height; the width follows.
    FitHeight(u32),
    /// Into this size, never larger than it was.
    Fit(u32, u32),
    /// Exactly this size; what does not fit is cut off on both sides.
    Fill(u32, u32),
}

/// The format of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Encoding {
    /// JPEG of a quality from 1 to 100; what is transparent becomes white.
    Jpeg(u8),
    /// PNG.
    Png,
    /// WebP of a quality from 1 to 100.
    Webp(u8),
    /// WebP that keeps each pixel.
    WebpLossless,
    /// AVIF of a quality from 1 to 100.
    Avif(u8),
}

/// What is to be made of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spec {
    /// The size.
    pub op: Op,
    /// The format.
    pub encoding: Encoding,
}

/// The quality of a JPEG that names none, as in Zola.
const JPEG_QUALITY: u8 = 75;

/// The quality of an AVIF that names none, as in Zola.
const AVIF_QUALITY: u8 = 80;

impl Op {
    /// The operation of this name; none where there is no such name, or a side is missing.
    pub fn from_words(name: &str, width: Option<u32>, height: Option<u32>) -> Option<Self> {
        Some(match name {
            "scale" => Self::Scale(width?, height?),
            "fit_width" => Self::FitWidth(width?),
            "fit_height" => Self::FitHeight(height?),
            "fit" => Self::Fit(width?, height?),
            "fill" => Self::Fill(width?, height?),
            _ => return None,
        })
    }

    pub(super) fn hash(self, hasher: &mut Hasher) {
        let (number, width, height) = match self {
            Self::Scale(width, height) => (0, width, height),
            Self::FitWidth(width) => (1, width, 0),
            Self::FitHeight(height) => (2, 0, height),
            Self::Fit(width, height) => (3, width, height),
            Self::Fill(width, height) => (4, width, height),
        };
        hasher.number(number);
        hasher.number(u64::from(width)).number(u64::from(height));
    }
}

impl Encoding {
    /// The encoding of this name, for a picture of the format `of`.
    pub fn from_words(name: &str, quality: Option<u8>, of: Format) -> Option<Self> {
        Some(match name {
            "auto" => match of {
                Format::Jpeg => Self::Jpeg(quality.unwrap_or(JPEG_QUALITY)),
                Format::Webp => Self::from_words("webp", quality, of)?,
                _ => Self::Png,
            },
            "jpg" | "jpeg" => Self::Jpeg(quality.unwrap_or(JPEG_QUALITY)),
            "png" => Self::Png,
            "webp" => quality.map_or(Self::WebpLossless, Self::Webp),
            "avif" => Self::Avif(quality.unwrap_or(AVIF_QUALITY)),
            _ => return None,
        })
    }

    /// How a file's name ends.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg(_) => "jpg",
            Self::Png => "png",
            Self::Webp(_) | Self::WebpLossless => "webp",
            Self::Avif(_) => "avif",
        }
    }

    /// The media type.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg(_) => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp(_) | Self::WebpLossless => "image/webp",
            Self::Avif(_) => "image/avif",
        }
    }

    pub(super) fn hash(self, hasher: &mut Hasher) {
        let (number, quality) = match self {
            Self::Jpeg(quality) => (0, quality),
            Self::Png => (1, 0),
            Self::Webp(quality) => (2, quality),
            Self::WebpLossless => (3, 0),
            Self::Avif(quality) => (4, quality),
        };
        hasher.number(number).number(u64::from(quality));
    }
}
