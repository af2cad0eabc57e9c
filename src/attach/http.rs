//! The real wire: HTTP over TLS, by ureq.
//!
//! No redirect is followed, so credentials reach the named address and no other. No connection is used twice:
//! one that the server has closed meanwhile would leave it open whether a file arrived.

use std::io::{self, Read};
use std::time::Duration;

use ureq::http;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig};
use ureq::{Agent, Error, Proxy, Timeout};

use super::{Address, Fault, Method, Request, Response, Wire};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(15);

/// Whose word on a server's certificate counts.
pub enum Trust {
    /// The authorities this machine trusts.
    System,
    /// The authorities in this PEM file, and no others.
    Authorities(Vec<u8>),
}

/// The wire to one server.
pub struct Http {
    agent: Agent,
}

impl Http {
    /// A wire that waits this long for the server to go on. This machine is reached directly, every other by
    /// the proxy that the environment names.
    ///
    /// # Errors
    /// The authorities' file holds no certificate.
    pub fn new(address: &Address, trust: &Trust, patience: Duration) -> Result<Self, String> {
        let proxy = if address.is_loopback() {
            None
        } else {
            Proxy::try_from_env()
        };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .user_agent(concat!("restore-packets/", env!("CARGO_PKG_VERSION")))
            .proxy(proxy)
            .timeout_resolve(Some(CONNECT.min(patience)))
            .timeout_connect(Some(CONNECT.min(patience)))
            .timeout_recv_response(Some(patience))
            .timeout_per_read(Some(patience))
            .timeout_per_write(Some(patience))
            .tls_config(tls(trust)?)
            .build();
        Ok(Self {
            agent: config.new_agent(),
        })
    }
}

fn tls(trust: &Trust) -> Result<TlsConfig, String> {
    let roots = match trust {
        Trust::System => RootCerts::PlatformVerifier,
        Trust::Authorities(pem) => {
            let items = ureq::tls::parse_pem(pem);
            let certificates: Vec<Certificate<'static>> = items
                .filter_map(|item| match item {
                    Ok(PemItem::Certificate(certificate)) => Some(certificate),
                    _ => None,
                })
                .collect();
            if certificates.is_empty() {
                return Err("it holds no certificate in PEM form".to_owned());
            }
            RootCerts::from(certificates)
        }
    };
    Ok(TlsConfig::builder().root_certs(roots).build())
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
        let answer = if request.method == Method::Get {
            self.agent
                .run(builder.body(()).map_err(|error| unsendable(&error))?)
        } else {
            self.agent.run(
                builder
                    .body(request.body)
                    .map_err(|error| unsendable(&error))?,
            )
        };
        received(answer.map_err(|error| fault(&error))?, request.limit)
    }
}

fn unsendable(error: &http::Error) -> Fault {
    Fault::Unreachable(error.to_string())
}

fn received(answer: http::Response<ureq::Body>, limit: u64) -> Result<Response, Fault> {
    let header = |name: &str| Some(answer.headers().get(name)?.to_str().ok()?.to_owned());
    let mut response = Response {
        status: answer.status().as_u16(),
        location: header("location"),
        retry_after: header("retry-after").and_then(|it| it.trim().parse().ok()),
        body: Vec::new(),
    };
    let body = answer
        .into_body()
        .into_reader()
        .take(limit)
        .read_to_end(&mut response.body);
    body.map_err(|error| fault(&Error::from(error)))?;
    Ok(response)
}

/// What an error means. What cannot have been sent is told from what may have arrived.
fn fault(error: &Error) -> Fault {
    let why = error.to_string();
    match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            Fault::Unreachable("no connection came about in time".to_owned())
        }
        Error::Timeout(_) => Fault::Silent,
        Error::HostNotFound => Fault::Unreachable("no host of that name is known".to_owned()),
        Error::ConnectionFailed | Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => {
            Fault::Unreachable(why)
        }
        Error::Io(error) if is_before_sending(error.kind()) => {
            Fault::Unreachable(error.to_string())
        }
        // The library has no kind for a name that is not known.
        _ if why.contains("failed to lookup") => {
            Fault::Unreachable("no host of that name is known".to_owned())
        }
        Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => Fault::Silent,
        _ if why.contains("certificate") => Fault::Untrusted(why),
        _ => Fault::Broken(why),
    }
}

fn is_before_sending(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{
        AddrNotAvailable, ConnectionRefused, HostUnreachable, NetworkDown, NetworkUnreachable,
    };
    matches!(
        kind,
        AddrNotAvailable | ConnectionRefused | HostUnreachable | NetworkDown | NetworkUnreachable
    )
}

#[cfg(test)]
mod tests;
