//! SVG: its size, and whether it holds a script.

use roxmltree::{Document, Node, ParsingOptions};

use super::fault::Fault;

/// Pixels that browsers give a drawing across and down where it says nothing of its own.
const UNSAID: (f64, f64) = (300.0, 150.0);

/// Elements and texts that a drawing may have: more is no drawing but an attack.
const NODES: u32 = 500_000;

/// What an SVG says of itself.
pub(super) struct Vector {
    /// Pixels across.
    pub(super) width: u32,
    /// Pixels down.
    pub(super) height: u32,
    /// Whether it says how large it is, or what of its plane is shown.
    pub(super) sized: bool,
    /// Whether it holds a script or a handler of events.
    pub(super) scripted: bool,
}

/// Whether bytes look like an SVG: a text whose first element has that name.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4_096)];
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with("<svg")
        || (text.starts_with("<?xml") || text.starts_with("<!")) && text.contains("<svg")
}

/// Reads an SVG.
pub(super) fn read(bytes: &[u8]) -> Result<Vector, Fault> {
    let broken = |words: String| Fault::Broken(words.into());
    let text = std::str::from_utf8(bytes).map_err(|_| broken("it is not UTF-8".into()))?;
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    let text = text.trim_start_matches('\u{feff}');
    let document =
        Document::parse_with_options(text, options).map_err(|error| broken(error.to_string()))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err(Fault::Unknown);
    }
    let said = size(root);
    let (width, height) = (said.0.unwrap_or(UNSAID.0), said.1.unwrap_or(UNSAID.1));
    let whole = |side: f64| side.round().clamp(1.0, 1e6) as u32;
    Ok(Vector {
        width: whole(width),
        height: whole(height),
        sized: said.0.is_some() && said.1.is_some(),
        scripted: document.descendants().any(|node| is_scripted(&node)),
    })
}

/// Width and height, of which one may follow from the other by the view box.
fn size(root: Node<'_, '_>) -> (Option<f64>, Option<f64>) {
    let side = |name| {
        let written = root.attribute(name).and_then(length);
        written.filter(|side| side.is_finite() && *side > 0.0)
    };
    match (side("width"), side("height"), view_box(root)) {
        (Some(width), None, Some((w, h))) => (Some(width), Some(width * h / w)),
        (None, Some(height), Some((w, h))) => (Some(height * w / h), Some(height)),
        (None, None, Some((w, h))) => (Some(w), Some(h)),
        (width, height, _) => (width, height),
    }
}

fn view_box(root: Node<'_, '_>) -> Option<(f64, f64)> {
    let numbers: Vec<f64> = root
        .attribute("viewBox")?
        .split([' ', ',', '\n', '\t'])
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let [_, _, width, height] = numbers[..] else {
        return None;
    };
    let is_size = |side: f64| side.is_finite() && side > 0.0;
    (is_size(width) && is_size(height)).then_some((width, height))
}

/// A length in pixels; none for percentages, which say nothing by themselves.
fn length(written: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 8] = [
        ("rem", 16.0),
        ("em", 16.0),
        ("px", 1.0),
        ("pt", 96.0 / 72.0),
        ("pc", 16.0),
        ("mm", 96.0 / 25.4),
        ("cm", 96.0 / 2.54),
        ("in", 96.0),
    ];
    let written = written.trim();
    for (unit, pixels) in UNITS {
        if let Some(number) = written.strip_suffix(unit) {
            return Some(number.trim().parse::<f64>().ok()? * pixels);
        }
    }
    written.parse().ok()
}

fn is_scripted(node: &Node<'_, '_>) -> bool {
    if !node.is_element() {
        return false;
    }
    let runs = |value: &str| {
        let plain: String = value.chars().filter(|c| !c.is_whitespace()).collect();
        plain.to_ascii_lowercase().starts_with("javascript:")
    };
    node.tag_name().name().eq_ignore_ascii_case("script")
        || node.attributes().any(|attribute| {
            let name = attribute.name().as_bytes();
            let is_handler = name.len() > 2 && name[..2].eq_ignore_ascii_case(b"on");
            is_handler || runs(attribute.value())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sized(attributes: &str) -> Option<(u32, u32)> {
        let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}/>");
        read(text.as_bytes())
            .ok()
            .map(|read| (read.width, read.height))
    }

    #[test]
    fn it_is_known_whether_a_drawing_says_its_size() {
        let says = |attributes: &str| {
            let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}/>");
            read(text.as_bytes()).unwrap().sized
        };
        assert!(says("width='9' height='9'") && says("viewBox='0 0 1 1'"));
        assert!(!says("") && !says("width='9'") && !says("width='100%' height='100%'"));
    }

    #[test]
    fn sizes_come_from_either_side_or_the_view_box() {
        assert_eq!(sized("width='20' height='10px'"), Some((20, 10)));
        assert_eq!(sized("viewBox='0 0 64 32'"), Some((64, 32)));
        assert_eq!(sized("width='128' viewBox='0,0 64,32'"), Some((128, 64)));
        assert_eq!(
            sized("width='100%' height='100%' viewBox='0 0 4 3'"),
            Some((4, 3))
        );
        assert_eq!(sized("width='1in' height='2.54cm'"), Some((96, 96)));
        assert_eq!(sized("width='2em' height='1rem'"), Some((32, 16)));
    }

    #[test]
    fn a_drawing_that_says_nothing_has_the_size_that_browsers_give_it() {
        for nothing in [
            "",
            "width='100%' height='100%'",
            "viewBox='0 0 0 0'",
            "viewBox='0 0 nan 4'",
            "viewBox='0 0 inf 4'",
            "width='0' height='-4'",
            "width='nan'",
        ] {
            assert_eq!(sized(nothing), Some((300, 150)), "{nothing}");
        }
        assert_eq!(sized("width='40'"), Some((40, 150)));
        assert_eq!(sized("height='40' viewBox='0 0 0 9'"), Some((300, 40)));
    }

    fn scripted(inside: &str) -> bool {
        let text =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">{inside}</svg>");
        read(text.as_bytes()).is_ok_and(|read| read.scripted)
    }

    #[test]
    fn scripts_are_seen_wherever_they_hide() {
        assert!(scripted("<script>alert(1)</script>"));
        assert!(scripted("<g onload='alert(1)'/>"));
        assert!(scripted("<a href=' java\nscript:alert(1)'/>"));
        assert!(!scripted("<path d='M0 0'/><a href='https://a.example'/>"));
    }

    #[test]
    fn entities_that_grow_are_refused() {
        let mut text = String::from("<!DOCTYPE svg [<!ENTITY a0 \"xxxxxxxxxx\">");
        for level in 1..12 {
            let more = format!("&a{};", level - 1).repeat(10);
            text.push_str(&format!("<!ENTITY a{level} \"{more}\">"));
        }
        text.push_str("]><svg viewBox='0 0 1 1'>&a11;</svg>");
        assert!(matches!(read(text.as_bytes()), Err(Fault::Broken(_))));
    }
}
