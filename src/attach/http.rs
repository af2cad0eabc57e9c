//! The real wire: HTTP, by ureq, over TLS as [`super::tls`] has it.
//!
//! No redirect is followed, so credentials reach the named address and no other. No connection is used twice:
//! one that the server has closed meanwhile would leave it open whether a file arrived.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use ureq::http;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{ConnectProxyConnector, Connector as _, TcpConnector};
use ureq::{Agent, Error, Proxy, ProxyProtocol, RequestExt as _, Timeout};

use super::tls::{self, Tls, Trust};
use super::{Address, Fault, Method, Request, Response, Wire};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(15);

/// The fewest bytes a second that count as going on.
const SLOWEST: usize = 16 << 10;

/// Why there is no wire.
#[derive(Debug)]
pub enum NoWire {
    /// The certificates that were to be trusted.
    Trust(String),
    /// The proxy that this variable of the environment names.
    Proxy(&'static str),
}

/// The wire to one server.
pub struct Http {
    agent: Agent,
    patience: Duration,
}

impl Http {
    /// A wire that waits this long for the server to go on. This machine is reached directly, every other by
    /// the proxy that the environment names.
    ///
    /// # Errors
    /// The file of authorities holds no certificate, or the environment's proxy cannot be used.
    pub fn new(address: &Address, trust: &Trust, patience: Duration) -> Result<Self, NoWire> {
        let proxy = if address.is_loopback() {
            None
        } else {
            proxy(|name| std::env::var(name).ok())?
        };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .user_agent(concat!("restore-packets/", env!("CARGO_PKG_VERSION")))
            .proxy(proxy)
            .build();
        let connector =
            ().chain(ConnectProxyConnector::default())
                .chain(TcpConnector::default())
                .chain(Tls::of(trust).map_err(NoWire::Trust)?);
        Ok(Self {
            agent: Agent::with_parts(config, connector, DefaultResolver::default()),
            patience,
        })
    }
}

/// The proxy that the environment names. One that cannot be used is not passed over: whoever named it wants nothing to
/// leave by another way.
fn proxy(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Proxy>, NoWire> {
    const NAMES: [&str; 6] = [
        "ALL_PROXY",
        "all_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
    ];
    let named = |name| Some((name, variable(name).filter(|it| !it.is_empty())?));
    let Some((name, value)) = NAMES.into_iter().find_map(named) else {
        return Ok(Proxy::try_from_env());
    };
    // The value is not quoted: it may hold a password.
    match Proxy::new(&value) {
        Ok(proxy) if is_http(proxy.protocol()) => Ok(Proxy::try_from_env()),
        _ => Err(NoWire::Proxy(name)),
    }
}

fn is_http(protocol: ProxyProtocol) -> bool {
    matches!(protocol, ProxyProtocol::Http | ProxyProtocol::Https)
}

impl Wire for Http {
    fn send(&self, request: &Request<'_>) -> Result<Response, Fault> {
        let (header, secret) = request.proof;
        let mut proof = http::HeaderValue::from_str(secret.reveal()).map_err(|_| {
            Fault::Unreachable("the credentials do not fit into a header".to_owned())
        })?;
        proof.set_sensitive(true);
        let mut builder = http::Request::builder()
            .method(request.method.as_str())
            .uri(&request.url)
            .header(header, proof);
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        let patience = request.patience.unwrap_or(self.patience);
        let answer = if request.method == Method::Get {
            let built = builder.body(()).map_err(|error| unsendable(&error))?;
            self.run(built, 0, patience)
        } else {
            let built = builder.body(request.body);
            let built = built.map_err(|error| unsendable(&error))?;
            self.run(built, request.body.len(), patience)
        };
        received(answer?, request.limit, patience)
    }
}

impl Http {
    /// Sends a request of this many bytes.
    fn run(
        &self,
        request: http::Request<impl ureq::AsSendBody>,
        length: usize,
        patience: Duration,
    ) -> Result<http::Response<ureq::Body>, Fault> {
        let proxied = {
            let proxy = self.agent.config().proxy();
            proxy.is_some_and(|proxy| !proxy.is_no_proxy(request.uri()))
        };
        let configured = request.with_agent(&self.agent).configure();
        let answer = configured
            .timeout_resolve(Some(CONNECT.min(patience)))
            .timeout_connect(Some(CONNECT.min(patience)))
            .timeout_send_request(Some(patience))
            .timeout_send_body(Some(allowed(patience, length)))
            .timeout_recv_response(Some(patience))
            .timeout_per_read(Some(patience))
            .timeout_per_write(Some(patience))
            .run();
        answer.map_err(|error| fault(&error, proxied))
    }
}

/// How long this many bytes may take: as long as one waits, and a little for each.
fn allowed(patience: Duration, bytes: usize) -> Duration {
    patience + Duration::from_secs((bytes / SLOWEST) as u64)
}

fn unsendable(error: &http::Error) -> Fault {
    Fault::Unreachable(error.to_string())
}

fn received(
    answer: http::Response<ureq::Body>,
    limit: u64,
    patience: Duration,
) -> Result<Response, Fault> {
    let header = |name: &str| Some(answer.headers().get(name)?.to_str().ok()?.to_owned());
    Ok(Response {
        status: answer.status().as_u16(),
        location: header("location"),
        retry_after: header("retry-after").and_then(|it| it.trim().parse().ok()),
        body: body(answer.into_body().into_reader().take(limit), patience)?,
    })
}

/// A body, as long as it goes on: a server that sends a byte now and then is not waited for.
fn body(mut reader: impl Read, patience: Duration) -> Result<Vec<u8>, Fault> {
    let begun = Instant::now();
    let mut body = Vec::new();
    let mut piece = vec![0; 64 << 10];
    loop {
        let length = reader.read(&mut piece);
        let length = length.map_err(|error| fault(&Error::from(error), false))?;
        if length == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&piece[..length]);
        if begun.elapsed() > allowed(patience, body.len()) {
            return Err(Fault::Silent);
        }
    }
}

/// What an error means. What cannot have been sent is told from what may have arrived.
fn fault(error: &Error, proxied: bool) -> Fault {
    match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            unconnected("no connection came about in time", proxied)
        }
        Error::Timeout(_) => Fault::Silent,
        Error::HostNotFound => unconnected("no host of that name is known", proxied),
        // Whatever a proxy says, it is its status and nothing secret.
        Error::ConnectProxyFailed(why) => Fault::Proxy(refusal(why)),
        Error::ConnectionFailed => unconnected("no connection comes about", proxied),
        Error::Io(error) => of_connection(error, proxied),
        _ if error.to_string().contains("failed to lookup") => {
            unconnected("no host of that name is known", proxied)
        }
        _ => Fault::Broken("what it sends is no HTTP".to_owned()),
    }
}

fn of_connection(error: &io::Error, proxied: bool) -> Fault {
    use io::ErrorKind as Kind;
    if let Some(fault) = tls::fault(error) {
        return fault;
    }
    let why = match error.kind() {
        // The library has no kind for a name that is not known.
        _ if error.to_string().contains("failed to lookup") => "no host of that name is known",
        Kind::ConnectionRefused => "nothing listens there",
        Kind::AddrNotAvailable | Kind::NetworkDown | Kind::NetworkUnreachable => {
            "this machine has no way to that network"
        }
        Kind::HostUnreachable => "no way leads to that host",
        Kind::TimedOut => return Fault::Silent,
        Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe => {
            return Fault::Broken("it was closed from the other side".to_owned());
        }
        Kind::UnexpectedEof => return Fault::Broken("it ended in the middle".to_owned()),
        _ => return Fault::Broken(error.to_string()),
    };
    unconnected(why, proxied)
}

/// There is no connection: to the proxy, if the way leads there.
fn unconnected(why: &str, proxied: bool) -> Fault {
    if proxied {
        Fault::Proxy(format!("it cannot be reached: {why}"))
    } else {
        Fault::Unreachable(why.to_owned())
    }
}

/// `proxy server responded 407/407`, as the library writes it, in words.
fn refusal(why: &str) -> String {
    let status = why.rsplit('/').next().unwrap_or_default();
    match status {
        "407" => "it wants a user and a password (status 407)".to_owned(),
        "403" => "it does not permit this address (status 403)".to_owned(),
        _ if status.bytes().all(|it| it.is_ascii_digit()) => format!("it answers status {status}"),
        _ => "it does not answer".to_owned(),
    }
}

#[cfg(test)]
mod tests;
