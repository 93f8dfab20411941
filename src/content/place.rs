//! What a file's place says about it: language, date prefix, stem, bundle or section.

use crate::base::SitePath;
use crate::base::when::When;

/// The two-letter codes of languages, ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da \
     de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io \
     is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my \
     na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq \
     sr ss st su sv sw ta te tg th ti tk tl tn to tr tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// What the path of a Markdown file below `content/` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The folder below `content/`; for a bundle the folder that holds the bundle's folder.
    pub folder: Box<str>,
    /// The stem without language and date: `basic-python`; for a bundle the folder's name.
    pub stem: Box<str>,
    /// The language of the file name; none for the default language.
    pub lang: Option<Box<str>>,
    /// The date prefix of the file name.
    pub date: Option<When>,
    /// Page, bundle or section.
    pub form: Form,
}

/// What sort of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `x.md`.
    Page,
    /// `x/index.md`, with assets beside it.
    Bundle,
    /// `_index.md`.
    Section,
}

impl Place {
    /// Reads the place of `path`, which lies below `content/`; `languages` are the codes that a
    /// file name may end in.
    pub fn of(path: &SitePath, languages: &[Box<str>]) -> Self {
        let inside = path.below("content").unwrap_or(path.as_str());
        let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
        let name = name.strip_suffix(".md").unwrap_or(name);
        let (name, lang) = split_language(name, languages);
        match name {
            "_index" => Self::new(folder, "_index", lang, Form::Section),
            "index" if !folder.is_empty() => {
                let (outer, own) = folder.rsplit_once('/').unwrap_or(("", folder));
                Self::new(outer, own, lang, Form::Bundle)
            }
            name => Self::new(folder, name, lang, Form::Page),
        }
    }

    fn new(folder: &str, name: &str, lang: Option<&str>, form: Form) -> Self {
        let (date, stem) = split_date(name);
        Self {
            folder: folder.into(),
            stem: stem.into(),
            lang: lang.map(Into::into),
            date,
            form,
        }
    }

    /// The code of a language at the end of the name that none of the site's languages took.
    pub fn unlisted_language(&self) -> Option<&str> {
        let (stem, code) = self.stem.rsplit_once('.')?;
        let known =
            !stem.is_empty() && code.len() == 2 && LANGUAGES.split(' ').any(|it| it == code);
        known.then_some(code)
    }

    /// What is wrong with a page that is meant as the home page, as most programs name it.
    pub fn mistaken_home(&self) -> Option<&'static str> {
        let top = self.form == Form::Page && self.folder.is_empty();
        (top && *self.stem == *"index").then_some("the home page is `_index.md`")
    }

    /// The folder whose files belong to it: a bundle's own folder, else the folder it lies in.
    pub fn assets_folder(path: &SitePath) -> SitePath {
        path.parent()
    }
}

fn split_language<'a>(name: &'a str, languages: &[Box<str>]) -> (&'a str, Option<&'a str>) {
    match name.rsplit_once('.') {
        Some((stem, code)) if languages.iter().any(|known| **known == *code) => (stem, Some(code)),
        _ => (name, None),
    }
}

/// `2026-11-22-judul` is a date and a stem; a prefix that is no date belongs to the stem.
fn split_date(name: &str) -> (Option<When>, &str) {
    if !name.starts_with(|c: char| c.is_ascii_digit()) {
        return (None, name);
    }
    let split = name
        .get(..10)
        .and_then(|prefix| When::parse(prefix).ok())
        .zip(
            name.get(10..)
                .and_then(|rest| rest.strip_prefix(['-', '_'])),
        );
    match split {
        Some((date, stem)) if !stem.is_empty() => (Some(date), stem),
        _ => (None, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str) -> Place {
        Place::of(&SitePath::new(path).unwrap(), &["en".into()])
    }

    #[test]
    fn a_page_has_folder_stem_and_language() {
        let p = place("content/kursus/web/basic-python.en.md");
        assert_eq!(
            (&*p.folder, &*p.stem, p.lang.as_deref()),
            ("kursus/web", "basic-python", Some("en"))
        );
        assert_eq!(p.form, Form::Page);
    }

    #[test]
    fn an_unknown_suffix_belongs_to_the_stem() {
        let p = place("content/node.js.md");
        assert_eq!((&*p.stem, p.lang), ("node.js", None));
    }

    #[test]
    fn a_code_that_no_language_took_is_seen() {
        for (path, code) in [
            ("content/a.fr.md", Some("fr")),
            ("content/a.en.md", None),
            ("content/node.js.md", None),
            ("content/a.md", None),
            ("content/v1.2.md", None),
        ] {
            assert_eq!(place(path).unlisted_language(), code, "{path}");
        }
    }

    #[test]
    fn only_an_index_at_the_top_is_meant_as_home() {
        for (path, mistaken) in [
            ("content/index.md", true),
            ("content/index.en.md", true),
            ("content/_index.md", false),
            ("content/a/index.md", false),
            ("content/index-a.md", false),
        ] {
            assert_eq!(place(path).mistaken_home().is_some(), mistaken, "{path}");
        }
    }

    #[test]
    fn a_bundle_is_named_by_its_folder() {
        let p = place("content/artikel/2026-11-22-alur/index.md");
        assert_eq!((&*p.folder, &*p.stem), ("artikel", "alur"));
        assert_eq!(p.date, When::parse("2026-11-22").ok());
        assert_eq!(p.form, Form::Bundle);
    }

    #[test]
    fn a_section_is_its_folder() {
        let p = place("content/kursus/_index.md");
        assert_eq!((&*p.folder, p.form), ("kursus", Form::Section));
    }

    #[test]
    fn an_impossible_date_is_part_of_the_name() {
        assert_eq!(&*place("content/2026-13-45-x.md").stem, "2026-13-45-x");
        assert_eq!(&*place("content/2026-11-22.md").stem, "2026-11-22");
    }
}
