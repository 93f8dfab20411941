//! The address of a YouTube video alone in a paragraph: a call of the component `youtube`.

use super::layout::{stands_first, stands_last};
use crate::content::body::Component;
use crate::content::markdown::source::Source;
use crate::data::node::{Node, Raw};
use memchr::memmem;
use std::ops::Range;

/// How long the name of a video is.
const ID_LENGTH: usize = 11;

/// Every address of a video has this in it.
const SIGN: &str = "youtu";

/// Whether a text has to be searched for videos at all.
pub(super) fn may_hold_videos(text: &str) -> bool {
    memmem::find(text.as_bytes(), SIGN.as_bytes()).is_some()
}

/// The videos of a text, in order, with the component that shows each.
pub(super) fn find(source: &Source<'_>) -> Vec<(Range<usize>, Component)> {
    if !may_hold_videos(&source.text) {
        return Vec::new();
    }
    let mut videos = Vec::new();
    let mut start = 0;
    let mut after_blank = true;
    let mut lines = source.text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let before_blank = lines.peek().is_none_or(|next| next.trim().is_empty());
        let written = line.trim();
        if after_blank && before_blank && written.contains(SIGN) {
            let from = start + (line.len() - line.trim_start().len());
            let range = from..from + written.len();
            videos.extend(video(source, range));
        }
        after_blank = written.is_empty();
        start += line.len();
    }
    videos
}

fn video(source: &Source<'_>, range: Range<usize>) -> Option<(Range<usize>, Component)> {
    let text: &str = &source.text;
    let address = text[range.clone()].trim_matches(['<', '>']);
    let id = id_of(address)?;
    if !(stands_first(text, range.start) && stands_last(text, range.end)) {
        return None;
    }
    let span = source.span(range.clone());
    let value = Node {
        raw: Raw::Text(id.into()),
        span,
    };
    let component = Component {
        name: "youtube".into(),
        name_span: span,
        args: vec![("id".into(), value)],
        span,
        body: None,
        address: Some(address.into()),
    };
    Some((range, component))
}

/// The name of the video that an address leads to.
fn id_of(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://")?;
    let (host, path) = rest.split_once('/')?;
    let after = match host {
        "youtu.be" => path,
        "youtube.com" | "www.youtube.com" | "m.youtube.com" => {
            let parts = ["shorts/", "embed/", "live/"];
            let named = parts.iter().find_map(|part| path.strip_prefix(part));
            named.or_else(|| watched(path))?
        }
        _ => return None,
    };
    let id = after.split(['?', '&', '#', '/']).next()?;
    let is_id = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let plain = !address.contains(|letter: char| letter.is_whitespace() || letter == '<');
    (plain && id.len() == ID_LENGTH && id.chars().all(is_id)).then_some(id)
}

/// What `v` is in `watch?v=…&t=90s`.
fn watched(path: &str) -> Option<&str> {
    let query = path.strip_prefix("watch?")?;
    query.split('&').find_map(|part| part.strip_prefix("v="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_of_a_video_names_it() {
        for address in [
            "https://www.youtube.com/watch?v=abc_DEF-123",
            "https://youtube.com/watch?t=90s&v=abc_DEF-123&list=x",
            "https://m.youtube.com/watch?v=abc_DEF-123#t=4",
            "https://youtu.be/abc_DEF-123?si=xyz",
            "https://www.youtube.com/shorts/abc_DEF-123",
            "https://www.youtube.com/live/abc_DEF-123?feature=share",
            "https://www.youtube.com/embed/abc_DEF-123/",
        ] {
            assert_eq!(id_of(address), Some("abc_DEF-123"), "{address}");
        }
    }

    #[test]
    fn other_addresses_are_no_videos() {
        for address in [
            "https://www.youtube.com/@akademi",
            "https://www.youtube.com/playlist?list=abc_DEF-123",
            "https://youtu.be/short",
            "https://youtu.be/abc_DEF-1234",
            "https://youtu.be.example/abc_DEF-123",
            "https://example.org/?u=https://youtu.be/abc_DEF-123",
            "http://youtu.be/abc_DEF-123",
            "https://youtu.be/abc_DEF-123 dan teks",
        ] {
            assert_eq!(id_of(address), None, "{address}");
        }
    }
}
