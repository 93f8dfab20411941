//! Social cards: a drawing as SVG, with fonts that are given, to a PNG of 1200 × 630.
//!
//! Neither fonts of the machine nor files that a drawing names are looked at: the same drawing
//! gives the same bytes everywhere.

use std::sync::Arc;

use crate::base::{Fingerprint, Hasher};
use drawn::Faces;

/// Pixels across.
pub const CARD_WIDTH: u32 = 1_200;

/// Pixels down.
pub const CARD_HEIGHT: u32 = 630;

/// Messengers drop larger pictures; bytes.
pub const CARD_LIMIT: usize = 300 * 1024;

/// Stands for how cards are drawn: raise it whenever the bytes of a card change.
const CARD_VERSION: u64 = 1;

/// A text in lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrapped {
    /// The lines, in the order of reading.
    pub lines: Vec<String>,
    /// The size that they fit in.
    pub size: u32,
    /// Letters that no font has, left out.
    pub missing: Vec<char>,
}

/// Fonts of a theme, each read once for all cards.
#[derive(Clone, Debug, Default)]
pub struct Fonts {
    files: Vec<Arc<Vec<u8>>>,
    faces: Faces,
    print: Fingerprint,
}

impl Fonts {
    /// Of these files.
    pub fn new(files: Vec<Vec<u8>>) -> Self {
        let mut hasher = Hasher::new();
        for file in &files {
            hasher.bytes(file);
        }
        let files: Vec<_> = files.into_iter().map(Arc::new).collect();
        Self {
            print: hasher.finish(),
            faces: drawn::faces(&files),
            files,
        }
    }

    /// Whether nothing can be written with them.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Stands for them.
    pub fn print(&self) -> Fingerprint {
        self.print
    }

    /// Stands for the card of a drawing.
    pub fn key(&self, svg: &[u8]) -> Fingerprint {
        let mut hasher = Hasher::new();
        hasher.text("card").number(CARD_VERSION).print(self.print);
        hasher.bytes(svg).finish()
    }

    /// Breaks a text into lines: in the first of `sizes` in which it needs no more than `most`, or
    /// in the last one, shortened.
    pub fn wrap(&self, text: &str, width: u32, sizes: &[u32], most: usize, weight: u16) -> Wrapped {
        let measure = self.measure(weight);
        let mut missing: Vec<char> = Vec::new();
        let known: String = text
            .chars()
            .filter(|letter| {
                let known = letter.is_whitespace() || measure(*letter).is_some();
                if !known && !missing.contains(letter) {
                    missing.push(*letter);
                }
                known
            })
            .collect();
        let long = |text: &str, size: u32| -> f32 {
            let ems: f32 = text.chars().filter_map(&measure).sum();
            ems * size as f32
        };
        let mut wrapped = Wrapped {
            missing,
            ..Wrapped::default()
        };
        for (at, size) in sizes.iter().enumerate() {
            let fits = |text: &str| long(text, *size) <= width as f32;
            let (lines, whole) = lines(&known, most, &fits);
            wrapped.size = *size;
            wrapped.lines = lines;
            if whole || at + 1 == sizes.len() {
                break;
            }
        }
        wrapped
    }
}

/// Breaks a text into at most so many lines; whether all of it is in them.
fn lines(text: &str, most: usize, fits: &dyn Fn(&str) -> bool) -> (Vec<String>, bool) {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if fits(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        // A word that is longer than a line is broken where it must be.
        for letter in word.chars() {
            line.push(letter);
            if !fits(&line) && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() <= most {
        return (lines, true);
    }
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        shorten(last, fits);
    }
    (lines, false)
}

/// Ends a line with an ellipsis, at a word where that leaves enough.
fn shorten(line: &mut String, fits: &dyn Fn(&str) -> bool) {
    while !fits(&format!("{line}…")) {
        match line.rfind(' ') {
            Some(at) if at > 0 => line.truncate(at),
            _ => {
                if line.pop().is_none() {
                    return;
                }
            }
        }
    }
    let end = line
        .trim_end_matches([',', '.', ':', ';', '-', '–', ' '])
        .len();
    line.truncate(end);
    line.push('…');
}

#[cfg(feature = "social-cards")]
mod drawn {
    use std::sync::Arc;

    use image::{DynamicImage, RgbaImage};
    use resvg::tiny_skia::{Color, Pixmap, Transform};
    use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};
    use skrifa::instance::{LocationRef, Size};
    use skrifa::{FontRef, MetadataProvider};

    use super::super::{Budget, Encoding, encode};
    use super::{CARD_HEIGHT, CARD_WIDTH, Fonts};

    /// Fonts as the drawing looks for them.
    pub(super) type Faces = Arc<fontdb::Database>;

    /// The faces of these files.
    pub(super) fn faces(files: &[Arc<Vec<u8>>]) -> Faces {
        let mut faces = fontdb::Database::new();
        for file in files {
            faces.load_font_source(fontdb::Source::Binary(file.clone()));
        }
        Arc::new(faces)
    }

    impl Fonts {
        /// How wide a letter is, in parts of the size, in the face that is nearest to a weight;
        /// none for a letter that no face has.
        pub(super) fn measure(&self, weight: u16) -> impl Fn(char) -> Option<f32> {
            let fonts = self.files.iter().filter_map(|file| FontRef::new(file).ok());
            let mut fonts: Vec<FontRef<'_>> = fonts.collect();
            fonts.sort_by_key(|font| {
                let own = font.attributes().weight.value();
                (own - f32::from(weight)).abs() as u32
            });
            move |letter| {
                fonts.iter().find_map(|font| {
                    let glyph = font.charmap().map(letter)?;
                    let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
                    metrics.advance_width(glyph)
                })
            }
        }

        /// Draws a card, or says why that cannot be.
        pub fn draw(&self, svg: &str, budget: &Budget) -> Result<Vec<u8>, String> {
            let options = Options {
                fontdb: self.faces.clone(),
                image_href_resolver: ImageHrefResolver {
                    // A picture inside the drawing is taken, a file that it names is not.
                    resolve_data: ImageHrefResolver::default_data_resolver(),
                    resolve_string: Box::new(|_, _| None),
                },
                ..Options::default()
            };
            let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
            let _held = budget.hold(u64::from(CARD_WIDTH * CARD_HEIGHT) * 8);
            let mut pixels = Pixmap::new(CARD_WIDTH, CARD_HEIGHT).ok_or("no memory")?;
            // What is left empty is white.
            pixels.fill(Color::WHITE);
            let size = tree.size();
            let scale = Transform::from_scale(
                CARD_WIDTH as f32 / size.width(),
                CARD_HEIGHT as f32 / size.height(),
            );
            resvg::render(&tree, scale, &mut pixels.as_mut());
            // Nothing shines through, so what is multiplied by its opacity is as it was.
            let rgba = RgbaImage::from_raw(CARD_WIDTH, CARD_HEIGHT, pixels.take());
            let rgb = DynamicImage::from(rgba.ok_or("no pixels")?).to_rgb8();
            encode::encode(&DynamicImage::ImageRgb8(rgb), Encoding::Png)
                .map_err(|fault| fault.message("the card"))
        }
    }

    /// Whether cards can be drawn by this program.
    pub const CAN_DRAW: bool = true;
}

#[cfg(not(feature = "social-cards"))]
mod drawn {
    use std::sync::Arc;

    use super::super::Budget;
    use super::Fonts;

    /// None: nothing is drawn.
    pub(super) type Faces = ();

    pub(super) fn faces(_: &[Arc<Vec<u8>>]) -> Faces {}

    impl Fonts {
        pub(super) fn measure(&self, _: u16) -> impl Fn(char) -> Option<f32> + use<> {
            |_| Some(0.6)
        }

        /// Draws nothing: this program was built without.
        pub fn draw(&self, _: &str, _: &Budget) -> Result<Vec<u8>, String> {
            Err("this program was built without social-cards".to_owned())
        }
    }

    /// Whether cards can be drawn by this program.
    pub const CAN_DRAW: bool = false;
}

pub use drawn::CAN_DRAW;

#[cfg(all(test, feature = "social-cards"))]
mod tests {
    use super::*;
    use crate::picture::{Budget, Facts};

    fn fonts() -> Fonts {
        Fonts::new(vec![
            include_bytes!("../../themes/akademi/fonts/plus-jakarta-sans-800.ttf").to_vec(),
            include_bytes!("../../themes/akademi/fonts/noto-sans-arabic-700.ttf").to_vec(),
        ])
    }

    const SIZES: [u32; 3] = [72, 60, 48];

    #[test]
    fn a_short_title_is_one_large_line() {
        let wrapped = fonts().wrap("Belajar Python", 1_000, &SIZES, 4, 800);
        assert_eq!(
            (wrapped.lines, wrapped.size),
            (vec!["Belajar Python".to_owned()], 72)
        );
    }

    #[test]
    fn a_title_of_three_hundred_letters_is_shortened() {
        let title = "Panduan lengkap untuk pemula ".repeat(11);
        let wrapped = fonts().wrap(&title[..300], 1_000, &SIZES, 4, 800);
        assert_eq!((wrapped.lines.len(), wrapped.size), (4, 48));
        assert!(wrapped.lines[3].ends_with('…'), "{:?}", wrapped.lines);
        let one = fonts().wrap(&"x".repeat(300), 1_000, &SIZES, 4, 800);
        assert_eq!(one.lines.len(), 4);
    }

    #[test]
    fn letters_without_a_font_are_left_out_and_told() {
        let wrapped = fonts().wrap("Kode 日本 كود", 1_000, &SIZES, 4, 800);
        assert_eq!(wrapped.missing, ['日', '本']);
        assert_eq!(wrapped.lines, ["Kode كود"]);
    }

    #[test]
    fn a_card_is_drawn_the_same_each_time_and_reads_no_file() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1200 630'>\
                   <rect width='1200' height='630' fill='#234'/><image href='/etc/hostname.png' width='9' height='9'/>\
                   <text x='80' y='300' font-family='Plus Jakarta Sans' font-size='64' fill='#fff'>Kelas كود</text></svg>";
        let fonts = fonts();
        let card = fonts.draw(svg, &Budget::default()).unwrap();
        assert_eq!(card, fonts.draw(svg, &Budget::default()).unwrap());
        let facts = Facts::read(&card).unwrap();
        assert_eq!((facts.width, facts.height), (CARD_WIDTH, CARD_HEIGHT));
        assert!(card.len() < CARD_LIMIT);
        // With letters on it, it is not the card without.
        let bare = svg.replace("Kelas كود", "");
        assert_ne!(card, fonts.draw(&bare, &Budget::default()).unwrap());
        assert!(fonts.draw("<svg", &Budget::default()).is_err());
    }
}
