//! All diagnostics of one run, in the order and number in which they are worth reading.

use std::collections::BTreeMap;

use super::Diagnostic;

/// How many warnings of one code are shown before the rest is only counted.
const SHOWN_PER_CODE: usize = 20;

/// The diagnostics of a run: sorted, without repetitions, one for each fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

/// What of a report is shown to a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The diagnostics to show, in order.
    pub diagnostics: Vec<&'a Diagnostic>,
    /// How many more warnings there are of each code that was cut short, by code.
    pub more: BTreeMap<&'static str, usize>,
}

impl Report {
    /// Sorts by file and place, drops exact repetitions, and makes one diagnostic of a fault that
    /// many pages met: of one code at one place. Its message, which may hold a value of the page,
    /// its further labels and its hints are those of the first page.
    pub fn new(diagnostics: Vec<Diagnostic>) -> Self {
        let (mut met, mut all): (Vec<_>, Vec<_>) = diagnostics
            .into_iter()
            .partition(|diagnostic| !diagnostic.pages.is_empty());
        met.sort_by(|a, b| {
            let key = |of: &Diagnostic| (of.pages.first().cloned(), of.pages.len());
            let faults = fault(a).cmp(&fault(b));
            faults
                .then_with(|| key(a).cmp(&key(b)))
                .then_with(|| a.sort_key().cmp(&b.sort_key()))
        });
        met.dedup_by(|next, kept| absorb(kept, next));
        for diagnostic in &mut met {
            diagnostic.pages.sort();
            diagnostic.pages.dedup();
        }
        all.append(&mut met);
        all.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        all.dedup();
        Self { diagnostics: all }
    }

    /// The errors alone.
    pub fn errors_only(&self) -> Self {
        Self {
            diagnostics: self
                .diagnostics
                .iter()
                .filter(|d| d.is_error())
                .cloned()
                .collect(),
        }
    }

    /// All of them.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|d| d.is_error()).count()
    }

    /// How many warnings there are, shown or not.
    pub fn warnings(&self) -> usize {
        self.diagnostics.len() - self.errors()
    }

    /// What a reader is shown: all errors, and of each code the first twenty warnings, or all of
    /// them when `verbose`.
    pub fn shown(&self, verbose: bool) -> Shown<'_> {
        let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
        let mut diagnostics: Vec<&Diagnostic> = self.diagnostics.iter().collect();
        diagnostics
            .retain(|d| verbose || d.is_error() || count(&mut seen, d.code) <= SHOWN_PER_CODE);
        seen.retain(|_, n| *n > SHOWN_PER_CODE);
        seen.values_mut().for_each(|n| *n -= SHOWN_PER_CODE);
        Shown {
            diagnostics,
            more: seen,
        }
    }
}

impl Shown<'_> {
    /// One line for each code that was cut short.
    pub fn more_lines(&self) -> impl Iterator<Item = String> {
        self.more.iter().map(|(code, n)| {
            let warnings = if *n == 1 { "warning" } else { "warnings" };
            format!("… and {n} more `{code}` {warnings} (-v shows all)")
        })
    }
}

/// Counts one more of `code` and gives the number so far.
fn count(seen: &mut BTreeMap<&'static str, usize>, code: &'static str) -> usize {
    let n = seen.entry(code).or_default();
    *n += 1;
    *n
}

/// Takes the pages of `next` into `kept` when both are one fault met on several pages. Equal
/// diagnostics of no page stay apart when their further labels differ: those are their substance.
fn absorb(kept: &mut Diagnostic, next: &mut Diagnostic) -> bool {
    let same = fault(kept) == fault(next);
    if same {
        kept.pages.append(&mut next.pages);
    }
    same
}

/// What makes diagnostics of several pages one fault: code and place, and the message where there
/// is no exact place.
fn fault(diagnostic: &Diagnostic) -> impl Ord + '_ {
    let place = diagnostic
        .primary()
        .map(|label| (label.path.as_str(), label.span));
    let placed = place.is_some_and(|(_, span)| span.is_some());
    let message = (!placed).then_some(&diagnostic.message);
    (place, diagnostic.severity, diagnostic.code, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{SitePath, Span};

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    fn at(file: &str, start: usize) -> Diagnostic {
        Diagnostic::warning("missing-alt", "no alt text").at(
            &path(file),
            Span::new(start, start),
            "",
        )
    }

    #[test]
    fn sorts_by_file_and_place_and_drops_repetitions() {
        let nowhere = Diagnostic::error("no-config", "no silabus.toml");
        let given = vec![
            at("b.md", 1),
            at("a.md", 9),
            nowhere.clone(),
            at("a.md", 2),
            at("a.md", 9),
        ];
        let report = Report::new(given);
        assert_eq!(
            report.diagnostics(),
            [nowhere, at("a.md", 2), at("a.md", 9), at("b.md", 1)]
        );
        assert_eq!((report.errors(), report.warnings()), (1, 3));
    }

    #[test]
    fn a_fault_of_a_template_on_many_pages_is_one() {
        let template = path("templates/page.html");
        let fault = |n: usize| {
            let page = path(&format!("content/p{n:03}.md"));
            Diagnostic::error("template", "unknown variable `pgae`")
                .at(&template, Span::new(5, 9), "not here")
                .in_file(&page, "while rendering this page")
                .on_page(&page)
        };
        let report = Report::new((0..500).rev().map(fault).collect());
        let [one] = report.diagnostics() else {
            panic!("{report:?}")
        };
        assert_eq!(one.pages.len(), 500);
        assert_eq!(
            one.pages_note().unwrap(),
            "on 500 pages, the first: content/p000.md"
        );
        assert_eq!(one.labels, fault(0).labels);
        assert_eq!(report.errors(), 1);
    }

    #[test]
    fn a_fault_whose_message_names_a_value_of_the_page_is_one() {
        let template = path("templates/page.html");
        let fault = |value: &str, page: &str| {
            Diagnostic::error("template-render", format!("date: \"{value}\" is no date"))
                .at(&template, Span::new(5, 9), "")
                .on_page(&path(page))
        };
        let given = vec![fault("A", "content/b.md"), fault("B", "content/a.md")];
        let report = Report::new(given);
        let [one] = report.diagnostics() else {
            panic!("{report:?}")
        };
        assert_eq!(one.message, "date: \"B\" is no date");
        assert_eq!(
            one.pages_note().unwrap(),
            "on 2 pages, the first: content/a.md"
        );
    }

    #[test]
    fn faults_without_a_place_stay_apart_by_their_message() {
        let fault = |name: &str| {
            Diagnostic::error("template-missing", format!("no {name}")).on_page(&path("a.md"))
        };
        assert_eq!(Report::new(vec![fault("a"), fault("b")]).errors(), 2);
    }

    #[test]
    fn faults_at_different_places_or_of_no_page_stay_apart() {
        let page = path("content/a.md");
        let placed = |start| at("t.html", start).on_page(&page);
        assert_eq!(Report::new(vec![placed(1), placed(2)]).warnings(), 2);
        let twin = |other: &str| at("t.html", 1).in_file(&path(other), "also here");
        assert_eq!(Report::new(vec![twin("x"), twin("y")]).warnings(), 2);
        assert_eq!(
            Report::new(vec![twin("x"), placed(1), twin("y")]).warnings(),
            3
        );
    }

    #[test]
    fn after_twenty_warnings_of_a_code_the_rest_is_counted() {
        let mut given: Vec<_> = (0..57).map(|n| at("a.md", n)).collect();
        given.extend((0..30).map(|n| Diagnostic::error("broken-link", format!("{n}"))));
        let report = Report::new(given);
        let shown = report.shown(false);
        assert_eq!(shown.diagnostics.len(), 50);
        let more: Vec<_> = shown.more_lines().collect();
        assert_eq!(
            more,
            ["… and 37 more `missing-alt` warnings (-v shows all)"]
        );
        assert_eq!(report.shown(true).diagnostics.len(), 87);
        assert_eq!(report.shown(true).more_lines().count(), 0);
        assert_eq!(report.warnings(), 57);
    }

    #[test]
    fn exactly_twenty_are_shown_without_a_count() {
        let report = Report::new((0..20).map(|n| at("a.md", n)).collect());
        assert_eq!(report.shown(false).more_lines().count(), 0);
        let report = Report::new((0..21).map(|n| at("a.md", n)).collect());
        let more: Vec<_> = report.shown(false).more_lines().collect();
        assert_eq!(more, ["… and 1 more `missing-alt` warning (-v shows all)"]);
    }
}
