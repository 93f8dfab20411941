//! Finding a port to listen at.

use std::fmt;
use std::io;
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket};

use super::options::ServeOptions;

/// How many ports are tried after the one that was asked for.
const MORE_PORTS: u16 = 100;

/// Connections that the kernel keeps until they are accepted.
const BACKLOG: u32 = 1024;

/// Why the preview does not start.
#[derive(Debug)]
pub enum ServeError {
    /// The port was asked for, and another program listens at it.
    Busy(SocketAddr),
    /// All ports from the first to the last are busy.
    AllBusy(SocketAddr, u16),
    /// The address cannot be listened at.
    Listen(SocketAddr, io::Error),
    /// The system gave no thread or no means to wait for connections.
    Start(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy(address) => write!(f, "another program listens at {address}"),
            Self::AllBusy(first, last) => {
                write!(f, "all ports from {first} to {last} are busy")
            }
            Self::Listen(address, error) => write!(f, "cannot listen at {address}: {error}"),
            Self::Start(error) => write!(f, "cannot start the preview: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Listens at the port that was asked for, or at the next free one; gives the former when it
/// was busy.
pub(super) async fn bind(options: &ServeOptions) -> Result<(TcpListener, Option<u16>), ServeError> {
    let first = SocketAddr::new(options.host, options.port);
    let more = if options.port_fixed || options.port == 0 {
        0
    } else {
        MORE_PORTS
    };
    let last = options.port.saturating_add(more);
    for port in options.port..=last {
        let address = SocketAddr::new(options.host, port);
        match listen(address) {
            Ok(listener) => return Ok((listener, (port != options.port).then_some(options.port))),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(ServeError::Listen(address, error)),
        }
    }
    Err(if more == 0 {
        ServeError::Busy(first)
    } else {
        ServeError::AllBusy(first, last)
    })
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // A preview that was ended a moment ago shall not keep its port from the next one.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}
