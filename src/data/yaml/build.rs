//! Builds the tree from the parser's events, with a stack of its own: no nesting of the input
//! becomes nesting of calls.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use granit_parser::{Event, ScalarStyle, Tag};

use crate::base::{SitePath, Span};
use crate::data::{Key, MAX_DEPTH, Node, Raw};
use crate::diag::{Checked, Diagnostic};

use super::{explain, scalar};

/// So many values may a file with aliases have, each alias counted with all it stands for.
const ALIAS_BUDGET: usize = 10_000;

/// More duplicates of one table than this help nobody.
const MOST: usize = 20;

pub(super) struct Builder<'a> {
    path: &'a SitePath,
    source: &'a str,
    base: usize,
    stack: Vec<Open>,
    anchors: BTreeMap<usize, Anchored>,
    nodes: usize,
    copies: usize,
    documents: usize,
    root: Option<Node>,
    diagnostics: Vec<Diagnostic>,
}

/// What an anchor stands for, how many values that is, and how deep; no value where it is so
/// large that no alias to it could be within the budget.
struct Anchored {
    node: Option<Node>,
    count: usize,
    depth: usize,
}

/// A list or table whose end is still to come.
struct Open {
    start: Span,
    anchor: usize,
    /// How many values there were before it.
    before: usize,
    /// How deep it is by now.
    depth: usize,
    holds: Holds,
}

enum Holds {
    List(Vec<Node>),
    Table(Vec<(Key, Node)>, Slot),
}

/// What a table waits for.
enum Slot {
    Key,
    Value(Key),
    /// The value of a key that was refused.
    Refused,
}

impl<'a> Builder<'a> {
    pub(super) fn new(path: &'a SitePath, source: &'a str, base: usize) -> Self {
        Self {
            path,
            source,
            base,
            stack: Vec::new(),
            anchors: BTreeMap::new(),
            nodes: 0,
            copies: 0,
            documents: 0,
            root: None,
            diagnostics: Vec::new(),
        }
    }

    pub(super) fn tell(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Takes one event; a break means that the rest is not worth reading.
    pub(super) fn event(
        &mut self,
        event: Event<'_>,
        place: granit_parser::Span,
    ) -> ControlFlow<()> {
        let span = self.span(place);
        match event {
            Event::DocumentStart(..) => return self.document(span),
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = self.accept_tag(tag.as_deref(), place);
                self.scalar(&text, style, is_text, anchor, span);
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.accept_tag(tag.as_deref(), place);
                self.open(Holds::List(Vec::new()), anchor, span);
            }
            Event::MappingStart(_, anchor, tag) => {
                self.accept_tag(tag.as_deref(), place);
                self.open(Holds::Table(Vec::new(), Slot::Key), anchor, span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => return self.alias(anchor, span),
            _ => {}
        }
        ControlFlow::Continue(())
    }

    /// The tree; the root is a table whatever was written.
    pub(super) fn finish(mut self) -> Checked<Node> {
        // After an error lists and tables are still open: what they hold so far is kept.
        while let Some(open) = self.stack.last() {
            let end = Span::new(open.start.end as usize, open.start.end as usize);
            self.close(end);
        }
        let root = match self.root.take() {
            None => Node::empty_table(self.base),
            Some(node) if matches!(node.raw, Raw::Table(_)) => node,
            Some(Node { raw: Raw::Null, .. }) => Node::empty_table(self.base),
            Some(node) => {
                if self.diagnostics.is_empty() {
                    let error = explain::not_a_table(self.path, self.source, self.base, &node);
                    self.tell(error);
                }
                Node::empty_table(self.base)
            }
        };
        Checked::new(root, self.diagnostics)
    }

    fn document(&mut self, span: Span) -> ControlFlow<()> {
        self.documents += 1;
        if self.documents == 1 {
            return ControlFlow::Continue(());
        }
        let error = Diagnostic::error("yaml-documents", "a second YAML document begins here").at(
            self.path,
            span,
            "one file is one set of keys: take out the `---` or `...` between",
        );
        self.tell(error);
        ControlFlow::Break(())
    }

    fn span(&self, place: granit_parser::Span) -> Span {
        let range = place.byte_range().unwrap_or(0..0);
        Span::new(range.start, range.end).shift(self.base)
    }

    /// Whether the tag makes the value a text; all other tags are refused.
    fn accept_tag(&mut self, tag: Option<&Tag>, place: granit_parser::Span) -> bool {
        let Some(tag) = tag else { return false };
        if tag.is_yaml_core_schema_tag("str") {
            return true;
        }
        let at = self.span(place.tag_span().unwrap_or(place));
        let error = Diagnostic::error("yaml-tag", "YAML tags are not used here").at(
            self.path,
            at,
            "take it out; a text that begins with `!` needs quotes",
        );
        self.tell(error);
        false
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, is_text: bool, anchor: usize, span: Span) {
        let span = self.without_line_break(span);
        if self.awaits_key() {
            return self.key(text, style, span);
        }
        let raw = if is_text || style != ScalarStyle::Plain {
            Some(Raw::Text(text.into()))
        } else if span.start == span.end {
            // The parser hands out `~` for a value that is not there.
            Some(Raw::Null)
        } else {
            scalar::resolve(text)
        };
        let raw = raw.unwrap_or_else(|| {
            let error = Diagnostic::error("number-too-large", "this number is too large").at(
                self.path,
                span,
                "if it is a code, write it in quotes",
            );
            self.diagnostics.push(error);
            Raw::Null
        });
        self.nodes += 1;
        self.add(Node { raw, span }, anchor, 1, 0);
    }

    /// Block texts end with their line break; the underline should not.
    fn without_line_break(&self, span: Span) -> Span {
        let range = span.start as usize - self.base..span.end as usize - self.base;
        let written = self.source.get(range).unwrap_or_default();
        Span::new(
            span.start as usize,
            span.start as usize + written.trim_end().len(),
        )
    }

    fn awaits_key(&self) -> bool {
        matches!(
            self.stack.last(),
            Some(Open {
                holds: Holds::Table(_, Slot::Key),
                ..
            })
        )
    }

    fn key(&mut self, text: &str, style: ScalarStyle, span: Span) {
        let slot = if text == "<<" && style == ScalarStyle::Plain {
            let error = Diagnostic::error("yaml-merge-key", "merge keys are not read here").at(
                self.path,
                span,
                "write the keys out, or give an alias to one value",
            );
            self.tell(error);
            Slot::Refused
        } else if span.start == span.end {
            self.refuse_key(span);
            Slot::Refused
        } else {
            Slot::Value(Key {
                name: text.into(),
                span,
            })
        };
        if let Some(Open {
            holds: Holds::Table(_, waiting),
            ..
        }) = self.stack.last_mut()
        {
            *waiting = slot;
        }
    }

    fn refuse_key(&mut self, span: Span) {
        let error = Diagnostic::error("yaml-key", "a key is one word or text").at(
            self.path,
            span,
            "a value that begins with { or [ needs quotes",
        );
        self.tell(error);
    }

    fn open(&mut self, holds: Holds, anchor: usize, start: Span) {
        self.stack.push(Open {
            start,
            anchor,
            before: self.nodes,
            depth: 1,
            holds,
        });
        self.nodes += 1;
    }

    fn close(&mut self, end: Span) {
        let Some(open) = self.stack.pop() else { return };
        let start = open.start;
        let (raw, last) = match open.holds {
            Holds::List(items) => {
                let last = items.last().map(|node| node.span.end);
                (Raw::List(items), last)
            }
            Holds::Table(entries, _) => {
                let last = entries.last().map(|(_, node)| node.span.end);
                (Raw::Table(self.without_duplicates(entries)), last)
            }
        };
        // A block ends with its last value; the parser would have it end with the next token.
        let end = if end.start < end.end {
            end.end
        } else {
            last.unwrap_or(start.end)
        };
        let span = Span::new(start.start as usize, end as usize);
        let count = self.nodes - open.before;
        self.add(Node { raw, span }, open.anchor, count, open.depth);
    }

    fn without_duplicates(&mut self, entries: Vec<(Key, Node)>) -> Vec<(Key, Node)> {
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        let mut twice = Vec::new();
        for (at, (key, _)) in entries.iter().enumerate() {
            match first.get(&*key.name) {
                Some(before) => twice.push((at, *before)),
                None => drop(first.insert(&key.name, key.span)),
            }
        }
        if twice.is_empty() {
            return entries;
        }
        for (at, before) in twice.iter().take(MOST) {
            let key = &entries[*at].0;
            let error =
                Diagnostic::error("duplicate-key", format!("`{}` is written twice", key.name))
                    .at(self.path, key.span, "keep one of the two")
                    .at(self.path, *before, "first here");
            self.diagnostics.push(error);
        }
        let mut at = 0;
        let kept = |_: &(Key, Node)| {
            at += 1;
            twice
                .binary_search_by_key(&(at - 1), |(twice, _)| *twice)
                .is_err()
        };
        entries.into_iter().filter(kept).collect()
    }

    /// Adds a finished value that is `count` values in all, `depth` deep.
    fn add(&mut self, node: Node, anchor: usize, count: usize, depth: usize) {
        if anchor != 0 {
            self.copies += count;
            let node = (self.copies <= ALIAS_BUDGET).then(|| node.clone());
            self.anchors.insert(anchor, Anchored { node, count, depth });
        }
        if let Some(open) = self.stack.last_mut() {
            open.depth = open.depth.max(depth + 1);
        }
        if self.awaits_key() {
            self.refuse_key(node.span);
        }
        match self.stack.last_mut().map(|open| &mut open.holds) {
            None => self.root = Some(node),
            Some(Holds::List(items)) => items.push(node),
            Some(Holds::Table(entries, slot)) => match std::mem::replace(slot, Slot::Key) {
                Slot::Value(key) => entries.push((key, node)),
                Slot::Key => *slot = Slot::Refused,
                Slot::Refused => {}
            },
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) -> ControlFlow<()> {
        let Some(anchored) = self.anchors.get(&anchor) else {
            let error = Diagnostic::error("yaml-alias", "this alias stands inside what it names")
                .at(self.path, span, "write the value out");
            self.tell(error);
            return ControlFlow::Break(());
        };
        let (count, depth) = (anchored.count, anchored.depth);
        self.nodes += count;
        let fits = self.nodes <= ALIAS_BUDGET && self.stack.len() + depth <= MAX_DEPTH;
        let Some(node) = anchored.node.clone().filter(|_| fits) else {
            self.tell(bomb(self.path, span));
            return ControlFlow::Break(());
        };
        self.add(node, 0, count, depth);
        ControlFlow::Continue(())
    }
}

fn bomb(path: &SitePath, span: Span) -> Diagnostic {
    let limit = format!("with aliases a file may have {ALIAS_BUDGET} values, {MAX_DEPTH} deep");
    Diagnostic::error("yaml-bomb", "aliases make this file grow beyond all bounds")
        .at(path, span, "write the value out")
        .hint(limit)
}
