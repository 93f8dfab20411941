//! Reading `silabus.toml`: fields first, then what needs more than a type.

use jiff::tz::TimeZone;

use super::exports::ExportsConfig;
use super::{
    Config, CurrencyConfig, Globs, MarkdownConfig, MenuItem, base_path, campaigns, checks, fields,
    kinds, languages, lists,
};
use crate::base::Span;
use crate::base::money::{Currency, Money, MoneyStyle, Reading};
use crate::base::text::nearest;
use crate::data::{self, Context, Node, Raw, Record, Syntax};
use crate::diag::{Checked, Diagnostic, Severity};

/// Pages on a pager where nothing is said.
pub(super) const PAGINATE_BY: usize = 0;
/// Entries of a feed where nothing is said.
const FEED_LIMIT: usize = 20;

/// The settings in `text`; wrong ones are reported and replaced by their defaults.
pub fn read(text: &str, unknown_keys: Severity) -> Checked<Config> {
    let path = Config::path();
    let mut sink = Vec::new();
    let parsed = data::parse(&path, text, Syntax::Toml, 0..text.len());
    let broken = parsed.failed();
    let node = parsed.unload(&mut sink);
    let context = Context {
        path: &path,
        syntax: Syntax::Toml,
        money: reading(&node),
        language: "id",
        ignore_keys: &[],
        unknown_keys,
    };
    let record = if broken {
        Record::default()
    } else {
        let fields = fields::all();
        let record = data::check(&node, &fields, &context).unload(&mut sink);
        let place = Span::new(0, text.lines().next().map_or(0, str::len));
        sink.extend(data::missing(&record, &fields, place, &context));
        record
    };
    let reader = Reader {
        record: &record,
        context,
        sink: &mut sink,
    };
    let config = reader.config();
    Checked::new(config, sink)
}

/// How amounts of the settings are read: in their own currency and language, which stand in the
/// same file.
fn reading(node: &Node) -> Reading {
    let code = node.get("currency").and_then(|table| table.get("code"));
    let currency = code
        .and_then(Node::as_text)
        .and_then(Currency::from_code)
        .unwrap_or_default();
    let language = node.get("default_language").and_then(Node::as_text);
    Reading::new(currency, language.unwrap_or("id"))
}

struct Reader<'a> {
    record: &'a Record,
    context: Context<'a>,
    sink: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn config(mut self) -> Config {
        let record = self.record;
        let zone = self.zone();
        let base_url = self.base_url();
        let flag = |name, default| record.bool(name).unwrap_or(default);
        let count = |name, default: usize| record.int(name).map_or(default, |n| n as usize);
        Config {
            base_path: base_path(base_url).into(),
            base_url: base_url.into(),
            title: record.text("title").unwrap_or("Situs").into(),
            description: record.text("description").unwrap_or_default().into(),
            languages: languages::read(record, self.sink),
            campaigns: campaigns::read(record, &zone, self.sink),
            zone,
            theme: self.theme(),
            theme_span: record.span("theme").unwrap_or_default(),
            currency: self.currency(),
            organization: record.table("organization").cloned().unwrap_or_default(),
            contact: record.table("contact").cloned().unwrap_or_default(),
            menus: self.menus(),
            taxonomies: lists::taxonomies(record, self.sink),
            kinds: kinds::read(record, &self.context, self.sink),
            generate_feeds: flag("generate_feeds", false),
            feed_limit: count("feed_limit", FEED_LIMIT),
            paginate_by: count("paginate_by", PAGINATE_BY),
            paginate_path: record.text("paginate_path").unwrap_or("page").into(),
            search_path: record.text("search_path").unwrap_or("search").into(),
            schedule_path: record.text("schedule_path").unwrap_or("schedule").into(),
            generate_sitemap: flag("generate_sitemap", true),
            generate_robots_txt: flag("generate_robots_txt", true),
            build_search_index: record.bool("build_search_index"),
            output_dir: record.text("output_dir").unwrap_or("public").into(),
            ignored_content: self.globs("ignored_content"),
            ignored_static: self.globs("ignored_static"),
            exports: ExportsConfig::read(record),
            minify_css: flag("minify_css", true),
            minify_js: flag("minify_js", true),
            markdown: self.markdown(),
            images: super::images::read(record),
            social_cards: super::images::card(record, "enabled"),
            social_card_prices: super::images::card(record, "price"),
            ignore_keys: self.ignore_keys(),
            checks: checks::read(record, self.sink),
            extra: record.free("extra").cloned(),
            fingerprint: record.fingerprint(),
        }
    }

    fn error(&mut self, code: &'static str, message: String, span: Span, label: impl Into<String>) {
        self.sink
            .push(Diagnostic::error(code, message).at(&Config::path(), span, label));
    }

    /// The address without a slash at its end, and without what stands behind a path.
    fn base_url(&mut self) -> &str {
        let written = self.record.text("base_url").unwrap_or("http://localhost");
        let address = written.split(['?', '#']).next().unwrap_or(written);
        if address != written {
            let message = format!("`base_url` has something behind its path: \"{written}\"");
            let span = self.record.span("base_url").unwrap_or_default();
            self.error(
                "base-url",
                message,
                span,
                format!("write base_url = \"{address}\""),
            );
        }
        address.trim_end_matches('/')
    }

    /// A folder of `themes/`, nothing above or below it.
    fn theme(&mut self) -> Option<Box<str>> {
        let name = self.record.text("theme")?;
        if !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']) {
            return Some(name.into());
        }
        let label = match name.rsplit(['/', '\\']).find(|part| !part.is_empty()) {
            Some(part) if !part.starts_with('.') => {
                format!("put the theme into themes/{part}/ and write theme = \"{part}\"")
            }
            _ => "write the name of a folder in themes/, or take the line away".to_owned(),
        };
        let span = self.record.span("theme").unwrap_or_default();
        let message = format!("\"{name}\" is no name of a theme");
        self.error("theme-name", message, span, label);
        None
    }

    fn zone(&mut self) -> TimeZone {
        let Some(name) = self.record.text("timezone") else {
            return TimeZone::UTC;
        };
        TimeZone::get(name).unwrap_or_else(|_| {
            let span = self.record.span("timezone").unwrap_or_default();
            let known = [
                "Asia/Jakarta",
                "Asia/Makassar",
                "Asia/Jayapura",
                "Asia/Singapore",
                "UTC",
            ];
            let near = nearest(name, known.iter().copied()).unwrap_or("Asia/Jakarta");
            let message = format!("there is no time zone \"{name}\"");
            self.error(
                "timezone",
                message,
                span,
                format!("write one such as \"{near}\""),
            );
            TimeZone::UTC
        })
    }

    fn currency(&mut self) -> CurrencyConfig {
        let empty = Record::default();
        let table = self.record.table("currency").unwrap_or(&empty);
        let currency = self.currency_code(table);
        let band = |name| {
            table
                .int(name)
                .and_then(|whole| Money::from_major_int(i128::from(whole), currency))
        };
        CurrencyConfig {
            style: table
                .choice("style")
                .and_then(MoneyStyle::from_word)
                .unwrap_or_default(),
            tax: table.choice("tax").map(Into::into),
            price_min: band("price_min"),
            price_max: band("price_max"),
            currency,
        }
    }

    fn currency_code(&mut self, table: &Record) -> Currency {
        let Some(code) = table.text("code") else {
            return Currency::default();
        };
        Currency::from_code(code).unwrap_or_else(|| {
            let span = table.span("code").unwrap_or_default();
            let message = format!("the currency \"{code}\" is not known");
            self.error(
                "currency",
                message,
                span,
                "write an ISO 4217 code such as \"IDR\"",
            );
            Currency::default()
        })
    }

    fn menus(&mut self) -> Vec<(Box<str>, Vec<MenuItem>)> {
        let Some(tree) = self.record.free("menus") else {
            return Vec::new();
        };
        tree.entries()
            .iter()
            .map(|(key, items)| (key.name.clone(), self.menu(items)))
            .collect()
    }

    fn menu(&mut self, items: &Node) -> Vec<MenuItem> {
        let Raw::List(items) = &items.raw else {
            self.error(
                "wrong-type",
                "a menu is a list".to_owned(),
                items.span,
                "write [{ name = \"…\", page = \"@/…\" }]",
            );
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| self.menu_item(item))
            .collect()
    }

    fn menu_item(&mut self, item: &Node) -> Option<MenuItem> {
        let fields = fields::menu_item();
        for (key, _) in item.entries() {
            if fields.iter().all(|field| *field.name != *key.name) {
                let message = format!("a menu entry has no field \"{}\"", key.name);
                self.error(
                    "unknown-key",
                    message,
                    key.span,
                    "it has name, and url or page",
                );
            }
        }
        let name = item.get("name").and_then(Node::as_text);
        let target = item.get("page").or(item.get("url"));
        match (
            name,
            target.and_then(|target| Some((target.as_text()?, target.span))),
        ) {
            (Some(name), Some((target, span))) => Some(MenuItem {
                name: name.into(),
                target: target.into(),
                span,
            }),
            _ => {
                let message = "a menu entry needs a name, and a url or page".to_owned();
                self.error(
                    "missing-field",
                    message,
                    item.span,
                    "write { name = \"…\", page = \"@/…\" }",
                );
                None
            }
        }
    }

    fn globs(&mut self, name: &str) -> Globs {
        let patterns = self.record.texts(name);
        let (globs, wrong) = Globs::new(patterns);
        let span = self.record.span(name).unwrap_or_default();
        for (pattern, reason) in wrong {
            self.error(
                "pattern",
                format!("\"{pattern}\" is no pattern: {reason}"),
                span,
                "",
            );
        }
        globs
    }

    fn ignore_keys(&self) -> Vec<String> {
        self.record
            .table("checks")
            .map(|checks| {
                checks
                    .texts("ignore_keys")
                    .into_iter()
                    .map(str::to_owned)
                    .collect()
            })
            .unwrap_or_default()
    }

    fn markdown(&self) -> MarkdownConfig {
        let empty = Record::default();
        let table = self.record.table("markdown").unwrap_or(&empty);
        let code = table.table("highlighting").unwrap_or(&empty);
        let flag = |name, default| table.bool(name).unwrap_or(default);
        let named = |name| Some((code.text(name)?.into(), code.span(name)?));
        let theme = |name| named(name).or_else(|| named("theme"));
        MarkdownConfig {
            smart_punctuation: flag("smart_punctuation", false),
            definition_list: flag("definition_list", true),
            github_alerts: flag("github_alerts", true),
            external_links_target_blank: flag("external_links_target_blank", false),
            external_links_no_follow: flag("external_links_no_follow", false),
            external_links_no_referrer: flag("external_links_no_referrer", false),
            insert_anchor_links: table.choice("insert_anchor_links").unwrap_or("none").into(),
            lazy_async_image: flag("lazy_async_image", false),
            math: flag("math", true),
            highlight: code.bool("enabled").unwrap_or(true),
            light_theme: theme("light_theme"),
            dark_theme: theme("dark_theme"),
            trusted: self.record.choice("content_trust") != Some("untrusted"),
        }
    }
}
