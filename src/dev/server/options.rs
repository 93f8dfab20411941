//! Where the preview listens, whom it answers, and how much it takes.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

/// Where to listen, and for whom.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The address to listen at; loopback by default.
    pub host: IpAddr,
    /// The port; 0 lets the system choose.
    pub port: u16,
    /// Whether that port was asked for: then a busy one is an error, else the next free one is
    /// taken.
    pub port_fixed: bool,
    /// Names under which the preview may be reached, besides those of this machine. `name` goes
    /// with the preview's own port, `name:443` with another one, as behind a tunnel.
    pub hosts: Vec<String>,
    /// The address that opens a file in an editor, with `{file}`, `{line}` and `{column}`; none
    /// for no such links.
    pub editor: Option<String>,
    /// The site's folder, for the full names of files in those links.
    pub root: PathBuf,
    /// How much it takes.
    pub limits: Limits,
}

/// How much the preview takes from those who connect.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at a time; further ones wait. None for as many as descriptors allow.
    pub connections: Option<usize>,
    /// How long the head of a request may take, and how long a connection may be idle.
    pub head_time: Duration,
    /// The largest head of a request, in bytes; at least 8192.
    pub head_size: usize,
    /// How long a connection may refuse to take what is sent to it.
    pub stall_time: Duration,
    /// How long a request waits for the first state of the site.
    pub first_state: Duration,
    /// How long a full pass may take that a tool asked for.
    pub pass: Duration,
    /// The time between two signs of life in an event stream.
    pub heartbeat: Duration,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 1111,
            port_fixed: false,
            hosts: Vec::new(),
            editor: Some("vscode://file/{file}:{line}:{column}".to_owned()),
            root: PathBuf::new(),
            limits: Limits::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: None,
            head_time: Duration::from_secs(10),
            head_size: 32 * 1024,
            stall_time: Duration::from_secs(60),
            first_state: Duration::from_secs(30),
            pass: Duration::from_secs(60),
            heartbeat: Duration::from_secs(15),
        }
    }
}
