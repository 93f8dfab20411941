//! What the front matter of a page says, as Markdown for its twin: prices and batches at the
//! build's instant, the curriculum, the way into a career, and who refers to whom.
//!
//! Taken from where the graph and the exports take it, so that there is one truth. What stands in
//! the page's print is read as it is; all else is asked.

mod career;
mod course;
mod referred;
mod words;

use std::fmt::Write as _;

use super::encoded;
use super::graph::{find, kind_number};
use super::markdown::escaped;
use crate::base::Money;
use crate::base::text::collapse;
use crate::base::when::When;
use crate::base::words::primary;
use crate::config::SortBy;
use crate::data::Record;
use crate::site::question::PageQuery;
use crate::site::{Answer, Entity, PageId, Question, Site, View};
use words::Word;

/// The facts of a page.
#[derive(Debug, Default)]
pub struct Facts {
    /// A list that stands above the text.
    pub brief: String,
    /// Parts with headings that stand below it.
    pub parts: String,
}

/// What there is to say of a page beside its text.
pub fn of(view: &View, id: PageId) -> Facts {
    let site = view.site();
    let entity = site.entity(id);
    let eyes = Eyes {
        view,
        site,
        code: site.lang(view.lang),
    };
    let mut facts = Facts::default();
    match &*site.kinds[usize::from(entity.kind)].name {
        "course" => course::tell(&eyes, entity, &mut facts),
        "career" => career::tell(&eyes, entity, &mut facts),
        "skill" => referred::skill(&eyes, entity, &mut facts),
        "person" => referred::person(&eyes, entity, &mut facts),
        "article" => referred::article(&eyes, entity, &mut facts),
        _ => {}
    }
    questions(&eyes, entity, &mut facts);
    facts
}

/// What the line with a course's price begins with.
pub fn price_mark(language: &str) -> String {
    mark(Word::Price.text(language))
}

fn mark(label: &str) -> String {
    format!("- **{label}:** ")
}

fn questions(eyes: &Eyes<'_>, entity: &Entity, facts: &mut Facts) {
    let tables = entity.record.tables("faq");
    let one = |table: &Record| {
        let text = |field| plain(table.text(field).unwrap_or_default());
        format!("### {}\n\n{}\n", text("q"), text("a"))
    };
    let all: Vec<String> = tables.map(|(table, _)| one(table)).collect();
    facts.part(eyes.word(Word::Faq), &all.join("\n"));
}

impl Facts {
    /// Adds a line to the list; nothing where there is nothing to say.
    fn line(&mut self, label: &str, value: &str) {
        if !value.is_empty() {
            let _ = writeln!(self.brief, "{}{value}", mark(label));
        }
    }

    /// Adds a line with others below it.
    fn lines(&mut self, label: &str, values: &[String]) {
        match values {
            [] => {}
            [one] => self.line(label, one),
            _ => {
                let _ = writeln!(self.brief, "{}", mark(label).trim_end());
                for value in values {
                    let _ = writeln!(self.brief, "  - {value}");
                }
            }
        }
    }

    /// Adds a part below the text.
    fn part(&mut self, title: &str, text: &str) {
        if !text.is_empty() {
            let _ = write!(self.parts, "\n## {title}\n\n{text}");
        }
    }

    /// Adds a part that is a list.
    fn list(&mut self, title: &str, items: &[String]) {
        let text: String = items.iter().map(|item| format!("- {item}\n")).collect();
        self.part(title, &text);
    }
}

/// What one twin sees.
struct Eyes<'a> {
    view: &'a View,
    site: &'a Site,
    /// The code of its language.
    code: &'a str,
}

impl Eyes<'_> {
    fn word(&self, word: Word) -> &'static str {
        word.text(self.code)
    }

    /// So many of something that has a plural in English.
    fn count(&self, count: i64, many: Word) -> String {
        let word = self.word(many);
        let one = word
            .strip_suffix('s')
            .filter(|_| primary(self.code) != "id");
        let word = one.filter(|_| count == 1).unwrap_or(word);
        format!("{count} {word}")
    }

    /// The word for a value of a field, else the value.
    fn value(&self, value: &str) -> String {
        words::of_value(value).map_or_else(|| plain(value), |word| self.word(word).to_owned())
    }

    fn money(&self, money: Money) -> String {
        money.display(self.site.config.currency.style, self.code)
    }

    /// A day, or an instant with its offset.
    fn when(&self, when: When) -> String {
        match when {
            When::Day(day) => day.to_string(),
            _ => when.rfc3339(&self.site.config.zone),
        }
    }

    fn link(&self, id: PageId) -> String {
        let entity = self.site.entity(id);
        let address = encoded(&self.site.permalink(&entity.url));
        format!("[{}]({address})", plain(&entity.title))
    }

    fn links(&self, ids: &[PageId]) -> String {
        let links: Vec<String> = ids.iter().map(|id| self.link(*id)).collect();
        links.join(", ")
    }

    /// The pages that a field names, in order; their titles and addresses stand in the card that
    /// the field is on.
    fn named(&self, record: &Record, field: &str) -> Vec<PageId> {
        let found = record.refs(field);
        found
            .filter_map(|(reference, _)| find(self.site, self.view.lang, reference))
            .collect()
    }

    /// Links to the pages that a field names.
    fn linked(&self, record: &Record, field: &str) -> String {
        self.links(&self.named(record, field))
    }

    /// Links to the pages of a kind that have to do with the page of this id, asked for.
    fn asked(&self, kind: &str, field: &str, id: &str) -> String {
        let Some(kind) = kind_number(self.site, kind) else {
            return String::new();
        };
        let query = PageQuery {
            lang: self.view.lang,
            kind: Some(kind),
            fields: vec![(field.into(), id.into())],
            sort_by: SortBy::Title,
            ..PageQuery::default()
        };
        match self.view.ask(Question::Pages(query)) {
            Answer::Pages(ids) => self.links(&ids),
            _ => String::new(),
        }
    }
}

/// The texts of a field.
fn texts(record: &Record, field: &str) -> Vec<String> {
    record.texts(field).into_iter().map(plain).collect()
}

fn plain(text: &str) -> String {
    escaped(&collapse(text))
}
