//! Decoding, within the budget.

use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::facts::{Facts, broken, reader};
use super::fault::Fault;
use super::{Budget, Held};

/// Decoded pixels, with their part of the budget.
pub(super) struct Decoded<'a> {
    /// The pixels as they lie in the file.
    pub(super) pixels: DynamicImage,
    /// How they are turned to be seen.
    pub(super) orientation: Orientation,
    /// The colours that they are meant in, where these are not those of the web.
    pub(super) profile: Option<Vec<u8>>,
    _held: Held<'a>,
}

/// Decodes a picture. `more` is what the caller will need besides the source's pixels, in bytes.
pub(super) fn decode<'a>(
    bytes: &[u8],
    facts: &Facts,
    more: u64,
    budget: &'a Budget,
) -> Result<Decoded<'a>, Fault> {
    let mut decoder = reader(bytes, facts.format)?;
    let (width, height) = decoder.dimensions();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let pixels = u64::from(width) * u64::from(height);
    // What has more than eight bits a channel is decoded as it is, then made smaller.
    let deep = decoder.total_bytes() > pixels * 4 || decoder.color_type() == ColorType::L16;
    let own = decoder.total_bytes() + if deep { pixels * 4 } else { 0 };
    let held = budget
        .hold(own + more)
        .ok_or(Fault::TooLarge { width, height })?;
    let pixels = DynamicImage::from_decoder(decoder).map_err(|error| broken(&error))?;
    Ok(Decoded {
        pixels: in_eight_bits(pixels),
        orientation,
        profile,
        _held: held,
    })
}

fn in_eight_bits(pixels: DynamicImage) -> DynamicImage {
    use DynamicImage::{ImageLuma8, ImageLumaA8, ImageRgb8, ImageRgba8};
    match &pixels {
        ImageRgb8(_) | ImageRgba8(_) => pixels,
        ImageLuma8(_) => pixels,
        ImageLumaA8(_) => ImageRgba8(pixels.into_rgba8()),
        deep if deep.color().has_alpha() => ImageRgba8(pixels.into_rgba8()),
        _ => ImageRgb8(pixels.into_rgb8()),
    }
}

/// The same picture in the colours of the web: metadata goes, so what it said of the colours has
/// to be done before. A profile that cannot be read is left aside.
pub(super) fn in_web_colours(pixels: &mut DynamicImage, profile: &[u8]) {
    let Ok(own) = ColorProfile::new_from_slice(profile) else {
        return;
    };
    if own.color_space != DataColorSpace::Rgb {
        return;
    }
    let web = ColorProfile::new_srgb();
    let transform = |bytes: &mut [u8], layout| {
        let options = TransformOptions::default();
        if let Ok(transform) = own.create_transform_8bit(layout, &web, layout, options) {
            let before = bytes.to_vec();
            let done = transform.transform(&before, bytes);
            if done.is_err() {
                bytes.copy_from_slice(&before);
            }
        }
    };
    match pixels {
        DynamicImage::ImageRgb8(rgb) => transform(rgb, Layout::Rgb),
        DynamicImage::ImageRgba8(rgba) => transform(rgba, Layout::Rgba),
        _ => {}
    }
}
