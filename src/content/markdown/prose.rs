//! Prose that may name amounts, gathered beside the writing of the HTML: what stands in one
//! sentence, list item or row with what, and below which heading.

use super::components::{Call, Kind, Part, Placed};
use crate::base::amounts;
use crate::content::body::{Passage, Prose};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;

/// Stands in the text for what is no prose.
const OTHER: char = '\u{FFFC}';
const OTHER_TEXT: &str = "\u{FFFC}";

/// Listens to the events of one text.
pub(super) struct Listener<'p> {
    placed: &'p Placed<'p>,
    found: Vec<Passage>,
    block: Block,
    /// What the block stands below, the nearest last.
    above: Vec<Arc<Prose>>,
    /// Open list items: how much of `above` lies outside, and whether their own text is in it.
    items: Vec<(usize, bool)>,
    /// How much of `above` lies outside of the definition list.
    outside: usize,
    head: Option<Arc<Prose>>,
    /// A component that stood alone right before the block: a card, mostly.
    card: Option<Arc<Prose>>,
    /// Open elements whose text is no prose: code, pictures, what is struck out.
    muted: usize,
}

/// The block that is heard.
#[derive(Default)]
struct Block {
    text: String,
    places: Vec<(u32, u32)>,
    links: Vec<(Range<u32>, Box<str>)>,
    open_link: Option<(u32, Box<str>)>,
    calls: Vec<(Range<u32>, Box<str>)>,
}

impl<'p> Listener<'p> {
    pub(super) fn new(placed: &'p Placed<'p>) -> Self {
        Self {
            placed,
            found: Vec::new(),
            block: Block::default(),
            above: Vec::new(),
            items: Vec::new(),
            outside: 0,
            head: None,
            card: None,
            muted: 0,
        }
    }

    /// The passages of the text.
    pub(super) fn finish(mut self) -> Vec<Passage> {
        self.end_block();
        self.found
    }

    pub(super) fn hear(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Text(text) if self.muted == 0 => self.text(text, range.start),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.other(),
            Event::SoftBreak | Event::HardBreak if self.muted == 0 => self.block.text.push(' '),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, start: usize) {
        if !self.placed.holds_calls(text) {
            return self.words(text, start);
        }
        let mut at = start;
        for part in self.placed.parts(text) {
            match part {
                Part::Text(text) => {
                    self.words(text, at);
                    at += text.len();
                }
                Part::Call(number) => {
                    self.call(number);
                    at += self.placed.placeholder_length(number);
                }
            }
        }
    }

    fn words(&mut self, text: &str, start: usize) {
        let place = self.placed.span(start..start).start;
        self.block
            .places
            .push((self.block.text.len() as u32, place));
        self.block.text.push_str(text);
    }

    fn call(&mut self, number: usize) {
        let from = self.block.text.len() as u32;
        self.other();
        let named = self.placed.call(number).and_then(named);
        let to = self.block.text.len() as u32;
        self.block
            .calls
            .extend(named.map(|id| (from..to, id.into())));
    }

    fn other(&mut self) {
        if self.muted == 0 {
            self.block.text.push(OTHER);
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Link { dest_url, .. } if self.muted == 0 => {
                let at = self.block.text.len() as u32;
                self.block.open_link = Some((at, (**dest_url).into()));
            }
            Tag::Image { .. } | Tag::CodeBlock(_) | Tag::Strikethrough => {
                self.other();
                self.muted += 1;
            }
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } => {}
            Tag::Item => {
                self.end_block();
                self.items.push((self.above.len(), false));
            }
            Tag::TableCell => {}
            Tag::DefinitionList => {
                self.end_block();
                self.outside = self.above.len();
            }
            _ => self.end_block(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => self.block.close_link(),
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::Strikethrough => {
                self.muted = self.muted.saturating_sub(1);
            }
            TagEnd::Heading(_) => self.lead(),
            TagEnd::DefinitionListTitle => self.term(),
            TagEnd::TableCell => self.block.text.push('\n'),
            TagEnd::TableHead => self.head = Some(Arc::new(self.take().prose)),
            TagEnd::Table => self.head = None,
            TagEnd::Item => {
                self.end_block();
                if let Some((outside, _)) = self.items.pop() {
                    self.above.truncate(outside);
                }
            }
            TagEnd::DefinitionList => {
                self.end_block();
                self.above.truncate(self.outside);
            }
            TagEnd::Emphasis | TagEnd::Strong => {}
            _ => self.end_block(),
        }
    }

    /// A heading: all below it, up to the next one, stands under it alone.
    fn lead(&mut self) {
        let passage = self.take();
        let prose = Arc::new(passage.prose.clone());
        self.keep(passage);
        if self.items.is_empty() {
            self.above.clear();
            self.above.push(prose);
        }
    }

    /// A term: what defines it stands under it and under the heading.
    fn term(&mut self) {
        let passage = self.take();
        let prose = Arc::new(passage.prose.clone());
        self.keep(passage);
        self.above.truncate(self.outside);
        self.above.push(prose);
    }

    fn end_block(&mut self) {
        if self.block.text.trim().is_empty() {
            self.block = Block::default();
            return;
        }
        let is_card = !self.block.calls.is_empty() && self.block.text.trim() == OTHER_TEXT;
        let passage = self.take();
        if is_card {
            self.card = Some(Arc::new(passage.prose));
            return;
        }
        if let Some((_, told)) = self.items.last_mut()
            && !*told
        {
            *told = true;
            let prose = Arc::new(passage.prose.clone());
            self.keep(passage);
            self.above.push(prose);
            return;
        }
        self.keep(passage);
    }

    /// The block so far, as a passage.
    fn take(&mut self) -> Passage {
        let mut block = std::mem::take(&mut self.block);
        block.close_link();
        Passage {
            prose: Prose {
                text: block.text.into(),
                links: block.links.into(),
                calls: block.calls.into(),
            },
            places: block.places.into(),
            above: self.above.iter().cloned().chain(self.card.take()).collect(),
            head: self.head.clone(),
        }
    }

    fn keep(&mut self, passage: Passage) {
        if amounts::may_hold(&passage.prose.text) {
            self.found.push(passage);
        }
    }
}

/// The page that a component is called for. A price is no card that amounts stand beside.
fn named(call: &Call) -> Option<&str> {
    let (Kind::Inline(component) | Kind::Block(component, _)) = &call.kind else {
        return None;
    };
    let ids = component.args.iter();
    let mut ids = ids.filter(|(key, _)| matches!(&**key, "of" | "id" | "course"));
    ids.find_map(|(_, id)| id.as_text())
        .filter(|_| &*component.name != "price")
}

impl Block {
    fn close_link(&mut self) {
        if let Some((from, target)) = self.open_link.take() {
            self.links.push((from..self.text.len() as u32, target));
        }
    }
}
