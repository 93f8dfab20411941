//! Cards for messengers and social media: where they lie, what their template sees, how its texts
//! are broken into lines.

use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

use super::Theme;
use super::ambient::{Scope, current};
use super::folders;
use super::subject::{Pager, Subject};
use super::values::Table;
use crate::diag::Diagnostic;
use crate::site::Site;
use crate::site::address::encoded;
use crate::structured::Topic;

/// The template that draws cards.
pub const CARD_TEMPLATE: &str = "social-card.svg";

/// The folder of the output that they lie in.
const FOLDER: &str = "social-cards";

pub(super) fn register(tera: &mut Tera) {
    tera.register_function("social_card", social_card);
    tera.register_function("wrap_text", wrap_text);
}

impl Theme {
    /// Whether pages have cards: the settings want them, and the theme can draw them.
    pub fn has_cards(&self, site: &Site) -> bool {
        site.config.social_cards && !self.fonts.is_empty() && self.has(CARD_TEMPLATE)
    }
}

/// The path of the card of the page at an address, below the output folder.
fn card_path(url: &str) -> String {
    let stem = url.trim_matches('/');
    let stem = if stem.is_empty() { "index" } else { stem };
    format!("{FOLDER}/{stem}.png")
}

/// Follows from the page's own address, from the settings and from the theme, which stand in the
/// print of whatever is rendered: so it is no question.
fn social_card(_: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    let site = scope.view.site();
    if !scope.renderer.theme.has_cards(site) {
        return Ok(Value::none());
    }
    let page: &str = match &scope.topic {
        Topic::Page(id) => &site.entity(*id).url,
        Topic::Section(id, _) => &site.section(*id).url,
        // What is no page of its own is shown with the card of the home page.
        _ => "/",
    };
    let path = encoded(&format!("/{}", card_path(page)));
    Ok(Value::from(site.permalink(&path)))
}

/// The context of a card: what the page's own has, without its text.
pub(super) fn context(scope: &std::rc::Rc<Scope>, subject: &Subject) -> Context {
    let site = scope.view.site();
    let mut context = Context::new();
    let path = subject.path(site);
    let config = &scope.renderer.configs[scope.view.lang as usize];
    context.insert_value("config", config.clone());
    context.insert_value("lang", Value::from(site.lang(scope.view.lang)));
    context.insert_value("current_url", Value::from(site.permalink(&path)));
    context.insert_value("current_path", Value::from(path));
    context.insert_value("show_price", Value::from(site.config.social_card_prices));
    match subject {
        Subject::Page(id) => context.insert_value("page", scope.renderer.card(scope, *id)),
        Subject::Section { id, .. } => {
            context.insert_value("section", folders::section(scope, *id, "", false));
        }
        _ => {}
    }
    context
}

/// The path of the card that a subject has of its own: pages and sections do.
pub fn own_card(subject: &Subject, site: &Site) -> Option<String> {
    let own = match subject {
        Subject::Page(_) => true,
        Subject::Section { pager, .. } => pager.as_ref().is_none_or(is_first),
        _ => false,
    };
    own.then(|| card_path(&subject.path(site)))
}

fn is_first(pager: &Pager) -> bool {
    pager.index <= 1
}

/// Cards are wanted, and there is nothing to draw them with.
pub(super) fn no_cards() -> Diagnostic {
    Diagnostic::warning("social-cards", "no social cards can be drawn").hint(
        "the theme needs templates/social-card.svg and a font in fonts/, the program the feature social-cards",
    )
}

/// A text in lines: `{lines, size}`. The first of `sizes` in which it needs no more than `lines`
/// is taken, or the last one, and the text is shortened.
fn wrap_text(args: Kwargs, _: &State) -> TeraResult<Value> {
    let scope = current()?;
    let text = args.must_get::<&str>("text")?;
    let width = args.must_get::<u32>("width")?;
    let most = args.get::<u32>("lines")?.unwrap_or(4).clamp(1, 50) as usize;
    let weight = args.get::<u32>("weight")?.unwrap_or(800).min(1_000) as u16;
    let sizes: Vec<u32> = match args.get::<Vec<u32>>("sizes")? {
        Some(sizes) if !sizes.is_empty() => sizes,
        _ => {
            return Err(Error::message(
                "wrap_text: give sizes=[…], the largest first",
            ));
        }
    };
    let wrapped = scope
        .renderer
        .theme
        .fonts
        .wrap(text, width, &sizes, most, weight);
    if !wrapped.missing.is_empty() {
        let letters: String = wrapped.missing.iter().take(20).collect();
        let message = format!("no font of the theme has these letters: {letters}");
        let said = Diagnostic::warning("social-card-letters", message).hint(
            "they are left out of the card; put a font that has them into the theme's fonts/",
        );
        scope.report(match scope.view.page {
            Some(id) => said.in_file(scope.view.site().entity(id).path(), ""),
            None => said,
        });
    }
    let mut table = Table::with_capacity(2);
    let lines: Vec<Value> = wrapped
        .lines
        .iter()
        .map(|line| Value::from(&**line))
        .collect();
    table.set("lines", lines);
    table.set("size", wrapped.size);
    Ok(table.value())
}
