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
    let id = Raw::Text(id.into());
    let mut args = vec![("id".into(), Node { raw: id, span })];
    args.extend(start_of(address).map(|seconds| {
        let raw = Raw::Int(seconds.into());
        ("start".into(), Node { raw, span })
    }));
    let component = Component {
        name: "youtube".into(),
        name_span: span,
        args,
        span,
        body: None,
        address: Some(with_scheme(address).into()),
    };
    Some((range, component))
}

/// An address of the web with its scheme, which people leave out before `www.`.
fn with_scheme(address: &str) -> String {
    match address.contains("://") {
        true => address.to_owned(),
        false => format!("https://{address}"),
    }
}

/// The name of the video that an address leads to.
fn id_of(address: &str) -> Option<&str> {
    let rest = after_scheme(address)?;
    let (host, path) = rest.split_once('/')?;
    let after = match &*host.to_ascii_lowercase() {
        "youtu.be" | "www.youtu.be" => path,
        "youtube.com"
        | "www.youtube.com"
        | "m.youtube.com"
        | "music.youtube.com"
        | "youtube-nocookie.com"
        | "www.youtube-nocookie.com" => {
            let parts = ["shorts/", "embed/", "live/", "v/"];
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

fn after_scheme(address: &str) -> Option<&str> {
    let named = ["https://", "http://"].iter();
    let mut named = named.filter_map(|scheme| {
        let (own, rest) = address.split_at_checked(scheme.len())?;
        own.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    named
        .next()
        .or_else(|| address.starts_with("www.").then_some(address))
}

/// What `v` is in `watch?v=…&t=90s`.
fn watched(path: &str) -> Option<&str> {
    let query = path.strip_prefix("watch")?;
    let query = query.strip_prefix('/').unwrap_or(query).strip_prefix('?')?;
    parameters(query).find_map(|part| part.strip_prefix("v="))
}

/// The second at which the video begins: `t=90`, `t=1m30s` or `start=90`, behind `?`, `&` or `#`.
fn start_of(address: &str) -> Option<i64> {
    let (_, query) = address.split_once(['?', '#'])?;
    let written = parameters(query)
        .find_map(|part| part.strip_prefix("t=").or(part.strip_prefix("start=")))?;
    seconds(written).filter(|seconds| *seconds > 0)
}

fn parameters(query: &str) -> impl Iterator<Item = &str> {
    let parts = query.split(['&', '#']);
    // Copied from the source of a page.
    parts.map(|part| part.strip_prefix("amp;").unwrap_or(part))
}

/// `90`, `90s`, `1m30s` or `1h2m3s` as seconds.
fn seconds(written: &str) -> Option<i64> {
    let mut sum = 0_i64;
    let mut number = String::new();
    for letter in written.chars() {
        let unit = match letter.to_ascii_lowercase() {
            digit if digit.is_ascii_digit() => {
                number.push(digit);
                continue;
            }
            'h' => 3_600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        sum = sum.checked_add(number.parse::<i64>().ok()?.checked_mul(unit)?)?;
        number.clear();
    }
    match number.is_empty() {
        true => Some(sum),
        false => sum.checked_add(number.parse().ok()?),
    }
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
            "http://www.youtube.com/watch?v=abc_DEF-123",
            "HTTP://YouTube.com/watch?v=abc_DEF-123",
            "www.youtube.com/watch?v=abc_DEF-123",
            "https://www.youtube.com/watch/?app=desktop&amp;v=abc_DEF-123",
            "https://music.youtube.com/watch?v=abc_DEF-123&feature=shared",
            "https://www.youtube-nocookie.com/embed/abc_DEF-123?rel=0",
        ] {
            assert_eq!(id_of(address), Some("abc_DEF-123"), "{address}");
        }
    }

    #[test]
    fn a_video_begins_where_its_address_says() {
        for (address, begins) in [
            ("https://youtu.be/abc_DEF-123?t=90", Some(90)),
            ("https://youtu.be/abc_DEF-123?si=xyz&t=90s", Some(90)),
            (
                "https://www.youtube.com/watch?v=abc_DEF-123&t=1h2m3s",
                Some(3_723),
            ),
            (
                "https://www.youtube.com/watch?t=1m30&v=abc_DEF-123",
                Some(90),
            ),
            ("https://www.youtube.com/embed/abc_DEF-123?start=7", Some(7)),
            ("https://youtu.be/abc_DEF-123#t=4", Some(4)),
            ("https://youtu.be/abc_DEF-123", None),
            ("https://youtu.be/abc_DEF-123?t=0", None),
            ("https://youtu.be/abc_DEF-123?t=soon", None),
            ("https://youtu.be/abc_DEF-123?t=99999999999999999999", None),
        ] {
            assert_eq!(start_of(address), begins, "{address}");
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
            "ftp://youtu.be/abc_DEF-123",
            "youtu.be/abc_DEF-123",
            "https://youtube.com/watchv=abc_DEF-123",
            "https://youtu.be/abc_DEF-123 dan teks",
        ] {
            assert_eq!(id_of(address), None, "{address}");
        }
    }
}
