//! Descriptors run out and come back. It needs a process of its own: in this one other tests
//! would run out of them too.

use std::fs::File;
use std::io::{Read, Write};
use std::process::Command;
use std::time::Duration;

use crate::site::server;
use crate::wire::{connect, get, head};

#[test]
fn the_server_outlives_a_want_of_descriptors() {
    let program = std::env::current_exe().unwrap();
    let arguments = [
        "--exact",
        "descriptors::in_want",
        "--ignored",
        "--nocapture",
    ];
    let run = Command::new("sh")
        .args(["-c", r#"ulimit -n 64 && exec "$0" "$@""#])
        .arg(program)
        .args(arguments)
        .output()
        .unwrap();
    let (out, err) = (
        String::from_utf8_lossy(&run.stdout),
        String::from_utf8_lossy(&run.stderr),
    );
    assert!(
        run.status.success() && out.contains("1 passed"),
        "{out}{err}"
    );
}

#[test]
#[ignore = "run by the test above, in a process with few descriptors"]
fn in_want() {
    let (server, _) = server();
    let mut open = Vec::new();
    while let Ok(file) = File::open("/dev/null") {
        open.push(file);
    }
    // The last descriptor is for this end of the connection; there is none for the other.
    open.pop();
    let mut stream = connect(server.address());
    let request = head(&server, "GET /style.css HTTP/1.1", &[]);
    stream.write_all(request.as_bytes()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_millis(500)))
        .unwrap();
    let mut byte = [0];
    assert!(
        stream.read(&mut byte).is_err(),
        "there were descriptors left"
    );
    drop(open);
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    assert_eq!(stream.read(&mut byte).unwrap(), 1);
    assert_eq!(get(&server, "/style.css").status, 200);
}
