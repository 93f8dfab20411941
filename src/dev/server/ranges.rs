//! A part of a file: what players ask for to begin, and to seek.

use axum::body::Bytes;
use axum::http::header::{ACCEPT_RANGES, CONTENT_RANGE, HeaderMap, IF_RANGE, RANGE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// What a request asks of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// All of it: no part was asked for, or it was asked for in a way that may be passed over.
    Whole,
    /// The bytes from the first to the last, both included.
    Some(usize, usize),
    /// What the file does not have.
    Beyond,
}

/// The answer with a file or the part of it that was asked for, without its media type.
pub(super) fn answer(file: Bytes, headers: &HeaderMap) -> Response {
    let size = file.len();
    let asked = headers.get(RANGE).and_then(|range| range.to_str().ok());
    // Nothing that we send can stand in `If-Range`, so the file is another one than was meant.
    let asked = asked.filter(|_| !headers.contains_key(IF_RANGE));
    let (status, body, range) = match asked.map_or(Part::Whole, |asked| part(asked, size)) {
        Part::Whole => (StatusCode::OK, file, None),
        Part::Some(first, last) => {
            let range = format!("bytes {first}-{last}/{size}");
            let body = file.slice(first..=last);
            (StatusCode::PARTIAL_CONTENT, body, Some(range))
        }
        Part::Beyond => {
            let range = format!("bytes */{size}");
            (StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new(), Some(range))
        }
    };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(range) = range.and_then(|range| HeaderValue::from_str(&range).ok()) {
        headers.insert(CONTENT_RANGE, range);
    }
    response
}

/// The part that a `Range` header means in a file of this size. Several parts at once are more
/// than a player needs, and may be passed over.
fn part(header: &str, size: usize) -> Part {
    let Some(range) = header.trim().strip_prefix("bytes=") else {
        return Part::Whole;
    };
    let Some((first, last)) = range.trim().split_once('-') else {
        return Part::Whole;
    };
    match (number(first), number(last)) {
        (Some(Some(first)), Some(last)) if last.is_none_or(|last| first <= last) => {
            let end = size.saturating_sub(1);
            match first < size {
                true => Part::Some(first, last.unwrap_or(end).min(end)),
                false => Part::Beyond,
            }
        }
        // So many from the end.
        (Some(None), Some(Some(count))) => match count > 0 && size > 0 {
            true => Part::Some(size.saturating_sub(count), size - 1),
            false => Part::Beyond,
        },
        _ => Part::Whole,
    }
}

/// A number of bytes, or none where nothing is written; nothing for what is no number.
fn number(text: &str) -> Option<Option<usize>> {
    if text.is_empty() {
        return Some(None);
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    // More than fits is more than any file has.
    digits.then(|| Some(text.parse().unwrap_or(usize::MAX)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parts_are_read_as_players_write_them() {
        for (header, expected) in [
            ("bytes=0-1", Part::Some(0, 1)),
            ("bytes=0-", Part::Some(0, 9)),
            ("bytes=4-99", Part::Some(4, 9)),
            ("bytes=9-9", Part::Some(9, 9)),
            ("bytes=-3", Part::Some(7, 9)),
            ("bytes=-99", Part::Some(0, 9)),
            ("bytes=0-99999999999999999999999", Part::Some(0, 9)),
            ("bytes=10-", Part::Beyond),
            ("bytes=99999999999999999999999-", Part::Beyond),
            ("bytes=-0", Part::Beyond),
        ] {
            assert_eq!(part(header, 10), expected, "{header}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Beyond);
        assert_eq!(part("bytes=-1", 0), Part::Beyond);
    }

    #[test]
    fn what_is_no_single_part_is_passed_over() {
        for header in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=5-4",
            "bytes=a-b",
            "bytes=+1-2",
            "bytes=0x1-2",
            "bytes=0-1,3-4",
            "bytes=0-1-2",
            "lines=0-1",
            "bytes 0-1",
            "bytes=0 -1",
        ] {
            assert_eq!(part(header, 10), Part::Whole, "{header}");
        }
    }

    proptest! {
        #[test]
        fn a_part_is_always_inside(header in "bytes=[0-9]{0,20}-?[0-9]{0,20}", size in 0_usize..1000) {
            if let Part::Some(first, last) = part(&header, size) {
                prop_assert!(first <= last && last < size);
            }
        }
    }
}
