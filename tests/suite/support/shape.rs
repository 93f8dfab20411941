//! The shape of a page: its elements and the names of their attributes, without any text.
//!
//! A small reader of tags, for pages that our own templates make; it follows the rules of HTML
//! where hostile texts live: quotes around values, comments, script and style.

/// A tag as a browser sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

/// One line for each tag: its name, its attributes' names, the schemes of its addresses; and
/// whether a script's text is a value of JSON.
pub(crate) fn of(page: &str) -> Vec<String> {
    let mut shape = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            shape.push("comment".to_owned());
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some((tag, after)) = read_tag(rest) else {
            continue;
        };
        rest = after;
        shape.push(line(&tag));
        if tag.name == "script" || tag.name == "style" || tag.name == "title" {
            rest = raw_text(&tag.name, rest, &mut shape);
        }
    }
    shape
}

fn line(tag: &Tag) -> String {
    let attributes = tag.attributes.iter().map(|(name, value)| match &**name {
        "href" | "src" | "action" => format!("{name}={}", scheme(value)),
        other => other.to_owned(),
    });
    let mut line = tag.name.clone();
    attributes.for_each(|attribute| line.push_str(&format!(" {attribute}")));
    line
}

/// The scheme that a browser would read, which passes over blanks and control characters.
fn scheme(value: &str) -> String {
    let value = value
        .replace("&colon;", ":")
        .replace("&#58;", ":")
        .replace("&#x3a;", ":");
    let seen: String = value
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    let name = seen.split_once(':').map_or("", |(name, _)| name);
    let is_scheme = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if is_scheme {
        name.to_ascii_lowercase()
    } else {
        String::new()
    }
}

/// Text up to the closing tag, in which no tag is one.
fn raw_text<'a>(name: &str, rest: &'a str, shape: &mut Vec<String>) -> &'a str {
    let lower = rest.to_ascii_lowercase();
    let at = lower.find(&format!("</{name}")).unwrap_or(rest.len());
    let text = &rest[..at];
    if name == "script" && !text.trim().is_empty() {
        let json = serde_json::from_str::<serde_json::Value>(text).is_ok();
        shape.push(if json {
            "json".to_owned()
        } else {
            format!("script text {text}")
        });
    }
    &rest[at..]
}

fn read_tag(text: &str) -> Option<(Tag, &str)> {
    let closing = text.starts_with('/');
    let begins = text.strip_prefix('/').unwrap_or(text);
    if !begins.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
        return None;
    }
    let end = begins
        .find(|c: char| c.is_whitespace() || c == '>' || c == '/')
        .unwrap_or(begins.len());
    let slash = if closing { "/" } else { "" };
    let mut tag = Tag {
        name: format!("{slash}{}", begins[..end].to_ascii_lowercase()),
        attributes: Vec::new(),
    };
    let mut rest = &begins[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some((tag, after));
        }
        if rest.is_empty() {
            return Some((tag, rest));
        }
        let (attribute, after) = read_attribute(rest);
        tag.attributes.push(attribute);
        rest = after;
    }
}

fn read_attribute(text: &str) -> ((String, String), &str) {
    let end = text[1..]
        .find(|c: char| c.is_whitespace() || "=>/".contains(c))
        .map_or(text.len(), |at| at + 1);
    let name = text[..end].to_ascii_lowercase();
    let rest = text[end..].trim_start();
    let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
        return ((name, String::new()), &text[end..]);
    };
    for quote in ['"', '\''] {
        if let Some(inside) = value.strip_prefix(quote) {
            let (value, after) = inside.split_once(quote).unwrap_or((inside, ""));
            return ((name, value.to_owned()), after);
        }
    }
    let end = value
        .find(|c: char| c.is_whitespace() || c == '>')
        .unwrap_or(value.len());
    ((name, value[..end].to_owned()), &value[end..])
}

#[test]
fn texts_do_not_change_a_shape_and_tags_do() {
    let page =
        |text: &str| format!("<p title=\"{text}\" class=x>{text}</p><a href='/{text}'>x</a>");
    assert_eq!(of(&page("baik")), of(&page("&lt;script&gt; &quot;&#39;")));
    assert_eq!(of(&page("baik")), ["p title class", "/p", "a href=", "/a"]);
    for bad in ["\"><img>", "\" onload=\"x", "' onload='x", "<b>"] {
        assert_ne!(of(&page("baik")), of(&page(bad)), "{bad}");
    }
}

#[test]
fn schemes_and_scripts_are_part_of_a_shape() {
    assert_eq!(of("<a href=\" java\tscript:x\">"), ["a href=javascript"]);
    assert_eq!(
        of("<script>{\"a\": \"<b>\"}</script>"),
        ["script", "json", "/script"]
    );
    assert_eq!(
        of("<script>a()</script>"),
        ["script", "script text a()", "/script"]
    );
}
