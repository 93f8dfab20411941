//! Pages at random: front matter with one line for each field, and texts that link, embed and
//! ask.

use super::files::Files;
use super::rng::Rng;

/// Where pages may lie, but for their ending: new pages and moved ones come here, so that what is
/// asked for in vain today may be there tomorrow.
pub(crate) const PLACES: &[&str] = &[
    "artikel/satu",
    "artikel/dua",
    "artikel/tiga",
    "artikel/empat",
    "artikel/lanjut/lima",
    "artikel/lanjut/enam",
    "artikel/2026-11-20-tujuh",
    "artikel/bundel/index",
    "kursus/dasar",
    "kursus/web",
    "kursus/data",
    "karier/backend",
    "karier/data",
    "keahlian/sql",
    "keahlian/go",
    "catatan/a",
    "catatan/b",
    "catatan/dalam/c",
    "tentang",
    "kontak",
];

/// Pages that a new site has and publishes: menus and fields name them.
const ALWAYS: &[&str] = &[
    "artikel/satu",
    "kursus/dasar",
    "keahlian/sql",
    "keahlian/go",
    "tentang",
];

/// Tags, some of which share an address.
pub(crate) const TAGS: &[&str] = &[
    "web",
    "Web",
    "data sains",
    "Data-Sains",
    "karier",
    "élan",
    "elan",
];

const SECTIONS: &[&str] = &["artikel", "artikel/lanjut", "kursus", "catatan"];
const WORDS: &[&str] = &[
    "belajar", "kode", "dari", "awal", "sampai", "siap", "kerja", "bersama", "data", "halaman",
];

/// Sections and pages of a new site.
pub(crate) fn generate(rng: &mut Rng, files: &mut Files) {
    for section in ["", "artikel/", "artikel/lanjut/", "kursus/"] {
        if section != "artikel/lanjut/" || rng.chance(70) {
            let text = self::section(rng, section);
            put(files, &format!("content/{section}_index.md"), text);
        }
    }
    for place in PLACES {
        if ALWAYS.contains(place) || rng.chance(65) {
            let path = format!("content/{place}.md");
            let text = page(rng, files, &path);
            put(files, &path, text);
            if rng.chance(25) {
                let text = page(rng, files, &format!("content/{place}.en.md"));
                put(files, &format!("content/{place}.en.md"), text);
            }
        }
    }
    // Front matters name it.
    put(files, "static/kartu.svg", picture(rng));
    if files.contains_key("content/artikel/bundel/index.md") {
        put(files, "content/artikel/bundel/gambar.svg", picture(rng));
    }
    if rng.chance(40) {
        put(
            files,
            "content/_index.en.md",
            "---\ntitle: Home\n---\n".to_owned(),
        );
    }
}

fn put(files: &mut Files, path: &str, text: String) {
    files.insert(path.to_owned(), text.into_bytes());
}

/// A picture of always the same size, so that one may take another's place unseen.
pub(crate) fn picture(rng: &mut Rng) -> String {
    format!("<svg><circle r=\"{}\"/></svg>\n", 10 + rng.below(90))
}

fn section(rng: &mut Rng, folder: &str) -> String {
    let title = title(rng);
    let sort = rng.pick(&["date", "title", "weight", "slug"]);
    let feed = rng.chance(30);
    let by = rng.pick(&["", "paginate_by = 2\n"]);
    let defaults = match folder {
        "kursus/" => "\n[defaults]\nlevel = \"pemula\"\n",
        "artikel/" => "\n[defaults]\nexpiry_date = \"2027-03-01\"\ncategory = \"umum\"\n",
        _ => "",
    };
    let text = questions(rng, Place::Section);
    format!(
        "+++\ntitle = \"{title}\"\nsort_by = \"{sort}\"\ngenerate_feeds = {feed}\n{by}{defaults}+++\n{text}"
    )
}

/// A title.
pub(crate) fn title(rng: &mut Rng) -> String {
    let mut words: Vec<&str> = (0..2 + rng.below(2)).map(|_| rng.pick(WORDS)).collect();
    if rng.chance(20) {
        words.push("<b> & \\u00e9");
    }
    words.join(" ")
}

/// A page for a path; links go to pages that are there.
pub(crate) fn page(rng: &mut Rng, files: &Files, path: &str) -> String {
    let mut lines = vec![format!("title: \"{}\"", title(rng))];
    let mut some = |rng: &mut Rng, percent: usize, line: &str| {
        if rng.chance(percent) {
            lines.push(line.to_owned());
        }
    };
    let day = 1 + rng.below(27);
    some(rng, 70, &format!("date: 2026-11-{day:02}"));
    let weight = rng.below(5);
    some(rng, 40, &format!("weight: {weight}"));
    let tags = tags(rng);
    some(rng, 70, &format!("tags: {tags}"));
    some(rng, 20, "topik: [satu topik]");
    some(rng, 20, "description: Keterangan");
    if !ALWAYS
        .iter()
        .any(|place| path == format!("content/{place}.md"))
    {
        some(rng, 7, "draft: true");
        some(rng, 8, "publish_date: 2026-11-23");
    }
    some(rng, 8, "expiry_date: 2026-11-24T12:00:00+07:00");
    some(rng, 8, "hidden: true");
    let name = path.replace(['/', '.'], "-");
    some(rng, 15, &format!("aliases: [/lama/{name}/]"));
    some(rng, 10, &format!("slug: {name}"));
    some(rng, 10, "extra: {warna: merah, angka: 3}");
    if path.contains("/artikel/") {
        some(rng, 25, "related: [satu]");
        some(rng, 20, "image: /kartu.svg");
    }
    if path.contains("/kursus/") && !path.ends_with(".en.md") {
        lines.extend(course(rng, path));
    }
    if path.contains("/karier/") {
        lines.extend(career(rng));
    }
    if path.ends_with("/sql.md") && rng.chance(30) {
        lines.push("parent: go".to_owned());
    }
    format!("---\n{}\n---\n{}", lines.join("\n"), body(rng, files))
}

fn career(rng: &mut Rng) -> Vec<String> {
    let optional = [
        "skill_groups: [{name: Inti, skills: [sql, {id: go, importance: opsional}]}]",
        "path: [{stage: Awal, courses: [dasar], articles: [satu]}]",
        "salary: [{region: Jakarta, currency: IDR, unit: bulan, min: 5000000, source: Contoh, as_of: 2026-01-01, review_by: 2026-11-24}]",
    ];
    let chosen = optional.into_iter().filter(|_| rng.chance(70));
    chosen.map(str::to_owned).collect()
}

fn course(rng: &mut Rng, path: &str) -> Vec<String> {
    let mut lines = vec![format!("price: {}", price(rng))];
    let optional = [
        "list_price: 9000000",
        "mode: daring",
        "promos: [{percent: 10, from: 2026-11-01, until: 2026-11-25, label: Hemat}]",
        "batches: [{start: 2026-12-05, seats: 10}, 2027-01-10]",
        "prerequisites: {courses: [dasar]}",
        "variants: [{id: privat, name: Privat, price: 5000000}]",
        "status: segera",
        "skills: [sql]",
        "level: mahir",
        "enrol: {target: \"0813-0000-0000\", message: \"Halo {title} {url}\"}",
    ];
    for line in optional {
        let itself = line.contains("dasar") && path.ends_with("dasar.md");
        if rng.chance(35) && !itself {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// A price.
pub(crate) fn price(rng: &mut Rng) -> usize {
    (10 + rng.below(40)) * 50_000
}

/// Some tags, as a front matter writes them.
pub(crate) fn tags(rng: &mut Rng) -> String {
    let one = rng.pick(TAGS);
    let other = rng.pick(TAGS);
    match rng.chance(50) && one.to_lowercase() != other.to_lowercase() {
        true => format!("[{one}, {other}]"),
        false => format!("[{one}]"),
    }
}

/// A text.
pub(crate) fn body(rng: &mut Rng, files: &Files) -> String {
    let mut text = format!("{}\n\n", paragraph(rng, files));
    if rng.chance(20) {
        text = format!("{text}{}\n\n", question(rng, Place::Page));
    }
    if rng.chance(40) {
        text.push_str("<!-- more -->\n\n");
    }
    text.push_str("## Isi\n\n");
    text.push_str(&format!("{}\n\n", paragraph(rng, files)));
    if rng.chance(30) {
        let inside = question(rng, Place::Page);
        text.push_str(&format!(
            "{{% <catatan jenis=\"awas\"> %}}\n{} {inside}\n{{% </catatan> %}}\n\n",
            words(rng, 4)
        ));
    }
    if rng.chance(8) {
        text.push_str("```rust\nfn main() {}\n```\n\n");
    }
    text.push_str(&questions(rng, Place::Page));
    text
}

/// Some words.
pub(crate) fn words(rng: &mut Rng, count: usize) -> String {
    let words: Vec<&str> = (0..count).map(|_| rng.pick(WORDS)).collect();
    words.join(" ")
}

fn paragraph(rng: &mut Rng, files: &Files) -> String {
    let count = 3 + rng.below(12);
    let mut text = words(rng, count);
    for _ in 0..rng.below(3) {
        if let Some(link) = link(rng, files) {
            text = format!("{text} {link} {}", words(rng, 2));
        }
    }
    if rng.chance(20) {
        text.push_str(" {{<harga of=\"dasar\" />}}");
    }
    text
}

/// A link to a page that can be linked to, now and then to a heading of it.
fn link(rng: &mut Rng, files: &Files) -> Option<String> {
    let targets: Vec<&String> = files
        .iter()
        .filter(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            path.starts_with("content/")
                && path.ends_with(".md")
                && !path.ends_with(".en.md")
                && !["draft: true", "publish_date"]
                    .iter()
                    .any(|word| text.contains(word))
        })
        .map(|(path, _)| path)
        .collect();
    let path = rng.choose(&targets)?.strip_prefix("content/")?;
    let anchor = if rng.chance(25) && !path.ends_with("_index.md") {
        "#isi"
    } else {
        ""
    };
    Some(format!("[{}](@/{path}{anchor})", words(rng, 1)))
}

/// None to three questions, each alone on its line.
fn questions(rng: &mut Rng, at: Place) -> String {
    let mut text = String::new();
    for _ in 0..rng.below(4) {
        text.push_str(&question(rng, at));
        text.push_str("\n\n");
    }
    text
}

/// Where a call of a component stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Section,
    Page,
}

/// The component that shows the page it stands on.
const SINI: &str = "tanya_sini";

/// A call of a component that asks. Sections may embed whole pages: no page embeds a section, so
/// that goes in no circle.
fn question(rng: &mut Rng, at: Place) -> String {
    let place = rng.pick(PLACES);
    let folder = rng.pick(SECTIONS);
    let tag = rng.pick(TAGS);
    let course = rng.pick(&["dasar", "web", "data", "tidak-ada"]);
    let order = rng.pick(&["date", "title", "weight", "slug"]);
    let data = rng.pick(&["a.toml", "b.json", "c.yaml", "d.csv", "e.toml"]);
    let published = rng.pick(&["logo.svg", "css/main.css", "unduh.txt"]);
    let unit = rng.pick(&["year", "month", "day", "second"]);
    let limit = rng.below(4);
    let calls = [
        format!("tanya_kartu path=\"{place}.md\""),
        format!("tanya_judul path=\"{place}.md\""),
        format!("tanya_id jenis=\"course\" id=\"{course}\""),
        format!("tanya_bagian path=\"{folder}/_index.md\""),
        format!("tanya_tajuk path=\"{folder}/_index.md\""),
        "tanya_taksonomi nama=\"tags\"".to_owned(),
        format!("tanya_istilah nama=\"tags\" istilah=\"{tag}\""),
        format!("tanya_url_istilah nama=\"tags\" istilah=\"{tag}\""),
        format!("tanya_daftar tag=\"{tag}\" urut=\"{order}\" batas={limit}"),
        format!("tanya_folder folder=\"{folder}\""),
        "tanya_kursus tingkat=\"beginner\"".to_owned(),
        format!("tanya_alamat path=\"{place}.md\""),
        format!("tanya_sidik path=\"{published}\""),
        format!("tanya_data path=\"data/{data}\""),
        "tanya_teks path=\"data/a.toml\"".to_owned(),
        "tanya_kata kunci=\"sapa\"".to_owned(),
        format!("tanya_waktu satuan=\"{unit}\""),
        "tanya_detik".to_owned(),
        "harga of=\"web\"".to_owned(),
    ];
    let own = match at {
        Place::Section => vec![format!("tanya_isi path=\"{place}.md\""), SINI.to_owned()],
        Place::Page => vec![SINI.to_owned()],
    };
    let at = rng.below(calls.len() + 2 * own.len());
    let call = calls.get(at).unwrap_or_else(|| &own[at % own.len()]);
    format!("{{{{<{call} />}}}}")
}
