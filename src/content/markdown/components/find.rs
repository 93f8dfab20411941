//! Finding the calls of one text: every tag that can be read, less those in code, paired up.

use super::call::{self, Form, Tag};
use super::fault::Fault;
use super::layout::{stands_first, stands_last};
use super::{Call, Kind, unclosed, video};
use crate::content::body::Component;
use crate::content::markdown::dollars;
use crate::content::markdown::page::Page;
use crate::content::markdown::source::Source;
use crate::diag::Diagnostic;
use memchr::memchr;
use pulldown_cmark::{Event, Options, Parser, Tag as Block};
use std::collections::HashMap;
use std::ops::Range;

/// How deep components with bodies may nest.
const DEEPEST: usize = 32;

/// Faulty tags are read again from just behind their start, since what follows may be a sound
/// tag. Beyond this many times the length of the text, reading goes on behind the fault instead:
/// time stays linear in whatever an attacker writes.
const REREADS: usize = 8;

/// A tag or what looks like one.
struct Candidate {
    range: Range<usize>,
    what: Found,
}

enum Found {
    Tag(Box<Tag>),
    Escape,
    Fault(Box<Fault>),
}

/// Whether a text has to be searched at all.
pub(in crate::content::markdown) fn may_hold_components(text: &str) -> bool {
    next_opener(text, 0).is_some() || video::may_hold_videos(text)
}

/// The calls of a text that lies in the bodies of `depth` components, in order.
pub(in crate::content::markdown) fn find(
    page: &mut Page<'_>,
    source: &Source<'_>,
    depth: usize,
) -> Vec<Call> {
    let candidates = with_videos(candidates(source), source);
    let masked = masked(&source.text, &candidates);
    let mut code = literal_ranges(&masked, page.options.parser())
        .into_iter()
        .peekable();
    let outside: Vec<Candidate> = candidates
        .into_iter()
        .filter(|candidate| {
            while code
                .next_if(|range| range.end <= candidate.range.start)
                .is_some()
            {}
            code.peek()
                .is_none_or(|range| candidate.range.start < range.start)
        })
        .collect();
    let mates = mates(&outside);
    calls(page, source, outside, &mates, depth)
}

/// Where the next tag or escape begins: its first byte and its `<`.
fn next_opener(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(found) = memchr(b'{', &bytes[at..]) {
        at += found;
        if let Some(angle) = angle_of(bytes, at) {
            return Some((at, angle));
        }
        at += 1;
    }
    None
}

/// The `<` of a tag that begins at `at`. Tera allows blanks before it; then a name must follow,
/// so that `{{ < }}` in prose stays text.
fn angle_of(bytes: &[u8], at: usize) -> Option<usize> {
    if !matches!(bytes.get(at + 1), Some(b'{' | b'%')) {
        return None;
    }
    let dash = usize::from(bytes.get(at + 2) == Some(&b'-'));
    let blanks = bytes[at + 2 + dash..]
        .iter()
        .take_while(|b| b.is_ascii_whitespace())
        .count();
    let angle = at + 2 + dash + blanks;
    if bytes.get(angle) != Some(&b'<') {
        return None;
    }
    let braces = bytes[at + 1] == b'{';
    let named = bytes
        .get(angle + 1)
        .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'/'));
    (named || (braces && angle == at + 2)).then_some(angle)
}

fn candidates(source: &Source<'_>) -> Vec<Candidate> {
    let text: &str = &source.text;
    let mut all = Vec::new();
    let mut rereads = text.len() * REREADS;
    let mut at = 0;
    while let Some((start, angle)) = next_opener(text, at) {
        let what = if is_escaped(text, start) {
            Found::Escape
        } else {
            match call::read(source, start, angle) {
                Ok(tag) => Found::Tag(Box::new(tag)),
                Err(fault) => Found::Fault(blamed(text, start, angle, fault, &mut rereads)),
            }
        };
        let range = match &what {
            Found::Escape => start - 1..angle + 1,
            Found::Tag(tag) => tag.range.clone(),
            Found::Fault(_) => start..angle + 1,
        };
        at = range.end;
        if let Found::Fault(fault) = &what {
            let read = fault.range.end.saturating_sub(at);
            at = if read > rereads {
                fault.range.end.max(at)
            } else {
                at
            };
            rereads = rereads.saturating_sub(read);
        }
        all.push(Candidate { range, what });
    }
    all
}

/// The fault of a tag: that it is not closed, before all that follows from it.
fn blamed(
    text: &str,
    start: usize,
    angle: usize,
    fault: Box<Fault>,
    rereads: &mut usize,
) -> Box<Fault> {
    if *rereads == 0 {
        return fault;
    }
    let (unclosed, end) = unclosed::find(text, start, angle);
    *rereads = rereads.saturating_sub(end - start);
    unclosed.unwrap_or(fault)
}

/// Adds the videos that lie in no tag.
fn with_videos(tags: Vec<Candidate>, source: &Source<'_>) -> Vec<Candidate> {
    let videos = video::find(source);
    if videos.is_empty() {
        return tags;
    }
    let mut all = Vec::with_capacity(tags.len() + videos.len());
    let mut tags = tags.into_iter().peekable();
    let mut end = 0;
    for (range, component) in videos {
        while let Some(tag) = tags.next_if(|tag| tag.range.start < range.end) {
            end = tag.range.end.max(end);
            all.push(tag);
        }
        if range.start >= end {
            let form = Form::Inline;
            let tag = Tag {
                form,
                range: range.clone(),
                component,
            };
            let what = Found::Tag(Box::new(tag));
            all.push(Candidate { range, what });
        }
    }
    all.extend(tags);
    all
}

/// Whether an odd number of backslashes stands before `start`.
fn is_escaped(text: &str, start: usize) -> bool {
    let before = text[..start].bytes().rev();
    before.take_while(|b| *b == b'\\').count() % 2 == 1
}

/// The text with letters in the place of sound tags: what stands in their arguments (backticks,
/// quotes, bars) shapes no Markdown, and all offsets stay.
fn masked(text: &str, candidates: &[Candidate]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for Candidate { range, what } in candidates {
        if !matches!(what, Found::Fault(_)) {
            out.push_str(&text[done..range.start]);
            out.extend(std::iter::repeat_n('x', range.len()));
            done = range.end;
        }
    }
    out.push_str(&text[done..]);
    out
}

/// The ranges in which nothing is a component: code, formulas, comments, and the raw blocks
/// whose content HTML itself takes as text.
fn literal_ranges(text: &str, options: Options) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let text = &*dollars::hidden(text, options);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let literal = match event {
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => true,
            Event::Start(Block::CodeBlock(_)) => true,
            Event::Start(Block::HtmlBlock) => is_text_element(&text[range.clone()]),
            Event::InlineHtml(html) => html.starts_with("<!--"),
            _ => false,
        };
        if literal {
            ranges.push(range);
        }
    }
    ranges
}

fn is_text_element(html: &str) -> bool {
    let html = html.trim_start();
    let begins = |tag: &str| {
        html.get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag))
    };
    ["<!--", "<script", "<style", "<pre", "<textarea"]
        .into_iter()
        .any(begins)
}

/// The closing tag of an opening one.
#[derive(Clone, Copy)]
struct Mate {
    index: usize,
    /// How many pairs lie in each other here, this one counted.
    height: usize,
}

/// An opening tag without its mate yet.
struct Open<'c> {
    index: usize,
    name: &'c str,
    /// The height of what was paired up inside.
    height: usize,
}

/// The mates of opening tags. A closing tag closes the innermost open tag of its name; what was
/// opened in between has no mate.
fn mates(candidates: &[Candidate]) -> Vec<Option<Mate>> {
    let mut mates = vec![None; candidates.len()];
    let mut stack: Vec<Open<'_>> = Vec::new();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let Found::Tag(tag) = &candidate.what else {
            continue;
        };
        let name = &*tag.component.name;
        let count = counts.entry(name).or_default();
        match tag.form {
            Form::Open => {
                *count += 1;
                let height = 0;
                stack.push(Open {
                    index,
                    name,
                    height,
                });
            }
            Form::Close if *count > 0 => {
                close(&mut stack, &mut counts, name, |opened, height| {
                    mates[opened] = Some(Mate { index, height });
                });
            }
            Form::Inline | Form::Close => {}
        }
    }
    mates
}

/// Takes tags off the stack up to the one of this name and tells its index and height.
fn close<'c>(
    stack: &mut Vec<Open<'c>>,
    counts: &mut HashMap<&'c str, usize>,
    name: &str,
    mut closed: impl FnMut(usize, usize),
) {
    let mut height = 0;
    while let Some(open) = stack.pop() {
        if let Some(count) = counts.get_mut(open.name) {
            *count -= 1;
        }
        height = open.height.max(height);
        if open.name == name {
            height += 1;
            closed(open.index, height);
            break;
        }
    }
    if let Some(around) = stack.last_mut() {
        around.height = around.height.max(height);
    }
}

/// The outermost calls; what lies in a body is found when the body is parsed.
fn calls(
    page: &mut Page<'_>,
    source: &Source<'_>,
    candidates: Vec<Candidate>,
    mates: &[Option<Mate>],
    depth: usize,
) -> Vec<Call> {
    let ends: Vec<Range<usize>> = candidates.iter().map(|c| c.range.clone()).collect();
    let mut calls = Vec::new();
    let mut from = 0;
    for (index, Candidate { range, what }) in candidates.into_iter().enumerate() {
        if range.start < from {
            continue;
        }
        let (end, kind) = match what {
            Found::Escape => (range.end, Kind::Escape),
            Found::Fault(fault) => {
                report_fault(page, source, *fault);
                continue;
            }
            Found::Tag(tag) if tag.form == Form::Inline => (range.end, Kind::Inline(tag.component)),
            Found::Tag(tag) => match mates[index] {
                Some(mate) => {
                    let close = &ends[mate.index];
                    let body = range.end..close.start;
                    let depth = depth + mate.height;
                    (close.end, block(page, tag.component, body, depth))
                }
                None => {
                    report_mateless(page, &tag);
                    continue;
                }
            },
        };
        from = end;
        let range = range.start..end;
        let alone = stands_first(&source.text, range.start) && stands_last(&source.text, end);
        calls.push(Call { range, alone, kind });
    }
    calls
}

/// A call with a body whose innermost component lies in `depth` bodies, its own counted.
fn block(page: &mut Page<'_>, component: Component, body: Range<usize>, depth: usize) -> Kind {
    if depth <= DEEPEST {
        return Kind::Block(component, body);
    }
    let message = format!("components are nested more than {DEEPEST} deep");
    let nesting = Diagnostic::error("component-nesting", message)
        .hint("put what is so deep inside into a component of the theme");
    page.report(nesting, component.span, "this one's body is left out");
    Kind::Block(component, body.start..body.start)
}

fn report_fault(page: &mut Page<'_>, source: &Source<'_>, fault: Fault) {
    let what = Diagnostic::error(fault.code, fault.message).hint(fault.hint);
    page.report(what, source.span(fault.range), fault.label);
}

fn report_mateless(page: &mut Page<'_>, tag: &Tag) {
    let name = &tag.component.name;
    let (what, label) = if tag.form == Form::Close {
        let message = format!("`{name}` is closed but not open here");
        let hint = format!("remove it, or write `{{% <{name}> %}}` before it");
        let what = Diagnostic::error("component-stray-close", message).hint(hint);
        (what, "nothing to close")
    } else {
        let message = format!("the component `{name}` is never closed");
        let hint = format!(
            "write `{{% </{name}> %}}` behind its body, or `{{{{<{name} />}}}}` if it has none"
        );
        (
            Diagnostic::error("component-unclosed", message).hint(hint),
            "opened here",
        )
    };
    page.report(what, tag.component.span, label);
}
