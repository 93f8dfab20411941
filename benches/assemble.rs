//! Measures `assemble` alone: parsed pages to a linked site, on one core.
//!
//! ```text
//! cargo bench --bench assemble                       # 100,000 pages, medians of 5
//! cargo bench --bench assemble -- --pages 10000
//! ```
//!
//! One page in twenty is a course with skills, prerequisites, instructors, a promo and batches;
//! one in five hundred a career with a path and skill groups; articles name careers, courses and
//! sources. Nothing is read from a disk. What counts is the time on the core, which a busy machine
//! stretches little; what each page is by itself is timed apart, since a build makes it on all cores. Without `--bench`, it is a trial run on 1,000 pages.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a command-line tool"
)]

use std::fmt::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use rayon::prelude::*;

use silabus::base::SitePath;
use silabus::config::{self, Config};
use silabus::content::{Page, ParseOptions, parse};
use silabus::diag::Severity;
use silabus::site::assemble::{Parts, link, prepare};
use silabus::site::{Memory, Now, Site};

/// Link a generated site on one core, and show how long that takes.
#[derive(Parser)]
#[command(name = "cargo bench --bench assemble --")]
struct Args {
    /// Pages of the site [default: 100000]
    #[arg(long)]
    pages: Option<usize>,
    /// How often it is linked; medians are shown [default: 5]
    #[arg(long)]
    runs: Option<usize>,
    /// Passed by `cargo bench`
    #[arg(long, hide = true)]
    bench: bool,
}

const SETTINGS: &str = "base_url = \"https://a.example\"\ntitle = \"Situs\"\n\
    default_language = \"id\"\ntimezone = \"Asia/Jakarta\"\n\
    taxonomies = [{ name = \"tags\" }, { name = \"category\" }]\n\
    facets = [{ field = \"level\" }, { field = \"mode\" }, { field = \"skills\" }, { field = \"instructors\" }]\n\
    campaigns = [{ label = \"Promo\", from = 2027-01-01, until = 2027-01-31, percent = 10, all = true }]\n";

fn main() -> ExitCode {
    let args = Args::parse();
    let trial = if args.bench { 100_000 } else { 1_000 };
    let corpus = Corpus::new(args.pages.unwrap_or(trial));
    let runs = args.runs.unwrap_or(if args.bench { 5 } else { 1 });
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else {
        println!("no thread to measure on");
        return ExitCode::FAILURE;
    };
    let parts = corpus.parts();
    println!(
        "{} pages: {} articles, {} courses, {} careers, {} skills, {} people",
        parts.pages.len(),
        corpus.articles,
        corpus.courses,
        corpus.careers,
        corpus.skills,
        corpus.people
    );
    for (name, remembers) in [("build", false), ("serve, the long way", true)] {
        let once = || {
            let parts = Parts {
                remembers,
                ..parts.clone()
            };
            let mut memory = Memory::default();
            pool.install(|| {
                let (prepared, preparing) = timed(|| prepare(parts, &mut memory));
                let (assembled, linking) = timed(|| link(prepared, &mut memory));
                (
                    linking,
                    preparing,
                    assembled.site,
                    assembled.diagnostics.len(),
                )
            })
        };
        let mut made: Vec<(Duration, Duration, Arc<Site>, usize)> =
            (0..runs.max(1)).map(|_| once()).collect();
        made.sort_by_key(|(time, ..)| *time);
        let (linking, preparing, site, said) = &made[made.len() / 2];
        println!(
            "{name}: pages by themselves {:.3} s, linked in {:.3} s, {} terms, {said} diagnostics",
            preparing.as_secs_f64(),
            linking.as_secs_f64(),
            site.taxonomies
                .iter()
                .map(|one| one.terms.len())
                .sum::<usize>(),
        );
    }
    ExitCode::SUCCESS
}

/// What something gives, and how long it took on the core.
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let (start, before) = (Instant::now(), cpu());
    let made = work();
    let wall = start.elapsed();
    let worked = before.zip(cpu());
    let time = worked.map(|(before, after)| after.saturating_sub(before));
    (made, time.unwrap_or(wall))
}

/// How long this thread has been on a core, where the system tells: others may want it, too.
fn cpu() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let spent = told.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(spent))
}

/// How many pages of each kind.
struct Corpus {
    articles: usize,
    courses: usize,
    careers: usize,
    skills: usize,
    people: usize,
}

impl Corpus {
    fn new(pages: usize) -> Self {
        let (courses, careers) = (pages / 20, pages / 500);
        let (skills, people) = (pages / 200, pages / 500);
        Self {
            articles: pages - courses - careers - skills - people,
            courses,
            careers,
            skills,
            people,
        }
    }

    fn parts(&self) -> Parts {
        let checked = config::read(SETTINGS, Severity::Error);
        let config: Arc<Config> = Arc::new(checked.value);
        let options = ParseOptions::new(&config, Severity::Error);
        let page = |(path, text): (String, String)| -> Arc<Page> {
            let path = SitePath::new(&path).unwrap_or_else(SitePath::root);
            Arc::new(parse(&path, &text, &options).value)
        };
        let mut texts = self.texts();
        texts.sort();
        let now = Now {
            instant: jiff::Timestamp::from_second(1_795_309_200).unwrap_or_default(),
            zone: config.zone.clone(),
        };
        Parts {
            pages: Arc::new(texts.into_par_iter().map(page).collect()),
            kinds: options.kinds.clone(),
            config,
            assets: Vec::new(),
            statics: Vec::new(),
            now,
            drafts: false,
            reader: options.reader.clone(),
            remembers: false,
        }
    }

    /// All files with their paths.
    fn texts(&self) -> Vec<(String, String)> {
        let all = [
            ("articles", self.articles),
            ("courses", self.courses),
            ("careers", self.careers),
            ("skills", self.skills),
            ("people", self.people),
        ];
        let files = all.into_iter().flat_map(|(folder, count)| {
            (0..count).map(move |at| (format!("content/{folder}/n{at:06}.md"), folder, at))
        });
        files
            .map(|(path, folder, at)| (path, self.text(folder, at)))
            .collect()
    }

    fn text(&self, folder: &str, at: usize) -> String {
        let mut text = format!("---\ntitle: Judul nomor {at}\n");
        match folder {
            "articles" => self.article(&mut text, at),
            "courses" => self.course(&mut text, at),
            "careers" => self.career(&mut text, at),
            "skills" if at > 0 => {
                let _ = writeln!(text, "parent: n{:06}", at / 10);
            }
            _ => {}
        }
        text.push_str("---\n\nIsi halaman ini [dan sebuah tautan](../courses/n000000.md).\n");
        text
    }

    fn article(&self, text: &mut String, at: usize) {
        let _ = writeln!(
            text,
            "date: 2026-{:02}-{:02}\ntags: [topik {}, topik {}]\ncareers: [n{:06}]\ncourses: [n{:06}]\n\
             authors: [n{:06}]\nsources: [{{title: Buku, url: \"https://b.example/\"}}]",
            1 + at % 11,
            1 + at % 28,
            at % 97,
            at % 89,
            at % self.careers.max(1),
            at % self.courses.max(1),
            at % self.people.max(1),
        );
    }

    fn course(&self, text: &mut String, at: usize) {
        let skill = |step: usize| (at * step + step) % self.skills.max(1);
        let _ = writeln!(
            text,
            "code: AK-{at}\nlevel: pemula\nmode: daring\nprice: {}\nduration: {{sessions: 12, session_minutes: 120}}\n\
             skills: [n{:06}, n{:06}, n{:06}]\ninstructors: [n{:06}]\ntags: [topik {}]\n\
             promos: [{{percent: 20, from: 2026-12-01, until: 2026-12-20}}]\n\
             batches: [2026-12-08, {{start: 2027-02-02, seats: 20}}]",
            1_000_000 + at * 1000,
            skill(1),
            skill(7),
            skill(13),
            at % self.people.max(1),
            at % 97,
        );
        // Rows of twenty, each course needing the one before.
        if !at.is_multiple_of(20) {
            let _ = writeln!(text, "prerequisites: {{courses: [n{:06}]}}", at - 1);
        }
    }

    fn career(&self, text: &mut String, at: usize) {
        let skill = |step: usize| (at * step + step) % self.skills.max(1);
        let course = |step: usize| (at * 25 + step) % self.courses.max(1);
        let _ = writeln!(
            text,
            "skill_groups: [{{name: Inti, skills: [n{:06}, n{:06}, n{:06}, {{id: n{:06}, importance: optional}}]}}]\n\
             path: [{{stage: Satu, courses: [n{:06}, n{:06}]}}, {{stage: Dua, courses: [n{:06}]}}]",
            skill(1),
            skill(7),
            skill(13),
            skill(17),
            course(3),
            course(9),
            course(19),
        );
    }
}
