//! A running `silabus serve`, and a client that asks it over one connection.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than anything that is measured.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server and the lines that it prints.
pub(crate) struct Served {
    child: Child,
    lines: Receiver<String>,
    connection: TcpStream,
    host: String,
    /// How long the first build took.
    pub(crate) first: Duration,
}

impl Served {
    pub(crate) fn silabus(program: &Path, root: &Path) -> Result<Self, Box<dyn Error>> {
        Self::start(Command::new(program).arg("serve").arg("--root").arg(root))
    }

    pub(crate) fn hugo(program: &Path, root: &Path) -> Result<Self, Box<dyn Error>> {
        let mut command = Command::new(program);
        command.args(["server", "--bind", "127.0.0.1", "--source"]);
        Self::start(command.arg(root))
    }

    fn start(command: &mut Command) -> Result<Self, Box<dyn Error>> {
        let begun = Instant::now();
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let out = child.stdout.take().ok_or("no output")?;
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let address = loop {
            let line = lines.recv_timeout(PATIENCE)?;
            if let Some((_, address)) = line.split_once("http://") {
                let address = address.split_whitespace().next().unwrap_or_default();
                break address.trim_end_matches('/').to_owned();
            }
        };
        Ok(Self {
            child,
            lines,
            connection: connect(&address)?,
            host: address,
            first: begun.elapsed(),
        })
    }

    /// Drops the lines that were printed before an edit.
    pub(crate) fn forget_lines(&mut self) {
        // The second look at the edit before may still be on its way, and saves of several files in
        // haste would count as a burst, which is waited for.
        thread::sleep(Duration::from_millis(900));
        while self.lines.try_recv().is_ok() {}
    }

    /// How long after `saved` the page holds `wanted`, and how often it was asked for.
    pub(crate) fn wait_for(
        &mut self,
        address: &str,
        wanted: &str,
        saved: Instant,
    ) -> Result<(Duration, usize), Box<dyn Error>> {
        let mut asked = 0;
        loop {
            let body = self.get(address)?;
            asked += 1;
            let taken = saved.elapsed();
            if body
                .windows(wanted.len())
                .any(|part| part == wanted.as_bytes())
            {
                return Ok((taken, asked));
            }
            if taken > PATIENCE {
                return Err(format!("{address} never showed {wanted}").into());
            }
        }
    }

    /// What the server says it took until the whole site was right.
    pub(crate) fn whole(&mut self) -> Result<Duration, Box<dyn Error>> {
        loop {
            let line = self.lines.recv_timeout(PATIENCE)?;
            let time = line.rsplit_once(" in ").and_then(|(_, time)| {
                let (number, unit) = time.split_once(' ')?;
                Some((number.parse::<f64>().ok()?, unit))
            });
            let Some((number, unit)) = time else {
                continue;
            };
            let unit = unit.split(';').next().unwrap_or_default();
            let seconds = if unit == "ms" {
                number / 1_000.0
            } else {
                number
            };
            return Ok(Duration::from_secs_f64(seconds));
        }
    }

    /// Over the same connection, or another where the server ended it after its last answer.
    fn get(&mut self, address: &str) -> Result<Vec<u8>, Box<dyn Error>> {
        if let Ok(answer) = self.ask(address) {
            return Ok(answer);
        }
        self.connection = connect(&self.host)?;
        self.ask(address)
    }

    fn ask(&mut self, address: &str) -> Result<Vec<u8>, Box<dyn Error>> {
        write!(
            self.connection,
            "GET {address} HTTP/1.1\r\nHost: {}\r\n\r\n",
            self.host
        )?;
        let mut answer = Vec::new();
        let mut part = [0; 16 * 1024];
        loop {
            let read = self.connection.read(&mut part)?;
            if read == 0 {
                return Err("the server hung up".into());
            }
            answer.extend_from_slice(&part[..read]);
            if let Some(length) = whole_length(&answer)
                && answer.len() >= length
            {
                return Ok(answer);
            }
        }
    }

    /// Memory, threads and descriptors of the server.
    pub(crate) fn usage(&self) -> Result<String, Box<dyn Error>> {
        let process = format!("/proc/{}", self.child.id());
        let status = fs::read_to_string(format!("{process}/status"))?;
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or(": ?")
                .trim_start_matches(':')
                .trim()
                .to_owned()
        };
        let descriptors = fs::read_dir(format!("{process}/fd"))?.count();
        Ok(format!(
            "{} now, {} at most, {} threads, {descriptors} descriptors",
            field("VmRSS"),
            field("VmHWM"),
            field("Threads")
        ))
    }
}

fn connect(host: &str) -> std::io::Result<TcpStream> {
    let connection = TcpStream::connect(host)?;
    connection.set_nodelay(true)?;
    connection.set_read_timeout(Some(PATIENCE))?;
    Ok(connection)
}

/// The length of a whole answer, once its head is there.
fn whole_length(answer: &[u8]) -> Option<usize> {
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&answer[..head]).ok()?;
    let chunked = |line: &str| line.eq_ignore_ascii_case("transfer-encoding: chunked");
    if text.lines().any(chunked) {
        // So Hugo answers, since it puts a script into each page.
        return answer.ends_with(b"\r\n0\r\n\r\n").then_some(answer.len());
    }
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    })?;
    Some(head + length)
}

impl Drop for Served {
    fn drop(&mut self) {
        // It is ours, and has nothing to lose.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
