//! Names without words that sell: lists of courses in search results refuse them.

use crate::content::kinds::course::is_selling_word;

/// A title without prices and promo words at its ends and in brackets. Within a title they stay:
/// there they may belong to the name.
pub(super) fn plain(title: &str) -> String {
    let bare = without_brackets(title);
    let mut words: Vec<&str> = bare.split_whitespace().collect();
    while words
        .last()
        .is_some_and(|word| sells(word) || is_sign(word))
    {
        words.pop();
    }
    let first = words.iter().position(|word| !sells(word) && !is_sign(word));
    match first {
        Some(first) => words[first..]
            .join(" ")
            .trim_end_matches([',', ':', ';'])
            .to_owned(),
        None => title.to_owned(),
    }
}

/// Without brackets that hold such a word.
fn without_brackets(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut rest = title;
    while let Some(open) = rest.find(['(', '[']) {
        let close = if rest[open..].starts_with('(') {
            ')'
        } else {
            ']'
        };
        let Some(end) = rest[open..].find(close).map(|end| open + end + 1) else {
            break;
        };
        out.push_str(&rest[..open]);
        let inside = &rest[open + 1..end - 1];
        if !inside.split_whitespace().any(sells) {
            out.push_str(&rest[open..end]);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn sells(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
    // `Rp500.000` speaks of an amount by its beginning.
    let word = bare.split(['.', ',']).next().unwrap_or_default();
    !word.is_empty() && is_selling_word(&word.to_lowercase())
}

fn is_sign(word: &str) -> bool {
    !word.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sells_is_cut_at_the_ends_and_in_brackets() {
        assert_eq!(plain("Basic Python"), "Basic Python");
        assert_eq!(plain("PROMO: Basic Python"), "Basic Python");
        assert_eq!(plain("Basic Python – Diskon 50%"), "Basic Python");
        assert_eq!(plain("Basic Python (Promo Rp500.000)"), "Basic Python");
        assert_eq!(
            plain("Basic Python (Kelas Malam)"),
            "Basic Python (Kelas Malam)"
        );
        assert_eq!(plain("Belajar Free Software"), "Belajar Free Software");
        assert_eq!(plain("Promo!"), "Promo!");
        assert_eq!(plain("C++ (dasar"), "C++ (dasar");
    }
}
