//! What the index knows of a page: what a result shows, and the texts that lead to it.

use super::text;
use crate::base::Money;
use crate::base::text::truncate_chars;
use crate::content::kinds::course;
use crate::data::{Choice, Record, Type, Value};
use crate::site::{Entity, Site};

/// The longest description in a result, in characters.
const DESCRIPTION: usize = 160;

/// What a result shows, and what it is narrowed by.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) title: Box<str>,
    pub(super) url: Box<str>,
    pub(super) description: Box<str>,
    pub(super) kind: Box<str>,
    pub(super) level: Option<Box<str>>,
    pub(super) price: Option<Price>,
    /// How a course without a price is offered: free, or on request.
    pub(super) offer: Option<Box<str>>,
}

/// The price of a course in a result.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Price {
    /// Major units as written in exports, to narrow and sort by.
    pub(super) amount: Box<str>,
    pub(super) display: Box<str>,
    /// Whether it is that of the cheapest variant or batch.
    pub(super) from: bool,
    /// Of a promo: its end, and the price from then on, so that no result shows a price that is
    /// past.
    pub(super) then: Option<(Box<str>, Box<str>)>,
}

/// A text of a page and how much a word in it counts.
pub(super) struct Field {
    pub(super) text: String,
    pub(super) weight: u32,
}

/// Fields of front matter that people search by, each a text or a list of texts.
const NAMED: [&str; 8] = [
    "alt_titles",
    "aka",
    "outcomes",
    "audience",
    "tools",
    "responsibilities",
    "code",
    "roles",
];

pub(super) fn document(site: &Site, entity: &Entity) -> Document {
    let kind = &site.kinds[entity.kind as usize];
    let price = price(site, entity);
    let is_offered = kind.name == "course" && price.is_none();
    Document {
        title: entity.title.clone(),
        url: format!("{}{}", site.config.base_path, entity.url).into(),
        description: truncate_chars(&entity.description, DESCRIPTION).into(),
        kind: (&*kind.name).into(),
        level: entity.record.choice("level").map(Into::into),
        price,
        offer: is_offered.then(|| course::offer(&entity.record).into()),
    }
}

fn price(site: &Site, entity: &Entity) -> Option<Price> {
    let sale = entity.sale.as_ref()?;
    let offer = sale.lowest()?;
    let shown = |amount: Money| -> Box<str> {
        let style = site.config.currency.style;
        amount.display(style, site.lang(entity.lang)).into()
    };
    let then = offer
        .promo
        .as_ref()
        .zip(offer.struck)
        .map(|(promo, normal)| (promo.until.to_string().into(), shown(normal)));
    Some(Price {
        amount: offer.amount.major_text().into(),
        display: shown(offer.amount),
        from: sale.price.is_none(),
        then,
    })
}

/// All texts of a page. Titles count most; a heading's words stand in the text as well.
pub(super) fn fields(site: &Site, entity: &Entity) -> Vec<Field> {
    let mut body = String::with_capacity(4096);
    text::push(&entity.page.body, &mut body);
    let headings = entity.headings().iter().map(|heading| &*heading.title);
    vec![
        field(12, entity.title.to_string()),
        field(
            4,
            entity
                .terms
                .iter()
                .map(|term| &*term.name)
                .collect::<Vec<_>>()
                .join(" "),
        ),
        field(3, headings.collect::<Vec<_>>().join(" ")),
        field(3, entity.description.to_string()),
        field(3, named(&entity.record)),
        field(2, told(site, entity)),
        field(1, body),
    ]
}

fn field(weight: u32, text: String) -> Field {
    Field { text, weight }
}

fn named(record: &Record) -> String {
    let mut out = String::new();
    let mut push = |text: &str| {
        out.push_str(text);
        out.push(' ');
    };
    for name in NAMED {
        match record.get(name).map(|typed| &typed.value) {
            Some(Value::Text(text)) => push(text),
            Some(Value::List(items)) => items
                .iter()
                .filter_map(|item| item.as_text())
                .for_each(&mut push),
            _ => {}
        }
    }
    for (module, _) in record.tables("modules") {
        module.text("title").into_iter().for_each(&mut push);
    }
    out
}

/// Words for what a page shows and its text need not say: each choice in all its spellings, that a
/// course costs nothing, that a career names salaries.
fn told(site: &Site, entity: &Entity) -> String {
    let kind = &site.kinds[entity.kind as usize];
    let mut words: Vec<&str> = Vec::new();
    for field in kind.fields.iter().filter(|field| field.name != "status") {
        let chosen = match &*field.name {
            "offer" => Some(course::offer(&entity.record)),
            name => entity.record.choice(name),
        };
        if let (Some(chosen), Type::Choice(choices)) = (chosen, &field.ty) {
            words.extend(spellings(choices, chosen));
        }
    }
    if entity.record.tables("salary").next().is_some() {
        words.extend(["gaji", "salary"]);
    }
    words.join(" ")
}

fn spellings<'a>(choices: &'a [Choice], chosen: &str) -> impl Iterator<Item = &'a str> {
    let choice = choices.iter().find(|choice| choice.value == chosen);
    choice.into_iter().flat_map(|choice| {
        let aliases = choice.aliases.iter().map(|alias| &**alias);
        aliases.chain([&*choice.value])
    })
}
