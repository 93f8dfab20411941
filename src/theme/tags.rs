//! Tags of templates: just enough of their syntax to see what a text defines, calls and includes.

/// A component's definition.
pub(super) struct Definition<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Where the name begins.
    pub(super) start: usize,
    /// Where its arguments begin.
    pub(super) open: usize,
    /// Its arguments, as written.
    pub(super) arguments: &'a str,
    /// What stands between its tags.
    pub(super) body: &'a str,
}

/// All definitions of components outside of comments and of what is printed as it stands.
pub(super) fn definitions(text: &str) -> Vec<Definition<'_>> {
    tags(text)
        .into_iter()
        .filter_map(|(start, tag)| definition(text, start, tag))
        .collect()
}

/// The names of the components that a text calls.
pub(super) fn calls(text: &str) -> impl Iterator<Item = &str> {
    tags(text).into_iter().flat_map(|(_, tag)| {
        tag.split('<').skip(1).filter_map(|rest| {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')));
            let name = &rest[..end.unwrap_or(rest.len())];
            (!name.is_empty()).then_some(name)
        })
    })
}

/// The first word of each `{% … %}`, and what follows it.
pub(super) fn statements(text: &str) -> impl Iterator<Item = (&str, &str)> {
    tags(text).into_iter().filter_map(|(_, tag)| {
        let inside = inside(tag)?;
        let end = inside.find(|c: char| !c.is_alphanumeric());
        Some(inside.split_at(end.unwrap_or(inside.len())))
    })
}

/// All tags with their places.
pub(super) fn tags(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(brace) = text[at..].find('{') {
        let start = at + brace;
        let rest = &text[start..];
        at = if rest.starts_with("{#") {
            start + rest.find("#}").unwrap_or(rest.len())
        } else if rest.starts_with("{{") || rest.starts_with("{%") {
            let tag = &rest[..tag_length(rest)];
            found.push((start, tag));
            start + tag.len() + raw_length(tag, &rest[tag.len()..])
        } else {
            start + 1
        };
    }
    found
}

/// The definition that a tag begins.
fn definition<'a>(text: &'a str, start: usize, tag: &'a str) -> Option<Definition<'a>> {
    let words = inside(tag)?.strip_prefix("component")?;
    words.starts_with(char::is_whitespace).then_some(())?;
    let name = words.trim_start();
    let name = &name[..name.find('(')?];
    let open = tag.find('(')? + 1;
    let close = tag.rfind(')')?;
    let behind = &text[start + tag.len()..];
    let end = behind
        .match_indices("{%")
        .find(|(at, _)| inside(&behind[*at..]).is_some_and(|tag| tag.starts_with("endcomponent")))
        .map_or(behind.len(), |(at, _)| at);
    Some(Definition {
        name: name.trim_end(),
        start: start + open - 1 - name.len(),
        open: start + open,
        arguments: tag.get(open..close)?,
        body: &behind[..end],
    })
}

/// What stands in a tag `{% … %}`, from its first word.
fn inside(tag: &str) -> Option<&str> {
    let inside = tag.strip_prefix("{%")?;
    Some(inside.strip_prefix('-').unwrap_or(inside).trim_start())
}

/// How long the tag is that `rest` begins with; quotes may hold what would end it.
fn tag_length(rest: &str) -> usize {
    let end = if rest.starts_with("{{") { "}}" } else { "%}" };
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(2) {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if rest[at..].starts_with(end) => return at + end.len(),
            None => {}
        }
    }
    rest.len()
}

/// How much of `behind` is printed as it stands, where `tag` says so.
fn raw_length(tag: &str, behind: &str) -> usize {
    let is_raw = inside(tag).is_some_and(|words| {
        words
            .strip_prefix("raw")
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    });
    if is_raw {
        behind.find("endraw").unwrap_or(behind.len())
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_have_names_places_and_calls() {
        let text = "{# x #}{%- component a.b (n=1) -%}{{<c x={d} />}}{% <e> %}{% </e> %}{{ 1 < f }}{% endcomponent a.b %}";
        let all = definitions(text);
        let [one] = all.as_slice() else {
            panic!("{}", all.len())
        };
        assert_eq!(one.name, "a.b");
        assert!(text[one.start..].starts_with("a.b"));
        assert_eq!(one.arguments, "n=1");
        assert_eq!(calls(one.body).collect::<Vec<_>>(), ["c", "e"]);
    }
}
