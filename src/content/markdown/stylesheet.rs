//! The stylesheet of highlighted code: a light and a dark theme as custom properties.

use super::highlight::{self, Palette, Rgb, Style};
use crate::base::text::nearest;
use crate::diag::Diagnostic;
use std::fmt::Write;

/// The light theme of a site that names none.
pub const DEFAULT_LIGHT_THEME: &str = "InspiredGitHub";

/// The dark theme of a site that names none.
pub const DEFAULT_DARK_THEME: &str = "OneHalfDark";

/// The least contrast of text and background: level AA of WCAG 2.
const CONTRAST: f64 = 4.5;

/// CSS for highlighted code. The dark theme holds where the reader's system asks for it, and
/// `<html data-theme="light">` or `"dark"` overrides that. Colours with too little contrast are
/// moved towards black or white until they can be read.
///
/// # Errors
///
/// A theme that does not exist is the diagnostic `highlight-theme`, without a place.
pub fn stylesheet(light_theme: &str, dark_theme: &str) -> Result<String, Diagnostic> {
    let light = palette(light_theme)?;
    let dark = palette(dark_theme)?;
    let (on_light, on_dark) = (properties(&light), properties(&dark));
    let mut css = format!(
        ":root{{{on_light}}}\n\
         @media (prefers-color-scheme:dark){{:root:not([data-theme=\"light\"]){{{on_dark}}}}}\n\
         :root[data-theme=\"dark\"]{{{on_dark}}}\n\
         .hl{{color:var(--hl-text);background-color:var(--hl-back)}}\n"
    );
    for (at, name) in highlight::class_names().enumerate() {
        push_rule(&mut css, name, &[&light.styles[at], &dark.styles[at]]);
    }
    Ok(css)
}

fn palette(name: &str) -> Result<Palette, Diagnostic> {
    let Some(mut palette) = highlight::palette(name) else {
        return Err(unknown(name));
    };
    palette.text = legible(palette.text, palette.back);
    for style in &mut palette.styles {
        style.colour = legible(style.colour, palette.back);
    }
    Ok(palette)
}

fn unknown(name: &str) -> Diagnostic {
    let message = format!("there is no highlighting theme `{name}`");
    let mut known: Vec<&str> = highlight::theme_names().collect();
    known.sort_unstable();
    let hint = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("choose one of: {}", known.join(", ")),
    };
    Diagnostic::error("highlight-theme", message).hint(hint)
}

fn properties(palette: &Palette) -> String {
    let mut css = format!(
        "--hl-text:{};--hl-back:{}",
        hex(palette.text),
        hex(palette.back)
    );
    for (style, name) in palette.styles.iter().zip(highlight::class_names()) {
        // Writing to a string cannot fail.
        let _ = write!(css, ";--hl-{name}:{}", hex(style.colour));
        if style.italic {
            let _ = write!(css, ";--hl-{name}-style:italic");
        }
        if style.bold {
            let _ = write!(css, ";--hl-{name}-weight:bold");
        }
    }
    css
}

fn push_rule(css: &mut String, name: &str, styles: &[&Style]) {
    let _ = write!(css, ".hl-{name}{{color:var(--hl-{name})");
    if styles.iter().any(|style| style.italic) {
        let _ = write!(css, ";font-style:var(--hl-{name}-style,inherit)");
    }
    if styles.iter().any(|style| style.bold) {
        let _ = write!(css, ";font-weight:var(--hl-{name}-weight,inherit)");
    }
    css.push_str("}\n");
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// `colour`, moved away from `back` as far as it must.
fn legible(colour: Rgb, back: Rgb) -> Rgb {
    let goal = if luminance(back) > 0.18 {
        [0; 3]
    } else {
        [255; 3]
    };
    (0..=32)
        .map(|step| mixed(colour, goal, f64::from(step) / 32.0))
        .find(|colour| contrast(*colour, back) >= CONTRAST)
        .unwrap_or(goal)
}

fn mixed(from: Rgb, to: Rgb, share: f64) -> Rgb {
    std::array::from_fn(|i| {
        let (from, to) = (f64::from(from[i]), f64::from(to[i]));
        (from + (to - from) * share).round() as u8
    })
}

/// The contrast of two colours as WCAG 2 defines it, from 1 to 21.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] = colour.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_themes_are_in_it() {
        let css = stylesheet(DEFAULT_LIGHT_THEME, DEFAULT_DARK_THEME).unwrap();
        for part in [
            "@media (prefers-color-scheme:dark)",
            ":root[data-theme=\"dark\"]",
            ".hl-keyword{color:var(--hl-keyword)",
            "--hl-back:#",
        ] {
            assert!(css.contains(part), "{part} in {css}");
        }
        assert!(css.len() < 6_000, "{}", css.len());
        assert_eq!(css.matches('{').count(), css.matches('}').count());
    }

    #[test]
    fn an_unknown_theme_is_an_error() {
        let error = stylesheet("InspireGithub", "OneHalfDark").unwrap_err();
        assert_eq!(error.hints, ["did you mean `InspiredGitHub`?"]);
    }

    #[test]
    fn every_colour_of_every_theme_can_be_read() {
        for name in highlight::theme_names() {
            let palette = palette(name).unwrap();
            for style in &palette.styles {
                assert!(contrast(style.colour, palette.back) >= CONTRAST, "{name}");
            }
            assert!(contrast(palette.text, palette.back) >= CONTRAST, "{name}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert!((contrast([0x77; 3], [255; 3]) - 4.48).abs() < 0.01);
    }
}
