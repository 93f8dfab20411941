//! The HTML of a summary as other pages may show it: links into its page lead to that page, and
//! ids, which two summaries on one page could share, are gone.

/// Elements whose text is no HTML.
const PLAIN: [&str; 4] = ["script", "style", "textarea", "title"];

/// Elements that others refer to by their ids, on the spot.
const NAMED: [&str; 5] = ["input", "select", "textarea", "button", "svg"];

/// `html` for the lists of other pages; `own` is the address of its page.
pub(super) fn for_lists(html: &str, own: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        out.push_str(before);
        rest = match verbatim(tag) {
            Some(length) => {
                out.push_str(&tag[..length]);
                &tag[length..]
            }
            None => {
                let length = tag_length(tag);
                push_tag(&tag[..length], own, &mut out);
                &tag[length..]
            }
        };
    }
    out.push_str(rest);
    out
}

/// How much stays as it is: a comment, an element without HTML in it, a drawing.
fn verbatim(tag: &str) -> Option<usize> {
    if tag.starts_with("<!--") {
        return Some(tag.find("-->").map_or(tag.len(), |end| end + 3));
    }
    let name = name(tag);
    // A sign that begins no tag is text.
    if name.is_empty() && !tag.starts_with("</") {
        return Some(1);
    }
    let whole = PLAIN.contains(&&*name) || name == "svg";
    whole.then(|| {
        let end = format!("</{name}");
        tag.to_ascii_lowercase()
            .find(&end)
            .map_or(tag.len(), |at| at + end.len())
    })
}

fn name(tag: &str) -> String {
    tag[1..]
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase()
}

/// The length of a tag; quotes may hold what would end it.
fn tag_length(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == '>' => return at + 1,
            None => {}
        }
    }
    tag.len()
}

fn push_tag(tag: &str, own: &str, out: &mut String) {
    let name = name(tag);
    let mut rest = tag;
    while let Some(space) = rest.find(|c: char| c.is_ascii_whitespace()) {
        let (before, attribute) = rest.split_at(space);
        out.push_str(before);
        let length = attribute_length(attribute);
        let (attribute, behind) = attribute.split_at(length);
        push_attribute(&name, attribute, own, out);
        rest = behind;
    }
    out.push_str(rest);
}

/// The length of the white space and the attribute that a text begins with.
fn attribute_length(text: &str) -> usize {
    let start = text.len() - text.trim_ascii_start().len();
    let mut quote = None;
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < start) {
        match quote {
            Some(open) if c == open => return at + 1,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c.is_ascii_whitespace() || c == '>' => return at,
            None => {}
        }
    }
    text.len()
}

fn push_attribute(element: &str, attribute: &str, own: &str, out: &mut String) {
    let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
    let key = key.trim_ascii().to_ascii_lowercase();
    if key == "id" && !NAMED.contains(&element) {
        return;
    }
    let bare = value.trim_start_matches(['"', '\'']);
    if key == "href" && matches!(element, "a" | "area") && bare.starts_with('#') {
        let (before, anchor) = attribute.split_at(attribute.len() - bare.len());
        out.push_str(before);
        out.push_str(own);
        out.push_str(anchor);
        return;
    }
    out.push_str(attribute);
}

#[cfg(test)]
mod tests {
    use super::for_lists;

    #[test]
    fn links_lead_to_the_page_and_ids_are_gone() {
        for (html, expected) in [
            ("<p>a</p>", "<p>a</p>"),
            ("<a href=\"#b\">c</a>", "<a href=\"/x/#b\">c</a>"),
            ("<a class='d' href='#b'>", "<a class='d' href='/x/#b'>"),
            ("<a href=#b>c</a>", "<a href=/x/#b>c</a>"),
            ("<a href=\"/y/#b\">", "<a href=\"/y/#b\">"),
            ("<h2 id=\"e\" class=\"f\">g</h2>", "<h2 class=\"f\">g</h2>"),
            (
                "<sup class=\"footnote-reference\" id=\"fn-1-ref\"><a href=\"#fn-1\">1</a></sup>",
                "<sup class=\"footnote-reference\"><a href=\"/x/#fn-1\">1</a></sup>",
            ),
            (
                "<img alt=\"> id=1 #\"/> <br />",
                "<img alt=\"> id=1 #\"/> <br />",
            ),
            (
                "<input id=\"a\"><label for=\"a\">",
                "<input id=\"a\"><label for=\"a\">",
            ),
            (
                "<svg id=\"i\"><a href=\"#j\"/></svg><!-- <p id=\"k\"> --><p id=l>",
                "<svg id=\"i\"><a href=\"#j\"/></svg><!-- <p id=\"k\"> --><p>",
            ),
            ("1 < 2 id=\"a\"", "1 < 2 id=\"a\""),
            ("é <i data-id=\"ü\" id=\"ö\">", "é <i data-id=\"ü\">"),
        ] {
            assert_eq!(for_lists(html, "/x/"), expected);
        }
    }
}
