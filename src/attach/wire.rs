//! What travels between this program and a server, as values: requests, responses, and what can happen on the way.

use std::fmt;
use std::time::Duration;

use super::{Distrust, Secret};

/// The most a server's answer in JSON may hold; Request Tracker sends files in it.
pub(super) const LONGEST_ANSWER: u64 = 512 << 20;

/// The methods the systems use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Asks; may be repeated.
    Get,
    /// Adds.
    Post,
    /// Changes the fields given.
    Put,
    /// Changes the fields given.
    Patch,
}

impl Method {
    /// Its name in HTTP.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
        }
    }
}

/// A request.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The method.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// The header that proves who asks.
    pub proof: (&'static str, &'a Secret),
    /// Other headers.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent.
    pub body: &'a [u8],
    /// How many bytes of the answer are of interest.
    pub limit: u64,
    /// How long to wait at most; `None`: as long as the wire does.
    pub patience: Option<Duration>,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Where the server sends instead.
    pub location: Option<String>,
    /// After how many seconds it wants to be asked again.
    pub retry_after: Option<u64>,
    /// The body, cut at the request's limit.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No connection came about: nothing was sent.
    Unreachable(String),
    /// The proxy that the environment names gives no way: nothing was sent.
    Proxy(String),
    /// The server's certificate is not trusted: nothing was sent.
    Untrusted(Distrust),
    /// No encrypted connection comes about: nothing was sent.
    Unsecured(&'static str),
    /// No answer came in time; what was sent may have arrived.
    Silent,
    /// The connection broke; what was sent may have arrived.
    Broken(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(why) | Self::Proxy(why) | Self::Broken(why) => f.write_str(why),
            Self::Untrusted(why) => why.fmt(f),
            Self::Unsecured(why) => f.write_str(why),
            Self::Silent => f.write_str("no answer came in time"),
        }
    }
}

/// Carries requests to a server.
pub trait Wire {
    /// Sends one request and waits for its answer.
    ///
    /// # Errors
    /// Why there is no answer. A status that means failure is an answer.
    fn send(&self, request: &Request<'_>) -> Result<Response, Fault>;
}
