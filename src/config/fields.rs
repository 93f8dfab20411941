//! The declared fields of `silabus.toml`.

use crate::data::{Field, Type};

const ORDERS: [(&str, &[&str]); 6] = [
    ("date", &["tanggal"]),
    ("update_date", &[]),
    ("title", &["judul"]),
    ("weight", &["bobot"]),
    ("slug", &[]),
    ("none", &[]),
];

/// A choice between the orders of a list.
pub fn sort_by() -> Type {
    Type::choice(&ORDERS)
}

/// All fields of `silabus.toml`.
pub fn all() -> Vec<Field> {
    let mut fields = site();
    fields.extend(lists());
    fields.extend(tables());
    fields
}

fn site() -> Vec<Field> {
    vec![
        Field::new("base_url", Type::Url, "Address of the site.").required(),
        Field::new("title", Type::Text, "The site's name.").required(),
        Field::new("description", Type::Text, "One sentence about the site."),
        Field::new(
            "default_language",
            Type::Text,
            "Language code of the site, such as id.",
        ),
        Field::new(
            "languages",
            Type::OneOf(vec![Type::list(Type::Text), Type::Free]),
            "Codes of further languages.",
        ),
        Field::new(
            "timezone",
            Type::Text,
            "Zone in which days begin, such as Asia/Jakarta.",
        ),
        Field::new("theme", Type::Text, "Folder below themes/."),
        Field::new(
            "output_dir",
            Type::Text,
            "Folder that the site is published to.",
        ),
        Field::new(
            "ignored_content",
            Type::list(Type::Text),
            "Paths below content/ to leave out.",
        ),
        Field::new(
            "ignored_static",
            Type::list(Type::Text),
            "Paths below static/ to leave out.",
        ),
        Field::new("minify_css", Type::Bool, "Whether styles are made small."),
        Field::new("minify_js", Type::Bool, "Whether scripts are made small."),
        Field::new(
            "content_trust",
            Type::choice(&[("trusted", &[]), ("untrusted", &[])]),
            "Whether content may hold raw HTML.",
        ),
    ]
}

fn lists() -> Vec<Field> {
    vec![
        Field::new(
            "paginate_by",
            Type::Int(0, 10_000),
            "Pages on a pager; 0 for one long list.",
        ),
        Field::new("paginate_path", Type::Slug, "Path component of pagers."),
        Field::new(
            "search_path",
            Type::Slug,
            "Path component of the search page.",
        ),
        Field::new(
            "schedule_path",
            Type::Slug,
            "Path component of the page of all batches.",
        ),
        Field::new(
            "generate_feeds",
            Type::Bool,
            "Whether the site has an Atom feed.",
        ),
        Field::new("feed_limit", Type::Int(1, 10_000), "Entries of a feed."),
        Field::new(
            "generate_sitemap",
            Type::Bool,
            "Whether sitemap.xml is made.",
        ),
        Field::new(
            "generate_robots_txt",
            Type::Bool,
            "Whether robots.txt is made.",
        ),
        Field::new(
            "build_search_index",
            Type::Bool,
            "Whether an index for searching is made; the theme decides otherwise.",
        ),
        Field::new(
            "taxonomies",
            Type::list(Type::Table(taxonomy())),
            "Tags and the like.",
        ),
        Field::new(
            "facets",
            Type::list(Type::Table(super::facets::fields())),
            "Fields of which each value gets a list of its own.",
        ),
    ]
}

fn taxonomy() -> Vec<Field> {
    vec![
        Field::new("name", Type::Text, "Its name, and the key of its terms.").required(),
        Field::new("paginate_by", Type::Int(0, 10_000), "Pages on a pager."),
        Field::new("sort_by", sort_by(), "Order of a term's pages."),
        Field::new("path", Type::Slug, "Path component of its pages."),
        Field::new("feed", Type::Bool, "Whether each term has a feed."),
        Field::new("render", Type::Bool, "Whether it has pages of its own."),
    ]
}

fn tables() -> Vec<Field> {
    vec![
        Field::new(
            "currency",
            Type::Table(currency()),
            "How prices are read and shown.",
        ),
        Field::new(
            "organization",
            Type::Table(organization()),
            "Who is behind the site.",
        ),
        Field::new("contact", Type::Table(contact()), "Ways to reach it."),
        Field::new("menus", Type::Free, "Named lists of links."),
        Field::new(
            "kinds",
            Type::Free,
            "Folder and address of each kind, and the fields of your own kinds.",
        ),
        Field::new("markdown", Type::Table(markdown()), "How Markdown is read."),
        Field::new(
            "images",
            Type::Table(super::images::fields()),
            "What is made of pictures.",
        ),
        Field::new(
            "social_cards",
            Type::Table(super::images::card_fields()),
            "A picture per page for messengers and social media.",
        ),
        Field::new(
            "campaigns",
            Type::list(Type::Table(super::campaigns::fields())),
            "Promos on many courses.",
        ),
        Field::new(
            "checks",
            Type::Table(super::checks::fields()),
            "What is checked, and how strictly.",
        ),
        Field::new(
            "exports",
            Type::Table(super::exports::fields()),
            "Which files are made for programs.",
        ),
        Field::new("extra", Type::Free, "Anything for templates."),
    ]
}

/// Fields of an entry of a menu.
pub fn menu_item() -> Vec<Field> {
    vec![
        Field::new("name", Type::Text, "The words that are shown.").required(),
        Field::new("url", Type::Text, "Where it leads: a path or an address."),
        Field::new("page", Type::Text, "The file it leads to, as @/about.md."),
    ]
}

fn currency() -> Vec<Field> {
    vec![
        Field::new("code", Type::Text, "ISO 4217 code, such as IDR."),
        Field::new(
            "style",
            Type::choice(&[("orthography", &[]), ("cldr", &[])]),
            "Rp3.800.000 or Rp 3.800.000.",
        ),
        Field::new(
            "tax",
            Type::choice(&[
                ("included", &["termasuk"]),
                ("excluded", &["belum termasuk"]),
                ("exempt", &["bebas"]),
            ]),
            "Whether prices contain tax.",
        ),
        Field::new(
            "price_min",
            Type::Int(0, i64::MAX),
            "Lower prices are doubted; whole units.",
        ),
        Field::new(
            "price_max",
            Type::Int(0, i64::MAX),
            "Higher prices are doubted; whole units.",
        ),
    ]
}

/// Fields of `[organization]`.
pub fn organization() -> Vec<Field> {
    vec![
        Field::new("name", Type::Text, "Its name."),
        Field::new("logo", Type::Text, "Path of its logo below static/."),
        Field::new("same_as", Type::list(Type::Url), "Its pages elsewhere."),
        Field::new(
            "address",
            Type::OneOf(vec![Type::Text, Type::Table(address())]),
            "Where it is.",
        ),
        Field::new("phone", Type::Phone, "Its telephone."),
        Field::new("email", Type::Text, "Its e-mail address."),
        Field::new("url", Type::Url, "Its own site, where that is another."),
    ]
}

fn address() -> Vec<Field> {
    ["street", "locality", "region", "postal_code", "country"]
        .into_iter()
        .map(|name| Field::new(name, Type::Text, "A part of the address."))
        .collect()
}

/// Fields of `[contact]`.
pub fn contact() -> Vec<Field> {
    vec![
        Field::new("whatsapp", Type::Phone, "Number of its WhatsApp."),
        Field::new("phone", Type::Phone, "Its telephone."),
        Field::new("email", Type::Text, "Its e-mail address."),
    ]
}

fn markdown() -> Vec<Field> {
    let flag = |name, doc| Field::new(name, Type::Bool, doc);
    vec![
        flag("smart_punctuation", "Curly quotes, dashes and ellipses."),
        flag("definition_list", "Definition lists."),
        flag("github_alerts", "Quotes that begin with [!NOTE]."),
        flag(
            "external_links_target_blank",
            "External links open in a new tab.",
        ),
        flag("external_links_no_follow", "External links are nofollow."),
        flag(
            "external_links_no_referrer",
            "External links are noreferrer.",
        ),
        flag("lazy_async_image", "Pictures load late."),
        flag("math", "Formulas between dollar signs."),
        Field::new(
            "insert_anchor_links",
            Type::choice(&[
                ("none", &[]),
                ("left", &[]),
                ("right", &[]),
                ("heading", &[]),
            ]),
            "Links beside headings.",
        ),
        Field::new(
            "highlighting",
            Type::Table(highlighting()),
            "Colours of code.",
        ),
    ]
}

fn highlighting() -> Vec<Field> {
    vec![
        Field::new("enabled", Type::Bool, "Whether code is coloured."),
        Field::new(
            "theme",
            Type::Text,
            "Colours for light and dark pages alike.",
        ),
        Field::new("light_theme", Type::Text, "Colours for light pages."),
        Field::new("dark_theme", Type::Text, "Colours for dark pages."),
    ]
}
