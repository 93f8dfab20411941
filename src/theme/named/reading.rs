//! Reading tags: which names hold pages, and where a page is seen as a whole.

use std::collections::BTreeSet;

use super::tokens::{Token, tokens};
use crate::theme::tags::{definitions, tags};

/// Functions whose values hold pages.
const GIVERS: [&str; 10] = [
    "get_page",
    "get_section",
    "get_taxonomy",
    "get_taxonomy_term",
    "pages",
    "courses",
    "careers",
    "skills",
    "related",
    "people",
];

/// Names that hold pages in the contexts of targets.
const ROOTS: [&str; 8] = [
    "page",
    "section",
    "pages",
    "paginator",
    "term",
    "terms",
    "taxonomy",
    "taxonomies",
];

/// Fields of pages, lists and texts in which no page can be, and no table of a page's fields.
const PLAIN: &str = "title description content permalink path slug date updated tags taxonomies category \
    extra ancestors assets aliases image seo lang kind id summary toc year month day weight \
    template draft hidden expired authors reading_time word_count relative_path name \
    page_count paginate_by feed first last previous next number_pagers base_url \
    current_index total_pages subsections generate_feeds price offer duration installment \
    status enrol batches level mode outcomes audience syllabus";

fn is_plain(field: &str) -> bool {
    PLAIN.split(' ').any(|plain| plain == field)
}

/// Filters that look at all of a value.
const WHOLE: [&str; 5] = ["keys", "values", "pairs", "json_encode", "json_ld"];

/// Names that hold pages, each with the component that it is a name in; none outside of them.
pub(super) type Holders<'a> = BTreeSet<(Option<&'a str>, &'a str)>;

/// One tag.
pub(super) struct Tag<'a> {
    /// The component whose definition it stands in.
    component: Option<&'a str>,
    pub(super) tokens: Vec<Token<'a>>,
}

impl<'a> Tag<'a> {
    pub(super) fn read<'r>(&'r self, holders: &'r Holders<'a>) -> Reading<'r, 'a> {
        Reading {
            component: self.component,
            tag: &self.tokens,
            holders,
        }
    }
}

pub(super) fn tags_of(text: &str) -> Vec<Tag<'_>> {
    let mut component = None;
    let definitions = definitions(text);
    let tags = tags(text).into_iter().map(|(start, tag)| {
        let opened = definitions
            .iter()
            .find(|one| (start..start + tag.len()).contains(&one.start));
        component = opened
            .and_then(|one| one.name.rsplit('.').next())
            .or(component);
        let own = component;
        let tokens = tokens(tag);
        if tokens.contains(&Token::Word("endcomponent")) {
            component = None;
        }
        Tag {
            component: own,
            tokens,
        }
    });
    tags.collect()
}

/// A name that takes its value from one that holds pages holds pages.
pub(super) fn holders<'a>(tags: &[Tag<'a>]) -> Holders<'a> {
    let mut holders = Holders::new();
    loop {
        let mut more = Vec::new();
        for tag in tags {
            tag.read(&holders).bind(&mut more);
        }
        let before = holders.len();
        holders.extend(more);
        if holders.len() == before {
            return holders;
        }
    }
}

/// One tag, and the names that hold pages.
pub(super) struct Reading<'r, 'a> {
    component: Option<&'a str>,
    tag: &'r [Token<'a>],
    holders: &'r Holders<'a>,
}

/// A name with the fields and places asked of it.
struct Path {
    /// The token after it.
    end: usize,
    /// Whether its value may be a page, or hold one.
    holds: bool,
    /// Whether a field of a page is asked for by a name that is not written out.
    blind: bool,
}

impl<'a> Reading<'_, 'a> {
    fn token(&self, at: usize) -> Option<Token<'a>> {
        self.tag.get(at).copied()
    }

    fn is(&self, at: usize, sign: char) -> bool {
        self.token(at) == Some(Token::Sign(sign))
    }

    fn word(&self, at: usize) -> Option<&'a str> {
        match self.token(at) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Whether a name holds pages from the start: components find `page` and nothing else.
    fn is_root(&self, name: &str) -> bool {
        match self.component {
            Some(_) => name == "page",
            None => ROOTS.contains(&name),
        }
    }

    /// The path that begins here, where a name does that is no field of another.
    fn path(&self, at: usize) -> Option<Path> {
        let root = self.word(at)?;
        // `x.name` asks for a field, `...name` for all of them.
        if at > 0 && self.is(at - 1, '.') && !(at > 1 && self.is(at - 2, '.')) {
            return None;
        }
        let mut path = Path {
            end: at + 1,
            holds: match self.is(at + 1, '(') {
                true => GIVERS.contains(&root),
                false => self.is_root(root) || self.holders.contains(&(self.component, root)),
            },
            blind: false,
        };
        loop {
            if self.is(path.end, '?') && self.is(path.end + 1, '.') {
                path.end += 1;
            }
            if self.is(path.end, '.') {
                let field = self.word(path.end + 1).unwrap_or_default();
                path.holds &= !is_plain(field);
                path.end += 2;
            } else if self.is(path.end, '[') {
                let close = self.close(path.end);
                let literal = match self.token(path.end + 1) {
                    Some(Token::Text(field)) if close == path.end + 2 => {
                        path.holds &= !is_plain(field);
                        true
                    }
                    Some(Token::Number | Token::Sign(':' | '-')) => true,
                    _ => false,
                };
                path.blind |= path.holds && !literal;
                path.end = close + 1;
            } else if self.is(path.end, '(') {
                path.end = self.close(path.end) + 1;
            } else {
                return Some(path);
            }
        }
    }

    /// The bracket that closes the one here.
    fn close(&self, open: usize) -> usize {
        let mut depth = 0;
        for at in open..self.tag.len() {
            match self.tag[at] {
                Token::Sign('(' | '[' | '{') => depth += 1,
                Token::Sign(')' | ']' | '}') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return at;
            }
        }
        self.tag.len()
    }

    /// Whether a value that holds pages is named between two places.
    fn holds(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.path(at).is_some_and(|path| path.holds))
    }

    /// Tells the names that this tag gives such a value.
    fn bind(&self, found: &mut Vec<(Option<&'a str>, &'a str)>) {
        let end = self.tag.len();
        let mut call: Option<(&'a str, usize)> = None;
        for at in 0..end {
            if call.is_some_and(|(_, end)| at >= end) {
                call = None;
            }
            call = self.call(at).or(call);
            let scope = call.map(|(name, _)| name).or(self.component);
            let Some(name) = self.word(at) else {
                continue;
            };
            if name == "for" {
                let value = (at..end).find(|at| self.word(*at) == Some("in"));
                let value = value.unwrap_or(end);
                if self.holds(value, end) {
                    let names = (at + 1..value).filter_map(|at| self.word(at));
                    found.extend(names.map(|name| (self.component, name)));
                }
            } else if self.gives(at) {
                if self.holds(at + 2, self.value_end(at + 2)) {
                    found.push((scope, name));
                }
            } else if self.is_short(at) && self.holds(at, at + 1) {
                found.push((scope, name));
            }
        }
    }

    /// The component that is called here, by the last part of its name, and where the call ends.
    fn call(&self, at: usize) -> Option<(&'a str, usize)> {
        let mut name = at + 1;
        if !self.is(at, '<') {
            return None;
        }
        while self.is(name + 1, '.') && self.word(name + 2).is_some() {
            name += 2;
        }
        let mut end = name;
        while end < self.tag.len() && !self.is(end, '>') {
            end = match self.is(end, '{') {
                true => self.close(end) + 1,
                false => end + 1,
            };
        }
        Some((self.word(name)?, end))
    }

    /// Whether `{name}` stands around this word: an argument of a call under its own name.
    fn is_short(&self, at: usize) -> bool {
        at > 1 && self.is(at - 1, '{') && !self.is(at - 2, '=') && self.is(at + 1, '}')
    }

    /// Whether `name=value` stands here.
    fn gives(&self, at: usize) -> bool {
        self.is(at + 1, '=') && !self.is(at + 2, '=')
    }

    /// Where the value ends that begins here.
    fn value_end(&self, from: usize) -> usize {
        if self.is(from, '{') {
            return self.close(from);
        }
        let mut at = from;
        while at < self.tag.len() {
            match self.tag[at] {
                Token::Sign('(' | '[' | '{') => at = self.close(at),
                Token::Sign(',' | ')' | '}') => return at,
                _ => {}
            }
            at += 1;
        }
        at.min(self.tag.len())
    }

    /// Whether a page may be seen as a whole here, or a field of one by a name that is not
    /// written out.
    pub(super) fn sees_all(&self) -> bool {
        let end = self.tag.len();
        let paths = || (0..end).filter_map(|at| Some((at, self.path(at)?)));
        let holds = paths().any(|(_, path)| path.holds);
        let prints = self.is(0, '{') && self.is(1, '{') && !self.is(2, '<');
        self.tag.contains(&Token::Word("__tera_context"))
            || self.chooses_blindly()
            || paths().any(|(at, path)| path.blind || (path.holds && self.shows(at, &path, prints)))
            || self.goes_through()
            || (holds && self.hands_over())
    }

    /// Whether a page is printed as a whole, under the name that it has from the start. Under
    /// other names it is overlooked: nobody prints a page but to look at it, and sees the fields
    /// that are there.
    fn shows(&self, at: usize, path: &Path, prints: bool) -> bool {
        let joined = self.is(path.end, '~') || (at > 0 && self.is(at - 1, '~'));
        let spread = at > 2 && (at - 3..at).all(|at| self.is(at, '.'));
        let known = self.word(at).is_some_and(|name| self.is_root(name));
        let itself = !(at..path.end).any(|at| self.is(at, '.'));
        let compared = matches!(
            self.token(path.end),
            Some(Token::Sign('=' | '!' | '<' | '>') | Token::Word("is" | "in"))
        );
        let picked = self.is(path.end, '|')
            && matches!(
                self.word(path.end + 1),
                Some("length" | "first" | "last" | "nth")
            );
        // An argument is handed on, and of a condition only its truth counts.
        let handed = self.is(at.wrapping_sub(1), '=')
            || matches!(self.word(at.wrapping_sub(1)), Some("if" | "not"));
        let printed = (prints || joined) && itself && !compared && !picked && !handed;
        spread || (printed && (known || self.is(at + 1, '(')))
    }

    /// Whether a value that holds pages is filtered as a whole, or put into a table.
    fn hands_over(&self) -> bool {
        let is_table =
            |at: usize| matches!(self.token(at), Some(Token::Text(_))) && self.is(at + 1, ':');
        let mut tables =
            (0..self.tag.len()).filter(|at| is_table(*at) && self.holds(at + 2, at + 3));
        tables.next().is_some() || self.filters(&WHOLE)
    }

    /// Whether the fields of such a value are gone through.
    fn goes_through(&self) -> bool {
        let end = self.tag.len();
        let value = || (0..end).find(|at| self.word(*at) == Some("in"));
        let pairs = (0..end).any(|at| self.word(at) == Some("for") && self.is(at + 2, ','));
        pairs && !self.filters(&["group_by"]) && self.holds(value().unwrap_or(0), end)
    }

    fn filters(&self, names: &[&str]) -> bool {
        (0..self.tag.len()).any(|at| {
            self.is(at, '|') && self.word(at + 1).is_some_and(|name| names.contains(&name))
        })
    }

    /// Whether an attribute is chosen by a name that is not written out.
    fn chooses_blindly(&self) -> bool {
        (0..self.tag.len()).any(|at| {
            let chooses = matches!(self.word(at), Some("attribute")) && self.gives(at)
                || matches!(self.word(at), Some("key"))
                    && self.gives(at)
                    && self.filters(&["get", "map", "sort"]);
            chooses
                && !(matches!(self.token(at + 2), Some(Token::Text(_)))
                    && matches!(self.token(at + 3), Some(Token::Sign(',' | ')'))))
        })
    }
}
