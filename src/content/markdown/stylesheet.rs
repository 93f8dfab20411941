//! The stylesheet of highlighted code: each kind of token in a light and a dark colour.

use super::highlight::{self, Palette, Rgb};
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
/// `<html data-theme="light">` or `"dark"` overrides that; a browser that does not know
/// `light-dark()` shows plain text. Colours with too little contrast are moved towards black or
/// white until they can be read.
///
/// # Errors
///
/// A theme that does not exist is the diagnostic `highlight-theme`, without a place.
pub fn stylesheet(light_theme: &str, dark_theme: &str) -> Result<String, Diagnostic> {
    let light = palette(light_theme)?;
    let dark = palette(dark_theme)?;
    let groups = groups(&light, &dark);
    let mut css = format!(
        ".hl{{color-scheme:light dark;color:{};background-color:{}}}\n\
         [data-theme=light] .hl{{color-scheme:light}}\n\
         [data-theme=dark] .hl{{color-scheme:dark}}\n",
        both(light.text, dark.text),
        both(light.back, dark.back),
    );
    for group in &groups {
        push_rule(&mut css, group, [&light, &dark]);
    }
    Ok(css)
}

/// Tokens that look the same in both themes.
type Group = Vec<(usize, &'static str)>;

/// All tokens but those that look like plain text.
fn groups(light: &Palette, dark: &Palette) -> Vec<Group> {
    let look = |at: usize| (light.styles[at], dark.styles[at]);
    let is_plain = |at: usize| {
        [light, dark].into_iter().all(|palette| {
            let style = &palette.styles[at];
            style.colour == palette.text && !style.italic && !style.bold
        })
    };
    let mut groups: Vec<Group> = Vec::new();
    for (at, name) in highlight::class_names().enumerate() {
        if is_plain(at) {
            continue;
        }
        match groups.iter_mut().find(|group| look(group[0].0) == look(at)) {
            Some(group) => group.push((at, name)),
            None => groups.push(vec![(at, name)]),
        }
    }
    groups
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

/// What is bold or italic in one theme is so in both: fonts know no scheme.
fn push_rule(css: &mut String, group: &[(usize, &str)], palettes: [&Palette; 2]) {
    let Some((at, _)) = group.first() else {
        return;
    };
    let classes: Vec<String> = group
        .iter()
        .map(|(_, name)| format!(".hl-{name}"))
        .collect();
    let [light, dark] = palettes.map(|palette| &palette.styles[*at]);
    // Writing to a string cannot fail.
    let _ = write!(
        css,
        "{}{{color:{}",
        classes.join(","),
        both(light.colour, dark.colour)
    );
    if light.italic || dark.italic {
        css.push_str(";font-style:italic");
    }
    if light.bold || dark.bold {
        css.push_str(";font-weight:bold");
    }
    css.push_str("}\n");
}

/// A colour for either scheme.
fn both(light: Rgb, dark: Rgb) -> String {
    format!("light-dark({},{})", hex(light), hex(dark))
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
            "{color-scheme:light dark;color:light-dark(#",
            "[data-theme=dark] .hl{color-scheme:dark}",
            ".hl-keyword,",
        ] {
            assert!(css.contains(part), "{part} in {css}");
        }
        assert!(css.len() < 1_500, "{}", css.len());
        assert_eq!(css.matches('{').count(), css.matches('}').count());
    }

    #[test]
    fn what_looks_alike_is_said_once() {
        let css = stylesheet(DEFAULT_LIGHT_THEME, DEFAULT_DARK_THEME).unwrap();
        assert!(
            css.contains(".hl-string,.hl-regexp{color:light-dark(#"),
            "{css}"
        );
        // Links look like plain text in both themes.
        assert!(!css.contains("hl-link"), "{css}");
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
