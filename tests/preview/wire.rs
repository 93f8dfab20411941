//! Requests as bytes, answers as bytes.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use silabus::dev::server::Server;

/// How long a test waits for what must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self {
            status,
            head,
            body: bytes[end + 4..].to_vec(),
        }
    }

    /// A header; none when it is missing. More than one of a name is an error of the server.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.head.lines().skip(1).filter_map(|line| {
            let (own, value) = line.split_once(": ")?;
            own.eq_ignore_ascii_case(name).then_some(value)
        });
        let value = found.next();
        assert_eq!(found.next(), None, "{name} is there twice");
        value
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Sends bytes as they are and reads until the server closes; what came when it cuts off.
pub(crate) fn send(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = connect(address);
    // A server that has read enough may close before all is sent.
    let _ = stream.write_all(request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}

/// Sends a request that is none a browser would send.
pub(crate) fn raw(server: &Server, request: &str) -> Answer {
    Answer::read(&send(server.address(), request.as_bytes()))
}

/// A request line and headers, with a good host.
pub(crate) fn head(server: &Server, line: &str, headers: &[&str]) -> String {
    let mut head = format!(
        "{line}\r\nHost: {}\r\nConnection: close\r\n",
        server.address()
    );
    for header in headers {
        head += header;
        head += "\r\n";
    }
    head + "\r\n"
}

pub(crate) fn ask(server: &Server, method: &str, target: &str, headers: &[&str]) -> Answer {
    let line = format!("{method} {target} HTTP/1.1");
    raw(server, &head(server, &line, headers))
}

/// Asks as a program does.
pub(crate) fn get(server: &Server, target: &str) -> Answer {
    ask(server, "GET", target, &[])
}

/// Asks as a browser does for a page.
pub(crate) fn browse(server: &Server, target: &str) -> Answer {
    ask(server, "GET", target, &["Accept: text/html,*/*"])
}

/// How long the server takes to close a connection; none when it does not.
pub(crate) fn time_to_close(stream: &mut TcpStream) -> Option<Duration> {
    let start = Instant::now();
    let mut bytes = [0; 1024];
    loop {
        match stream.read(&mut bytes) {
            Ok(0) => return Some(start.elapsed()),
            Ok(_) => {}
            Err(error) if is_timeout(error.kind()) => return None,
            Err(_) => return Some(start.elapsed()),
        }
    }
}

pub(crate) fn is_timeout(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
