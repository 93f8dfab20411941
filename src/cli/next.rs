//! When the site will change by itself: a line of the summary, and `.silabus/build.json`, from
//! which a scheduler learns when to build again.

use std::fs;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::base::When;
use crate::engine::Build;
use crate::site::changes::next_tick;
use crate::site::{Change, ChangeKind, Now};

/// So many changes to come are written down.
const NOTED: usize = 100;

/// The form of `build.json`; a number of its own for programs that read it.
const FORM: u32 = 1;

/// What time alone will change after a build.
pub(super) struct Next {
    now: Now,
    at: Option<Timestamp>,
    /// By time; those of the first instant are first.
    changes: Vec<Change>,
}

impl Next {
    /// Of a build; none where the site could not be linked.
    pub(super) fn of(build: &Build) -> Option<Self> {
        let site = build.gathered.as_ref()?.site();
        let mut changes = site.changes(&build.quoted);
        changes.truncate(NOTED);
        changes.extend(of_clock(build));
        // Those of one instant keep their order.
        changes.sort_by_key(|change| change.at);
        Some(Self {
            now: site.now.clone(),
            at: build.next_change,
            changes,
        })
    }

    /// The line of the summary; none where nothing changes by itself.
    pub(super) fn line(&self) -> Option<String> {
        let at = self.at?;
        let mut line = format!("next change at {}", self.written(at));
        let mut same = self.changes.iter().filter(|change| change.at == at);
        if let Some(first) = same.next() {
            line.push_str(&format!(": {}", first.what));
            if let Some(path) = &first.path {
                line.push_str(&format!(" ({path})"));
            }
        }
        match same.count() {
            0 => {}
            more => line.push_str(&format!(", and {more} more")),
        }
        Some(line)
    }

    /// Writes `.silabus/build.json` below the site's folder, whole or not at all.
    pub(super) fn write(&self, root: &Path) -> io::Result<()> {
        let folder = root.join(".silabus");
        fs::create_dir_all(&folder)?;
        let mut text = serde_json::to_string_pretty(&self.json())?;
        text.push('\n');
        let fresh = folder.join(format!("build.json.{}", std::process::id()));
        fs::write(&fresh, text)
            .and_then(|()| fs::rename(&fresh, folder.join("build.json")))
            .inspect_err(|_| {
                // What is left of it is of no use to anybody.
                let _ = fs::remove_file(&fresh);
            })
    }

    fn json(&self) -> Value {
        let change = |change: &Change| {
            json!({
                "at": self.written(change.at),
                "file": change.path.as_ref().map(|path| path.as_str()),
                "what": change.what.to_string(),
            })
        };
        json!({
            "form": FORM,
            "now": self.written(self.now.instant),
            "next_change_at": self.at.map(|at| self.written(at)),
            "changes": self.changes.iter().map(change).collect::<Vec<_>>(),
        })
    }

    fn written(&self, at: Timestamp) -> String {
        rfc3339(at, &self.now.zone)
    }
}

/// What templates ask of the clock, with the next instant at which it answers something else.
pub(super) fn of_clock(build: &Build) -> Vec<Change> {
    let Some(gathered) = &build.gathered else {
        return Vec::new();
    };
    let now = &gathered.site().now;
    let change = |unit| {
        Some(Change {
            at: next_tick(now, unit)?,
            path: None,
            what: ChangeKind::Clock(unit),
        })
    };
    build.ticks.units().filter_map(change).collect()
}

fn rfc3339(at: Timestamp, zone: &TimeZone) -> String {
    When::Instant(at, zone.to_offset(at).seconds()).rfc3339(zone)
}
