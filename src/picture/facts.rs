//! What a file's header says of a picture; no pixel is decoded for it.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ImageDecoder, ImageFormat, ImageReader};

use super::fault::Fault;
use super::{BUDGET, svg};
use crate::base::Fingerprint;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
    /// SVG.
    Svg,
}

impl Format {
    /// Its usual name, as in Zola.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Svg => "svg",
        }
    }

    /// The media type.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Svg => "image/svg+xml",
        }
    }

    /// Whether files of this format may have this ending.
    pub fn fits(self, extension: &str) -> bool {
        let extension = extension.to_ascii_lowercase();
        match self {
            Self::Jpeg => matches!(&*extension, "jpg" | "jpeg" | "jpe" | "jfif"),
            _ => extension == self.name(),
        }
    }
}

/// What is known of a picture without decoding it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Stands for its bytes.
    pub print: Fingerprint,
    /// What it really is, whatever its name says.
    pub format: Format,
    /// Pixels across, as it is shown.
    pub width: u32,
    /// Pixels down, as it is shown.
    pub height: u32,
    /// Whether it moves; a GIF is taken to.
    pub moves: bool,
    /// Whether it holds a script.
    pub scripted: bool,
    /// Whether it says its size; only of drawings some do not.
    pub sized: bool,
}

impl Facts {
    /// Reads a file.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let print = Fingerprint::of(bytes);
        if svg::is_svg(bytes) {
            let vector = svg::read(bytes)?;
            return Ok(Self {
                print,
                format: Format::Svg,
                width: vector.width,
                height: vector.height,
                moves: false,
                scripted: vector.scripted,
                sized: vector.sized,
            });
        }
        let format = format(bytes)?;
        let mut decoder = reader(bytes, format)?;
        let (width, height) = decoder.dimensions();
        admit(width, height)?;
        let turned = is_turned(&mut *decoder);
        Ok(Self {
            print,
            format,
            width: if turned { height } else { width },
            height: if turned { width } else { height },
            moves: moves(bytes, format),
            scripted: false,
            sized: true,
        })
    }

    /// Whether it can be made smaller.
    pub fn can_be_resized(&self) -> bool {
        self.format != Format::Svg && !self.moves
    }
}

/// Refuses what cannot be decoded within the budget, before anything is.
fn admit(width: u32, height: u32) -> Result<(), Fault> {
    if width == 0 || height == 0 {
        return Err(Fault::Broken("it has no pixels".into()));
    }
    if u64::from(width) * u64::from(height) > BUDGET / 4 {
        return Err(Fault::TooLarge { width, height });
    }
    Ok(())
}

/// The decoder of a file of a format, its header read.
pub(super) fn reader<'a>(
    bytes: &'a [u8],
    format: Format,
) -> Result<Box<dyn ImageDecoder + 'a>, Fault> {
    let known = match format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::Webp => ImageFormat::WebP,
        Format::Gif => ImageFormat::Gif,
        Format::Svg => return Err(Fault::Vector),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), known);
    // The budget limits what is decoded; the library's own limit would only speak later.
    reader.no_limits();
    let decoder = reader.into_decoder().map_err(|error| broken(&error))?;
    Ok(Box::new(decoder))
}

/// What is wrong with a damaged picture, in the library's words.
pub(super) fn broken(error: &image::ImageError) -> Fault {
    Fault::Broken(error.to_string().into())
}

/// The format that the first bytes tell.
fn format(bytes: &[u8]) -> Result<Format, Fault> {
    match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) if !is_ended(bytes) => {
            Err(Fault::Broken("the file ends too early".into()))
        }
        Ok(ImageFormat::Jpeg) => Ok(Format::Jpeg),
        Ok(ImageFormat::Png) => Ok(Format::Png),
        Ok(ImageFormat::WebP) => Ok(Format::Webp),
        Ok(ImageFormat::Gif) => Ok(Format::Gif),
        Ok(ImageFormat::Avif) => Err(Fault::Unreadable("AVIF")),
        Ok(ImageFormat::Tiff) => Err(Fault::Unreadable("TIFF")),
        Ok(ImageFormat::Bmp) => Err(Fault::Unreadable("BMP")),
        _ if is_heic(bytes) => Err(Fault::Heic),
        _ => Err(Fault::Unknown),
    }
}

fn is_heic(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 8] = [
        b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1",
    ];
    bytes.get(4..8) == Some(b"ftyp")
        && bytes
            .get(8..12)
            .is_some_and(|brand| BRANDS.contains(&brand))
}

/// Whether a JPEG has the mark that ends its pixels. Decoders fill what is missing with grey, and
/// a photograph whose lower half is grey should not be published.
fn is_ended(bytes: &[u8]) -> bool {
    let mut at = 2;
    // Segments before the pixels are skipped by their lengths: a thumbnail has an end of its own.
    while let Some([0xff, mark, high, low]) = bytes.get(at..at + 4) {
        if *mark == 0xda {
            break;
        }
        at += match mark {
            0xff => 1,
            _ => 2 + usize::from(u16::from_be_bytes([*high, *low])),
        };
    }
    let pixels = bytes.get(at..).unwrap_or_default();
    pixels.windows(2).rev().any(|pair| pair == [0xff, 0xd9])
}

fn is_turned(decoder: &mut dyn ImageDecoder) -> bool {
    use image::metadata::Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    let orientation = decoder.orientation();
    matches!(
        orientation,
        Ok(Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
    )
}

fn moves(bytes: &[u8], format: Format) -> bool {
    match format {
        Format::Gif => true,
        Format::Webp => {
            WebPDecoder::new(Cursor::new(bytes)).is_ok_and(|decoder| decoder.has_animation())
        }
        Format::Png => PngDecoder::new(Cursor::new(bytes))
            .is_ok_and(|decoder| decoder.is_apng().unwrap_or(false)),
        Format::Jpeg | Format::Svg => false,
    }
}
