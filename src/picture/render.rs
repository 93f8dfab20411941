//! From a file's bytes to results: decoded once, whatever number of results there is.

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::DynamicImage;
use image::metadata::Orientation;

use super::Budget;
use super::colour::Colour;
use super::decode::{Decoded, decode, in_web_colours};
use super::encode::encode;
use super::facts::Facts;
use super::fault::Fault;
use super::geometry::{Plan, plan};
use super::spec::Spec;

/// Makes all of `specs` from one file.
pub fn render(
    bytes: &[u8],
    facts: &Facts,
    specs: &[Spec],
    budget: &Budget,
) -> Result<Vec<Vec<u8>>, Fault> {
    let (decoded, plans) = begin(bytes, facts, specs, budget)?;
    let mut resizer = Resizer::new();
    let mut results = Vec::with_capacity(specs.len());
    let mut last: Option<(Plan, DynamicImage)> = None;
    for (spec, plan) in specs.iter().zip(plans) {
        // The same size in several formats is scaled once.
        let pixels = match last.take() {
            Some((known, pixels)) if known == plan => pixels,
            _ => scaled(&decoded, plan, &mut resizer)?,
        };
        results.push(encode(&pixels, spec.encoding)?);
        last = Some((plan, pixels));
    }
    Ok(results)
}

/// Whether all of `specs` could be made, as far as decoding tells.
pub fn try_out(bytes: &[u8], facts: &Facts, specs: &[Spec], budget: &Budget) -> Result<(), Fault> {
    begin(bytes, facts, specs, budget).map(|_| ())
}

/// The decoded picture, and how each result is made of it.
fn begin<'a>(
    bytes: &[u8],
    facts: &Facts,
    specs: &[Spec],
    budget: &'a Budget,
) -> Result<(Decoded<'a>, Vec<Plan>), Fault> {
    let plans: Vec<Plan> = specs
        .iter()
        .map(|spec| plan(spec.op, facts.width, facts.height))
        .collect::<Result<_, _>>()?;
    let largest = plans
        .iter()
        .map(|plan| u64::from(plan.width) * u64::from(plan.height))
        .max()
        .unwrap_or(0);
    // One result at a time: scaled, then turned or put into other colours, then encoded.
    let decoded = decode(bytes, facts, largest * 8, budget)?;
    Ok((decoded, plans))
}

/// The average colour of a picture; none for one that is transparent somewhere, through which it
/// would shine.
pub fn colour(bytes: &[u8], facts: &Facts, budget: &Budget) -> Result<Option<Colour>, Fault> {
    let decoded = decode(bytes, facts, 64, budget)?;
    let whole = Plan {
        crop: (0, 0, facts.width, facts.height),
        width: 1,
        height: 1,
    };
    let box_filter = ResizeAlg::Convolution(FilterType::Box);
    let pixels = scaled_by(&decoded, whole, box_filter, &mut Resizer::new())?;
    let [red, green, blue, alpha] = pixels.to_rgba8().get_pixel(0, 0).0;
    Ok((alpha >= 254).then_some(Colour([red, green, blue])))
}

fn scaled(decoded: &Decoded<'_>, plan: Plan, resizer: &mut Resizer) -> Result<DynamicImage, Fault> {
    scaled_by(decoded, plan, ResizeAlg::default(), resizer)
}

/// Scales, then turns: so only the small picture is copied for turning.
fn scaled_by(
    decoded: &Decoded<'_>,
    plan: Plan,
    algorithm: ResizeAlg,
    resizer: &mut Resizer,
) -> Result<DynamicImage, Fault> {
    let plan = as_it_lies(plan, decoded.orientation);
    let (left, top, width, height) = plan.crop;
    let options = ResizeOptions::new().resize_alg(algorithm).crop(
        f64::from(left),
        f64::from(top),
        f64::from(width),
        f64::from(height),
    );
    let wrong = |words: String| Fault::Broken(words.into());
    let kind = match decoded.pixels {
        DynamicImage::ImageLuma8(_) => PixelType::U8,
        DynamicImage::ImageRgb8(_) => PixelType::U8x3,
        _ => PixelType::U8x4,
    };
    let mut small = Image::new(plan.width, plan.height, kind);
    resizer
        .resize(&decoded.pixels, &mut small, &options)
        .map_err(|error| wrong(error.to_string()))?;
    let bytes = small.into_vec();
    let mut pixels = in_memory(plan.width, plan.height, kind, bytes)
        .ok_or_else(|| wrong("its pixels do not fill its size".to_owned()))?;
    if let Some(profile) = &decoded.profile {
        in_web_colours(&mut pixels, profile);
    }
    pixels.apply_orientation(decoded.orientation);
    Ok(pixels)
}

fn in_memory(width: u32, height: u32, kind: PixelType, bytes: Vec<u8>) -> Option<DynamicImage> {
    use image::{GrayImage, RgbImage, RgbaImage};
    Some(match kind {
        PixelType::U8 => DynamicImage::ImageLuma8(GrayImage::from_raw(width, height, bytes)?),
        PixelType::U8x3 => DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, bytes)?),
        _ => DynamicImage::ImageRgba8(RgbaImage::from_raw(width, height, bytes)?),
    })
}

/// A plan for what is seen, as one for the pixels that are turned to be seen.
fn as_it_lies(plan: Plan, orientation: Orientation) -> Plan {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    let turned = matches!(
        orientation,
        Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH
    );
    if !turned {
        return plan;
    }
    // What is cut off is the same on both sides, so only the axes change places.
    let (left, top, width, height) = plan.crop;
    Plan {
        crop: (top, left, height, width),
        width: plan.height,
        height: plan.width,
    }
}
