//! The table of the bench `build`: medians, ratios to the floor, memory.

use std::fmt::Write;
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use walkdir::WalkDir;

use crate::measure::Sample;

/// How much of a failing program's standard error is worth showing.
const STDERR_LINES: usize = 20;

/// What was measured of one program.
pub(crate) struct Row {
    name: &'static str,
    /// Its builds of the full site.
    pub(crate) samples: Vec<Sample>,
    /// Its peak memory on a site without pages.
    pub(crate) empty_peak: Option<u64>,
    /// Why there are no numbers.
    pub(crate) failure: Option<String>,
    files: usize,
}

impl Row {
    /// A row without numbers yet.
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            samples: Vec::new(),
            empty_peak: None,
            failure: None,
            files: 0,
        }
    }

    /// Counts the files of its last build; fewer than there are pages means it did not do the work.
    pub(crate) fn check_output(&mut self, out: &Path, pages: usize) -> io::Result<()> {
        for entry in WalkDir::new(out).into_iter().filter(|_| out.exists()) {
            self.files += usize::from(entry?.file_type().is_file());
        }
        if self.files < pages {
            self.failure = Some(format!("wrote {} files for {pages} pages", self.files));
        }
        Ok(())
    }

    fn median<T: Ord + Copy>(&self, number: impl Fn(&Sample) -> Option<T>) -> Option<T> {
        let mut numbers: Vec<T> = self.samples.iter().filter_map(number).collect();
        numbers.sort_unstable();
        numbers.get(numbers.len() / 2).copied()
    }

    fn wall(&self) -> Option<Duration> {
        self.median(|sample| Some(sample.wall))
            .filter(|_| self.failure.is_none())
    }

    /// One line of the table; `floor` is the floor's wall time.
    fn line(&self, pages: usize, floor: Option<Duration>) -> String {
        let Some(wall) = self.wall() else {
            return format!("| {} | n/a | | | | | | |\n", self.name);
        };
        let seconds = wall.as_secs_f64();
        let peak = self.median(|sample| sample.peak);
        let cells = [
            self.name.to_owned(),
            format!("{seconds:.3} s"),
            or_dash(floor, |floor| {
                format!("{:.2} ×", seconds / floor.as_secs_f64())
            }),
            format!("{:.0}", pages as f64 / seconds),
            or_dash(self.median(|sample| sample.cpu), |cpu| {
                format!("{:.2} s", cpu.as_secs_f64())
            }),
            or_dash(peak, |peak| {
                format!("{:.1} MiB", peak as f64 / 1024.0 / 1024.0)
            }),
            // Decimal kilobytes, as the goals are written.
            or_dash(peak.zip(self.empty_peak), |(peak, empty)| {
                let each = peak.saturating_sub(empty) as f64 / pages.max(1) as f64;
                format!("{:.1} KB", each / 1000.0)
            }),
            self.files.to_string(),
        ];
        format!("| {} |\n", cells.join(" | "))
    }
}

fn or_dash<T>(value: Option<T>, text: impl Fn(T) -> String) -> String {
    value.map_or_else(|| "–".to_owned(), text)
}

/// The whole report in Markdown; the first row is the floor.
pub(crate) fn table(rows: &[Row], pages: usize, runs: usize, memory_by: &str) -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let floor = rows.first().and_then(Row::wall);
    let mut out = format!(
        "{pages} pages, {cores} cores, medians of {runs}, memory by {memory_by}\n\n\
         | | wall time | to the floor | pages/s | CPU time | peak memory | a page | files |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|\n"
    );
    for row in rows {
        out.push_str(&row.line(pages, floor));
    }
    for row in rows {
        if let Some(failure) = &row.failure {
            let _ = writeln!(out, "\n{} failed: {}", row.name, last_lines(failure));
        }
    }
    out
}

/// The end of a long message is where it says what went wrong.
fn last_lines(message: &str) -> String {
    let lines: Vec<&str> = message.lines().collect();
    lines[lines.len().saturating_sub(STDERR_LINES)..].join("\n")
}
