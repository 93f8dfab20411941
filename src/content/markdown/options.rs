//! The settings that shape HTML, and the questions the writer asks of them.

use crate::base::{Fingerprint, Hasher};
use pulldown_cmark::Options;

/// Where a heading gets a link to itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnchorLinks {
    /// Nowhere.
    #[default]
    None,
    /// Before its text.
    Left,
    /// After its text.
    Right,
    /// Around its text.
    Heading,
}

/// The settings of `[markdown]` and what else decides the HTML of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkdownOptions {
    /// Curly quotes, dashes and ellipses.
    pub smart_punctuation: bool,
    /// `term` and `: definition` lists.
    pub definition_list: bool,
    /// `> [!NOTE]` blocks.
    pub github_alerts: bool,
    /// The titles of note, tip, important, warning and caution.
    pub alert_titles: [String; 5],
    /// `target="_blank"` on links that leave the site; brings `rel="noopener"`.
    pub external_links_target_blank: bool,
    /// `rel="nofollow"` on links that leave the site.
    pub external_links_no_follow: bool,
    /// `rel="noreferrer"` on links that leave the site.
    pub external_links_no_referrer: bool,
    /// Links from headings to themselves.
    pub insert_anchor_links: AnchorLinks,
    /// `loading="lazy" decoding="async"` on the images of [`super::render_block`]; the images of
    /// a page are slots, and who fills them heeds this setting.
    pub lazy_async_image: bool,
    /// Classes for the tokens of code.
    pub highlight: bool,
    /// `$…$` and `$$…$$` as MathML.
    pub math: bool,
    /// The site's address: a link below it is no external link.
    pub base_url: String,
    /// Whether raw HTML and every URL scheme pass.
    pub trusted: bool,
}

impl Default for MarkdownOptions {
    fn default() -> Self {
        Self {
            smart_punctuation: false,
            definition_list: false,
            github_alerts: true,
            alert_titles: ["Note", "Tip", "Important", "Warning", "Caution"].map(String::from),
            external_links_target_blank: false,
            external_links_no_follow: false,
            external_links_no_referrer: false,
            insert_anchor_links: AnchorLinks::None,
            lazy_async_image: false,
            highlight: true,
            math: true,
            base_url: String::new(),
            trusted: true,
        }
    }
}

impl MarkdownOptions {
    /// Stands for all settings: equal settings give equal HTML.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hasher = Hasher::new();
        hasher.text("markdown 1").number(u64::from(self.flags()));
        for title in &self.alert_titles {
            hasher.text(title);
        }
        hasher.text(&self.base_url).finish()
    }

    fn flags(&self) -> u32 {
        let switches = [
            self.smart_punctuation,
            self.definition_list,
            self.github_alerts,
            self.external_links_target_blank,
            self.external_links_no_follow,
            self.external_links_no_referrer,
            self.lazy_async_image,
            self.highlight,
            self.math,
            self.trusted,
        ];
        let anchors = self.insert_anchor_links as u32;
        switches
            .iter()
            .fold(anchors, |bits, on| bits << 1 | u32::from(*on))
    }

    /// The switches of the parser.
    pub(super) fn parser(&self) -> Options {
        let mut options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES;
        options.set(Options::ENABLE_SMART_PUNCTUATION, self.smart_punctuation);
        options.set(Options::ENABLE_DEFINITION_LIST, self.definition_list);
        options.set(Options::ENABLE_GFM, self.github_alerts);
        options.set(Options::ENABLE_MATH, self.math);
        options
    }

    /// Whether a link with this address leaves the site.
    pub(super) fn is_external(&self, address: &str) -> bool {
        let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
        let absolute = lower.starts_with("http://") || lower.starts_with("https://");
        (absolute || address.starts_with("//")) && !self.is_own(address)
    }

    fn is_own(&self, address: &str) -> bool {
        let base = self.base_url.trim_end_matches('/');
        if base.is_empty() {
            return false;
        }
        let base = if address.starts_with("//") {
            base.split_once(':').map_or(base, |(_, rest)| rest)
        } else {
            base
        };
        address
            .strip_prefix(base)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    }

    /// The `target` and `rel` attributes of a link that leaves the site, with a space before.
    pub(super) fn external_attributes(&self) -> String {
        let mut html = String::new();
        if self.external_links_target_blank {
            html.push_str(" target=\"_blank\"");
        }
        let rel: Vec<&str> = [
            (self.external_links_target_blank, "noopener"),
            (self.external_links_no_follow, "nofollow"),
            (self.external_links_no_referrer, "noreferrer"),
        ]
        .iter()
        .filter_map(|(on, word)| on.then_some(*word))
        .collect();
        if !rel.is_empty() {
            html.push_str(" rel=\"");
            html.push_str(&rel.join(" "));
            html.push('"');
        }
        html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_external_unless_it_lies_below_the_base() {
        let options = MarkdownOptions {
            base_url: "https://akademi.id/".into(),
            ..MarkdownOptions::default()
        };
        assert!(options.is_external("https://python.org"));
        assert!(options.is_external("HTTP://python.org"));
        assert!(options.is_external("//python.org/x"));
        assert!(options.is_external("https://akademi.id.evil.com/"));
        assert!(!options.is_external("https://akademi.id/kursus"));
        assert!(!options.is_external("//akademi.id#a"));
        assert!(!options.is_external("mailto:a@b.id"));
        assert!(!options.is_external("/kursus"));
    }

    #[test]
    fn every_setting_is_in_the_fingerprint() {
        let plain = MarkdownOptions::default();
        let mut seen = vec![plain.fingerprint()];
        let mut differs = |change: fn(&mut MarkdownOptions)| {
            let mut options = MarkdownOptions::default();
            change(&mut options);
            seen.push(options.fingerprint());
        };
        differs(|o| o.smart_punctuation = true);
        differs(|o| o.definition_list = true);
        differs(|o| o.github_alerts = false);
        differs(|o| o.alert_titles[0] = "Catatan".into());
        differs(|o| o.external_links_target_blank = true);
        differs(|o| o.external_links_no_follow = true);
        differs(|o| o.external_links_no_referrer = true);
        differs(|o| o.insert_anchor_links = AnchorLinks::Left);
        differs(|o| o.insert_anchor_links = AnchorLinks::Right);
        differs(|o| o.insert_anchor_links = AnchorLinks::Heading);
        differs(|o| o.lazy_async_image = true);
        differs(|o| o.highlight = false);
        differs(|o| o.math = false);
        differs(|o| o.base_url = "https://a.id".into());
        differs(|o| o.trusted = false);
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all);
    }
}
