//! The words: which place disagrees with which, and what to write instead.

use std::ops::Range;

use super::due::Due;
use super::seen::Seen;
use crate::base::amounts::{self, Literal};
use crate::base::words::primary;
use crate::base::{Money, SitePath, Span};
use crate::content::Body;
use crate::content::body::Piece;
use crate::data::{Record, Typed, Value};
use crate::diag::Diagnostic;
use crate::output::{Recipe, Target};
use crate::site::{Entity, PageId, Site};
use crate::theme::Subject;
use crate::world::{World, read_text};

/// A published file that is looked at.
pub(super) struct File<'a> {
    pub(super) site: &'a Site,
    pub(super) text: &'a str,
    target: &'a Target,
    world: &'a dyn World,
    path: SitePath,
}

/// The path of an output file as the user knows it: `public/kursus/basic-python/index.html`.
pub(super) fn path(site: &Site, target: &Target) -> SitePath {
    let folder = SitePath::new(&site.config.output_dir).or_else(|| SitePath::new("public"));
    let folder = folder.unwrap_or_else(SitePath::root);
    folder.join(&target.path).unwrap_or(folder)
}

impl<'a> File<'a> {
    pub(super) fn new(
        site: &'a Site,
        target: &'a Target,
        text: &'a str,
        world: &'a dyn World,
    ) -> Self {
        Self {
            path: path(site, target),
            site,
            text,
            target,
            world,
        }
    }

    /// A visible amount that is no price of the course it belongs to.
    pub(super) fn shown(
        &self,
        seen: &Seen,
        literal: &Literal,
        id: PageId,
        due: &Due,
    ) -> Diagnostic {
        let whole = &seen.text[literal.range.clone()];
        let written = whole.trim();
        let blank = whole.len() - whole.trim_start().len();
        let place = seen.place(literal.range.start + blank);
        // It may be spread over elements, or hold references to characters.
        let stands = self.text.get(place..).unwrap_or_default();
        let span = match stands.starts_with(written) {
            true => Span::new(place, place + written.len()),
            false => self.span_in(seen.line(literal.range.start), written),
        };
        self.disagreement("price-shown", written, span, id, due)
            .hint("templates print a price as `price.display`, of a page or of a card")
    }

    /// An amount in text for machines that is no price of the course it belongs to.
    pub(super) fn told(
        &self,
        code: &'static str,
        written: &str,
        line: usize,
        id: PageId,
        due: &Due,
    ) -> Diagnostic {
        let span = self.span_in(line, written);
        self.disagreement(code, written, span, id, due)
    }

    fn disagreement(
        &self,
        code: &'static str,
        written: &str,
        span: Span,
        id: PageId,
        due: &Due,
    ) -> Diagnostic {
        let entity = self.site.entity(id);
        let now = self.costs(due, entity.lang);
        let message = format!("\"{written}\" stands for \"{}\", {}", entity.title, now);
        let told = Diagnostic::error(code, message).at(&self.path, span, self.maker());
        self.at_price(told, entity, "the price comes from here")
    }

    /// A course with a price whose page shows none.
    pub(super) fn not_shown(&self, id: PageId, due: &Due) -> Diagnostic {
        let entity = self.site.entity(id);
        let message = format!(
            "the page of \"{}\" shows no price, {}",
            entity.title,
            self.costs(due, entity.lang)
        );
        let told =
            Diagnostic::warning("price-not-shown", message).in_file(&self.path, self.maker());
        self.at_price(told, entity, "the price comes from here")
            .hint("print `page.course.price.display`")
    }

    /// A course that is sold, and in which nobody can enrol.
    pub(super) fn no_way(&self, id: PageId) -> Diagnostic {
        let entity = self.site.entity(id);
        let message = format!(
            "nobody can enrol in \"{}\": it has no `enrol`, and the site no WhatsApp number",
            entity.title
        );
        let span = entity.page.record.span("title");
        let at = span.unwrap_or(entity.page.front);
        let fix = "say how with `enrol`, or with `whatsapp` below [contact] in silabus.toml";
        Diagnostic::warning("enrol-missing", message).at(entity.path(), at, fix)
    }

    /// A course with a price whose page says nothing of it to machines.
    pub(super) fn no_graph(&self, id: PageId, due: &Due) -> Diagnostic {
        let entity = self.site.entity(id);
        let message = format!(
            "the page of \"{}\" tells machines no price, {}",
            entity.title,
            self.costs(due, entity.lang)
        );
        let told =
            Diagnostic::warning("json-ld-missing", message).in_file(&self.path, self.maker());
        self.at_price(told, entity, "the price comes from here")
            .hint("place the graph of each page with `{{ json_ld() }}`")
    }

    fn at_price(&self, told: Diagnostic, entity: &Entity, words: &str) -> Diagnostic {
        let own = &entity.page.record;
        match own.span("price").or_else(|| own.span("variants")) {
            Some(span) => told.at(entity.path(), span, words),
            None => told.in_file(entity.path(), words),
        }
    }

    /// `which costs Rp1.900.000`, in words of the course's language.
    fn costs(&self, due: &Due, lang: u8) -> String {
        let style = self.site.config.currency.style;
        let shown = |money: &Money| money.display(style, self.site.lang(lang));
        match &due.now[..] {
            [] => "which has no price".to_owned(),
            all => {
                let all: Vec<String> = all.iter().map(shown).collect();
                format!("which costs {}", all.join(", "))
            }
        }
    }

    fn maker(&self) -> String {
        match &self.target.recipe {
            Recipe::Render { template, .. } => format!("made by the template {template}"),
            _ => String::new(),
        }
    }

    /// Where a text stands in a line, from 1; the whole line where it is spread over elements.
    fn span_in(&self, line: usize, written: &str) -> Span {
        let before: usize = self
            .text
            .split_inclusive('\n')
            .take(line.saturating_sub(1))
            .map(str::len)
            .sum();
        let whole = self.text[before..].split('\n').next().unwrap_or_default();
        match whole.find(written) {
            Some(at) => Span::new(before + at, before + at + written.len()),
            None => {
                let inner = whole.trim();
                let start = before + whole.find(inner).unwrap_or_default();
                Span::new(start, start + inner.len())
            }
        }
    }

    /// The line of a byte of the file, from 1.
    pub(super) fn line_of(&self, at: usize) -> usize {
        self.text[..at.min(self.text.len())].matches('\n').count() + 1
    }

    /// Whether the page that the target is for declares this amount, as a career its salary.
    pub(super) fn page_declares(&self, literal: &Literal) -> bool {
        let Recipe::Render { subject, .. } = &self.target.recipe else {
            return false;
        };
        match &**subject {
            Subject::Page(id) => {
                let entity = self.site.entity(*id);
                Due::of(entity).has(literal) || record_has(&entity.record, literal)
            }
            _ => false,
        }
    }

    /// Whether an author wrote this amount in the file of the page that the target is for.
    pub(super) fn page_says(&self, literal: &Literal) -> bool {
        let Recipe::Render { subject, .. } = &self.target.recipe else {
            return false;
        };
        match &**subject {
            Subject::Page(id) => self.author_says(*id, literal),
            Subject::Section { id, .. } => {
                let path = self.site.section(*id).path();
                self.file_says(&path, self.site.section(*id).lang, literal)
            }
            _ => false,
        }
    }

    /// Whether an author wrote this amount in the file of a page, or in that which it translates,
    /// or called for it with a component.
    pub(super) fn author_says(&self, id: PageId, literal: &Literal) -> bool {
        let entity = self.site.entity(id);
        let all = std::iter::once(id).chain(entity.translations.iter().copied());
        let mut files = all.map(|id| self.site.entity(id));
        files.any(|one| self.file_says(one.path(), one.lang, literal))
            || self.called(&entity.page.body, literal)
    }

    fn file_says(&self, path: &SitePath, lang: u8, literal: &Literal) -> bool {
        let indonesian = primary(self.site.lang(lang)) == "id";
        let Ok(text) = read_text(self.world, path) else {
            return false;
        };
        let same = |other: &Literal| {
            other.low.hundredths == literal.low.hundredths
                || other.high.map(|high| high.hundredths) == Some(literal.low.hundredths)
        };
        amounts::find(&text, indonesian).iter().any(same)
    }

    /// Whether a component in a text names a page that declares this amount.
    fn called(&self, body: &Body, literal: &Literal) -> bool {
        body.pieces.iter().any(|piece| match piece {
            Piece::Component(call) => {
                let named = call.args.iter().filter_map(|(_, node)| node.as_text());
                named.into_iter().any(|id| self.declares(id, literal))
                    || call
                        .body
                        .as_ref()
                        .is_some_and(|body| self.called(body, literal))
            }
            _ => false,
        })
    }

    /// Whether a page with this id declares this amount, whatever its kind.
    fn declares(&self, id: &str, literal: &Literal) -> bool {
        let named = self.site.page_ids().map(|id| self.site.entity(id));
        named
            .filter(|entity| *entity.id == *id)
            .any(|entity| Due::of(entity).has(literal) || record_has(&entity.record, literal))
    }
}

fn record_has(record: &Record, literal: &Literal) -> bool {
    record.iter().any(|(_, typed)| value_has(typed, literal))
}

fn value_has(typed: &Typed, literal: &Literal) -> bool {
    match &typed.value {
        Value::Money(money) => Due::only(**money).has(literal),
        Value::List(items) => items.iter().any(|item| value_has(item, literal)),
        Value::Table(record) => record_has(record, literal),
        _ => false,
    }
}

/// The amounts of a text in a feed.
pub(super) fn literals(text: &str, lang: &str) -> Vec<(Range<usize>, Literal)> {
    let found = amounts::find(text, primary(lang) == "id").into_iter();
    found
        .map(|literal| (literal.range.clone(), literal))
        .collect()
}
