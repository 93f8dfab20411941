//! Dollar signs that are money: the parser shall not take them for the beginning of a formula.
//!
//! The parser closes a formula at the next `$` without a blank before it. As in Pandoc, a `$`
//! before a digit closes nothing here, and one behind a letter or digit opens nothing: prices such
//! as `$500-$800` and `US$100` stay as they are.

use memchr::memchr_iter;
use pulldown_cmark::{CowStr, Event, Options, Parser};
use std::borrow::Cow;
use std::ops::Range;

/// Stands for a dollar sign that opens nothing. It is punctuation as `$` is and means nothing to
/// the parser.
const STAND_IN: &str = "%";

/// How often a text is looked at: a sign that closes nothing may open what comes next, but each
/// look leaves hardly more than half of the signs.
const MOST_LOOKS: usize = 32;

/// The text as the parser shall read it: of the same length, without the dollar signs that it
/// would take for the beginning of a formula though they are none.
pub(super) fn hidden(text: &str, options: Options) -> Cow<'_, str> {
    let mut read = Cow::Borrowed(text);
    if !options.contains(Options::ENABLE_MATH)
        || memchr_iter(b'$', text.as_bytes()).nth(1).is_none()
    {
        return read;
    }
    for _ in 0..MOST_LOOKS {
        let found = money(&read, options);
        if found.is_empty() {
            break;
        }
        let hiding = read.to_mut();
        for at in found {
            hiding.replace_range(at..=at, STAND_IN);
        }
    }
    read
}

/// Where what the parser takes for a formula begins with money.
fn money(text: &str, options: Options) -> Vec<usize> {
    let formulas = Parser::new_ext(text, options).into_offset_iter();
    formulas
        .filter(|(event, range)| matches!(event, Event::InlineMath(_)) && is_money(text, range))
        .map(|(_, range)| range.start)
        .collect()
}

fn is_money(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let behind = text[range.end..].chars().next();
    before.is_some_and(char::is_alphanumeric) || behind.is_some_and(|c| c.is_ascii_digit())
}

/// The event of the text that was `read` with what is `written` in its place.
pub(super) fn shown<'t>(
    event: Event<'t>,
    range: &Range<usize>,
    read: &str,
    written: &'t str,
) -> Event<'t> {
    let again = |text: CowStr<'t>| -> CowStr<'t> {
        // Code stands between its marks.
        let start = range.start + range.len().saturating_sub(text.len()) / 2;
        let place = start..start + text.len();
        match (read.get(place.clone()), written.get(place)) {
            (Some(read), Some(written)) if *read == *text => written.into(),
            _ => text,
        }
    };
    match event {
        Event::Text(text) => Event::Text(again(text)),
        Event::Code(text) => Event::Code(again(text)),
        Event::Html(text) => Event::Html(again(text)),
        Event::InlineHtml(text) => Event::InlineHtml(again(text)),
        event => event,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        hidden(text, Options::ENABLE_MATH).into_owned()
    }

    #[test]
    fn money_begins_no_formula() {
        for (text, expected) in [
            ("Gaji $500-$800.", "Gaji %500-$800."),
            (
                "US$100/bulan atau US$1.000/tahun",
                "US%100/bulan atau US$1.000/tahun",
            ),
            ("$5-$6-$7-$8", "%5-%6-%7-$8"),
            ("$5-$9 atau ($x$)", "%5-$9 atau ($x$)"),
        ] {
            assert_eq!(read(text), expected);
        }
    }

    #[test]
    fn formulas_stay() {
        for text in [
            "$a^2$ dan ($b$)",
            "$5$.",
            "$$x$$5",
            "`$5-$6`",
            r"\$5-\$6",
            "$5 dan $6",
        ] {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn thousands_of_amounts_are_looked_at_in_few_rounds() {
        let text = "$5-".repeat(4000);
        assert!(money(&read(&text), Options::ENABLE_MATH).is_empty());
    }
}
