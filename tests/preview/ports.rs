//! Finding a port, and giving it back.

use std::net::{TcpListener, TcpStream};

use silabus::dev::server::{ServeError, ServeOptions, Server};

use crate::site::{options, server};
use crate::wire::get;

/// A port that someone else listens at.
fn busy() -> (TcpListener, u16) {
    loop {
        let other = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = other.local_addr().unwrap().port();
        if port < 65_000 {
            return (other, port);
        }
    }
}

#[test]
fn a_busy_port_makes_way_for_the_next() {
    let (_other, port) = busy();
    let server = Server::start(ServeOptions { port, ..options() }).unwrap();
    assert_eq!(server.port_taken(), Some(port));
    assert!(server.address().port() > port);
    server.show(std::sync::Arc::new(crate::site::Site::sample()));
    assert_eq!(get(&server, "/style.css").status, 200);
}

#[test]
fn a_busy_port_that_was_asked_for_is_an_error() {
    let (_other, port) = busy();
    let options = ServeOptions {
        port,
        port_fixed: true,
        ..options()
    };
    let Err(error) = Server::start(options) else {
        panic!("it listens at a busy port");
    };
    assert!(matches!(error, ServeError::Busy(address) if address.port() == port));
    let message = error.to_string();
    assert_eq!(
        message,
        format!("another program listens at 127.0.0.1:{port}")
    );
}

#[test]
fn an_address_that_is_not_ours_is_an_error() {
    let host = "192.0.2.1".parse().unwrap();
    let result = Server::start(ServeOptions { host, ..options() });
    assert!(matches!(result, Err(ServeError::Listen(..))));
}

#[test]
fn loopback_is_where_it_listens() {
    let (server, _) = server();
    assert!(server.address().ip().is_loopback());
    assert_eq!(server.port_taken(), None);
}

#[test]
fn a_server_that_was_stopped_gives_its_port_back() {
    let (server, _) = server();
    let address = server.address();
    let open = TcpStream::connect(address).unwrap();
    server.stop();
    assert!(TcpStream::connect(address).is_err());
    drop(open);
    let options = ServeOptions {
        port: address.port(),
        port_fixed: true,
        ..options()
    };
    assert!(Server::start(options).is_ok());
}
