//! Facts, refusals, and what results look like.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;
use crate::base::Fingerprint;

/// Left half red, right half blue, the lowest tenth green.
fn sample(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if y >= height - height / 10 {
            Rgb([0, 200, 0])
        } else if x < width / 2 {
            Rgb([200, 0, 0])
        } else {
            Rgb([0, 0, 200])
        }
    })
}

fn as_png(pixels: impl Into<DynamicImage>) -> Vec<u8> {
    encode::encode(&pixels.into(), Encoding::Png).unwrap()
}

fn as_jpeg(pixels: impl Into<DynamicImage>) -> Vec<u8> {
    encode::encode(&pixels.into(), Encoding::Jpeg(90)).unwrap()
}

/// A JPEG whose EXIF says how it is turned, and that names a camera.
fn turned(pixels: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([0x0f, 0x01, 2, 0, 4, 0, 0, 0]);
    exif.extend(b"CAM\0");
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend([0, 0, 0, 0]);
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, 95);
    encoder.set_exif_metadata(exif).unwrap();
    let (width, height) = pixels.dimensions();
    encoder
        .write_image(pixels, width, height, image::ExtendedColorType::Rgb8)
        .unwrap();
    out
}

fn make(bytes: &[u8], op: Op, encoding: Encoding) -> Vec<u8> {
    let facts = Facts::read(bytes).unwrap();
    let spec = Spec { op, encoding };
    render(bytes, &facts, &[spec], &Budget::default())
        .unwrap()
        .remove(0)
}

fn size(bytes: &[u8]) -> (u32, u32, Format) {
    let facts = Facts::read(bytes).unwrap();
    (facts.width, facts.height, facts.format)
}

/// The header of a PNG of a size, and nothing behind it.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend(width.to_be_bytes());
    chunk.extend(height.to_be_bytes());
    chunk.extend([8, 6, 0, 0, 0]);
    let crc = chunk.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    });
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    png.extend(chunk);
    png.extend((!crc).to_be_bytes());
    png.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    png
}

#[test]
fn facts_come_from_the_bytes_and_not_from_the_name() {
    assert_eq!(size(&as_png(sample(30, 20))), (30, 20, Format::Png));
    assert_eq!(size(&as_jpeg(sample(30, 20))), (30, 20, Format::Jpeg));
    let webp = make(
        &as_png(sample(30, 20)),
        Op::Scale(30, 20),
        Encoding::Webp(80),
    );
    assert_eq!(size(&webp), (30, 20, Format::Webp));
    assert!(!Format::Png.fits("jpg") && Format::Jpeg.fits("JPEG"));
}

#[test]
fn a_bomb_is_refused_by_its_header() {
    let bomb = png_header(65_000, 65_000);
    let fault = Facts::read(&bomb).unwrap_err();
    assert_eq!(
        fault,
        Fault::TooLarge {
            width: 65_000,
            height: 65_000
        }
    );
    assert!(
        fault.message("b.png").contains("4225 megapixels"),
        "{}",
        fault.message("b.png")
    );
    // A header that tells less and a body that is missing: damaged, whatever is asked for.
    let cut = png_header(100, 100);
    let facts = Facts::read(&cut).unwrap();
    let spec = Spec {
        op: Op::FitWidth(10),
        encoding: Encoding::Png,
    };
    let made = render(&cut, &facts, &[spec], &Budget::default());
    assert!(matches!(made, Err(Fault::Broken(_))), "{made:?}");
}

#[test]
fn what_does_not_fit_into_the_budget_is_not_decoded() {
    let png = as_png(sample(100, 100));
    let facts = Facts::read(&png).unwrap();
    let spec = Spec {
        op: Op::FitWidth(10),
        encoding: Encoding::Png,
    };
    let made = render(&png, &facts, &[spec], &Budget::new(10_000));
    assert_eq!(
        made,
        Err(Fault::TooLarge {
            width: 100,
            height: 100
        })
    );
}

#[test]
fn a_truncated_jpeg_is_damaged_wherever_it_ends() {
    let jpeg = turned(&sample(64, 64), 1);
    assert!(Facts::read(&jpeg).is_ok());
    for end in [jpeg.len() - 2, jpeg.len() / 2, 40] {
        let fault = Facts::read(&jpeg[..end]).unwrap_err();
        assert!(matches!(fault, Fault::Broken(_)), "{end}: {fault:?}");
    }
    // What phones append behind the end harms nothing.
    let mut longer = jpeg.clone();
    longer.extend(b"trailer");
    assert!(Facts::read(&longer).is_ok());
}

#[test]
fn formats_that_are_no_help_to_browsers_are_named() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    assert_eq!(Facts::read(heic), Err(Fault::Heic));
    assert!(Fault::Heic.hint().contains("heif-convert"));
    assert_eq!(Facts::read(b"hello"), Err(Fault::Unknown));
    assert_eq!(Facts::read(b""), Err(Fault::Unknown));
    assert_eq!(Facts::read(b"BM\0\0\0\0"), Err(Fault::Unreadable("BMP")));
}

#[test]
fn orientation_is_honoured_and_metadata_goes() {
    // Seen upright, what was on the left is above: the sensor lay on its side.
    let jpeg = turned(&sample(80, 40), 6);
    assert_eq!(size(&jpeg), (40, 80, Format::Jpeg));
    assert!(jpeg.windows(4).any(|bytes| bytes == b"CAM\0"));
    let made = make(&jpeg, Op::FitWidth(20), Encoding::Jpeg(95));
    assert_eq!(size(&made), (20, 40, Format::Jpeg));
    assert!(
        !made
            .windows(4)
            .any(|bytes| bytes == b"CAM\0" || bytes == b"Exif")
    );
    let pixels = image::load_from_memory(&made).unwrap().to_rgb8();
    let above = pixels.get_pixel(12, 5);
    let below = pixels.get_pixel(12, 35);
    assert!(above.0[0] > 150 && above.0[2] < 60, "{above:?}");
    assert!(below.0[2] > 150 && below.0[0] < 60, "{below:?}");
}

#[test]
fn all_orientations_show_the_same_picture() {
    let upright = sample(60, 40);
    for orientation in 1..=8u8 {
        let exif = image::metadata::Orientation::from_exif(orientation).unwrap();
        // Laid down the other way round, so that turning it stands it up again.
        let back = match exif {
            image::metadata::Orientation::Rotate90 => image::metadata::Orientation::Rotate270,
            image::metadata::Orientation::Rotate270 => image::metadata::Orientation::Rotate90,
            other => other,
        };
        let mut lying = DynamicImage::ImageRgb8(upright.clone());
        lying.apply_orientation(back);
        let jpeg = turned(&lying.to_rgb8(), orientation);
        let made = make(&jpeg, Op::Fill(30, 20), Encoding::Png);
        let pixels = image::load_from_memory(&made).unwrap().to_rgb8();
        assert!(pixels.get_pixel(3, 5).0[0] > 150, "{orientation}");
        assert!(pixels.get_pixel(26, 5).0[2] > 150, "{orientation}");
        assert!(pixels.get_pixel(15, 19).0[1] > 120, "{orientation}");
    }
}

#[test]
fn the_same_bytes_give_the_same_bytes() {
    let jpeg = as_jpeg(sample(300, 200));
    for encoding in [
        Encoding::Jpeg(75),
        Encoding::Png,
        Encoding::Webp(75),
        Encoding::WebpLossless,
    ] {
        let one = make(&jpeg, Op::FitWidth(150), encoding);
        assert_eq!(one, make(&jpeg, Op::FitWidth(150), encoding));
        assert_eq!((150, 100), (size(&one).0, size(&one).1));
    }
}

#[test]
fn what_is_transparent_stays_so_or_becomes_white() {
    let png = as_png(RgbaImage::from_pixel(20, 20, Rgba([255, 0, 0, 0])));
    let jpeg = make(&png, Op::Scale(10, 10), Encoding::Jpeg(90));
    let pixel = *image::load_from_memory(&jpeg)
        .unwrap()
        .to_rgb8()
        .get_pixel(5, 5);
    assert!(pixel.0.iter().all(|channel| *channel > 250), "{pixel:?}");
    let webp = make(&png, Op::Scale(10, 10), Encoding::Webp(80));
    assert_eq!(
        image::load_from_memory(&webp)
            .unwrap()
            .to_rgba8()
            .get_pixel(5, 5)
            .0[3],
        0
    );
    let facts = Facts::read(&png).unwrap();
    assert_eq!(colour(&png, &facts, &Budget::default()), Ok(None));
}

#[test]
fn the_colour_is_the_average() {
    let png = as_png(RgbImage::from_fn(40, 40, |x, _| {
        if x < 20 {
            Rgb([100, 0, 0])
        } else {
            Rgb([0, 0, 100])
        }
    }));
    let facts = Facts::read(&png).unwrap();
    let found = colour(&png, &facts, &Budget::default()).unwrap().unwrap();
    assert_eq!(found.css(), "#320032");
}

#[test]
fn many_results_need_one_decoding_and_no_more_room() {
    let png = as_png(sample(400, 300));
    let facts = Facts::read(&png).unwrap();
    let spec = |width, encoding| Spec {
        op: Op::FitWidth(width),
        encoding,
    };
    let specs = [
        spec(200, Encoding::Webp(75)),
        spec(200, Encoding::Jpeg(75)),
        spec(100, Encoding::Webp(75)),
    ];
    let budget = Budget::new(400 * 300 * 3 + 200 * 150 * 8);
    let together = render(&png, &facts, &specs, &budget).unwrap();
    for (spec, made) in specs.iter().zip(together) {
        let alone = render(&png, &facts, &[*spec], &budget).unwrap();
        assert_eq!(alone, [made]);
    }
    assert!(budget.hold(400 * 300 * 3 + 200 * 150 * 8).is_some());
}

#[test]
fn names_say_what_they_hold_and_change_with_it() {
    let facts = Facts::read(&as_png(sample(20, 20))).unwrap();
    let spec = Spec {
        op: Op::FitWidth(10),
        encoding: Encoding::Webp(75),
    };
    let name = output_path("WhatsApp Image 2026-11-22 at 10.00.00", &facts, spec);
    let start = "processed_images/whatsapp-image-2026-11-22-at-10-00-00.";
    assert!(name.starts_with(start) && name.ends_with(".webp"), "{name}");
    let mut others = vec![key(facts.print, spec)];
    others.push(key(Fingerprint::of("other"), spec));
    for op in [
        Op::FitWidth(11),
        Op::FitHeight(10),
        Op::Fit(10, 0),
        Op::Scale(10, 0),
        Op::Fill(10, 0),
    ] {
        others.push(key(facts.print, Spec { op, ..spec }));
    }
    for encoding in [
        Encoding::Webp(76),
        Encoding::Jpeg(75),
        Encoding::Png,
        Encoding::WebpLossless,
        Encoding::Avif(75),
    ] {
        others.push(key(facts.print, Spec { encoding, ..spec }));
    }
    let all = others.len();
    others.sort();
    others.dedup();
    assert_eq!(others.len(), all);
    assert_eq!(output_path("日本", &facts, spec).matches('.').count(), 2);
    assert!(output_path("؟؟", &facts, spec).starts_with("processed_images/picture."));
}

#[test]
fn a_gif_moves_and_a_drawing_is_not_resized() {
    let mut gif = Vec::new();
    {
        let mut encoder = image::codecs::gif::GifEncoder::new(&mut gif);
        let frame = |red| image::Frame::new(RgbaImage::from_pixel(8, 6, Rgba([red, 0, 0, 255])));
        encoder.encode_frames([frame(0), frame(200)]).unwrap();
    }
    let facts = Facts::read(&gif).unwrap();
    assert!(facts.moves && !facts.can_be_resized());
    assert_eq!((facts.width, facts.height), (8, 6));
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'/>";
    let facts = Facts::read(svg).unwrap();
    let spec = Spec {
        op: Op::FitWidth(5),
        encoding: Encoding::Png,
    };
    assert_eq!(
        render(svg, &facts, &[spec], &Budget::default()),
        Err(Fault::Vector)
    );
}
