//! Small text tools: the nearest word, escapes, counts, lists in words.

use super::words::primary;
use strsim::damerau_levenshtein;

/// The candidate that someone who wrote `wanted` most likely meant, for "did you mean"; none
/// when nothing is near. Case does not count; of equally near ones the first in byte order is
/// taken, whatever order they come in.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    let length = wanted.chars().count();
    let limit = (length / 3).max(1).min(length.saturating_sub(1));
    let near = |candidate: &'a str| {
        let other = candidate.to_lowercase();
        // The distance is at least the difference in length: long texts cost nothing.
        let close = other.chars().count().abs_diff(length) <= limit;
        let distance = close.then(|| damerau_levenshtein(&wanted, &other))?;
        (distance <= limit).then_some((distance, candidate))
    };
    candidates
        .into_iter()
        .filter_map(near)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Whether one letter more, one less, another one or two swapped make one text the other.
pub fn is_one_edit(one: &str, other: &str) -> bool {
    one.len().abs_diff(other.len()) <= 4 && damerau_levenshtein(one, other) == 1
}

/// Appends `text` with `&`, `<` and `>` escaped: for the text of an element.
pub fn escape_html(text: &str, out: &mut String) {
    escape(text, out, false);
}

/// Appends `text` with quotes escaped too: for an attribute in either kind of quotes.
pub fn escape_attribute(text: &str, out: &mut String) {
    escape(text, out, true);
}

fn escape(text: &str, out: &mut String, quotes: bool) {
    let mut rest = text;
    let special = |byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    while let Some(at) = rest.bytes().position(special) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if quotes => "&quot;",
            b'\'' if quotes => "&#39;",
            b'"' => "\"",
            _ => "'",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// A file or folder name in words: `basic-python` is "Basic python".
pub fn humanise(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// A key to sort titles by: without case, accents after their plain letters, signs first.
pub fn sort_key(text: &str) -> String {
    use caseless::Caseless;
    use unicode_normalization::UnicodeNormalization;
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().default_case_fold().nfd().collect()
}

/// As [`sort_key`], but numbers in the text stand in the order of their size: 2 before 10.
pub fn title_key(text: &str) -> String {
    let key = sort_key(text);
    if !key.bytes().any(|byte| byte.is_ascii_digit()) {
        return key;
    }
    let mut out = String::with_capacity(key.len() + 8);
    let mut rest = &*key;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        let end = number.find(|c: char| !c.is_ascii_digit());
        let (number, behind) = number.split_at(end.unwrap_or(number.len()));
        out.push_str(before);
        push_number(&mut out, number.trim_start_matches('0'));
        rest = behind;
    }
    out + rest
}

/// A number behind its length in digits, so that a longer one comes later: a nine stands for nine
/// digits each, and the last sign for the rest.
fn push_number(out: &mut String, digits: &str) {
    out.extend(std::iter::repeat_n('9', digits.len() / 9));
    out.extend(char::from_digit((digits.len() % 9) as u32, 10));
    out.push_str(digits);
}

/// The text with each run of white space made one space, and none at its ends.
pub fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first `count` words, with `…` behind them when there were more. White space is
/// collapsed.
pub fn truncate_words(text: &str, count: usize) -> String {
    let mut words = text.split_whitespace();
    let mut short = words.by_ref().take(count).collect::<Vec<_>>().join(" ");
    if words.next().is_some() {
        short.push('…');
    }
    short
}

/// At most `count` characters, `…` included, cut between words where there is a space. White
/// space is collapsed.
pub fn truncate_chars(text: &str, count: usize) -> String {
    let text = collapse(text);
    if text.chars().count() <= count {
        return text;
    }
    let end = text
        .char_indices()
        .nth(count.saturating_sub(1))
        .map_or(text.len(), |(at, _)| at);
    let cut = &text[..end];
    // A cut right before a space is between words already.
    let cut = match cut.rfind(' ') {
        Some(space) if !text[end..].starts_with(' ') => &cut[..space],
        _ => cut,
    };
    if count == 0 {
        String::new()
    } else {
        format!("{}…", cut.trim_end_matches([' ', ',', '.', ';', ':']))
    }
}

/// Words of a text: runs between white space that have a letter or digit; each Chinese,
/// Japanese or Korean character counts as one.
pub fn word_count(text: &str) -> usize {
    text.split_whitespace().map(words_in).sum()
}

fn words_in(run: &str) -> usize {
    let ideographs = run.chars().filter(|c| is_ideograph(*c)).count();
    let other = run.chars().any(|c| c.is_alphanumeric() && !is_ideograph(c));
    ideographs + usize::from(other)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Minutes to read so many words, at 200 a minute; at least 1.
pub fn reading_minutes(words: usize) -> usize {
    words.div_ceil(200).max(1)
}

/// A list in words, in this language: `a`, `a dan b`, `a, b, dan c`; `a, b, and c` in English.
pub fn join_and<T: AsRef<str>>(items: &[T], language: &str) -> String {
    join(
        items,
        if primary(language) == "id" {
            "dan"
        } else {
            "and"
        },
    )
}

/// Choices in words, in this language: `a, b, atau c`; `a, b, or c` in English.
pub fn join_or<T: AsRef<str>>(items: &[T], language: &str) -> String {
    join(
        items,
        if primary(language) == "id" {
            "atau"
        } else {
            "or"
        },
    )
}

fn join<T: AsRef<str>>(items: &[T], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [one, two] => format!("{} {word} {}", one.as_ref(), two.as_ref()),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{}, {word} {}", most.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_nearest_is_found_whatever_the_order() {
        let keys = ["title", "price", "prices", "level"];
        assert_eq!(nearest("pirce", keys), Some("price"));
        assert_eq!(nearest("PRICE", keys), Some("price"));
        assert_eq!(nearest("tilte", keys), Some("title"));
        assert_eq!(nearest("harga", keys), None);
        assert_eq!(nearest("", keys), None);
        assert_eq!(nearest("x", ["y"]), None, "nothing is shared");
        assert_eq!(nearest("cat", ["car", "bat"]), Some("bat"));
        assert_eq!(nearest("cat", ["bat", "car"]), Some("bat"));
        assert_eq!(
            nearest("basic-phyton", ["basic-python", "basic-react"]),
            Some("basic-python")
        );
    }

    #[test]
    fn escapes_are_for_their_place() {
        let mut out = String::new();
        escape_html("a < \"b\" & 'c'>", &mut out);
        assert_eq!(out, "a &lt; \"b\" &amp; 'c'&gt;");
        out.clear();
        escape_attribute("<é \"b\" & 'c'", &mut out);
        assert_eq!(out, "&lt;é &quot;b&quot; &amp; &#39;c&#39;");
    }

    #[test]
    fn texts_are_cut_between_words() {
        assert_eq!(truncate_words(" satu  dua\ntiga ", 2), "satu dua…");
        assert_eq!(truncate_words("satu dua", 2), "satu dua");
        assert_eq!(truncate_words("satu", 0), "…");
        assert_eq!(truncate_chars("satu dua tiga", 9), "satu dua…");
        assert_eq!(truncate_chars("satu dua tiga", 8), "satu…");
        assert_eq!(truncate_chars("satu dua", 8), "satu dua");
        assert_eq!(truncate_chars("panjangsekali", 5), "panj…");
        assert_eq!(truncate_chars("x", 0), "");
    }

    #[test]
    fn words_are_counted() {
        assert_eq!(word_count("Belajar Python — dari nol!"), 4);
        assert_eq!(word_count("日本語 Python"), 4);
        assert_eq!(word_count(""), 0);
        assert_eq!([0, 1, 200, 201].map(reading_minutes), [1, 1, 1, 2]);
    }

    #[test]
    fn lists_are_joined_in_their_language() {
        assert_eq!(join_and(&["a", "b", "c"], "id"), "a, b, dan c");
        assert_eq!(join_and(&["a", "b"], "en"), "a and b");
        assert_eq!(join_or(&["a", "b", "c"], "en"), "a, b, or c");
        assert_eq!(join_and::<&str>(&[], "id"), "");
    }

    #[test]
    fn titles_with_numbers_stand_in_natural_order() {
        let sorted = [
            "Bab",
            "Bab 0",
            "Bab 1",
            "bab 1.2",
            "Bab 1.10",
            "Bab 2",
            "Bab 10",
            "Bab 10a",
            "Bab 123456789",
            "Bab 1234567890",
            "Bab akhir",
            "Élan 3",
            "Zat",
        ];
        let keys: Vec<String> = sorted.iter().map(|title| title_key(title)).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(title_key("Bab 007"), title_key("bab 7"));
    }

    proptest! {
        #[test]
        fn numbers_stand_in_the_order_of_their_size(one in 0..u128::MAX, shift in 0..127_u32, other in 0..u128::MAX) {
            let one = one >> shift;
            let key = |number: u128| title_key(&format!("Bab {number} x"));
            prop_assert_eq!(one.cmp(&other), key(one).cmp(&key(other)));
        }

        #[test]
        fn no_escape_leaves_a_way_out(text in "[<>&\"'a-zé ]*") {
            let mut out = String::new();
            escape_attribute(&text, &mut out);
            prop_assert!(!out.contains(['<', '>', '"', '\'']));
        }

        #[test]
        fn cut_texts_are_no_longer_than_asked(text in "\\PC{0,60}", count in 0..40usize) {
            prop_assert!(truncate_chars(&text, count).chars().count() <= count);
        }

        #[test]
        fn what_is_there_is_its_own_nearest(keys in prop::collection::vec("[a-z]{2,8}", 1..9)) {
            for key in &keys {
                prop_assert_eq!(nearest(key, keys.iter().map(String::as_str)), Some(key.as_str()));
            }
        }
    }
}
