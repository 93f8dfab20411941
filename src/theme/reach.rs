//! Which templates a template reaches, by `extends`, `include` and components.
//!
//! Tera keeps this graph to itself, so the sources are read for it. Where in doubt a template
//! counts as reached: that costs a render too many, never one too few.

use std::collections::{BTreeMap, BTreeSet};

use super::tags;
use crate::base::{Fingerprint, Hasher, Map};

/// Prints of templates and components with all that they reach.
#[derive(Default)]
pub(super) struct Reach {
    templates: Map<Box<str>, Fingerprint>,
    components: Map<Box<str>, Fingerprint>,
    /// Names of the templates.
    names: BTreeSet<Box<str>>,
    /// What stands for each source alone.
    sources: BTreeMap<Box<str>, Fingerprint>,
}

/// What one source says of others.
#[derive(Default)]
struct Mentions<'a> {
    /// Names after `extends` and `include`.
    templates: Vec<&'a str>,
    /// Components that it calls.
    calls: BTreeSet<&'a str>,
    /// Components that it defines.
    defines: Vec<&'a str>,
    /// Whether it includes something whose name is not written out.
    dynamic: bool,
}

impl Reach {
    /// Of some sources by the name that Tera knows them by; `layers` are the prefixes under
    /// which a short name is looked for, the first that fits wins.
    pub(super) fn of(sources: &BTreeMap<String, String>, layers: &[&str]) -> Self {
        let mentions: BTreeMap<&str, Mentions<'_>> = sources
            .iter()
            .map(|(name, text)| (&**name, mentions(text)))
            .collect();
        let mut definitions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, said) in &mentions {
            for component in &said.defines {
                definitions.entry(component).or_default().push(name);
            }
        }
        let graph = Graph {
            sources,
            layers,
            mentions,
            definitions,
        };
        graph.reach()
    }

    /// Stands for a template and all that it reaches.
    pub(super) fn template(&self, name: &str) -> Fingerprint {
        self.templates.get(name).copied().unwrap_or_default()
    }

    /// The names of all templates, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }

    /// The sources that are not what they were in `old`, by name.
    pub(super) fn changed_since<'r>(&'r self, old: &'r Self) -> Vec<&'r str> {
        let names: BTreeSet<&str> = self
            .sources
            .keys()
            .chain(old.sources.keys())
            .map(|name| &**name)
            .collect();
        let differs = |name: &&str| self.sources.get(*name) != old.sources.get(*name);
        names.into_iter().filter(differs).collect()
    }

    /// Every component, with what stands for it and all that it reaches.
    pub(super) fn components(&self) -> &Map<Box<str>, Fingerprint> {
        &self.components
    }
}

struct Graph<'a> {
    sources: &'a BTreeMap<String, String>,
    layers: &'a [&'a str],
    mentions: BTreeMap<&'a str, Mentions<'a>>,
    /// The sources that define a component.
    definitions: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Graph<'a> {
    fn reach(&self) -> Reach {
        let mut reach = Reach::default();
        for name in self.sources.keys() {
            let print = self.print([&**name]);
            reach.templates.insert(name.as_str().into(), print);
        }
        // Short names lead to the first layer that has them.
        for layer in self.layers.iter().rev() {
            for name in self.sources.keys() {
                // The site's own templates have short names already, and win.
                let short = name.strip_prefix(layer);
                if let Some(short) = short.filter(|short| !self.sources.contains_key(*short)) {
                    let print = reach.template(name);
                    reach.templates.insert(short.into(), print);
                }
            }
        }
        let print =
            |(name, text): (&String, &String)| (name.as_str().into(), Fingerprint::of(text));
        reach.sources = self.sources.iter().map(print).collect();
        reach.names = reach.templates.keys().cloned().collect();
        for (name, definitions) in &self.definitions {
            let print = self.print(definitions.iter().copied());
            reach.components.insert((*name).into(), print);
        }
        reach
    }

    fn print(&self, from: impl IntoIterator<Item = &'a str>) -> Fingerprint {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = from.into_iter().collect();
        let mut absent: BTreeSet<&str> = BTreeSet::new();
        while let Some(name) = open.pop() {
            if !seen.insert(name) {
                continue;
            }
            let Some(said) = self.mentions.get(name) else {
                continue;
            };
            if said.dynamic {
                open.extend(self.sources.keys().map(String::as_str));
            }
            for wanted in &said.templates {
                match self.resolve(wanted) {
                    Some(found) => open.push(found),
                    None => {
                        absent.insert(wanted);
                    }
                }
            }
            let called = said
                .calls
                .iter()
                .filter_map(|name| self.definitions.get(name));
            open.extend(called.flatten());
        }
        let mut hasher = Hasher::new();
        for name in seen {
            hasher.text(name);
            hasher.text(self.sources.get(name).map_or("", String::as_str));
        }
        absent.iter().for_each(|name| {
            hasher.text(name);
        });
        hasher.finish()
    }

    fn resolve(&self, wanted: &str) -> Option<&'a str> {
        let names = self.layers.iter().map(|layer| format!("{layer}{wanted}"));
        let full = std::iter::once(wanted.to_owned()).chain(names);
        full.into_iter()
            .find_map(|name| self.sources.get_key_value(&name))
            .map(|(name, _)| &**name)
    }
}

fn mentions(text: &str) -> Mentions<'_> {
    let mut found = Mentions {
        calls: tags::calls(text).collect(),
        defines: tags::definitions(text)
            .iter()
            .map(|definition| definition.name)
            .collect(),
        ..Mentions::default()
    };
    for (word, after) in tags::statements(text) {
        if matches!(word, "extends" | "include") {
            let names = literals(after);
            found.dynamic |= names.is_empty();
            found.templates.extend(names);
        }
    }
    found
}

/// The texts in quotes of any kind.
fn literals(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'', '`']) {
        let quote = &rest[at..=at];
        let inside = &rest[at + 1..];
        let Some(end) = inside.find(quote) else {
            break;
        };
        found.push(&inside[..end]);
        rest = &inside[end + 1..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYERS: [&str; 2] = ["akademi/templates/", "__builtin/"];

    fn sources(extra: &[(&str, &str)]) -> BTreeMap<String, String> {
        let base = [
            (
                "akademi/templates/base.html",
                "{% include \"parts/head.html\" %}",
            ),
            ("akademi/templates/parts/head.html", "<title>"),
            (
                "akademi/templates/page.html",
                "{%- extends \"base.html\" -%} {{<price of=x />}}",
            ),
            ("akademi/templates/other.html", "plain"),
            (
                "akademi/templates/components/price.html",
                "{% component price(of) %}{% endcomponent price %}",
            ),
        ];
        base.iter()
            .chain(extra)
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    /// The short names whose print differs between two sets of sources.
    fn differing(changed: &[(&str, &str)]) -> Vec<&'static str> {
        let (before, after) = (sources(&[]), sources(changed));
        let (before, after) = (Reach::of(&before, &LAYERS), Reach::of(&after, &LAYERS));
        ["base.html", "page.html", "other.html"]
            .into_iter()
            .filter(|name| before.template(name) != after.template(name))
            .collect()
    }

    #[test]
    fn an_edit_reaches_those_that_reach_it() {
        let part = ("akademi/templates/parts/head.html", "<title>x");
        assert_eq!(differing(&[part]), ["base.html", "page.html"]);
        let component = (
            "akademi/templates/components/price.html",
            "{% component price(of) %}x{% endcomponent price %}",
        );
        assert_eq!(differing(&[component]), ["page.html"]);
        assert_eq!(
            differing(&[("akademi/templates/other.html", "x")]),
            ["other.html"]
        );
    }

    #[test]
    fn a_template_of_the_site_takes_the_place_of_the_themes() {
        assert_eq!(
            differing(&[("parts/head.html", "mine")]),
            ["base.html", "page.html"]
        );
        assert_eq!(differing(&[("other.html", "mine")]), ["other.html"]);
    }

    #[test]
    fn a_name_that_is_not_written_out_reaches_everything() {
        let dynamic = ("akademi/templates/other.html", "{% include name %}");
        let with = |part: &str| {
            let sources = sources(&[dynamic, ("akademi/templates/parts/head.html", part)]);
            Reach::of(&sources, &LAYERS).template("other.html")
        };
        assert_ne!(with("a"), with("b"));
    }

    #[test]
    fn what_is_no_tag_reaches_nothing() {
        let with = |part: &str| {
            let text = "{# {% include name %} #}{% raw %}{% include name %}{% endraw %}<price>";
            let other = ("akademi/templates/other.html", text);
            let sources = sources(&[other, ("akademi/templates/parts/head.html", part)]);
            Reach::of(&sources, &LAYERS).template("other.html")
        };
        assert_eq!(with("a"), with("b"));
    }

    #[test]
    fn components_reach_too() {
        let of = |text: &str| {
            let sources = sources(&[("akademi/templates/components/price.html", text)]);
            Reach::of(&sources, &LAYERS).components()["price"]
        };
        let plain = "{% component price(of) %}a{% endcomponent price %}";
        assert_ne!(
            of(plain),
            of("{% component price(of) %}b{% endcomponent price %}")
        );
    }
}
