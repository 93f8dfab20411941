//! `silabus.toml`: the site's settings, typed, with every default in one place.

pub mod campaigns;
pub mod checks;
pub mod exports;
pub mod facets;
pub mod fields;
pub mod globs;
mod images;
pub mod kinds;
mod languages;
mod lists;
pub mod read;

use jiff::tz::TimeZone;

use crate::base::money::{Currency, Money, MoneyStyle};
use crate::base::{Fingerprint, SitePath, Span};
use crate::data::{Field, Node, Record};

pub use campaigns::{Campaign, Cut};
pub use checks::Checks;
pub use globs::Globs;
pub use read::read;

/// The site's settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address of the site without a slash at its end: `https://akademi.example/situs`.
    pub base_url: Box<str>,
    /// The path of `base_url` without a slash at its end: `/situs`, mostly empty.
    pub base_path: Box<str>,
    /// The site's name.
    pub title: Box<str>,
    /// One sentence about the site; may be empty.
    pub description: Box<str>,
    /// Language codes; the first is the default language.
    pub languages: Vec<Box<str>>,
    /// The zone in which days begin and end.
    pub zone: TimeZone,
    /// The folder below `themes/`; none for a site with all templates of its own.
    pub theme: Option<Box<str>>,
    /// Where `theme` stands in the file, for errors about it.
    pub theme_span: Span,
    /// How prices are read and shown.
    pub currency: CurrencyConfig,
    /// Promos on many courses, in the order written.
    pub campaigns: Vec<Campaign>,
    /// The organisation behind the site, as declared.
    pub organization: Record,
    /// Ways to reach it, as declared.
    pub contact: Record,
    /// Menus by name, in the order written.
    pub menus: Vec<(Box<str>, Vec<MenuItem>)>,
    /// The taxonomies, in the order written, and behind them the facets.
    pub taxonomies: Vec<TaxonomyConfig>,
    /// Folder and address pattern of kinds, where they differ from the kind's own.
    pub kinds: Vec<KindConfig>,
    /// Whether the site has an Atom feed.
    pub generate_feeds: bool,
    /// How many entries a feed has.
    pub feed_limit: usize,
    /// Pages a pager of lists, where a section or taxonomy does not say.
    pub paginate_by: usize,
    /// The path component of pagers: `page` in `/kursus/page/2/`.
    pub paginate_path: Box<str>,
    /// The path component of the search page and its index: `search` in `/search/`.
    pub search_path: Box<str>,
    /// The path component of the page of all batches: `schedule` in `/schedule/`.
    pub schedule_path: Box<str>,
    /// Whether `sitemap.xml` is made.
    pub generate_sitemap: bool,
    /// Whether `robots.txt` is made.
    pub generate_robots_txt: bool,
    /// Whether a search index is made; the theme decides where nothing is said.
    pub build_search_index: Option<bool>,
    /// The output folder, relative to the site's root.
    pub output_dir: Box<str>,
    /// Paths below `content/` that are left out.
    pub ignored_content: Globs,
    /// Paths below `static/` that are left out.
    pub ignored_static: Globs,
    /// Which files are made for programs.
    pub exports: exports::ExportsConfig,
    /// Whether styles are published without comments and needless space.
    pub minify_css: bool,
    /// Whether scripts are.
    pub minify_js: bool,
    /// How Markdown is read.
    pub markdown: MarkdownConfig,
    /// What is made of pictures.
    pub images: ImagesConfig,
    /// Whether pages get cards for messengers and social media.
    pub social_cards: bool,
    /// Whether such cards show prices.
    pub social_card_prices: bool,
    /// Front matter keys that other programs write and that are passed over.
    pub ignore_keys: Vec<String>,
    /// How grave what is checked is, and which warnings are told.
    pub checks: Checks,
    /// What templates find as `config.extra`; the theme's own `[extra]` lies under it.
    pub extra: Option<Node>,
    /// Stands for the settings when two builds are compared.
    pub fingerprint: Fingerprint,
}

/// How grave a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It keeps the site from being published.
    Error,
    /// It is told.
    Warning,
    /// It is not looked for.
    Off,
}

impl Level {
    /// The level of a setting's word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "error" => Some(Self::Error),
            "warning" => Some(Self::Warning),
            "off" => Some(Self::Off),
            _ => None,
        }
    }
}

/// How prices are read and shown.
#[derive(Clone, Debug)]
pub struct CurrencyConfig {
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// How amounts are written.
    pub style: MoneyStyle,
    /// `included`, `excluded` or `exempt`; none where prices say nothing on tax.
    pub tax: Option<Box<str>>,
    /// Below this a price is doubted.
    pub price_min: Option<Money>,
    /// Above this a price is doubted.
    pub price_max: Option<Money>,
}

/// An entry of a menu.
#[derive(Clone, Debug)]
pub struct MenuItem {
    /// The words shown.
    pub name: Box<str>,
    /// An address, or a content path that begins with `@/`.
    pub target: Box<str>,
    /// Where the target stands in the file.
    pub span: Span,
}

/// One taxonomy.
#[derive(Clone, Debug)]
pub struct TaxonomyConfig {
    /// Its name, also the front matter key of its terms.
    pub name: Box<str>,
    /// Where the name stands in the file.
    pub span: Span,
    /// Pages a pager; 0 for one long list.
    pub paginate_by: usize,
    /// How a term's pages are sorted.
    pub sort_by: SortBy,
    /// The path component of its list, and of its terms: `tags` in `/tags/web/`. A facet has a
    /// pattern of its own.
    pub path: Box<str>,
    /// Whether each term has a feed.
    pub feed: bool,
    /// Whether pages are made for it.
    pub render: bool,
    /// What makes it a facet.
    pub facet: Option<facets::Facet>,
}

/// Folder and addresses of a kind, and its fields where it is one of the site's own.
#[derive(Clone, Debug)]
pub struct KindConfig {
    /// The kind's name.
    pub kind: Box<str>,
    /// Where the name stands in the file.
    pub span: Span,
    /// The folder below `content/`.
    pub folder: Option<Box<str>>,
    /// The address pattern with `{slug}`.
    pub path: Option<Box<str>>,
    /// What makes it a kind of the site's own.
    pub own: Option<OwnKind>,
}

/// A kind that the settings define.
#[derive(Clone, Debug, Default)]
pub struct OwnKind {
    /// Its fields beside those of every kind, and where each is named.
    pub fields: Vec<(Field, Span)>,
    /// The kinds that its fields refer to, and where.
    pub refs: Vec<(Box<str>, Span)>,
    /// What its fields are where nothing is written.
    pub defaults: Record,
}

/// How Markdown is read.
#[derive(Clone, Debug, Default)]
pub struct MarkdownConfig {
    /// Curly quotes, dashes, ellipses.
    pub smart_punctuation: bool,
    /// Definition lists.
    pub definition_list: bool,
    /// `> [!NOTE]`.
    pub github_alerts: bool,
    /// External links open in a new tab.
    pub external_links_target_blank: bool,
    /// External links are `nofollow`.
    pub external_links_no_follow: bool,
    /// External links are `noreferrer`.
    pub external_links_no_referrer: bool,
    /// `left`, `right`, `heading` or `none`.
    pub insert_anchor_links: Box<str>,
    /// Pictures load late and decode beside the page.
    pub lazy_async_image: bool,
    /// Formulas between dollar signs become MathML.
    pub math: bool,
    /// Code is coloured.
    pub highlight: bool,
    /// Name of the colours for a light page, and where it stands.
    pub light_theme: Option<(Box<str>, Span)>,
    /// Name of the colours for a dark page, and where it stands.
    pub dark_theme: Option<(Box<str>, Span)>,
    /// Raw HTML and any URL scheme are taken from content.
    pub trusted: bool,
}

/// What is made of pictures.
#[derive(Clone, Debug)]
pub struct ImagesConfig {
    /// Whether pictures in Markdown are made in several sizes.
    pub responsive: bool,
    /// The widths that they are made in, the smallest first.
    pub widths: Vec<u32>,
    /// How wide they are shown, as the attribute `sizes` says it.
    pub sizes: Box<str>,
    /// The quality of JPEG and WebP, from 1 to 100.
    pub quality: u8,
    /// Whether AVIF is made too.
    pub avif: bool,
    /// Whether a colour stands in a picture's place until it is there.
    pub placeholder: bool,
    /// How many bytes of results are kept from build to build.
    pub cache: u64,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// Newest first.
    #[default]
    Date,
    /// Last changed first.
    UpdateDate,
    /// By title, case and accents aside.
    Title,
    /// By the bytes of the title, as Zola's `title_bytes`.
    TitleBytes,
    /// Lightest first.
    Weight,
    /// By slug.
    Slug,
    /// By path.
    None,
}

impl SortBy {
    /// The order named by a word of the settings.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "date" => Self::Date,
            "update_date" => Self::UpdateDate,
            "title" => Self::Title,
            "title_bytes" => Self::TitleBytes,
            "weight" => Self::Weight,
            "slug" => Self::Slug,
            "none" => Self::None,
            _ => return None,
        })
    }
}

impl Config {
    /// The default language's code.
    pub fn default_language(&self) -> &str {
        &self.languages[0]
    }

    /// A full address for a path that begins with `/`.
    pub fn permalink(&self, path: &str) -> String {
        [&*self.base_url, path].concat()
    }

    /// `base_url` without its path: `https://akademi.example`.
    pub fn host(&self) -> &str {
        let base = &self.base_url;
        base.strip_suffix(&*self.base_path).unwrap_or(base)
    }

    /// An address below the host for a path that begins with `/`, as `href` wants it.
    pub fn href(&self, path: &str) -> String {
        [&*self.base_path, path].concat()
    }

    /// The place of the settings.
    pub fn path() -> SitePath {
        SitePath::new("silabus.toml").unwrap_or_else(SitePath::root)
    }

    /// With another address, as `--base-url` asks for.
    #[must_use]
    pub fn with_base_url(mut self, url: &str) -> Self {
        let url = url.trim_end_matches('/');
        self.base_path = base_path(url).into();
        self.base_url = url.into();
        self
    }
}

/// The path of an address: `/situs` of `https://a.example/situs`.
pub fn base_path(url: &str) -> &str {
    let after = url.split_once("://").map_or(url, |(_, rest)| rest);
    after.find('/').map_or("", |slash| &after[slash..])
}
