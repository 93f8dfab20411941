//! `[[campaigns]]`: one entry puts a promo on many courses.
//!
//! What can be said from the settings alone is said here; which courses an entry means is known
//! once the site is linked.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Config;
use crate::base::when::When;
use crate::base::{Money, Span};
use crate::data::{Field, Record, Type};
use crate::diag::Diagnostic;

/// What a promo does to a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// It becomes this amount.
    Price(Money),
    /// It becomes less by this percentage, exact decimal text.
    Percent(Box<str>),
}

impl Cut {
    /// What a table with `price` or `percent` says; none where it says nothing right.
    pub fn of(record: &Record) -> Option<Self> {
        match (record.money("price"), record.text("percent")) {
            (Some(price), None) => Some(Self::Price(price)),
            (None, Some(percent)) => Some(Self::Percent(percent.into())),
            _ => None,
        }
    }

    /// Whether nothing is left of a price.
    pub fn is_whole(&self) -> bool {
        match self {
            Self::Price(price) => price.minor == 0,
            Self::Percent(percent) => {
                let (whole, rest) = percent.split_once('.').unwrap_or((percent, ""));
                whole.trim_start_matches('0') == "100" && rest.bytes().all(|digit| digit == b'0')
            }
        }
    }

    /// The price that a normal price is lowered to; none where it is not lower.
    pub fn lower(&self, normal: Money) -> Option<Money> {
        let cut = match self {
            Self::Price(price) => *price,
            Self::Percent(percent) => normal.percent_off(percent)?,
        };
        (cut.currency == normal.currency && cut.minor < normal.minor).then_some(cut)
    }
}

/// A promo on many courses.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// What it is called.
    pub label: Box<str>,
    /// What it does to prices.
    pub cut: Cut,
    /// Where that stands.
    pub cut_span: Span,
    /// When it starts; at once if nothing is said.
    pub from: Option<When>,
    /// When it ends; a date counts to its end.
    pub until: When,
    /// Where the end stands.
    pub until_span: Span,
    /// Ids of the courses that it is for.
    pub courses: Vec<(Box<str>, Span)>,
    /// Ids of skills: it is for the courses that teach one of them.
    pub skills: Vec<(Box<str>, Span)>,
    /// It is for the courses of this category.
    pub category: Option<(Box<str>, Span)>,
    /// It is for all courses.
    pub all: bool,
    /// Where it stands.
    pub span: Span,
}

impl Campaign {
    /// When it runs; the end is not part of it.
    pub fn window(&self, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let from = self.from.map(|from| from.to_timestamp_start(zone));
        let until = self.until.to_timestamp_end(zone);
        (from.unwrap_or(Timestamp::MIN), until)
    }
}

/// Fields of one entry.
pub(super) fn fields() -> Vec<Field> {
    let refs = |kind: &'static str| Type::one_or_more(Type::Ref(kind.into()));
    let [price, percent, from, until, label] = promo_fields();
    vec![
        label.required(),
        from,
        until,
        percent,
        price,
        Field::new("courses", refs("course"), "The courses that it is for."),
        Field::new(
            "skills",
            refs("skill"),
            "It is for the courses that teach one of these.",
        ),
        Field::new(
            "category",
            Type::Text,
            "It is for the courses of this category.",
        ),
        Field::new("all", Type::Bool, "Whether it is for all courses."),
    ]
}

/// What a promo says, be it a course's own or a campaign's.
pub fn promo_fields() -> [Field; 5] {
    [
        Field::new("price", Type::Money, "The lower price; or give `percent`."),
        Field::new("percent", Type::Percent, "How much less; or give `price`.").example("20"),
        Field::new(
            "from",
            Type::Date,
            "When it starts; at once if nothing is said.",
        ),
        Field::new(
            "until",
            Type::Date,
            "When it ends; a date counts to its end.",
        )
        .required(),
        Field::new("label", Type::Text, "What it is called."),
    ]
}

/// The campaigns in the order written; one that is wrong is reported and left out.
pub(super) fn read(record: &Record, zone: &TimeZone, sink: &mut Vec<Diagnostic>) -> Vec<Campaign> {
    let mut all = Vec::new();
    for (table, span) in record.tables("campaigns") {
        let wrong: Vec<Diagnostic> = faults(table, span).collect();
        let sound = wrong.is_empty();
        sink.extend(wrong);
        let Some(campaign) = campaign(table, span).filter(|_| sound) else {
            continue;
        };
        let (from, until) = campaign.window(zone);
        if until <= from {
            sink.push(backwards(table, &campaign));
            continue;
        }
        sink.extend(campaign.cut.is_whole().then(|| to_nothing(&campaign)));
        all.push(campaign);
    }
    all
}

fn campaign(table: &Record, span: Span) -> Option<Campaign> {
    let ids = |name| {
        let found = table.list(name).iter();
        found
            .filter_map(|item| Some((item.as_text()?.into(), item.span)))
            .collect()
    };
    Some(Campaign {
        label: table.text("label")?.into(),
        cut: Cut::of(table)?,
        cut_span: table.span("price").or(table.span("percent"))?,
        from: table.when("from"),
        until: table.when("until")?,
        until_span: table.span("until")?,
        courses: ids("courses"),
        skills: ids("skills"),
        category: table
            .text("category")
            .map(Into::into)
            .zip(table.span("category")),
        all: table.bool("all").unwrap_or(false),
        span,
    })
}

fn faults(table: &Record, span: Span) -> impl Iterator<Item = Diagnostic> {
    let cut = match (table.written("price"), table.written("percent")) {
        (true, true) => Some(error(
            "promo-both",
            "a campaign has a price or a percentage, not both",
            table.span("percent").unwrap_or(span),
            "keep one of the two",
        )),
        (false, false) => Some(error(
            "promo-empty",
            "this campaign does not say what it lowers prices to",
            span,
            "add percent = 20, or price = 1900000",
        )),
        _ => None,
    };
    let named = ["courses", "skills", "category"]
        .into_iter()
        .any(|name| table.written(name));
    let target = (!named && !table.bool("all").unwrap_or(false)).then(|| {
        error(
            "campaign-target",
            "this campaign does not say which courses it is for",
            span,
            "add courses = [\"…\"], skills = [\"…\"], category = \"…\" or all = true",
        )
    });
    cut.into_iter().chain(target)
}

fn backwards(table: &Record, campaign: &Campaign) -> Diagnostic {
    let at = campaign.until_span;
    error(
        "promo-order",
        "this campaign ends before it starts",
        at,
        "correct one of the two",
    )
    .at(
        &Config::path(),
        table.span("from").unwrap_or(at),
        "the start",
    )
}

fn to_nothing(campaign: &Campaign) -> Diagnostic {
    let message = "the price is nothing while this campaign runs";
    let told = Diagnostic::warning("price-zero", message);
    told.at(&Config::path(), campaign.cut_span, "is that meant?")
}

fn error(code: &'static str, message: &str, span: Span, label: &str) -> Diagnostic {
    Diagnostic::error(code, message).at(&Config::path(), span, label)
}
