//! Small sites at random, whose courses change in many ways within a few weeks.

use std::fmt::Write as _;
use std::sync::Arc;

use silabus::base::SitePath;
use silabus::world::{MemoryWorld, World};

use crate::rng::Rng;

const ZONES: &[&str] = &[
    "Asia/Jakarta",
    "Asia/Makassar",
    "UTC",
    "America/New_York",
    "Europe/Berlin",
];

/// A site with its files as text.
pub(crate) struct Site {
    pub(crate) world: Arc<dyn World + Send>,
    files: Vec<(String, String)>,
}

impl Site {
    /// All that is not a template, for whoever has to find out what went wrong.
    pub(crate) fn told(&self) -> String {
        let shown = self
            .files
            .iter()
            .filter(|(path, _)| !path.starts_with("templates"));
        shown
            .map(|(path, text)| format!("-- {path} --\n{text}\n"))
            .collect()
    }
}

const COURSE: &str = r#"{% set c = page.course %}{{ page.title }} {{ page.expired }} {{ c.status }} {{ c.offer }}
{{<money p={c.price} />}}
{% for v in c.variants %}{{ v.id }} {{<money p={v.price} />}}
{% endfor %}{% for b in c.batches %}{{ b.id }} {{ b.state }} {{ b.call }} {{ b.full }} {{ b.url or "-" }} {{<money p={b.price} />}}
{% endfor %}{{ c.enrol.call }} {{ c.enrol.batch or "-" }} {{ c.enrol.url }}
"#;
const MONEY: &str = r#"{% component money(p=none) %}{% if p %}{{ p.amount }} {{ p.display }} {{ p.list_display or "-" }} {{ p.label or "-" }} {{ p.valid_until or "-" }}{% else %}none{% endif %}{% endcomponent money %}
"#;
/// What texts may show of a course that is perhaps not there yet.
const QUOTE: &str = r#"{% component quote(of: String) %}{% set c = get_page(kind="course", id=of, required=false) %}{% if c %}{{<money p={c.course.price} />}}{% for v in c.course.variants %} {{<money p={v.price} />}}{% endfor %}{% for b in c.course.batches %} {{ b.state }} {{<money p={b.price} />}}{% endfor %}{% else %}not yet{% endif %}{% endcomponent quote %}
"#;
const CAREER: &str = r#"{% set way = learning_path() %}{{ page.title }} {{ way.course_count }} {{ way.price.display or "-" }} {{ way.normal.display or "-" }} {{ way.valid_until or "-" }} {{ way.at_least }} {{ way.without_price }}
{% for stage in way.stages %}{% for c in stage.courses %}{{ c.id }} {{ c.course.status }} {{<money p={c.course.price} />}}
{% endfor %}{% endfor %}"#;
const INDEX: &str = "{% for p in pages() %}{{ p.title }}{% if p.course %} {{<money p={p.course.price} />}}{% endif %}\n{% endfor %}";

pub(crate) fn site(rng: &mut Rng) -> Site {
    let mut files = vec![
        ("silabus.toml".to_owned(), settings(rng)),
        ("content/_index.md".to_owned(), String::new()),
        ("content/skills/sql.md".to_owned(), "# SQL\n".to_owned()),
        ("templates/course.html".to_owned(), COURSE.to_owned()),
        (
            "templates/components/money.html".to_owned(),
            MONEY.to_owned(),
        ),
        (
            "templates/components/quote.html".to_owned(),
            QUOTE.to_owned(),
        ),
        ("templates/career.html".to_owned(), CAREER.to_owned()),
        (
            "templates/article.html".to_owned(),
            "{{ page.title }} {{ page.content }}".to_owned(),
        ),
        ("templates/index.html".to_owned(), index(rng)),
        ("templates/section.html".to_owned(), INDEX.to_owned()),
        (
            "templates/page.html".to_owned(),
            "{{ page.title }} {{ page.expired }}".to_owned(),
        ),
    ];
    let courses = 1 + rng.below(3);
    let mut due = Vec::new();
    for number in 0..courses {
        let text = course(rng, number == 0);
        if !text.contains("publish_date") {
            due.push(format!("k{number}"));
        }
        files.push((format!("content/courses/k{number}.md"), text));
    }
    if rng.chance(50) {
        files.push(("content/careers/c.md".to_owned(), career(&due)));
    }
    let mut quoted: Vec<String> = (0..courses).map(|number| format!("k{number}")).collect();
    if rng.chance(30) {
        files.push(("content/courses/old.md".to_owned(), replaced(rng)));
        quoted.push("old".to_owned());
    }
    if rng.chance(60) {
        files.push(("content/articles/a.md".to_owned(), article(&quoted)));
    }
    if rng.chance(40) {
        files.push(("content/halaman.md".to_owned(), page(rng)));
    }
    let mut world = MemoryWorld::new();
    for (path, text) in &files {
        world.insert(SitePath::new(path).unwrap(), text.as_bytes());
    }
    Site {
        world: Arc::new(world),
        files,
    }
}

fn settings(rng: &mut Rng) -> String {
    let zone = rng.pick(ZONES);
    let mut text = format!(
        "base_url = \"https://a.example\"\ntitle = \"A\"\ntimezone = \"{zone}\"\n[contact]\nwhatsapp = \"0812-0000-0000\"\n"
    );
    if rng.chance(40) {
        text.insert_str(0, "generate_feeds = true\n");
        text.push_str("[exports]\ncareers = true\nskills = true\ncalendar = true\njson_feed = true\nllms = true\nmarkdown = true\n");
    }
    for number in 0..rng.below(3) {
        let (from, until) = window(rng, 0, 25);
        let cut = match rng.chance(50) {
            true => format!("percent = {}", 1 + rng.below(60)),
            false => format!("price = {}", 500_000 + rng.below(400_000)),
        };
        let target = rng.pick(&[
            "all = true",
            "courses = [\"k0\"]",
            "skills = [\"sql\"]",
            "category = \"data\"",
        ]);
        write!(text, "[[campaigns]]\nlabel = \"C{number}\"\nfrom = {from}\nuntil = {until}\n{cut}\n{target}\n").unwrap();
    }
    text
}

/// Lists all pages; some sites ask for the day or the month, too.
fn index(rng: &mut Rng) -> String {
    let clock = match rng.below(10) {
        0 => "{{ now() }}\n",
        1 => "{{ now(unit=\"month\") }}\n",
        _ => "",
    };
    format!("{clock}{INDEX}")
}

/// A career whose way leads through these courses.
fn career(courses: &[String]) -> String {
    let courses = courses.join(", ");
    format!(
        "---\ntitle: C\npath: [{{stage: S, courses: [{courses}]}}]\nsalary: [{{region: R, currency: IDR, unit: month, min: 5000000, source: s, as_of: 2027-01-01, review_by: 2027-03-01}}]\n---\n"
    )
}

/// An article whose beginning, which lists and feeds show, quotes the courses.
fn article(courses: &[String]) -> String {
    let mut text = "---\ntitle: A\ndate: 2027-01-01\n---\n".to_owned();
    for course in courses {
        writeln!(text, "{{{{<quote of=\"{course}\" />}}}}\n").unwrap();
    }
    text.push_str("<!-- more -->\n\nSisanya.\n");
    text
}

/// Two dates, the first one earlier, some days after the twentieth of February.
fn window(rng: &mut Rng, from: usize, days: usize) -> (String, String) {
    let start = from + rng.below(days);
    let end = start + rng.below(6);
    let mut times = [rng.below(24 * 60), rng.below(24 * 60)];
    times.sort_unstable();
    (
        moment(rng, start, Some(times[0])),
        moment(rng, end, Some(times[1] + 1)),
    )
}

/// A day, or a minute of it.
fn moment(rng: &mut Rng, day: usize, minute: Option<usize>) -> String {
    let date = jiff::civil::date(2027, 2, 20);
    let date = date
        .checked_add(jiff::Span::new().days(day as i64))
        .unwrap();
    match minute.filter(|_| rng.chance(30)) {
        Some(minute) => format!("{date} {:02}:{:02}", (minute / 60).min(23), minute % 60),
        None => date.to_string(),
    }
}

/// A day in so many after another.
fn later(rng: &mut Rng, from: usize, days: usize) -> String {
    let day = from + rng.below(days);
    moment(rng, day, None)
}

/// A course whose place another one takes: nothing but a way to that is left of its page.
fn replaced(rng: &mut Rng) -> String {
    let mut text = format!(
        "---\ntitle: Old\nprice: 2000000\nexpiry_date: {}\nreplaced_by: k0\n",
        later(rng, 1, 9)
    );
    promos(rng, &mut text);
    batches(rng, &mut text);
    text.push_str("---\n");
    text
}

fn course(rng: &mut Rng, first: bool) -> String {
    let mut text = String::from("---\ntitle: K\n");
    let price = 1_000_000 + rng.below(3_000_000);
    writeln!(text, "price: {price}").unwrap();
    if rng.chance(30) {
        writeln!(text, "list_price: {}", price + 1 + rng.below(500_000)).unwrap();
    }
    // The first one has what campaigns name.
    for line in ["skills: [sql]", "category: data"] {
        if first || rng.chance(50) {
            writeln!(text, "{line}").unwrap();
        }
    }
    if rng.chance(16) {
        writeln!(text, "status: {}", rng.pick(&["coming_soon", "closed"])).unwrap();
    }
    if rng.chance(15) {
        writeln!(text, "expiry_date: {}", later(rng, 4, 20)).unwrap();
        if !first && rng.chance(50) {
            text.push_str("replaced_by: k0\n");
        }
    }
    // Others may name the first one.
    if rng.chance(10) && !first {
        writeln!(text, "publish_date: {}", later(rng, 3, 8)).unwrap();
    }
    promos(rng, &mut text);
    if rng.chance(50) {
        writeln!(
            text,
            "variants: [{{id: va, name: A, price: {}}}]",
            1_000_000 + rng.below(900_000)
        )
        .unwrap();
    }
    batches(rng, &mut text);
    text.push_str("---\n");
    text
}

/// Own promos, one after the other.
fn promos(rng: &mut Rng, text: &mut String) {
    let count = rng.below(3);
    if count > 0 {
        text.push_str("promos:\n");
    }
    for number in 0..count {
        let (from, until) = (2 + number * 9 + rng.below(4), 6 + number * 9 + rng.below(4));
        let cut = match rng.chance(50) {
            true => format!("percent: {}", 1 + rng.below(60)),
            false => format!("price: {}", 400_000 + rng.below(500_000)),
        };
        let (from, until) = (moment(rng, from, Some(700)), moment(rng, until, Some(800)));
        writeln!(
            text,
            "  - {{{cut}, from: {from}, until: {until}, label: P{number}}}"
        )
        .unwrap();
    }
}

fn batches(rng: &mut Rng, text: &mut String) {
    let count = rng.below(4);
    if count > 0 {
        text.push_str("batches:\n");
    }
    for number in 0..count {
        let start = rng.below(20);
        if rng.chance(20) {
            writeln!(
                text,
                "  - {{id: b{number}, start: {}}}",
                moment(rng, start, Some(600))
            )
            .unwrap();
            continue;
        }
        let mut line = format!("  - {{id: b{number}, start: {}", moment(rng, start, None));
        if rng.chance(70) {
            write!(line, ", end: {}", later(rng, start + 1, 8)).unwrap();
        }
        let optional = [
            (40, ", time: \"19.00-21.00\"".to_owned()),
            (20, ", zone: Asia/Jayapura".to_owned()),
            (
                20,
                format!(
                    ", enrol_from: {}",
                    moment(rng, start.saturating_sub(5), Some(300))
                ),
            ),
            (
                30,
                format!(
                    ", enrol_until: {}",
                    moment(rng, start.saturating_sub(2).max(1), None)
                ),
            ),
            (20, format!(", price: {}", 900_000 + rng.below(100_000))),
            (30, format!(", seats: 20, seats_left: {}", rng.below(8))),
            (8, ", status: cancelled".to_owned()),
            (8, ", status: postponed".to_owned()),
        ];
        for (chance, part) in optional {
            let twice = part.contains("status") && line.contains("status");
            if rng.chance(chance) && !twice {
                line.push_str(&part);
            }
        }
        writeln!(text, "{line}}}").unwrap();
    }
}

fn page(rng: &mut Rng) -> String {
    let mut text = String::from("---\ntitle: H\n");
    let (from, until) = (rng.below(15), 16 + rng.below(10));
    if rng.chance(60) {
        writeln!(text, "publish_date: {}", moment(rng, from, Some(500))).unwrap();
    }
    if rng.chance(60) {
        writeln!(text, "expiry_date: {}", moment(rng, until, Some(500))).unwrap();
    }
    text.push_str("---\nIsi.\n");
    text
}
