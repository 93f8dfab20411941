//! Encoders. None of them is given metadata, so none writes any.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageEncoder, RgbImage};

use super::fault::Fault;
use super::spec::Encoding;

/// The bytes of a picture.
pub(super) fn encode(pixels: &DynamicImage, encoding: Encoding) -> Result<Vec<u8>, Fault> {
    match encoding {
        Encoding::Jpeg(quality) => jpeg(pixels, quality),
        Encoding::Png => png(pixels),
        Encoding::Webp(quality) => webp(pixels, Some(quality)),
        Encoding::WebpLossless => webp(pixels, None),
        Encoding::Avif(quality) => avif(pixels, quality),
    }
}

fn failed(error: impl ToString) -> Fault {
    Fault::Broken(error.to_string().into())
}

/// JPEG knows nothing transparent: white shines through.
fn jpeg(pixels: &DynamicImage, quality: u8) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut out, quality.clamp(1, 100));
    let written = if pixels.color().has_alpha() {
        on_white(pixels).write_with_encoder(encoder)
    } else {
        pixels.write_with_encoder(encoder)
    };
    written.map_err(failed)?;
    Ok(out)
}

fn on_white(pixels: &DynamicImage) -> RgbImage {
    let rgba = pixels.to_rgba8();
    let mut rgb = RgbImage::new(rgba.width(), rgba.height());
    for (to, from) in rgb.pixels_mut().zip(rgba.pixels()) {
        let alpha = u32::from(from.0[3]);
        for (channel, value) in to.0.iter_mut().zip(from.0) {
            *channel = ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        }
    }
    rgb
}

fn png(pixels: &DynamicImage) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    let encoder = PngEncoder::new_with_quality(
        Cursor::new(&mut out),
        CompressionType::Default,
        FilterType::Adaptive,
    );
    let (width, height) = (pixels.width(), pixels.height());
    encoder
        .write_image(pixels.as_bytes(), width, height, pixels.color().into())
        .map_err(failed)?;
    Ok(out)
}

fn webp(pixels: &DynamicImage, quality: Option<u8>) -> Result<Vec<u8>, Fault> {
    let encoded = if pixels.color().has_alpha() {
        let rgba = pixels.to_rgba8();
        let encoder = webp::Encoder::from_rgba(&rgba, rgba.width(), rgba.height());
        encoder.encode_simple(quality.is_none(), quality.map_or(75.0, f32::from))
    } else {
        let rgb = pixels.to_rgb8();
        let encoder = webp::Encoder::from_rgb(&rgb, rgb.width(), rgb.height());
        encoder.encode_simple(quality.is_none(), quality.map_or(75.0, f32::from))
    };
    let encoded = encoded.map_err(|error| failed(format!("{error:?}")))?;
    Ok(encoded.to_vec())
}

#[cfg(feature = "avif")]
fn avif(pixels: &DynamicImage, quality: u8) -> Result<Vec<u8>, Fault> {
    /// From 1, the slowest, to 10.
    const SPEED: u8 = 6;
    let mut out = Vec::new();
    // One thread: pictures are made side by side already, and pixels are counted by picture.
    let encoder = image::codecs::avif::AvifEncoder::new_with_speed_quality(
        &mut out,
        SPEED,
        quality.clamp(1, 100),
    )
    .with_num_threads(Some(1));
    pixels.write_with_encoder(encoder).map_err(failed)?;
    Ok(out)
}

#[cfg(not(feature = "avif"))]
fn avif(_: &DynamicImage, _: u8) -> Result<Vec<u8>, Fault> {
    Err(Fault::NoEncoder("AVIF"))
}
