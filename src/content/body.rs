//! The body of a page: finished HTML with slots for what other files decide.
//!
//! Slots are filled when a page is rendered, so an edit of a template, a moved page or a new
//! price never parses Markdown again.

use std::ops::Range;
use std::sync::Arc;

use crate::base::Span;
use crate::data::Node;

/// A parsed Markdown text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// HTML and slots, in order.
    pub pieces: Vec<Piece>,
    /// How many of the pieces stand before `<!-- more -->`; none where there is no such mark.
    pub summary: Option<usize>,
    /// All headings, in order, those in component bodies among them; empty in the body of a
    /// component.
    pub headings: Vec<Heading>,
    /// Words a reader reads; code blocks are not counted.
    pub words: u32,
    /// The text of the first paragraph, plain, for a description that was not written; at most
    /// 500 bytes.
    pub first_paragraph: Box<str>,
    /// The text of the first level-one heading: the title of a page that gives none.
    pub first_title: Option<Box<str>>,
    /// How many pieces at the front are that heading; none where it does not open the body. Who
    /// takes it for the title leaves these pieces out.
    pub title_pieces: Option<usize>,
    /// Every `id` that a link with an anchor may name, headings among them, in order; empty in
    /// the body of a component.
    pub anchors: Vec<Box<str>>,
    /// Stretches of prose that may name amounts, in order, those in component bodies among them;
    /// empty in the body of a component, and for almost every text.
    pub passages: Vec<Passage>,
}

/// A stretch of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Finished HTML.
    Html(Box<str>),
    /// The address of a link to content or to a file of the site; only the value of `href`,
    /// the tag around it is HTML. In raw HTML that of other attributes, too.
    Link(Box<Link>),
    /// A whole `<img>`.
    Image(Box<Image>),
    /// A component call.
    Component(Box<Component>),
}

/// A link that the site resolves: `@/…`, `./x.md`, `../x.md#a`, a file beside the page, `/x` from
/// the site's root, or `#a` on the page itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The address as written, without the anchor but with a query; empty for the page itself.
    pub target: Box<str>,
    /// What stands after `#`.
    pub anchor: Option<Box<str>>,
    /// Where it stands in the file.
    pub span: Span,
    /// What an element of raw HTML takes it for; none for a link of Markdown.
    pub raw: Option<Raw>,
}

/// What raw HTML does with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raw {
    /// It leads there, or shows what is there.
    Link,
    /// It shows a picture.
    Picture,
    /// It plays a sound or film, or shows a part of a drawing.
    File,
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// The address as written.
    pub src: Box<str>,
    /// The alternative text, plain.
    pub alt: Box<str>,
    /// The title, plain; may be empty.
    pub title: Box<str>,
    /// Where it stands in the file.
    pub span: Span,
}

/// A call of a component.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// The component's name.
    pub name: Box<str>,
    /// Where the name stands in the file.
    pub name_span: Span,
    /// Its arguments as literals, in order.
    pub args: Vec<(Box<str>, Node)>,
    /// Where the whole opening tag stands in the file.
    pub span: Span,
    /// The text between the tags, parsed apart; none for a component without a body.
    pub body: Option<Body>,
    /// Where an address was written and no tag: it stays a link where the theme has no such
    /// component.
    pub address: Option<Box<str>>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Unique within the page.
    pub id: Box<str>,
    /// Its text, plain.
    pub title: Box<str>,
    /// Where it stands in the file.
    pub span: Span,
}

/// A paragraph, list item, heading or row of a table that may name amounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// What it says.
    pub prose: Prose,
    /// From which byte of the file on its text was taken, where that is not simply further on:
    /// pairs of a byte of the text and a byte of the file, in order.
    pub places: Box<[(u32, u32)]>,
    /// What it stands below, the nearest last: the heading, the list items around it, the term
    /// that it defines.
    pub above: Box<[Arc<Prose>]>,
    /// The head of the table that it is a row of.
    pub head: Option<Arc<Prose>>,
}

/// Plain text and the links in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    /// The text. Cells of a table are parted by `\n`; U+FFFC stands for what is no prose:
    /// components, code, pictures, what is struck out.
    pub text: Box<str>,
    /// Where links stand in the text, and where they lead, as written.
    pub links: Box<[(Range<u32>, Box<str>)]>,
    /// Where components stand that are called for a page, and the id that they are given.
    pub calls: Box<[(Range<u32>, Box<str>)]>,
}

impl Passage {
    /// Where a stretch of the text stands in the file.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let place = |at: usize| {
            let before = self.places.partition_point(|(own, _)| *own as usize <= at);
            let (own, file) = before
                .checked_sub(1)
                .map_or((0, 0), |last| self.places[last]);
            file as usize + (at - own as usize)
        };
        match range.is_empty() {
            true => Span::new(place(range.start), place(range.start)),
            // The end is told by the last byte: what follows may stand elsewhere.
            false => Span::new(place(range.start), place(range.end - 1) + 1),
        }
    }
}
