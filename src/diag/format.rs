//! The formats of a report: which there are, and where each goes.

use std::str::FromStr;

use super::{Report, Sources, github, human, json, sarif, short};

/// A format of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people: source excerpts with underlines and hints.
    #[default]
    Human,
    /// One line each: `path:line:col: severity[code]: message`.
    Short,
    /// One JSON document.
    Json,
    /// Workflow commands that GitHub shows beside the changed lines.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

/// The output stream that a format belongs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// How a report is printed; the formats for machines heed none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether to colour.
    pub color: bool,
    /// Whether to show all warnings instead of twenty of each code.
    pub verbose: bool,
    /// The width of the terminal, in columns.
    pub width: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            color: false,
            verbose: false,
            width: 120,
        }
    }
}

impl Format {
    /// All of them, the default first.
    pub const ALL: [Self; 5] = [
        Self::Human,
        Self::Short,
        Self::Json,
        Self::Github,
        Self::Sarif,
    ];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Short => "short",
            Self::Json => "json",
            Self::Github => "github",
            Self::Sarif => "sarif",
        }
    }

    /// Where it is printed: documents go to standard output, what is read along the way to
    /// standard error.
    pub fn stream(self) -> Stream {
        match self {
            Self::Json | Self::Sarif => Stream::Out,
            Self::Human | Self::Short | Self::Github => Stream::Err,
        }
    }

    /// The report in this format. Documents are complete even when there is nothing to report;
    /// the others are then empty. What is not empty ends in a line break.
    pub fn render(self, report: &Report, sources: &dyn Sources, options: Options) -> String {
        match self {
            Self::Human => human::render(report, sources, options),
            Self::Short => short::render(report, sources, options),
            Self::Json => json::render(report, sources),
            Self::Github => github::render(report, sources),
            Self::Sarif => sarif::render(report, sources),
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|format| format.as_str() == name);
        found.ok_or_else(|| format!("no format `{name}`"))
    }
}
