//! Small sites at random: ten to twenty-five pages that use everything which one file can learn
//! of another.

use std::path::Path;

use super::files::Files;
use super::pages;
use super::rng::Rng;

/// The instant at which every sequence begins; scheduled pages and promos of [`pages`] lie
/// around it.
pub(crate) const NOW: &str = "2026-11-22T08:00:00+07:00";

/// Files of the theme in `tests/equality/theme`, by their path in a site.
pub(crate) fn theme() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/equality/theme");
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(&folder) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let inside = entry.path().strip_prefix(&folder).unwrap();
            let path = format!("themes/uji/{}", inside.to_str().unwrap());
            files.insert(path, std::fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// A site.
pub(crate) fn generate(rng: &mut Rng) -> Files {
    let mut files = theme();
    let mut put = |path: &str, text: String| {
        files.insert(path.to_owned(), text.into_bytes());
    };
    put("silabus.toml", settings(rng));
    if rng.chance(60) {
        put("i18n/id.toml", "sapa = \"Halo dari situs\"\n".to_owned());
    }
    put("data/a.toml", "judul = \"T\"\ndaftar = [1, 2]\n".to_owned());
    put("data/b.json", "{\"judul\": \"J\"}\n".to_owned());
    put("data/c.yaml", "judul: Y\ndaftar: [1, x]\n".to_owned());
    put(
        "data/d.csv",
        "nama,harga\n\"A, B\",1000\nC,2000\n".to_owned(),
    );
    if rng.chance(40) {
        put("sass/_warna.scss", "$utama: #112233;\n".to_owned());
    }
    if rng.chance(50) {
        put("static/unduh.txt", "berkas situs\n".to_owned());
    }
    if rng.chance(30) {
        put("static/robots-tambahan.txt", "isi\n".to_owned());
    }
    for (path, text) in overrides() {
        if rng.chance(25) {
            put(path, text.to_owned());
        }
    }
    pages::generate(rng, &mut files);
    files
}

/// Templates of the site that replace one of the theme, some of them on top of it.
pub(crate) fn overrides() -> [(&'static str, &'static str); 6] {
    [
        (
            "templates/page.html",
            "{% extends \"uji/templates/page.html\" %}{% block title %}situs rev-situs {{ super() }}{% endblock title %}\n",
        ),
        (
            "templates/partials/foot.html",
            "<footer data-rev=\"rev-situs\">{{ get_section(path=\"artikel/_index.md\", metadata_only=true, required=false) | json_encode }}</footer>\n",
        ),
        (
            "templates/tags/single.html",
            "<p data-rev=\"rev-situs\">{{ term | json_encode }}{{ paginator | json_encode }}</p>\n",
        ),
        (
            "templates/components/salam.html",
            "{% component harga(of: String) %}<b data-rev=\"rev-situs\">{{ get_page(kind=\"course\", id=of, required=false) | json_encode }}</b>{% endcomponent harga %}\n",
        ),
        (
            "templates/artikel/section.html",
            "{% extends \"section.html\" %}{% block title %}rev-situs{% endblock title %}\n",
        ),
        (
            "templates/atom.xml",
            "<feed data-rev=\"rev-situs\">{% for page in pages %}<entry>{{ page.title }} {{ page.summary or page.description }}</entry>{% endfor %}</feed>\n",
        ),
    ]
}

fn settings(rng: &mut Rng) -> String {
    let by = ["0", "2", "3"];
    let languages = ["", "languages = [\"en\"]\n"];
    let sizes = rng.pick(&by);
    let terms = rng.pick(&by);
    let languages = languages[usize::from(rng.chance(70))];
    let feeds = rng.chance(40);
    let code = rng.chance(15);
    format!(
        "base_url = \"https://a.example\"\ntitle = \"Situs\"\ntheme = \"uji\"\ndefault_language = \"id\"\n\
         {languages}timezone = \"Asia/Jakarta\"\ngenerate_feeds = {feeds}\npaginate_by = {sizes}\nbuild_search_index = true\n\
         taxonomies = [{{ name = \"tags\", paginate_by = {terms}, feed = {feeds} }}, {{ name = \"topik\" }}]\n\
         facets = [{{ field = \"level\", paginate_by = {terms} }}, {{ field = \"skills\", path = \"/kursus/belajar/{{slug}}/\" }}, {{ kind = \"article\", field = \"category\" }}]\n\
         \n[menus]\nmain = [{{ name = \"Artikel\", page = \"@/artikel/_index.md\" }}, {{ name = \"Tentang\", page = \"@/tentang.md\" }}]\n\
         \n[kinds.article]\nfolder = \"artikel\"\npath = \"/artikel/{{slug}}/\"\n\
         \n[kinds.course]\nfolder = \"kursus\"\n\
         \n[kinds.career]\nfolder = \"karier\"\n\
         \n[kinds.skill]\nfolder = \"keahlian\"\n\
         \n[markdown]\ninsert_anchor_links = \"none\"\nsmart_punctuation = true\n\
         \n[markdown.highlighting]\nenabled = {code}\n\
         \n[contact]\nwhatsapp = \"0812-0000-0000\"\n\
         \n[exports]\ncalendar = true\njson_feed = true\nllms = true\nmarkdown = true\nredirects = [\"netlify\", \"nginx\", \"apache\"]\n\
         \n[extra]\nhuruf = \"mono\"\n"
    )
}
