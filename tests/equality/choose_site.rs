//! Edits of what belongs to the whole site: sections, templates, settings, words, styles, scripts,
//! faults and time.

use super::choose::{all_pages, line};
use super::edit::{Op, What};
use super::files::{self, Files};
use super::rng::Rng;
use super::{pages, site};

/// The settings.
const SETTINGS: &str = "silabus.toml";

/// The changes of an edit; none where the site has nothing for it.
pub(crate) fn ops(what: What, rng: &mut Rng, files: &Files, now: &str) -> Option<Vec<Op>> {
    let setting = |key: &str, value: String| vec![line(SETTINGS, key, Some(value))];
    Some(match what {
        What::Section => section(rng, files)?,
        What::Defaults => defaults(rng),
        What::Template => template(rng, files, "")?,
        What::Partial => template(rng, files, "partials/")?,
        What::Component => template(rng, files, "components/")?,
        What::Override => {
            let (path, text) = *rng.choose(&site::overrides())?;
            vec![Op::Write(path.to_owned(), text.to_owned())]
        }
        What::NoOverride => {
            let own = |path: &&String| path.starts_with("templates/");
            let found: Vec<&String> = files.keys().filter(own).collect();
            vec![Op::Remove((*rng.choose(&found)?).clone())]
        }
        What::SiteTitle => setting("title", format!("\"{}\"", pages::words(rng, 2))),
        What::Taxonomies => setting("taxonomies", taxonomies(rng)),
        What::Languages => {
            let value = rng.chance(70).then(|| "[\"en\"]".to_owned());
            vec![line(SETTINGS, "languages", value)]
        }
        What::Paginate => setting("paginate_by", rng.below(4).to_string()),
        What::Feeds => setting("generate_feeds", rng.chance(60).to_string()),
        What::Menu => setting("main", menu(rng)),
        What::Markdown => setting(
            "insert_anchor_links",
            format!("\"{}\"", rng.pick(&["none", "left", "right"])),
        ),
        What::Extra => setting("huruf", format!("\"{}\"", pages::words(rng, 1))),
        What::Words => words(rng, files)?,
        What::Sass => sass(rng, files),
        What::Scripts => scripts(rng, files),
        What::Broken => vec![broken(rng, files)?],
        What::Time => vec![Op::Now(later(rng, now)?)],
        _ => return None,
    })
}

fn section(rng: &mut Rng, files: &Files) -> Option<Vec<Op>> {
    let section = |path: &&String| path.ends_with("_index.md");
    let found: Vec<&String> = files.keys().filter(section).collect();
    let path = (*rng.choose(&found)?).clone();
    let key = rng.pick(&[
        "title",
        "sort_by",
        "paginate_by",
        "weight",
        "transparent",
        "aliases",
    ]);
    let value = match key {
        "title" => format!("\"{}\"", pages::title(rng)),
        "sort_by" => format!("\"{}\"", rng.pick(&["date", "title", "weight", "slug"])),
        "transparent" => rng.chance(50).to_string(),
        "aliases" => format!("[\"/lama/bagian-{}/\"]", path.len()),
        _ => rng.below(4).to_string(),
    };
    Some(vec![line(path, key, Some(value))])
}

/// What a section's pages have in common.
fn defaults(rng: &mut Rng) -> Vec<Op> {
    let level = rng.pick(&["pemula", "menengah", "mahir"]);
    let course = line(
        "content/kursus/_index.md",
        "level",
        Some(format!("\"{level}\"")),
    );
    let article = line(
        "content/artikel/_index.md",
        "category",
        Some(format!("\"{}\"", pages::words(rng, 1))),
    );
    vec![if rng.chance(50) { course } else { article }]
}

/// Every template carries marks `rev-…`, which are what is changed; now and then it asks something
/// new.
fn template(rng: &mut Rng, files: &Files, folder: &str) -> Option<Vec<Op>> {
    let fits = |path: &&String| {
        let inside = path.split_once("templates/").map(|(_, inside)| inside);
        inside.is_some_and(|inside| match folder {
            "" => !inside.starts_with("partials/") && !inside.starts_with("components/"),
            folder => inside.starts_with(folder),
        })
    };
    let found: Vec<&String> = files.keys().filter(fits).collect();
    let path = (*rng.choose(&found)?).clone();
    let text = files::text(files, &path)?;
    let at = text.find("rev-")?;
    let end = text[at..].find(['"', '{', ' '])? + at;
    let calls = [
        "{{ now(unit='month') }}",
        "{{ config.title }}",
        "{{ trans(key='sapa') }}",
        "{{ courses(level='beginner') | length }}",
        "{{ learning_path(career='backend', required=false) | json_encode }}",
        "{{ get_taxonomy(kind='course.level', required=false) | json_encode }}",
        "{{ load_data(path='data/a.toml', required=false) | json_encode }}",
    ];
    let call = if rng.chance(20) { rng.pick(&calls) } else { "" };
    let new = format!("rev-{}{call}", rng.below(1000));
    Some(vec![Op::Replace(path, text[at..end].to_owned(), new)])
}

fn taxonomies(rng: &mut Rng) -> String {
    let by = rng.below(3);
    let feed = rng.chance(40);
    let tags = format!("{{ name = \"tags\", paginate_by = {by}, feed = {feed} }}");
    match rng.below(4) {
        0 => format!("[{tags}]"),
        1 => format!("[{tags}, {{ name = \"topik\", render = false }}]"),
        2 => format!("[{{ name = \"topik\", sort_by = \"title\" }}, {tags}]"),
        _ => format!("[{tags}, {{ name = \"topik\" }}, {{ name = \"category\" }}]"),
    }
}

fn menu(rng: &mut Rng) -> String {
    let name = pages::words(rng, 1);
    let page = rng.pick(&["artikel/_index", "kursus/_index", "tentang", "artikel/satu"]);
    format!(
        "[{{ name = \"{name}\", page = \"@/{page}.md\" }}, {{ name = \"Luar\", url = \"/x/\" }}]"
    )
}

fn words(rng: &mut Rng, files: &Files) -> Option<Vec<Op>> {
    let path = rng.pick(&[
        "themes/uji/i18n/id.toml",
        "themes/uji/i18n/en.toml",
        "i18n/id.toml",
        "i18n/en.toml",
    ]);
    let word = format!("\"{}\"", pages::words(rng, 2));
    if !files.contains_key(path) {
        return Some(vec![Op::Write(path.to_owned(), format!("sapa = {word}\n"))]);
    }
    if path.starts_with("i18n/") && rng.chance(30) {
        return Some(vec![Op::Remove(path.to_owned())]);
    }
    let key = rng.pick(&["sapa", "menu", "catatan"]);
    Some(vec![line(path, key, Some(word))])
}

fn sass(rng: &mut Rng, files: &Files) -> Vec<Op> {
    let own = "sass/_warna.scss";
    let path = match rng.below(3) {
        0 if files.contains_key(own) => return vec![Op::Remove(own.to_owned())],
        0 => own,
        _ => "themes/uji/sass/_warna.scss",
    };
    let colour = format!("$utama: #{:06x};\n", rng.below(0x00ff_ffff));
    vec![Op::Write(path.to_owned(), colour)]
}

fn scripts(rng: &mut Rng, files: &Files) -> Vec<Op> {
    let own = "scripts/js/_kata.js";
    let path = match rng.below(4) {
        0 if files.contains_key(own) => return vec![Op::Remove(own.to_owned())],
        0 => own,
        1 => "static/js/lepas.js",
        _ => "themes/uji/scripts/js/_kata.js",
    };
    // The other name is one that nobody imports, so that what does is at fault.
    let name = if rng.chance(85) { "kata" } else { "lain" };
    let text = format!("// catatan\nexport const {name} = {};\n", rng.below(1000));
    vec![Op::Write(path.to_owned(), text)]
}

/// A fault of syntax or sense in one of the files that have some.
fn broken(rng: &mut Rng, files: &Files) -> Option<Op> {
    let page = (*rng.choose(&all_pages(files))?).clone();
    Some(match rng.below(10) {
        0 => line(page, "title", Some("[".to_owned())),
        1 => line(page, "date", Some("kemarin".to_owned())),
        2 => line(page, "titel", Some("salah".to_owned())),
        3 => Op::Body(page, "[x](@/tidak/ada.md)\n".to_owned()),
        4 => Op::Body(page, "{{<tidak_ada />}}\n".to_owned()),
        5 => line(SETTINGS, "title", Some("\"tanpa akhir".to_owned())),
        6 => Op::Write("data/a.toml".to_owned(), "judul = [\n".to_owned()),
        7 => Op::Write("i18n/id.toml".to_owned(), "sapa = 3\n".to_owned()),
        8 => Op::Replace(
            "themes/uji/sass/_warna.scss".to_owned(),
            ";".to_owned(),
            String::new(),
        ),
        _ => {
            let template = rng.pick(&["page", "article", "section", "components/harga"]);
            let path = format!("themes/uji/templates/{template}.html");
            Op::Replace(path, "{{".to_owned(), "{{ %".to_owned())
        }
    })
}

/// Later by some hours, days or months: pages fall due, promos end, days and years change.
fn later(rng: &mut Rng, now: &str) -> Option<String> {
    let now: jiff::Timestamp = now.parse().ok()?;
    let hours = *rng.choose(&[1, 6, 16, 24, 48, 24 * 20, 24 * 60])?;
    let later = now + jiff::SignedDuration::from_hours(hours);
    Some(later.to_string())
}
