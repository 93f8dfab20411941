//! The one change to a page on its way out: the script that listens for changes. For another
//! machine there is a second: the address that the page has there.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Bytes;

/// What is added, nothing else.
pub(super) const SCRIPT: &str = r#"<script src="/_silabus/live.js" defer></script>"#;

/// The page with the script before its last `</body>`, or at its end when there is none.
pub(super) fn with_script(page: &[u8]) -> Bytes {
    let at = end_of_body(page).unwrap_or(page.len());
    let (before, after) = page.split_at(at);
    [before, SCRIPT.as_bytes(), after].concat().into()
}

/// The page with the address under which it was asked for in the place of the preview's own,
/// which means nothing on another machine.
pub(super) fn with_base<'a>(page: &'a [u8], own: &str, asked: &str) -> Cow<'a, [u8]> {
    match std::str::from_utf8(page) {
        Ok(text) => Cow::Owned(text.replace(own, asked).into_bytes()),
        Err(_) => Cow::Borrowed(page),
    }
}

/// A file as it is, without a copy.
pub(super) fn unchanged(file: Arc<[u8]>) -> Bytes {
    Bytes::from_owner(file)
}

fn end_of_body(page: &[u8]) -> Option<usize> {
    const TAG: &[u8] = b"</body";
    (0..page.len()).rev().find(|at| {
        let Some((tag, rest)) = page[*at..].split_at_checked(TAG.len()) else {
            return false;
        };
        let closes = || rest.trim_ascii_start().first() == Some(&b'>');
        tag.eq_ignore_ascii_case(TAG) && closes()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn injected(page: &str) -> String {
        String::from_utf8(with_script(page.as_bytes()).to_vec()).expect("text")
    }

    #[test]
    fn before_the_last_end_of_the_body() {
        let page = "<body><pre></body></pre>a</BODY\n></html>\n";
        let (before, after) = page.split_at(page.rfind("</").unwrap() - "</BODY\n>".len());
        assert_eq!(injected(page), format!("{before}{SCRIPT}{after}"));
    }

    #[test]
    fn at_the_end_when_there_is_none() {
        for page in ["", "<p>a", "</bodyguard>", "</body", "<"] {
            assert_eq!(injected(page), format!("{page}{SCRIPT}"));
        }
    }
}
