//! Pictures of a case: described in a line, drawn by the harness.

use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, Frame, ImageEncoder, Rgb, RgbImage, buffer::ConvertBuffer};

/// The bytes of a picture: `png 40x30`, `jpeg 40x30 turned 6`, `gif 8x8`; with `cut` behind it the
/// first half of them, `heic` the head of one, `png-header 65000x65000` a header alone.
pub(crate) fn made(body: &str) -> Result<Vec<u8>, String> {
    let line = body.trim();
    let mut words = line.split_whitespace();
    let format = words.next().unwrap_or_default();
    if format == "heic" {
        return Ok(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec());
    }
    let wrong = || format!("no picture is described by `{line}`");
    let (width, height) = words
        .next()
        .and_then(|size| size.split_once('x'))
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)))
        .ok_or_else(wrong)?;
    if format == "png-header" {
        return Ok(header(width, height));
    }
    let rest: Vec<&str> = words.collect();
    let turned = match rest.iter().position(|word| *word == "turned") {
        Some(at) => rest
            .get(at + 1)
            .and_then(|word| word.parse().ok())
            .ok_or_else(wrong)?,
        None => 1,
    };
    let mut bytes = encoded(format, &drawn(width, height), turned).ok_or_else(wrong)?;
    if rest.contains(&"cut") {
        bytes.truncate(bytes.len() / 2);
    }
    Ok(bytes)
}

fn drawn(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x * 200 / width) as u8, (y * 200 / height) as u8, 90])
    })
}

fn encoded(format: &str, pixels: &RgbImage, turned: u8) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (width, height) = pixels.dimensions();
    let kind = ExtendedColorType::Rgb8;
    match format {
        "png" => PngEncoder::new(&mut out)
            .write_image(pixels, width, height, kind)
            .ok()?,
        "jpeg" => {
            let mut encoder = JpegEncoder::new_with_quality(&mut out, 90);
            let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
            exif.extend([turned, 0, 0, 0, 0, 0, 0, 0]);
            encoder.set_exif_metadata(exif).ok()?;
            encoder.write_image(pixels, width, height, kind).ok()?;
        }
        "gif" => {
            let frame = |by: u8| {
                let mut pixels = pixels.clone();
                pixels.pixels_mut().for_each(|pixel| pixel.0[2] += by);
                Frame::new(pixels.convert())
            };
            GifEncoder::new(&mut out)
                .encode_frames([frame(0), frame(90)])
                .ok()?;
        }
        _ => return None,
    }
    Some(out)
}

/// The header of a PNG of this size, and nothing behind it.
fn header(width: u32, height: u32) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend(width.to_be_bytes());
    chunk.extend(height.to_be_bytes());
    chunk.extend([8, 6, 0, 0, 0]);
    let step = |crc: u32, _| (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
    let crc = chunk
        .iter()
        .fold(!0u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step));
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    png.extend(chunk);
    png.extend((!crc).to_be_bytes());
    png.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    png
}

#[test]
fn what_is_described_is_drawn() {
    assert_eq!(
        made("png 4x3\n").map(|bytes| bytes[1..4].to_vec()),
        Ok(b"PNG".to_vec())
    );
    let (whole, half) = (made("jpeg 9x9").unwrap(), made("jpeg 9x9 cut").unwrap());
    assert_eq!(whole[..half.len()], half);
    assert!(made("bmp 4x3").is_err() && made("png").is_err());
}
