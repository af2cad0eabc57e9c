//! The real wire against servers of a few lines, on this machine.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

use super::*;
use crate::Secret;
use crate::Trust;

/// A server that takes one connection after another, and answers each with the next of these texts. The
/// requests it read are the thread's result.
fn serve(answers: Vec<String>) -> (Address, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let address = Address::parse(&format!("http://127.0.0.1:{port}"), false).expect("an address");
    let server = thread::spawn(move || {
        let answer = |text: String| {
            let (mut stream, _) = listener.accept().expect("a connection");
            let request = request(&stream);
            stream.write_all(text.as_bytes()).expect("an answer");
            request
        };
        answers.into_iter().map(answer).collect()
    });
    (address, server)
}

/// A request: its head, and as much body as it announces.
fn request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).expect("a line") == 0 {
            return head;
        }
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.parse().ok())?
    });
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).expect("a body");
    head + &String::from_utf8_lossy(&body)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn send(address: &Address, method: Method, path: &str, limit: u64) -> Result<Response, Fault> {
    let patience = Duration::from_millis(500);
    let http = Http::new(address, &Trust::System, patience).expect("a wire");
    let secret = Secret::new("token s3cret").expect("a secret");
    http.send(&Request {
        method,
        url: format!("{address}{path}"),
        proof: ("Authorization", &secret),
        headers: vec![("Content-Type", "text/html".to_owned())],
        body: b"<p>",
        limit,
        patience: None,
    })
}

#[test]
fn a_request_is_sent_as_it_is_and_the_answer_comes_back() {
    let (address, server) = serve(vec![
        answer("201 Created", "", "made"),
        answer("503 Service Unavailable", "Retry-After: 7\r\n", "later"),
    ]);
    let made = send(&address, Method::Post, "/x?y=1", 99).expect("an answer");
    assert_eq!(
        (made.status, made.body.as_slice()),
        (201, b"made".as_slice())
    );
    let later = send(&address, Method::Get, "/", 3).expect("an answer");
    assert_eq!((later.status, later.retry_after), (503, Some(7)));
    assert_eq!(later.body, b"lat");
    let asked = server.join().expect("requests");
    assert!(
        asked[0].starts_with("POST /x?y=1 HTTP/1.1\r\n"),
        "{}",
        asked[0]
    );
    assert!(asked[0].ends_with("\r\n\r\n<p>"));
    let head = asked[0].to_lowercase();
    for header in [
        "authorization: token s3cret",
        "content-type: text/html",
        "user-agent: restore-packets/",
    ] {
        assert!(head.contains(header), "{head}");
    }
    assert!(asked[1].starts_with("GET / HTTP/1.1\r\n") && asked[1].ends_with("\r\n\r\n"));
}

#[test]
fn no_redirect_is_followed() {
    let (other, never_asked) = serve(vec![answer("200 OK", "", "")]);
    let location = format!("Location: {other}/\r\n");
    let (address, server) = serve(vec![
        answer("302 Found", &location, ""),
        answer("307 Temporary Redirect", &location, ""),
    ]);
    for method in [Method::Get, Method::Post] {
        let response = send(&address, method, "/", 9).expect("an answer");
        assert_eq!(response.location, Some(format!("{other}/")));
    }
    assert_eq!(server.join().expect("requests").len(), 2);
    assert!(!never_asked.is_finished());
    // Ends the other server.
    assert!(send(&other, Method::Get, "/", 9).is_ok());
    assert_eq!(never_asked.join().expect("requests").len(), 1);
}

#[test]
fn a_closed_port_is_told_from_a_broken_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let address = Address::parse(&format!("http://127.0.0.1:{port}"), false).expect("an address");
    drop(listener);
    let refused = send(&address, Method::Post, "/", 9);
    assert!(matches!(refused, Err(Fault::Unreachable(_))), "{refused:?}");
    let (address, server) = serve(vec![String::new()]);
    let broken = send(&address, Method::Post, "/", 9);
    assert!(matches!(broken, Err(Fault::Broken(_))), "{broken:?}");
    drop(server);
}

#[test]
fn half_an_answer_is_none() {
    let cut = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".to_owned();
    let (address, _server) = serve(vec![cut]);
    let broken = send(&address, Method::Get, "/", 999);
    assert!(matches!(broken, Err(Fault::Broken(_))), "{broken:?}");
}

#[test]
fn a_server_that_says_nothing_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let address = Address::parse(&format!("http://127.0.0.1:{port}"), false).expect("an address");
    // The connection is taken by the system, and nobody answers.
    assert_eq!(
        send(&address, Method::Get, "/", 9).err(),
        Some(Fault::Silent)
    );
    drop(listener);
}

#[test]
fn a_name_nobody_knows_cannot_be_reached() {
    let address = Address::parse("https://no-such-host.invalid", false).expect("an address");
    let fault = send(&address, Method::Get, "/", 9);
    assert!(matches!(fault, Err(Fault::Unreachable(_))), "{fault:?}");
}

#[test]
fn a_file_without_a_certificate_is_no_authority() {
    let address = Address::parse("https://localhost", false).expect("an address");
    let trust = Trust::Named(b"not PEM".to_vec());
    assert!(Http::new(&address, &trust, CONNECT).is_err());
}

/// A server that goes on for ever, a byte at a time.
fn trickling(head: &'static [u8]) -> Address {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        request(&stream);
        let _ = stream.write_all(head);
        while stream.write_all(b"x").is_ok() {
            thread::sleep(Duration::from_millis(50));
        }
    });
    Address::parse(&format!("http://127.0.0.1:{port}"), false).expect("an address")
}

#[test]
fn a_server_that_sends_a_byte_now_and_then_is_not_waited_for() {
    for head in [
        b"HTTP/1.1 200 OK\r\n\r\n".as_slice(),
        b"HTTP/1.1 200 OK\r\nX: ",
    ] {
        let address = trickling(head);
        let begun = Instant::now();
        let answer = send(&address, Method::Get, "/", 1 << 20);
        assert_eq!(answer.err(), Some(Fault::Silent));
        assert!(begun.elapsed() < Duration::from_secs(3));
    }
}

#[test]
fn a_proxy_that_cannot_be_used_is_said_without_its_password() {
    let of =
        |value: &'static str| proxy(move |name| (name == "HTTPS_PROXY").then(|| value.to_owned()));
    for value in [
        "socks5://op:hunter2@proxy:1080",
        "ftp://op:hunter2@proxy",
        "http://",
    ] {
        let why = of(value).expect_err("a refusal");
        assert!(matches!(why, NoWire::Proxy("HTTPS_PROXY")), "{why:?}");
    }
    assert!(of("http://op:hunter2@proxy:3128").is_ok() && of("").is_ok());
    assert_eq!(
        refusal("proxy server responded 407/407"),
        "it wants a user and a password (status 407)"
    );
    assert_eq!(
        refusal("proxy server responded 502/502"),
        "it answers status 502"
    );
    assert_eq!(
        refusal("proxy server did not respond"),
        "it does not answer"
    );
}
