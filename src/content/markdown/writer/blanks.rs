//! Links and pictures that are none, since blanks stand in their addresses: `![Kelas](Foto kelas.jpg)`
//! is text by the rules of Markdown, and no author means it.

use super::Writer;
use crate::diag::Diagnostic;
use memchr::memchr_iter;
use std::ops::Range;

/// Endings of files that texts link to. A picture is known by its `!`.
const FILES: [&str; 24] = [
    "avif", "csv", "doc", "docx", "gif", "heic", "htm", "html", "jpeg", "jpg", "md", "mp3", "mp4",
    "odt", "pdf", "png", "ppt", "pptx", "svg", "txt", "webp", "xls", "xlsx", "zip",
];

/// How far is looked, in bytes, for the end of an address and the beginning of its words.
const LONGEST: usize = 512;

impl Writer<'_, '_> {
    /// Tells of such links in a stretch of text that the parser took for no link.
    pub(super) fn check_blanks(&mut self, range: &Range<usize>) {
        if self.code.is_some() {
            return;
        }
        let whole: &str = &self.text.text;
        let ends = memchr_iter(b']', &whole.as_bytes()[range.clone()]);
        let found: Vec<Split> = ends
            .filter_map(|at| split(whole, range.start + at))
            .collect();
        for Split { range, image } in found {
            let address = &whole[range.clone()];
            let what = if image { "picture" } else { "link" };
            let message = format!("this is no {what}, since blanks stand in its address");
            let told = Diagnostic::error("address-blanks", message);
            let label = format!("put it in angle brackets: (<{}>)", address.trim());
            self.report(told, range, &label);
        }
    }
}

/// An address with blanks, and whether it is that of a picture.
struct Split {
    range: Range<usize>,
    image: bool,
}

/// What stands behind the bracket that closes at `end`, if it is such an address.
fn split(text: &str, end: usize) -> Option<Split> {
    let rest = text[end..].strip_prefix("](")?;
    let near = &rest[..rest.floor_char_boundary(LONGEST)];
    let line = near.lines().next()?;
    let address = &line[..closing(line)?];
    let begin = text.floor_char_boundary(end.saturating_sub(LONGEST));
    let open = begin + text[begin..end].rfind('[')?;
    if text[..open].ends_with('\\') {
        return None;
    }
    let image = text[..open].ends_with('!');
    let trimmed = address.trim();
    let (_, behind) = trimmed.split_once([' ', '\t'])?;
    if trimmed.starts_with('<') || is_title(behind.trim_start()) {
        return None;
    }
    let (_, ending) = trimmed.rsplit_once('.')?;
    let is_file = FILES.iter().any(|known| ending.eq_ignore_ascii_case(known));
    let start = end + 2;
    is_file.then(|| Split {
        range: start..start + address.len(),
        image,
    })
}

/// The bracket that closes what is open, with all that opens in between.
fn closing(line: &str) -> Option<usize> {
    let mut open = 0_usize;
    line.char_indices().find_map(|(at, letter)| {
        match letter {
            '(' => open += 1,
            ')' if open == 0 => return Some(at),
            ')' => open -= 1,
            _ => {}
        }
        None
    })
}

fn is_title(text: &str) -> bool {
    [('"', '"'), ('\'', '\''), ('(', ')')]
        .iter()
        .any(|(open, close)| text.starts_with(*open) && text.ends_with(*close))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&str, bool)> {
        let split = split(text, text.find("](")?)?;
        Some((&text[split.range], split.image))
    }

    #[test]
    fn names_of_files_with_blanks_are_seen() {
        let whatsapp = "WhatsApp Image 2026-11-22 at 10.00.00.jpeg";
        let picture = format!("![Kelas]({whatsapp})");
        assert_eq!(found(&picture), Some((whatsapp, true)));
        assert_eq!(found("a [b](c d.PDF) e"), Some(("c d.PDF", false)));
        assert_eq!(found("![x](foto (1).jpg)"), Some(("foto (1).jpg", true)));
        for fine in [
            "![x](<a b.jpg>)",
            "![x](a.jpg \"b.jpg\")",
            "![x](a.jpg 'b')",
            "[x](not a file)",
            "[x](see p. 4)",
            "![x](a b.jpg",
            "](a b.jpg)",
            "\\[x](a b.jpg)",
        ] {
            assert_eq!(found(fine), None, "{fine}");
        }
    }
}
