//! A published page as its reader has it before the eyes: its visible text, with the elements and
//! links in it, and the graphs that it holds for machines.

mod rest;

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use rest::Rest;

/// Elements that do not break a line.
const INLINE: [&str; 32] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements without an end.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements whose text is not read, or is no price.
const HIDDEN: [&str; 9] = [
    "script", "style", "template", "noscript", "title", "textarea", "svg", "pre", "code",
];

/// Elements that end where another of their kind begins.
const CLOSED_BY_NEXT: [&str; 9] = ["li", "p", "tr", "td", "th", "dt", "dd", "option", "thead"];

/// A page's text with what stands in it.
#[derive(Default)]
pub(super) struct Seen {
    /// The visible text; blocks are parted by `\n`.
    pub(super) text: String,
    /// The elements in the order in which they begin.
    pub(super) elements: Vec<Element>,
    /// Elements that are links, and where they lead.
    pub(super) links: Vec<(usize, String)>,
    /// The graphs for machines, each with the line it begins in.
    pub(super) graphs: Vec<(String, usize)>,
    /// The language that the page says it is in.
    pub(super) lang: Option<String>,
    runs: Vec<Run>,
}

/// A stretch of the text that stands on one line and in one element.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    /// From which byte of the text on.
    start: usize,
    /// The line of the file, from 1.
    line: usize,
    element: usize,
    /// Where it stands in the file.
    at: usize,
}

/// An element.
#[derive(Default)]
pub(super) struct Element {
    name: String,
    /// The element around it; its own number for the outermost.
    pub(super) parent: usize,
    /// The last element in it, itself if there is none.
    pub(super) last: usize,
    /// Where its text begins.
    pub(super) start: usize,
    /// Where its text ends.
    pub(super) end: usize,
    hidden: bool,
}

impl Seen {
    fn run(&self, at: usize) -> Run {
        let before = self.runs.partition_point(|run| run.start <= at);
        let first = Run {
            line: 1,
            ..Run::default()
        };
        before.checked_sub(1).map_or(first, |last| self.runs[last])
    }

    /// The line of the file in which a byte of the text stands, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.run(at).line
    }

    /// Where a byte of the text stands in the file.
    pub(super) fn place(&self, at: usize) -> usize {
        let run = self.run(at);
        run.at + at.saturating_sub(run.start)
    }

    /// The elements around a byte of the text, the innermost first.
    pub(super) fn around(&self, at: usize) -> impl Iterator<Item = usize> {
        let innermost = self.run(at).element;
        std::iter::successors(Some(innermost), |own| {
            let parent = self.elements.get(*own)?.parent;
            (parent != *own).then_some(parent)
        })
    }

    /// The first article that stands in no list: where a page is about one thing, it is that.
    pub(super) fn first_article(&self) -> Option<usize> {
        let first = self.elements.iter().position(|own| own.name == "article")?;
        let mut around = std::iter::successors(Some(first), |own| {
            let parent = self.elements[*own].parent;
            (parent != *own).then_some(parent)
        });
        let listed = around.any(|own| matches!(&*self.elements[own].name, "li" | "td" | "aside"));
        (!listed).then_some(first)
    }

    /// What an element and those in it are called.
    pub(super) fn names_in(&self, element: usize) -> impl Iterator<Item = &str> {
        let last = self.elements.get(element).map_or(element, |own| own.last);
        let inside = self.elements.get(element..=last).unwrap_or_default();
        inside.iter().map(|element| &*element.name)
    }

    /// Where the links in an element lead.
    pub(super) fn links_in(&self, element: usize) -> impl Iterator<Item = &str> {
        let last = self.elements.get(element).map_or(0, |own| own.last);
        let inside = self.links.iter();
        inside
            .filter(move |(at, _)| (element..=last).contains(at))
            .map(|(_, target)| &**target)
    }
}

/// Reads a page.
pub(super) fn read(html: &str) -> Seen {
    let sink = Sink {
        reading: RefCell::new(Reading {
            rest: Rest::of(html),
            ..Reading::default()
        }),
    };
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    // Nothing here waits for a script, so that one call takes all.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut reading = tokenizer.sink.reading.into_inner();
    reading.close_down_to(0);
    reading.seen
}

/// The plain text of a piece of HTML.
pub(super) fn plain(html: &str) -> String {
    read(html).text
}

struct Sink<'a> {
    reading: RefCell<Reading<'a>>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut reading = self.reading.borrow_mut();
        let next = match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                reading.rest.pass_tag("<", &tag.name);
                reading.start(&tag)
            }
            Token::TagToken(tag) => {
                reading.rest.pass_tag("</", &tag.name);
                reading.finish(&tag.name);
                TokenSinkResult::Continue
            }
            Token::CharacterTokens(text) => {
                let at = reading.rest.pass_text(&text);
                reading.text(&text, at);
                TokenSinkResult::Continue
            }
            Token::CommentToken(_) => {
                reading.rest.pass_comment();
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        };
        reading.line = line as usize;
        next
    }
}

#[derive(Default)]
struct Reading<'a> {
    seen: Seen,
    rest: Rest<'a>,
    open: Vec<usize>,
    /// The line in which the last token ended.
    line: usize,
    /// Whether what comes is the text of a graph.
    graph: bool,
}

impl Reading<'_> {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        let value = |wanted: &str| {
            let mut all = tag.attrs.iter();
            all.find(|attribute| *attribute.name.local == *wanted)
                .map(|attribute| attribute.value.trim().to_owned())
        };
        if CLOSED_BY_NEXT.contains(&name) {
            self.close_sibling(name);
        }
        let parent = self.open.last().copied();
        let number = self.seen.elements.len();
        let around = parent.and_then(|at| self.seen.elements.get(at));
        let hidden = around.is_some_and(|parent| parent.hidden) || HIDDEN.contains(&name);
        self.part(name);
        let start = self.seen.text.len();
        self.seen.elements.push(Element {
            name: name.to_owned(),
            parent: parent.unwrap_or(number),
            last: number,
            start,
            end: start,
            hidden,
        });
        match name {
            "a" => {
                let target = value("href");
                self.seen
                    .links
                    .extend(target.map(|target| (number, target)));
            }
            "html" => self.seen.lang = value("lang"),
            _ => {}
        }
        if !VOID.contains(&name) && !tag.self_closing {
            self.open.push(number);
        }
        self.graph = name == "script"
            && value("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"));
        if self.graph {
            self.seen.graphs.push((String::new(), self.line));
        }
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn finish(&mut self, name: &str) {
        self.graph = false;
        let named = |at: &usize| self.seen.elements[*at].name == name;
        if let Some(depth) = self.open.iter().rposition(named) {
            self.close_down_to(depth);
            self.part(name);
        }
    }

    /// `<li>` ends the item before it, but not the list around it.
    fn close_sibling(&mut self, name: &str) {
        let Some(last) = self.open.last() else {
            return;
        };
        let last = &*self.seen.elements[*last].name;
        let cells = |name: &str| matches!(name, "td" | "th");
        let terms = |name: &str| matches!(name, "dt" | "dd");
        if last == name || cells(last) && cells(name) || terms(last) && terms(name) {
            let depth = self.open.len() - 1;
            self.close_down_to(depth);
        }
    }

    fn close_down_to(&mut self, depth: usize) {
        let (end, last) = (self.seen.text.len(), self.seen.elements.len().max(1) - 1);
        for at in self.open.drain(depth.min(self.open.len())..) {
            let element = &mut self.seen.elements[at];
            element.end = end;
            element.last = last;
        }
    }

    /// Parts the text where a block begins or ends.
    fn part(&mut self, name: &str) {
        if !INLINE.contains(&name) && !self.seen.text.is_empty() && !self.seen.text.ends_with('\n')
        {
            self.seen.text.push('\n');
        }
    }

    fn text(&mut self, text: &str, mut place: usize) {
        if self.graph
            && let Some((graph, _)) = self.seen.graphs.last_mut()
        {
            graph.push_str(text);
            return;
        }
        let at = self.open.last().copied().unwrap_or_default();
        let hidden = |element: &Element| element.hidden;
        if self.seen.elements.get(at).is_some_and(hidden) {
            return;
        }
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.seen.text.push(' ');
            }
            let start = self.seen.text.len();
            self.seen.runs.push(Run {
                start,
                line: self.line.max(1) + number,
                element: at,
                at: place,
            });
            self.seen.text.push_str(line);
            place += line.len() + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visible_text_has_lines_elements_and_links() {
        let seen = read(
            "<html lang=id><title>Rp1.000.000</title><body>\n<ul><li><a href=/a/>A</a> \
             <b>Rp</b>2.000.000\n<li><a href=/b/>B &amp; C</a></ul><pre>Rp3.000.000</pre>\n\
             <script type=\"application/ld+json\">{\"a\": \"<p>\"}</script>",
        );
        assert_eq!(seen.lang.as_deref(), Some("id"));
        assert_eq!(
            seen.text.split_whitespace().collect::<Vec<_>>(),
            ["A", "Rp2.000.000", "B", "&", "C"]
        );
        let at = seen.text.find("2.000").unwrap();
        assert_eq!(seen.line(at), 2);
        let item = seen.around(at).next().unwrap();
        assert_eq!(seen.links_in(item).collect::<Vec<_>>(), ["/a/"]);
        let after = seen.text.find('B').unwrap();
        assert_eq!(seen.line(after), 3);
        assert_eq!(seen.graphs, [("{\"a\": \"<p>\"}".to_owned(), 4)]);
    }

    #[test]
    fn what_is_no_page_is_read_all_the_same() {
        for html in [
            "",
            "</p></div>",
            "<",
            "<a href='x",
            "<p><b><i></p>x",
            "<li><li>",
            "\0",
        ] {
            let _ = read(html);
        }
        assert_eq!(plain("a<br>b &lt; c"), "a\nb < c");
    }
}
