//! Runs a command once and measures it from outside: wall time, CPU time, peak memory.
//!
//! Peak memory is what the kernel tells about a process at its end. Rust's standard library does
//! not hand that over, so GNU `time` (`/usr/bin/time`) stands between where there is one; its
//! start costs about a millisecond. Elsewhere the kernel's high-water mark is polled while the
//! command runs, which may miss growth of the last two milliseconds.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const GNU_TIME: &str = "/usr/bin/time";
const POLL: Duration = Duration::from_millis(2);

/// What one run took.
#[derive(Clone, Copy)]
pub(crate) struct Sample {
    /// From start to end.
    pub(crate) wall: Duration,
    /// User and system time of all threads, where it is known.
    pub(crate) cpu: Option<Duration>,
    /// The most memory held at once, in bytes, where it is known.
    pub(crate) peak: Option<u64>,
}

/// Starts commands and measures them; keeps its files in a scratch folder.
pub(crate) struct Meter {
    scratch: PathBuf,
    gnu_time: bool,
}

impl Meter {
    /// A meter that writes its notes below `scratch`, which must exist.
    pub(crate) fn new(scratch: &Path) -> Self {
        let mut meter = Self {
            scratch: scratch.to_owned(),
            gnu_time: true,
        };
        // Other programs of that name do not know `-f`, so ask it for a line and look.
        let probe = meter.run(Path::new("true"), &[]);
        meter.gnu_time = matches!(probe, Ok(Sample { peak: Some(_), .. }));
        meter
    }

    /// Says how memory is measured, for the head of the report.
    pub(crate) fn method(&self) -> &'static str {
        if self.gnu_time {
            "GNU time"
        } else {
            "polling /proc every 2 ms"
        }
    }

    /// Runs `program` to its end. An error carries what it wrote to standard error.
    pub(crate) fn run(&self, program: &Path, args: &[&Path]) -> Result<Sample, String> {
        self.try_run(program, args)
            .map_err(|error| format!("{}: {error}", program.display()))?
    }

    fn try_run(&self, program: &Path, args: &[&Path]) -> io::Result<Result<Sample, String>> {
        let (notes, stderr) = (
            self.scratch.join("time.txt"),
            self.scratch.join("stderr.txt"),
        );
        let mut command = if self.gnu_time {
            let mut command = Command::new(GNU_TIME);
            command
                .args(["-q", "-f", "%U %S %M", "-o"])
                .arg(&notes)
                .arg(program);
            command
        } else {
            Command::new(program)
        };
        // Standard error goes to a file: nobody empties a pipe while the clock runs.
        command
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(&stderr)?);
        let start = Instant::now();
        let mut child = command.spawn()?;
        let (status, polled) = if self.gnu_time {
            (child.wait()?, None)
        } else {
            wait_and_poll(&mut child)?
        };
        let wall = start.elapsed();
        if !status.success() {
            let text = String::from_utf8_lossy(&fs::read(&stderr)?)
                .trim()
                .to_owned();
            return Ok(Err(format!("{status}\n{text}")));
        }
        let (cpu, peak) = if self.gnu_time {
            parse_notes(&fs::read_to_string(&notes)?)
        } else {
            (None, polled)
        };
        Ok(Ok(Sample { wall, cpu, peak }))
    }
}

/// Reads `user system kilobytes`, the last line that GNU `time` wrote.
fn parse_notes(notes: &str) -> (Option<Duration>, Option<u64>) {
    let numbers: Vec<f64> = notes
        .lines()
        .last()
        .unwrap_or_default()
        .split(' ')
        .map_while(|number| number.parse().ok())
        .collect();
    match numbers[..] {
        [user, system, kib] => (
            Some(Duration::from_secs_f64(user + system)),
            Some(kib as u64 * 1024),
        ),
        _ => (None, None),
    }
}

fn wait_and_poll(child: &mut Child) -> io::Result<(ExitStatus, Option<u64>)> {
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak = None;
    loop {
        let seen = fs::read_to_string(&status_file)
            .ok()
            .and_then(|text| high_water(&text));
        // A process that has ended but was not waited for has no such line any more.
        peak = peak.max(seen);
        if let Some(status) = child.try_wait()? {
            return Ok((status, peak));
        }
        thread::sleep(POLL);
    }
}

/// The bytes of `VmHWM: 1234 kB` in a process's status.
fn high_water(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}
